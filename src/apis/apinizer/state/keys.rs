//! Keys: material that is kept as it was sent.

use std::fmt;

use super::entries::{Entries, Entry};
use crate::store::Text;

/// A key object: one key per environment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the type of a key is called so by the API")]
pub struct Key {
    /// Identifier.
    pub id: Text,
    /// Owning project.
    pub project: Text,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// Its type.
    pub key_type: KeyType,
    /// The algorithm of a secret key.
    pub algorithm: Option<Algorithm>,
    /// Its entries, one an environment, in the order of the request.
    pub entries: Entries<KeyEntry>,
}

/// What a key object is in one environment.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct KeyEntry {
    /// The environment.
    pub environment: Text,
    /// A public key.
    pub public_key: Option<Text>,
    /// A private key.
    pub private_key: Option<Text>,
    /// A secret key.
    pub secret: Option<Text>,
    /// The alias, where one was sent.
    pub alias: Option<Text>,
    /// The name of the file, where it was uploaded as one.
    pub file_name: Option<Text>,
}

/// Types of keys: the first generation names algorithms, the second one what the key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// `RSA`
    Rsa,
    /// `EC`
    Ec,
    /// `SECRET_KEY`
    Secret,
    /// `PRIVATE_KEY`
    Private,
    /// `PUBLIC_KEY`
    Public,
}

impl KeyType {
    /// All of them, those of the second generation first: the order in which refusals list them.
    pub const ALL: [Self; 5] = [Self::Secret, Self::Private, Self::Public, Self::Rsa, Self::Ec];

    /// Those of the second generation.
    pub const SECOND_GENERATION: [Self; 3] = [Self::Secret, Self::Private, Self::Public];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::Ec => "EC",
            Self::Secret => "SECRET_KEY",
            Self::Private => "PRIVATE_KEY",
            Self::Public => "PUBLIC_KEY",
        }
    }

    /// By its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Algorithms of secret keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `AES`
    Aes,
    /// `DES`
    Des,
    /// `DESede`
    DesEde,
    /// `RSA`
    Rsa,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Aes, Self::Des, Self::DesEde, Self::Rsa];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aes => "AES",
            Self::Des => "DES",
            Self::DesEde => "DESede",
            Self::Rsa => "RSA",
        }
    }

    /// By its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }
}

impl fmt::Debug for KeyEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyEntry").field("environment", &self.environment).finish_non_exhaustive()
    }
}

impl Entry for KeyEntry {
    fn environment(&self) -> &Text {
        &self.environment
    }

    fn moved(self, environment: Text) -> Self {
        Self { environment, ..self }
    }

    fn inherit(&mut self, replaced: &Self) {
        self.alias = self.alias.take().or_else(|| replaced.alias.clone());
    }
}

impl Key {
    /// The type as the second generation names it: of a key made in the terms of the first, what its entries hold.
    pub fn second_generation_type(&self) -> KeyType {
        match self.key_type {
            KeyType::Rsa | KeyType::Ec if self.entries.iter().any(|entry| entry.private_key.is_some()) => {
                KeyType::Private
            }
            KeyType::Rsa | KeyType::Ec => KeyType::Public,
            other => other,
        }
    }
}
