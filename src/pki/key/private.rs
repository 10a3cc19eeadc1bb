//! Private keys (PKCS#8, RFC 5958), and the public halves computed from them.

use std::sync::Arc;

use super::super::Error;
use super::super::asn1::{self, Element};
use super::{DSA, EC, ED25519, PublicKey, RSA, RSA_PSS, X25519, curve, dsa, dsa_parameters, ec};

/// A private key. It has no `Debug` that shows it.
#[derive(Clone)]
pub struct PrivateKey {
    pkcs8: Arc<[u8]>,
    public: PublicKey,
}

impl PartialEq for PrivateKey {
    fn eq(&self, other: &Self) -> bool {
        self.pkcs8 == other.pkcs8
    }
}

impl Eq for PrivateKey {}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey")
    }
}

impl PrivateKey {
    /// Reads a DER PrivateKeyInfo (PKCS#8, RFC 5958), not encrypted.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        let public = PublicKey::from_spki(&public_half(&Info::of(der)?)?)?;
        Ok(Self { pkcs8: der.into(), public })
    }

    /// Reads a DER RSAPrivateKey (PKCS#1).
    pub fn from_pkcs1(der: &[u8]) -> Result<Self, Error> {
        Self::from_parts(&algorithm(RSA, NULL), der)
    }

    /// Reads a DER ECPrivateKey (SEC 1), which must name its curve.
    pub fn from_sec1(der: &[u8]) -> Result<Self, Error> {
        let mut parts = asn1::only(der, asn1::SEQUENCE)?.inside();
        parts.expect(asn1::INTEGER)?;
        parts.expect(asn1::OCTET_STRING)?;
        let missing = || Error::Malformed("the EC key does not name its curve".to_owned());
        let parameters = parts.optional(CONTEXT_0)?.ok_or_else(missing)?;
        Self::from_parts(&algorithm(EC, parameters.content), der)
    }

    /// Reads a traditional DER DSA key: version, p, q, g, y, x.
    pub fn from_traditional_dsa(der: &[u8]) -> Result<Self, Error> {
        let mut numbers = asn1::only(der, asn1::SEQUENCE)?.inside();
        numbers.expect(asn1::INTEGER)?;
        let [p, q, g] =
            [numbers.expect(asn1::INTEGER)?, numbers.expect(asn1::INTEGER)?, numbers.expect(asn1::INTEGER)?];
        numbers.expect(asn1::INTEGER)?;
        let x = numbers.expect(asn1::INTEGER)?;
        let parameters = asn1::sequence(&[p.whole, q.whole, g.whole]);
        Self::from_parts(&algorithm(DSA, &parameters), x.whole)
    }

    /// An elliptic curve key from its curve's dotted OID and its secret number.
    pub fn from_ec_scalar(curve_oid: &str, scalar: &[u8]) -> Result<Self, Error> {
        let curve = named_curve(curve_oid)?;
        let point = asn1::bit_string(&ec::public_point(curve, scalar)?);
        let parts =
            [asn1::unsigned(&[1]), asn1::element(asn1::OCTET_STRING, &[scalar]), asn1::element(CONTEXT_1, &[&point])];
        let key = asn1::sequence(&parts.each_ref().map(Vec::as_slice));
        let parameters = asn1::object_identifier(&asn1::undotted(curve_oid).unwrap_or_default());
        let algorithm = algorithm(EC, &parameters);
        let public = PublicKey::from_spki(&asn1::sequence(&[&algorithm, &point]))?;
        Ok(Self { pkcs8: private_key_info(&algorithm, &key).into(), public })
    }

    /// An Ed25519 or X25519 key from its 32 bytes.
    pub(in super::super) fn from_seed(oid: &str, seed: &[u8]) -> Result<Self, Error> {
        Self::from_parts(&algorithm(oid, &[]), &asn1::element(asn1::OCTET_STRING, &[seed]))
    }

    /// From an AlgorithmIdentifier and the bytes that PKCS#8 wraps.
    pub(in super::super) fn from_parts(algorithm: &[u8], key: &[u8]) -> Result<Self, Error> {
        Self::from_pkcs8(&private_key_info(algorithm, key))
    }

    /// DER of its PrivateKeyInfo.
    pub fn pkcs8(&self) -> &Arc<[u8]> {
        &self.pkcs8
    }

    /// Its public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// What PKCS#8 wraps: RSAPrivateKey (PKCS#1), ECPrivateKey (SEC 1), an INTEGER for DSA, an OCTET STRING for Ed25519.
    pub fn inner(&self) -> &[u8] {
        Info::of(&self.pkcs8).map(|info| info.key).unwrap_or_default()
    }

    /// Numbers of an RSA key: n, e, d, p, q, and what follows.
    pub fn rsa(&self) -> Result<Vec<&[u8]>, Error> {
        rsa_numbers(self.inner())
    }

    /// The secret number of an elliptic curve or DSA key, the seed of an Ed25519 or X25519 key.
    pub fn secret(&self) -> Result<&[u8], Error> {
        let info = Info::of(&self.pkcs8)?;
        match info.oid.as_str() {
            EC => ec_scalar(info.key),
            DSA => Ok(asn1::magnitude(asn1::only(info.key, asn1::INTEGER)?.content)),
            ED25519 | X25519 => Ok(asn1::only(info.key, asn1::OCTET_STRING)?.content),
            oid => Err(Error::Unsupported(format!("the key algorithm {oid}"))),
        }
    }
}

const CONTEXT_0: u8 = 0xA0;
const CONTEXT_1: u8 = 0xA1;
/// `[1] IMPLICIT BIT STRING`: the public key in a PKCS#8 of version 2.
const PUBLIC_KEY: u8 = 0x81;
const NULL: &[u8] = &[0x05, 0x00];

/// A PrivateKeyInfo taken apart.
struct Info<'a> {
    oid: String,
    algorithm: Element<'a>,
    parameters: Option<Element<'a>>,
    key: &'a [u8],
    public: Option<&'a [u8]>,
}

impl<'a> Info<'a> {
    fn of(der: &'a [u8]) -> Result<Self, Error> {
        let mut info = asn1::only(der, asn1::SEQUENCE)?.inside();
        info.expect(asn1::INTEGER)?;
        let algorithm = info.expect(asn1::SEQUENCE)?;
        let mut parts = algorithm.inside();
        let oid = asn1::dotted(parts.expect(asn1::OBJECT_IDENTIFIER)?.content).unwrap_or_default();
        let parameters = if parts.is_empty() { None } else { Some(parts.any()?) };
        let key = info.expect(asn1::OCTET_STRING)?.content;
        info.optional(CONTEXT_0)?;
        let public = info.optional(PUBLIC_KEY)?.map(|bits| asn1::bits(&bits)).transpose()?;
        info.end()?;
        Ok(Self { oid, algorithm, parameters, key, public })
    }
}

/// DER of a PrivateKeyInfo of version 1.
fn private_key_info(algorithm: &[u8], key: &[u8]) -> Vec<u8> {
    asn1::sequence(&[&asn1::unsigned(&[]), algorithm, &asn1::element(asn1::OCTET_STRING, &[key])])
}

/// DER of an AlgorithmIdentifier.
fn algorithm(oid: &str, parameters: &[u8]) -> Vec<u8> {
    asn1::sequence(&[&asn1::object_identifier(&asn1::undotted(oid).unwrap_or_default()), parameters])
}

fn public_half(info: &Info<'_>) -> Result<Vec<u8>, Error> {
    let key = match info.oid.as_str() {
        RSA | RSA_PSS => rsa_public(info.key)?,
        DSA => dsa_public(info)?,
        EC => ec_public(info)?,
        ED25519 => ed25519_dalek::SigningKey::from_bytes(&seed(info.key)?).verifying_key().to_bytes().to_vec(),
        X25519 => x25519_public(&seed(info.key)?),
        oid => match info.public {
            Some(public) => public.to_vec(),
            None => return Err(Error::Unsupported(format!("the key algorithm {oid}"))),
        },
    };
    let algorithm = if info.oid == RSA { algorithm(RSA, NULL) } else { info.algorithm.whole.to_vec() };
    Ok(asn1::sequence(&[&algorithm, &asn1::bit_string(&key)]))
}

fn rsa_numbers(der: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let mut numbers = asn1::only(der, asn1::SEQUENCE)?.inside();
    numbers.expect(asn1::INTEGER)?;
    let numbers: Vec<_> =
        (0..8).map(|_| numbers.expect(asn1::INTEGER).map(|n| asn1::magnitude(n.content))).collect::<Result<_, _>>()?;
    Ok(numbers)
}

fn rsa_public(der: &[u8]) -> Result<Vec<u8>, Error> {
    match rsa_numbers(der)?.as_slice() {
        [n, e, ..] => Ok(asn1::sequence(&[&asn1::unsigned(n), &asn1::unsigned(e)])),
        _ => Err(Error::Malformed("the RSA key is not complete".to_owned())),
    }
}

fn dsa_public(info: &Info<'_>) -> Result<Vec<u8>, Error> {
    let missing = || Error::Malformed("the DSA key has no parameters".to_owned());
    let parameters = dsa_parameters(&info.parameters.ok_or_else(missing)?)?;
    let x = asn1::magnitude(asn1::only(info.key, asn1::INTEGER)?.content);
    Ok(asn1::unsigned(&dsa::public(parameters, x)?))
}

fn ec_scalar(der: &[u8]) -> Result<&[u8], Error> {
    let mut parts = asn1::only(der, asn1::SEQUENCE)?.inside();
    parts.expect(asn1::INTEGER)?;
    Ok(parts.expect(asn1::OCTET_STRING)?.content)
}

/// Computed where the curve is known, else the one that the key carries.
fn ec_public(info: &Info<'_>) -> Result<Vec<u8>, Error> {
    let named = info.parameters.filter(|parameters| parameters.tag == asn1::OBJECT_IDENTIFIER);
    let oid = named.and_then(|oid| asn1::dotted(oid.content)).unwrap_or_default();
    match named_curve(&oid).and_then(|curve| ec::public_point(curve, ec_scalar(info.key)?)) {
        Err(Error::Unsupported(what)) => carried_point(info.key)?.ok_or(Error::Unsupported(what)),
        point => point,
    }
}

fn carried_point(der: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let mut parts = asn1::only(der, asn1::SEQUENCE)?.inside();
    parts.expect(asn1::INTEGER)?;
    parts.expect(asn1::OCTET_STRING)?;
    parts.optional(CONTEXT_0)?;
    let Some(point) = parts.optional(CONTEXT_1)? else { return Ok(None) };
    asn1::bits(&point.inside().expect(asn1::BIT_STRING)?).map(|bits| Some(bits.to_vec()))
}

fn named_curve(oid: &str) -> Result<&'static curve::Curve, Error> {
    curve::by_oid(oid).ok_or_else(|| Error::Unsupported(format!("the elliptic curve {oid}")))
}

fn seed(der: &[u8]) -> Result<[u8; 32], Error> {
    let seed = asn1::only(der, asn1::OCTET_STRING)?.content;
    seed.try_into().map_err(|_| Error::Malformed("the key does not have 32 bytes".to_owned()))
}

fn x25519_public(seed: &[u8; 32]) -> Vec<u8> {
    x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(*seed)).to_bytes().to_vec()
}
