//! How old the evidence of a row is, by the operating system's clock.

use crate::cli::failure::Failure;
use crate::contract::Outcome;
use crate::effects::{Timestamp, wall_clock};
use crate::evidence::{Archive, Date, Newest};

/// What is known of evidence, today.
pub struct Ages {
    pub archive: Archive,
    today: Timestamp,
}

impl Ages {
    /// Reads what the program carries, and the clock.
    pub fn read() -> Result<Self, Failure> {
        let archive = Archive::embedded().map_err(|flaws| Failure::flaws(&flaws))?;
        Ok(Self { archive, today: wall_clock() })
    }

    /// The date of a row's newest evidence, or why there is none.
    pub fn date(&self, row: &Outcome) -> String {
        match self.archive.newest(row) {
            Newest::Of(date) => date.to_string(),
            Newest::Undated => "not known".to_owned(),
            Newest::Nothing => "–".to_owned(),
        }
    }

    /// The same in a few words, with its age.
    pub fn words(&self, row: &Outcome) -> String {
        match self.archive.newest(row) {
            Newest::Of(date) => self.dated(date),
            Newest::Undated => "of unknown age".to_owned(),
            Newest::Nothing => "no evidence".to_owned(),
        }
    }

    /// A date with its age.
    pub fn dated(&self, date: &Date) -> String {
        match date.days_before(self.today) {
            Some(0) => format!("{date}, today"),
            Some(1) => format!("{date}, yesterday"),
            Some(days) => format!("{date}, {days} days ago"),
            None => date.to_string(),
        }
    }

    /// The date of a row's newest evidence, and how many days ago it was.
    pub fn newest(&self, row: &Outcome) -> Option<(&Date, Option<i64>)> {
        match self.archive.newest(row) {
            Newest::Of(date) => Some((date, date.days_before(self.today))),
            Newest::Undated | Newest::Nothing => None,
        }
    }
}
