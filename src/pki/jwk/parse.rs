//! Reading JWKs and JWK Sets from JSON.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use super::{Jwk, Material};
use crate::pki::Error;

/// Padding is not allowed (RFC 7515 section 2), but common.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Reads a JWK, or a JWK Set: then all its keys, which may be none. Keys of an unknown `kty` or `crv` are refused in a bare JWK, and
/// ignored in a set (RFC 7517 section 5).
pub fn parse(text: &str) -> Result<Vec<Jwk>, Error> {
    let json: Value =
        serde_json::from_str(text).map_err(|error| Error::Malformed(format!("it is not JSON: {error}")))?;
    let Value::Object(members) = json else { return Err(malformed("it is not a JSON object")) };
    let Some(keys) = members.get("keys") else { return Ok(vec![key(&members)?]) };
    let keys = keys.as_array().ok_or_else(|| malformed("\"keys\" is not an array"))?;
    let keys = keys.iter().map(|key| match key {
        Value::Object(members) => self::key(members),
        _ => Err(malformed("a key in \"keys\" is not an object")),
    });
    keys.filter(|key| !matches!(key, Err(Error::Unsupported(_)))).collect()
}

/// The bytes of a member.
pub(super) fn decode(base64url: &str) -> Result<Vec<u8>, Error> {
    LENIENT.decode(base64url).map_err(|_| malformed("a member of the key is not base64url"))
}

fn malformed(what: &str) -> Error {
    Error::Malformed(what.into())
}

fn key(members: &Map<String, Value>) -> Result<Jwk, Error> {
    let members = Members(members);
    let material = match members.required("kty")?.as_str() {
        "RSA" => rsa(members)?,
        "EC" => Material::Ec {
            crv: members.required("crv")?,
            x: members.bytes("x")?,
            y: members.bytes("y")?,
            d: members.optional_bytes("d")?,
        },
        "oct" => Material::Oct { k: members.bytes("k")? },
        "OKP" => {
            Material::Okp { crv: members.required("crv")?, x: members.bytes("x")?, d: members.optional_bytes("d")? }
        }
        other => return Err(Error::Unsupported(format!("the key type {other}"))),
    };
    material.check()?;
    let [key_id, key_use, algorithm] = ["kid", "use", "alg"].map(|name| members.optional(name));
    Ok(Jwk { key_id: key_id?, key_use: key_use?, algorithm: algorithm?, material })
}

fn rsa(members: Members<'_>) -> Result<Material, Error> {
    Ok(Material::Rsa {
        n: members.bytes("n")?,
        e: members.bytes("e")?,
        d: members.optional_bytes("d")?,
        p: members.optional_bytes("p")?,
        q: members.optional_bytes("q")?,
        dp: members.optional_bytes("dp")?,
        dq: members.optional_bytes("dq")?,
        qi: members.optional_bytes("qi")?,
    })
}

#[derive(Clone, Copy)]
struct Members<'a>(&'a Map<String, Value>);

impl Members<'_> {
    /// A text; `null` counts as absent.
    fn optional(self, name: &str) -> Result<Option<String>, Error> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Error::Malformed(format!("\"{name}\" of the key is not a string"))),
        }
    }

    fn required(self, name: &str) -> Result<String, Error> {
        self.optional(name)?.ok_or_else(|| Error::Malformed(format!("the key has no \"{name}\"")))
    }

    /// A text that is base64url of something; padding is taken off.
    fn optional_bytes(self, name: &str) -> Result<Option<String>, Error> {
        let Some(text) = self.optional(name)? else { return Ok(None) };
        if decode(&text)?.is_empty() {
            return Err(Error::Malformed(format!("\"{name}\" of the key is empty")));
        }
        Ok(Some(text.trim_end_matches('=').to_owned()))
    }

    fn bytes(self, name: &str) -> Result<String, Error> {
        self.optional_bytes(name)?.ok_or_else(|| Error::Malformed(format!("the key has no \"{name}\"")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        for (text, wrong) in [
            ("", "it is not JSON: EOF while parsing a value at line 1 column 0"),
            ("[]", "it is not a JSON object"),
            ("{}", "the key has no \"kty\""),
            (r#"{"keys": {}}"#, "\"keys\" is not an array"),
            (r#"{"keys": [1]}"#, "a key in \"keys\" is not an object"),
            (r#"{"kty": "RSA", "n": "AQAB"}"#, "the key has no \"e\""),
            (r#"{"kty": "RSA", "n": "AQAB", "e": 3}"#, "\"e\" of the key is not a string"),
            (r#"{"kty": "oct", "k": ""}"#, "\"k\" of the key is empty"),
            (r#"{"kty": "oct", "k": "a+b/"}"#, "a member of the key is not base64url"),
        ] {
            assert_eq!(parse(text), Err(Error::Malformed(wrong.into())), "{text}");
        }
    }

    #[test]
    fn a_key_that_no_curve_has_is_refused() {
        let x = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
        let y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
        let ec =
            |crv: &str, x: &str, y: &str| parse(&format!(r#"{{"kty": "EC", "crv": "{crv}", "x": "{x}", "y": "{y}"}}"#));
        assert_eq!(ec("P-256", x, y).unwrap().len(), 1);
        assert_eq!(ec("P-999", x, y), Err(Error::Unsupported("the curve P-999".into())));
        let short = Error::Malformed("\"y\" of the key has 3 bytes instead of 32".into());
        assert_eq!(ec("P-256", x, "AQAB"), Err(short));
        let elsewhere = Error::Malformed("the key does not belong to its elliptic curve".into());
        assert_eq!(ec("P-256", x, x), Err(elsewhere));
        let okp = |crv: &str, x: &str| parse(&format!(r#"{{"kty": "OKP", "crv": "{crv}", "x": "{x}"}}"#));
        assert_eq!(okp("X25519", x).unwrap().len(), 1);
        assert_eq!(okp("Ed448", x), Err(Error::Unsupported("the curve Ed448".into())));
        assert!(okp("Ed25519", "AQAB").is_err());
    }

    #[test]
    fn an_unknown_type_is_ignored_in_a_set_only() {
        let unknown = r#"{"kty": "AKP", "pub": "AQAB"}"#;
        assert_eq!(parse(unknown), Err(Error::Unsupported("the key type AKP".into())));
        assert_eq!(parse(&format!(r#"{{"keys": [{unknown}, {{"kty": "oct", "k": "AQ=="}}]}}"#)).unwrap().len(), 1);
        assert_eq!(parse(r#"{"keys": []}"#).unwrap(), []);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in r#"(\{|\}|\[|\]|"kty":|"keys":|"RSA"|"EC"|"oct"|"n":|"e":|"k":|"AQAB"|,|1|null){0,20}"#) {
            for key in parse(&text).unwrap_or_default() {
                key.material.thumbprint();
                let _ = (key.material.public_key(), key.material.private_key());
            }
        }
    }
}
