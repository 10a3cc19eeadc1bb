//! The templates of a table, split where they part: the matcher's inner loop. A path is walked down once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::address::{Addressed, Protocol};

/// Where templates part.
#[derive(Debug)]
pub(super) struct Branch<T: 'static> {
    /// What goes on with this segment.
    literal: BTreeMap<&'static str, Branch<T>>,
    /// What goes on with a segment of this name and a key in parentheses.
    keyed: BTreeMap<&'static str, Branch<T>>,
    /// What goes on with any segment, a parameter.
    parameter: Option<Box<Branch<T>>>,
    /// The rows whose templates end here, with their places in the table.
    rows: Vec<(usize, &'static T)>,
}

/// Where a path leads to.
pub(super) struct End<'t, T: 'static> {
    /// How many segments are literal on the way.
    pub literals: usize,
    /// The rows there, with their places in the table.
    pub rows: &'t [(usize, &'static T)],
}

impl<T: Addressed> Branch<T> {
    /// The branch that all templates of a table begin at.
    pub(super) fn of(rows: &'static [T]) -> Self {
        let mut root = Self::new();
        for (number, row) in rows.iter().enumerate() {
            segments(row.address().path).fold(&mut root, Self::grown).rows.push((number, row));
        }
        root
    }

    const fn new() -> Self {
        Self { literal: BTreeMap::new(), keyed: BTreeMap::new(), parameter: None, rows: Vec::new() }
    }

    fn grown(&mut self, segment: &'static str) -> &mut Self {
        if segment.starts_with('{') {
            return self.parameter.get_or_insert_with(|| Box::new(Self::new()));
        }
        match segment.split_once('(') {
            Some((name, _)) => self.keyed.entry(name),
            None => self.literal.entry(segment),
        }
        .or_insert_with(Self::new)
    }

    /// All ends that a path leads to. One slash at its end is not looked at.
    pub(super) fn ends(&self, path: &str, protocol: Protocol) -> Vec<End<'_, T>> {
        let mut ends = Vec::new();
        self.walk(path.strip_suffix('/').unwrap_or(path), protocol, 0, &mut ends);
        ends
    }

    fn walk<'t>(&'t self, path: &str, protocol: Protocol, literals: usize, ends: &mut Vec<End<'t, T>>) {
        let (segment, rest) = first(path);
        let mut go_on = |branch: &'t Self, literals| match rest {
            Some(rest) => branch.walk(rest, protocol, literals, ends),
            None if branch.rows.is_empty() => {}
            None => ends.push(End { literals, rows: &branch.rows }),
        };
        match self.literal.get(segment) {
            Some(branch) => go_on(branch, literals + 1),
            None if protocol == Protocol::OData => {
                let decoded = decode(segment);
                let (name, has_key) = name(&decoded);
                let branches = if has_key { &self.keyed } else { &self.literal };
                if let Some(branch) = branches.get(name) {
                    go_on(branch, literals + usize::from(!has_key));
                }
            }
            None => {}
        }
        if let Some(branch) = self.parameter.as_deref().filter(|_| !segment.is_empty()) {
            go_on(branch, literals);
        }
    }
}

/// The first segment of a path, and what follows its slash. Segments are short: to look at each byte costs less than the
/// search for a character, which is made for long texts.
fn first(path: &str) -> (&str, Option<&str>) {
    match path.bytes().position(|byte| byte == b'/') {
        Some(end) => (path.get(..end).unwrap_or_default(), path.get(end + 1..)),
        None => (path, None),
    }
}

/// A segment as OData reads it: its name, before which its container may stand, and whether it has a key. Empty parentheses
/// are none.
fn name(decoded: &str) -> (&str, bool) {
    let (before, key) = decoded.split_once('(').unwrap_or((decoded, ""));
    (before.rsplit('.').next().unwrap_or_default(), !key.trim_end_matches(')').is_empty())
}

/// The segments of a path or a template, without the slash at its end.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split('/')
}

/// A segment, percent-decoded.
pub(super) fn decode(segment: &str) -> Cow<'_, str> {
    if segment.contains('%') { percent_decode_str(segment).decode_utf8_lossy() } else { Cow::Borrowed(segment) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::address::Address;
    use super::*;

    struct Row(&'static str);

    impl Addressed for Row {
        fn address(&self) -> Address {
            Address { method: "GET", path: self.0, when: &[] }
        }
    }

    /// Which of some templates a path fits, and how many of its segments are literal there.
    fn fitted(templates: &[&str], path: &str, protocol: Protocol) -> Vec<(usize, usize)> {
        let rows: Vec<Row> = templates.iter().map(|template| Row(String::leak((*template).to_owned()))).collect();
        let root = Branch::of(Vec::leak(rows));
        let ends = root.ends(path, protocol);
        let mut fitted: Vec<_> =
            ends.iter().flat_map(|end| end.rows.iter().map(|(number, _)| (*number, end.literals))).collect();
        fitted.sort_unstable();
        fitted
    }

    fn fits(template: &str, path: &str, protocol: Protocol) -> Option<usize> {
        fitted(&[template], path, protocol).first().map(|(_, literals)| *literals)
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
    const PATHS: &str = "(/(a|ab|b|Set|Se%74|X\\.Set|Set\\('x'\\)|Set\\(\\)|Set\\(|a%2Fb|X%2FY\\.Set|)){0,4}/?";

    proptest! {
        #[test]
        fn a_path_fits_as_by_the_book(templates in proptest::collection::vec(TEMPLATES, 0..6), path in PATHS) {
            let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
            for protocol in [Protocol::Rest, Protocol::OData] {
                let by_the_book: Vec<_> = templates.iter().enumerate()
                    .filter_map(|(number, template)| Some((number, plainly(template, &path, protocol)?)))
                    .collect();
                prop_assert_eq!(fitted(&templates, &path, protocol), by_the_book);
            }
        }
    }
}
