//! Where certificates and keys come from: a file, text in the scenario itself, or the mint.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::fixtures::{SCHEME, carried, fixture};
use super::{Code, Complaint, Generate, Place, Problem, Seeding};
use crate::pki::{Certificate, Content, Entry, Error, PrivateKey, certificate_file, jks, pem, pkcs12};

/// A source of a certificate, a key pair or a keystore. In a scenario it is a path, PEM text, or a mapping with one of
/// `file`, `pem`, `base64` and `generate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Material {
    /// Path of a file, relative to the scenario file, or the name of a fixture.
    File(String),
    /// PEM text.
    Pem(String),
    /// Base64 of a binary format.
    Base64(String),
    /// Minted for the scenario.
    Generate(Generate),
}

/// A private key with its chain, end entity first.
#[derive(Debug, Clone)]
pub struct KeyPair {
    /// The private key.
    pub key: PrivateKey,
    /// Its certificate, then issuers as far as the source has them; never empty.
    pub chain: Vec<Arc<Certificate>>,
}

impl Material {
    /// From the fields of a section that has them side by side with others: exactly one must be there.
    pub fn one_of(
        file: Option<&str>,
        pem: Option<&str>,
        base64: Option<&str>,
        generate: Option<&Generate>,
        place: &Place,
    ) -> Result<Self, Problem> {
        let given = [
            file.map(|path| Self::File(path.to_owned())),
            pem.map(|text| Self::Pem(text.to_owned())),
            base64.map(|text| Self::Base64(text.to_owned())),
            generate.map(|what| Self::Generate(what.clone())),
        ];
        let mut given = given.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(material), None) => Ok(material),
            _ => Err(Problem::new(place.clone(), "expected exactly one of file, pem, base64 and generate")),
        }
    }

    /// The key that a mapping says it under.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Pem(_) => "pem",
            Self::Base64(_) => "base64",
            Self::Generate(_) => "generate",
        }
    }

    /// The material of a certificate that exists: PEM, which diffs and reads well in an exported scenario.
    pub fn of_certificate(certificate: &Certificate) -> Self {
        Self::Pem(certificate.pem())
    }

    /// The material of a key pair that exists.
    pub fn of_key_pair(key: &PrivateKey, chain: &[Arc<Certificate>]) -> Self {
        let certificates: String = chain.iter().map(|certificate| certificate.pem()).collect();
        Self::Pem(pem::encode("PRIVATE KEY", key.pkcs8()) + &certificates)
    }

    /// The material of bytes that are kept as they are.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::Base64(STANDARD.encode(bytes))
    }
}

impl Seeding<'_> {
    /// The bytes that the material names: of a file as they are, of PEM text its characters, of base64 what it
    /// encodes. What is to be minted has none.
    pub fn bytes<'m>(&self, material: &'m Material, place: &Place) -> Result<Cow<'m, [u8]>, Problem> {
        let problem = |complaint| Problem { place: place.member(material.key()), complaint };
        let unreadable = |message: String| problem(Complaint::new(Code::Unreadable, message));
        match material {
            Material::File(path) if path.starts_with(SCHEME) => {
                fixture(path).map(|fixture| Cow::Borrowed(fixture.bytes)).map_err(problem)
            }
            Material::File(path) => {
                self.files.read(path, place).map(Cow::Owned).map_err(|message| unreadable(with_fixture(message, path)))
            }
            Material::Pem(text) => Ok(Cow::Borrowed(text.as_bytes())),
            Material::Base64(text) => decode_base64(text).map(Cow::Owned).map_err(unreadable),
            Material::Generate(_) => {
                let message = "a file, pem or base64 is expected here, not generate";
                Err(problem(Complaint::new(Code::Invalid, message)))
            }
        }
    }

    /// One certificate, in any form.
    pub fn certificate(&self, material: &Material, identity: &str, place: &Place) -> Result<Arc<Certificate>, Problem> {
        if let Material::Generate(what) = material {
            return self.mint(what, identity, &place.member("generate")).map(|minted| minted.certificate);
        }
        certificate_file::certificate(&self.bytes(material, place)?)
            .map_err(|error| unreadable("certificate", &error, &place.member(material.key())))
    }

    /// One key pair: from PEM text with a private key and its chain, a PKCS#12 file, a Java keystore, or minted.
    pub fn key_pair(
        &self,
        material: &Material,
        password: Option<&str>,
        identity: &str,
        place: &Place,
    ) -> Result<KeyPair, Problem> {
        if let Material::Generate(what) = material {
            let minted = self.mint(what, identity, &place.member("generate"))?;
            return Ok(KeyPair { key: minted.key, chain: [vec![minted.certificate], minted.issuers].concat() });
        }
        let bytes = self.bytes(material, place)?;
        let place = place.member(material.key());
        let refused = |error: Error| unreadable("key pair", &error, &place);
        let pairs = if is_keystore(&bytes) {
            key_pairs(read_keystore(&bytes, password).map_err(refused)?)
        } else {
            vec![pem_key_pair(&bytes, password).map_err(refused)?]
        };
        let several = pairs.len() > 1;
        match pairs.into_iter().next() {
            Some(pair) if !several && !pair.chain.is_empty() => Ok(pair),
            Some(_) if several => Err(Problem::new(place, "it holds several key pairs: expected one")),
            Some(_) => Err(Problem::new(place, "it holds a private key without its certificate")),
            None => Err(Problem::new(place, "it holds no private key")),
        }
    }
}

/// What is wrong with a path, and how the same file is found anywhere.
fn with_fixture(message: String, path: &str) -> String {
    match carried(path) {
        Some(name) => format!("{message}; certmimic carries that file: {SCHEME}{name}"),
        None => message,
    }
}

fn is_keystore(bytes: &[u8]) -> bool {
    jks::detect(bytes).is_some() || pkcs12::detect(bytes)
}

fn read_keystore(bytes: &[u8], password: Option<&str>) -> Result<Vec<Entry>, Error> {
    let entries = if jks::detect(bytes).is_some() {
        jks::read(bytes, password)?
    } else {
        pkcs12::read(bytes, Some(password.unwrap_or_default()))?
    };
    // Who gives no password wants the certificates of a Java keystore.
    let locked = entries.iter().find_map(|entry| match &entry.content {
        Content::LockedKey { reason, .. } if password.is_some() => Some(reason.clone()),
        _ => None,
    });
    locked.map_or(Ok(entries), Err)
}

fn key_pairs(entries: Vec<Entry>) -> Vec<KeyPair> {
    entries
        .into_iter()
        .filter_map(|entry| match entry.content {
            Content::KeyPair { key, chain } => Some(KeyPair { key, chain }),
            Content::Certificate(_) | Content::LockedKey { .. } | Content::Other => None,
        })
        .collect()
}

fn pem_key_pair(bytes: &[u8], password: Option<&str>) -> Result<KeyPair, Error> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Error::Malformed("it is neither PEM text nor PKCS#12, JKS or JCEKS".to_owned()))?;
    let key = PrivateKey::from_pem(text, password)?;
    Ok(KeyPair { key, chain: certificate_file::certificates(bytes)? })
}

fn unreadable(what: &str, error: &Error, place: &Place) -> Problem {
    Problem::of(Code::Unreadable, place.clone(), format!("it cannot be read as a {what}: {error}"))
}

fn decode_base64(text: &str) -> Result<Vec<u8>, String> {
    let compact: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(compact).map_err(|error| format!("it is not base64: {error}"))
}

impl<'de> Deserialize<'de> for Material {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MaterialVisitor)
    }
}

/// The mapping form.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Mapping {
    /// Path of a file, relative to the scenario file, or `fixture:` and the name of one that certmimic carries.
    File(String),
    /// PEM text.
    Pem(String),
    /// Base64 of a binary format.
    Base64(String),
    /// To be minted.
    Generate(Generate),
}

struct MaterialVisitor;

impl<'de> Visitor<'de> for MaterialVisitor {
    type Value = Material;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the path of a file, PEM text, or a mapping with one of file, pem, base64 and generate")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Material, E> {
        let is_pem = text.trim_start().starts_with("-----BEGIN ");
        Ok(if is_pem { Material::Pem(text.to_owned()) } else { Material::File(text.to_owned()) })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Material, A::Error> {
        Mapping::deserialize(MapAccessDeserializer::new(map)).map(|mapping| match mapping {
            Mapping::File(path) => Material::File(path),
            Mapping::Pem(text) => Material::Pem(text),
            Mapping::Base64(text) => Material::Base64(text),
            Mapping::Generate(what) => Material::Generate(what),
        })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Material {
    fn schema_name() -> Cow<'static, str> {
        "Material".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mapping = generator.subschema_for::<Mapping>();
        schemars::json_schema!({
            "description": "A path relative to the scenario file, `fixture:` and the name of a file that certmimic carries, PEM text, or where the material comes from.",
            "anyOf": [{ "type": "string" }, mapping],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_a_path_or_pem_and_a_mapping_says_which() {
        let read = |json: &str| serde_json::from_str::<Material>(json);
        assert_eq!(read(r#""../a.pem""#).unwrap(), Material::File("../a.pem".to_owned()));
        assert!(matches!(read(r#""-----BEGIN CERTIFICATE-----""#).unwrap(), Material::Pem(_)));
        assert_eq!(read(r#"{"base64":"AA=="}"#).unwrap(), Material::Base64("AA==".to_owned()));
        assert!(matches!(read(r#"{"generate":{"common_name":"a"}}"#).unwrap(), Material::Generate(_)));
        assert!(read(r#"{"fiel":"a"}"#).unwrap_err().to_string().contains("fiel"));
        assert!(read("7").unwrap_err().to_string().contains("path of a file"));
    }

    #[test]
    fn exactly_one_source_is_asked_for() {
        let place = Place::default();
        assert!(Material::one_of(Some("a"), None, None, None, &place).is_ok());
        assert!(Material::one_of(Some("a"), Some("b"), None, None, &place).is_err());
        assert!(Material::one_of(None, None, None, None, &place).is_err());
    }
}
