//! Which request bodies a resource takes ([MS-ODATA] section 2.2.5.1): the `Content-Type` check.

use super::super::error::Error;
use super::super::format::negotiation::Range;
use super::super::resource::Kind;

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    Json,
    Xml,
}

const ENTITY: [&str; 7] = [
    "application/json;charset=utf-8",
    "application/json;charset=utf-8;odata=verbose",
    "application/atom+xml;charset=utf-8;type=entry",
    "application/atom+xml;charset=utf-8",
    "application/xml;charset=utf-8",
    "application/json",
    "application/json;odata=verbose",
];
const PLAIN: [&str; 5] = [
    "application/json;charset=utf-8",
    "application/json;charset=utf-8;odata=verbose",
    "application/xml;charset=utf-8",
    "application/json",
    "application/json;odata=verbose",
];

/// Checks the media type of a write, and says how its body is to be read.
pub(crate) fn media_type(
    kind: Kind,
    media_entity: bool,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<BodyFormat, Error> {
    let sent = content_type.filter(|sent| !sent.is_empty()).unwrap_or("application/octet-stream");
    if sent == "application/json" && kind != Kind::PropertyValue {
        return Ok(BodyFormat::Json);
    }
    let range = Range::parse(sent).ok_or_else(|| Error::ContentTypeUnreadable { content_type: sent.to_owned() })?;
    let format = if range.essence() == "application/json" { BodyFormat::Json } else { BodyFormat::Xml };
    let unsupported = || Error::MediaTypeNotSupported { media_type: range.to_string() };
    if range.is_wildcard() && kind != Kind::Media {
        return Err(unsupported());
    }
    let takes: &[&str] = match kind {
        Kind::Media | Kind::Batch => return Ok(format),
        Kind::Set if media_entity => return Ok(format),
        Kind::PropertyValue => &["text/plain;charset=utf-8", "text/plain", "application/octet-stream"],
        Kind::Set | Kind::ToMany | Kind::Entity => &ENTITY,
        _ => &PLAIN,
    };
    if takes.iter().any(|taken| range.matches(taken)) {
        return Ok(format);
    }
    if is_json_as_text(&range, body) { Ok(BodyFormat::Json) } else { Err(unsupported()) }
}

/// What a browser's `fetch` says of a body that was given as a string.
fn is_json_as_text(range: &Range<'_>, body: &[u8]) -> bool {
    let text = range.essence() == "text/plain"
        && range.parameter("charset").is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8"));
    text && body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
