//! What differs between services that speak the same protocol: fields, never an `if` on a service's name.

use super::edm::Set;
use super::error::Error;
use super::request::Verb;
use crate::contract::{Caller, Refusal, switch};

/// How a service speaks OData V2.
#[derive(Debug, Clone)]
pub struct Dialect {
    /// Refuses a caller who may not do this to any set that does not decide for itself.
    pub authorise: fn(&Caller, Verb) -> Result<(), Refusal>,
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
    /// Whether a property can be written by itself. Where it cannot, that is an operation that the set does not have.
    pub writes_properties: bool,
    /// The refusal for a set that the service does not serve, whatever its model says.
    pub left_out: fn(&str) -> Option<Refusal>,
    /// The refusal for a method, as it was sent, that does not come through to a set.
    pub method_kept_out: fn(&str, &'static Set) -> Option<Refusal>,
    /// Whether users write to a set in turns: [`contended`](super::Context::contended) then says if one came too early.
    pub in_turns: fn(&'static Set) -> bool,
    /// The refusal for a change set that holds a write to this set beside others, if it must be alone.
    pub alone_in_change_set: fn(&'static Set) -> Option<Refusal>,
    /// What becomes of a system query option that stands twice in a query.
    pub repeated_options: RepeatedOptions,
    /// What becomes of an escaped slash or backslash in a path.
    pub escaped_slash: EscapedSlash,
    /// The first line of error documents in XML.
    pub error_prolog: &'static str,
}

impl Default for Dialect {
    /// As the library has it when a service changes nothing.
    fn default() -> Self {
        Self {
            authorise: |_, _| Ok(()),
            error_code: ErrorCode::Null,
            metadata: MetadataShape::Inherited,
            json_date_offset: false,
            query_options: |_| QueryOptions::All,
            unsupported: |_, _| Refusal::from(Error::NotImplemented),
            writes_properties: true,
            left_out: |_| None,
            method_kept_out: |_, _| None,
            in_turns: |_| false,
            alone_in_change_set: |_| None,
            repeated_options: RepeatedOptions::Combined,
            escaped_slash: EscapedSlash::Decoded,
            error_prolog: "<?xml version='1.0' encoding='UTF-8'?>",
        }
    }
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

switch! {
    /// The two shapes of `$metadata`.
    MetadataShape {
        /// With `BaseType`, as tenants serve it.
        Inherited,
        /// Every entity type complete, for generators that ignore `BaseType`.
        Flat,
    }
}

/// What a set makes of system query options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryOptions {
    /// All that the protocol allows for the kind of resource.
    All,
    /// `$select`, `$expand` and `$format`; others are refused with 501 `<option> is not supported.`
    Shaping,
    /// `$expand` and `$format`; others are refused as by [`Self::Shaping`].
    Expanding,
    /// `$format`; others are refused as by [`Self::Shaping`].
    Format,
    /// None: every system option is refused with 400.
    None,
}

switch! {
    /// What becomes of a system query option that stands twice in a query.
    RepeatedOptions {
        /// Lists are joined and repetitions ignored; only what contradicts itself is refused.
        Combined,
        /// 400, the library's default.
        Refused,
    }
}

/// What becomes of `%2F` and `%5C` in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscapedSlash {
    /// They are characters of the segment.
    Decoded,
    /// A server in front of the service refuses the request: 400 without a body.
    Refused,
}
