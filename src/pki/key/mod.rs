//! Keys: public ones with their facts (SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7), and [`private`] ones.

mod ciphered;
pub(super) mod curve;
pub(super) mod dsa;
pub(super) mod ec;
mod pem_file;
mod private;

use std::borrow::Cow;
use std::sync::Arc;

use super::Error;
use super::asn1::{self, Element};
pub use curve::Curve;
pub use private::PrivateKey;

/// rsaEncryption
pub(super) const RSA: &str = "1.2.840.113549.1.1.1";
/// id-RSASSA-PSS
pub(super) const RSA_PSS: &str = "1.2.840.113549.1.1.10";
/// id-dsa
pub(super) const DSA: &str = "1.2.840.10040.4.1";
/// id-ecPublicKey
pub(super) const EC: &str = "1.2.840.10045.2.1";
/// id-X25519
pub(super) const X25519: &str = "1.3.101.110";
/// id-X448
pub(super) const X448: &str = "1.3.101.111";
/// id-Ed25519
pub(super) const ED25519: &str = "1.3.101.112";
/// id-Ed448
pub(super) const ED448: &str = "1.3.101.113";

/// The largest RSA modulus and DSA prime that are worked with; the JDK has the same limit for RSA.
pub(super) const LARGEST: u32 = 16384;

/// Families of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// RSA
    Rsa,
    /// DSA
    Dsa,
    /// Elliptic curve over a prime or binary field.
    Ec,
    /// Edwards or Montgomery curve: Ed25519, X25519, Ed448, X448.
    Okp,
    /// Any other.
    Other,
}

/// A public key with its algorithm (SubjectPublicKeyInfo). Two are equal if their bytes are.
#[derive(Debug, Clone)]
pub struct PublicKey {
    spki: Arc<[u8]>,
    key_type: KeyType,
    algorithm: Cow<'static, str>,
    size: Option<u32>,
    curve: Option<NamedCurve>,
}

#[derive(Debug, Clone)]
enum NamedCurve {
    Known(&'static Curve),
    Unknown(String),
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.spki == other.spki
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    /// Reads a DER SubjectPublicKeyInfo.
    pub fn from_spki(der: &[u8]) -> Result<Self, Error> {
        let parts = Parts::of(der)?;
        let (key_type, algorithm) = family(&parts.oid);
        let mut key = Self { spki: der.into(), key_type, algorithm, size: None, curve: None };
        match key_type {
            KeyType::Rsa => key.size = Some(asn1::bit_length(parts.rsa()?[0])),
            KeyType::Dsa => key.size = parts.dsa_parameters().ok().map(|[p, _, _]| asn1::bit_length(p)),
            KeyType::Ec => (key.curve, key.size) = parts.curve(),
            KeyType::Okp => key.size = Some(if [X448, ED448].contains(&parts.oid.as_str()) { 448 } else { 255 }),
            KeyType::Other => {}
        }
        Ok(key)
    }

    /// DER of its SubjectPublicKeyInfo.
    pub fn spki(&self) -> &Arc<[u8]> {
        &self.spki
    }

    /// Family.
    pub fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// JCA name of the family: `RSA`, `DSA`, `EC`, `Ed25519`, …; the dotted OID if there is none.
    pub fn algorithm(&self) -> &str {
        &self.algorithm
    }

    /// Bits: of the modulus, of `p`, or of the field. `None` if unknown.
    pub fn size(&self) -> Option<u32> {
        self.size
    }

    /// Short name of the curve, `secp256r1`; `None` if it is not an EC key. An unknown curve: its dotted OID.
    pub fn curve(&self) -> Option<&str> {
        self.curve.as_ref().map(|curve| match curve {
            NamedCurve::Known(curve) => curve.name,
            NamedCurve::Unknown(oid) => oid,
        })
    }

    /// The curve as the JDK prints it: `secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)`.
    pub fn curve_jdk(&self) -> Option<&str> {
        self.curve.as_ref().map(|curve| match curve {
            NamedCurve::Known(curve) => curve.jdk,
            NamedCurve::Unknown(oid) => oid,
        })
    }

    /// Modulus and exponent, big endian without leading zeros; `None` if it is not an RSA key.
    pub fn rsa(&self) -> Option<[&[u8]; 2]> {
        (self.key_type == KeyType::Rsa).then(|| Parts::of(&self.spki).and_then(|parts| parts.rsa()).ok())?
    }

    /// `p`, `q`, `g` and `y`, big endian without leading zeros; `None` if it is not a DSA key.
    pub fn dsa(&self) -> Option<[&[u8]; 4]> {
        (self.key_type == KeyType::Dsa).then(|| Parts::of(&self.spki).and_then(|parts| parts.dsa()).ok())?
    }

    /// The bits of the key itself: an encoded point, or the 32 or 56 bytes of an Edwards or Montgomery key.
    pub fn bits(&self) -> &[u8] {
        Parts::of(&self.spki).map(|parts| parts.key).unwrap_or_default()
    }
}

/// A SubjectPublicKeyInfo taken apart.
struct Parts<'a> {
    oid: String,
    parameters: Option<Element<'a>>,
    key: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(der: &'a [u8]) -> Result<Self, Error> {
        let mut info = asn1::only(der, asn1::SEQUENCE)?.inside();
        let mut algorithm = info.expect(asn1::SEQUENCE)?.inside();
        let oid = algorithm.expect(asn1::OBJECT_IDENTIFIER)?;
        let oid = asn1::dotted(oid.content)
            .ok_or_else(|| Error::Malformed("the key's algorithm is not an object identifier".to_owned()))?;
        let parameters = if algorithm.is_empty() { None } else { Some(algorithm.any()?) };
        let key = asn1::bits(&info.expect(asn1::BIT_STRING)?)?;
        info.end()?;
        Ok(Self { oid, parameters, key })
    }

    fn rsa(&self) -> Result<[&'a [u8]; 2], Error> {
        let mut numbers = asn1::only(self.key, asn1::SEQUENCE)?.inside();
        Ok([numbers.expect(asn1::INTEGER)?, numbers.expect(asn1::INTEGER)?].map(|n| asn1::magnitude(n.content)))
    }

    fn dsa_parameters(&self) -> Result<[&'a [u8]; 3], Error> {
        let missing = || Error::Malformed("the DSA key has no parameters".to_owned());
        dsa_parameters(&self.parameters.ok_or_else(missing)?)
    }

    fn dsa(&self) -> Result<[&'a [u8]; 4], Error> {
        let [p, q, g] = self.dsa_parameters()?;
        Ok([p, q, g, asn1::magnitude(asn1::only(self.key, asn1::INTEGER)?.content)])
    }

    /// The curve and its size; of explicit parameters only the size, if the field is a prime one.
    fn curve(&self) -> (Option<NamedCurve>, Option<u32>) {
        let Some(parameters) = self.parameters else { return (None, None) };
        if parameters.tag != asn1::OBJECT_IDENTIFIER {
            return (None, prime_field_bits(&parameters).ok());
        }
        let oid = asn1::dotted(parameters.content).unwrap_or_default();
        match curve::by_oid(&oid) {
            Some(known) => (Some(NamedCurve::Known(known)), Some(known.bits)),
            None => (Some(NamedCurve::Unknown(oid)), None),
        }
    }
}

/// `p`, `q` and `g` of a Dss-Parms.
fn dsa_parameters<'a>(parameters: &Element<'a>) -> Result<[&'a [u8]; 3], Error> {
    let mut numbers = asn1::only(parameters.whole, asn1::SEQUENCE)?.inside();
    let numbers = [numbers.expect(asn1::INTEGER)?, numbers.expect(asn1::INTEGER)?, numbers.expect(asn1::INTEGER)?];
    Ok(numbers.map(|number| asn1::magnitude(number.content)))
}

/// Bits of the prime of an ECParameters (X9.62): version, then the field: its type and the prime.
fn prime_field_bits(parameters: &Element<'_>) -> Result<u32, Error> {
    let mut parameters = asn1::only(parameters.whole, asn1::SEQUENCE)?.inside();
    parameters.expect(asn1::INTEGER)?;
    let mut field = parameters.expect(asn1::SEQUENCE)?.inside();
    field.expect(asn1::OBJECT_IDENTIFIER)?;
    Ok(asn1::bit_length(field.expect(asn1::INTEGER)?.content))
}

fn family(oid: &str) -> (KeyType, Cow<'static, str>) {
    let (key_type, name) = match oid {
        RSA => (KeyType::Rsa, "RSA"),
        RSA_PSS => (KeyType::Rsa, "RSASSA-PSS"),
        DSA => (KeyType::Dsa, "DSA"),
        EC => (KeyType::Ec, "EC"),
        X25519 => (KeyType::Okp, "X25519"),
        X448 => (KeyType::Okp, "X448"),
        ED25519 => (KeyType::Okp, "Ed25519"),
        ED448 => (KeyType::Okp, "Ed448"),
        _ => return (KeyType::Other, Cow::Owned(oid.to_owned())),
    };
    (key_type, Cow::Borrowed(name))
}
