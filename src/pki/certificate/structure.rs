//! The parts of a certificate, by the rules of the JDK's `X509CertImpl`: what that refuses is refused, what it lets pass is
//! let pass.
//!
//! Refused are an issuer without attributes; a subject without them, unless a critical subject alternative name says who it
//! is; extensions before version 3; two signature algorithms that differ; an extension that is there twice, or is critical
//! and known and has an impossible value; keys that its key factories refuse ([`public_key`](super::public_key)). Signature,
//! validity and all other extensions are not looked at.

use super::extensions::{self, Extension};
use super::fields::{Algorithm, bits, expect, next, object_identifier};
use super::unreadable::{ContentFault, Structure, Unreadable};
use super::{public_key, time};
use crate::pki::asn1::{self, Element, Reader};
use crate::pki::ber;

/// `[0]`, constructed: the version
const CONTEXT_0: u8 = 0xA0;
/// `[3]`, constructed: the extensions
const CONTEXT_3: u8 = 0xA3;

/// A certificate taken apart.
pub(super) struct Parts<'a> {
    /// 1, 2 or 3, or what else it says.
    pub(super) version: i32,
    /// Content of the serial number.
    pub(super) serial: &'a [u8],
    /// Content of the signature algorithm's object identifier.
    pub(super) signature_algorithm: &'a [u8],
    /// Encoding of the issuer's name.
    pub(super) issuer: &'a [u8],
    /// Start and end, seconds since 1970.
    pub(super) validity: [i64; 2],
    /// Encoding of the subject's name.
    pub(super) subject: &'a [u8],
    /// Encoding of the public key with its algorithm.
    pub(super) subject_key: Vec<u8>,
    /// In the order of the certificate.
    pub(super) extensions: Vec<Extension>,
}

impl<'a> Parts<'a> {
    /// Takes one element apart, all of whose lengths are definite.
    pub(super) fn of(certificate: &'a [u8]) -> Result<Self, Unreadable> {
        let mut parts = expect(&mut Reader(certificate), asn1::SEQUENCE, Structure::NotASequence)?.inside();
        let [signed, algorithm, signature] = [next(&mut parts)?, next(&mut parts)?, next(&mut parts)?];
        match parts.0.len() {
            0 => {}
            left => return Err(Structure::Overrun(left).into()),
        }
        if signed.tag != asn1::SEQUENCE {
            return Err(Structure::SignedFields.into());
        }
        let algorithm = Algorithm::of(&algorithm)?;
        bits(&signature, asn1::BIT_STRING)?;
        let (parts, inner) = signed_fields(signed.inside())?;
        if inner == algorithm { Ok(parts) } else { Err(Structure::AlgorithmsDiffer.into()) }
    }
}

/// JDK 17 loses its place behind an element of indefinite length if the one around it is of definite length and ends before
/// the certificate does: among the signed fields (the last has nothing behind it), in an algorithm, in the public key.
pub(super) fn check_places(certificate: &[u8]) -> Result<(), Unreadable> {
    let certificate = ber::single(certificate).map(|certificate| definite_children(&certificate)).unwrap_or_default();
    let [signed, algorithm, _] = certificate.as_slice() else { return Ok(()) };
    let fields = definite_children(signed);
    let after_the_version = usize::from(fields.first().is_some_and(|field| field.tag == CONTEXT_0));
    let field = |number: usize| fields.get(after_the_version + number).map(definite_children).unwrap_or_default();
    let [signature_algorithm, subject_key] = [field(1), field(5)];
    let key_algorithm = subject_key.first().map(definite_children).unwrap_or_default();
    let in_algorithms = [definite_children(algorithm), signature_algorithm, key_algorithm].concat();
    let before_the_last = fields.iter().rev().skip(1).chain(subject_key.first());
    let misplaced = before_the_last.chain(&in_algorithms).any(ber::Element::is_indefinite);
    if misplaced { Err(Unreadable::Content(ContentFault::Misplaced)) } else { Ok(()) }
}

/// The elements inside of one whose length is definite.
fn definite_children<'a>(element: &ber::Element<'a>) -> Vec<ber::Element<'a>> {
    if element.is_indefinite() { Vec::new() } else { element.children().unwrap_or_default() }
}

fn signed_fields(mut fields: Reader<'_>) -> Result<(Parts<'_>, Algorithm<'_>), Unreadable> {
    let version = version(&mut fields)?;
    let serial = expect(&mut fields, asn1::INTEGER, Structure::SerialNumber)?.content;
    if serial.is_empty() {
        return Err(Structure::SerialNumber.into());
    }
    let algorithm = Algorithm::of(&next(&mut fields)?)?;
    let issuer = name(&mut fields)?;
    if is_empty(&issuer) {
        return Err(Structure::IssuerEmpty.into());
    }
    let validity = validity(&next(&mut fields)?)?;
    let subject = name(&mut fields)?;
    let subject_key = public_key::checked(&next(&mut fields)?)?;
    let unnamed = is_empty(&subject);
    if unnamed && version == 1 {
        return Err(Structure::SubjectEmptyInVersion1.into());
    }
    let extensions = after_the_key(fields, version, unnamed)?;
    let parts = Parts {
        version,
        serial,
        signature_algorithm: algorithm.oid,
        issuer: issuer.whole,
        validity,
        subject: subject.whole,
        subject_key,
        extensions,
    };
    Ok((parts, algorithm))
}

fn version(fields: &mut Reader<'_>) -> Result<i32, Unreadable> {
    if fields.0.first() != Some(&CONTEXT_0) {
        return Ok(1);
    }
    let mut inside = next(fields)?.inside();
    let number = expect(&mut inside, asn1::INTEGER, Structure::Version)?;
    let version = asn1::signed_32(number.content).ok_or(Structure::Version)?;
    Ok(version.saturating_add(1))
}

/// A name, all of whose parts are sets of pairs.
fn name<'a>(fields: &mut Reader<'a>) -> Result<Element<'a>, Unreadable> {
    let name = expect(fields, asn1::SEQUENCE, Structure::Name)?;
    let mut parts = name.inside();
    while !parts.is_empty() {
        let mut set = expect(&mut parts, asn1::SET, Structure::Name)?.inside();
        while !set.is_empty() {
            let mut pair = expect(&mut set, asn1::SEQUENCE, Structure::Name)?.inside();
            object_identifier(&mut pair, Structure::Name)?;
            next(&mut pair)?;
            if !pair.is_empty() {
                return Err(Structure::Name.into());
            }
        }
    }
    Ok(name)
}

/// True if a name has no attributes, though it may have parts.
fn is_empty(name: &Element<'_>) -> bool {
    let mut parts = name.inside();
    std::iter::from_fn(|| parts.any().ok()).all(|part| part.content.is_empty())
}

fn validity(field: &Element<'_>) -> Result<[i64; 2], Unreadable> {
    let mut times = field.inside();
    let [start, end] = [times.any(), times.any()].map(|time| time.map_err(|_| Structure::Validity));
    let (start, end) = (start?, end?);
    if field.tag != asn1::SEQUENCE || !times.is_empty() {
        return Err(Structure::Validity.into());
    }
    let seconds = |time: &Element<'_>| time::seconds(time).ok_or(Structure::Time);
    Ok([seconds(&start)?, seconds(&end)?])
}

/// The unique identifiers, which nothing asks for, and the extensions. Only where something follows the identifiers has
/// a subject without attributes to be named by it.
fn after_the_key(mut fields: Reader<'_>, version: i32, unnamed: bool) -> Result<Vec<Extension>, Unreadable> {
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    if version == 1 {
        return Err(Structure::AfterVersion1.into());
    }
    let mut field = next(&mut fields)?;
    for number in [1, 2] {
        if field.tag & 0xDF == 0x80 | number {
            bits(&field, field.tag)?;
            if fields.is_empty() {
                return Ok(Vec::new());
            }
            field = next(&mut fields)?;
        }
    }
    if version != 3 {
        return Err(Structure::ExtensionsOfVersion2.into());
    }
    let extensions = if field.tag == CONTEXT_3 { extensions::read(field.inside())? } else { Vec::new() };
    let named = extensions::alternative_name(&extensions).is_some_and(|names| names.critical);
    match (unnamed && !named, extensions.is_empty()) {
        (false, _) => Ok(extensions),
        (true, false) => Err(Structure::AlternativeName.into()),
        (true, true) => Err(Structure::SubjectEmpty.into()),
    }
}
