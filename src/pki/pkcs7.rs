//! Bundles of certificates: PKCS#7 `SignedData` (RFC 2315; also SPC), in BER as well as DER, and PkiPath (ITU-T X.509).

use std::sync::Arc;

use super::ber::{self, Element};
use super::{Certificate, Error, asn1, pem};

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
/// 1.2.840.113549.1.7.1
const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
/// `[0]`, constructed
const CONTEXT_0: u8 = 0xA0;

/// All certificates of a bundle in the order of the file: PKCS#7 or SPC (DER or BER), PkiPath, a single certificate; each
/// binary, in PEM (labels `PKCS7`, `CMS`, `CERTIFICATE`, several blocks), or as base64 without armour.
pub fn certificates(bytes: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let found = if bytes.first() == Some(&asn1::SEQUENCE) && ber::next(bytes).is_ok() {
        of_binary(bytes)?
    } else {
        of_text(bytes)?
    };
    if found.is_empty() { Err(malformed("there is no certificate in it")) } else { Ok(found) }
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

fn malformed(what: &str) -> Error {
    Error::Malformed(what.into())
}

fn of_text(bytes: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is neither DER nor text"))?;
    if !text.contains("-----BEGIN ") {
        return of_binary(&pem::decode(text.trim_start_matches('\u{FEFF}'))?);
    }
    let blocks = pem::blocks(text)?.into_iter().filter(|block| holds_certificates(&block.label));
    Ok(blocks.map(|block| of_binary(&block.bytes)).collect::<Result<Vec<_>, _>>()?.concat())
}

fn holds_certificates(label: &str) -> bool {
    matches!(label, "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" | "CERTIFICATE" | "X509 CERTIFICATE")
}

/// Structures one after the other, as Java reads them; white space may follow.
fn of_binary(bytes: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while !rest.trim_ascii_start().is_empty() {
        let (element, after) = ber::next(rest)?;
        found.extend(of_element(&element)?);
        rest = after;
    }
    Ok(found)
}

/// A content info begins with an object identifier, a certificate ends with a bit string, a path is made of certificates.
fn of_element(element: &Element<'_>) -> Result<Vec<Arc<Certificate>>, Error> {
    let parts = element.children_of(asn1::SEQUENCE)?;
    match parts.as_slice() {
        [kind, content] if kind.tag == asn1::OBJECT_IDENTIFIER => of_content_info(kind, content),
        [_, _, signature] if signature.tag == asn1::BIT_STRING => Ok(vec![Certificate::from_der(element.encoding)?]),
        path => path.iter().map(|certificate| Certificate::from_der(certificate.encoding)).collect(),
    }
}

fn of_content_info(kind: &Element<'_>, content: &Element<'_>) -> Result<Vec<Arc<Certificate>>, Error> {
    if kind.content != SIGNED_DATA {
        return Err(Error::Unsupported("a PKCS#7 that is not signed data".into()));
    }
    let signed = content.children_of(CONTEXT_0)?;
    let [signed] = signed.as_slice() else { return Err(malformed("the PKCS#7 has no content")) };
    let parts = signed.children_of(asn1::SEQUENCE)?;
    let Some(certificates) = parts.iter().find(|part| part.tag == CONTEXT_0) else { return Ok(Vec::new()) };
    // Other choices than a certificate (PKCS#6, attribute certificates) have context tags.
    let certificates = certificates.children()?.into_iter().filter(|choice| choice.tag == asn1::SEQUENCE);
    certificates.map(|certificate| Certificate::from_der(certificate.encoding)).collect()
}
