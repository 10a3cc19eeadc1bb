//! Documents that are kept from one read to the next: a list of thousands, or an entity that a client asks for again and
//! again, is sent and not written anew if nobody has changed it meanwhile.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use super::entity::Entity;
use super::root::Root;
use crate::store;

/// Keeps the JSON of one document. Those that are written for one answer share their form.
pub type Memo = store::Memo<Arc<Form>, Bytes>;

/// What a document depends on, besides what it shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    root: String,
    date_offset: bool,
}

impl Form {
    pub(super) fn new(root: &Root<'_>, date_offset: bool) -> Arc<Self> {
        Arc::new(Self { root: root.as_str().to_owned(), date_offset })
    }

    pub(super) fn is(&self, root: &Root<'_>, date_offset: bool) -> bool {
        *root == *self.root && self.date_offset == date_offset
    }
}

impl<'a> Kept<'a> {
    /// The documents of all rows in a form: what is kept, and what `write` makes of the rest, which is kept then.
    pub(super) fn documents(self, mut form: Arc<Form>, write: impl Fn(Entity) -> Bytes) -> Vec<Cow<'a, Bytes>> {
        let mut documents = Vec::new();
        for KeptRow { memo, entity } in self.rows {
            // Rows share their form: it is not compared with each of thousands.
            let is_wanted = |kept: &Arc<Form>| {
                if !Arc::ptr_eq(kept, &form) && *kept == form {
                    form = Arc::clone(kept);
                }
                Arc::ptr_eq(kept, &form)
            };
            documents.push(if let Some(kept) = memo.get(is_wanted) {
                Cow::Borrowed(kept)
            } else {
                let document = write(entity());
                memo.keep(Arc::clone(&form), document.clone());
                Cow::Owned(document)
            });
        }
        documents
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
