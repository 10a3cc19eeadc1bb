//! What certificate stores are for, and the words for that.

use serde::{Deserialize, Serialize};

/// What a store is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum StoreType {
    /// Private keys with their certificates.
    KeyStore,
    /// Certificates to trust.
    TrustStore,
}

impl StoreType {
    /// The name of the type, as references show it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeyStore => TypeName::KeyStore.word(),
            Self::TrustStore => TypeName::TrustStore.word(),
        }
    }
}

/// A type in the word that its store was made with. References have the long ones; the client of tenants that makes
/// stores, softwork-app/cikraft (`Credentials.kt`), sends `KS` and takes nothing else back. `TS` is its counterpart
/// (assumed).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum TypeName {
    /// `KEYSTORE`
    KeyStore,
    /// `TRUSTSTORE`
    TrustStore,
    /// `KS`, a key store.
    Ks,
    /// `TS`, a trust store.
    Ts,
}

impl TypeName {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::KeyStore => "KEYSTORE",
            Self::TrustStore => "TRUSTSTORE",
            Self::Ks => "KS",
            Self::Ts => "TS",
        }
    }

    /// The type that it means.
    pub const fn store_type(self) -> StoreType {
        match self {
            Self::KeyStore | Self::Ks => StoreType::KeyStore,
            Self::TrustStore | Self::Ts => StoreType::TrustStore,
        }
    }

    /// The type of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::KeyStore, Self::TrustStore, Self::Ks, Self::Ts].into_iter().find(|name| name.word() == word)
    }
}
