//! JSON bodies, read as leniently as the usual Java and JavaScript servers read them: unknown members are ignored, of a
//! repeated member the last counts, and the declared media type is not looked at.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// The body is not JSON, or not of the expected shape; what the parser says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadJson(pub String);

/// Reads a body.
pub fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, BadJson> {
    let bad = |error: serde_json::Error| BadJson(error.to_string());
    // By way of a value: a struct's reader refuses a repeated member, a value keeps the last.
    let value: Value = serde_json::from_slice(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).map_err(bad)?;
    if !value.is_object() {
        // serde reads a struct from an array, too.
        return Err(BadJson("expected an object".to_owned()));
    }
    serde_json::from_value(value).map_err(bad)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Named {
        name: Option<String>,
    }

    #[test]
    fn unknown_and_repeated_members_pass() {
        let read = json::<Named>(br#"{"x":1,"name":"a","name":"b"}"#);
        assert_eq!(read, Ok(Named { name: Some("b".to_owned()) }));
        assert_eq!(json::<Named>(b"\xEF\xBB\xBF{}"), Ok(Named { name: None }));
    }

    #[test]
    fn everything_else_does_not() {
        let deep = "[".repeat(100_000);
        for body in ["", "{", "[]", "null", "[\"a\"]", r#"{"name":5}"#, "{} x", &deep] {
            assert!(json::<Named>(body.as_bytes()).is_err());
        }
    }
}
