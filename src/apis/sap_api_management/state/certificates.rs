//! Certificates: the contents of stores.

use bytes::Bytes;

use super::{CertificateName, History, Material};
use crate::store::Text;

/// A certificate of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its name; virtual hosts call it the alias.
    pub name: CertificateName,
    /// What it consists of.
    pub material: Material,
    /// Free text.
    pub description: Option<Text>,
    /// What the uploader called the format.
    pub format: Option<Text>,
    /// Kept as sent; no source says what it is.
    pub cs_key: Option<Text>,
    /// Who made and changed it.
    pub history: History,
}

/// A certificate on its way into a store.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// Its name, if one was sent.
    pub name: Option<CertificateName>,
    /// The file.
    pub content: Bytes,
    /// What opens it.
    pub password: Option<String>,
    /// Free text.
    pub description: Option<Text>,
    /// What the uploader calls the format.
    pub format: Option<Text>,
    /// Kept as sent.
    pub cs_key: Option<Text>,
}

/// What an update changes.
#[derive(Debug, Clone, Default)]
pub struct Replacement {
    /// The file, with what opens it; `None` leaves the file that is there.
    pub content: Option<(Bytes, Option<String>)>,
    /// Free text.
    pub description: Description,
}

/// What an update says of the free text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Description {
    /// Nothing: it stays.
    #[default]
    Stays,
    /// It becomes this, or null.
    Becomes(Option<Text>),
}
