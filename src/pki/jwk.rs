//! JSON Web Keys and sets of them (RFC 7517, 7518, 8037), thumbprints (RFC 7638), and compact signed tokens (RFC 7515).

use serde_json::{Map, Value};

use super::{Error, PrivateKey, PublicKey};

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
        /// Curve: `Ed25519`, `X25519`, `Ed448`, `X448`.
        crv: String,
        /// Public value.
        x: String,
        /// Private value.
        d: Option<String>,
    },
}

impl Material {
    /// `RSA`, `EC`, `oct`, `OKP`: the value of `kty`.
    pub fn key_type(&self) -> &'static str {
        todo!()
    }

    /// The members that are there, in the order of the registry: `n e d p q dp dq qi`, `crv x y d`, `k`, `crv x d`.
    pub fn members(&self) -> Vec<(&'static str, &str)> {
        todo!()
    }

    /// A secret as `oct`.
    pub fn oct(_secret: &[u8]) -> Self {
        todo!()
    }

    /// True if it has its private part; an `oct` key always has.
    pub fn is_private(&self) -> bool {
        todo!()
    }

    /// Its public half; `None` for `oct`, which has none.
    pub fn to_public(&self) -> Option<Self> {
        todo!()
    }

    /// The public key as the rest of this module knows it. `Unsupported` for `oct` and for curves without arithmetic here.
    pub fn public_key(&self) -> Result<PublicKey, Error> {
        todo!()
    }

    /// The private key as the rest of this module knows it; `None` if it is a public one.
    pub fn private_key(&self) -> Result<Option<PrivateKey>, Error> {
        todo!()
    }

    /// base64url of the SHA-256 of the required members (RFC 7638).
    pub fn thumbprint(&self) -> String {
        todo!()
    }
}

impl Jwk {
    /// A key without `kid`, `use` and `alg`.
    pub fn new(_material: Material) -> Self {
        todo!()
    }

    /// From a public key. `Unsupported` for DSA and for curves without a JOSE name.
    pub fn from_public_key(_key: &PublicKey) -> Result<Self, Error> {
        todo!()
    }

    /// From a private key, private members included.
    pub fn from_private_key(_key: &PrivateKey) -> Result<Self, Error> {
        todo!()
    }

    /// The key as JSON object: `kty`, `kid`, `use`, `alg` (absent ones omitted), then the members of its material.
    pub fn to_json(&self) -> Value {
        todo!()
    }
}

/// Reads a JWK, or a JWK Set: then all its keys, which may be none. Keys of an unknown `kty` are refused in a bare JWK, and
/// ignored in a set (RFC 7517 section 5).
pub fn parse(_text: &str) -> Result<Vec<Jwk>, Error> {
    todo!()
}

/// `{"keys": […]}`
pub fn set(_keys: &[Jwk]) -> Value {
    todo!()
}

/// A compact JWS, RS256. `alg` is put first into the header; other members keep their order.
pub fn sign_rs256(_key: &PrivateKey, _header: &Map<String, Value>, _claims: &Value) -> Result<String, Error> {
    todo!()
}

/// A compact JWS, HS256. `alg` is put first into the header; other members keep their order.
pub fn sign_hs256(_secret: &[u8], _header: &Map<String, Value>, _claims: &Value) -> String {
    todo!()
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
