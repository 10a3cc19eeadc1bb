//! Documents that are kept from one read to the next: a list of thousands, or an entity that a client asks for again and
//! again, is sent and not written anew if nobody has changed it meanwhile.

use std::sync::OnceLock;

use bytes::Bytes;

use super::root::Root;

/// Keeps the JSON of one document. It belongs beside what the document is made of, and is to be replaced with every change of
/// that: a copy, which is made to be changed, keeps nothing.
#[derive(Debug, Default)]
pub struct Memo(OnceLock<Kept>);

#[derive(Debug)]
struct Kept {
    root: String,
    date_offset: bool,
    body: Bytes,
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What is the same has the same document, written or not.
impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Memo {}

impl Memo {
    /// The document, if it was written for this root and form of dates.
    pub(super) fn body(&self, root: &Root<'_>, date_offset: bool) -> Option<Bytes> {
        let kept = self.0.get()?;
        (*root == *kept.root && kept.date_offset == date_offset).then(|| kept.body.clone())
    }

    /// Keeps a document. Of several, the first: clients of a world seldom know it by two addresses.
    pub(super) fn keep(&self, root: &Root<'_>, date_offset: bool, body: &Bytes) {
        self.0.get_or_init(|| Kept { root: root.as_str().to_owned(), date_offset, body: body.clone() });
    }
}
