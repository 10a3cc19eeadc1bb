//! What is uploaded to a store, read for real: PKCS#12 to key stores, PEM or DER to trust stores.

use std::sync::Arc;

use bytes::Bytes;

use super::StoreType;
use crate::apis::sap_api_management::error::Error;
use crate::effects::Timestamp;
use crate::pki::{self, Content, PrivateKey, certificate_factory, jks, pkcs12};

const PKCS12: &str = "a PKCS#12 file";
const PEM_OR_DER: &str = "a PEM or DER file";

/// The content of a store's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// Of a key store: a private key with its chain, end entity first; never empty.
    KeyPair {
        /// The private key.
        key: PrivateKey,
        /// Its certificate, then issuers.
        chain: Vec<Arc<pki::Certificate>>,
    },
    /// Of a trust store: certificates in the order of the file; never empty.
    Trusted {
        /// The certificates.
        certificates: Vec<Arc<pki::Certificate>>,
        /// The file as it was uploaded.
        content: Bytes,
    },
}

impl Material {
    /// Reads an upload for a store of the given type.
    ///
    /// # Errors
    /// It is of another format, cannot be read, the password is wrong, or a part is missing.
    pub fn read(content: Bytes, password: Option<&str>, store_type: StoreType) -> Result<Self, Error> {
        if content.is_empty() {
            return Err(Error::ContentMissing);
        }
        match store_type {
            StoreType::KeyStore => key_pair(&content, password),
            StoreType::TrustStore => trusted(content),
        }
    }

    /// All its certificates, the one that it is about first.
    pub fn certificates(&self) -> &[Arc<pki::Certificate>] {
        match self {
            Self::KeyPair { chain, .. } => chain,
            Self::Trusted { certificates, .. } => certificates,
        }
    }

    /// The certificate that it is about.
    pub fn leaf(&self) -> Option<&Arc<pki::Certificate>> {
        self.certificates().first()
    }

    /// Refuses it if one of its certificates has expired.
    ///
    /// # Errors
    /// One has.
    pub fn check_not_expired(&self, now: Timestamp) -> Result<(), Error> {
        let mut ends = self.certificates().iter().map(|certificate| Timestamp::from_seconds(certificate.not_after()));
        match ends.find(|end| *end < now) {
            Some(end) => Err(Error::CertificateExpired { at: end.iso_seconds() }),
            None => Ok(()),
        }
    }
}

fn key_pair(content: &[u8], password: Option<&str>) -> Result<Material, Error> {
    check_format(content, PKCS12)?;
    let entries = pkcs12::read(content, Some(password.unwrap_or_default())).map_err(unreadable)?;
    let mut pairs = entries.into_iter().filter_map(|entry| match entry.content {
        Content::KeyPair { key, chain } if !chain.is_empty() => Some(Ok(Material::KeyPair { key, chain })),
        Content::LockedKey { reason, .. } => Some(Err(unreadable(reason))),
        _ => None,
    });
    pairs.next().unwrap_or(Err(Error::KeyPairIncomplete))
}

fn trusted(content: Bytes) -> Result<Material, Error> {
    if pkcs12::detect(&content) {
        return Err(Error::FormatRefused { format: "PKCS#12", expected: PEM_OR_DER });
    }
    check_format(&content, PEM_OR_DER)?;
    let certificates = certificate_factory::certificates(&content).map_err(unreadable)?;
    if certificates.is_empty() {
        return Err(Error::ContentUnreadable { reason: "it holds no certificate".to_owned() });
    }
    Ok(Material::Trusted { certificates, content })
}

/// Java keystores, and PEM where a key store is meant, are recognised only to be refused by name.
fn check_format(content: &[u8], expected: &'static str) -> Result<(), Error> {
    let format = match jks::detect(content) {
        Some(jks::Format::Jks) => "JKS",
        Some(jks::Format::Jceks) => "JCEKS",
        None if expected == PKCS12 && content.starts_with(b"-----BEGIN ") => "PEM",
        None => return Ok(()),
    };
    Err(Error::FormatRefused { format, expected })
}

fn unreadable(error: pki::Error) -> Error {
    match error {
        pki::Error::WrongPassword | pki::Error::PasswordRequired => Error::PasswordWrong,
        other => Error::ContentUnreadable { reason: other.to_string() },
    }
}
