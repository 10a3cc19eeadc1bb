//! Making certificates and keys: real ones, byte for byte the same for the same input.

use std::sync::Arc;

use rand_chacha::ChaCha20Rng;

use super::{Certificate, DistinguishedName, Error, PrivateKey, SignatureAlgorithm};

/// What a new certificate says.
#[derive(Debug, Clone)]
pub struct Template {
    /// Subject; of a self-signed certificate also the issuer.
    pub subject: DistinguishedName,
    /// Serial number, big endian, at most 20 bytes; made positive.
    pub serial: Vec<u8>,
    /// Start of validity, seconds since 1970 UTC.
    pub not_before: i64,
    /// End of validity, seconds since 1970 UTC.
    pub not_after: i64,
    /// Whether it may issue others: basic constraints and key usage say so.
    pub ca: bool,
    /// DNS names and IP addresses for the subject alternative name extension; none if empty.
    pub alternative_names: Vec<String>,
    /// Dotted OIDs for the extended key usage extension; none if empty.
    pub extended_key_usage: Vec<String>,
}

/// What key to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySpec {
    /// RSA with so many bits: 2048, 3072 and 4096 come from the embedded pool of test keys, others are generated.
    Rsa(u32),
    /// DSA with so many bits of `p`: 1024, 2048 or 3072 with embedded parameters.
    Dsa(u32),
    /// A curve by its short name: `secp192r1`, `secp224r1`, `secp256r1`, `secp384r1`, `secp521r1`, `secp256k1`.
    Ec(&'static str),
    /// Ed25519
    Ed25519,
    /// X25519
    X25519,
}

/// A key for a generator: from the embedded pool of test keys where there is one, unless `fresh`.
pub fn private_key(_spec: KeySpec, _fresh: bool, _rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
    todo!()
}

/// A self-signed certificate.
pub fn self_signed(
    _template: &Template,
    _key: &PrivateKey,
    _algorithm: &SignatureAlgorithm,
) -> Result<Arc<Certificate>, Error> {
    todo!()
}

/// A certificate for `subject_key`, issued by a CA.
pub fn issued(
    _template: &Template,
    _subject_key: &super::PublicKey,
    _issuer: &Certificate,
    _issuer_key: &PrivateKey,
    _algorithm: &SignatureAlgorithm,
) -> Result<Arc<Certificate>, Error> {
    todo!()
}
