//! JWKs from and to the keys that the rest of this module knows.

use super::parse::decode;
use super::{Jwk, Material, base64url};
use crate::pki::key::{ED25519, X25519, curve, ec};
use crate::pki::{Error, KeyType, PrivateKey, PublicKey, asn1};

/// Curves by their names in JOSE (RFC 7518 section 6.2.1.1, RFC 8812 section 3.1), the JDK's names, and bytes of a
/// coordinate.
const CURVES: &[(&str, &str, usize)] = &[
    ("P-256", "secp256r1", 32),
    ("P-384", "secp384r1", 48),
    ("P-521", "secp521r1", 66),
    ("secp256k1", "secp256k1", 32),
];

/// Edwards and Montgomery curves (RFC 8037 section 2), and their object identifiers.
const OCTET_CURVES: &[(&str, &str)] = &[("Ed25519", ED25519), ("X25519", X25519)];

/// Bytes of a key on either of them.
const OCTETS: usize = 32;

/// Bits of the smallest RSA modulus that the JDK takes.
const SMALLEST_MODULUS: u32 = 512;

const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
const NULL: &[u8] = &[0x05, 0x00];
const UNCOMPRESSED: u8 = 0x04;

impl Jwk {
    /// From a public key. `Unsupported` for DSA and for curves without a JOSE name.
    pub fn from_public_key(key: &PublicKey) -> Result<Self, Error> {
        Ok(Self::new(match key.key_type() {
            KeyType::Rsa => {
                let [n, e] = key.rsa().ok_or_else(|| unsupported(key))?.map(base64url);
                Material::Rsa { n, e, d: None, p: None, q: None, dp: None, dq: None, qi: None }
            }
            KeyType::Ec => elliptic(key)?,
            KeyType::Okp => {
                let (crv, _) =
                    OCTET_CURVES.iter().find(|(crv, _)| *crv == key.algorithm()).ok_or_else(|| unsupported(key))?;
                Material::Okp { crv: (*crv).to_owned(), x: base64url(key.bits()), d: None }
            }
            KeyType::Dsa | KeyType::Other => return Err(unsupported(key)),
        }))
    }

    /// From a private key, private members included.
    pub fn from_private_key(key: &PrivateKey) -> Result<Self, Error> {
        let mut jwk = Self::from_public_key(key.public_key())?;
        match &mut jwk.material {
            Material::Rsa { d, p, q, dp, dq, qi, .. } => {
                let mut numbers = key.rsa()?.into_iter().skip(2).map(base64url);
                for member in [d, p, q, dp, dq, qi] {
                    *member = numbers.next();
                }
            }
            Material::Ec { crv, d, .. } => *d = Some(base64url(&padded(key.secret()?, coordinate_length(crv)?)?)),
            Material::Okp { d, .. } => *d = Some(base64url(key.secret()?)),
            Material::Oct { .. } => {}
        }
        Ok(jwk)
    }
}

impl Material {
    /// The public key as the rest of this module knows it. `Unsupported` for `oct` and for unknown curves.
    pub fn public_key(&self) -> Result<PublicKey, Error> {
        let (algorithm, key) = match self {
            Self::Rsa { n, e, .. } => (
                [oid(RSA_ENCRYPTION), NULL.to_vec()].concat(),
                asn1::sequence(&[&asn1::unsigned(&decode(n)?), &asn1::unsigned(&decode(e)?)]),
            ),
            Self::Ec { crv, x, y, .. } => {
                let length = coordinate_length(crv)?;
                let point = [vec![UNCOMPRESSED], padded(&decode(x)?, length)?, padded(&decode(y)?, length)?].concat();
                ([oid(EC_PUBLIC_KEY), oid(curve_oid(crv)?)].concat(), point)
            }
            Self::Okp { crv, x, .. } => (oid(octet_curve_oid(crv)?), decode(x)?),
            Self::Oct { .. } => return Err(Error::Unsupported("a public key of type oct".into())),
        };
        PublicKey::from_spki(&asn1::sequence(&[&asn1::sequence(&[&algorithm]), &asn1::bit_string(&key)]))
    }

    /// The private key as the rest of this module knows it; `None` if it is a public one or a secret. `Unsupported` for
    /// an RSA key without its primes (RFC 7518 section 6.3.2 allows that).
    pub fn private_key(&self) -> Result<Option<PrivateKey>, Error> {
        match self {
            Self::Rsa { d: Some(_), .. } => self.rsa_private_key().map(Some),
            Self::Ec { crv, d: Some(d), .. } => PrivateKey::from_ec_scalar(curve_oid(crv)?, &decode(d)?).map(Some),
            Self::Okp { crv, d: Some(d), .. } => PrivateKey::from_seed(octet_curve_oid(crv)?, &decode(d)?).map(Some),
            _ => Ok(None),
        }
    }

    /// Checks that the public members are a key: on a known curve, as long as its numbers are, and a point of it.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Rsa { n, .. } if asn1::bit_length(&decode(n)?) < SMALLEST_MODULUS => {
                Err(Error::Malformed(format!("\"n\" of the key has less than {SMALLEST_MODULUS} bits")))
            }
            Self::Ec { crv, x, y, .. } => {
                let length = coordinate_length(crv)?;
                let [x, y] = [exactly("x", x, length)?, exactly("y", y, length)?];
                let curve = curve::by_oid(curve_oid(crv)?).ok_or_else(|| unknown_curve(crv))?;
                ec::check_point(curve, &[vec![UNCOMPRESSED], x, y].concat())
            }
            Self::Okp { crv, x, d } => {
                octet_curve_oid(crv)?;
                exactly("x", x, OCTETS)?;
                d.as_ref().map_or(Ok(()), |d| exactly("d", d, OCTETS).map(|_| ()))
            }
            Self::Rsa { .. } | Self::Oct { .. } => Ok(()),
        }
    }

    fn rsa_private_key(&self) -> Result<PrivateKey, Error> {
        let members = self.members();
        if members.len() < 8 {
            return Err(Error::Unsupported("an RSA key without its primes".into()));
        }
        let mut numbers = vec![asn1::unsigned(&[])];
        for (_, member) in members {
            numbers.push(asn1::unsigned(&decode(member)?));
        }
        let numbers: Vec<&[u8]> = numbers.iter().map(Vec::as_slice).collect();
        PrivateKey::from_pkcs1(&asn1::sequence(&numbers))
    }
}

fn unsupported(key: &PublicKey) -> Error {
    Error::Unsupported(format!("a JWK from a key {}", key.curve().unwrap_or(key.algorithm())))
}

fn elliptic(key: &PublicKey) -> Result<Material, Error> {
    let named = CURVES.iter().find(|(_, name, _)| Some(*name) == key.curve());
    let (crv, _, length) = named.ok_or_else(|| unsupported(key))?;
    let point = key.bits().strip_prefix(&[UNCOMPRESSED]).and_then(|point| point.split_at_checked(*length));
    let (x, y) = point.filter(|(_, y)| y.len() == *length).ok_or_else(|| unsupported(key))?;
    Ok(Material::Ec { crv: (*crv).to_owned(), x: base64url(x), y: base64url(y), d: None })
}

fn coordinate_length(crv: &str) -> Result<usize, Error> {
    let named = CURVES.iter().find(|(name, _, _)| *name == crv);
    named.map(|(_, _, length)| *length).ok_or_else(|| unknown_curve(crv))
}

fn curve_oid(crv: &str) -> Result<&'static str, Error> {
    let named = CURVES.iter().find(|(name, _, _)| *name == crv);
    named.and_then(|(_, name, _)| curve::by_name(name)).map(|curve| curve.oid).ok_or_else(|| unknown_curve(crv))
}

fn octet_curve_oid(crv: &str) -> Result<&'static str, Error> {
    OCTET_CURVES.iter().find(|(name, _)| *name == crv).map(|(_, oid)| *oid).ok_or_else(|| unknown_curve(crv))
}

fn unknown_curve(crv: &str) -> Error {
    Error::Unsupported(format!("the curve {crv}"))
}

fn oid(dotted: &str) -> Vec<u8> {
    asn1::object_identifier(&asn1::undotted(dotted).unwrap_or_default())
}

/// The bytes of a member that has so many.
fn exactly(name: &str, member: &str, length: usize) -> Result<Vec<u8>, Error> {
    let bytes = decode(member)?;
    if bytes.len() == length {
        return Ok(bytes);
    }
    Err(Error::Malformed(format!("\"{name}\" of the key has {} bytes instead of {length}", bytes.len())))
}

/// A number in as many bytes as its curve has it.
fn padded(number: &[u8], length: usize) -> Result<Vec<u8>, Error> {
    let digits = asn1::magnitude(number);
    let zeros = length.checked_sub(digits.len()).ok_or_else(|| Error::Malformed("a coordinate is too long".into()))?;
    Ok([&vec![0; zeros], digits].concat())
}
