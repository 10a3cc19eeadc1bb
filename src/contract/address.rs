//! Where a row of a table is: what requests are matched against.

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
