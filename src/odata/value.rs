//! Typed values of properties ([MS-ODATA] section 2.2.2).

use bytes::Bytes;

use crate::effects::Timestamp;
use crate::store::Text;

/// The value of a property. Which variants a property may hold follows from its [`Kind`](super::edm::Kind).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// `Edm.Binary`
    Binary(Bytes),
    /// `Edm.Boolean`
    Boolean(bool),
    /// `Edm.Byte`
    Byte(u8),
    /// `Edm.DateTime`
    DateTime(Timestamp),
    /// `Edm.DateTimeOffset`
    DateTimeOffset(Timestamp),
    /// `Edm.Decimal`, in its canonical text.
    Decimal(Text),
    /// `Edm.Double`
    Double(f64),
    /// `Edm.Guid`, 36 lower-case characters.
    Guid(Text),
    /// `Edm.Int16`
    Int16(i16),
    /// `Edm.Int32`
    Int32(i32),
    /// `Edm.Int64`
    Int64(i64),
    /// `Edm.String`
    String(Text),
    /// `Edm.Time`: milliseconds since midnight.
    Time(i64),
    /// A complex value: one value for each member of its type, in wire order.
    Complex(Vec<Value>),
}

impl Value {
    /// A string, or null for `None`.
    pub fn text(text: Option<impl Into<Text>>) -> Self {
        text.map_or(Self::Null, |text| Self::String(text.into()))
    }

    /// The characters of a string; `None` for null and for other types.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// True for null.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::String(Text::Static(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<&Text> for Value {
    fn from(text: &Text) -> Self {
        Self::String(text.clone())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int32(value)
    }
}
