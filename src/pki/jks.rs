//! Java keystores: JKS and JCEKS (`sun.security.provider.JavaKeyStore`, `com.sun.crypto.provider.JceKeyStore`).

use super::{Entry, Error};

/// The two formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Magic `FEEDFEED`.
    Jks,
    /// Magic `CECECECE`.
    Jceks,
}

/// The format of some bytes by their magic number.
pub fn detect(_bytes: &[u8]) -> Option<Format> {
    todo!()
}

/// Reads a keystore. Without a password its integrity is not checked and private keys are not readable: their entries
/// then come as certificates' chains without key, that is [`super::Content::Other`].
pub fn read(_bytes: &[u8], _password: Option<&str>) -> Result<Vec<Entry>, Error> {
    todo!()
}

/// Writes a keystore; the same input gives the same bytes. Without a password its trailer is that of the empty one, and
/// keys cannot be written.
pub fn write(_format: Format, _entries: &[Entry], _password: Option<&str>) -> Result<Vec<u8>, Error> {
    todo!()
}
