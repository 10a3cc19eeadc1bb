//! Path segments (RFC 3986 section 3.3): split first, then decoded once each.

use std::borrow::Cow;

use memchr::memchr2;
use percent_encoding::percent_encode_byte;

use crate::http::target::{cut, decode_leniently, has};
use crate::odata::error::Error;

/// What stays as it is in a segment: RFC 3986's unreserved characters, and the quote, which OData needs.
const fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'\'')
}

/// Percent-encodes for a path segment what was appended from `start` on: most keys stay as they are.
pub fn encode_from(out: &mut String, start: usize) {
    if !out.get(start..).is_some_and(|appended| has(appended, |byte| !stays(byte))) {
        return;
    }
    for byte in out.split_off(start).bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(percent_encode_byte(byte));
        }
    }
}

/// True for a percent sign that two hexadecimal digits do not follow.
pub fn has_broken_escape(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| {
        let mut digits = rest.bytes();
        !matches!((digits.next(), digits.next()), (Some(one), Some(other)) if one.is_ascii_hexdigit() && other.is_ascii_hexdigit())
    })
}

/// One segment.
pub(super) struct Segment<'u> {
    /// As it came.
    pub(super) raw: &'u str,
    /// Decoded.
    pub(super) text: Cow<'u, str>,
}

impl Segment<'_> {
    /// Its name, and what stands in parentheses after it; empty parentheses are no key.
    pub(super) fn name_and_key(&self) -> Result<(&str, Option<&str>), Error> {
        let unmatched = || Error::UnmatchedSegment { segment: self.raw.to_owned() };
        let (name, key) = match cut(&self.text, b'(') {
            (name, None) => (name, ""),
            (name, Some(rest)) => (name, rest.strip_suffix(')').ok_or_else(unmatched)?),
        };
        if name.is_empty() || has(name, |byte| byte == b')') {
            return Err(unmatched());
        }
        Ok((name, Some(key).filter(|key| !key.is_empty())))
    }

    /// The key predicate as error texts show it: as it came, if its parentheses did.
    pub(super) fn shown_key(&self) -> &str {
        let between = |text: &'_ str| Some((text.find('(')? + 1, text.rfind(')')?));
        let text = if self.raw.contains('(') { self.raw } else { self.text.as_ref() };
        between(text).and_then(|(start, end)| text.get(start..end)).unwrap_or_default()
    }

    /// True if parentheses follow the name, with a key or without.
    pub(super) fn has_parentheses(&self) -> bool {
        self.text.contains('(')
    }
}

/// The segments of a path, one after the other.
pub(super) struct Segments<'u> {
    rest: Option<&'u str>,
}

impl<'u> Segments<'u> {
    /// Splits a path. An empty segment at either end is dropped, others are refused.
    pub(super) fn split(path: &'u str) -> Result<Self, Error> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        // Most paths are a single segment without parameters.
        if memchr2(b'/', b';', path.as_bytes()).is_some() {
            check_segments(path)?;
        }
        Ok(Self { rest: Some(path).filter(|path| !path.is_empty()) })
    }

    pub(super) fn next(&mut self) -> Option<Segment<'u>> {
        let (raw, rest) = cut(self.rest?, b'/');
        self.rest = rest;
        Some(Segment { raw, text: decode_leniently(raw) })
    }

    /// Refuses what follows a segment that must be the last.
    pub(super) fn must_end(&mut self, last: &Segment<'_>) -> Result<(), Error> {
        match self.rest {
            None => Ok(()),
            Some(_) => Err(Error::MustBeLast { segment: last.raw.to_owned() }),
        }
    }
}

fn check_segments(path: &str) -> Result<(), Error> {
    if path.split('/').any(str::is_empty) {
        return Err(Error::EmptySegment);
    }
    path.split('/').try_for_each(refuse_matrix_parameter)
}

/// `;name=value` in a segment is a matrix parameter to the library, quoted or not.
fn refuse_matrix_parameter(segment: &str) -> Result<(), Error> {
    match segment.split_once(';') {
        None => Ok(()),
        Some((before, parameters)) => {
            let names: Vec<&str> = parameters.split(';').filter_map(|parameter| parameter.split('=').next()).collect();
            Err(Error::MatrixParameter { parameters: format!("[{}]", names.join(", ")), segment: before.to_owned() })
        }
    }
}
