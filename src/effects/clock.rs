//! The world's clock. [`wall_clock`] is the only place that asks the operating system for the time.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, which is what all three systems show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// From whole seconds since the epoch.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The time so much later (or earlier, if negative), at the ends of the range if it would leave it.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// `2026-01-15T08:00:00.000Z`.
    pub fn iso_millis(self) -> String {
        let shape = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
        self.date_time().format(shape).unwrap_or_default()
    }

    /// `2026-01-15T08:00:00Z`, without the milliseconds.
    pub fn iso_seconds(self) -> String {
        let shape = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        self.date_time().format(shape).unwrap_or_default()
    }

    /// `Thu, 15 Jan 2026 08:00:00 GMT`, as HTTP headers have it (RFC 9110 section 5.6.7).
    pub fn http_date(self) -> String {
        let shape =
            format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
        self.date_time().format(shape).unwrap_or_default()
    }

    /// Reads an RFC 3339 date and time.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let date_time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        Some(Self::from_date_time(date_time))
    }

    /// As a calendar date; beyond the calendar's ends, its end.
    pub fn date_time(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000).unwrap_or(if self.0 < 0 {
            OffsetDateTime::new_utc(time::Date::MIN, time::Time::MIDNIGHT)
        } else {
            OffsetDateTime::new_utc(time::Date::MAX, time::Time::MIDNIGHT)
        })
    }

    /// From a calendar date.
    pub fn from_date_time(date_time: OffsetDateTime) -> Self {
        Self(i64::try_from(date_time.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso_millis())
    }
}

/// How a clock moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// With the operating system's clock, shifted by `offset` milliseconds.
    Running {
        /// Milliseconds added to the wall clock.
        offset: i64,
    },
    /// Not at all.
    Frozen {
        /// The time it shows.
        at: Timestamp,
    },
    /// By a fixed step with each request.
    Stepping {
        /// The time the next request sees.
        next: Timestamp,
        /// Milliseconds a request.
        step: i64,
    },
}

/// A world's clock: plain data, so it forks and snapshots with the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// How it moves.
    pub mode: Mode,
}

impl Default for Clock {
    fn default() -> Self {
        Self { mode: Mode::Running { offset: 0 } }
    }
}

impl Clock {
    /// The time it shows when the wall clock shows `wall`.
    pub const fn now(&self, wall: Timestamp) -> Timestamp {
        match self.mode {
            Mode::Running { offset } => wall.plus_millis(offset),
            Mode::Frozen { at } => at,
            Mode::Stepping { next, .. } => next,
        }
    }

    /// The clock in the same mode, showing `now` when the wall clock shows `wall`.
    #[must_use]
    pub const fn showing(self, now: Timestamp, wall: Timestamp) -> Self {
        let mode = match self.mode {
            Mode::Running { .. } => Mode::Running { offset: now.millis().saturating_sub(wall.millis()) },
            Mode::Frozen { .. } => Mode::Frozen { at: now },
            Mode::Stepping { step, .. } => Mode::Stepping { next: now, step },
        };
        Self { mode }
    }

    /// The clock moved by so many milliseconds, back if they are negative.
    #[must_use]
    pub const fn advanced(self, millis: i64, wall: Timestamp) -> Self {
        self.showing(self.now(wall).plus_millis(millis), wall)
    }

    /// True if each request moves it.
    pub const fn steps(&self) -> bool {
        matches!(self.mode, Mode::Stepping { .. })
    }

    /// Moves a stepping clock on by its step; others are left alone.
    pub const fn step(&mut self) {
        if let Mode::Stepping { next, step } = &mut self.mode {
            *next = next.plus_millis(*step);
        }
    }
}

/// The operating system's time. Called once a request, on arrival.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the operating system's clock")]
pub fn wall_clock() -> Timestamp {
    let millis = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => Timestamp(millis(since)),
        Err(before) => Timestamp(-millis(before.duration())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_forms() {
        let time = Timestamp(1_768_464_000_026);
        assert_eq!(time.iso_millis(), "2026-01-15T08:00:00.026Z");
        assert_eq!(time.iso_seconds(), "2026-01-15T08:00:00Z");
        assert_eq!(time.http_date(), "Thu, 15 Jan 2026 08:00:00 GMT");
        assert_eq!(Timestamp::parse_iso("2026-01-15T08:00:00.026Z"), Some(time));
        assert_eq!(Timestamp::parse_iso("yesterday"), None);
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        assert!(!Timestamp(i64::MAX).iso_millis().is_empty());
        assert!(!Timestamp(i64::MIN).iso_seconds().is_empty());
    }

    #[test]
    fn each_mode_moves_as_it_says() {
        let wall = Timestamp(1_000);
        assert_eq!(Clock { mode: Mode::Running { offset: 5 } }.now(wall), Timestamp(1_005));
        assert_eq!(Clock { mode: Mode::Frozen { at: Timestamp(3) } }.now(wall), Timestamp(3));
        let mut stepping = Clock { mode: Mode::Stepping { next: Timestamp(10), step: 2 } };
        stepping.step();
        assert_eq!(stepping.now(wall), Timestamp(12));
    }
}
