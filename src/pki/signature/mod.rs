//! Signature algorithms: object identifiers, Java's names, and which key each goes with.

pub(super) mod sign;
pub(super) mod verify;

use super::asn1::{self, Element};
use super::{Error, KeyType, PublicKey};

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// RSASSA-PKCS1-v1_5
    RsaPkcs1,
    /// RSASSA-PSS with a salt of so many bytes, MGF1 on the same digest
    RsaPss(usize),
    /// DSA
    Dsa,
    /// ECDSA
    Ecdsa,
    /// Ed25519
    Ed25519,
}

/// The digest that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// A signature algorithm that can be made or checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureAlgorithm {
    name: &'static str,
    oid: &'static str,
    scheme: Scheme,
    hash: Hash,
}

const fn row(name: &'static str, oid: &'static str, scheme: Scheme, hash: Hash) -> SignatureAlgorithm {
    SignatureAlgorithm { name, oid, scheme, hash }
}

/// What can be made and checked.
const ALGORITHMS: &[SignatureAlgorithm] = &[
    row("MD5withRSA", "1.2.840.113549.1.1.4", Scheme::RsaPkcs1, Hash::Md5),
    row("SHA1withRSA", "1.2.840.113549.1.1.5", Scheme::RsaPkcs1, Hash::Sha1),
    row("SHA224withRSA", "1.2.840.113549.1.1.14", Scheme::RsaPkcs1, Hash::Sha224),
    row("SHA256withRSA", "1.2.840.113549.1.1.11", Scheme::RsaPkcs1, Hash::Sha256),
    row("SHA384withRSA", "1.2.840.113549.1.1.12", Scheme::RsaPkcs1, Hash::Sha384),
    row("SHA512withRSA", "1.2.840.113549.1.1.13", Scheme::RsaPkcs1, Hash::Sha512),
    row("RSASSA-PSS", PSS, Scheme::RsaPss(32), Hash::Sha256),
    row("SHA1withDSA", "1.2.840.10040.4.3", Scheme::Dsa, Hash::Sha1),
    row("SHA224withDSA", "2.16.840.1.101.3.4.3.1", Scheme::Dsa, Hash::Sha224),
    row("SHA256withDSA", "2.16.840.1.101.3.4.3.2", Scheme::Dsa, Hash::Sha256),
    row("SHA384withDSA", "2.16.840.1.101.3.4.3.3", Scheme::Dsa, Hash::Sha384),
    row("SHA512withDSA", "2.16.840.1.101.3.4.3.4", Scheme::Dsa, Hash::Sha512),
    row("SHA1withECDSA", "1.2.840.10045.4.1", Scheme::Ecdsa, Hash::Sha1),
    row("SHA224withECDSA", "1.2.840.10045.4.3.1", Scheme::Ecdsa, Hash::Sha224),
    row("SHA256withECDSA", "1.2.840.10045.4.3.2", Scheme::Ecdsa, Hash::Sha256),
    row("SHA384withECDSA", "1.2.840.10045.4.3.3", Scheme::Ecdsa, Hash::Sha384),
    row("SHA512withECDSA", "1.2.840.10045.4.3.4", Scheme::Ecdsa, Hash::Sha512),
    row("Ed25519", "1.3.101.112", Scheme::Ed25519, Hash::Sha512),
];

/// Further names that JDK 17 prints (`sun.security.util.KnownOIDs`); these are neither made nor checked.
const NAMES: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.2", "MD2withRSA"),
    ("1.2.840.113549.1.1.15", "SHA512/224withRSA"),
    ("1.2.840.113549.1.1.16", "SHA512/256withRSA"),
    ("1.3.14.3.2.13", "SHA1withDSA"),
    ("1.3.14.3.2.15", "SHA1withRSA"),
    ("1.3.14.3.2.27", "SHA1withDSA"),
    ("1.3.14.3.2.29", "SHA1withRSA"),
    ("1.3.101.113", "Ed448"),
    ("1.2.840.10045.4.3", "SpecifiedSHA2withECDSA"),
    ("2.16.840.1.101.3.4.3.5", "SHA3-224withDSA"),
    ("2.16.840.1.101.3.4.3.6", "SHA3-256withDSA"),
    ("2.16.840.1.101.3.4.3.7", "SHA3-384withDSA"),
    ("2.16.840.1.101.3.4.3.8", "SHA3-512withDSA"),
    ("2.16.840.1.101.3.4.3.9", "SHA3-224withECDSA"),
    ("2.16.840.1.101.3.4.3.10", "SHA3-256withECDSA"),
    ("2.16.840.1.101.3.4.3.11", "SHA3-384withECDSA"),
    ("2.16.840.1.101.3.4.3.12", "SHA3-512withECDSA"),
    ("2.16.840.1.101.3.4.3.13", "SHA3-224withRSA"),
    ("2.16.840.1.101.3.4.3.14", "SHA3-256withRSA"),
    ("2.16.840.1.101.3.4.3.15", "SHA3-384withRSA"),
    ("2.16.840.1.101.3.4.3.16", "SHA3-512withRSA"),
];

const PSS: &str = super::key::RSA_PSS;
const MGF1: &str = "1.2.840.113549.1.1.8";

/// Digests that PSS parameters name.
const HASHES: &[(&str, Hash)] = &[
    ("1.3.14.3.2.26", Hash::Sha1),
    ("2.16.840.1.101.3.4.2.4", Hash::Sha224),
    ("2.16.840.1.101.3.4.2.1", Hash::Sha256),
    ("2.16.840.1.101.3.4.2.2", Hash::Sha384),
    ("2.16.840.1.101.3.4.2.3", Hash::Sha512),
];

impl SignatureAlgorithm {
    /// By Java's name, in any case: `SHA256withRSA`, `SHA512withECDSA`, `SHA1withDSA`, `RSASSA-PSS` (SHA-256), `Ed25519`.
    pub fn from_java_name(name: &str) -> Option<Self> {
        ALGORITHMS.iter().find(|algorithm| algorithm.name.eq_ignore_ascii_case(name)).cloned()
    }

    /// From a DER AlgorithmIdentifier. `None` if such signatures can be neither made nor checked.
    pub fn from_identifier(der: &[u8]) -> Option<Self> {
        let mut parts = asn1::only(der, asn1::SEQUENCE).ok()?.inside();
        let oid = asn1::dotted(parts.expect(asn1::OBJECT_IDENTIFIER).ok()?.content)?;
        if oid == PSS {
            return pss(parts.expect(asn1::SEQUENCE).ok()?).ok();
        }
        let oid = NAMES.iter().find(|(old, _)| *old == oid).map_or(oid.as_str(), |(_, name)| {
            ALGORITHMS.iter().find(|algorithm| algorithm.name == *name).map_or("", |algorithm| algorithm.oid)
        });
        ALGORITHMS.iter().find(|algorithm| algorithm.oid == oid).cloned()
    }

    /// DER of its AlgorithmIdentifier: with NULL for RSA, parameters for PSS, none for the others (RFC 4055, RFC 5758).
    pub fn identifier(&self) -> Vec<u8> {
        let parameters = match self.scheme {
            Scheme::RsaPkcs1 => vec![0x05, 0x00],
            Scheme::RsaPss(salt) => pss_parameters(self.hash, salt),
            Scheme::Dsa | Scheme::Ecdsa | Scheme::Ed25519 => Vec::new(),
        };
        asn1::sequence(&[&oid(self.oid), &parameters])
    }

    /// Java's name.
    pub fn java_name(&self) -> &'static str {
        self.name
    }

    /// True if a key of this kind can make such signatures.
    pub fn fits(&self, key: &PublicKey) -> bool {
        match self.scheme {
            Scheme::RsaPkcs1 => key.algorithm() == "RSA",
            Scheme::RsaPss(_) => key.key_type() == KeyType::Rsa,
            Scheme::Dsa => key.key_type() == KeyType::Dsa,
            Scheme::Ecdsa => key.key_type() == KeyType::Ec,
            Scheme::Ed25519 => key.algorithm() == "Ed25519",
        }
    }

    /// The usual algorithm for a key: SHA-256 with RSA, DSA or ECDSA (SHA-384, SHA-512 on the larger curves), Ed25519.
    pub fn default_for(key: &PublicKey) -> Option<Self> {
        Self::from_java_name(match (key.key_type(), key.size()) {
            (KeyType::Rsa, _) if key.algorithm() == "RSASSA-PSS" => "RSASSA-PSS",
            (KeyType::Rsa, _) => "SHA256withRSA",
            (KeyType::Dsa, _) => "SHA256withDSA",
            (KeyType::Ec, Some(385..)) => "SHA512withECDSA",
            (KeyType::Ec, Some(257..)) => "SHA384withECDSA",
            (KeyType::Ec, _) => "SHA256withECDSA",
            (KeyType::Okp, _) if key.algorithm() == "Ed25519" => "Ed25519",
            _ => return None,
        })
    }

    fn refuse<T>(&self, key: &PublicKey) -> Result<T, Error> {
        Err(Error::Unsupported(format!("{} with a key of type {}", self.name, key.algorithm())))
    }
}

/// The name that the JDK prints for the content of an object identifier, or that identifier dotted.
pub(super) fn java_name_of(oid: &[u8]) -> String {
    let dotted = asn1::dotted(oid).unwrap_or_default();
    let known = ALGORITHMS.iter().find(|algorithm| algorithm.oid == dotted).map(|algorithm| algorithm.name);
    let name = known.or_else(|| NAMES.iter().find(|(oid, _)| *oid == dotted).map(|(_, name)| *name));
    name.map_or(dotted, str::to_owned)
}

fn oid(dotted: &str) -> Vec<u8> {
    asn1::object_identifier(&asn1::undotted(dotted).unwrap_or_default())
}

/// RSASSA-PSS-params (RFC 4055 section 3.1), whose defaults are SHA-1 and a salt of 20 bytes.
fn pss(parameters: Element<'_>) -> Result<SignatureAlgorithm, Error> {
    let mut parts = parameters.inside();
    let hash = parts.optional(0xA0)?.map_or(Ok(Hash::Sha1), |tagged| hash_of(&tagged))?;
    let mask = parts.optional(0xA1)?.map_or(Ok(Hash::Sha1), |tagged| mask_hash(&tagged))?;
    let salt = parts.optional(0xA2)?.map_or(Ok(20), |tagged| small(&tagged))?;
    if mask != hash {
        return Err(Error::Unsupported("RSASSA-PSS with two different digests".to_owned()));
    }
    Ok(row("RSASSA-PSS", PSS, Scheme::RsaPss(salt), hash))
}

fn hash_of(tagged: &Element<'_>) -> Result<Hash, Error> {
    let oid = tagged.inside().expect(asn1::SEQUENCE)?.inside().expect(asn1::OBJECT_IDENTIFIER)?;
    let dotted = asn1::dotted(oid.content).unwrap_or_default();
    let known = HASHES.iter().find(|(known, _)| *known == dotted).map(|(_, hash)| *hash);
    known.ok_or(Error::Unsupported(format!("the digest {dotted}")))
}

/// The digest of a mask generation function, which must be MGF1: its OID, then the digest's AlgorithmIdentifier.
fn mask_hash(tagged: &Element<'_>) -> Result<Hash, Error> {
    let mut parts = tagged.inside().expect(asn1::SEQUENCE)?.inside();
    let function = parts.expect(asn1::OBJECT_IDENTIFIER)?;
    if asn1::dotted(function.content).as_deref() != Some(MGF1) {
        return Err(Error::Unsupported("a mask generation function other than MGF1".to_owned()));
    }
    let rest = parts.expect(asn1::SEQUENCE)?;
    hash_of(&Element { tag: 0xA1, content: rest.whole, whole: rest.whole })
}

fn small(tagged: &Element<'_>) -> Result<usize, Error> {
    match asn1::magnitude(tagged.inside().expect(asn1::INTEGER)?.content) {
        [] => Ok(0),
        [byte] => Ok(usize::from(*byte)),
        [high, low] => Ok(usize::from(*high) << 8 | usize::from(*low)),
        _ => Err(Error::Malformed("the salt is too long".to_owned())),
    }
}

fn pss_parameters(hash: Hash, salt: usize) -> Vec<u8> {
    let dotted = HASHES.iter().find(|(_, known)| *known == hash).map_or("", |(dotted, _)| dotted);
    let hash = asn1::sequence(&[&oid(dotted), &[0x05, 0x00]]);
    let mask = asn1::sequence(&[&oid(MGF1), &hash]);
    let salt = asn1::unsigned(&salt.to_be_bytes());
    asn1::sequence(&[&asn1::element(0xA0, &[&hash]), &asn1::element(0xA1, &[&mask]), &asn1::element(0xA2, &[&salt])])
}

/// Runs `$body` with `$D` standing for the digest's type.
macro_rules! with_digest {
    ($hash:expr, $D:ident => $body:expr) => {
        match $hash {
            $crate::pki::signature::Hash::Md5 => with_digest!(@ md5::Md5, $D => $body),
            $crate::pki::signature::Hash::Sha1 => with_digest!(@ sha1::Sha1, $D => $body),
            $crate::pki::signature::Hash::Sha224 => with_digest!(@ sha2::Sha224, $D => $body),
            $crate::pki::signature::Hash::Sha256 => with_digest!(@ sha2::Sha256, $D => $body),
            $crate::pki::signature::Hash::Sha384 => with_digest!(@ sha2::Sha384, $D => $body),
            $crate::pki::signature::Hash::Sha512 => with_digest!(@ sha2::Sha512, $D => $body),
        }
    };
    (@ $type:ty, $D:ident => $body:expr) => {{
        type $D = $type;
        $body
    }};
}
use with_digest;
