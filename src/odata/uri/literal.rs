//! Typed literals of URIs (OData V2 URI conventions; [MS-ODATA] section 2.2.2): reading and writing.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;

use crate::http::target::has;
use crate::odata::edm::Kind;
use crate::odata::error::Error;
use crate::odata::{Value, lexical};
use crate::store::Text;

/// Reads one literal; its type follows from its form.
///
/// # Errors
/// Olingo's refusals for an unknown or a badly formed literal.
pub fn parse(text: &str) -> Result<Value, Error> {
    let malformed = || Error::LiteralFormat { literal: text.to_owned() };
    if text == "null" {
        return Ok(Value::Null);
    }
    if let Some(inner) = quoted(text, "") {
        return Ok(Value::String(Text::from(Arc::from(unescaped(inner)))));
    }
    if text == "true" || text == "false" {
        return Ok(Value::Boolean(text == "true"));
    }
    if is_integer(text) {
        return text.parse().map(Value::Int32).map_err(|_| malformed());
    }
    if let Some((kind, inner)) = prefixed(text) {
        return lexical::read(kind, inner).ok_or_else(malformed);
    }
    if let Some(inner) = quoted(text, "X").or_else(|| quoted(text, "binary")) {
        return hex::decode(inner).map(|bytes| Value::Binary(Bytes::from(bytes))).map_err(|_| malformed());
    }
    suffixed(text).unwrap_or_else(|| Err(Error::UnknownLiteral { literal: text.to_owned() }))
}

/// Two quotes stand for one.
fn unescaped(inner: &str) -> Cow<'_, str> {
    if has(inner, |byte| byte == b'\'') { Cow::Owned(inner.replace("''", "'")) } else { Cow::Borrowed(inner) }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn prefixed(text: &str) -> Option<(Kind, &str)> {
    const PREFIXES: [(&str, Kind); 4] = [
        ("datetime", Kind::DateTime),
        ("datetimeoffset", Kind::DateTimeOffset),
        ("guid", Kind::Guid),
        ("time", Kind::Time),
    ];
    PREFIXES.into_iter().find_map(|(prefix, kind)| Some((kind, quoted(text, prefix)?)))
}

fn quoted<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    text.strip_prefix(prefix)?.strip_prefix('\'')?.strip_suffix('\'')
}

/// Numbers with a suffix: `1L`, `1.5M`, `1.5D`, `1.5F`, and the special values of floating point.
fn suffixed(text: &str) -> Option<Result<Value, Error>> {
    if matches!(text, "INF" | "-INF" | "NaN") {
        return lexical::read(Kind::Double, text).map(Ok);
    }
    let (digits, kind) = match text.char_indices().next_back()? {
        (at, 'L' | 'l') => (text.get(..at)?, Kind::Int64),
        (at, 'M' | 'm') => (text.get(..at)?, Kind::Decimal),
        (at, 'D' | 'd' | 'F' | 'f') => (text.get(..at)?, Kind::Double),
        _ => return None,
    };
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return Some(Err(Error::LiteralFormat { literal: text.to_owned() }));
    }
    Some(lexical::read(kind, digits).ok_or_else(|| Error::LiteralFormat { literal: text.to_owned() }))
}

/// The value as one of the given type: numbers widen and narrow where nothing is lost, other types must be the same.
pub fn convert(value: Value, kind: Kind) -> Option<Value> {
    let integer = match value {
        Value::Byte(number) => Some(i64::from(number)),
        Value::Int16(number) => Some(i64::from(number)),
        Value::Int32(number) => Some(i64::from(number)),
        Value::Int64(number) => Some(number),
        _ => None,
    };
    match (kind, integer) {
        (Kind::Byte, Some(number)) => u8::try_from(number).ok().map(Value::Byte),
        (Kind::Int16, Some(number)) => i16::try_from(number).ok().map(Value::Int16),
        (Kind::Int32, Some(number)) => i32::try_from(number).ok().map(Value::Int32),
        (Kind::Int64, Some(number)) => Some(Value::Int64(number)),
        (Kind::Decimal, Some(number)) => Some(Value::Decimal(Text::from(number.to_string()))),
        (Kind::Double, Some(number)) => lexical::read_double(&number.to_string()).map(Value::Double),
        _ => (kind_of(&value)? == kind).then_some(value),
    }
}

/// The primitive type of a value; `None` for null and complex values.
pub fn kind_of(value: &Value) -> Option<Kind> {
    Some(match value {
        Value::Null | Value::Complex(_) => return None,
        Value::Binary(_) => Kind::Binary,
        Value::Boolean(_) => Kind::Boolean,
        Value::Byte(_) => Kind::Byte,
        Value::DateTime(_) => Kind::DateTime,
        Value::DateTimeOffset(_) => Kind::DateTimeOffset,
        Value::Decimal(_) => Kind::Decimal,
        Value::Double(_) => Kind::Double,
        Value::Guid(_) => Kind::Guid,
        Value::Int16(_) => Kind::Int16,
        Value::Int32(_) => Kind::Int32,
        Value::Int64(_) => Kind::Int64,
        Value::String(_) => Kind::String,
        Value::Time(_) => Kind::Time,
    })
}

/// Appends a value as a literal, not percent-encoded.
pub fn write(out: &mut String, value: &Value) {
    let (prefix, suffix) = match value {
        Value::String(text) => return write_string(out, text),
        Value::Binary(bytes) => {
            out.push_str("X'");
            out.push_str(&hex::encode_upper(bytes));
            return out.push('\'');
        }
        Value::Null => ("null", ""),
        Value::DateTime(_) => ("datetime'", "'"),
        Value::DateTimeOffset(_) => ("datetimeoffset'", "'"),
        Value::Guid(_) => ("guid'", "'"),
        Value::Time(_) => ("time'", "'"),
        Value::Int64(_) => ("", "L"),
        Value::Decimal(_) => ("", "M"),
        Value::Double(number) if number.is_finite() => ("", "D"),
        _ => ("", ""),
    };
    out.push_str(prefix);
    lexical::write(out, value);
    out.push_str(suffix);
}

fn write_string(out: &mut String, text: &str) {
    out.push('\'');
    if has(text, |byte| byte == b'\'') {
        out.push_str(&text.replace('\'', "''"));
    } else {
        out.push_str(text);
    }
    out.push('\'');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Refusal;

    #[test]
    fn literals_read_back_as_they_were_written() {
        for text in ["'a''b'", "null", "true", "-5", "5L", "1.5M", "1.5D", "guid'0f8fad5b-d9cb-469f-a165-70867728950e'"]
        {
            let mut out = String::new();
            write(&mut out, &parse(text).unwrap());
            assert_eq!(out, text);
        }
    }

    #[test]
    fn bad_literals_have_olingos_texts() {
        let text = |literal| Refusal::from(parse(literal).unwrap_err()).text;
        assert_eq!(text("abc"), "Unknown literal: '[abc]'.");
        assert_eq!(text("'abc"), "Unknown literal: '['abc]'.");
        assert_eq!(text("datetime'x'"), "Wrong literal format for literal: '[datetime'x']'.");
        assert_eq!(text("99999999999"), "Wrong literal format for literal: '[99999999999]'.");
    }
}
