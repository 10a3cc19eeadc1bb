//! An XML text as a tree of elements by their local names, bounded, without document types.

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::super::error::Error;

/// Elements may nest as deep as this.
const DEEPEST: usize = 64;

/// An element.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Element {
    /// Without its prefix.
    pub name: String,
    /// Empty for none.
    pub namespace: String,
    /// Names without prefixes.
    pub attributes: Vec<(String, String)>,
    /// What stands in it.
    pub children: Vec<Element>,
    /// Its text, that of its children left out.
    pub text: String,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Reads the document's one element.
///
/// # Errors
/// It is no XML, is too deep, or has a document type.
pub fn parse(body: &[u8]) -> Result<Element, Error> {
    let text = std::str::from_utf8(body).map_err(|_| Error::BodyUnreadable)?;
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|cause| malformed(&cause.to_string()))?;
        match event {
            Event::Start(_) if open.len() >= DEEPEST => return Err(malformed("its elements nest too deeply")),
            Event::Start(tag) => open.push(element(&tag, &namespace)?),
            Event::Empty(tag) => {
                let child = element(&tag, &namespace)?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(child),
                    None => return Ok(child),
                }
            }
            Event::End(_) => match (open.pop(), open.last_mut()) {
                (Some(child), Some(parent)) => parent.children.push(child),
                (Some(root), None) => return Ok(root),
                (None, _) => return Err(malformed("an element ends that did not begin")),
            },
            Event::Text(text) => append(&mut open, &text.xml10_content()),
            Event::CData(text) => append(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => append(&mut open, &resolve(&reference)?),
            Event::DocType(_) => return Err(malformed("document types are not allowed")),
            Event::Eof => return Err(malformed("it ends too early")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

fn malformed(why: &str) -> Error {
    Error::BodyXml { reason: why.to_owned() }
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn element(tag: &BytesStart<'_>, namespace: &ResolveResult<'_>) -> Result<Element, Error> {
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        _ => String::new(),
    };
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|cause| malformed(&cause.to_string()))?;
        let value =
            quick_xml::escape::unescape(&attribute.value).map_err(|cause| malformed(&cause.to_string()))?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(Element { name: tag.local_name().as_ref().to_owned(), namespace, attributes, ..Element::default() })
}

/// The five entities of XML, and characters by number.
fn resolve(reference: &BytesRef<'_>) -> Result<String, Error> {
    quick_xml::escape::unescape(&format!("&{};", &**reference))
        .map(std::borrow::Cow::into_owned)
        .map_err(|cause| malformed(&cause.to_string()))
}
