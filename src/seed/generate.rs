//! Minting: real certificates and keys that belong to the scenario's clock and seed, and say that they are for tests.

use std::sync::Arc;

use rand_chacha::rand_core::Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MOMENT, Place, Problem, Seeding, moment};
use crate::effects::Timestamp;
use crate::pki::generate::{KeySpec, Template, private_key, self_signed};
use crate::pki::{Certificate, DistinguishedName, Error, PrivateKey, SignatureAlgorithm};

/// Organizational unit of every minted certificate: nobody shall take one for more than it is.
const FOR_TESTS: &str = "certmimic test certificate";

/// A self-signed certificate and its key, to mint relative to the scenario's clock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generate {
    /// Common name of the subject.
    pub common_name: String,
    /// Start and end of validity: dates, or spans relative to the scenario's clock such as `-355d` and `+10d`.
    /// Without it a day ago to a year from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(inner(regex(pattern = MOMENT)))]
    pub valid: Option<[String; 2]>,
    /// Kind of key.
    #[serde(default)]
    pub key: GeneratedKey,
    /// DNS names and IP addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternative_names: Vec<String>,
    /// Whether it is a certificate authority.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ca: bool,
}

/// Kinds of keys that can be minted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum GeneratedKey {
    /// RSA, 2048 bits.
    #[default]
    #[serde(rename = "rsa-2048")]
    Rsa2048,
    /// RSA, 3072 bits.
    #[serde(rename = "rsa-3072")]
    Rsa3072,
    /// RSA, 4096 bits.
    #[serde(rename = "rsa-4096")]
    Rsa4096,
    /// NIST P-256.
    #[serde(rename = "ec-p256")]
    EcP256,
    /// NIST P-384.
    #[serde(rename = "ec-p384")]
    EcP384,
    /// NIST P-521.
    #[serde(rename = "ec-p521")]
    EcP521,
    /// Ed25519.
    #[serde(rename = "ed25519")]
    Ed25519,
}

/// What minting gives.
#[derive(Debug, Clone)]
pub struct Minted {
    /// The private key.
    pub key: PrivateKey,
    /// The certificate.
    pub certificate: Arc<Certificate>,
}

impl Seeding<'_> {
    /// Mints a self-signed certificate. `identity` is made of names (`sap_api_management/ts/soon-gone`), not of
    /// positions: key and serial number derive from the seed and it alone.
    pub fn mint(&self, what: &Generate, identity: &str, place: &Place) -> Result<Minted, Problem> {
        let refused = |error: Error| Problem::new(place.clone(), format!("cannot be generated: {error}"));
        let mut rng = self.ids.rng_for(identity);
        let key = private_key(what.key.spec(), false, &mut rng).map_err(refused)?;
        let mut serial = vec![0; 8];
        rng.fill_bytes(&mut serial);
        let (not_before, not_after) = self.validity(what, place)?;
        let subject = DistinguishedName::from_attributes(&[("OU", FOR_TESTS), ("CN", &what.common_name)])
            .map_err(|error| Problem::new(place.member("common_name"), error.to_string()))?;
        let template = Template {
            subject,
            serial,
            not_before,
            not_after,
            ca: what.ca,
            alternative_names: what.alternative_names.clone(),
            extended_key_usage: Vec::new(),
        };
        let algorithm = SignatureAlgorithm::default_for(key.public_key())
            .ok_or_else(|| refused(Error::Unsupported("signing with this key".to_owned())))?;
        let certificate = self_signed(&template, &key, &algorithm).map_err(refused)?;
        Ok(Minted { key, certificate })
    }

    fn validity(&self, what: &Generate, place: &Place) -> Result<(i64, i64), Problem> {
        let place = place.member("valid");
        let default = ["-1d".to_owned(), "+365d".to_owned()];
        let [start, end] = what.valid.as_ref().unwrap_or(&default);
        let read = |text: &str, item| {
            moment(text, self.now).map_err(|message| Problem::new(place.item(item), message)).map(Timestamp::seconds)
        };
        let (start, end) = (read(start, 0)?, read(end, 1)?);
        if end < start {
            return Err(Problem::new(place, "the end of validity is before its start"));
        }
        Ok((start, end))
    }
}

impl GeneratedKey {
    const fn spec(self) -> KeySpec {
        match self {
            Self::Rsa2048 => KeySpec::Rsa(2048),
            Self::Rsa3072 => KeySpec::Rsa(3072),
            Self::Rsa4096 => KeySpec::Rsa(4096),
            Self::EcP256 => KeySpec::Ec("secp256r1"),
            Self::EcP384 => KeySpec::Ec("secp384r1"),
            Self::EcP521 => KeySpec::Ec("secp521r1"),
            Self::Ed25519 => KeySpec::Ed25519,
        }
    }
}
