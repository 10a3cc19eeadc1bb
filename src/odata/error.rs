//! Outcomes of the protocol itself (OData V2 sections "Error Conditions" of its parts): Olingo's message catalogue.
//!
//! The texts are protocol: some end in blanks.

use crate::contract::Evidence::{Assumed, Library};
use crate::contract::{Evidence, Outcome};

const fn row(id: &'static str, status: u16, text: &'static str, evidence: Evidence, advice: &'static str) -> Outcome {
    Outcome { id, status, code: "", text, evidence, advice }
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $status:literal, $text:literal, $evidence:expr, $advice:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $name: Outcome = row($id, $status, $text, $evidence, $advice);
        )*

        /// Every row of the protocol's catalogue.
        pub const OUTCOMES: &[&Outcome] = &[$(&$name),*];
    };
}

const MESSAGES: Evidence = Library("Apache Olingo 2.0.13, odata-core message catalogue");

catalogue! {
    /// A service has no such operation.
    NOT_IMPLEMENTED = "odata_not_implemented", 501, "Not implemented", MESSAGES,
        "The service has no such operation; see `certmimic operations`.";
    /// An escaped slash, where a server in front refuses it.
    ESCAPED_SLASH = "odata_escaped_slash", 400, "", Assumed("the front server is documented to refuse it, its answer is not"),
        "Do not send %2F or %5C in the path: use the hexadecimal alias.";
}
