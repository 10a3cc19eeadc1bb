//! Where a row of a table is: what requests are matched against, by the rules of a protocol.

/// Method, path template and conditions of a row.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    /// HTTP method.
    pub method: &'static str,
    /// Path template.
    pub path: &'static str,
    /// Conditions on the query, each `name=value`.
    pub when: &'static [&'static str],
}

/// A row of a table that requests are matched against.
pub trait Addressed {
    /// Where it is.
    fn address(&self) -> Address;
}

/// The protocol that an API speaks: how its paths are read, and what a request's method is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// OData V2: segments are decoded before they are compared, have a key in parentheses or none, and may name their
    /// container; a `POST` may mean another method.
    OData,
    /// JSON and forms over HTTP: literal segments are compared as they were sent.
    Rest,
}
