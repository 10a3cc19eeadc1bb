//! Dates and spans as scenarios write them: `2026-01-15T08:00:00Z`, `2026-01-15`, `-355d`, `+3s`, `now`.

use crate::effects::Timestamp;

/// What [`moment`] reads, as a pattern for editors: a date that the calendar need not have is found when it is read.
pub const MOMENT: &str = r"^\s*(now|[+-]\d+(ms|s|m|h|d|w)|\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d))?)\s*$";

/// What [`span`] reads, as a pattern.
pub const SPAN: &str = r"^\s*[+-]?\d+(ms|s|m|h|d|w)\s*$";

/// A span that is not negative, as a pattern.
pub const DURATION: &str = r"^\s*\+?\d+(ms|s|m|h|d|w)\s*$";

/// Reads a date, or a span from `now` on that has a sign.
///
/// # Errors
/// One sentence that says what was expected.
pub fn moment(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    let trimmed = text.trim();
    if trimmed == "now" {
        return Ok(now);
    }
    if trimmed.starts_with(['+', '-']) {
        return span(trimmed).map(|millis| now.plus_millis(millis));
    }
    let midnight = || Timestamp::parse_iso(&format!("{trimmed}T00:00:00Z"));
    Timestamp::parse_iso(trimmed).or_else(midnight).ok_or_else(|| {
        format!(
            "\"{text}\" is no date: expected one like 2026-01-15T08:00:00Z or 2026-01-15, or a signed span from the \
             scenario's clock like -355d or +10d"
        )
    })
}

/// Reads a span of time in milliseconds: digits and one of `ms`, `s`, `m`, `h`, `d`, `w`, with an optional sign.
///
/// # Errors
/// One sentence that says what was expected.
pub fn span(text: &str) -> Result<i64, String> {
    let trimmed = text.trim();
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let digits = unsigned.len() - unsigned.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = unsigned.split_at(digits);
    let millis =
        count.parse::<i64>().ok().zip(unit_millis(unit)).and_then(|(count, unit)| count.checked_mul(unit)).ok_or_else(
            || format!("\"{text}\" is no span of time: expected a number and ms, s, m, h, d or w, like 10d"),
        )?;
    Ok(if trimmed.starts_with('-') { -millis } else { millis })
}

const fn unit_millis(unit: &str) -> Option<i64> {
    match unit.as_bytes() {
        b"ms" => Some(1),
        b"s" => Some(1_000),
        b"m" => Some(60_000),
        b"h" => Some(3_600_000),
        b"d" => Some(86_400_000),
        b"w" => Some(604_800_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        assert_eq!(span("1s"), Ok(1_000));
        assert_eq!(span("-355d"), Ok(-355 * 86_400_000));
        assert_eq!(span("+3h"), Ok(10_800_000));
        assert_eq!(span("750ms"), Ok(750));
        for wrong in ["", "d", "10", "1y", "--1d", "1.5h", "99999999999999999999d", "9223372036854775807d", "é"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn moments() {
        let now = Timestamp::from_seconds(1_768_464_000);
        assert_eq!(moment("now", now), Ok(now));
        assert_eq!(moment("-1s", now), Ok(now.plus_millis(-1_000)));
        assert_eq!(moment("2026-01-15T08:00:00Z", Timestamp(0)), Ok(now));
        assert_eq!(moment("2026-01-15", Timestamp(0)), Ok(now.plus_millis(-8 * 3_600_000)));
        assert!(moment("10d", now).is_err_and(|message| message.contains("+10d")));
    }
}
