//! JSON by value, with holes where a fact leaves a value free.

use serde_json::{Map, Value};

/// Compares, and says where and how the two differ.
pub fn json(expected: &Value, actual: &Value, place: &str) -> Result<(), String> {
    match (expected, actual) {
        (Value::String(text), _) if is_hole(text) => hole(text, actual, place),
        (Value::Object(expected), Value::Object(actual)) => object(expected, actual, place),
        (Value::Array(expected), Value::Array(actual)) => array(expected, actual, place),
        _ if expected == actual => Ok(()),
        _ => Err(format!("at {place:?}: expected {expected}, got {actual}")),
    }
}

fn object(expected: &Map<String, Value>, actual: &Map<String, Value>, place: &str) -> Result<(), String> {
    for (name, value) in expected {
        if name == "…" {
            continue;
        }
        let found = actual.get(name).ok_or_else(|| format!("at {place:?}: no member {name}"))?;
        json(value, found, &format!("{place}/{name}"))?;
    }
    if expected.contains_key("…") {
        return Ok(());
    }
    match actual.keys().find(|name| !expected.contains_key(*name)) {
        Some(name) => Err(format!("at {place:?}: unexpected member {name}")),
        None => Ok(()),
    }
}

fn array(expected: &[Value], actual: &[Value], place: &str) -> Result<(), String> {
    let open = expected.last().is_some_and(|last| last == "<rest>");
    let expected = if open { &expected[..expected.len() - 1] } else { expected };
    if actual.len() < expected.len() || (!open && actual.len() > expected.len()) {
        return Err(format!("at {place:?}: expected {} items, got {}", expected.len(), actual.len()));
    }
    for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        json(expected, actual, &format!("{place}/{index}"))?;
    }
    Ok(())
}

fn is_hole(text: &str) -> bool {
    matches!(text, "<any>" | "<string>" | "<number>" | "<date>" | "<uuid>" | "<base64>" | "<boolean>")
}

fn hole(name: &str, actual: &Value, place: &str) -> Result<(), String> {
    let text = actual.as_str();
    let fits = match name {
        "<string>" => text.is_some(),
        "<number>" => actual.is_number(),
        "<boolean>" => actual.is_boolean(),
        "<date>" => text.is_some_and(|text| text.starts_with("/Date(") && text.ends_with(")/")),
        "<uuid>" => text.is_some_and(is_uuid),
        "<base64>" => text.is_some_and(|text| !text.is_empty() && text.bytes().all(is_base64)),
        _ => true,
    };
    if fits { Ok(()) } else { Err(format!("at {place:?}: expected {name}, got {actual}")) }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)
}
