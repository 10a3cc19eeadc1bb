//! Entries in the formats that they are exported in. Private keys never leave.

use super::error::Error;
use super::state::{Content, Entry};
use crate::odata::Media;
use crate::pki::{KeyType, PrivateKey, SignatureAlgorithm, csr, pem, pkcs7, ssh};

/// The certificate in PEM; with `root` of a key pair the last of its chain. A certificate entry has no chain: the option
/// is ignored.
pub fn certificate(entry: &Entry, root: bool) -> Media {
    let last = entry.content.issuers().last().filter(|_| root);
    let certificate = last.unwrap_or_else(|| entry.content.certificate());
    Media { media_type: "application/pkix-cert", body: certificate.pem().into() }
}

/// The certificate and its issuers as PKCS#7 in PEM.
pub fn chain(entry: &Entry) -> Media {
    let certificates: Vec<_> = entry.content.chain().cloned().collect();
    let body = pem::encode("PKCS7", &pkcs7::encode(&certificates)).into();
    Media { media_type: "application/pkcs7-mime", body }
}

/// The public key as a line for OpenSSH; RSA and DSA only, though OpenSSH has others.
pub fn ssh_key(entry: &Entry) -> Result<Media, Error> {
    let key = entry.content.certificate().public_key();
    let unsupported = || Error::SshUnsupported { key_type: key.algorithm().to_owned() };
    if !matches!(key.key_type(), KeyType::Rsa | KeyType::Dsa) {
        return Err(unsupported());
    }
    let comment = format!("public key for alias {}", entry.alias);
    let line = ssh::public_line(key, &comment).map_err(|_| unsupported())?;
    Ok(Media { media_type: "text/plain;charset=utf-8", body: line.into() })
}

/// A signing request for the key pair's subject in PEM, made anew for each read.
pub fn signing_request(entry: &Entry) -> Result<Media, Error> {
    let Content::KeyPair { key, certificate, replied, .. } = &entry.content else {
        return Err(Error::NotAKeyPair { alias: entry.alias.to_string() });
    };
    let refused = |reason: String| Error::CannotSign { reason };
    let algorithm = request_algorithm(key, *replied).ok_or_else(|| refused("the key cannot sign".to_owned()))?;
    let request = csr::create(key, certificate.subject(), &algorithm).map_err(|error| refused(error.to_string()))?;
    Ok(Media { media_type: "application/pkcs10", body: pem::encode("CERTIFICATE REQUEST", &request).into() })
}

/// SHA-512 until a CA's reply has been imported, SHA-256 from then on. Java has no SHA-512 for DSA: SHA-256.
fn request_algorithm(key: &PrivateKey, replied: bool) -> Option<SignatureAlgorithm> {
    let public = key.public_key();
    let name = match (public.key_type(), replied) {
        (KeyType::Rsa, false) => "SHA512withRSA",
        (KeyType::Rsa, true) => "SHA256withRSA",
        (KeyType::Ec, false) => "SHA512withECDSA",
        (KeyType::Ec, true) => "SHA256withECDSA",
        (KeyType::Dsa, _) => "SHA256withDSA",
        _ => return SignatureAlgorithm::default_for(public),
    };
    SignatureAlgorithm::from_java_name(name)
}
