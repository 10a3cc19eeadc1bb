//! What a request means: the one matcher of the program, for all APIs and for the control surface.
//!
//! Segments are split first and decoded afterwards, so that `%2F` inside a name splits nothing; one slash at the end of a path
//! is not looked at, but that a row may ask for it. Of several rows that fit, the one with the most conditions on the query
//! counts, then the one with the most literal segments, then the first of the table.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Operation;
use super::address::{Address, Addressed, Protocol};
use super::branch::{Branch, below, segments};
use super::spelling::edits;
use crate::http::target::decode_leniently;

/// What a method and a path mean, of the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T: 'static> {
    /// This row.
    Row(&'static T),
    /// This row, were it not for the slash that its path must end in.
    MissingSlash(&'static T),
    /// A known path that these methods have, and the request's is none of them.
    WrongMethod(Vec<&'static str>),
    /// Nothing.
    Nothing,
}

/// What a request means, with the values in its path.
#[derive(Debug, Clone)]
pub struct Meaning<T: 'static = Operation> {
    /// The row of the table.
    pub found: Found<T>,
    /// The values of the parameters in its path.
    pub parameters: Parameters,
}

impl<T> Meaning<T> {
    /// Of a request that has none.
    pub const fn nothing() -> Self {
        Self { found: Found::Nothing, parameters: Parameters(Vec::new()) }
    }

    /// The row, if the request means one.
    pub const fn row(&self) -> Option<&'static T> {
        match self.found {
            Found::Row(row) => Some(row),
            _ => None,
        }
    }
}

/// The values of a template's parameters, percent-decoded. Those of a template for OData are none: a service reads its keys
/// itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    /// The value of a parameter; empty if the template has none of that name.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// All of them in the order of the path.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Those of what lies below a root, of a path that fits a template.
    fn of(template: Option<&'static str>, path: Option<&str>) -> Self {
        let pairs = segments(template).zip(segments(path));
        let value = |(template, sent): (&'static str, &str)| {
            let name = template.strip_prefix('{')?.strip_suffix('}')?;
            Some((name, decode_leniently(sent).into_owned()))
        };
        Self(pairs.filter_map(value).collect())
    }
}

/// A request as the matcher sees it.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The method that is meant.
    pub method: &'a str,
    /// The path as sent.
    pub path: &'a str,
    /// The query as sent.
    pub query: &'a str,
}

/// A table by its paths: what a request means is found however many rows there are.
#[derive(Debug)]
pub struct Paths<T: 'static> {
    protocol: Protocol,
    /// What lies below each root.
    roots: Vec<(&'static str, Branch<T>)>,
}

impl<T: Addressed> Paths<T> {
    /// Those of a table, all of them below one of some roots.
    pub fn of(rows: &'static [T], roots: &[&'static str], protocol: Protocol) -> Self {
        let branch = |root: &&'static str| {
            let mut branch = Branch::new();
            for (number, row) in rows.iter().enumerate() {
                if let Some(template) = below(root, row.address().path) {
                    branch.add(template, number, row);
                }
            }
            (*root, branch)
        };
        Self { protocol, roots: roots.iter().map(branch).collect() }
    }

    /// Finds the row that a request means. `HEAD` is answered by the row for `GET` (RFC 9110 section 9.3.2).
    pub fn recognise(&self, target: Target<'_>) -> Meaning<T> {
        let Target { method, path, query } = target;
        let method = if method == "HEAD" { "GET" } else { method };
        let place = self.roots.iter().find_map(|(root, branch)| Some((*root, branch, below(root, path)?)));
        let Some((root, branch, rest)) = place else { return Meaning::nothing() };
        let others = || self.beside(method, branch, rest, path);
        let Some(row) = self.best(branch, rest, method, query) else {
            return Meaning { found: others().wrong(), ..Meaning::nothing() };
        };
        if self.protocol == Protocol::OData {
            return Meaning { found: Found::Row(row), ..Meaning::nothing() };
        }
        let template = row.address().path;
        let misses_slash = template.ends_with('/') && !path.ends_with('/');
        let found = if misses_slash { others().instead_of(row) } else { Found::Row(row) };
        Meaning { found, parameters: Parameters::of(below(root, template).flatten(), rest) }
    }

    /// The row that fits best: by conditions on the query, then literal segments, then its place in the table.
    fn best(&self, branch: &Branch<T>, rest: Option<&str>, method: &str, query: &str) -> Option<&'static T> {
        let mut best = None;
        branch.walk(rest, self.protocol, 0, &mut |literals, number, row| {
            let address = row.address();
            let rank = (address.when.len(), literals, Reverse(number));
            let is_better = address.method == method && best.is_none_or(|(highest, _)| rank > highest);
            if is_better && holds(address.when, query) {
                best = Some((rank, row));
            }
        });
        best.map(|(_, row)| row)
    }

    fn beside(&self, method: &str, branch: &Branch<T>, rest: Option<&str>, path: &str) -> Methods {
        let mut rows = BTreeMap::new();
        branch.walk(rest, self.protocol, 0, &mut |_, number, row| {
            rows.insert(number, row.address());
        });
        Methods::of(rows.into_values().filter(|address| address.method != method), path)
    }
}

/// The methods that a path has beside one.
#[derive(Default)]
struct Methods {
    all: Vec<&'static str>,
    /// Those whose paths agree to the last slash.
    exact: Vec<&'static str>,
}

impl Methods {
    fn of(addresses: impl Iterator<Item = Address>, path: &str) -> Self {
        let mut methods = Self::default();
        for address in addresses {
            push_once(&mut methods.all, address.method);
            if address.path.ends_with('/') == path.ends_with('/') {
                push_once(&mut methods.exact, address.method);
            }
        }
        methods
    }

    /// The meaning of a path without a row for the method.
    fn wrong<T>(self) -> Found<T> {
        let methods = if self.exact.is_empty() { self.all } else { self.exact };
        if methods.is_empty() { Found::Nothing } else { Found::WrongMethod(methods) }
    }

    /// The meaning of a path whose row has a slash at the end that it lacks: a path that is there as it was sent is not
    /// mistaken for another one without its slash.
    fn instead_of<T>(self, row: &'static T) -> Found<T> {
        if self.exact.is_empty() { Found::MissingSlash(row) } else { Found::WrongMethod(self.exact) }
    }
}

fn push_once(methods: &mut Vec<&'static str>, method: &'static str) {
    if !methods.contains(&method) {
        methods.push(method);
    }
}

/// True if each condition is the first value of its parameter; `true` is so in any case (OData V2 services of SAP).
fn holds(when: &[&str], query: &str) -> bool {
    when.iter().all(|condition| {
        let (name, expected) = condition.split_once('=').unwrap_or((condition, ""));
        let sent = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
        sent.is_some_and(|(_, value)| value == expected || (expected == "true" && value.eq_ignore_ascii_case(expected)))
    })
}

/// The row most like a request that means none: for the diagnosis.
pub fn nearest<'t, T: Addressed>(rows: impl IntoIterator<Item = &'t T>, method: &str, path: &str) -> Option<&'t T> {
    // Paths are short; the bound keeps a hostile one from costing a quadratic comparison.
    let path: Vec<char> = path.chars().take(200).collect();
    rows.into_iter().min_by_key(|row| {
        let address = row.address();
        let distance = edits(&address.path.chars().collect::<Vec<_>>(), &path);
        (distance, usize::from(address.method != method))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str, &'static str, &'static [&'static str]);

    impl Addressed for Row {
        fn address(&self) -> Address {
            Address { method: self.0, path: self.1, when: self.2 }
        }
    }

    static ODATA: [Row; 4] = [
        Row("GET", "/api/v1/KeystoreEntries", &[]),
        Row("GET", "/api/v1/KeystoreEntries({Hexalias})", &[]),
        Row("PUT", "/api/v1/KeystoreResources({Name})", &["deleteEntries=true"]),
        Row("PUT", "/api/v1/KeystoreResources({Name})", &[]),
    ];

    static REST: [Row; 5] = [
        Row("GET", "/p/{project}/jwks/{jwk}/", &[]),
        Row("GET", "/p/{project}/jwks/truststore/", &[]),
        Row("PUT", "/p/{project}/jwks/{jwk}/", &[]),
        Row("POST", "/p/{project}/jwks/generate", &[]),
        Row("GET", "/open", &[]),
    ];

    fn found(rows: &'static [Row], protocol: Protocol, method: &str, path: &str, query: &str) -> String {
        let meaning = Paths::of(rows, &["/api/v1", "/p", "/open"], protocol).recognise(Target { method, path, query });
        match meaning.found {
            Found::Row(row) => format!("{}{:?} {:?}", row.1, row.2, meaning.parameters.0),
            Found::MissingSlash(row) => format!("slash {}", row.1),
            Found::WrongMethod(allowed) => format!("allowed {allowed:?}"),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    fn odata(method: &str, path: &str, query: &str) -> String {
        found(&ODATA, Protocol::OData, method, path, query)
    }

    fn rest(method: &str, path: &str) -> String {
        found(&REST, Protocol::Rest, method, path, "")
    }

    #[test]
    fn odata_segments_are_decoded() {
        let entry = "/api/v1/KeystoreEntries({Hexalias})[] []";
        for path in [
            "KeystoreEntries('6D')",
            "KeystoreEntries%28%276D%27%29",
            "Keystore%45ntries('6D')/",
            "X.KeystoreEntries('6D')",
        ] {
            assert_eq!(odata("GET", &format!("/api/v1/{path}"), ""), entry);
        }
        for path in ["KeystoreEntries/", "KeystoreEntries()", "KeystoreEntries"] {
            assert_eq!(odata("HEAD", &format!("/api/v1/{path}"), ""), "/api/v1/KeystoreEntries[] []");
        }
        assert_eq!(odata("GET", "/api/v1/KeystoreEntries//", ""), "nothing");
    }

    #[test]
    fn conditions_are_read_as_the_service_reads_them() {
        let many = r#"/api/v1/KeystoreResources({Name})["deleteEntries=true"] []"#;
        let path = "/api/v1/KeystoreResources('system')";
        for query in ["deleteEntries=true", "x=1&deleteEntries=TRUE", "deleteEntries=%74rue", "delete%45ntries=true"] {
            assert_eq!(odata("PUT", path, query), many, "{query}");
        }
        for query in ["", "deleteEntries=false&deleteEntries=true", "deleteentries=true"] {
            assert!(odata("PUT", path, query).contains("[] "), "{query}");
        }
    }

    #[test]
    fn parameters_are_decoded_after_matching() {
        let expected = r#"/p/{project}/jwks/{jwk}/[] [("project", "My Project"), ("jwk", "a/b+c")]"#;
        assert_eq!(rest("GET", "/p/My%20Project/jwks/a%2Fb+c/"), expected);
        assert_eq!(rest("GET", "/p//jwks/a/"), "nothing");
    }

    #[test]
    fn literals_beat_parameters() {
        assert_eq!(rest("GET", "/p/x/jwks/truststore/"), r#"/p/{project}/jwks/truststore/[] [("project", "x")]"#);
    }

    #[test]
    fn a_slash_is_required_where_the_template_ends_in_one_and_tolerated_elsewhere() {
        assert_eq!(rest("GET", "/p/x/jwks/a"), "slash /p/{project}/jwks/{jwk}/");
        assert_eq!(rest("GET", "/open/"), "/open[] []");
        assert_eq!(rest("HEAD", "/open"), "/open[] []");
        assert_eq!(rest("GET", "/open//"), "nothing");
    }

    #[test]
    fn a_path_that_is_there_to_the_slash_is_not_mistaken_for_another_without_its_slash() {
        assert_eq!(rest("GET", "/p/x/jwks/generate"), r#"allowed ["POST"]"#);
        assert_eq!(rest("DELETE", "/p/x/jwks/generate"), r#"allowed ["POST"]"#);
        let generate = r#"/p/{project}/jwks/{jwk}/[] [("project", "x"), ("jwk", "generate")]"#;
        assert_eq!(rest("GET", "/p/x/jwks/generate/"), generate);
    }

    #[test]
    fn a_known_path_with_another_method_names_those_that_exist() {
        assert_eq!(rest("PATCH", "/p/x/jwks/a/"), r#"allowed ["GET", "PUT"]"#);
        assert_eq!(rest("PATCH", "/p/x/jwks/a"), r#"allowed ["GET", "PUT"]"#);
        assert_eq!(rest("GET", "/elsewhere"), "nothing");
    }

    #[test]
    fn the_nearest_row_is_the_one_with_the_fewest_edits() {
        assert_eq!(nearest(&ODATA, "GET", "/api/v1/KeystoreEntrys").map(|row| row.1), Some("/api/v1/KeystoreEntries"));
    }
}
