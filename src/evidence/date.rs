//! When something was seen or published, as precisely as it is known: `2026`, `2026-11` or `2026-11-29`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::effects::Timestamp;

/// A day, a month or a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is no date: expected one like 2026-11-29, 2026-11 or 2026", self.0)
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// The day of a moment.
    pub fn of(moment: Timestamp) -> Self {
        Self(moment.iso_seconds().chars().take("2026-11-29".len()).collect())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many days before a moment it was; of a month or a year, its first day. None if it lies ahead.
    pub fn days_before(&self, now: Timestamp) -> Option<i64> {
        const DAY: i64 = 24 * 60 * 60 * 1000;
        let passed = now.0 - first_moment(&self.0)?.0;
        (passed >= 0).then_some(passed / DAY)
    }
}

/// The beginning of a date; none if there is no such day.
fn first_moment(text: &str) -> Option<Timestamp> {
    // Each length is that of a form, with what completes it.
    let rest = match text.len() {
        4 => "-01-01",
        7 => "-01",
        10 => "",
        _ => return None,
    };
    Timestamp::parse_iso(&format!("{text}{rest}T00:00:00Z"))
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        match first_moment(&text) {
            Some(_) => Ok(Self(text)),
            None => Err(NotADate(text)),
        }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Result<Date, NotADate> {
        Date::try_from(text.to_owned())
    }

    #[test]
    fn days_months_and_years_are_dates_and_nothing_else_is() {
        for good in ["2026", "2026-11", "2026-11-29", "2024-02-29"] {
            assert_eq!(date(good).map(String::from).as_deref(), Ok(good));
        }
        for bad in ["", "26", "2026-13", "2026-02-30", "2026-11-29T08:00:00Z", "29.11.2026", "äöü1"] {
            assert!(date(bad).is_err_and(|error| error.to_string().contains("expected one like 2026-11-29")), "{bad}");
        }
    }

    #[test]
    fn an_age_counts_whole_days_from_the_first_that_it_may_have_been() {
        let now = Timestamp::parse_iso("2026-11-29T08:00:00Z").unwrap();
        let age = |text: &str| date(text).unwrap().days_before(now);
        assert_eq!((age("2026-11-29"), age("2026-11"), age("2025-11-29")), (Some(0), Some(28), Some(365)));
        assert_eq!((age("2026-11-30"), Date::of(now)), (None, date("2026-11-29").unwrap()));
    }

    #[test]
    fn what_is_known_more_precisely_comes_after_its_month() {
        assert!(date("2026-09").unwrap() < date("2026-09-02").unwrap());
        assert!(date("2026-09-30").unwrap() < date("2026-10").unwrap());
    }
}
