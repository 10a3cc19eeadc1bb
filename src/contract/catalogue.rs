//! The grammar of catalogues: every refusal of an API, each told in one place.
//!
//! ```text
//! catalogue! {
//!     /// A fact for which a request is refused.
//!     pub enum Error, codes by phrase;
//!
//!     /// No entry with this alias.
//!     AliasNotFound { alias: String } = ALIAS_NOT_FOUND "alias_not_found", 404,
//!         "Alias '{alias}' not found", SPEC, text TENANT,
//!         "GET KeystoreEntries lists the aliases.";
//! }
//! ```
//!
//! A row reads: the fact with its blanks, the name and the identifier of its row; status, and the code where it is not the
//! one that the status has; text; evidence of status and code, and of the text where that is another; advice. Rows that no
//! request earns follow after `[by faults only]`; such a row needs no fact, but may have one after `for`, for a defect. The
//! enum, the list, the conversion into a [`Refusal`] and the check of the blanks are derived: a blank in a text or an advice
//! that the fact does not fill does not compile.
//!
//! [`Refusal`]: super::Refusal

/// Writes a catalogue down; the module's documentation has the grammar.
macro_rules! catalogue {
    (
        $(#[$about:meta])*
        $visibility:vis enum $Error:ident, codes by $code_of:ident;
        $(
            $(#[$doc:meta])*
            $fact:ident $({ $($blank:ident: $type:ty),+ $(,)? })? = $row:ident $id:literal,
            $status:literal $($code:literal)?, $text:literal,
            $evidence:expr, $(text $text_evidence:expr,)? $advice:literal;
        )*
        $(
            [by faults only]
            $(
                $(#[$fault_doc:meta])*
                $fault_row:ident $fault_id:literal $(for $defect:ident $({ $($defect_blank:ident: $defect_type:ty),+ })?)?,
                $fault_status:literal $($fault_code:literal)?, $fault_text:literal,
                $fault_evidence:expr, $(text $fault_text_evidence:expr,)? $fault_advice:literal;
            )*
        )?
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, reason = "a blank is named for what fills it")]
        $visibility enum $Error {
            $($(#[$doc])* $fact $({ $($blank: $type),+ })?,)*
            $($($(
                #[doc = concat!("What the row `", $fault_id, "` is for.")]
                $defect $({ $($defect_blank: $defect_type),+ })?,
            )?)*)?
        }

        $(
            $(#[$doc])*
            $visibility static $row: $crate::contract::Outcome = {
                const BLANKS: &[&str] = &[$($(stringify!($blank)),+)?];
                const { assert!($crate::contract::are_filled($text, BLANKS), concat!("a blank in the text of ", $id)) };
                const { assert!($crate::contract::are_filled($advice, BLANKS), concat!("a blank in the advice of ", $id)) };
                $crate::contract::Outcome {
                    id: $id,
                    status: $status,
                    code: $crate::contract::code(&[$($code)?], $code_of($status)),
                    text: $text,
                    evidence: $evidence,
                    text_evidence: $crate::contract::evidence(&[$($text_evidence)?], $evidence),
                    advice: $advice,
                    reach: $crate::contract::Reach::Client,
                }
            };
        )*
        $($(
            $(#[$fault_doc])*
            $visibility static $fault_row: $crate::contract::Outcome = $crate::contract::Outcome {
                id: $fault_id,
                status: $fault_status,
                code: $crate::contract::code(&[$($fault_code)?], $code_of($fault_status)),
                text: $fault_text,
                evidence: $fault_evidence,
                text_evidence: $crate::contract::evidence(&[$($fault_text_evidence)?], $fault_evidence),
                advice: $fault_advice,
                reach: $crate::contract::Reach::Fault,
            };
        )*)?

        /// Every row.
        $visibility const OUTCOMES: &[&$crate::contract::Outcome] = &[$(&$row,)* $($(&$fault_row,)*)?];

        impl From<$Error> for $crate::contract::Refusal {
            fn from(error: $Error) -> Self {
                match error {
                    $($Error::$fact $({ $($blank),+ })? => {
                        Self::new(&$row, &[$($((stringify!($blank), AsRef::<str>::as_ref(&$blank))),+)?])
                    })*
                    $($($($Error::$defect $({ $($defect_blank),+ })? => {
                        Self::new(&$fault_row, &[$($((stringify!($defect_blank), AsRef::<str>::as_ref(&$defect_blank))),+)?])
                    })?)*)?
                }
            }
        }
    };
}

pub(crate) use catalogue;

use super::Evidence;

/// The code of a row: its own, or the one that goes with its status.
pub(crate) const fn code(own: &[&'static str], usual: &'static str) -> &'static str {
    match own {
        [code, ..] => code,
        [] => usual,
    }
}

/// For APIs whose statuses have no code of their own.
pub(crate) const fn no_code(_status: u16) -> &'static str {
    ""
}

/// The evidence of a text: its own, or that of its status.
pub(crate) const fn evidence(own: &[Evidence], of_status: Evidence) -> Evidence {
    match own {
        [evidence, ..] => *evidence,
        [] => of_status,
    }
}

/// True if each `{name}` of a template is among the blanks. Braces around anything but lower-case letters and underscores
/// are text.
pub(crate) const fn are_filled(template: &str, blanks: &[&str]) -> bool {
    let mut rest = template.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'{' && !is_filled(after, blanks) {
            return false;
        }
        rest = after;
    }
    true
}

/// True if what follows a brace is no name, or one of the blanks.
const fn is_filled(after: &[u8], blanks: &[&str]) -> bool {
    if !is_name(after) {
        return true;
    }
    let mut blanks = blanks;
    while let [blank, others @ ..] = blanks {
        if begins_with(after, blank.as_bytes()) {
            return true;
        }
        blanks = others;
    }
    false
}

const fn is_name(text: &[u8]) -> bool {
    let [first, rest @ ..] = text else { return false };
    let mut letter = *first;
    let mut rest = rest;
    if letter == b'}' {
        return false;
    }
    loop {
        match (letter, rest) {
            (b'}', _) => return true,
            (b'a'..=b'z' | b'_', [next, after @ ..]) => {
                letter = *next;
                rest = after;
            }
            _ => return false,
        }
    }
}

/// True if a text begins with a name and the brace that ends it.
const fn begins_with(text: &[u8], name: &[u8]) -> bool {
    let (mut text, mut name) = (text, name);
    loop {
        match (text, name) {
            ([b'}', ..], []) => return true,
            ([one, text_after @ ..], [other, name_after @ ..]) if *one == *other => {
                text = text_after;
                name = name_after;
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::are_filled;

    #[test]
    fn a_blank_that_nobody_fills_is_seen() {
        assert!(are_filled("Alias '{alias}' in {store}", &["store", "alias"]));
        assert!(!are_filled("Alias '{alias}' in {store}", &["alias"]));
        assert!(!are_filled("{aliases}", &["alias"]) && !are_filled("{alia}", &["alias"]));
    }

    #[test]
    fn other_braces_are_text() {
        for text in ["{", "{}", "{\"Status\":null}", "a}b", "{key1}", "{open"] {
            assert!(are_filled(text, &[]), "{text}");
        }
    }
}
