//! Path templates: which operation a method and a path mean.
//!
//! Segments are compared as they were sent and decoded afterwards, so that `%2F` inside a name splits nothing. A literal
//! segment beats a parameter. A template that ends in a slash asks for one; one that does not tolerates one.

use ::http::Method;
use percent_encoding::percent_decode_str;

use crate::contract::Operation;

/// What a method and a path mean.
#[derive(Debug)]
pub enum Found<'t> {
    /// This operation, with the values of its parameters.
    Operation(&'t Operation, Parameters),
    /// This operation, were it not for the slash that its path must end in.
    MissingSlash(&'t Operation, Parameters),
    /// A known path, but none of these methods is the request's.
    WrongMethod(Vec<&'static str>),
    /// Nothing.
    Nothing,
}

/// The values of a template's parameters, percent-decoded.
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
}

/// Finds the operation that a request means. `HEAD` is answered by the row for `GET` (RFC 9110 section 9.3.2).
pub fn find<'t>(operations: &'t [Operation], method: &Method, path: &str) -> Found<'t> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    let mut best: Option<(usize, &'t Operation, Parameters)> = None;
    let (mut allowed, mut exact): (Vec<&'static str>, Vec<&'static str>) = (Vec::new(), Vec::new());
    for row in operations {
        let Some((literals, parameters)) = bind(row.path, path) else { continue };
        if row.method == method {
            if best.as_ref().is_none_or(|(most, ..)| literals > *most) {
                best = Some((literals, row, parameters));
            }
        } else {
            add(&mut allowed, row.method);
            if row.path.ends_with('/') == path.ends_with('/') {
                add(&mut exact, row.method);
            }
        }
    }
    let misses_slash = |row: &Operation| row.path.ends_with('/') && !path.ends_with('/');
    match best {
        Some((_, row, _)) if misses_slash(row) && !exact.is_empty() => Found::WrongMethod(exact),
        Some((_, row, parameters)) if misses_slash(row) => Found::MissingSlash(row, parameters),
        Some((_, row, parameters)) => Found::Operation(row, parameters),
        None if !exact.is_empty() => Found::WrongMethod(exact),
        None if !allowed.is_empty() => Found::WrongMethod(allowed),
        None => Found::Nothing,
    }
}

fn add(methods: &mut Vec<&'static str>, method: &'static str) {
    if !methods.contains(&method) {
        methods.push(method);
    }
}

/// The parameters of a path that fits the template, and how many segments are literal. One slash at the end of
/// either is not looked at.
fn bind(template: &'static str, path: &str) -> Option<(usize, Parameters)> {
    let mut expected = template.strip_suffix('/').unwrap_or(template).split('/');
    let mut actual = path.strip_suffix('/').unwrap_or(path).split('/');
    let (mut literals, mut bound) = (0, Vec::new());
    loop {
        match (expected.next(), actual.next()) {
            (None, None) => return Some((literals, Parameters(bound))),
            (Some(segment), Some(raw)) => match parameter(segment) {
                Some(name) if !raw.is_empty() => {
                    bound.push((name, percent_decode_str(raw).decode_utf8_lossy().into_owned()));
                }
                None if segment == raw => literals += 1,
                _ => return None,
            },
            _ => return None,
        }
    }
}

fn parameter(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn row(method: &'static str, path: &'static str) -> Operation {
        Operation { id: path, method, path, when: &[], summary: "", document: "", success: &[200], refusals: &[] }
    }

    const TABLE: [Operation; 5] = [
        row("GET", "/p/{project}/jwks/{jwk}/"),
        row("GET", "/p/{project}/jwks/truststore/"),
        row("PUT", "/p/{project}/jwks/{jwk}/"),
        row("POST", "/p/{project}/jwks/generate"),
        row("GET", "/open"),
    ];

    fn found(method: &Method, path: &str) -> String {
        match find(&TABLE, method, path) {
            Found::Operation(row, parameters) => format!("{} {:?}", row.path, parameters.0),
            Found::MissingSlash(row, _) => format!("slash {}", row.path),
            Found::WrongMethod(allowed) => format!("allowed {allowed:?}"),
            Found::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn parameters_are_decoded_after_matching() {
        let expected = r#"/p/{project}/jwks/{jwk}/ [("project", "My Project"), ("jwk", "a/b+c")]"#;
        assert_eq!(found(&Method::GET, "/p/My%20Project/jwks/a%2Fb+c/"), expected);
        assert_eq!(found(&Method::GET, "/p//jwks/a/"), "nothing");
    }

    #[test]
    fn literals_beat_parameters() {
        assert_eq!(found(&Method::GET, "/p/x/jwks/truststore/"), r#"/p/{project}/jwks/truststore/ [("project", "x")]"#);
    }

    #[test]
    fn a_slash_is_required_where_the_template_ends_in_one_and_tolerated_elsewhere() {
        assert_eq!(found(&Method::GET, "/p/x/jwks/a"), "slash /p/{project}/jwks/{jwk}/");
        assert_eq!(found(&Method::GET, "/open/"), "/open []");
        assert_eq!(found(&Method::HEAD, "/open"), "/open []");
        assert_eq!(found(&Method::GET, "/open//"), "nothing");
    }

    #[test]
    fn a_path_that_is_there_to_the_slash_is_not_mistaken_for_another_without_its_slash() {
        assert_eq!(found(&Method::GET, "/p/x/jwks/generate"), r#"allowed ["POST"]"#);
        assert_eq!(found(&Method::DELETE, "/p/x/jwks/generate"), r#"allowed ["POST"]"#);
        assert_eq!(
            found(&Method::GET, "/p/x/jwks/generate/"),
            r#"/p/{project}/jwks/{jwk}/ [("project", "x"), ("jwk", "generate")]"#
        );
    }

    #[test]
    fn a_known_path_with_another_method_names_those_that_exist() {
        assert_eq!(found(&Method::PATCH, "/p/x/jwks/a/"), r#"allowed ["GET", "PUT"]"#);
        assert_eq!(found(&Method::PATCH, "/p/x/jwks/a"), r#"allowed ["GET", "PUT"]"#);
        assert_eq!(found(&Method::GET, "/elsewhere"), "nothing");
    }
}
