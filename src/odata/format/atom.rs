//! Atom and plain XML (OData V2 Atom format, sections 4 to 7), in Olingo's layout.

use super::super::edm::{Kind, Navigation, Property, Schema, Set};
use super::super::shape::{Link, Shape};
use super::super::{Entity, Inline, Value, lexical, uri};
use super::Representation;
use crate::effects::Timestamp;

pub(crate) const ATOM: &str = "http://www.w3.org/2005/Atom";
pub(crate) const APP: &str = "http://www.w3.org/2007/app";
pub(crate) const METADATA: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";
pub(crate) const DATA: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices";
const SCHEME: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/scheme";
const RELATED: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/related/";
const PROLOG: &str = "<?xml version='1.0' encoding='utf-8'?>";

/// Writes one XML document.
pub(crate) struct Atom<'a> {
    out: String,
    /// With a slash at its end.
    base: &'a str,
    namespace: &'static str,
    updated: String,
}

impl<'a> Atom<'a> {
    /// A writer for a service; `base` is the root with a slash at its end.
    pub(crate) fn new(base: &'a str, schema: &Schema, now: Timestamp) -> Self {
        let mut updated = String::new();
        lexical::write_date_time(&mut updated, now);
        updated.push('Z');
        let mut out = String::with_capacity(4096);
        out.push_str(PROLOG);
        Self { out, base, namespace: schema.namespace, updated }
    }

    /// The document.
    pub(crate) fn end(self) -> String {
        self.out
    }
}

impl Representation for Atom<'_> {
    fn entry(&mut self, entity: &Entity, shape: &Shape) {
        self.out.push_str("<entry");
        self.namespaces();
        self.xml_base();
        self.out.push('>');
        self.entity(entity, shape);
        self.out.push_str("</entry>");
    }

    fn begin_feed(&mut self, set: &Set, count: Option<usize>) {
        self.out.push_str("<feed");
        self.namespaces();
        self.feed_head(set, set.name, count);
    }

    fn feed_entry(&mut self, entity: &Entity, shape: &Shape) {
        self.out.push_str("<entry>");
        self.entity(entity, shape);
        self.out.push_str("</entry>");
    }

    fn end_feed(&mut self) {
        self.out.push_str("</feed>");
    }

    fn property(&mut self, property: &Property, value: &Value) {
        self.push(&["<", property.name, " xmlns=\"", DATA, "\""]);
        if let Kind::Complex(_) = property.kind {
            self.push(&[" xmlns:d=\"", DATA, "\""]);
        }
        self.push(&[" xmlns:m=\"", METADATA, "\""]);
        self.property_rest(["", property.name], property, value);
    }

    fn members(&mut self, members: &[(&Property, &Value)]) {
        self.out.push_str("<entry");
        self.namespaces();
        self.xml_base();
        self.out.push_str("><content type=\"application/xml\"><m:properties>");
        for (property, value) in members {
            self.property_element(property, value);
        }
        self.out.push_str("</m:properties></content></entry>");
    }

    fn one_link(&mut self, entity: &Entity) {
        self.push(&["<uri xmlns=\"", DATA, "\">"]);
        self.absolute(entity);
        self.out.push_str("</uri>");
    }

    fn many_links(&mut self, entities: &mut dyn Iterator<Item = Entity>, count: Option<usize>) {
        self.push(&["<links xmlns=\"", DATA, "\">"]);
        if let Some(count) = count {
            self.push(&["<m:count xmlns:m=\"", METADATA, "\">", &count.to_string(), "</m:count>"]);
        }
        for entity in entities {
            self.out.push_str("<uri>");
            self.absolute(&entity);
            self.out.push_str("</uri>");
        }
        self.out.push_str("</links>");
    }

    fn service_document(&mut self, sets: &[&Set]) {
        self.push(&["<service xmlns=\"", APP, "\""]);
        self.xml_base();
        self.push(&[" xmlns:atom=\"", ATOM, "\"><workspace><atom:title>Default</atom:title>"]);
        for set in sets {
            self.push(&["<collection href=\"", set.name, "\"><atom:title>", set.name, "</atom:title></collection>"]);
        }
        self.out.push_str("</workspace></service>");
    }
}

impl Atom<'_> {
    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
    }

    fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// `<name>text</name>`
    fn element(&mut self, name: &str, text: &str) {
        self.push(&["<", name, ">"]);
        self.text(text);
        self.push(&["</", name, ">"]);
    }

    fn namespaces(&mut self) {
        self.push(&[" xmlns=\"", ATOM, "\" xmlns:m=\"", METADATA, "\" xmlns:d=\"", DATA, "\""]);
    }

    fn xml_base(&mut self) {
        self.out.push_str(" xml:base=\"");
        self.text(self.base);
        self.out.push('"');
    }

    fn feed_head(&mut self, set: &Set, own: &str, count: Option<usize>) {
        self.xml_base();
        self.out.push('>');
        let id = format!("{}{}", self.base, set.name);
        self.element("id", &id);
        self.push(&["<title type=\"text\">", set.name, "</title>"]);
        self.updated();
        self.out.push_str("<author><name/></author>");
        self.push(&["<link href=\"", own, "\" rel=\"self\" title=\"", set.name, "\"/>"]);
        if let Some(count) = count {
            self.element("m:count", &count.to_string());
        }
    }

    fn updated(&mut self) {
        let updated = std::mem::take(&mut self.updated);
        self.element("updated", &updated);
        self.updated = updated;
    }

    fn entity(&mut self, entity: &Entity, shape: &Shape) {
        let mut own = String::with_capacity(64);
        uri::write_entity(&mut own, entity.set, &entity.values);
        let (set, entity_type) = (entity.set.name, entity.set.entity_type);
        self.out.push_str("<id>");
        self.text(self.base);
        self.text(&own);
        self.push(&["</id><title type=\"text\">", set, "</title>"]);
        self.updated();
        let namespace = self.namespace;
        self.push(&["<category term=\"", namespace, ".", entity_type.name, "\" scheme=\"", SCHEME, "\"/>"]);
        self.out.push_str("<link href=\"");
        self.text(&own);
        self.push(&["\" rel=\"edit\" title=\"", entity_type.name, "\"/>"]);
        if entity_type.media {
            self.out.push_str("<link href=\"");
            self.text(&own);
            self.push(&["/$value\" rel=\"edit-media\" type=\"", entity.media_type, "\"/>"]);
        }
        self.links(entity, shape, &own);
        self.content(entity, shape, &own);
    }

    fn links(&mut self, entity: &Entity, shape: &Shape, own: &str) {
        for (position, reference) in entity.set.layout().references.iter().enumerate() {
            let navigation = reference.navigation;
            let link = shape.link(position);
            if matches!(link, Link::Omitted) {
                continue;
            }
            self.link_start(navigation, own);
            let inline = entity.inline.iter().find(|(expanded, _)| expanded.name == navigation.name);
            if let (Link::Expanded(shape), Some((_, inline))) = (link, inline) {
                self.out.push('>');
                self.inline(navigation, inline, shape, own);
                self.out.push_str("</link>");
            } else {
                self.out.push_str("/>");
            }
        }
    }

    fn link_start(&mut self, navigation: &Navigation, own: &str) {
        let kind = if navigation.many { "feed" } else { "entry" };
        self.out.push_str("<link href=\"");
        self.text(own);
        self.push(&["/", navigation.name, "\" rel=\"", RELATED, navigation.name, "\" title=\"", navigation.name]);
        self.push(&["\" type=\"application/atom+xml;type=", kind, "\""]);
    }

    fn inline(&mut self, navigation: &Navigation, inline: &Inline, shape: &Shape, own: &str) {
        self.out.push_str("<m:inline>");
        match inline {
            Inline::One(None) => {}
            Inline::One(Some(entity)) => {
                self.out.push_str("<entry");
                self.xml_base();
                self.out.push('>');
                self.entity(entity, shape);
                self.out.push_str("</entry>");
            }
            Inline::Many(entities) => self.inline_feed(navigation, entities, shape, own),
        }
        self.out.push_str("</m:inline>");
    }

    fn inline_feed(&mut self, navigation: &Navigation, entities: &[Entity], shape: &Shape, own: &str) {
        let own = format!("{own}/{}", navigation.name);
        self.push(&["<feed"]);
        self.xml_base();
        self.out.push('>');
        let id = format!("{}{own}", self.base);
        self.element("id", &id);
        self.push(&["<title type=\"text\">", navigation.target, "</title>"]);
        self.updated();
        self.out.push_str("<author><name/></author><link href=\"");
        self.text(&own);
        self.push(&["\" rel=\"self\" title=\"", navigation.target, "\"/>"]);
        for entity in entities {
            self.feed_entry(entity, shape);
        }
        self.out.push_str("</feed>");
    }

    /// Properties stand in the content, or beside it where the content is the media resource.
    fn content(&mut self, entity: &Entity, shape: &Shape, own: &str) {
        if entity.set.entity_type.media {
            self.push(&["<content type=\"", entity.media_type, "\" src=\""]);
            self.text(own);
            self.out.push_str("/$value\"/>");
            self.properties(entity, shape);
        } else {
            self.out.push_str("<content type=\"application/xml\">");
            self.properties(entity, shape);
            self.out.push_str("</content>");
        }
    }

    fn properties(&mut self, entity: &Entity, shape: &Shape) {
        let shown = entity.set.entity_type.wire_properties().zip(&entity.values).enumerate();
        let mut shown = shown.filter(|(position, _)| shape.shows(*position)).map(|(_, member)| member).peekable();
        if shown.peek().is_none() {
            return;
        }
        self.out.push_str("<m:properties>");
        for (property, value) in shown {
            self.property_element(property, value);
        }
        self.out.push_str("</m:properties>");
    }

    fn property_element(&mut self, property: &Property, value: &Value) {
        self.push(&["<d:", property.name]);
        self.property_rest(["d:", property.name], property, value);
    }

    /// The rest of a property's element, the name in its start tag already written.
    fn property_rest(&mut self, name: [&str; 2], property: &Property, value: &Value) {
        match (property.kind, value) {
            (_, Value::Null) => return self.out.push_str(" m:null=\"true\"/>"),
            (Kind::Complex(complex), Value::Complex(members)) => {
                let namespace = self.namespace;
                self.push(&[" m:type=\"", namespace, ".", complex.name, "\">"]);
                for (property, value) in complex.properties.iter().zip(members) {
                    self.property_element(property, value);
                }
            }
            (_, Value::String(text)) => {
                self.out.push('>');
                self.text(text);
            }
            (_, value) => {
                self.out.push('>');
                lexical::write(&mut self.out, value);
            }
        }
        let [prefix, name] = name;
        self.push(&["</", prefix, name, ">"]);
    }

    fn absolute(&mut self, entity: &Entity) {
        let mut own = String::new();
        uri::write_entity(&mut own, entity.set, &entity.values);
        self.text(self.base);
        self.text(&own);
    }
}

/// What the two characters begin with, in UTF-8, that are neither control characters nor of XML.
const NONCHARACTER: u8 = 0xef;

/// Appends text with what XML does not allow escaped or left out.
pub(crate) fn escape(out: &mut String, text: &str) {
    let stops = |byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | NONCHARACTER) || byte < 0x20;
    let mut rest = text;
    while let Some(at) = rest.bytes().position(stops) {
        let (plain, after) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = after.chars();
        match characters.next().unwrap_or_default() {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xd;"),
            '\n' => out.push('\n'),
            '\t' => out.push('\t'),
            // No XML document can carry other control characters or noncharacters, not even escaped.
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_control_characters_vanish() {
        let mut out = String::new();
        escape(&mut out, "a<b>&\"'\u{1}\r\nü\u{fffe}\u{ffff}\u{fffd}");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;'&#xd;\nü\u{fffd}");
    }
}
