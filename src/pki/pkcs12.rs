//! PKCS#12 (RFC 7292): `.p12`, `.pfx`.

use super::{Entry, Error};

/// True if the bytes begin like a PFX.
pub fn detect(_bytes: &[u8]) -> bool {
    todo!()
}

/// Reads a keystore: key pairs with their chains put in order by issuer, then certificates that belong to no key.
pub fn read(_bytes: &[u8], _password: &str) -> Result<Vec<Entry>, Error> {
    todo!()
}
