//! Certificates out of files as the JDK reads them: `CertificateFactory.getInstance("X.509")` of JDK 17. The emulated
//! systems are written in Java, and where their pages show what a bad certificate answers, it is this class that speaks.
//!
//! How a file is cut into blocks: [`blocks`](super::certificate::blocks). What a block must be made of:
//! [`Certificate::from_der`]. Base64 without a frame is nothing to the JDK; where a page names it, the server decodes it
//! first ([`certificate_or_base64`]).

use std::sync::Arc;

use super::certificate::blocks::Blocks;
use super::certificate::{Certificate, Unreadable};
use super::error::Error;
use super::{asn1, pem, pkcs7};

/// `generateCertificate`: what the first block holds, whatever its label; further ones are not looked at.
pub fn certificate(file: &[u8]) -> Result<Arc<Certificate>, Error> {
    match Blocks::of(file).next().map_err(Error::Certificate)? {
        Some(block) => Certificate::from_der(&block),
        None => Err(Error::Certificate(Unreadable::EmptyInput)),
    }
}

/// `generateCertificates`: those of a PKCS#7 if the first block is one, else of all blocks, of which none may be anything
/// else. An empty file has none; one that holds no block is refused.
pub fn certificates(file: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    let mut blocks = Blocks::of(file);
    let mut found = Vec::new();
    while let Some(block) = blocks.next().map_err(Error::Certificate)? {
        match pkcs7::certificates(&block) {
            Ok(bundle) if found.is_empty() => return Ok(bundle),
            _ => found.push(Certificate::from_der(&block)?),
        }
    }
    if found.is_empty() && !file.is_empty() {
        return Err(Error::Certificate(Unreadable::NoData));
    }
    Ok(found)
}

/// The same as [`certificate`], and base64 of DER without a frame, white space anywhere.
pub fn certificate_or_base64(file: &[u8]) -> Result<Arc<Certificate>, Error> {
    match certificate(file) {
        Err(Error::Certificate(Unreadable::EmptyInput)) => from_base64(file),
        read => read,
    }
}

fn from_base64(file: &[u8]) -> Result<Arc<Certificate>, Error> {
    let text = std::str::from_utf8(file).ok();
    let decoded = text.and_then(|text| pem::decode(text).ok());
    match decoded.filter(|der| der.first() == Some(&asn1::SEQUENCE)) {
        Some(der) => Certificate::from_der(&der),
        None => Err(Error::Certificate(Unreadable::EmptyInput)),
    }
}
