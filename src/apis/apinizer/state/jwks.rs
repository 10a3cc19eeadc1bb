//! JWKs, and what they were made from.

use crate::pki::jwk::Material;
use crate::store::Text;

/// A JWK object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jwk {
    /// Identifier.
    pub id: Text,
    /// Owning project.
    pub project: Text,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// How it came to be. It stays when the link to the source is cut.
    pub source_type: SourceType,
    /// What it follows, if it still does.
    pub source: Option<Source>,
    /// The URL that it was read from, if it still is known by it.
    pub source_url: Option<Text>,
    /// Key id.
    pub kid: Option<Text>,
    /// What it is for: signatures or encryption.
    pub key_use: Option<Use>,
    /// The JOSE name of its algorithm.
    pub algorithm: Option<Text>,
    /// Not to be used before; seconds since 1970 UTC.
    pub not_before: Option<i64>,
    /// Not to be used from then on; seconds since 1970 UTC.
    pub expires: Option<i64>,
    /// The key.
    pub material: Material,
}

/// The object that a JWK follows: by identifier, so that renaming it cuts no link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Identifier of the certificate, key or keystore.
    pub id: Text,
    /// The environment whose entry was used.
    pub environment: Text,
    /// The alias in the keystore.
    pub alias: Option<Text>,
}

/// How a JWK came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceType {
    /// Read from a URL.
    Url,
    /// Pasted.
    CopyPaste,
    /// Made from a certificate.
    Certificate,
    /// Made from the public half of a key.
    PublicKey,
    /// Made from a private key.
    PrivateKey,
    /// Made from an entry of a keystore.
    Keystore,
    /// Generated.
    Generate,
}

impl SourceType {
    /// All of them; the last cannot be asked for when a JWK is created from a source.
    pub const ALL: [Self; 7] = [
        Self::Url,
        Self::CopyPaste,
        Self::Certificate,
        Self::PublicKey,
        Self::PrivateKey,
        Self::Keystore,
        Self::Generate,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Url => "URL",
            Self::CopyPaste => "COPY_PASTE",
            Self::Certificate => "CERTIFICATE",
            Self::PublicKey => "PUBLIC_KEY",
            Self::PrivateKey => "PRIVATE_KEY",
            Self::Keystore => "KEYSTORE",
            Self::Generate => "GENERATE",
        }
    }

    /// By its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a JWK is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// `SIGNATURE`
    Signature,
    /// `ENCRYPTION`
    Encryption,
}

impl Use {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Signature, Self::Encryption];

    /// Its name here.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "SIGNATURE",
            Self::Encryption => "ENCRYPTION",
        }
    }

    /// Its name in a JWK.
    pub const fn jose_name(self) -> &'static str {
        match self {
            Self::Signature => "sig",
            Self::Encryption => "enc",
        }
    }

    /// By its name here.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
