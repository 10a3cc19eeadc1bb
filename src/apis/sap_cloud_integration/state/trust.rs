//! Certificates of a keystore by subject: a trust check looks at issuers, not at everything.

use std::sync::Arc;

use crate::pki::{Certificate, Digest, is_trusted};
use crate::store::Table;

/// Most certificates that one check considers: beyond a real path's length, and a bound against hostile loops.
const MOST: usize = 64;

/// A certificate's place in the index: its subject, then its fingerprint, so that all of one subject stand together.
/// DER says its own length: no subject begins another.
type Position = Arc<[u8]>;

/// All certificates of a keystore, chains of its key pairs included, with how often each occurs.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchors {
    by_subject: Table<Position, (Arc<Certificate>, usize)>,
}

impl Anchors {
    pub(super) fn add(&mut self, certificate: &Arc<Certificate>) {
        let position = position(certificate);
        let count = self.by_subject.get(&position).map_or(0, |(_, count)| *count);
        self.by_subject.insert(position, (certificate.clone(), count + 1));
    }

    pub(super) fn remove(&mut self, certificate: &Arc<Certificate>) {
        let position = position(certificate);
        match self.by_subject.get(&position).map(|(_, count)| *count) {
            Some(count) if count > 1 => self.by_subject.insert(position, (certificate.clone(), count - 1)),
            _ => {
                self.by_subject.remove(&*position);
            }
        }
    }

    /// See [`is_trusted`]; the anchors are those that can matter.
    pub(super) fn trust(&self, certificate: &Arc<Certificate>, intermediates: &[Arc<Certificate>]) -> bool {
        is_trusted(certificate, intermediates, &self.relevant(certificate, intermediates))
    }

    /// Those with the certificate's own subject, since it may be here itself, then issuers, their issuers, and so on.
    fn relevant(&self, certificate: &Arc<Certificate>, intermediates: &[Arc<Certificate>]) -> Vec<Arc<Certificate>> {
        let mut names = vec![certificate.subject().der().to_vec()];
        for one in std::iter::once(certificate).chain(intermediates) {
            note(&mut names, one.issuer().der());
        }
        let mut found: Vec<Arc<Certificate>> = Vec::new();
        let mut next = 0;
        while let Some(name) = names.get(next).cloned() {
            next += 1;
            for anchor in self.with_subject(&name).take(MOST.saturating_sub(found.len())) {
                note(&mut names, anchor.issuer().der());
                found.push(anchor.clone());
            }
        }
        found
    }

    fn with_subject<'s>(&'s self, subject: &'s [u8]) -> impl Iterator<Item = &'s Arc<Certificate>> {
        let rows = self.by_subject.from_key(subject).take_while(|(position, _)| position.starts_with(subject));
        rows.map(|(_, (certificate, _))| certificate)
    }
}

fn note(names: &mut Vec<Vec<u8>>, name: &[u8]) {
    if names.iter().all(|known| known != name) {
        names.push(name.to_vec());
    }
}

fn position(certificate: &Certificate) -> Position {
    [certificate.subject().der(), certificate.fingerprint(Digest::Sha256)].concat().into()
}
