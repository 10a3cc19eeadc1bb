//! Signature algorithms: object identifiers, Java's names, and which key each goes with.

/// A signature algorithm that can be made or checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureAlgorithm {
    name: &'static str,
}

impl SignatureAlgorithm {
    /// By Java's name, in any case: `SHA256withRSA`, `SHA512withECDSA`, `SHA1withDSA`, `RSASSA-PSS` (SHA-256), `Ed25519`.
    pub fn from_java_name(_name: &str) -> Option<Self> {
        todo!()
    }
    /// Java's name.
    pub fn java_name(&self) -> &'static str {
        self.name
    }
    /// The usual algorithm for a key: SHA-256 with RSA, DSA or ECDSA (SHA-384, SHA-512 on the larger curves), Ed25519.
    pub fn default_for(_key: &super::PublicKey) -> Option<Self> {
        todo!()
    }
}
