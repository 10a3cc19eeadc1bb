//! Certification requests: PKCS#10 (RFC 2986).

use super::{DistinguishedName, Error, PrivateKey, SignatureAlgorithm};

/// DER of a request for `subject` and the key's public half, signed with the key; without attributes. The same input
/// gives the same bytes.
pub fn create(
    _key: &PrivateKey,
    _subject: &DistinguishedName,
    _algorithm: &SignatureAlgorithm,
) -> Result<Vec<u8>, Error> {
    todo!()
}
