//! X.509 certificates (RFC 5280), with the facts that the emulated systems show computed once, on reading.

use std::sync::Arc;

use super::{DistinguishedName, Error, PublicKey};

/// Digests used as fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-512, 64 bytes.
    Sha512,
}

/// A parsed certificate.
#[derive(Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Arc<[u8]>,
}

impl Certificate {
    /// Reads one DER certificate; bytes after it are refused.
    pub fn from_der(_der: &[u8]) -> Result<Arc<Self>, Error> {
        todo!()
    }
    /// Its DER bytes.
    pub fn der(&self) -> &Arc<[u8]> {
        &self.der
    }
    /// PEM with 64 characters a line, `\n`, and a newline at the end.
    pub fn pem(&self) -> String {
        todo!()
    }
    /// Subject.
    pub fn subject(&self) -> &DistinguishedName {
        todo!()
    }
    /// Issuer.
    pub fn issuer(&self) -> &DistinguishedName {
        todo!()
    }
    /// X.509 version number: 1, 2 or 3.
    pub fn version(&self) -> i32 {
        todo!()
    }
    /// Start of validity, seconds since 1970 UTC.
    pub fn not_before(&self) -> i64 {
        todo!()
    }
    /// End of validity, seconds since 1970 UTC.
    pub fn not_after(&self) -> i64 {
        todo!()
    }
    /// Upper-case hex of the serial number, without leading zeros and without prefix; `0` for zero.
    pub fn serial_hex(&self) -> &str {
        todo!()
    }
    /// The serial number in decimal, negative ones with a minus.
    pub fn serial_decimal(&self) -> &str {
        todo!()
    }
    /// JCA name of the signature algorithm: `SHA256withRSA`, `RSASSA-PSS`, `Ed25519`; the dotted OID if there is none.
    pub fn signature_algorithm(&self) -> &str {
        todo!()
    }
    /// The subject's public key.
    pub fn public_key(&self) -> &PublicKey {
        todo!()
    }
    /// Digest of the DER bytes.
    pub fn fingerprint(&self, _digest: Digest) -> &[u8] {
        todo!()
    }
    /// Upper-case hex pairs of a fingerprint, joined by `:`.
    pub fn fingerprint_pairs(&self, _digest: Digest) -> &str {
        todo!()
    }
    /// True if basic constraints say that it is a CA.
    pub fn is_ca(&self) -> bool {
        todo!()
    }
    /// Purposes named by the extended key usage extension, dotted OIDs; `None` if there is no such extension.
    pub fn extended_key_usage(&self) -> Option<&[String]> {
        todo!()
    }
    /// True if issuer and subject are the same name and its own key verifies its signature.
    pub fn is_self_signed(&self) -> bool {
        todo!()
    }
    /// Checks that `issuer`'s name is this certificate's issuer and its key made this certificate's signature.
    pub fn verify_issued_by(&self, _issuer: &Self) -> Result<(), Error> {
        todo!()
    }
}
