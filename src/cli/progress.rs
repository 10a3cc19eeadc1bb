//! How far a command has got, on a terminal.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use crate::tenant::Watch;

/// A line at the end of standard error, if that is a terminal.
#[derive(Debug)]
pub struct Bar {
    is_shown: bool,
    done: Cell<usize>,
    of: Cell<usize>,
}

/// Columns of the bar itself.
const BAR: usize = 20;

/// Columns of the line, which has to fit on every terminal: one that wraps is not taken away.
const LINE: usize = 78;

impl Bar {
    /// Nothing done, and nothing known to be ahead.
    pub fn new() -> Self {
        Self { is_shown: io::stderr().is_terminal(), done: Cell::default(), of: Cell::default() }
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.show("");
    }

    /// In place of what is shown.
    fn show(&self, line: &str) {
        if self.is_shown {
            // Nobody misses it where it cannot be written.
            let _ = write!(io::stderr(), "\r{line:LINE$.LINE$}\r");
        }
    }

    /// One more, for a part.
    fn next(&self, part: &str) -> String {
        let done = self.done.get() + 1;
        // There are never fewer ahead than have been done.
        let of = self.of.get().max(done);
        self.done.set(done);
        self.of.set(of);
        let filled = BAR * done / of;
        format!("{part} {}{} {done} of {of} requests", "█".repeat(filled), "░".repeat(BAR - filled))
    }
}

impl Watch for Bar {
    fn ahead(&self, count: usize) {
        self.of.set(self.of.get() + count);
    }

    fn step(&self, part: &str) {
        self.show(&self.next(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fills_and_never_has_fewer_ahead_than_done() {
        let bar = Bar::new();
        assert_eq!(bar.next("a"), "a ████████████████████ 1 of 1 requests");
        bar.ahead(3);
        assert_eq!(bar.next("b"), "b ██████████░░░░░░░░░░ 2 of 4 requests");
    }
}
