//! Request targets: path segments and query parameters, percent-decoded once (RFC 3986).
//!
//! Splitting comes before decoding, so an escaped separator inside a key or a name separates nothing.

use std::borrow::Cow;
use std::str::Utf8Error;

use memchr::{memchr, memrchr};
use percent_encoding::percent_decode_str;

/// Why a piece of a target or a form cannot be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecodable {
    /// A `%` that is not followed by two hexadecimal digits.
    Escape,
    /// The decoded bytes are not UTF-8.
    NotUtf8,
}

impl From<Utf8Error> for Undecodable {
    fn from(_: Utf8Error) -> Self {
        Self::NotUtf8
    }
}

/// Names and values in the order sent, repeated names included.
pub type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The raw segments of a path, without the empty one before its first slash. A trailing slash leaves an empty last segment.
pub fn segments(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.strip_prefix('/').unwrap_or(path).split('/')
}

/// What stands before the first of such bytes, an ASCII character, and after it. Of one byte the search has less to set up than
/// that of [`str::split_once`], which is most of what it costs in a path.
pub fn cut(text: &str, separator: u8) -> (&str, Option<&str>) {
    match memchr(separator, text.as_bytes()) {
        Some(end) => (text.get(..end).unwrap_or_default(), text.get(end + 1..)),
        None => (text, None),
    }
}

/// What stands after the last such byte; all of the text if there is none.
pub fn after_last(text: &str, separator: u8) -> &str {
    memrchr(separator, text.as_bytes()).and_then(|at| text.get(at + 1..)).unwrap_or(text)
}

/// True if some byte is of a kind. Without a way out in the middle, the processor looks at many at once.
pub fn has(text: &str, kind: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(false, |found, byte| found | kind(byte))
}

/// Text, percent-decoded as the emulated systems do it, which refuse nothing: a broken escape stays, and bytes that are not
/// UTF-8 become replacement characters.
pub fn decode_leniently(text: &str) -> Cow<'_, str> {
    if has(text, |byte| byte == b'%') { percent_decode_str(text).decode_utf8_lossy() } else { Cow::Borrowed(text) }
}

/// One segment of a path, percent-decoded. A `+` stands for itself.
pub fn decode(segment: &str) -> Result<Cow<'_, str>, Undecodable> {
    if !escapes_are_whole(segment) {
        return Err(Undecodable::Escape);
    }
    Ok(percent_decode_str(segment).decode_utf8()?)
}

/// The parameters of a query string to certmimic itself, which tells what it cannot read: the control surface, and conditions
/// of faults. The emulated systems read theirs as forms (WHATWG URL section 5), by `form_urlencoded`. A name without `=` has
/// an empty value; empty pairs are passed over.
pub fn query(query: &str) -> Result<Pairs<'_>, Undecodable> {
    query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// The fields of an `application/x-www-form-urlencoded` body.
pub fn form(body: &[u8]) -> Result<Pairs<'_>, Undecodable> {
    query(str::from_utf8(body)?.trim_end_matches(['\r', '\n']))
}

fn pair(pair: &str) -> Result<(Cow<'_, str>, Cow<'_, str>), Undecodable> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    Ok((decode_form(name)?, decode_form(value)?))
}

fn decode_form(text: &str) -> Result<Cow<'_, str>, Undecodable> {
    if !text.contains('+') {
        return decode(text);
    }
    Ok(Cow::Owned(decode(&text.replace('+', " "))?.into_owned()))
}

fn escapes_are_whole(text: &str) -> bool {
    let is_digit = |digit: Option<&u8>| digit.is_some_and(u8::is_ascii_hexdigit);
    text.split('%').skip(1).all(|after| {
        let mut after = after.as_bytes().iter();
        is_digit(after.next()) && is_digit(after.next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        query(text).unwrap().into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    }

    #[test]
    fn a_path_is_split_before_it_is_decoded() {
        let raw: Vec<_> = segments("/api/v1/Set('a%2Fb')/").collect();
        assert_eq!(raw, ["api", "v1", "Set('a%2Fb')", ""]);
        assert_eq!(decode("Set%28%27a%2Fb+c%27%29").unwrap(), "Set('a/b+c')");
        assert_eq!(decode("%252F").unwrap(), "%2F", "once, not twice");
    }

    #[test]
    fn what_cannot_be_decoded_says_why() {
        assert_eq!(decode("100%"), Err(Undecodable::Escape));
        assert_eq!(decode("%4"), Err(Undecodable::Escape));
        assert_eq!(decode("%zz"), Err(Undecodable::Escape));
        assert_eq!(decode("%FF"), Err(Undecodable::NotUtf8));
        assert_eq!(query("a=%"), Err(Undecodable::Escape));
        assert_eq!(form(b"a=\xFF"), Err(Undecodable::NotUtf8));
    }

    #[test]
    fn a_query_keeps_order_and_repetition_and_decodes_names_too() {
        let expected = [("$select", "A"), ("$select", "B C"), ("flag", ""), ("q", "1+1=2")];
        let expected: Vec<_> = expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(pairs("%24select=A&&%24select=B+C&flag&q=1%2B1=2"), expected);
        assert_eq!(pairs(""), []);
    }

    #[test]
    fn a_form_may_end_in_a_line_break() {
        assert_eq!(
            form(b"grant_type=client_credentials\r\n").unwrap(),
            [("grant_type".into(), "client_credentials".into())]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_decoded_or_refused(text: String) {
            let _ = (decode(&text), query(&text), segments(&text).count());
        }

        #[test]
        fn what_was_encoded_comes_back(text: String) {
            let encoded = percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC).to_string();
            assert_eq!(decode(&encoded).unwrap(), text);
        }
    }
}
