//! Which public keys the JDK's key factories refuse, and with them the certificate. Of algorithms that it does not know it
//! takes any bits.

use super::fields::{Algorithm, bits, next};
use super::unreadable::{KeyFault, Structure, Unreadable};
use crate::pki::asn1::{self, Element, Reader};
use crate::pki::ber;
use crate::pki::key::{self, curve};

/// Bits of an RSA modulus.
const RSA_SIZES: std::ops::RangeInclusive<u32> = 512..=16384;
/// Larger moduli have a bound for their exponents.
const FREE_EXPONENT: u32 = 3072;
const LONGEST_EXPONENT: u32 = 64;

impl From<KeyFault> for Unreadable {
    fn from(fault: KeyFault) -> Self {
        Self::Key(fault)
    }
}

/// The key with its algorithm, encoded anew if Java would take it.
pub(super) fn checked(field: &Element<'_>) -> Result<Vec<u8>, Unreadable> {
    if field.tag != asn1::SEQUENCE {
        return Err(Structure::SubjectKey.into());
    }
    let mut parts = field.inside();
    let identifier = next(&mut parts)?;
    let algorithm = Algorithm::of(&identifier)?;
    let key = bits(&next(&mut parts)?, asn1::BIT_STRING)?;
    if !parts.is_empty() {
        return Err(Structure::SubjectKey.into());
    }
    let key = ber::without_indefinite_lengths(key);
    check(&algorithm, &key)?;
    Ok(asn1::sequence(&[identifier.whole, &asn1::bit_string(&key)]))
}

fn check(algorithm: &Algorithm<'_>, key: &[u8]) -> Result<(), Unreadable> {
    match asn1::dotted(algorithm.oid).as_deref() {
        Some(key::RSA | key::RSA_PSS) => rsa(key),
        Some(key::DSA) => dsa(algorithm, key),
        Some(key::EC) => elliptic_curve(algorithm, key),
        Some(key::ED25519 | key::X25519) => length(key, 32),
        Some(key::ED448) => length(key, 57),
        Some(key::X448) => length(key, 56),
        _ => Ok(()),
    }
}

fn rsa(key: &[u8]) -> Result<(), Unreadable> {
    let [modulus, exponent] = rsa_numbers(key).ok_or(KeyFault::Rsa)?;
    let [size, exponent_size] = [modulus, exponent].map(asn1::bit_length);
    if size.next_multiple_of(8) < *RSA_SIZES.start() {
        return Err(KeyFault::RsaTooShort.into());
    }
    if size > *RSA_SIZES.end() {
        return Err(KeyFault::RsaTooLong.into());
    }
    if size > FREE_EXPONENT && exponent_size > LONGEST_EXPONENT {
        return Err(KeyFault::ExponentTooLong.into());
    }
    if (exponent_size, exponent) >= (size, modulus) {
        return Err(KeyFault::ExponentAboveModulus.into());
    }
    if matches!(exponent, [] | [0..3]) { Err(KeyFault::ExponentTooSmall.into()) } else { Ok(()) }
}

/// Two numbers, which the JDK takes to be positive.
fn rsa_numbers(key: &[u8]) -> Option<[&[u8]; 2]> {
    let mut numbers = asn1::only(key, asn1::SEQUENCE).ok()?.inside();
    let found = [numbers.expect(asn1::INTEGER).ok()?.content, numbers.expect(asn1::INTEGER).ok()?.content];
    let whole = numbers.is_empty() && found.iter().all(|number| !number.is_empty());
    whole.then_some(found.map(asn1::magnitude))
}

/// A number; three as parameters, which may be missing.
fn dsa(algorithm: &Algorithm<'_>, key: &[u8]) -> Result<(), Unreadable> {
    let number =
        |numbers: &mut Reader<'_>| numbers.expect(asn1::INTEGER).is_ok_and(|number| !number.content.is_empty());
    let parameters = algorithm.parameters.is_none_or(|parameters| {
        asn1::only(parameters, asn1::SEQUENCE).is_ok_and(|parameters| {
            let mut numbers = parameters.inside();
            (0..3).all(|_| number(&mut numbers)) && numbers.is_empty()
        })
    });
    if parameters && number(&mut Reader(key)) { Ok(()) } else { Err(KeyFault::Dsa.into()) }
}

/// An uncompressed point as long as the curve asks for, be it on the curve or not.
fn elliptic_curve(algorithm: &Algorithm<'_>, key: &[u8]) -> Result<(), Unreadable> {
    let parameters = algorithm.parameters.ok_or(KeyFault::CurveMissing)?;
    let name = asn1::only(parameters, asn1::OBJECT_IDENTIFIER).ok().and_then(|name| asn1::dotted(name.content));
    let curve = name.and_then(|name| curve::by_oid(&name)).ok_or(Structure::CurveUnnamed)?;
    match key {
        [4, coordinates @ ..] if u32::try_from(coordinates.len() / 2) == Ok(curve.bits.div_ceil(8)) => Ok(()),
        _ => Err(KeyFault::Point.into()),
    }
}

fn length(key: &[u8], length: usize) -> Result<(), Unreadable> {
    if key.len() == length { Ok(()) } else { Err(KeyFault::Length(length).into()) }
}
