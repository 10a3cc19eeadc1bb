//! XML by content: names, attributes in any order, and text; `{any}` stands for any text or attribute value.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

/// Compares two documents.
pub fn compare(expected: &str, actual: &str) -> Result<(), String> {
    let expected = parse(expected).map_err(|error| format!("the expected document is not XML: {error}"))?;
    let actual = parse(actual).map_err(|error| format!("not XML: {error}"))?;
    same(&expected, &actual, "")
}

fn same(expected: &Element, actual: &Element, place: &str) -> Result<(), String> {
    let place = format!("{place}/{}", expected.name);
    if expected.name != actual.name {
        return Err(format!("at {place}: got the element {}", actual.name));
    }
    let names = |element: &Element| element.attributes.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    if names(expected) != names(actual) {
        return Err(format!(
            "at {place}: expected the attributes {:?}, got {:?}",
            expected.attributes, actual.attributes
        ));
    }
    for ((name, expected), (_, actual)) in expected.attributes.iter().zip(&actual.attributes) {
        if expected != "{any}" && expected != actual {
            return Err(format!("at {place}: expected {name}={expected:?}, got {actual:?}"));
        }
    }
    if expected.text != "{any}" && expected.text != actual.text {
        return Err(format!("at {place}: expected the text {:?}, got {:?}", expected.text, actual.text));
    }
    if expected.children.len() != actual.children.len() {
        let names = |element: &Element| element.children.iter().map(|child| child.name.clone()).collect::<Vec<_>>();
        return Err(format!("at {place}: expected the children {:?}, got {:?}", names(expected), names(actual)));
    }
    expected.children.iter().zip(&actual.children).try_for_each(|(expected, actual)| same(expected, actual, &place))
}

fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let child = element(&start)?;
                open.last_mut().ok_or("nothing open")?.children.push(child);
            }
            Event::End(_) => close(&mut open)?,
            Event::Text(text) => {
                let text = text.xml_content(XmlVersion::default());
                open.last_mut().ok_or("nothing open")?.text.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let name = reference.into_inner();
                let resolved = resolve(&name).ok_or_else(|| format!("unknown entity {name}"))?;
                open.last_mut().ok_or("nothing open")?.text.push_str(&resolved);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop().and_then(|mut root| root.children.pop()).ok_or_else(|| "no element".to_owned())
}

fn close(open: &mut Vec<Element>) -> Result<(), String> {
    let mut done = open.pop().ok_or("nothing open")?;
    done.text = String::from(done.text.trim());
    open.last_mut().ok_or("one end tag too many")?.children.push(done);
    Ok(())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.value.clone();
        attributes.push((name, quick_xml::escape::unescape(&value).map_err(|error| error.to_string())?.into_owned()));
    }
    attributes.sort();
    let name = start.name().as_ref().to_owned();
    Ok(Element { name, attributes, ..Element::default() })
}

fn resolve(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix("#x") {
        return Some(char::from_u32(u32::from_str_radix(number, 16).ok()?)?.to_string());
    }
    if let Some(number) = name.strip_prefix('#') {
        return Some(char::from_u32(number.parse().ok()?)?.to_string());
    }
    let text = match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    };
    Some(text.to_owned())
}
