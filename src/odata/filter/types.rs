//! What expressions result in, as far as operators tell types apart.

use super::super::edm::Kind;

/// What an expression results in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Null,
    Boolean,
    Number,
    String,
    DateTime,
    DateTimeOffset,
    Time,
    Guid,
    Binary,
    /// A complex value, which no operator takes.
    Complex,
}

impl Type {
    /// The type of a property's values.
    pub(super) const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Boolean => Self::Boolean,
            Kind::Byte | Kind::Int16 | Kind::Int32 | Kind::Int64 | Kind::Decimal | Kind::Double => Self::Number,
            Kind::String => Self::String,
            Kind::DateTime => Self::DateTime,
            Kind::DateTimeOffset => Self::DateTimeOffset,
            Kind::Time => Self::Time,
            Kind::Guid => Self::Guid,
            Kind::Binary => Self::Binary,
            Kind::Complex(_) => Self::Complex,
        }
    }

    /// True if a value of this type may stand where `wanted` is. Null may stand everywhere.
    pub(super) fn fits(self, wanted: Self) -> bool {
        self == Self::Null || self == wanted
    }
}
