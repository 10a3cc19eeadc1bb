//! Bags of safe contents (RFC 7292 section 4.2), with those of their attributes that the JDK heeds.

use std::sync::Arc;

use crate::pki::asn1::{self, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET};
use crate::pki::ber::{self, Element};
use crate::pki::certificate::Certificate;
use crate::pki::certificate_factory;
use crate::pki::error::Error;

/// `[0]`, constructed
const CONTEXT_0: u8 = 0xA0;
/// BMPString
const BMP_STRING: u8 = 0x1E;

/// A bag.
pub(super) struct Bag {
    /// What is in it.
    pub(super) content: Content,
    /// `friendlyName`
    pub(super) name: Option<String>,
    /// `localKeyId`
    pub(super) key_id: Option<Vec<u8>>,
    /// The JDK's own attribute `trustedKeyUsage`: without it a certificate is no entry.
    pub(super) trusted: bool,
}

/// What a bag holds.
pub(super) enum Content {
    /// An encrypted private key, an EncryptedPrivateKeyInfo in DER.
    Key(Vec<u8>),
    /// A certificate.
    Certificate(Arc<Certificate>),
    /// A secret, which may be a key.
    Secret,
    /// Anything else: the JDK passes over keys that are not encrypted, revocation lists and safe contents in safe contents.
    Other,
}

/// The bags of some safe contents.
pub(super) fn read(contents: &[u8]) -> Result<Vec<Bag>, Error> {
    ber::next(contents)?.0.children_of(SEQUENCE)?.iter().map(bag).collect()
}

fn malformed() -> Error {
    Error::Malformed("a bag of the PKCS#12 file is not made as one is".into())
}

fn bag(bag: &Element<'_>) -> Result<Bag, Error> {
    let parts = bag.children_of(SEQUENCE)?;
    let [kind, value, attributes @ ..] = parts.as_slice() else { return Err(malformed()) };
    let value = value.children_of(CONTEXT_0)?.first().copied().ok_or_else(malformed)?;
    let content = match asn1::dotted(kind.value(OBJECT_IDENTIFIER)?).as_deref() {
        Some("1.2.840.113549.1.12.10.1.2") => Content::Key(ber::to_der(value.encoding)?),
        Some("1.2.840.113549.1.12.10.1.3") => Content::Certificate(certificate(&value)?),
        Some("1.2.840.113549.1.12.10.1.5") => Content::Secret,
        _ => Content::Other,
    };
    let mut bag = Bag { content, name: None, key_id: None, trusted: false };
    if let Some(attributes) = attributes.first().filter(|attributes| attributes.tag == SET) {
        attributes.children()?.iter().try_for_each(|attribute| bag.take(attribute))?;
    }
    Ok(bag)
}

fn certificate(value: &Element<'_>) -> Result<Arc<Certificate>, Error> {
    let parts = value.children_of(SEQUENCE)?;
    let [_kind, value] = parts.as_slice() else { return Err(malformed()) };
    let value = value.children_of(CONTEXT_0)?.first().copied().ok_or_else(malformed)?;
    certificate_factory::certificate(&value.octets(OCTET_STRING)?)
}

impl Bag {
    /// The first value of an attribute counts.
    fn take(&mut self, attribute: &Element<'_>) -> Result<(), Error> {
        let parts = attribute.children_of(SEQUENCE)?;
        let [kind, values] = parts.as_slice() else { return Err(malformed()) };
        let values = values.children_of(SET)?;
        let first = || values.first().ok_or_else(malformed);
        match asn1::dotted(kind.value(OBJECT_IDENTIFIER)?).as_deref() {
            Some("1.2.840.113549.1.9.20") => self.name = Some(utf16(first()?.value(BMP_STRING)?)),
            Some("1.2.840.113549.1.9.21") => self.key_id = Some(first()?.octets(OCTET_STRING)?),
            Some("2.16.840.1.113894.746875.1.1") => self.trusted = true,
            _ => {}
        }
        Ok(())
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|unit| unit.iter().fold(0, |sum, &byte| sum << 8 | u16::from(byte))).collect();
    String::from_utf16_lossy(&units)
}
