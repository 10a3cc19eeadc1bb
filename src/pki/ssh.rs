//! SSH keys: private ones of OpenSSH (`PROTOCOL.key`) and PuTTY (PPK 2 and 3), public ones as lines (RFC 4253 section 6.6).

use super::{Error, PrivateKey, PublicKey};

/// Reads a private key file: OpenSSH's own format, PuTTY's, or PEM (PKCS#1, SEC1, DSA, PKCS#8) as older `ssh-keygen` wrote it.
pub fn private_key(_bytes: &[u8], _password: Option<&str>) -> Result<PrivateKey, Error> {
    todo!()
}

/// `ssh-rsa AAAA… comment`, without line end; for RSA, DSA, EC on the NIST curves, Ed25519. Others have no such form:
/// [`Error::Unsupported`].
pub fn public_line(_key: &PublicKey, _comment: &str) -> Result<String, Error> {
    todo!()
}
