//! What a keystore file holds, whatever its format.

use std::sync::Arc;

use super::certificate::Certificate;
use super::error::Error;
use super::key::PrivateKey;

/// One entry of a keystore file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its alias; empty if the file gives none.
    pub alias: String,
    /// When it was made, milliseconds since 1970 UTC, if the format says so.
    pub created: Option<i64>,
    /// What it is.
    pub content: Content,
}

/// The kinds of entries.
#[derive(Debug, Clone)]
pub enum Content {
    /// A private key with its chain, end entity first; the chain may be empty (PKCS#12 allows that).
    KeyPair {
        /// The private key.
        key: PrivateKey,
        /// Its certificate, then issuers as far as the file has them.
        chain: Vec<Arc<Certificate>>,
    },
    /// A trusted certificate.
    Certificate(Arc<Certificate>),
    /// A private key that the password of the file does not open, or that is of a kind that cannot be read.
    LockedKey {
        /// Its certificate and issuers, which are not encrypted with it.
        chain: Vec<Arc<Certificate>>,
        /// Why it cannot be read.
        reason: Error,
    },
    /// Something else (a secret key), not decoded.
    Other,
}
