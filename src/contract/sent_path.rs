//! A path as it was sent, split and decoded once, and held against the templates of all rows: the matcher's inner loop.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::address::Protocol;

/// The segments of a path.
pub(super) struct SentPath<'p>(Vec<Segment<'p>>);

/// One segment.
struct Segment<'p> {
    /// As it was sent.
    sent: &'p str,
    /// What it says where OData reads it: found out when a template has it otherwise than it was sent.
    named: OnceCell<Named<'p>>,
    protocol: Protocol,
}

/// A name with a key in parentheses or none.
struct Named<'p> {
    decoded: Cow<'p, str>,
    /// Where the name stands; a container may stand before it. None where no template can have it: an encoded slash is
    /// not one that separates segments.
    name: Option<Range<usize>>,
    /// Where the key begins.
    key: usize,
}

impl<'p> SentPath<'p> {
    /// Splits a path. One slash at its end is not looked at.
    pub(super) fn new(path: &'p str, protocol: Protocol) -> Self {
        Self(segments(path).map(|sent| Segment { sent, named: OnceCell::new(), protocol }).collect())
    }

    /// How many of its segments are literal in the template; `None` if it does not fit.
    pub(super) fn fits(&self, template: &str) -> Option<usize> {
        let mut rest = template.strip_suffix('/').unwrap_or(template);
        let mut literals = 0;
        for (index, segment) in self.0.iter().enumerate() {
            if index > 0 {
                rest = rest.strip_prefix('/')?;
            }
            let (literal, after) = segment.matched(rest)?;
            literals += usize::from(literal);
            rest = after;
        }
        rest.is_empty().then_some(literals)
    }

    /// The values of the parameters of a template that it fits.
    pub(super) fn captured(&self, template: &'static str) -> Vec<(&'static str, String)> {
        let pairs = segments(template).zip(&self.0);
        let values = pairs.filter_map(|(template, segment)| {
            let (before, rest) = template.split_once('{')?;
            let name = rest.split_once('}')?.0;
            let value = match segment.odata() {
                Some(named) if !before.is_empty() => named.key().to_owned(),
                _ => decode(segment.sent).into_owned(),
            };
            Some((name, value))
        });
        values.collect()
    }
}

impl<'p> Segment<'p> {
    /// The segment as OData reads it; nothing in another protocol.
    fn odata(&self) -> Option<&Named<'p>> {
        (self.protocol == Protocol::OData).then(|| self.named.get_or_init(|| Named::of(self.sent)))
    }

    /// Whether a template goes on with this segment literally, and what then is left of the template; `None` if it goes on
    /// otherwise.
    fn matched<'t>(&self, template: &'t str) -> Option<(bool, &'t str)> {
        if let Some(after) = template.strip_prefix(self.sent).filter(|after| is_boundary(after)) {
            return Some((true, after));
        }
        if template.starts_with('{') {
            return (!self.sent.is_empty()).then(|| (false, after_segment(template)));
        }
        let named = self.odata()?;
        let after = template.strip_prefix(named.name()?)?;
        match (after.starts_with('('), named.key().is_empty()) {
            (true, false) => Some((false, after_segment(after))),
            (false, true) if is_boundary(after) => Some((true, after)),
            _ => None,
        }
    }
}

impl<'p> Named<'p> {
    fn of(sent: &'p str) -> Self {
        let decoded = decode(sent);
        let open = decoded.find('(').unwrap_or(decoded.len());
        let before = decoded.get(..open).unwrap_or_default();
        let start = before.rfind('.').map_or(0, |dot| dot + 1);
        let is_whole = !before.get(start..).unwrap_or_default().contains('/');
        let name = is_whole.then_some(start..open);
        Self { name, key: open + 1, decoded }
    }

    fn name(&self) -> Option<&str> {
        self.decoded.get(self.name.clone()?)
    }

    /// The key. Empty parentheses are none.
    fn key(&self) -> &str {
        self.decoded.get(self.key..).unwrap_or_default().trim_end_matches(')')
    }
}

fn is_boundary(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// What comes after the segment that a text begins with.
fn after_segment(text: &str) -> &str {
    let end = text.bytes().position(|byte| byte == b'/').unwrap_or(text.len());
    text.get(end..).unwrap_or_default()
}

/// Segments are short: to look at each character costs less than the search for a single one, which is made for long texts.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split(['/'])
}

fn decode(segment: &str) -> Cow<'_, str> {
    if segment.contains('%') { percent_decode_str(segment).decode_utf8_lossy() } else { Cow::Borrowed(segment) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fits(template: &str, path: &str, protocol: Protocol) -> Option<usize> {
        SentPath::new(path, protocol).fits(template)
    }

    #[test]
    fn segments_are_compared_whole() {
        for path in ["/a/b", "/a/bc", "/a/b/c/d", "/a", "/a/b//c", "/a%2Fb/c", "//a/b/c"] {
            assert_eq!(fits("/a/b/c/", path, Protocol::Rest), None, "{path}");
            assert_eq!(fits("/a/b/c/", path, Protocol::OData), None, "{path}");
        }
        assert_eq!(fits("/a/{b}/c", "/a/b/c/", Protocol::Rest), Some(3));
        assert_eq!(fits("/a/{b}/c", "/a//c", Protocol::Rest), None);
        assert_eq!(fits("/a/Set({Key})/c", "/a/Set('x')/c", Protocol::OData), Some(3));
        assert_eq!(fits("/a/Set({Key})", "/a/Settle('x')", Protocol::OData), None);
        assert_eq!(fits("/a/Settle({Key})", "/a/Set('x')", Protocol::OData), None);
        assert_eq!(fits("/a/Set({Key})", "/a/Set('x')", Protocol::Rest), None);
    }

    /// The same by the book: both split, and segment held against segment.
    fn plainly(template: &str, path: &str, protocol: Protocol) -> Option<usize> {
        let (expected, sent): (Vec<_>, Vec<_>) = (segments(template).collect(), segments(path).collect());
        let literal = |(template, sent): (&&str, &&str)| {
            let decoded = decode(sent).into_owned();
            let (name, key) = decoded.split_once('(').unwrap_or((&decoded, ""));
            let (name, key) = (name.rsplit('.').next().unwrap_or_default(), key.trim_end_matches(')'));
            match template.split_once('(') {
                _ if template == sent => Some(true),
                _ if template.starts_with('{') => (!sent.is_empty()).then_some(false),
                _ if protocol == Protocol::Rest => None,
                Some((before, _)) => (before == name && !key.is_empty()).then_some(false),
                None => (*template == name && key.is_empty()).then_some(true),
            }
        };
        let pairs = expected.iter().zip(&sent).map(literal).collect::<Option<Vec<bool>>>()?;
        (expected.len() == sent.len()).then(|| pairs.into_iter().filter(|literal| *literal).count())
    }

    const TEMPLATES: &str = "(/(a|ab|Set|Set\\(\\{k\\}\\)|\\{p\\})){0,4}/?";
    const PATHS: &str = "(/(a|ab|b|Set|Se%74|X\\.Set|Set\\('x'\\)|Set\\(\\)|a%2Fb|X%2FY\\.Set|)){0,4}/?";

    proptest! {
        #[test]
        fn a_path_fits_as_by_the_book(template in TEMPLATES, path in PATHS) {
            for protocol in [Protocol::Rest, Protocol::OData] {
                prop_assert_eq!(fits(&template, &path, protocol), plainly(&template, &path, protocol));
            }
        }
    }
}
