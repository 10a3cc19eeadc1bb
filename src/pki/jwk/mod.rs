//! JSON Web Keys and sets of them (RFC 7517, 7518, 8037), thumbprints (RFC 7638), and compact signed tokens (RFC 7515).

mod keys;
mod parse;
mod token;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub use parse::parse;
pub use token::{read_claims, sign_hs256, sign_rs256};

/// The private members of a key, those of further primes among them (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1).
pub const PRIVATE_MEMBERS: [&str; 10] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "r", "t"];

/// A JSON Web Key.
#[derive(Clone, PartialEq, Eq)]
pub struct Jwk {
    /// `kid`
    pub key_id: Option<String>,
    /// `use`: `sig`, `enc`.
    pub key_use: Option<String>,
    /// `alg`: `RS256`, `ECDH-ES+A128KW`, …
    pub algorithm: Option<String>,
    /// The members that depend on `kty`.
    pub material: Material,
}

/// What a key is made of; every member is base64url without padding, except `crv`.
#[derive(Clone, PartialEq, Eq)]
pub enum Material {
    /// `"kty": "RSA"`
    Rsa {
        /// Modulus.
        n: String,
        /// Public exponent.
        e: String,
        /// Private exponent; with it the key is private.
        d: Option<String>,
        /// First prime.
        p: Option<String>,
        /// Second prime.
        q: Option<String>,
        /// `d mod (p-1)`
        dp: Option<String>,
        /// `d mod (q-1)`
        dq: Option<String>,
        /// `q⁻¹ mod p`
        qi: Option<String>,
    },
    /// `"kty": "EC"`
    Ec {
        /// Curve: `P-256`, `P-384`, `P-521`, `secp256k1`.
        crv: String,
        /// X coordinate.
        x: String,
        /// Y coordinate.
        y: String,
        /// Private value.
        d: Option<String>,
    },
    /// `"kty": "oct"`
    Oct {
        /// The secret.
        k: String,
    },
    /// `"kty": "OKP"`
    Okp {
        /// Curve: `Ed25519`, `X25519`.
        crv: String,
        /// Public value.
        x: String,
        /// Private value.
        d: Option<String>,
    },
}

impl Jwk {
    /// A key without `kid`, `use` and `alg`.
    pub const fn new(material: Material) -> Self {
        Self { key_id: None, key_use: None, algorithm: None, material }
    }

    /// The key as JSON object: `kty`, `kid`, `use`, `alg` (absent ones omitted), then the members of its material.
    pub fn to_json(&self) -> Value {
        let about = [("kid", &self.key_id), ("use", &self.key_use), ("alg", &self.algorithm)];
        let about = about.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let members = [("kty", self.material.key_type())].into_iter().chain(about).chain(self.material.members());
        Value::Object(members.map(|(name, value)| (name.to_owned(), Value::from(value))).collect())
    }
}

impl Material {
    /// A secret as `oct`.
    pub fn oct(secret: &[u8]) -> Self {
        Self::Oct { k: base64url(secret) }
    }

    /// `RSA`, `EC`, `oct`, `OKP`: the value of `kty`.
    pub const fn key_type(&self) -> &'static str {
        match self {
            Self::Rsa { .. } => "RSA",
            Self::Ec { .. } => "EC",
            Self::Oct { .. } => "oct",
            Self::Okp { .. } => "OKP",
        }
    }

    /// The members that are there, in the order of the registry: `n e d p q dp dq qi`, `crv x y d`, `k`, `crv x d`.
    pub fn members(&self) -> Vec<(&'static str, &str)> {
        let members: Vec<(&'static str, Option<&str>)> = match self {
            Self::Rsa { n, e, d, p, q, dp, dq, qi } => vec![
                ("n", Some(n)),
                ("e", Some(e)),
                ("d", d.as_deref()),
                ("p", p.as_deref()),
                ("q", q.as_deref()),
                ("dp", dp.as_deref()),
                ("dq", dq.as_deref()),
                ("qi", qi.as_deref()),
            ],
            Self::Ec { crv, x, y, d } => {
                vec![("crv", Some(crv)), ("x", Some(x)), ("y", Some(y)), ("d", d.as_deref())]
            }
            Self::Oct { k } => vec![("k", Some(k))],
            Self::Okp { crv, x, d } => vec![("crv", Some(crv)), ("x", Some(x)), ("d", d.as_deref())],
        };
        members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// True if it has its private part; an `oct` key always has.
    pub const fn is_private(&self) -> bool {
        match self {
            Self::Rsa { d, .. } | Self::Ec { d, .. } | Self::Okp { d, .. } => d.is_some(),
            Self::Oct { .. } => true,
        }
    }

    /// Its public half; `None` for `oct`, which has none.
    pub fn to_public(&self) -> Option<Self> {
        match self.clone() {
            Self::Rsa { n, e, .. } => Some(Self::Rsa { n, e, d: None, p: None, q: None, dp: None, dq: None, qi: None }),
            Self::Ec { crv, x, y, .. } => Some(Self::Ec { crv, x, y, d: None }),
            Self::Okp { crv, x, .. } => Some(Self::Okp { crv, x, d: None }),
            Self::Oct { .. } => None,
        }
    }

    /// base64url of the SHA-256 of the required members in lexical order (RFC 7638 section 3, RFC 8037 section 2).
    pub fn thumbprint(&self) -> String {
        let required = match self {
            Self::Rsa { n, e, .. } => json!({"e": e, "kty": "RSA", "n": n}),
            Self::Ec { crv, x, y, .. } => json!({"crv": crv, "kty": "EC", "x": x, "y": y}),
            Self::Oct { k } => json!({"k": k, "kty": "oct"}),
            Self::Okp { crv, x, .. } => json!({"crv": crv, "kty": "OKP", "x": x}),
        };
        base64url(&Sha256::digest(required.to_string()))
    }
}

/// `{"keys": […]}`
pub fn set(keys: &[Jwk]) -> Value {
    let keys = keys.iter().map(Jwk::to_json).collect();
    Value::Object(Map::from_iter([("keys".to_owned(), Value::Array(keys))]))
}

impl std::fmt::Debug for Jwk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Jwk {:?}", self.key_id)
    }
}

impl std::fmt::Debug for Material {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key_type())
    }
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7638 section 3.1.
    #[test]
    fn the_thumbprint_of_the_rfc() {
        let text = r#"{"kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}"#;
        let [key] = parse(text).unwrap().try_into().unwrap();
        assert_eq!(key.material.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assert_eq!(key.key_id.as_deref(), Some("2011-04-29"));
    }

    /// RFC 8037 appendix A.3.
    #[test]
    fn the_thumbprint_of_an_edwards_key() {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo".to_owned();
        let key = Material::Okp { crv: "Ed25519".to_owned(), x, d: None };
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn json_has_the_members_that_are_there_in_order() {
        let mut key = Jwk::new(Material::oct(&[0xFB, 0xEF]));
        assert_eq!(key.to_json().to_string(), r#"{"kty":"oct","k":"--8"}"#);
        (key.key_id, key.algorithm) = (Some("a".into()), Some("HS256".into()));
        let json = set(&[key.clone()]).to_string();
        assert_eq!(json, r#"{"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"--8"}]}"#);
        assert_eq!(parse(&json).unwrap(), [key]);
    }
}
