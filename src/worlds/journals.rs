//! The journals of all worlds together: as long as there is room for all of them, none gives way to another.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::Bounds;
use super::held::Held;

/// What journals may hold; makes the largest forget its oldest records when all take more than they may.
#[derive(Debug)]
pub struct Journals {
    pub(super) bounds: Bounds,
    used: AtomicUsize,
    open: Mutex<Vec<Weak<Mutex<Held>>>>,
}

impl Journals {
    /// None yet.
    pub fn new(bounds: Bounds) -> Arc<Self> {
        Arc::new(Self { bounds, used: AtomicUsize::new(0), open: Mutex::default() })
    }

    /// Counts one more journal among them.
    pub(super) fn join(&self, journal: &Arc<Mutex<Held>>) {
        let mut open = self.open.lock();
        open.retain(|journal| journal.strong_count() > 0);
        open.push(Arc::downgrade(journal));
    }

    /// Counts what a journal has grown or shrunk by, which its lock is still held for. True if all hold too much now.
    pub(super) fn count(&self, before: usize, after: usize) -> bool {
        if after <= before {
            self.used.fetch_sub(before - after, Ordering::Relaxed);
            return false;
        }
        let grown = after - before;
        self.used.fetch_add(grown, Ordering::Relaxed) + grown > self.bounds.of_all
    }

    /// Bytes of all of them.
    pub(super) fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// Makes room for more: a sixteenth more than needed, since who looks at all journals for each record finds little time for
    /// anything else. No journal's lock may be held.
    pub(super) fn make_room(&self) {
        let mut forgotten = Vec::new();
        let open = self.open.lock();
        let enough = self.bounds.of_all - self.bounds.of_all / 16;
        while let Some(excess) = self.used().checked_sub(enough).filter(|excess| *excess > 0) {
            let journals = open.iter().filter_map(Weak::upgrade);
            let Some(largest) = journals.max_by_key(|journal| journal.lock().bytes) else { break };
            let mut held = largest.lock();
            let before = held.bytes;
            // Half of it at most: then another may be the largest.
            held.forget(before.saturating_sub(excess).max(before / 2), &mut forgotten);
            self.count(before, held.bytes);
            if held.bytes == before {
                break;
            }
        }
        // Records are freed when no lock is held.
        drop(open);
    }
}
