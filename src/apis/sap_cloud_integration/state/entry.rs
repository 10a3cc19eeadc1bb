//! An entry of a keystore, and what the API shows of a certificate, computed once.

use std::sync::Arc;

use crate::apis::sap_cloud_integration::alias::{Alias, Hexalias};
use crate::apis::sap_cloud_integration::error::Error;
use crate::effects::Timestamp;
use crate::odata::Memo;
use crate::pki::{Certificate, Digest, PrivateKey};
use crate::store::Text;

/// An entry. What identifies and describes it does not change: a write makes another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its alias.
    pub alias: Alias,
    /// The alias in hex.
    pub hexalias: Hexalias,
    /// Who may change it.
    pub owner: Owner,
    /// What it holds.
    pub content: Content,
    /// What is shown of its certificate.
    pub facts: Arc<Facts>,
    /// Who made it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub modified: Stamp,
    /// Who put a key pair of SAP in use, and when; `None` if it was there from the beginning.
    pub activated: Option<Stamp>,
    /// Where what a reader is shown is kept.
    pub memo: Memo,
}

/// Who may change an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// SAP: nobody who uses the API.
    Sap,
    /// Whoever has the role.
    TenantAdministrator,
}

impl Owner {
    /// As the API shows it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sap => "SAP",
            Self::TenantAdministrator => "Tenant Administrator",
        }
    }
}

/// What an entry holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A trusted certificate.
    Certificate(Arc<Certificate>),
    /// A private key with its chain.
    KeyPair {
        /// The private key. It never leaves.
        key: PrivateKey,
        /// Its certificate.
        certificate: Arc<Certificate>,
        /// Issuers of the certificate, up to the root as far as they are known.
        issuers: Arc<[Arc<Certificate>]>,
        /// Whether a CA's reply was imported: signing requests are then signed with SHA-256, before that with SHA-512.
        replied: bool,
    },
}

/// Somebody at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// User or OAuth client.
    pub by: Text,
    /// When.
    pub at: Timestamp,
}

impl Stamp {
    /// Somebody at some time.
    pub fn new(by: impl Into<Text>, at: Timestamp) -> Self {
        Self { by: by.into(), at }
    }
}

impl Entry {
    /// An entry.
    pub fn new(alias: Alias, owner: Owner, content: Content, created: Stamp, modified: Stamp) -> Self {
        let facts = Arc::new(Facts::of(content.certificate()));
        Self {
            hexalias: alias.hexalias(),
            alias,
            owner,
            content,
            facts,
            created,
            modified,
            activated: None,
            memo: Memo::default(),
        }
    }

    /// The same under another alias.
    pub fn renamed(&self, alias: Alias, modified: Stamp) -> Self {
        Self { hexalias: alias.hexalias(), alias, modified, ..self.clone() }
    }

    /// Refuses to change an entry of SAP.
    pub fn refuse_if_sap_owned(&self) -> Result<(), Error> {
        match self.owner {
            Owner::Sap => Err(Error::SapOwned { alias: self.alias.to_string() }),
            Owner::TenantAdministrator => Ok(()),
        }
    }

    /// Bytes that it takes in a keystore file: tag, alias, date and, for each certificate, its type and length; a key
    /// with its length and the overhead of its encryption.
    pub fn size(&self) -> usize {
        const FIXED: usize = 4 + 2 + 8;
        const CERTIFICATE: usize = 2 + "X.509".len() + 4;
        const KEY: usize = 4 + 4 + 60;
        let certificates: usize = self.content.chain().map(|one| CERTIFICATE + one.der().len()).sum();
        let key = self.content.key().map_or(0, |key| KEY + key.pkcs8().len());
        FIXED + self.alias.text().len() + certificates + key
    }
}

impl Content {
    /// The certificate of the entry, of a key pair that of its key.
    pub const fn certificate(&self) -> &Arc<Certificate> {
        match self {
            Self::Certificate(certificate) | Self::KeyPair { certificate, .. } => certificate,
        }
    }

    /// The private key of a key pair.
    pub const fn key(&self) -> Option<&PrivateKey> {
        match self {
            Self::Certificate(_) => None,
            Self::KeyPair { key, .. } => Some(key),
        }
    }

    /// Issuers of a key pair's certificate.
    pub fn issuers(&self) -> &[Arc<Certificate>] {
        match self {
            Self::Certificate(_) => &[],
            Self::KeyPair { issuers, .. } => issuers,
        }
    }

    /// The certificate and its issuers, end entity first.
    pub fn chain(&self) -> impl DoubleEndedIterator<Item = &Arc<Certificate>> {
        std::iter::once(self.certificate()).chain(self.issuers())
    }

    /// True for a key pair.
    pub const fn is_key_pair(&self) -> bool {
        matches!(self, Self::KeyPair { .. })
    }

    /// `Type` as the API shows it.
    pub const fn type_name(&self) -> &'static str {
        if self.is_key_pair() { "Key Pair" } else { "Certificate" }
    }

    /// The same, with or without a CA's reply.
    #[must_use]
    pub fn with_reply(mut self, reply: bool) -> Self {
        if let Self::KeyPair { replied, .. } = &mut self {
            *replied = reply;
        }
        self
    }

    /// A key pair of a chain, end entity first; none without a certificate.
    pub fn key_pair(key: PrivateKey, chain: &[Arc<Certificate>]) -> Option<Self> {
        let (certificate, issuers) = chain.split_first()?;
        Some(Self::pair(key, certificate.clone(), issuers))
    }

    /// A key pair that no CA has replied to.
    pub fn pair(key: PrivateKey, certificate: Arc<Certificate>, issuers: &[Arc<Certificate>]) -> Self {
        Self::KeyPair { key, certificate, issuers: issuers.into(), replied: false }
    }
}

/// What the API shows of a certificate.
#[derive(Debug, PartialEq, Eq)]
pub struct Facts {
    /// `RSA`, `DSA`, `EC`.
    pub key_type: Text,
    /// Bits.
    pub key_size: Option<i32>,
    /// Start of validity.
    pub not_before: Timestamp,
    /// End of validity.
    pub not_after: Timestamp,
    /// `0x` and upper-case hex without leading zeros.
    pub serial_number: Text,
    /// Java's name.
    pub signature_algorithm: Text,
    /// `secp256r1`, of EC keys.
    pub curve: Option<Text>,
    /// The curve as the JDK prints it.
    pub curve_jdk: Option<Text>,
    /// Subject in the JDK's form.
    pub subject: Text,
    /// Issuer in the JDK's form.
    pub issuer: Text,
    /// X.509 version.
    pub version: i32,
    /// Upper-case hex pairs, joined by colons: SHA-1, SHA-256, SHA-512.
    pub fingerprints: [Text; 3],
}

impl Facts {
    /// Of a certificate.
    pub fn of(certificate: &Certificate) -> Self {
        let key = certificate.public_key();
        let fingerprint = |digest| Text::from(certificate.fingerprint_pairs(digest).to_owned());
        Self {
            key_type: key.algorithm().to_owned().into(),
            key_size: key.size().and_then(|bits| i32::try_from(bits).ok()),
            not_before: Timestamp::from_seconds(certificate.not_before()),
            not_after: Timestamp::from_seconds(certificate.not_after()),
            serial_number: format!("0x{}", certificate.serial_hex()).into(),
            signature_algorithm: certificate.signature_algorithm().to_owned().into(),
            curve: key.curve().map(|name| name.to_owned().into()),
            curve_jdk: key.curve_jdk().map(|name| name.to_owned().into()),
            subject: certificate.subject().java_text().clone().into(),
            issuer: certificate.issuer().java_text().clone().into(),
            version: certificate.version(),
            fingerprints: [Digest::Sha1, Digest::Sha256, Digest::Sha512].map(fingerprint),
        }
    }
}
