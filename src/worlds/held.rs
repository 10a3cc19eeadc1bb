//! What one journal holds, and how much that may be.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Exchange, Met, Record};

/// Requests that a world remembers, unless told otherwise.
const MOST_RECORDS: usize = 10_000;

/// Bytes of those requests and their answers.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Bytes of the journals of all worlds, unless told otherwise.
const MOST_BYTES_OF_ALL: usize = 256 * 1024 * 1024;

/// How much a journal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Most records; 0 turns the journal off.
    pub records: usize,
    /// Most bytes.
    pub bytes: usize,
    /// Most bytes of all journals of a server together.
    pub of_all: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { records: MOST_RECORDS, bytes: MOST_BYTES, of_all: MOST_BYTES_OF_ALL }
    }
}

/// What a journal holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) records: VecDeque<Arc<Record>>,
    pub(super) bytes: usize,
    /// How many were recorded since the start or since the last clearing, kept or not.
    pub(super) recorded: u64,
    /// The number of the last record; never given twice.
    pub(super) last: u64,
    pub(super) met: Met,
}

impl Held {
    /// Adds a record, and says its number.
    pub(super) fn push(&mut self, exchange: Exchange, parent: Option<u64>) -> u64 {
        self.last += 1;
        self.recorded += 1;
        self.bytes += exchange.size();
        self.records.push_back(Arc::new(Record { number: self.last, parent, exchange }));
        self.last
    }

    /// Forgets what is too much.
    pub(super) fn keep_within(&mut self, bounds: Bounds, forgotten: &mut Vec<Arc<Record>>) {
        while self.records.len() > bounds.records {
            self.forget_oldest(forgotten);
        }
        self.forget(bounds.bytes, forgotten);
    }

    /// Forgets records until it holds no more than so many bytes.
    pub(super) fn forget(&mut self, bytes: usize, forgotten: &mut Vec<Arc<Record>>) {
        while self.bytes > bytes {
            self.forget_oldest(forgotten);
        }
    }

    fn forget_oldest(&mut self, forgotten: &mut Vec<Arc<Record>>) {
        if let Some(oldest) = self.records.pop_front() {
            self.bytes -= oldest.exchange.size();
            forgotten.push(oldest);
        }
    }
}
