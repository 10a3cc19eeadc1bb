//! Values as text: the lexical forms of the primitive types ([MS-ODATA] section 2.2.2), as Atom and `$value` show them.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::Value;
use super::edm::Kind;
use crate::effects::Timestamp;
use crate::store::Text;

/// Appends a value in its plain form; nothing for null and for complex values.
pub(crate) fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null | Value::Complex(_) => {}
        Value::Binary(bytes) => STANDARD.encode_string(bytes, out),
        Value::Boolean(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Byte(number) => write_integer(out, i64::from(*number)),
        Value::Int16(number) => write_integer(out, i64::from(*number)),
        Value::Int32(number) => write_integer(out, i64::from(*number)),
        Value::Int64(number) => write_integer(out, *number),
        Value::DateTime(time) => write_date_time(out, *time),
        Value::DateTimeOffset(time) => {
            write_date_time(out, *time);
            out.push('Z');
        }
        Value::Decimal(text) | Value::Guid(text) | Value::String(text) => out.push_str(text),
        Value::Double(number) => write_double(out, *number),
        Value::Time(millis) => write_time(out, *millis),
    }
}

/// Appends a decimal number.
pub(crate) fn write_integer(out: &mut String, number: i64) {
    out.push_str(itoa::Buffer::new().format(number));
}

fn write_double(out: &mut String, number: f64) {
    if number.is_infinite() {
        out.push_str(if number > 0.0 { "INF" } else { "-INF" });
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, "{number:?}");
    }
}

/// `2019-10-04T00:00:00`, with a fraction only if it is not zero and without its trailing zeros.
pub(crate) fn write_date_time(out: &mut String, time: Timestamp) {
    let date_time = time.date_time();
    let (date, clock) = (date_time.date(), date_time.time());
    let _ = write!(
        out,
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year(),
        u8::from(date.month()),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second()
    );
    write_fraction(out, clock.millisecond());
}

fn write_fraction(out: &mut String, millis: u16) {
    if millis > 0 {
        let digits = format!(".{millis:03}");
        out.push_str(digits.trim_end_matches('0'));
    }
}

fn write_time(out: &mut String, millis: i64) {
    let millis = millis.rem_euclid(86_400_000);
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    let _ = write!(out, "PT{hours}H{minutes}M{seconds}");
    write_fraction(out, u16::try_from(millis % 1000).unwrap_or_default());
    out.push('S');
}

/// Reads the plain form of a type; `None` if the text is not of that form.
pub(crate) fn read(kind: Kind, text: &str) -> Option<Value> {
    Some(match kind {
        Kind::Binary => Value::Binary(read_base64(text)?),
        Kind::Boolean => Value::Boolean(read_boolean(text)?),
        Kind::Byte => Value::Byte(text.parse().ok()?),
        Kind::DateTime => Value::DateTime(read_date_time(text)?),
        Kind::DateTimeOffset => Value::DateTimeOffset(read_date_time_offset(text)?),
        Kind::Decimal => Value::Decimal(read_decimal(text)?),
        Kind::Double => Value::Double(read_double(text)?),
        Kind::Guid => Value::Guid(read_guid(text)?),
        Kind::Int16 => Value::Int16(text.parse().ok()?),
        Kind::Int32 => Value::Int32(text.parse().ok()?),
        Kind::Int64 => Value::Int64(text.parse().ok()?),
        Kind::String => Value::String(Text::from(text.to_owned())),
        Kind::Time => Value::Time(read_time(text)?),
        Kind::Complex(_) => return None,
    })
}

/// Base64 with or without padding, line breaks tolerated.
pub(crate) fn read_base64(text: &str) -> Option<Bytes> {
    use base64::alphabet;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let bytes = if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        LENIENT.decode(text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<_>>())
    } else {
        LENIENT.decode(text)
    };
    bytes.ok().map(Bytes::from)
}

fn read_boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn read_decimal(text: &str) -> Option<Text> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.len() <= 29 && part.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits(whole) && all_digits(fraction)).then(|| Text::from(text.to_owned()))
}

/// A double as XML and JSON have it: also `INF`, `-INF` and `NaN`.
pub(crate) fn read_double(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => text.parse().ok(),
        _ => None,
    }
}

/// 36 characters in five groups; kept in lower case.
pub(crate) fn read_guid(text: &str) -> Option<Text> {
    let lengths = text.split('-').map(str::len);
    let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    (digits && lengths.eq([8, 4, 4, 4, 12])).then(|| Text::from(text.to_ascii_lowercase()))
}

/// `yyyy-mm-ddThh:mm[:ss[.fffffff]]`
pub(crate) fn read_date_time(text: &str) -> Option<Timestamp> {
    let (date, clock) = text.split_once('T')?;
    let mut fields = date.splitn(3, '-');
    let year: u16 = digits(fields.next()?, 4)?;
    let month: u8 = digits(fields.next()?, 2)?;
    let day: u8 = digits(fields.next()?, 2)?;
    let month = time::Month::try_from(month).ok()?;
    let date = time::Date::from_calendar_date(i32::from(year), month, day).ok()?;
    Some(Timestamp::from_date_time(date.with_time(read_clock(clock)?).assume_utc()))
}

fn read_clock(text: &str) -> Option<time::Time> {
    let mut fields = text.splitn(3, ':');
    let hour: u8 = digits(fields.next()?, 2)?;
    let minute: u8 = digits(fields.next()?, 2)?;
    let (second, millis) = match fields.next() {
        None => (0, 0),
        Some(seconds) => {
            let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
            (digits::<u8>(whole, 2)?, read_millis(fraction)?)
        }
    };
    time::Time::from_hms_milli(hour, minute, second, millis).ok()
}

/// Milliseconds from a decimal fraction; finer ones are cut off.
fn read_millis(fraction: &str) -> Option<u16> {
    if fraction.is_empty() {
        return Some(0);
    }
    let _: u64 = digits(fraction, 12)?;
    format!("{fraction:0<3}").get(..3)?.parse().ok()
}

fn digits<T: std::str::FromStr>(text: &str, most: usize) -> Option<T> {
    let plain = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// A date and time with `Z`, an offset, or neither. A blank before the offset is a plus sign that a query has lost.
pub(crate) fn read_date_time_offset(text: &str) -> Option<Timestamp> {
    if let Some(local) = text.strip_suffix('Z') {
        return read_date_time(local);
    }
    let split = text.rfind(['+', '-', ' ']).filter(|at| text.find('T').is_some_and(|clock| *at > clock));
    let Some(split) = split else { return read_date_time(text) };
    let (local, offset) = text.split_at(split);
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = digits::<i64>(hours, 2)? * 60 + digits::<i64>(minutes, 2)?;
    let minutes = if offset.starts_with('-') { -minutes } else { minutes };
    Some(read_date_time(local)?.plus_millis(-minutes * 60_000))
}

/// `PT13H20M0S`, as milliseconds since midnight.
pub(crate) fn read_time(text: &str) -> Option<i64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut millis = 0;
    for (unit, scale) in [('H', 3_600_000), ('M', 60_000)] {
        if let Some((number, after)) = rest.split_once(unit) {
            millis += digits::<i64>(number, 4)? * scale;
            rest = after;
        }
    }
    if let Some(seconds) = rest.strip_suffix('S') {
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
        millis += digits::<i64>(whole, 5)? * 1000 + i64::from(read_millis(fraction)?);
    } else if !rest.is_empty() || text == "PT" {
        return None;
    }
    Some(millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(kind: Kind, text: &str) -> Option<String> {
        let mut out = String::new();
        write(&mut out, &read(kind, text)?);
        Some(out)
    }

    #[test]
    fn plain_forms_are_read_and_written() {
        let same = [
            (Kind::DateTime, "2026-03-12T17:01:12.349"),
            (Kind::DateTime, "2026-03-12T17:01:12"),
            (Kind::DateTimeOffset, "2019-10-04T00:00:00Z"),
            (Kind::Time, "PT13H20M0S"),
            (Kind::Int64, "-9223372036854775808"),
            (Kind::Boolean, "true"),
            (Kind::Guid, "0f8fad5b-d9cb-469f-a165-70867728950e"),
            (Kind::Binary, "AQID"),
            (Kind::Decimal, "12.50"),
        ];
        for (kind, text) in same {
            assert_eq!(round(kind, text).as_deref(), Some(text), "{kind:?}");
        }
    }

    #[test]
    fn fractions_lose_their_trailing_zeros_and_offsets_become_utc() {
        assert_eq!(round(Kind::DateTime, "2026-03-12T17:01:12.340").as_deref(), Some("2026-03-12T17:01:12.34"));
        assert_eq!(round(Kind::DateTimeOffset, "2026-01-01T01:00:00+02:00").as_deref(), Some("2025-12-31T23:00:00Z"));
    }

    #[test]
    fn what_is_not_of_the_form_is_refused() {
        for text in ["", "T", "2026-13-01T00:00", "2026-01-01", "26-1-1T1:1Z:", "2026-01-01T00:00:00+xx:00"] {
            assert_eq!(read(Kind::DateTimeOffset, text), None, "{text}");
        }
        assert_eq!(read(Kind::Guid, "0f8fad5b"), None);
        assert_eq!(read(Kind::Boolean, "yes"), None);
        assert_eq!(read(Kind::Int32, "1.5"), None);
    }
}
