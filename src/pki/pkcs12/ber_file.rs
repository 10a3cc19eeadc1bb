//! PKCS#12 files in BER, as Bouncy Castle and older Windows write them.

use crate::pki::asn1::{OCTET_STRING, SEQUENCE};
use crate::pki::ber::{self, Element};
use crate::pki::{Error, asn1};

/// `[0]`, constructed
const CONTEXT_0: u8 = 0xA0;
/// `[0]`, primitive
const IMPLICIT_0: u8 = 0x80;

/// A file whose outside is DER: its inside put into DER as well, and the MAC taken off, which no longer fits.
pub(super) fn inside_in_der(file: &[u8]) -> Result<Vec<u8>, Error> {
    let file = ber::single(file)?.children_of(SEQUENCE)?;
    let [version, content, ..] = file.as_slice() else { return Err(malformed()) };
    let parts = content.children_of(SEQUENCE)?;
    let [kind, content] = parts.as_slice() else { return Err(malformed()) };
    let content = content.children_of(CONTEXT_0)?;
    let [octets] = content.as_slice() else { return Err(malformed()) };
    let inside = ber::to_der(octets.value(OCTET_STRING)?)?;
    let safes = ber::single(&inside)?.children_of(SEQUENCE)?;
    let safes = safes.iter().map(content_info).collect::<Result<Vec<_>, _>>()?.concat();
    let octets = asn1::element(OCTET_STRING, &[&asn1::sequence(&[&safes])]);
    let content = asn1::sequence(&[kind.encoding, &asn1::element(CONTEXT_0, &[&octets])]);
    Ok(asn1::sequence(&[version.encoding, &content]))
}

fn malformed() -> Error {
    Error::Malformed("the PKCS#12 file cannot be read".into())
}

/// A content info: data as it is; of encrypted data the `[0] IMPLICIT OCTET STRING`, which may be in parts, made whole.
fn content_info(info: &Element<'_>) -> Result<Vec<u8>, Error> {
    let parts = info.children_of(SEQUENCE)?;
    let [kind, content] = parts.as_slice() else { return Err(malformed()) };
    let inner = content.children_of(CONTEXT_0)?;
    let [encrypted] = inner.as_slice() else { return Err(malformed()) };
    if encrypted.tag != SEQUENCE {
        return Ok(info.encoding.to_vec());
    }
    let parts = encrypted.children()?;
    let [version, encrypted] = parts.as_slice() else { return Err(malformed()) };
    let parts = encrypted.children_of(SEQUENCE)?;
    let [data, algorithm, octets] = parts.as_slice() else { return Err(malformed()) };
    let octets = if octets.tag == CONTEXT_0 { octets_in_parts(octets)? } else { octets.content.to_vec() };
    let octets = asn1::element(IMPLICIT_0, &[&octets]);
    let encrypted = asn1::sequence(&[data.encoding, algorithm.encoding, &octets]);
    let content = asn1::element(CONTEXT_0, &[&asn1::sequence(&[version.encoding, &encrypted])]);
    Ok(asn1::sequence(&[kind.encoding, &content]))
}

fn octets_in_parts(octets: &Element<'_>) -> Result<Vec<u8>, Error> {
    let parts = octets.children()?;
    let parts = parts.iter().map(|part| part.value(OCTET_STRING)).collect::<Result<Vec<_>, _>>()?;
    Ok(parts.concat())
}
