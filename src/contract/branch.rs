//! The templates of a table, split where they part: the matcher's inner loop. A path is walked down once.

use std::collections::BTreeMap;

use super::address::Protocol;
use crate::http::target::{after_last, cut, decode_leniently};

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

impl<T> Branch<T> {
    pub(super) const fn new() -> Self {
        Self { literal: BTreeMap::new(), keyed: BTreeMap::new(), parameter: None, rows: Vec::new() }
    }

    /// Adds a row by the rest of its template; there is none where it ends.
    pub(super) fn add(&mut self, template: Option<&'static str>, number: usize, row: &'static T) {
        let Some(template) = template else { return self.rows.push((number, row)) };
        let (segment, rest) = cut(template, b'/');
        let branch = match cut(segment, b'(') {
            _ if segment.starts_with('{') => self.parameter.get_or_insert_with(|| Box::new(Self::new())),
            (name, Some(_)) => self.keyed.entry(name).or_insert_with(Self::new),
            (name, None) => self.literal.entry(name).or_insert_with(Self::new),
        };
        branch.add(rest, number, row);
    }

    /// Meets all rows that the rest of a path leads to, after so many literal segments: how many of the whole path's are literal
    /// there, the row's place in the table, and the row.
    pub(super) fn walk(
        &self,
        path: Option<&str>,
        protocol: Protocol,
        literals: usize,
        meet: &mut impl FnMut(usize, usize, &'static T),
    ) {
        let Some(path) = path else { return self.rows.iter().for_each(|(number, row)| meet(literals, *number, row)) };
        let (segment, rest) = cut(path, b'/');
        match protocol {
            Protocol::Rest => {
                if let Some(branch) = self.literal.get(segment) {
                    branch.walk(rest, protocol, literals + 1, meet);
                }
            }
            Protocol::OData => {
                let decoded = decode_leniently(segment);
                let (name, has_key) = name(&decoded);
                let branches = if has_key { &self.keyed } else { &self.literal };
                if let Some(branch) = branches.get(name) {
                    branch.walk(rest, protocol, literals + usize::from(!has_key), meet);
                }
            }
        }
        if let Some(branch) = self.parameter.as_deref().filter(|_| !segment.is_empty()) {
            branch.walk(rest, protocol, literals, meet);
        }
    }
}

/// A segment as OData reads it: its name, before which its container may stand, and whether it has a key. Empty parentheses
/// are none.
fn name(decoded: &str) -> (&str, bool) {
    let (before, key) = cut(decoded, b'(');
    let name = after_last(before, b'.');
    (name, key.is_some_and(|key| !key.trim_end_matches(')').is_empty()))
}

/// What of a path or a template lies below a root; nothing if it is the root itself. One slash at its end is not looked at.
#[expect(clippy::option_option, reason = "the root itself is not the same as a path elsewhere")]
pub(super) fn below<'p>(root: &str, path: &'p str) -> Option<Option<&'p str>> {
    let rest = path.strip_suffix('/').unwrap_or(path).strip_prefix(root)?;
    if rest.is_empty() { Some(None) } else { rest.strip_prefix('/').map(Some) }
}

/// The segments of what lies below a root.
pub(super) fn segments(mut path: Option<&str>) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (segment, rest) = cut(path?, b'/');
        path = rest;
        Some(segment)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Which of some templates a path fits, and how many of its segments are literal there.
    fn fitted(templates: &[&str], path: &str, protocol: Protocol) -> Vec<(usize, usize)> {
        let mut root = Branch::new();
        for (number, template) in templates.iter().enumerate() {
            root.add(below("", String::leak((*template).to_owned())).unwrap(), number, &());
        }
        let mut fitted = Vec::new();
        if let Some(rest) = below("", path) {
            root.walk(rest, protocol, 0, &mut |literals, number, ()| fitted.push((number, literals)));
        }
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
        assert_eq!(fits("/a/{b}/c", "/a/b/c/", Protocol::Rest), Some(2));
        assert_eq!(fits("/a/{b}/c", "/a//c", Protocol::Rest), None);
        assert_eq!(fits("/a/Set({Key})/c", "/a/Set('x')/c", Protocol::OData), Some(2));
        assert_eq!(fits("/a/Set({Key})", "/a/Settle('x')", Protocol::OData), None);
        assert_eq!(fits("/a/Settle({Key})", "/a/Set('x')", Protocol::OData), None);
        assert_eq!(fits("/a/Set({Key})", "/a/Set('x')", Protocol::Rest), None);
    }

    /// The same by the book: both split, and segment held against segment.
    fn plainly(template: &str, path: &str, protocol: Protocol) -> Option<usize> {
        let split =
            |path: &str| path.strip_suffix('/').unwrap_or(path).split('/').map(str::to_owned).collect::<Vec<_>>();
        let (expected, sent) = (split(template), split(path));
        let literal = |(template, sent): (&String, &String)| {
            let decoded = decode_leniently(sent).into_owned();
            let (name, key) = decoded.split_once('(').unwrap_or((&decoded, ""));
            let (name, key) = (name.rsplit('.').next().unwrap_or_default(), key.trim_end_matches(')'));
            match template.split_once('(') {
                _ if template == sent => Some(true),
                _ if template.starts_with('{') => (!sent.is_empty()).then_some(false),
                _ if protocol == Protocol::Rest => None,
                Some((before, _)) => (before == name && !key.is_empty()).then_some(false),
                None => (template == name && key.is_empty()).then_some(true),
            }
        };
        let pairs = expected.iter().zip(&sent).map(literal).collect::<Option<Vec<bool>>>()?;
        // The empty one before the first slash is none.
        (expected.len() == sent.len()).then(|| pairs.into_iter().skip(1).filter(|literal| *literal).count())
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
