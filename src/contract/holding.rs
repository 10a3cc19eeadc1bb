//! A certificate that a system holds: what a list over all systems says of it.

use std::sync::Arc;

use crate::pki::Certificate;

/// A certificate, and where it stands.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Where: the store, the keystore, the project and its environment.
    pub place: String,
    /// What it is called there.
    pub alias: String,
    /// What it is.
    pub kind: HoldingKind,
    /// The certificate, and those above it that stand with it, end entity first; never empty.
    pub chain: Vec<Arc<Certificate>>,
    /// The path of its entity, from the root of the server or of a world.
    pub path: String,
}

/// What a certificate is where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldingKind {
    /// A certificate without its key.
    Certificate,
    /// A private key with its chain.
    KeyPair,
}

impl HoldingKind {
    /// `certificate` or `key pair`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::KeyPair => "key pair",
        }
    }
}
