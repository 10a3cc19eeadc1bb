//! Certificate-to-user mappings (Neo): which user a client certificate stands for.

use std::sync::Arc;

use bytes::Bytes;

use super::{Stamp, State};
use crate::pki::{Certificate, Digest};
use crate::store::Text;

/// A mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Lower-case hex of the MD5 of the certificate's DER.
    pub id: Text,
    /// The user.
    pub user: Text,
    /// The certificate as it was sent.
    pub content: Bytes,
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// Who made it, and when.
    pub created: Stamp,
    /// Who changed it last, and when.
    pub modified: Stamp,
}

impl State {
    /// Adds a mapping; the same certificate again changes its user.
    pub fn map(&mut self, user: &str, content: Bytes, certificate: Arc<Certificate>, stamp: &Stamp) -> Arc<Mapping> {
        let id = Text::from(hex::encode(certificate.fingerprint(Digest::Md5)));
        let created = self.mappings.get(&id).map_or_else(|| stamp.clone(), |present| present.created.clone());
        let user = user.to_owned().into();
        let mapping = Arc::new(Mapping { id, user, content, certificate, created, modified: stamp.clone() });
        self.mappings.insert(mapping.id.clone(), mapping.clone());
        mapping
    }
}
