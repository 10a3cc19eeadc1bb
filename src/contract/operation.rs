//! Operations: one method on one documented path, told once, in one grammar for all APIs.

use super::address::{Address, Addressed};
use super::{Evidence, Outcome};

/// A documented path from the server's root, as segments: `{name}` stands for one whole segment, `Set({key})` for a segment
/// with a key predicate, everything else for itself.
pub type Path = &'static str;

/// One row of an API's operation table.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Stable identifier for faults, journal and coverage: `<short name of the API>.<resource>.<verb>`, the resource in the
    /// singular.
    pub id: &'static str,
    /// HTTP method. Where a protocol has synonyms (`MERGE`, `PATCH`), one row each.
    pub method: &'static str,
    /// The path, from the server's root.
    pub path: Path,
    /// Query parameters that tell this row from others of the same method and path, each `name=value`.
    pub when: &'static [&'static str],
    /// What it does, in a few words.
    pub summary: &'static str,
    /// Where it is known from.
    pub evidence: Evidence,
    /// Statuses of success.
    pub success: &'static [u16],
    /// The documented refusals, in groups that rows share.
    pub groups: &'static [&'static [&'static Outcome]],
    /// Its place in the table, from 0: an API finds by it what answers the operation.
    pub number: usize,
}

impl Operation {
    /// The documented refusals.
    pub fn refusals(&self) -> impl Iterator<Item = &'static Outcome> {
        self.groups.iter().flat_map(|group| group.iter().copied())
    }

    /// Path, and the parameters that tell the operation from others.
    pub fn target(&self) -> String {
        if self.when.is_empty() { self.path.to_owned() } else { format!("{}?{}", self.path, self.when.join("&")) }
    }
}

impl Addressed for Operation {
    fn address(&self) -> Address {
        Address { method: self.method, path: self.path, when: self.when }
    }
}

/// A table whose rows know their places.
pub const fn numbered<const N: usize>(rows: [Operation; N]) -> [Operation; N] {
    let mut rows = rows;
    let mut rest = rows.as_mut_slice();
    let mut number = 0;
    while let [row, after @ ..] = rest {
        row.number = number;
        number += 1;
        rest = after;
    }
    rows
}

/// Writes an operation table down:
///
/// ```text
/// operations! {
///     /// The emulated operations.
///     pub OPERATIONS, "ci";
///     below "/api/v1" {
///         "entry.read": "GET" "/KeystoreEntries({Hexalias})"
///             "read an entry", page("get-keystore-entry-by-alias-e4526db"), [200], [ALIAS_NOT_FOUND + KEYED];
///     }
/// }
/// ```
///
/// A row reads: identifier without the API's short name, method, path, `when` with conditions on the query, summary,
/// evidence, statuses of success, and refusals: rows of the catalogue, then groups of them that many operations share. With
/// `routes ROUTES: Route;` after the name, each row ends in `=> route`: what answers it, and what that asks of the caller.
macro_rules! operations {
    (
        $(#[$about:meta])* $visibility:vis $list:ident, $api:literal;
        $(below $root:literal {$(
            $id:literal: $method:literal $path:literal $(when $($when:literal),+;)?
            $summary:literal, $evidence:expr, [$($success:literal),+], [$($refusal:ident),* $(+ $group:ident)*];
        )*})+
    ) => {
        $(#[$about])*
        $visibility static $list: [$crate::contract::Operation; [$($($id,)*)+].len()] = $crate::contract::numbered([$($(
            $crate::contract::Operation {
                id: concat!($api, ".", $id),
                method: $method,
                path: concat!($root, $path),
                when: &[$($($when),+)?],
                summary: $summary,
                evidence: $evidence,
                success: &[$($success),+],
                groups: &[&[$(&$refusal),*], $($group),*],
                number: 0,
            },
        )*)+]);
    };
    (
        $(#[$about:meta])* $visibility:vis $list:ident, $api:literal; routes $routes:ident: $route:ty;
        $(below $root:literal {$(
            $id:literal: $method:literal $path:literal
            $summary:literal, $evidence:expr, [$($success:literal),+], [$($refusal:ident),* $(+ $group:ident)*] => $answer:expr;
        )*})+
    ) => {
        $crate::contract::operations! {
            $(#[$about])* $visibility $list, $api;
            $(below $root {$(
                $id: $method $path $summary, $evidence, [$($success),+], [$($refusal),* $(+ $group)*];
            )*})+
        }

        /// How each operation is answered, in the order of the table.
        $visibility const $routes: &[$route] = &[$($($answer,)*)+];
    };
}

pub(crate) use operations;
