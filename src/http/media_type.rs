//! Media types and the choice among them (RFC 9110 sections 8.3 and 12.5.1).

use std::cmp::Reverse;
use std::fmt;

use ::http::HeaderMap;
use ::http::header::{ACCEPT, CONTENT_TYPE};

/// A media type or media range, as parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// Type and subtype in lower case: `application/json`, `text/*`, `*/*`.
    pub essence: String,
    /// Names in lower case and values, in the order sent; quotation removed.
    pub parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads `type/subtype; name=value; …`. `None` if it is not of that form.
    pub fn parse(text: &str) -> Option<Self> {
        let (essence, rest) = text.split_once(';').unwrap_or((text, ""));
        let essence = essence.trim().to_ascii_lowercase();
        let (main, sub) = essence.split_once('/')?;
        (is_token(main) && is_token(sub)).then_some(())?;
        Some(Self { parameters: parameters(rest)?, essence })
    }

    /// True if it is of this type, whatever its parameters.
    pub fn is(&self, essence: &str) -> bool {
        self.essence == essence
    }

    /// The value of a parameter, by its lower-case name. Of several, the first.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// True if it stands for several types.
    pub fn is_wildcard(&self) -> bool {
        self.essence.contains('*')
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        self.parameters.iter().try_for_each(|(name, value)| {
            let quoted = !is_token(value);
            if quoted { write!(f, ";{name}={value:?}") } else { write!(f, ";{name}={value}") }
        })
    }
}

/// The `Content-Type` of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentType {
    /// No such header.
    Missing,
    /// Not a media type; as sent, so an empty header is an empty text.
    Malformed(String),
    /// A media type.
    Given(MediaType),
}

impl ContentType {
    /// Reads it from the headers. Of several, the first.
    pub fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(CONTENT_TYPE) else { return Self::Missing };
        let text = String::from_utf8_lossy(value.as_bytes());
        MediaType::parse(&text).map_or_else(|| Self::Malformed(text.into_owned()), Self::Given)
    }

    /// The media type, if there is a sound one.
    pub const fn given(&self) -> Option<&MediaType> {
        if let Self::Given(media_type) = self { Some(media_type) } else { None }
    }
}

/// One acceptable media range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The range; its parameters are without `q`.
    pub media_type: MediaType,
    /// `q` in thousandths: 1000 if it is not given, 0 for "not this".
    pub quality: u16,
}

/// The `Accept` of a request. Services differ in what they make of each case, so they are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accept {
    /// No such header.
    Missing,
    /// A header without a value.
    Empty,
    /// At least one item is not a media range; the items that are.
    Malformed(Vec<Range>),
    /// What is acceptable, in the order sent.
    Given(Vec<Range>),
}

impl Accept {
    /// Reads it from the headers; several headers count as one list.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(ACCEPT).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        let Some(mut text) = values.next() else { return Self::Missing };
        for more in values {
            text = format!("{text},{more}").into();
        }
        Self::parse(&text)
    }

    fn parse(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Empty;
        }
        let items = split_outside_quotes(text, ',').into_iter().filter(|item| !item.trim().is_empty());
        let read: Vec<Option<Range>> = items.map(range).collect();
        let sound = !read.is_empty() && read.iter().all(Option::is_some);
        let ranges = read.into_iter().flatten().collect();
        if sound { Self::Given(ranges) } else { Self::Malformed(ranges) }
    }

    /// The sound ranges, in the order sent.
    pub fn ranges(&self) -> &[Range] {
        match self {
            Self::Missing | Self::Empty => &[],
            Self::Malformed(ranges) | Self::Given(ranges) => ranges,
        }
    }

    /// The sound ranges that are acceptable at all, most wanted first: by quality, then by order.
    pub fn preferences(&self) -> Vec<&MediaType> {
        let mut wanted: Vec<&Range> = self.ranges().iter().filter(|range| range.quality > 0).collect();
        wanted.sort_by_key(|range| Reverse(range.quality));
        wanted.into_iter().map(|range| &range.media_type).collect()
    }

    /// The position of the offer to send: highest quality, then most specific match, then first. Each offer is judged by
    /// the most specific range that covers it. Without a header anything goes: the first.
    pub fn choose(&self, offers: &[Offer]) -> Option<usize> {
        if matches!(self, Self::Missing) {
            return (!offers.is_empty()).then_some(0);
        }
        let judged = offers.iter().enumerate().filter_map(|(position, offer)| Some((self.judge(offer)?, position)));
        judged.max_by_key(|&(merit, position)| (merit, Reverse(position))).map(|(_, position)| position)
    }

    /// Quality, then specificity; `None` if nothing covers the offer or what does says no.
    fn judge(&self, offer: &Offer) -> Option<(u16, usize)> {
        let covering =
            self.ranges().iter().filter_map(|range| Some((offer.specificity(&range.media_type)?, range.quality)));
        let (specificity, quality) = covering.max_by_key(|&(specificity, _)| specificity)?;
        (quality > 0).then_some((quality, specificity))
    }
}

/// A media type that could be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Type and subtype in lower case.
    pub essence: &'static str,
    /// Parameters, names in lower case.
    pub parameters: &'static [(&'static str, &'static str)],
}

impl Offer {
    /// A type without parameters.
    pub const fn of(essence: &'static str) -> Self {
        Self { essence, parameters: &[] }
    }

    /// How closely a range covers it: 0 for `*/*`, 1 for `type/*`, 2 for the type, and 1 for each parameter.
    fn specificity(&self, range: &MediaType) -> Option<usize> {
        let asked = range.parameters.iter();
        let has = |name: &str, value: &str| {
            self.parameters.iter().any(|(own, other)| *own == name && other.eq_ignore_ascii_case(value))
        };
        if !asked.clone().all(|(name, value)| has(name, value)) {
            return None;
        }
        let base = match range.essence.split_once('/')? {
            ("*", "*") => 0,
            (main, "*") if self.essence.split('/').next() == Some(main) => 1,
            _ if range.essence == self.essence => 2,
            _ => return None,
        };
        Some(base + asked.count())
    }
}

/// One item of an `Accept`. A lone `*` is `*/*`: the JDK's `HttpURLConnection` sends it, with `q=.2`.
fn range(item: &str) -> Option<Range> {
    let item = item.trim();
    let whole = item.strip_prefix('*').filter(|rest| !rest.starts_with('/')).map(|rest| format!("*/*{rest}"));
    let mut media_type = MediaType::parse(whole.as_deref().unwrap_or(item))?;
    let weight = media_type.parameters.iter().position(|(name, _)| name == "q");
    let quality = match weight {
        Some(position) => quality(&media_type.parameters.remove(position).1)?,
        None => 1000,
    };
    Some(Range { media_type, quality })
}

/// `q` in thousandths (RFC 9110 section 12.4.2).
fn quality(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !matches!(whole, "" | "0" | "1") || fraction.len() > 3 || text == "." || text.is_empty() {
        return None;
    }
    let digits = fraction.bytes().all(|digit| digit.is_ascii_digit());
    let fraction: u16 = digits.then(|| format!("{fraction:0<3}").parse().ok())??;
    let quality = if whole == "1" { 1000 + fraction } else { fraction };
    (quality <= 1000).then_some(quality)
}

/// `name=value; name="value"; …`. Values may be tokens, quoted strings, or, since clients send boundaries so, anything
/// without a semicolon. In a quoted string only `\"` and `\\` are escapes: some clients send Windows paths unescaped.
pub(super) fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let items = split_outside_quotes(text, ';').into_iter().map(str::trim).filter(|item| !item.is_empty());
    items.map(parameter).collect()
}

fn parameter(item: &str) -> Option<(String, String)> {
    let (name, value) = item.split_once('=')?;
    let (name, value) = (name.trim_end().to_ascii_lowercase(), value.trim_start());
    is_token(&name).then_some(())?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => unquote(quoted.strip_suffix('"')?),
        None => value.to_owned(),
    };
    Some((name, value))
}

fn unquote(quoted: &str) -> String {
    let mut plain = String::with_capacity(quoted.len());
    let mut characters = quoted.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.next_if(|next| character == '\\' && matches!(next, '"' | '\\'));
        plain.push(escaped.unwrap_or(character));
    }
    plain
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|character| {
        let escape = quoted && !escaped && character == '\\';
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = escape;
        character == separator && !quoted
    })
    .collect()
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_token_character = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_character)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: Offer = Offer::of("application/xml");
    const JSON: Offer = Offer::of("application/json");
    const VERBOSE: Offer = Offer { essence: "application/json", parameters: &[("odata", "verbose")] };

    fn chosen(accept: &str, offers: &[Offer]) -> Option<usize> {
        Accept::parse(accept).choose(offers)
    }

    #[test]
    fn a_media_type_is_read_with_its_parameters() {
        let media_type = MediaType::parse("Application/JSON; Charset=utf-8 ;odata=\"verbose\"").unwrap();
        assert!(media_type.is("application/json"));
        assert_eq!(media_type.parameter("charset"), Some("utf-8"));
        assert_eq!(media_type.parameter("odata"), Some("verbose"));
        assert_eq!(media_type.to_string(), "application/json;charset=utf-8;odata=verbose");
        let boundary = MediaType::parse("multipart/mixed; boundary=--=_Part:1/2?").unwrap();
        assert_eq!(boundary.parameter("boundary"), Some("--=_Part:1/2?"));
        assert_eq!(MediaType::parse(r#"a/b; x="1;\"2\\""#).unwrap().parameter("x"), Some(r#"1;"2\"#));
        assert_eq!(MediaType::parse("text/plain;").unwrap().to_string(), "text/plain");
    }

    #[test]
    fn what_is_no_media_type_is_refused() {
        for text in ["", "json", "/", "a/", "a b/c", "a/b/c", "a/b;c", "a/b;=c", "a/b; c=\"d", "a/b, c/d"] {
            assert_eq!(MediaType::parse(text), None, "{text}");
        }
    }

    #[test]
    fn missing_empty_and_malformed_are_told_apart() {
        let mut headers = HeaderMap::new();
        assert_eq!(Accept::of(&headers), Accept::Missing);
        assert_eq!(ContentType::of(&headers), ContentType::Missing);
        headers.insert(ACCEPT, "".parse().unwrap());
        headers.insert(CONTENT_TYPE, "".parse().unwrap());
        assert_eq!(Accept::of(&headers), Accept::Empty);
        assert_eq!(ContentType::of(&headers), ContentType::Malformed(String::new()));
        headers.insert(ACCEPT, "application/json, nonsense".parse().unwrap());
        assert!(matches!(Accept::of(&headers), Accept::Malformed(sound) if sound.len() == 1));
        headers.append(ACCEPT, "text/html".parse().unwrap());
        assert_eq!(Accept::of(&headers).ranges().len(), 2);
        for text in
            ["a/b;q=2", "a/b;q=1.001", "a/b;q=", "a/b;q=.", "a/b;q=0.1234", "a/b;q=x", "a/b;q=-1", ",", "a/b;q=0.+1"]
        {
            assert!(matches!(Accept::parse(text), Accept::Malformed(_)), "{text}");
        }
    }

    #[test]
    fn the_choice_goes_by_quality_then_specificity_then_order() {
        assert_eq!(Accept::Missing.choose(&[XML, JSON]), Some(0));
        assert_eq!(chosen("*/*", &[XML, JSON]), Some(0));
        assert_eq!(chosen("application/json", &[XML, JSON]), Some(1));
        assert_eq!(chosen("application/xml;q=0.5, application/json", &[XML, JSON]), Some(1));
        assert_eq!(chosen("application/json, */*", &[XML, JSON]), Some(1));
        assert_eq!(chosen("text/html, image/gif, *; q=.2, */*; q=.2", &[XML, JSON]), Some(0));
        assert_eq!(chosen("application/xml;q=0, */*", &[XML, JSON]), Some(1));
        assert_eq!(chosen("application/*;q=0.9, application/xml;q=0.1", &[XML, JSON]), Some(1));
        assert_eq!(chosen("application/json;odata=verbose", &[JSON, VERBOSE]), Some(1));
        assert_eq!(chosen("text/html", &[XML, JSON]), None);
        assert_eq!(chosen("", &[XML, JSON]), None);
    }

    #[test]
    fn preferences_are_in_order_of_quality() {
        let accept = Accept::parse("a/a;q=0.1, b/b;q=0, c/c, d/d");
        let preferences: Vec<String> = accept.preferences().iter().map(ToString::to_string).collect();
        assert_eq!(preferences, ["c/c", "d/d", "a/a"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = (Accept::parse(&text).choose(&[XML, VERBOSE]), MediaType::parse(&text));
        }
    }
}
