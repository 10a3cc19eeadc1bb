//! From a tree to the schema's types, with the position of whatever does not fit.

use std::fmt;

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::tree::{Member, Node, Number, Position, Value};
use crate::seed::{Code, Complaint};

/// Why a tree does not fit, and where.
#[derive(Debug)]
pub(super) struct Misfit {
    pub complaint: Complaint,
    pub at: Option<Position>,
    /// The text that stands there, if it is one: the complaint may quote it.
    pub text: Option<String>,
}

/// The same in a box: all readers of the schema hand it on, and one pointer takes less of the program than what it points at.
#[derive(Debug)]
pub(super) struct Error(Box<Misfit>);

/// Reads a value of the schema.
pub(super) fn decode<'n, T: Deserialize<'n>>(node: &'n Node) -> Result<T, Misfit> {
    T::deserialize(node).map_err(|error| *error.on(node).0)
}

impl Error {
    /// With a position, unless a more precise one is known already.
    fn at(mut self, position: Position) -> Self {
        self.0.at.get_or_insert(position);
        self
    }

    /// With the position and the text of a node, unless a more precise one is known already.
    fn on(mut self, node: &Node) -> Self {
        if self.0.at.is_none() {
            self.0.text = node.text().map(ToOwned::to_owned);
        }
        self.at(node.at)
    }

    fn of(complaint: Complaint) -> Self {
        Self(Box::new(Misfit { complaint, at: None, text: None }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.complaint.message)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(Complaint::new(Code::Invalid, message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(misfit(&expected.to_string(), plainly(&found.to_string())))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::of(misfit(&expected.to_string(), &length.to_string()))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let sentence = format!("unknown key \"{field}\"");
        Self::of(Complaint::unknown(Code::UnknownKey, &sentence, field, &one_spelling(known)))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        let sentence = format!("unknown value \"{variant}\"");
        Self::of(Complaint::unknown(Code::UnknownWord, &sentence, variant, &one_spelling(known)))
    }

    fn missing_field(field: &'static str) -> Self {
        let message = format!("the key \"{field}\" is missing here");
        Self::of(Complaint { code: Code::MissingKey, message, expected: vec![field.to_owned()] })
    }

    fn duplicate_field(field: &'static str) -> Self {
        let message = format!("the key \"{field}\" is here twice, or under two spellings");
        Self::of(Complaint::new(Code::DuplicateKey, message))
    }
}

fn misfit(expected: &str, found: &str) -> Complaint {
    let expected = plainly(expected);
    let message = format!("expected {expected}, found {found}");
    Complaint { code: Code::WrongType, message, expected: vec![expected.to_owned()] }
}

/// Names of types as authors of scenarios know them.
fn plainly(name: &str) -> &str {
    match name {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number from 0",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a string" => "text",
        "a boolean" => "true or false",
        "unit value" => "nothing",
        "a sequence" | "sequence" => "a list",
        "a map" | "map" => "a mapping",
        "an array of length 2" => "a list of two",
        "string or map" => "one of the known values",
        other if other.starts_with("struct ") => "a mapping",
        other => other,
    }
}

/// Of a switch's two spellings, one is enough to name.
fn one_spelling(known: &[&'static str]) -> Vec<&'static str> {
    let is_other = |name: &str, spelling: String| spelling != name && known.contains(&spelling.as_str());
    let second = |name: &&str| is_other(name, name.replace('-', "_")) || is_other(name, name.to_ascii_lowercase());
    known.iter().copied().filter(|name| !second(name)).collect()
}

impl Node {
    fn misfit(&self, expected: &dyn Expected) -> Error {
        Error::invalid_type(self.unexpected(), expected).on(self)
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match &self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value, _) => Unexpected::Bool(*value),
            Value::Number(Number::Unsigned(value), _) => Unexpected::Unsigned(*value),
            Value::Number(Number::Signed(value), _) => Unexpected::Signed(*value),
            Value::Number(Number::Float(value), _) => Unexpected::Float(*value),
            Value::Text(text) => Unexpected::Str(text),
            Value::Sequence(_) => Unexpected::Seq,
            Value::Mapping(_) => Unexpected::Map,
        }
    }
}

/// What a type asks for is all that its visitor is offered. Offered everything, each would be compiled with readers of all the
/// forms that it never has: a struct with one of lists, which is as large as that of mappings.
macro_rules! offers {
    ($($hint:ident)+: $offer:ident) => {
        $(fn $hint<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$offer(visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Null => self.deserialize_unit(visitor),
            Value::Bool(..) => self.deserialize_bool(visitor),
            Value::Number(..) => self.deserialize_u64(visitor),
            Value::Text(_) => self.deserialize_str(visitor),
            Value::Sequence(_) => self.deserialize_seq(visitor),
            Value::Mapping(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_unit().map_err(|error: Error| error.on(self)),
            _ => Err(self.misfit(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Bool(value, _) => visitor.visit_bool(value).map_err(|error: Error| error.on(self)),
            _ => Err(self.misfit(&visitor)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match self.value {
            Value::Number(Number::Unsigned(value), _) => visitor.visit_u64(value),
            Value::Number(Number::Signed(value), _) => visitor.visit_i64(value),
            Value::Number(Number::Float(value), _) => visitor.visit_f64(value),
            _ => Err(self.misfit(&visitor)),
        };
        result.map_err(|error: Error| error.on(self))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Sequence(items) => visitor.visit_seq(Items(items.iter())).map_err(|error| error.on(self)),
            _ => Err(self.misfit(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Mapping(members) => {
                let members = Members { rest: members.iter(), current: None };
                visitor.visit_map(members).map_err(|error| error.on(self))
            }
            _ => Err(self.misfit(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text() {
            Some(text) => visitor.visit_borrowed_str(text).map_err(|error: Error| error.on(self)),
            None => Err(self.misfit(&visitor)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let result = match &self.value {
            Value::Mapping(members) => match members.as_slice() {
                [member] => visitor.visit_enum(OneMember(member)),
                _ => Err(Error::custom("expected a mapping with exactly one key here")),
            },
            _ => match self.text() {
                Some(text) => visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(text)),
                None => Err(self.misfit(&visitor)),
            },
        };
        result.map_err(|error: Error| error.on(self))
    }

    /// Unlike in other formats, a struct is never written as a list.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    offers!(deserialize_string deserialize_char: deserialize_str);
    offers!(
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_f32 deserialize_f64: deserialize_u64
    );

    serde::forward_to_deserialize_any! { i128 u128 bytes byte_buf unit_struct tuple_struct identifier ignored_any }
}

struct Items<'n>(std::slice::Iter<'n, Node>);

impl<'n> SeqAccess<'n> for Items<'n> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(item).map_err(|error| error.on(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Members<'n> {
    rest: std::slice::Iter<'n, Member>,
    current: Option<&'n Member>,
}

impl<'n> MapAccess<'n> for Members<'n> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.rest.next();
        let read = |member: &'n Member| seed.deserialize(key(member)).map_err(|error| error.at(member.key_at));
        self.current.map(read).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<T::Value, Error> {
        let member = self.current.take().ok_or_else(|| Error::custom("a value without its key"))?;
        seed.deserialize(&member.value).map_err(|error| error.on(&member.value))
    }
}

/// A mapping with one member as an enum: the key is the variant.
struct OneMember<'n>(&'n Member);

impl<'n> EnumAccess<'n> for OneMember<'n> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'n>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let variant = seed.deserialize(key(self.0)).map_err(|error: Error| error.at(self.0.key_at))?;
        Ok((variant, self))
    }
}

impl<'n> VariantAccess<'n> for OneMember<'n> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Err(Error::custom("expected nothing below this key").on(&self.0.value))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'n>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(&self.0.value).map_err(|error| error.on(&self.0.value))
    }

    fn tuple_variant<V: Visitor<'n>>(self, _length: usize, visitor: V) -> Result<V::Value, Error> {
        self.0.value.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'n>>(self, _fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.0.value.deserialize_map(visitor)
    }
}

fn key(member: &Member) -> StrDeserializer<'_, Error> {
    member.key.as_str().into_deserializer()
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse_yaml;
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        #[serde(default)]
        count: u16,
        #[serde(default)]
        mode: Option<Mode>,
        #[serde(default)]
        items: Vec<Sample>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "kebab-case")]
    enum Mode {
        AtRest,
        Moving(i32),
    }

    fn read(text: &str) -> Result<Sample, Misfit> {
        decode(&parse_yaml(text, 0).unwrap())
    }

    fn flaw(text: &str) -> (usize, usize, String) {
        let error = read(text).unwrap_err();
        let at = error.at.unwrap();
        (at.line, at.column, error.complaint.message)
    }

    #[test]
    fn text_stays_as_written_where_text_is_expected() {
        let sample =
            read("name: 0123\ncount: 7\nmode: at-rest\nitems:\n  - { name: no, mode: { moving: -1 } }").unwrap();
        assert_eq!((sample.name.as_str(), sample.count, sample.mode), ("0123", 7, Some(Mode::AtRest)));
        assert_eq!((sample.items[0].name.as_str(), sample.items[0].mode.as_ref()), ("no", Some(&Mode::Moving(-1))));
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_position() {
        let (line, column, message) = flaw("name: a\nitems:\n  - name: b\n    cuont: 3\n");
        assert_eq!((line, column), (4, 5));
        assert!(message.starts_with("unknown key \"cuont\": did you mean \"count\"?"), "{message}");
        let (line, column, message) = flaw("name: a\ncount: -3\n");
        assert_eq!(
            (line, column, message.as_str()),
            (2, 8, "expected a whole number from 0 to 65535, found integer `-3`")
        );
        let (line, column, message) = flaw("name: a\nitems:\n  - count: 1\n");
        assert_eq!((line, column, message.as_str()), (3, 5, "the key \"name\" is missing here"));
        let (line, column, message) = flaw("name: a\nmode: at_rest");
        assert_eq!((line, column), (2, 7));
        assert!(message.contains("did you mean \"at-rest\"?"), "{message}");
        let (line, column, message) = flaw("name: [a]\n");
        assert_eq!((line, column, message.as_str()), (1, 7, "expected text, found a list"));
        let (_, _, message) = flaw("- a\n");
        assert_eq!(message, "expected a mapping, found a list");
    }
}
