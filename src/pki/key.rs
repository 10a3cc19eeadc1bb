//! Private and public keys.

use std::sync::Arc;

use super::{Error, SignatureAlgorithm};

/// Families of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// RSA
    Rsa,
    /// DSA
    Dsa,
    /// Elliptic curve over a prime or binary field.
    Ec,
    /// Edwards or Montgomery curve: Ed25519, X25519, Ed448, X448.
    Okp,
    /// Any other.
    Other,
}

/// A public key with its algorithm (SubjectPublicKeyInfo).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    spki: Arc<[u8]>,
}

impl PublicKey {
    /// Reads a DER SubjectPublicKeyInfo.
    pub fn from_spki(_der: &[u8]) -> Result<Self, Error> {
        todo!()
    }
    /// DER of its SubjectPublicKeyInfo.
    pub fn spki(&self) -> &Arc<[u8]> {
        &self.spki
    }
    /// Family.
    pub fn key_type(&self) -> KeyType {
        todo!()
    }
    /// JCA name of the family: `RSA`, `DSA`, `EC`, `Ed25519`, …
    pub fn algorithm(&self) -> &str {
        todo!()
    }
    /// Bits: of the modulus, of `p`, or of the field. `None` if unknown.
    pub fn size(&self) -> Option<u32> {
        todo!()
    }
    /// Short name of the curve, `secp256r1`; `None` if it is not an EC key. An unknown curve: its dotted OID.
    pub fn curve(&self) -> Option<&str> {
        todo!()
    }
    /// The curve as the JDK prints it: `secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)`.
    pub fn curve_jdk(&self) -> Option<&str> {
        todo!()
    }
    /// Checks a signature over `message`.
    pub fn verify(&self, _algorithm: &SignatureAlgorithm, _message: &[u8], _signature: &[u8]) -> Result<(), Error> {
        todo!()
    }
}

/// A private key. It has no `Debug` that shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey {
    pkcs8: Arc<[u8]>,
}

impl PrivateKey {
    /// Reads a DER PrivateKeyInfo (PKCS#8, RFC 5958), not encrypted.
    pub fn from_pkcs8(_der: &[u8]) -> Result<Self, Error> {
        todo!()
    }
    /// Reads the first private key of PEM text: PKCS#8 plain or encrypted, PKCS#1, SEC1, DSA.
    pub fn from_pem(_text: &str, _password: Option<&str>) -> Result<Self, Error> {
        todo!()
    }
    /// DER of its PrivateKeyInfo.
    pub fn pkcs8(&self) -> &Arc<[u8]> {
        &self.pkcs8
    }
    /// Its public half.
    pub fn public_key(&self) -> &PublicKey {
        todo!()
    }
    /// Signs, deterministically (RFC 6979 for DSA and EC; a salt derived from message and key for PSS).
    pub fn sign(&self, _algorithm: &SignatureAlgorithm, _message: &[u8]) -> Result<Vec<u8>, Error> {
        todo!()
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey")
    }
}
