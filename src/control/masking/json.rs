//! Secrets in JSON.

use serde_json::Value;

use super::{MASK, is_secret, text};

/// The private members of a JSON Web Key (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// A JSON text with its secrets masked, as it was sent if it has none; `None` if it is no object or array.
pub(super) fn masked(json: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(json).ok()?;
    if !value.is_object() && !value.is_array() {
        return None;
    }
    Some(if mask(&mut value) { value.to_string() } else { json.to_owned() })
}

/// True if something was masked.
fn mask(value: &mut Value) -> bool {
    match value {
        Value::String(string) => {
            let masked = text::masked(string);
            let changed = masked != *string;
            *string = masked;
            changed
        }
        // Every item and member, also after one was masked.
        Value::Array(items) => items.iter_mut().map(mask).fold(false, |one, other| one | other),
        Value::Object(members) => {
            let is_key = members.contains_key("kty");
            let is_private = |name: &str| is_secret(name) || (is_key && PRIVATE.contains(&name));
            let masked =
                members.iter_mut().map(|(name, value)| if is_private(name) { hide(value) } else { mask(value) });
            masked.fold(false, |one, other| one | other)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// That there is nothing is no secret.
fn hide(value: &mut Value) -> bool {
    let is_nothing = value.is_null() || value.as_str() == Some("");
    if !is_nothing {
        *value = MASK.into();
    }
    !is_nothing
}
