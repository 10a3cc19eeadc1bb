//! Verbose JSON (OData V2 JSON format, sections 4 to 7), as Olingo writes it: slashes are escaped in dates only.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::super::edm::{Kind, Property, Schema, Set};
use super::super::shape::{Link, Shape};
use super::super::{Entity, Inline, Value, lexical, uri};
use super::Representation;
use crate::effects::Timestamp;

/// Writes one JSON document.
pub(crate) struct Json<'a> {
    out: String,
    /// As it stands within quotes.
    root: Cow<'a, str>,
    namespace: &'static str,
    date_offset: bool,
}

impl<'a> Json<'a> {
    /// A writer for a service; `root` without a slash at its end.
    pub(crate) fn new(root: &'a str, schema: &Schema, date_offset: bool) -> Self {
        Self { out: String::with_capacity(2048), root: escaped(root), namespace: schema.namespace, date_offset }
    }

    /// The document.
    pub(crate) fn end(self) -> String {
        self.out
    }
}

impl Representation for Json<'_> {
    /// `{"d":{…}}` around one entity.
    fn entry(&mut self, entity: &Entity, shape: &Shape) {
        self.out.push_str("{\"d\":");
        self.entity(entity, shape);
        self.out.push('}');
    }

    /// `{"d":{"results":[…]}}`, with a count if there is one to show.
    fn begin_feed(&mut self, _set: &Set, count: Option<usize>) {
        self.out.push_str("{\"d\":{");
        if let Some(count) = count {
            let _ = write!(self.out, "\"__count\":\"{count}\",");
        }
        self.out.push_str("\"results\":[");
    }

    /// One entity of a feed.
    fn feed_entry(&mut self, entity: &Entity, shape: &Shape) {
        if !self.out.ends_with('[') {
            self.out.push(',');
        }
        self.entity(entity, shape);
    }

    /// The end of a feed.
    fn end_feed(&mut self) {
        self.out.push_str("]}}");
    }

    /// `{"d":{"name":value}}`
    fn property(&mut self, property: &Property, value: &Value) {
        self.members(&[(property, value)]);
    }

    /// `{"d":{"name":value,…}}`
    fn members(&mut self, members: &[(&Property, &Value)]) {
        self.out.push_str("{\"d\":{");
        for (position, (property, value)) in members.iter().enumerate() {
            if position > 0 {
                self.out.push(',');
            }
            self.member(property, value);
        }
        self.out.push_str("}}");
    }

    /// `{"d":{"uri":"…"}}`
    fn one_link(&mut self, entity: &Entity) {
        self.out.push_str("{\"d\":");
        self.link(entity);
        self.out.push('}');
    }

    /// `{"d":[{"uri":"…"},…]}`, or with a count `{"d":{"__count":"…","results":[…]}}`
    fn many_links(&mut self, entities: &mut dyn Iterator<Item = Entity>, count: Option<usize>) {
        match count {
            Some(count) => {
                let _ = write!(self.out, "{{\"d\":{{\"__count\":\"{count}\",\"results\":[");
            }
            None => self.out.push_str("{\"d\":["),
        }
        for entity in entities {
            if !self.out.ends_with('[') {
                self.out.push(',');
            }
            self.link(&entity);
        }
        self.out.push_str(if count.is_some() { "]}}" } else { "]}" });
    }

    /// `{"d":{"EntitySets":["…"]}}`
    fn service_document(&mut self, sets: &[&Set]) {
        self.out.push_str("{\"d\":{\"EntitySets\":[");
        for (position, set) in sets.iter().enumerate() {
            if position > 0 {
                self.out.push(',');
            }
            write_string(&mut self.out, set.name);
        }
        self.out.push_str("]}}");
    }
}

impl Json<'_> {
    fn entity(&mut self, entity: &Entity, shape: &Shape) {
        let location = self.metadata(entity);
        for (position, (member, value)) in entity.set.layout().members.iter().zip(&entity.values).enumerate() {
            if shape.shows(position) {
                self.out.push_str(&member.opening);
                self.value(member.property.kind, value);
            }
        }
        self.links(entity, shape, &location);
        self.out.push('}');
    }

    /// Opens an entity, and says where in the document its address stands: it is repeated from there.
    fn metadata(&mut self, entity: &Entity) -> Range<usize> {
        let entity_type = entity.set.entity_type;
        self.out.push_str("{\"__metadata\":{\"id\":\"");
        let start = self.out.len();
        self.location(entity);
        let location = start..self.out.len();
        self.out.push_str("\",\"uri\":\"");
        self.out.extend_from_within(location.clone());
        for part in ["\",\"type\":\"", self.namespace, ".", entity_type.name] {
            self.out.push_str(part);
        }
        if entity_type.media {
            self.out.push_str("\",\"content_type\":\"");
            self.out.push_str(entity.media_type);
            for name in ["media_src", "edit_media"] {
                for part in ["\",\"", name, "\":\""] {
                    self.out.push_str(part);
                }
                self.out.extend_from_within(location.clone());
                self.out.push_str("/$value");
            }
        }
        self.out.push_str("\"}");
        location
    }

    /// The address of an entity: below the root there is nothing that JSON would escape, for it is percent-encoded.
    fn location(&mut self, entity: &Entity) {
        self.out.push_str(&self.root);
        self.out.push('/');
        uri::write_entity(&mut self.out, entity.set, &entity.values);
    }

    fn links(&mut self, entity: &Entity, shape: &Shape, location: &Range<usize>) {
        for (position, reference) in entity.set.layout().references.iter().enumerate() {
            let link = shape.link(position);
            if matches!(link, Link::Omitted) {
                continue;
            }
            self.out.push_str(&reference.opening);
            let inline = entity.inline.iter().find(|(expanded, _)| expanded.name == reference.navigation.name);
            if let (Link::Expanded(shape), Some((_, inline))) = (link, inline) {
                self.inline(inline, shape);
            } else {
                self.out.push_str("{\"__deferred\":{\"uri\":\"");
                self.out.extend_from_within(location.clone());
                self.out.push_str(&reference.ending);
            }
        }
    }

    fn inline(&mut self, inline: &Inline, shape: &Shape) {
        match inline {
            Inline::One(None) => self.out.push_str("null"),
            Inline::One(Some(entity)) => self.entity(entity, shape),
            Inline::Many(entities) => {
                self.out.push_str("{\"results\":[");
                for entity in entities {
                    self.feed_entry(entity, shape);
                }
                self.out.push_str("]}");
            }
        }
    }

    /// `"name":value`
    fn member(&mut self, property: &Property, value: &Value) {
        self.out.push('"');
        self.out.push_str(property.name);
        self.out.push_str("\":");
        self.value(property.kind, value);
    }

    fn value(&mut self, kind: Kind, value: &Value) {
        let Kind::Complex(complex) = kind else { return self.primitive(value) };
        let members = if let Value::Complex(members) = value { members.as_slice() } else { &[] };
        for part in ["{\"__metadata\":{\"type\":\"", self.namespace, ".", complex.name, "\"}"] {
            self.out.push_str(part);
        }
        for (position, property) in complex.properties.iter().enumerate() {
            self.out.push(',');
            self.member(property, members.get(position).unwrap_or(&Value::Null));
        }
        self.out.push('}');
    }

    fn primitive(&mut self, value: &Value) {
        match value {
            Value::Null => self.out.push_str("null"),
            Value::String(text) => write_string(&mut self.out, text),
            Value::DateTime(time) => self.date(*time, ""),
            Value::DateTimeOffset(time) => self.date(*time, if self.date_offset { "+0000" } else { "" }),
            Value::Boolean(_) | Value::Byte(_) | Value::Int16(_) | Value::Int32(_) => {
                lexical::write(&mut self.out, value);
            }
            Value::Binary(bytes) => {
                self.out.push('"');
                STANDARD.encode_string(bytes, &mut self.out);
                self.out.push('"');
            }
            _ => {
                self.out.push('"');
                lexical::write(&mut self.out, value);
                self.out.push('"');
            }
        }
    }

    fn date(&mut self, time: Timestamp, offset: &str) {
        self.out.push_str("\"\\/Date(");
        lexical::write_integer(&mut self.out, time.millis());
        self.out.push_str(offset);
        self.out.push_str(")\\/\"");
    }

    fn link(&mut self, entity: &Entity) {
        self.out.push_str("{\"uri\":\"");
        self.location(entity);
        self.out.push_str("\"}");
    }
}

/// A feed of entities from their documents: in it, each of them stands as it does alone within `{"d":…}`.
pub(crate) fn feed_of_documents(documents: &[Cow<'_, Bytes>]) -> Vec<u8> {
    let (begin, end) = (b"{\"d\":{\"results\":[", b"]}}");
    let entities: usize = documents.iter().map(|document| document.len()).sum();
    let mut feed = Vec::with_capacity(begin.len() + entities + end.len());
    feed.extend_from_slice(begin);
    for (position, document) in documents.iter().enumerate() {
        if position > 0 {
            feed.push(b',');
        }
        let entity = document.strip_prefix(b"{\"d\":").and_then(|rest| rest.strip_suffix(b"}"));
        feed.extend_from_slice(entity.unwrap_or_default());
    }
    feed.extend_from_slice(end);
    feed
}

/// Appends a JSON string with its quotes.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    push_escaped(out, text);
    out.push('"');
}

/// Only quotes, backslashes and control characters are escaped.
fn push_escaped(out: &mut String, text: &str) {
    if is_plain(text) {
        return out.push_str(text);
    }
    for character in text.chars() {
        match character {
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
}

/// True if nothing in a text must be escaped, as in most.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    in_blocks::<16>(bytes).or_else(|| in_blocks::<8>(bytes)).unwrap_or_else(|| bytes.iter().copied().all(stays))
}

/// The same in blocks, the last of which may overlap the one before it; nothing for a text that is shorter than one. Without a
/// way out in the middle, the processor compares a whole block at once.
fn in_blocks<const LENGTH: usize>(bytes: &[u8]) -> Option<bool> {
    let all_stay = |block: &[u8; LENGTH]| block.iter().fold(true, |all, byte| all & stays(*byte));
    let last = bytes.last_chunk()?;
    Some(all_stay(last) && bytes.as_chunks().0.iter().all(all_stay))
}

const fn stays(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

/// Text as it stands within the quotes of a JSON string.
fn escaped(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_json_demands_is_escaped() {
        let mut out = String::new();
        write_string(&mut out, "a/b\"c\\d\n\u{1}ü\u{1f}");
        assert_eq!(out, "\"a/b\\\"c\\\\d\\n\\u0001ü\\u001F\"");
        for byte in 0..0x80u8 {
            for at in 0..20 {
                let text = format!("{}{}{}", "ü".repeat(at), char::from(byte), "x".repeat(20));
                let mut out = String::new();
                write_string(&mut out, &text);
                assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
            }
        }
    }
}
