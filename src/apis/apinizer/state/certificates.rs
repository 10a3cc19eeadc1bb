//! Certificates.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::entries::{Entries, Entry};
use crate::apis::apinizer::behaviour::LetterCase;
use crate::pki::Certificate as X509;
use crate::store::{Memo, Text};

/// A certificate object: one certificate per environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Identifier.
    pub id: Text,
    /// Owning project.
    pub project: Text,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// Its entries, one an environment, in the order of the request.
    pub entries: Entries<CertificateEntry>,
    /// What is shown of it.
    pub shown: Memo<CertificateForm, Box<RawValue>>,
}

/// How a certificate is shown, as the switches have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateForm {
    /// Whether with its content.
    pub content: bool,
    /// Letter case of its thumbprint.
    pub thumbprint_case: LetterCase,
}

/// What a certificate object is in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateEntry {
    /// The environment.
    pub environment: Text,
    /// The alias there.
    pub alias: Text,
    /// The certificate.
    pub certificate: Arc<X509>,
}

impl Entry for CertificateEntry {
    fn environment(&self) -> &Text {
        &self.environment
    }

    fn moved(self, environment: Text) -> Self {
        Self { environment, ..self }
    }
}
