//! Operations: one method on one documented path, and which of them a request means.

use super::Outcome;

/// A documented path below an API's roots, as segments: `{name}` stands for one whole segment, `Set({key})` for a
/// segment with a key predicate, everything else for itself.
pub type Path = &'static str;

/// One row of an API's operation table.
#[derive(Debug)]
pub struct Operation {
    /// Stable identifier for faults, journal and coverage: `<api>.<resource>.<verb>`.
    pub id: &'static str,
    /// HTTP method. Where a protocol has synonyms (`MERGE`, `PATCH`), one row each.
    pub method: &'static str,
    /// The path, from the server's root.
    pub path: Path,
    /// Query parameters that tell this row from others of the same method and path, each `name=value`.
    pub when: &'static [&'static str],
    /// What it does, in a few words.
    pub summary: &'static str,
    /// The page or section that documents it.
    pub document: &'static str,
    /// Statuses of success.
    pub success: &'static [u16],
    /// The documented refusals.
    pub refusals: &'static [&'static Outcome],
}

/// The operation that a request means, if any: path, then method, then the longest matching `when`.
/// Trailing slashes are ignored.
pub fn recognise<'t>(
    operations: impl IntoIterator<Item = &'t Operation>,
    method: &str,
    path: &str,
    query: &str,
) -> Option<&'t Operation> {
    operations
        .into_iter()
        .filter(|row| row.method == method && path_matches(row.path, path) && conditions_hold(row.when, query))
        .max_by_key(|row| (row.when.len(), literal_length(row.path)))
}

/// The operation most like a request that means none, with the number of edits between the paths: for the diagnosis.
pub fn nearest<'t>(
    operations: impl IntoIterator<Item = &'t Operation>,
    method: &str,
    path: &str,
) -> Option<&'t Operation> {
    // Paths are short; the bound keeps a hostile one from costing a quadratic comparison.
    let path: Vec<char> = path.chars().take(200).collect();
    operations.into_iter().min_by_key(|row| {
        let distance = edits(&row.path.chars().collect::<Vec<_>>(), &path);
        (distance, usize::from(row.method != method))
    })
}

fn conditions_hold(when: &[&str], query: &str) -> bool {
    when.iter().all(|condition| query.split('&').any(|pair| pair.eq_ignore_ascii_case(condition)))
}

/// Fixed characters in a template: among several that match, the one with the most is meant
/// (`…/certificates/truststore/…` rather than `…/certificates/{certificateName}/…`).
fn literal_length(template: &str) -> usize {
    template.split('/').filter(|segment| !segment.contains('{')).map(str::len).sum()
}

fn path_matches(template: &str, path: &str) -> bool {
    let mut expected = template.trim_end_matches('/').split('/');
    let mut actual = path.trim_end_matches('/').split('/');
    loop {
        match (expected.next(), actual.next()) {
            (None, None) => return true,
            (Some(template), Some(segment)) if segment_matches(template, segment) => {}
            _ => return false,
        }
    }
}

fn segment_matches(template: &str, segment: &str) -> bool {
    if template.starts_with('{') {
        return !segment.is_empty();
    }
    let Some((name, _)) = template.split_once('(') else {
        return template == segment;
    };
    segment.strip_prefix(name).is_some_and(|key| key.starts_with('(') || key.starts_with("%28"))
}

/// Levenshtein distance, one row at a time: `row` holds the distances of what was read of `left` to each beginning of
/// `right` but the empty one.
pub(crate) fn edits(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (1..=right.len()).collect();
    for (read, a) in left.iter().enumerate() {
        let (mut diagonal, mut before) = (read, read + 1);
        for (distance, b) in row.iter_mut().zip(right) {
            let substitution = diagonal + usize::from(a != b);
            diagonal = *distance;
            *distance = substitution.min(diagonal + 1).min(before + 1);
            before = *distance;
        }
    }
    row.last().copied().unwrap_or(left.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn row(id: &'static str, method: &'static str, path: Path, when: &'static [&'static str]) -> Operation {
        Operation { id, method, path, when, summary: "", document: "", success: &[200], refusals: &[] }
    }

    const TABLE: [Operation; 5] = [
        row("list", "GET", "/api/v1/KeystoreEntries", &[]),
        row("read", "GET", "/api/v1/KeystoreEntries({Hexalias})", &[]),
        row("delete_many", "PUT", "/api/v1/KeystoreResources({Name})", &["deleteEntries=true"]),
        row("get", "GET", "/apiops/projects/{projectName}/certificates/{certificateName}/", &[]),
        row("truststore", "GET", "/apiops/projects/{projectName}/certificates/truststore/", &[]),
    ];

    fn id(method: &str, path: &str, query: &str) -> Option<&'static str> {
        recognise(&TABLE, method, path, query).map(|row| row.id)
    }

    #[test]
    fn requests_are_recognised() {
        assert_eq!(id("GET", "/api/v1/KeystoreEntries/", ""), Some("list"));
        assert_eq!(id("GET", "/api/v1/KeystoreEntries('6D')", ""), Some("read"));
        assert_eq!(id("GET", "/api/v1/KeystoreEntries%28%276D%27%29", ""), Some("read"));
        assert_eq!(id("PUT", "/api/v1/KeystoreResources('system')", "deleteEntries=true"), Some("delete_many"));
        assert_eq!(id("PUT", "/api/v1/KeystoreResources('system')", ""), None);
        assert_eq!(id("GET", "/apiops/projects/p/certificates/truststore/", ""), Some("truststore"));
        assert_eq!(id("GET", "/apiops/projects/p/certificates/c/", ""), Some("get"));
    }

    #[test]
    fn the_nearest_operation_is_the_one_with_the_fewest_edits() {
        let found = nearest(&TABLE, "GET", "/api/v1/KeystoreEntrys").map(|row| row.id);
        assert_eq!(found, Some("list"));
    }
}
