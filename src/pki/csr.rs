//! Certification requests: PKCS#10 (RFC 2986).

use super::{DistinguishedName, Error, PrivateKey, SignatureAlgorithm, asn1, certificate, pem};

/// `[0]`, constructed
const ATTRIBUTES: u8 = 0xA0;

/// DER of a request for `subject` and the key's public half, signed with the key; without attributes. The same input
/// gives the same bytes.
pub fn create(key: &PrivateKey, subject: &DistinguishedName, algorithm: &SignatureAlgorithm) -> Result<Vec<u8>, Error> {
    let version = asn1::unsigned(&[0]);
    let attributes = asn1::element(ATTRIBUTES, &[]);
    let info = asn1::sequence(&[&version, subject.der(), key.public_key().spki(), &attributes]);
    let signature = asn1::bit_string(&key.sign(algorithm, &info)?);
    Ok(asn1::sequence(&[&info, &algorithm.identifier(), &signature]))
}

/// Java's name of the algorithm that a request in PEM is signed with; `None` if it is none that is known.
pub fn signature_algorithm(text: &[u8]) -> Option<&'static str> {
    let block = pem::blocks(std::str::from_utf8(text).ok()?).ok()?.into_iter().next()?;
    let [_, algorithm, _] = certificate::signed_parts(&block.bytes).ok()?;
    Some(SignatureAlgorithm::from_identifier(algorithm)?.java_name())
}
