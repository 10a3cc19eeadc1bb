//! What differs between services that speak the same protocol: fields, never an `if` on a service's name.

use super::edm::Set;
use super::set::Verb;
use crate::contract::Refusal;

/// How a service speaks OData V2.
#[derive(Debug, Clone)]
pub struct Dialect {
    /// What stands as `code` in an error document for an outcome that has none.
    pub error_code: ErrorCode,
    /// Whether `$metadata` shows inheritance or gives every entity type its own key and properties.
    pub metadata: MetadataShape,
    /// Whether dates in JSON carry an offset: `/Date(0+0000)/` (only `Edm.DateTimeOffset`).
    pub json_date_offset: bool,
    /// Which system query options a set honours.
    pub query_options: fn(&'static Set) -> QueryOptions,
    /// The refusal for an operation that a set does not have.
    pub unsupported: fn(Verb, &'static Set) -> Refusal,
}

impl Dialect {
    /// The refusal for an operation that a set does not have.
    pub fn not_implemented(&self, verb: Verb, set: &'static Set) -> Refusal {
        (self.unsupported)(verb, set)
    }
}

/// The `code` of errors that have none of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// `null` (Olingo's default).
    Null,
    /// The HTTP reason phrase.
    ReasonPhrase,
}

/// The two shapes of `$metadata`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetadataShape {
    /// With `BaseType`, as the tenant serves it.
    Inherited,
    /// Every entity type complete, for generators that ignore `BaseType`.
    Flat,
}

/// What a set makes of system query options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryOptions {
    /// All that the protocol allows for the kind of resource.
    All,
    /// `$select`, `$expand` and `$format`; others are refused with 501 `<option> is not supported.`
    Shaping,
    /// None: every system option is refused with 400.
    None,
}
