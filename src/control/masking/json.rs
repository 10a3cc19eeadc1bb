//! Secrets in JSON.

use serde_json::{Map, Value};

use super::material::is_public;
use super::{MASK, is_secret, text};
use crate::pki::jwk::PRIVATE_MEMBERS;

/// A JSON text with its secrets masked, as it was sent if it has none; `None` if it is no object or array.
pub(super) fn masked(json: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(json).ok()?;
    if !value.is_object() && !value.is_array() {
        return None;
    }
    Some(if mask(&mut value, Within::default()) { value.to_string() } else { json.to_owned() })
}

/// What a value stands in, as far as that makes it a secret.
#[derive(Debug, Clone, Copy, Default)]
struct Within {
    /// A key value map that says that it is encrypted.
    encrypted: bool,
    /// A key of Apinizer.
    key: bool,
    /// One that says that it is public.
    public_key: bool,
}

/// True if something was masked.
fn mask(value: &mut Value, within: Within) -> bool {
    match value {
        Value::String(string) => {
            // A JWK that is pasted travels as text.
            let masked = masked(string).unwrap_or_else(|| text::masked(string));
            let changed = masked != *string;
            *string = masked;
            changed
        }
        // Every item and member, also after one was masked.
        Value::Array(items) => items.iter_mut().map(|item| mask(item, within)).fold(false, |one, other| one | other),
        Value::Object(members) => {
            let is_key = members.contains_key("kty");
            let within = Within {
                encrypted: within.encrypted || members.get("encrypted") == Some(&Value::Bool(true)),
                key: within.key || members.contains_key("cryptoKeyInfoEnvironmentList"),
                public_key: within.public_key || members.get("keyType").and_then(Value::as_str) == Some("PUBLIC_KEY"),
            };
            let holds_secret = within.encrypted || is_map_value(members);
            let is_private = |name: &str, value: &Value| {
                is_secret(name)
                    || (is_key && PRIVATE_MEMBERS.contains(&name))
                    || (holds_secret && name == "value")
                    || (within.key && name == "content" && !(within.public_key && is_public_key(value)))
            };
            let masked = members
                .iter_mut()
                .map(|(name, value)| if is_private(name, value) { hide(value) } else { mask(value, within) });
            masked.fold(false, |one, other| one | other)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// An update need not say what a key is, and what is called public may be something else.
fn is_public_key(value: &Value) -> bool {
    value.as_str().is_some_and(is_public)
}

/// True for a value of a key value map, which does not say by itself whether its map is encrypted.
fn is_map_value(members: &Map<String, Value>) -> bool {
    members.contains_key("map_name")
        || members.contains_key("mapName")
        || (members.len() == 1 && members.contains_key("value"))
}

/// That there is nothing is no secret.
fn hide(value: &mut Value) -> bool {
    let is_nothing = value.is_null() || value.as_str() == Some("");
    if !is_nothing {
        *value = MASK.into();
    }
    !is_nothing
}
