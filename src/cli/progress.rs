//! How far a command has got, on a terminal.

use indicatif::{ProgressBar, ProgressStyle};

use crate::tenant::Watch;

/// A line at the end of standard error, if that is a terminal.
#[derive(Debug)]
pub struct Bar(ProgressBar);

impl Bar {
    /// Nothing done, and nothing known to be ahead.
    pub fn new() -> Self {
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len} requests");
        Self(ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

impl Watch for Bar {
    fn ahead(&self, count: usize) {
        self.0.inc_length(u64::try_from(count).unwrap_or_default());
    }

    fn step(&self, part: &str) {
        self.0.set_message(part.to_owned());
        self.0.inc(1);
        // There are never fewer ahead than have been done.
        if self.0.length().is_some_and(|length| length < self.0.position()) {
            self.0.set_length(self.0.position());
        }
    }
}
