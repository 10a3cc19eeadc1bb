//! PKCS#7 `SignedData` (RFC 2315; also SPC) as a bundle of certificates, in BER as well as DER.

use std::sync::Arc;

use super::asn1;
use super::ber::{self, Element};
use super::certificate::Certificate;
use super::error::Error;

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
/// 1.2.840.113549.1.7.1
const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
/// `[0]`, constructed
const CONTEXT_0: u8 = 0xA0;

/// Its certificates in the order of the file.
pub fn certificates(content_info: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let parts = ber::next(content_info)?.0.children_of(asn1::SEQUENCE)?;
    let [kind, content] = parts.as_slice() else { return Err(malformed("it is not a PKCS#7")) };
    if kind.value(asn1::OBJECT_IDENTIFIER)? != SIGNED_DATA {
        return Err(Error::Unsupported("a PKCS#7 that is not signed data".into()));
    }
    let signed = content.children_of(CONTEXT_0)?;
    let [signed] = signed.as_slice() else { return Err(malformed("the PKCS#7 has no content")) };
    signed_certificates(signed)
}

/// DER of a PKCS#7 `SignedData` that holds nothing but these certificates, in this order.
pub fn encode(certificates: &[Arc<Certificate>]) -> Vec<u8> {
    let certificates: Vec<&[u8]> = certificates.iter().map(|certificate| &certificate.der()[..]).collect();
    let nothing = asn1::element(asn1::SET, &[]);
    let content = asn1::sequence(&[&asn1::object_identifier(DATA)]);
    let certificates = asn1::element(CONTEXT_0, &certificates);
    let signed = asn1::sequence(&[&asn1::unsigned(&[1]), &nothing, &content, &certificates, &nothing]);
    asn1::sequence(&[&asn1::object_identifier(SIGNED_DATA), &asn1::element(CONTEXT_0, &[&signed])])
}

fn signed_certificates(signed: &Element<'_>) -> Result<Vec<Arc<Certificate>>, Error> {
    let parts = signed.children_of(asn1::SEQUENCE)?;
    let Some(certificates) = parts.iter().find(|part| part.tag == CONTEXT_0) else { return Ok(Vec::new()) };
    // Other choices than a certificate (PKCS#6, attribute certificates) have context tags.
    let certificates = certificates.children()?.into_iter().filter(|choice| choice.tag == asn1::SEQUENCE);
    certificates.map(|certificate| Certificate::from_der(certificate.encoding)).collect()
}

fn malformed(what: &str) -> Error {
    Error::Malformed(what.into())
}
