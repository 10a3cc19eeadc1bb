//! Minting: real certificates and keys that belong to the scenario's clock and seed, and say that they are for tests.

use std::cell::RefCell;
use std::sync::Arc;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::Rng;
use serde::{Deserialize, Serialize};

use super::{Place, Problem, Seeding, moment};
use crate::effects::Timestamp;
use crate::pki::generate::{KeySpec, Template, issued, private_key, self_signed};
use crate::pki::{Certificate, DistinguishedName, Error, PrivateKey, SignatureAlgorithm};

/// What every minted certificate says of itself, as organizational unit or, where the whole subject is given, as comment:
/// nobody shall take one for more than it is.
const FOR_TESTS: &str = "certmimic test certificate";

/// A certificate and its key, to mint relative to the scenario's clock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Generate {
    /// Common name of the subject.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub common_name: String,
    /// The whole subject in place of the common name, as Java prints it: `CN=api.example, O="Example, Inc.", C=DE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Start and end of validity: dates, or spans relative to the scenario's clock such as `-355d` and `+10d`.
    /// Without it a day ago to a year from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(inner(regex(pattern = crate::seed::MOMENT))))]
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
    /// Serial number in hexadecimal; without it one that derives from the seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// How it is signed, by Java's name: `SHA256withRSA`. Without it as is usual for the issuer's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_algorithm: Option<String>,
    /// Who issues it; without it, it is self-signed. Issuers of the same subject have the same key wherever they are named.
    /// A key pair has its issuers with it, as its chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Box<Generate>>,
    /// The SHA-256 fingerprint of the certificate that it stands in for, written by `certmimic capture`. Key and serial
    /// number then derive from it, not from the place: the same certificate has the same stand-in everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<String>,
}

/// Kinds of keys that can be minted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum GeneratedKey {
    /// RSA, 1024 bits: for old certificates.
    #[serde(rename = "rsa-1024")]
    Rsa1024,
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
    /// DSA, 1024 bits.
    #[serde(rename = "dsa-1024")]
    Dsa1024,
    /// DSA, 2048 bits.
    #[serde(rename = "dsa-2048")]
    Dsa2048,
    /// DSA, 3072 bits.
    #[serde(rename = "dsa-3072")]
    Dsa3072,
    /// DSA, 4096 bits.
    #[serde(rename = "dsa-4096")]
    Dsa4096,
    /// NIST P-192.
    #[serde(rename = "ec-p192")]
    EcP192,
    /// NIST P-224.
    #[serde(rename = "ec-p224")]
    EcP224,
    /// NIST P-256.
    #[serde(rename = "ec-p256")]
    EcP256,
    /// NIST P-384.
    #[serde(rename = "ec-p384")]
    EcP384,
    /// NIST P-521.
    #[serde(rename = "ec-p521")]
    EcP521,
    /// The curve of Bitcoin.
    #[serde(rename = "ec-secp256k1")]
    EcSecp256k1,
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
    /// Its issuers, the nearest first.
    pub issuers: Vec<Arc<Certificate>>,
}

/// Issuers of one clock and one seed, by what they were minted of: many certificates have the same, and signing takes long.
#[derive(Debug, Default)]
pub struct Issuers(RefCell<Vec<(Generate, Minted)>>);

impl Issuers {
    fn known(&self, what: &Generate) -> Option<Minted> {
        self.0.borrow().iter().find(|(known, _)| known == what).map(|(_, minted)| minted.clone())
    }

    fn note(&self, what: Generate, minted: &Minted) {
        self.0.borrow_mut().push((what, minted.clone()));
    }
}

impl Seeding<'_> {
    /// Mints a certificate, and its issuers if it has any. `identity` is made of names (`sap_api_management/ts/soon-gone`),
    /// not of positions: key and serial number derive from the seed and it alone.
    pub fn mint(&self, what: &Generate, identity: &str, place: &Place) -> Result<Minted, Problem> {
        let issuer = match &what.issuer {
            Some(issuer) => Some(self.issuer(Generate { ca: true, ..(**issuer).clone() }, &place.member("issuer"))?),
            None => None,
        };
        let stand_in = what.stands_in_for.as_ref().map(|fingerprint| format!("stands_in_for/{fingerprint}"));
        self.mint_below(issuer, what, self.ids.rng_for(stand_in.as_deref().unwrap_or(identity)), place)
    }

    fn issuer(&self, what: Generate, place: &Place) -> Result<Minted, Problem> {
        if let Some(minted) = self.issuers.known(&what) {
            return Ok(minted);
        }
        let minted = self.mint(&what, &format!("issuer/{}", what.subject_text()), place)?;
        self.issuers.note(what, &minted);
        Ok(minted)
    }

    fn mint_below(
        &self,
        issuer: Option<Minted>,
        what: &Generate,
        mut rng: ChaCha20Rng,
        place: &Place,
    ) -> Result<Minted, Problem> {
        let refused = |error: Error| Problem::new(place.clone(), format!("cannot be generated: {error}"));
        let key = private_key(what.key.spec(), false, &mut rng).map_err(refused)?;
        let template = self.template(what, &mut rng, place)?;
        let signing_key = issuer.as_ref().map_or(&key, |issuer| &issuer.key);
        let algorithm = algorithm(what, signing_key, place)?;
        Ok(match issuer {
            None => {
                let certificate = self_signed(&template, &key, &algorithm).map_err(refused)?;
                Minted { key, certificate, issuers: Vec::new() }
            }
            Some(Minted { key: issuer_key, certificate: issuer, issuers }) => {
                let certificate = issued(&template, key.public_key(), &issuer, &issuer_key, &algorithm);
                let issuers = [vec![issuer], issuers].concat();
                Minted { key, certificate: certificate.map_err(refused)?, issuers }
            }
        })
    }

    fn template(&self, what: &Generate, rng: &mut ChaCha20Rng, place: &Place) -> Result<Template, Problem> {
        let (not_before, not_after) = self.validity(what, place)?;
        Ok(Template {
            subject: subject(what, place)?,
            serial: serial(what, rng, place)?,
            not_before,
            not_after,
            ca: what.ca,
            alternative_names: what.alternative_names.clone(),
            extended_key_usage: Vec::new(),
            comment: if what.subject.is_some() { FOR_TESTS } else { "" },
        })
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

impl Generate {
    fn subject_text(&self) -> &str {
        self.subject.as_deref().unwrap_or(&self.common_name)
    }
}

fn subject(what: &Generate, place: &Place) -> Result<DistinguishedName, Problem> {
    let (member, name) = match (&what.subject, what.common_name.as_str()) {
        (None, "") => {
            return Err(Problem::new(place.clone(), "the key \"common_name\" is missing here, or \"subject\""));
        }
        (None, name) => ("common_name", DistinguishedName::from_attributes(&[("OU", FOR_TESTS), ("CN", name)])),
        (Some(text), "") => ("subject", DistinguishedName::from_java_text(text)),
        (Some(_), _) => return Err(Problem::new(place.clone(), "expected one of common_name and subject")),
    };
    name.map_err(|error| Problem::new(place.member(member), error.to_string()))
}

fn serial(what: &Generate, rng: &mut ChaCha20Rng, place: &Place) -> Result<Vec<u8>, Problem> {
    let mut drawn = vec![0; 8];
    rng.fill_bytes(&mut drawn);
    let Some(text) = &what.serial else { return Ok(drawn) };
    serial_number(text).ok_or_else(|| {
        let message = format!("\"{text}\" is no positive number of at most 20 bytes in hexadecimal like 33AF1");
        Problem::new(place.member("serial"), message)
    })
}

/// The bytes of a serial number in hexadecimal; `None` if it is none that a certificate can be made with (RFC 5280 section
/// 4.1.2.2).
pub fn serial_number(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x").unwrap_or(text).trim_start_matches('0');
    let padding = if digits.len() % 2 == 1 { "0" } else { "" };
    let mut bytes = hex::decode(format!("{padding}{digits}")).ok()?;
    // A number is positive that does not begin with a bit of 1.
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    (1..=20).contains(&bytes.len()).then_some(bytes)
}

fn algorithm(what: &Generate, key: &PrivateKey, place: &Place) -> Result<SignatureAlgorithm, Problem> {
    let usual = || {
        let unsupported = || Problem::new(place.clone(), "cannot be generated: such a key cannot sign");
        SignatureAlgorithm::default_for(key.public_key()).ok_or_else(unsupported)
    };
    let Some(name) = &what.signature_algorithm else { return usual() };
    let unknown = || {
        let message = format!("there is no signature algorithm {name}: expected one like SHA256withRSA");
        Problem::new(place.member("signature_algorithm"), message)
    };
    SignatureAlgorithm::from_java_name(name).ok_or_else(unknown)
}

impl GeneratedKey {
    /// What key to make.
    pub const fn spec(self) -> KeySpec {
        match self {
            Self::Rsa1024 => KeySpec::Rsa(1024),
            Self::Rsa2048 => KeySpec::Rsa(2048),
            Self::Rsa3072 => KeySpec::Rsa(3072),
            Self::Rsa4096 => KeySpec::Rsa(4096),
            Self::Dsa1024 => KeySpec::Dsa(1024),
            Self::Dsa2048 => KeySpec::Dsa(2048),
            Self::Dsa3072 => KeySpec::Dsa(3072),
            Self::Dsa4096 => KeySpec::Dsa(4096),
            Self::EcP192 => KeySpec::Ec("secp192r1"),
            Self::EcP224 => KeySpec::Ec("secp224r1"),
            Self::EcP256 => KeySpec::Ec("secp256r1"),
            Self::EcP384 => KeySpec::Ec("secp384r1"),
            Self::EcP521 => KeySpec::Ec("secp521r1"),
            Self::EcSecp256k1 => KeySpec::Ec("secp256k1"),
            Self::Ed25519 => KeySpec::Ed25519,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effects::Ids;
    use crate::seed::NoFiles;

    const NOW: Timestamp = Timestamp::from_seconds(1_768_464_000);

    fn minted(yaml: &str, identity: &str) -> Result<Minted, Problem> {
        let seeding = Seeding { now: NOW, ids: &Ids::new(7), files: &NoFiles, issuers: Issuers::default() };
        seeding.mint(&serde_saphyr::from_str(yaml).unwrap(), identity, &Place::default())
    }

    #[test]
    fn a_chain_of_issuers_verifies_up_to_its_root() {
        let chain = minted(
            r#"{ subject: 'CN=api, O="Example, Inc.", C=DE', key: ec-p256, serial: "0x33AF1",
                 issuer: { subject: CN=Sub, key: ec-p256, issuer: { common_name: Root, key: ec-p256 } } }"#,
            "a",
        )
        .unwrap();
        assert_eq!(&**chain.certificate.subject().java_text(), r#"CN=api, O="Example, Inc.", C=DE"#);
        assert_eq!(chain.certificate.serial_hex(), "33AF1");
        let high = minted("{ common_name: a, key: ec-p256, serial: CEC4548F }", "a").unwrap();
        assert_eq!(high.certificate.serial_hex(), "CEC4548F");
        let [sub, root] = chain.issuers.as_slice() else { panic!("{:?}", chain.issuers) };
        chain.certificate.verify_issued_by(sub).unwrap();
        sub.verify_issued_by(root).unwrap();
        assert!(root.is_self_signed() && sub.is_ca() && root.is_ca() && !chain.certificate.is_ca());
        assert!(root.subject().java_text().contains(FOR_TESTS));
        let comment = |certificate: &Certificate| {
            certificate.der().windows(FOR_TESTS.len()).any(|bytes| bytes == FOR_TESTS.as_bytes())
        };
        assert!(comment(&chain.certificate) && comment(sub), "each says what it is");
    }

    #[test]
    fn issuers_of_one_name_have_one_key_and_stand_ins_are_the_same_everywhere() {
        let below = |leaf: &str| {
            minted(
                &format!("{{ common_name: {leaf}, key: ec-p256, issuer: {{ common_name: Root, key: ec-p256 }} }}"),
                leaf,
            )
        };
        let (one, other) = (below("one").unwrap(), below("other").unwrap());
        assert_ne!(one.certificate.public_key(), other.certificate.public_key());
        other.certificate.verify_issued_by(&one.issuers[0]).unwrap();
        let stand_in = "{ subject: CN=a, key: ec-p256, stands_in_for: AB }";
        assert_eq!(minted(stand_in, "here").unwrap().certificate, minted(stand_in, "there").unwrap().certificate);
    }

    #[test]
    fn an_issuer_of_many_is_minted_once() {
        let seeding = Seeding { now: NOW, ids: &Ids::new(7), files: &NoFiles, issuers: Issuers::default() };
        let below = |issuer: &str| {
            let yaml = format!("{{ common_name: a, key: ec-p256, issuer: {{ {issuer}, key: ec-p256 }} }}");
            let what = serde_saphyr::from_str(&yaml).unwrap();
            seeding.mint(&what, "a", &Place::default()).unwrap().issuers.remove(0)
        };
        let [one, same] = [below("common_name: Root"), below("common_name: Root")];
        assert!(Arc::ptr_eq(&one, &same));
        assert_ne!(below("common_name: Root, serial: 33AF1"), one);
    }

    #[test]
    fn what_cannot_be_minted_is_told_with_its_place() {
        for (yaml, place, message) in [
            ("{}", "", "missing"),
            ("{ common_name: a, subject: CN=a }", "", "one of"),
            ("{ subject: a }", "subject", "CN=api.example"),
            ("{ common_name: a, serial: xyz }", "serial", "hexadecimal"),
            ("{ common_name: a, serial: '' }", "serial", "positive"),
            ("{ common_name: a, serial: '0x00' }", "serial", "positive"),
            ("{ common_name: a, serial: FFEEDDCCBBAA99887766554433221100FFEEDDCC }", "serial", "20 bytes"),
            ("{ common_name: a, signature_algorithm: SHA0 }", "signature_algorithm", "SHA256withRSA"),
            ("{ common_name: a, issuer: { common_name: '' } }", "issuer", "missing"),
            ("{ common_name: a, signature_algorithm: SHA256withRSA, key: ec-p256 }", "", "generated"),
        ] {
            let problem = minted(yaml, "a").unwrap_err();
            assert_eq!(problem.place.to_string(), place, "{yaml}");
            assert!(problem.complaint.message.contains(message), "{yaml}: {}", problem.complaint.message);
        }
    }
}
