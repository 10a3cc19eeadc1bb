//! The choice of a representation by `$format` and `Accept` (OData V2 overview, section "Content negotiation";
//! RFC 9110 section 12.5.1), as Olingo does it: the first of the accepted types that the resource has.

use std::borrow::Cow;

use ::http::HeaderValue;

use super::super::error::Error;
use super::super::resource::Kind;
use crate::store::sort_by_key;

/// JSON or XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

/// A representation that resources may have.
#[derive(Debug)]
pub(crate) struct Offer {
    pub(crate) format: Format,
    name: &'static str,
    /// Its name, as answers carry it.
    pub(crate) content_type: HeaderValue,
}

impl Offer {
    const fn new(format: Format, name: &'static str) -> Self {
        Self { format, name, content_type: HeaderValue::from_static(name) }
    }
}

const APPLICATION_JSON: &str = "application/json";

static ATOM: Offer = Offer::new(Format::Xml, "application/atom+xml;charset=utf-8");
static ATOM_FEED: Offer = Offer::new(Format::Xml, "application/atom+xml;charset=utf-8;type=feed");
static ATOM_ENTRY: Offer = Offer::new(Format::Xml, "application/atom+xml;charset=utf-8;type=entry");
static ATOM_SERVICE: Offer = Offer::new(Format::Xml, "application/atomsvc+xml;charset=utf-8");
static XML: Offer = Offer::new(Format::Xml, "application/xml;charset=utf-8");
static JSON: Offer = Offer::new(Format::Json, APPLICATION_JSON);
static JSON_UTF8: Offer = Offer::new(Format::Json, "application/json;charset=utf-8");
static JSON_VERBOSE: Offer = Offer::new(Format::Json, "application/json;odata=verbose");
static JSON_UTF8_VERBOSE: Offer = Offer::new(Format::Json, "application/json;charset=utf-8;odata=verbose");
static PLAIN: Offer = Offer::new(Format::Xml, "text/plain;charset=utf-8");

type Offers = &'static [&'static Offer];

static FEED: Offers = &[&ATOM_FEED, &ATOM, &JSON_UTF8, &JSON_UTF8_VERBOSE, &JSON, &JSON_VERBOSE, &XML];
static ENTRY: Offers = &[&ATOM_ENTRY, &ATOM, &JSON_UTF8, &JSON_UTF8_VERBOSE, &JSON, &JSON_VERBOSE, &XML];
static PLAIN_XML: Offers = &[&XML, &JSON_UTF8, &JSON_UTF8_VERBOSE, &JSON, &JSON_VERBOSE];
static SERVICE: Offers = &[&ATOM_SERVICE, &JSON_UTF8, &JSON_UTF8_VERBOSE, &JSON, &JSON_VERBOSE, &XML];
static METADATA: Offers = &[&XML];

/// The representations of a kind of resource, the default first; empty where `Accept` is not asked.
fn representations(kind: Kind, creates: bool) -> Offers {
    match kind {
        Kind::Set | Kind::ToMany if creates => ENTRY,
        Kind::Set | Kind::ToMany => FEED,
        Kind::Entity | Kind::ToOne => ENTRY,
        Kind::Complex | Kind::Property | Kind::KeyProperty | Kind::LinkOne | Kind::LinkMany => PLAIN_XML,
        Kind::ServiceDocument => SERVICE,
        Kind::Metadata => METADATA,
        Kind::Batch | Kind::PropertyValue | Kind::Media | Kind::Count | Kind::CountOne | Kind::LinkCount => &[],
    }
}

/// Chooses for a resource.
pub(crate) fn choose(
    kind: Kind,
    creates: bool,
    dollar_format: Option<&str>,
    accept: Option<&str>,
) -> Result<&'static Offer, Error> {
    let supported = representations(kind, creates);
    let Some(default) = supported.first() else { return Ok(&PLAIN) };
    if let Some(name) = dollar_format {
        return by_name(kind, name, supported).ok_or_else(|| Error::FormatNotSupported { format: name.to_owned() });
    }
    match accept {
        None => Ok(default),
        // What most clients send.
        Some(APPLICATION_JSON) if supported.iter().any(|offer| offer.name == JSON.name) => Ok(&JSON),
        Some(list) => by_accept(list, supported),
    }
}

/// Chooses for a feed that a write answers: never refused, as the write is done.
pub(crate) fn feed(accept: Option<&str>) -> &'static Offer {
    choose(Kind::Set, false, None, accept).unwrap_or(&ATOM_FEED)
}

fn by_name(kind: Kind, name: &str, supported: Offers) -> Option<&'static Offer> {
    let wanted = match (name, kind) {
        ("json", _) => APPLICATION_JSON,
        ("xml", _) => "application/xml",
        ("atom", Kind::ServiceDocument) => "application/atomsvc+xml",
        ("atom", Kind::Set) => "application/atom+xml;type=feed",
        ("atom", Kind::Entity) => "application/atom+xml;type=entry",
        _ => name,
    };
    let wanted = Range::parse(wanted)?;
    supported.iter().copied().find(|offer| wanted.matches(offer.name))
}

fn by_accept(list: &str, supported: Offers) -> Result<&'static Offer, Error> {
    let ranges = ranges(list)?;
    if ranges.is_empty() {
        return supported.first().copied().ok_or(Error::EmptyAccept);
    }
    let found = ranges.iter().find_map(|range| supported.iter().copied().find(|offer| range.matches(offer.name)));
    found.ok_or_else(|| {
        let shown: Vec<String> = ranges.iter().map(Range::to_string).collect();
        Error::NotAcceptable { ranges: format!("[{}]", shown.join(", ")) }
    })
}

/// The members of an `Accept` header, the most wanted first; of equals those without wildcards first.
fn ranges(list: &str) -> Result<Vec<Range<'_>>, Error> {
    let members = list.split(',').map(str::trim).filter(|member| !member.is_empty());
    let mut ranges = Vec::new();
    let mut malformed = None;
    for member in members {
        match Range::parse(member) {
            Some(range) => ranges.push(range),
            None if member.contains('/') => return Err(Error::MalformedAccept { range: member.to_owned() }),
            // The library passes over what has no slash (`RestUtil.extractAcceptHeaders`); RestSharp sends `*+json`.
            None => malformed = Some(member),
        }
    }
    if let (true, Some(member)) = (ranges.is_empty(), malformed) {
        return Err(Error::MalformedAccept { range: member.to_owned() });
    }
    sort_by_key(&mut ranges, |range| (std::cmp::Reverse(range.quality), range.is_wildcard()));
    Ok(ranges)
}

/// The format of error documents: `$format` first, then the first accepted type that is one of the two.
pub(crate) fn error_format(dollar_format: Option<&str>, accept: Option<&str>) -> Format {
    match (dollar_format, accept) {
        (Some("json"), _) | (None, Some(APPLICATION_JSON)) => Format::Json,
        (Some(_), _) | (None, None) => Format::Xml,
        (None, Some(list)) => {
            let mut ranges: Vec<Range<'_>> = list.split(',').filter_map(|member| Range::parse(member.trim())).collect();
            sort_by_key(&mut ranges, |range| (std::cmp::Reverse(range.quality), range.is_wildcard()));
            ranges.iter().find_map(Range::error_format).unwrap_or(Format::Xml)
        }
    }
}

/// A media range with its quality in thousandths.
#[derive(Debug)]
pub(crate) struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// In alphabetical order, names in lower case.
    parameters: Vec<(Cow<'a, str>, &'a str)>,
    quality: u16,
}

impl<'a> Range<'a> {
    /// Reads `type/subtype;name=value;q=0.5`; `*` alone is `*/*`.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';');
        let (kind, subtype) = match parts.next()?.trim() {
            "*" => ("*", "*"),
            types => types.split_once('/')?,
        };
        let plain = |name: &str| !name.is_empty() && !name.contains(|c: char| c == '/' || c.is_whitespace());
        if !plain(kind) || !plain(subtype) || (kind == "*" && subtype != "*") {
            return None;
        }
        let mut range = Self { kind, subtype, parameters: Vec::new(), quality: 1000 };
        for parameter in parts.map(str::trim).filter(|parameter| !parameter.is_empty()) {
            range.take(parameter)?;
        }
        range.parameters.sort();
        Some(range)
    }

    fn take(&mut self, parameter: &'a str) -> Option<()> {
        // What Java has for a value that is not there.
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, "null"));
        if name.trim().eq_ignore_ascii_case("q") {
            let quality: f32 = value.trim().parse().ok().filter(|quality| (0.0..=1.0).contains(quality))?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
            let thousandths = (quality * 1000.0).round() as u16;
            self.quality = thousandths;
        } else {
            let name = name.trim();
            let lower = name.bytes().any(|byte| byte.is_ascii_uppercase());
            let name = if lower { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name) };
            self.parameters.push((name, value.trim().trim_matches('"')));
        }
        Some(())
    }

    pub(crate) fn is_wildcard(&self) -> bool {
        self.kind == "*" || self.subtype == "*"
    }

    /// `type/subtype` in lower case, without parameters.
    pub(crate) fn essence(&self) -> String {
        format!("{}/{}", self.kind, self.subtype).to_ascii_lowercase()
    }

    /// The value of a parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(parameter, _)| parameter == name).map(|(_, value)| *value)
    }

    /// True if it means a representation: the same type, and the same parameters unless one of the two has a
    /// wildcard. XML without a charset means UTF-8.
    pub(crate) fn matches(&self, supported: &str) -> bool {
        let Some(other) = Range::parse(supported) else { return false };
        let same = |one: &str, other: &str| one == "*" || other == "*" || one.eq_ignore_ascii_case(other);
        if !same(self.kind, other.kind) || !same(self.subtype, other.subtype) {
            return false;
        }
        self.is_wildcard() || other.is_wildcard() || self.same_parameters(&other)
    }

    fn same_parameters(&self, other: &Range<'_>) -> bool {
        let implied = self.subtype.contains("xml") && self.parameter("charset").is_none();
        let others = other.parameters.iter().filter(|(name, _)| !(implied && name == "charset"));
        let mine = self.parameters.iter();
        mine.map(|(name, value)| (name.as_ref(), value.to_ascii_lowercase()))
            .eq(others.map(|(name, value)| (name.as_ref(), value.to_ascii_lowercase())))
    }

    fn error_format(&self) -> Option<Format> {
        const XML: [&str; 4] = [
            "application/xml",
            "application/xml;charset=utf-8",
            "application/atom+xml",
            "application/atom+xml;charset=utf-8",
        ];
        let mut jsons = [&JSON, &JSON_UTF8, &JSON_VERBOSE, &JSON_UTF8_VERBOSE].into_iter();
        if self.is_wildcard() || XML.iter().any(|xml| self.matches(xml)) {
            return Some(Format::Xml);
        }
        jsons.any(|json| self.matches(json.name)).then_some(Format::Json)
    }
}

impl std::fmt::Display for Range<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind, self.subtype)?;
        self.parameters.iter().try_for_each(|(name, value)| write!(f, ";{name}={value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Refusal;

    fn pick(accept: &str) -> Result<&'static str, String> {
        choose(Kind::Set, false, None, Some(accept)).map(|offer| offer.name).map_err(|error| Refusal::from(error).text)
    }

    #[test]
    fn the_first_accepted_type_that_there_is_wins() {
        let datajs = "application/atomsvc+xml;q=0.8, application/json;odata=fullmetadata;q=0.7, application/json;q=0.5, */*;q=0.1";
        assert_eq!(pick(datajs), Ok("application/json"));
        assert_eq!(pick("*/*"), Ok("application/atom+xml;charset=utf-8;type=feed"));
        assert_eq!(pick("application/json, text/plain, */*"), Ok("application/json"));
        assert_eq!(pick("application/json;odata=verbose"), Ok("application/json;odata=verbose"));
        assert_eq!(pick("application/json; charset=UTF-8"), Ok("application/json;charset=utf-8"));
        assert_eq!(pick("application/xml"), Ok("application/xml;charset=utf-8"));
        assert_eq!(pick("application/json, text/json, *+json, application/xml, *+xml, *"), Ok("application/json"));
        assert_eq!(
            pick("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            Ok("application/xml;charset=utf-8")
        );
    }

    #[test]
    fn refusals_name_what_was_sent() {
        assert_eq!(
            pick("text/html, image/png;q=0.5"),
            Err("The accept header '[text/html, image/png]' is not supported for this resource.".to_owned())
        );
        assert_eq!(
            pick("nonsense"),
            Err("The request contains an invalid header parameter 'Accept' with value 'nonsense'.".to_owned())
        );
        assert_eq!(
            pick("*/json, application/json"),
            Err("The request contains an invalid header parameter 'Accept' with value '*/json'.".to_owned())
        );
        let format = choose(Kind::Set, false, Some("yaml"), None).map(|offer| offer.name);
        assert_eq!(
            format.map_err(|error| Refusal::from(error).text),
            Err("Content type 'yaml' is not supported.".to_owned())
        );
    }

    #[test]
    fn errors_are_xml_unless_json_is_wanted() {
        assert_eq!(error_format(None, None), Format::Xml);
        assert_eq!(error_format(None, Some("text/html, application/json")), Format::Json);
        assert_eq!(error_format(Some("json"), Some("application/xml")), Format::Json);
        assert_eq!(error_format(Some("atom"), Some("application/json")), Format::Xml);
    }
}
