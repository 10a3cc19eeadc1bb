//! Keystores: files that are kept as they were sent.

use std::fmt;
use std::sync::Arc;

use super::entries::{Entries, Entry};
use crate::store::Text;

/// A keystore object: one file per environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keystore {
    /// Identifier.
    pub id: Text,
    /// Owning project.
    pub project: Text,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// Its entries, one an environment, in the order of the request.
    pub entries: Entries<KeystoreEntry>,
}

/// What a keystore object is in one environment.
#[derive(Clone, PartialEq, Eq)]
pub struct KeystoreEntry {
    /// The environment.
    pub environment: Text,
    /// The type that was declared.
    pub store_type: KeystoreType,
    /// The file's base64 as it was sent.
    pub file: Text,
    /// What that encodes.
    pub bytes: Arc<[u8]>,
    /// The password, where one was sent.
    pub password: Option<Text>,
    /// The alias, where one was sent.
    pub alias: Option<Text>,
    /// The name of the file, where it was uploaded as one.
    pub file_name: Option<Text>,
}

/// Types of keystores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeystoreType {
    /// Java's own.
    Jks,
    /// PKCS#12.
    Pkcs12,
}

impl KeystoreType {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Jks, Self::Pkcs12];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jks => "JKS",
            Self::Pkcs12 => "PKCS12",
        }
    }

    /// By its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Debug for KeystoreEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeystoreEntry").field("environment", &self.environment).finish_non_exhaustive()
    }
}

impl Entry for KeystoreEntry {
    fn environment(&self) -> &Text {
        &self.environment
    }

    fn moved(self, environment: Text) -> Self {
        Self { environment, ..self }
    }

    fn inherit(&mut self, replaced: &Self) {
        self.password = self.password.take().or_else(|| replaced.password.clone());
        self.alias = self.alias.take().or_else(|| replaced.alias.clone());
    }
}
