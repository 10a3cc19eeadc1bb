//! Several certificates in one file, in any of the formats that CAs reply in.

use std::sync::Arc;

use super::certificate::{Certificate, Unreadable};
use super::error::Error;
use super::{asn1, ber, certificate_factory, pem};

/// All certificates in the order of the file: PKCS#7 or SPC, certificates one after the other, PkiPath (ITU-T X.509); each
/// binary, in PEM, or as base64 without a frame.
pub fn certificates(file: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let found = match certificate_factory::certificates(file) {
        Err(Error::Certificate(Unreadable::NoData)) => of_base64(file)?,
        Err(_) if ber::single(file).is_ok() => path(file)?,
        read => read?,
    };
    if found.is_empty() { Err(Error::Certificate(Unreadable::EmptyInput)) } else { Ok(found) }
}

fn of_base64(file: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let text = std::str::from_utf8(file).map_err(|_| Error::Certificate(Unreadable::EmptyInput))?;
    let decoded = pem::decode(text)?;
    match certificate_factory::certificates(&decoded) {
        Err(_) if ber::single(&decoded).is_ok() => path(&decoded),
        read => read,
    }
}

/// A sequence of certificates.
fn path(file: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let certificates = ber::single(file)?.children_of(asn1::SEQUENCE)?;
    certificates.iter().map(|certificate| Certificate::from_der(certificate.encoding)).collect()
}
