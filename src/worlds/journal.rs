//! The journal: what a world was asked, and what it answered. Bounded in count and in bytes, its own and those of all worlds; the
//! oldest records go first.

use std::fmt;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::held::Held;
use super::{Exchange, Journals, Met, Record};

/// Who wants to know when something was recorded, or the journal cleared.
pub type Listener = dyn Fn() + Send + Sync;

/// The journal of one world, and what its clients have met.
pub struct Journal {
    all: Arc<Journals>,
    held: Arc<Mutex<Held>>,
    listeners: Mutex<Vec<Weak<Listener>>>,
}

/// What a journal holds at one moment.
#[derive(Debug)]
pub struct Page {
    /// The records, oldest first.
    pub records: Vec<Arc<Record>>,
    /// How many older ones were forgotten for want of room.
    pub dropped: u64,
}

impl Journal {
    /// A journal without records, one among others.
    pub fn among(all: &Arc<Journals>) -> Self {
        let held = Arc::default();
        all.join(&held);
        Self { all: Arc::clone(all), held, listeners: Mutex::default() }
    }

    /// Records an exchange and those that travelled inside it.
    pub fn record(&self, exchange: Exchange, inside: Vec<Exchange>) {
        let mut forgotten = Vec::new();
        let is_too_much = {
            let mut held = self.held.lock();
            let before = held.bytes;
            for exchange in std::iter::once(&exchange).chain(&inside) {
                if let Some((operation, answer, by_fault)) = exchange.met() {
                    held.met.count(operation, answer, by_fault);
                }
            }
            if self.all.bounds.records == 0 {
                return;
            }
            let parent = held.push(exchange, None);
            for exchange in inside {
                held.push(exchange, Some(parent));
            }
            held.keep_within(self.all.bounds, &mut forgotten);
            self.all.count(before, held.bytes)
        };
        if is_too_much {
            self.all.make_room();
        }
        // Freed after the lock is released, since bodies may be large.
        drop(forgotten);
        self.tell();
    }

    /// What is recorded.
    pub fn page(&self) -> Page {
        self.page_since(0)
    }

    /// What was recorded after the record with this number.
    pub fn page_since(&self, number: u64) -> Page {
        let held = self.held.lock();
        let first = held.records.partition_point(|record| record.number <= number);
        let records: Vec<_> = held.records.range(first..).cloned().collect();
        Page { records, dropped: held.recorded.saturating_sub(held.records.len() as u64) }
    }

    /// The record with this number.
    pub fn find(&self, number: u64) -> Option<Arc<Record>> {
        let held = self.held.lock();
        let at = held.records.binary_search_by_key(&number, |record| record.number).ok()?;
        held.records.get(at).cloned()
    }

    /// Forgets all records. What was met stays.
    pub fn clear(&self) {
        let forgotten = {
            let mut held = self.held.lock();
            held.recorded = 0;
            self.all.count(std::mem::take(&mut held.bytes), 0);
            std::mem::take(&mut held.records)
        };
        drop(forgotten);
        self.tell();
    }

    /// What was met since the start, or since it was last forgotten.
    pub fn met(&self) -> Met {
        self.held.lock().met.clone()
    }

    /// Forgets what was met.
    pub fn forget_met(&self) {
        self.held.lock().met = Met::default();
    }

    /// The number of the newest record that it holds; 0 if it holds none.
    pub fn last(&self) -> u64 {
        self.held.lock().records.back().map_or(0, |record| record.number)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.held.lock().records.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls the listener after every change, as long as somebody holds it. It must not take long, and must not record.
    pub fn listen(&self, listener: &Arc<Listener>) {
        self.listeners.lock().push(Arc::downgrade(listener));
    }

    fn tell(&self) {
        let mut listeners = self.listeners.lock();
        listeners.retain(|listener| {
            listener.upgrade().is_some_and(|listener| {
                listener();
                true
            })
        });
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.all.count(std::mem::take(&mut self.held.lock().bytes), 0);
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal")
            .field("bounds", &self.all.bounds)
            .field("records", &self.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use ::http::Method;

    use super::*;
    use crate::effects::Timestamp;
    use crate::worlds::{Asked, Bounds, Headers, Name};

    fn exchange(body: usize) -> Exchange {
        let asked = Asked {
            method: Method::GET,
            origin: "".into(),
            path: "/".to_owned(),
            query: String::new(),
            headers: Headers::default(),
            body: vec![0; body].into(),
        };
        Exchange { world: Name::of_default(), at: Timestamp(0), micros: None, asked, operation: None, answered: None }
    }

    fn with(bounds: Bounds) -> Journal {
        Journal::among(&Journals::new(bounds))
    }

    fn numbers(page: &Page) -> Vec<u64> {
        page.records.iter().map(|record| record.number).collect()
    }

    #[test]
    fn the_oldest_records_give_way_by_count_and_by_bytes() {
        let journal = with(Bounds { records: 3, bytes: 100_000, ..Bounds::default() });
        for _ in 0..5 {
            journal.record(exchange(0), vec![]);
        }
        let page = journal.page();
        assert_eq!((numbers(&page), page.dropped), (vec![3, 4, 5], 2));
        journal.record(exchange(99_400), vec![]);
        assert_eq!((numbers(&journal.page()), journal.page().dropped), (vec![6], 5));
        journal.record(exchange(200_000), vec![]);
        assert_eq!((journal.page().records.len(), journal.page().dropped), (0, 7));
        journal.clear();
        journal.record(exchange(0), vec![]);
        assert_eq!((numbers(&journal.page()), journal.page().dropped), (vec![8], 0));
    }

    #[test]
    fn those_that_travelled_inside_name_their_parent() {
        let journal = with(Bounds::default());
        journal.record(exchange(0), vec![exchange(0), exchange(0)]);
        let parents: Vec<_> = journal.page().records.iter().map(|record| record.parent).collect();
        assert_eq!(parents, [None, Some(1), Some(1)]);
        assert_eq!(numbers(&journal.page_since(2)), [3]);
        assert_eq!(journal.find(2).map(|record| record.number), Some(2));
        assert!(journal.find(4).is_none());
    }

    #[test]
    fn a_journal_of_no_records_keeps_none() {
        let journal = with(Bounds { records: 0, bytes: 1, ..Bounds::default() });
        journal.record(exchange(0), vec![]);
        assert!(journal.is_empty());
    }

    #[test]
    fn listeners_are_told_as_long_as_somebody_holds_them() {
        let journal = with(Bounds::default());
        let told = Arc::new(Mutex::new(0));
        let count = Arc::clone(&told);
        let listener: Arc<Listener> = Arc::new(move || *count.lock() += 1);
        journal.listen(&listener);
        journal.record(exchange(0), vec![]);
        journal.clear();
        drop(listener);
        journal.record(exchange(0), vec![]);
        assert_eq!(*told.lock(), 2);
    }

    const MIB: usize = 1024 * 1024;

    fn put(journal: &Journal, bytes: usize) {
        journal.record(exchange(bytes), Vec::new());
    }

    #[test]
    fn the_largest_gives_way_and_small_ones_stay_whole() {
        let journals = Journals::new(Bounds { of_all: 8 * MIB, ..Bounds::default() });
        let (small, large) = (Journal::among(&journals), Journal::among(&journals));
        for _ in 0..3 {
            put(&small, MIB / 4);
        }
        for _ in 0..100 {
            put(&large, MIB / 4);
        }
        assert_eq!((small.len(), small.page().dropped), (3, 0));
        assert_eq!(large.page().dropped + large.len() as u64, 100);
        let used = small.held.lock().bytes + large.held.lock().bytes;
        assert!((7 * MIB..=8 * MIB).contains(&used), "{used}");
        assert_eq!(journals.used(), used);
        put(&small, MIB / 4);
        assert_eq!((small.len(), small.last()), (4, 4));
    }

    #[test]
    fn what_is_cleared_or_dropped_makes_room() {
        let journals = Journals::new(Bounds { of_all: MIB, ..Bounds::default() });
        let (kept, cleared, dropped) =
            (Journal::among(&journals), Journal::among(&journals), Journal::among(&journals));
        for journal in [&kept, &cleared, &dropped] {
            put(journal, MIB / 4);
        }
        cleared.clear();
        drop(dropped);
        assert_eq!(journals.used(), kept.held.lock().bytes);
        put(&kept, MIB / 2);
        assert_eq!(kept.len(), 2);
        put(&kept, 2 * MIB);
        assert!(kept.is_empty(), "what is larger than all may be is not kept");
    }
}
