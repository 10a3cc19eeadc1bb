//! Documents that are kept from one read to the next: a list of thousands, or an entity that a client asks for again and
//! again, is sent and not written anew if nobody has changed it meanwhile.

use bytes::Bytes;

use super::entity::Entity;
use super::root::Root;
use crate::store;

/// Keeps the JSON of one document.
pub type Memo = store::Memo<Form, Bytes>;

/// What a document depends on, besides what it shows.
#[derive(Debug)]
pub struct Form {
    root: String,
    date_offset: bool,
}

impl Form {
    pub(super) fn new(root: &Root<'_>, date_offset: bool) -> Self {
        Self { root: root.as_str().to_owned(), date_offset }
    }

    pub(super) fn is(&self, root: &Root<'_>, date_offset: bool) -> bool {
        *root == *self.root && self.date_offset == date_offset
    }
}

/// A set that may be long, with the documents that are kept of it.
pub struct Kept<'a> {
    /// The feed of the whole set.
    pub feed: &'a Memo,
    /// Its rows, in the set's default order.
    pub rows: Box<dyn Iterator<Item = KeptRow<'a>> + 'a>,
}

/// A row of such a set.
pub struct KeptRow<'a> {
    /// The document of this entity alone.
    pub memo: &'a Memo,
    /// Makes the entity, if it has to be written.
    pub entity: Box<dyn FnOnce() -> Entity + 'a>,
}

/// Rows that are kept, from what they show.
pub fn kept_rows<'a, T: 'a>(
    rows: impl Iterator<Item = &'a T> + 'a,
    memo: fn(&'a T) -> &'a Memo,
    entity: impl Fn(&'a T) -> Entity + Copy + 'a,
) -> Box<dyn Iterator<Item = KeptRow<'a>> + 'a> {
    Box::new(rows.map(move |row| KeptRow { memo: memo(row), entity: Box::new(move || entity(row)) }))
}
