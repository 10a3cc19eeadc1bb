//! Which documented answers the clients of a world have met.

use std::collections::BTreeMap;

/// The answer of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// A success, by its status.
    Success(u16),
    /// A refusal, by the identifier of its row.
    Refusal(&'static str),
}

/// How often an answer was met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// Because a client earned it.
    pub earned: u64,
    /// Because a fault answered with it.
    pub by_fault: u64,
}

impl Times {
    /// True if it was met at all.
    pub const fn is_any(self) -> bool {
        self.earned > 0 || self.by_fault > 0
    }
}

/// The answers that were met, by the identifier of their operation.
#[derive(Debug, Clone, Default)]
pub struct Met(BTreeMap<(&'static str, Answer), Times>);

impl Met {
    /// Counts an answer.
    pub fn count(&mut self, operation: &'static str, answer: Answer, by_fault: bool) {
        let times = self.0.entry((operation, answer)).or_default();
        let counted = if by_fault { &mut times.by_fault } else { &mut times.earned };
        *counted = counted.saturating_add(1);
    }

    /// How often this operation was answered so.
    pub fn times(&self, operation: &'static str, answer: Answer) -> Times {
        self.0.get(&(operation, answer)).copied().unwrap_or_default()
    }

    /// How often any of these operations was answered so.
    pub fn times_at_any(&self, operations: impl Iterator<Item = &'static str>, answer: Answer) -> Times {
        operations.map(|operation| self.times(operation, answer)).fold(Times::default(), plus)
    }

    /// Adds what others have met.
    pub fn merge(&mut self, other: &Self) {
        for (key, times) in &other.0 {
            let sum = self.0.entry(*key).or_default();
            *sum = plus(*sum, *times);
        }
    }
}

const fn plus(one: Times, other: Times) -> Times {
    Times { earned: one.earned.saturating_add(other.earned), by_fault: one.by_fault.saturating_add(other.by_fault) }
}
