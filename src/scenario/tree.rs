//! A scenario's text as a tree whose every node knows where it stands: what composition merges, what the schema is
//! read from, and where rule errors are looked up.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, MessageFormatter, Spanned, UserMessageFormatter};

use crate::seed::{Place, Step};

/// Where a node begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Position {
    /// Which of the composed sources, from 0.
    pub source: usize,
    /// Line, from 1; 0 if unknown.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub value: Value,
    pub at: Position,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    /// With the text as written: `yes` is a boolean only where one is expected.
    Bool(bool, String),
    /// With the text as written: `0123` is a number only where one is expected.
    Number(Number, String),
    Text(String),
    Sequence(Vec<Node>),
    Mapping(Vec<Member>),
}

/// A number as the format resolves it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

/// A member of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub key: String,
    pub key_at: Position,
    pub value: Node,
}

/// Why a text is not a tree.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub at: Position,
    pub message: String,
}

/// Reads YAML (of which JSON is a part). Duplicate keys, alias bombs and endless nesting are refused by the parser.
pub(super) fn parse_yaml(text: &str, source: usize) -> Result<Node, SyntaxError> {
    let options = serde_saphyr::options! { with_snippet: false };
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(located(raw, text, source)),
        Err(error) => {
            let at = error.location().map_or_else(Position::default, |location| position(location, source));
            // The message alone: rendering draws the lines around it, too, which is 0.1 MB of program.
            let message = UserMessageFormatter.format_message(&error).replace(char::is_control, " ");
            Err(SyntaxError { at, message })
        }
    }
}

/// Reads JSON, seven times as fast as YAML, but without positions.
pub(super) fn parse_json(text: &str, source: usize) -> Result<Node, SyntaxError> {
    let Unlocated(raw) = serde_json::from_str(text).map_err(|error| SyntaxError {
        at: Position { source, line: error.line(), column: error.column().max(1) },
        message: without_location(&error.to_string()),
    })?;
    Ok(located(nowhere(raw), "", source))
}

impl Node {
    /// The node at a place, or the deepest one on the way to it.
    pub(super) fn nearest(&self, place: &Place) -> &Self {
        self.way(place).0
    }

    /// The node at a place, or the deepest one on the way to it, and how many steps lead there.
    pub(super) fn way(&self, place: &Place) -> (&Self, usize) {
        let mut node = self;
        for (taken, step) in place.0.iter().enumerate() {
            match node.child(step) {
                Some(child) => node = child,
                None => return (node, taken),
            }
        }
        (node, place.0.len())
    }

    fn child(&self, step: &Step) -> Option<&Self> {
        match (&self.value, step) {
            (Value::Sequence(items), Step::Item(index)) => items.get(*index),
            (Value::Mapping(_), Step::Member(name)) => self.member(name),
            _ => None,
        }
    }

    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        let Value::Mapping(members) = &self.value else { return None };
        members.iter().find(|member| member.key == name).map(|member| &member.value)
    }

    /// The text of a scalar as written.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Bool(_, text) | Value::Number(_, text) => Some(text),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }
}

/// The parser of JSON ends its messages with ` at line 3 column 7`, which a flaw says in its own way.
fn without_location(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let end = first.rfind(" at line ").unwrap_or(first.len());
    first.get(..end).unwrap_or(first).to_owned()
}

fn position(location: Location, source: usize) -> Position {
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    Position { source, line: number(location.line()), column: number(location.column()) }
}

fn located(spanned: Spanned<Raw>, text: &str, source: usize) -> Node {
    let at = position(spanned.referenced, source);
    let written = || as_written(spanned.defined, text);
    let value = match spanned.value {
        Raw::Null => Value::Null,
        Raw::Bool(value) => Value::Bool(value, written().unwrap_or_else(|| value.to_string())),
        Raw::Number(number) => Value::Number(number, written().unwrap_or_else(|| number.to_string())),
        Raw::Text(value) => Value::Text(value),
        Raw::Sequence(items) => Value::Sequence(items.into_iter().map(|item| located(item, text, source)).collect()),
        Raw::Mapping(members) => Value::Mapping(
            members
                .into_iter()
                .map(|(key, value)| Member {
                    key_at: position(key.referenced, source),
                    key: key.value,
                    value: located(value, text, source),
                })
                .collect(),
        ),
    };
    Node { value, at }
}

fn as_written(location: Location, text: &str) -> Option<String> {
    let span = location.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    let length = usize::try_from(span.byte_len()?).ok()?;
    let written = text.get(start..start.checked_add(length)?)?.trim();
    (!written.is_empty()).then(|| written.to_owned())
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(value) => value.fmt(f),
            Self::Signed(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

/// What the parser hands over; positions are around each.
enum Raw {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    Sequence(Vec<Spanned<Raw>>),
    Mapping(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor::<true>)
    }
}

/// What a parser hands over that knows no positions, and cannot read what has room for them.
struct Unlocated(Raw);

impl<'de> Deserialize<'de> for Unlocated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor::<false>).map(Self)
    }
}

fn nowhere<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Location::UNKNOWN, Location::UNKNOWN)
}

/// Takes what a parser hands over, with its positions or without.
struct RawVisitor<const LOCATED: bool>;

impl<const LOCATED: bool> RawVisitor<LOCATED> {
    fn item<'de, A: SeqAccess<'de>>(sequence: &mut A) -> Result<Option<Spanned<Raw>>, A::Error> {
        if LOCATED {
            return sequence.next_element();
        }
        Ok(sequence.next_element()?.map(|Unlocated(raw)| nowhere(raw)))
    }

    #[expect(clippy::type_complexity, reason = "a member is a key and a value")]
    fn member<'de, A: MapAccess<'de>>(mapping: &mut A) -> Result<Option<(Spanned<String>, Spanned<Raw>)>, A::Error> {
        if LOCATED {
            return mapping.next_entry();
        }
        Ok(mapping.next_entry()?.map(|(key, Unlocated(raw))| (nowhere(key), nowhere(raw))))
    }
}

impl<'de, const LOCATED: bool> Visitor<'de> for RawVisitor<LOCATED> {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(Number::Unsigned(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(Number::Signed(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(Number::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = Self::item(&mut sequence)? {
            items.push(item);
        }
        Ok(Raw::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Raw, A::Error> {
        let mut members: Vec<(Spanned<String>, Spanned<Raw>)> = Vec::new();
        while let Some((key, value)) = Self::member(&mut mapping)? {
            // The JSON parser, unlike the YAML one, lets a key occur twice.
            if members.iter().any(|(known, _)| known.value == key.value) {
                return Err(A::Error::custom(format!("duplicate key \"{}\"", key.value)));
            }
            members.push((key, value));
        }
        Ok(Raw::Mapping(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(node: &Node) -> (usize, usize) {
        (node.at.line, node.at.column)
    }

    #[test]
    fn every_node_knows_where_it_stands_and_how_it_was_written() {
        let tree = parse_yaml("a: 0123\nb:\n  - yes\n  - name: x\n    value: [1, 2.50]\n", 1).unwrap();
        let Value::Number(_, written) = &tree.member("a").unwrap().value else { panic!("{tree:?}") };
        assert_eq!(written, "0123");
        assert_eq!(at(tree.member("a").unwrap()), (1, 4));
        let place = Place::default().member("b").item(1).member("value").item(1);
        assert_eq!(at(tree.nearest(&place)), (5, 16));
        assert_eq!(tree.nearest(&place).value, Value::Number(Number::Float(2.5), "2.50".to_owned()));
        let Value::Bool(true, yes) = &tree.nearest(&Place::default().member("b").item(0)).value else { panic!() };
        assert_eq!(yes, "yes");
        assert_eq!(tree.nearest(&Place::default().member("b").item(1).member("missing")).at.line, 4);
        assert_eq!(tree.at.source, 1);
    }

    /// A tree without its positions.
    fn shown(node: &Node) -> String {
        match &node.value {
            Value::Sequence(items) => format!("{:?}", items.iter().map(shown).collect::<Vec<_>>()),
            Value::Mapping(members) => {
                format!("{:?}", members.iter().map(|member| (&member.key, shown(&member.value))).collect::<Vec<_>>())
            }
            scalar => format!("{scalar:?}"),
        }
    }

    #[test]
    fn json_is_read_by_its_own_parser_however_deep() {
        let text = r#"{"a": {"b": [{"c": true}, 2.5, null], "d": {"e": "x"}}}"#;
        let (json, yaml) = (parse_json(text, 0).unwrap(), parse_yaml(text, 0).unwrap());
        assert_eq!(shown(&json), shown(&yaml));
        assert_eq!(json.at.line, 0);
    }

    #[test]
    fn syntax_errors_have_a_position_and_one_sentence() {
        for text in ["a: [1", "a: 1\na: 2\n", "a:\n\t- b", "{\"a\": 1,, }", "a: *nothing"] {
            let error = parse_yaml(text, 0).unwrap_err();
            assert!(error.at.line > 0, "{text:?}: {error:?}");
            assert!(!error.message.contains(" line ") && !error.message.is_empty(), "{error:?}");
        }
        assert_eq!(parse_json("{\"a\":\n tru}", 0).unwrap_err().at.line, 2);
        assert!(parse_json(r#"{"a":1,"a":2}"#, 0).unwrap_err().message.contains("duplicate key"));
    }

    #[test]
    fn hostile_text_is_refused() {
        assert!(parse_yaml(&"[".repeat(100_000), 0).is_err());
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
        assert!(parse_yaml(bomb, 0).is_err());
    }
}
