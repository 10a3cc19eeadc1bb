//! Feeds that are kept from one read to the next ([MS-ODATA] section 2.2.6.3 says what they are): a list of thousands
//! that nobody has changed meanwhile is sent, not written again.

use std::sync::OnceLock;

use bytes::Bytes;

/// Keeps the JSON of one feed. It belongs beside what the feed is made of, and is to be replaced with every change of it.
#[derive(Debug, Default)]
pub struct Memo(OnceLock<Kept>);

#[derive(Debug)]
struct Kept {
    root: String,
    date_offset: bool,
    body: Bytes,
}

impl Memo {
    /// The feed, if it was written for this root and form of dates.
    pub(super) fn body(&self, root: &str, date_offset: bool) -> Option<Bytes> {
        let kept = self.0.get()?;
        (kept.root == root && kept.date_offset == date_offset).then(|| kept.body.clone())
    }

    /// Keeps a feed. Of several, the first: clients of a world seldom know it by two addresses.
    pub(super) fn keep(&self, root: &str, date_offset: bool, body: &Bytes) {
        self.0.get_or_init(|| Kept { root: root.to_owned(), date_offset, body: body.clone() });
    }
}
