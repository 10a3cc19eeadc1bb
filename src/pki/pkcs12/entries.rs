//! How the JDK makes entries of bags.
//!
//! - An encrypted key is an entry. One without `localKeyId` is given one if it is the first key of the file; a later one is
//!   passed over. Keys that are not encrypted are no entries.
//! - A certificate is an entry of its own if it has the JDK's attribute for trusted ones. All others only make up chains.
//! - Who has no `friendlyName` is called `1`, `2`, …, in the order of the file. Aliases are in lower case; a later entry of the
//!   same alias takes the place of the earlier.
//! - A key's certificate is the one with its `localKeyId`, of several the one with its name, else the last; failing that, the
//!   last with its name. Its chain goes on to the first certificate that has the issuer's name (and its key identifier, where
//!   both tell one), until one has issued itself or has been there before. No signature is checked.

use std::sync::Arc;

use super::bags::{Bag, Content as Held};
use super::with_either_empty;
use crate::pki::asn1::{self, OCTET_STRING, SEQUENCE};
use crate::pki::certificate::Certificate;
use crate::pki::error::Error;
use crate::pki::key::PrivateKey;
use crate::pki::keystore::{Content, Entry};
use crate::pki::pbe::{self, Work};

/// What a key without `localKeyId` is given, and the first bag of its safe contents.
const FIRST_KEY: &[u8] = b"01";

/// The entries, in the order of their bags.
pub(super) fn of(bags: Vec<Vec<Bag>>, password: Option<&str>, work: &mut Work) -> Vec<Entry> {
    let mut file = File::default();
    for contents in bags {
        for (at, bag) in contents.into_iter().enumerate() {
            file.take(bag, at == 0);
        }
    }
    let File { entries, certificates, .. } = file;
    entries.into_iter().map(|entry| entry.finished(&certificates, password, work)).collect()
}

/// What has been read so far.
#[derive(Default)]
struct File {
    entries: Vec<Unfinished>,
    certificates: Vec<Listed>,
    keys: usize,
    nameless: usize,
}

/// An entry whose chain is not yet known.
struct Unfinished {
    name: String,
    content: Pending,
}

enum Pending {
    Key { protected: Vec<u8>, key_id: Vec<u8> },
    Ready(Content),
}

/// A certificate that a chain can be made of.
struct Listed {
    certificate: Arc<Certificate>,
    key_id: Option<Vec<u8>>,
    name: Option<String>,
    /// True if it is an entry of its own: then it begins no chain.
    trusted: bool,
}

impl File {
    fn take(&mut self, bag: Bag, first: bool) {
        match bag.content {
            Held::Key(protected) => {
                self.keys += 1;
                let Some(key_id) = bag.key_id.or_else(|| (self.keys == 1).then(|| FIRST_KEY.to_vec())) else { return };
                self.put(bag.name, Pending::Key { protected, key_id });
            }
            Held::Secret => self.put(bag.name, Pending::Ready(Content::Other)),
            Held::Certificate(certificate) => {
                let given = || (self.keys == 1 && first).then(|| FIRST_KEY.to_vec());
                let key_id = bag.key_id.or_else(given);
                self.certificates.push(Listed {
                    certificate: Arc::clone(&certificate),
                    key_id,
                    name: bag.name.clone(),
                    trusted: bag.trusted,
                });
                if bag.trusted {
                    self.put(bag.name, Pending::Ready(Content::Certificate(certificate)));
                }
            }
            Held::Other => {}
        }
    }

    fn put(&mut self, name: Option<String>, content: Pending) {
        let name = name.unwrap_or_else(|| {
            self.nameless += 1;
            self.nameless.to_string()
        });
        let entry = Unfinished { name, content };
        match self.entries.iter_mut().find(|known| known.alias() == entry.alias()) {
            Some(known) => *known = entry,
            None => self.entries.push(entry),
        }
    }
}

impl Unfinished {
    fn alias(&self) -> String {
        self.name.to_lowercase()
    }

    fn finished(self, certificates: &[Listed], password: Option<&str>, work: &mut Work) -> Entry {
        let alias = self.alias();
        let content = match self.content {
            Pending::Ready(content) => content,
            Pending::Key { protected, key_id } => {
                let chain = leaf(&alias, &key_id, certificates).map_or_else(Vec::new, |leaf| chain(leaf, certificates));
                match password
                    .ok_or(Error::PasswordRequired)
                    .and_then(|password| private_key(&protected, password, work))
                {
                    Ok(key) => Content::KeyPair { key, chain },
                    Err(reason) => Content::LockedKey { chain, reason },
                }
            }
        };
        Entry { alias, created: None, content }
    }
}

fn leaf<'a>(alias: &str, key_id: &[u8], certificates: &'a [Listed]) -> Option<&'a Arc<Certificate>> {
    let candidates = || certificates.iter().filter(|listed| !listed.trusted);
    let named = |listed: &&Listed| listed.name.as_ref().is_some_and(|name| name.to_lowercase() == alias);
    let identified = |listed: &&Listed| listed.key_id.as_deref() == Some(key_id);
    let both = candidates().find(|listed| named(listed) && identified(listed));
    let found = both.or_else(|| candidates().rfind(identified)).or_else(|| candidates().rfind(named));
    found.map(|listed| &listed.certificate)
}

fn chain(leaf: &Arc<Certificate>, certificates: &[Listed]) -> Vec<Arc<Certificate>> {
    let mut chain = Vec::new();
    let mut next = Some(leaf);
    while let Some(certificate) = next.filter(|certificate| !chain.contains(*certificate)) {
        chain.push(Arc::clone(certificate));
        next = if certificate.issuer().same_name(certificate.subject()) {
            None
        } else {
            issuer(certificate, certificates)
        };
    }
    chain
}

fn issuer<'a>(certificate: &Certificate, certificates: &'a [Listed]) -> Option<&'a Arc<Certificate>> {
    let candidates = certificates.iter().map(|listed| &listed.certificate);
    let mut named = candidates.filter(|candidate| candidate.subject().same_name(certificate.issuer()));
    let Some(wanted) = certificate.authority_key_identifier() else { return named.next() };
    let (mut others, mut identified) = (None, None);
    for candidate in named {
        match candidate.subject_key_identifier() {
            Some(own) if own == wanted => identified = identified.or(Some(candidate)),
            Some(_) => {}
            None => others = Some(candidate),
        }
    }
    identified.or(others)
}

fn private_key(protected: &[u8], password: &str, work: &mut Work) -> Result<PrivateKey, Error> {
    let mut parts = asn1::only(protected, SEQUENCE)?.inside();
    let algorithm = parts.expect(SEQUENCE)?.whole;
    let encrypted = parts.expect(OCTET_STRING)?.content;
    with_either_empty(password, |password| {
        let key = pbe::decrypt(algorithm, password, encrypted, work)?;
        PrivateKey::from_pkcs8(&key).map_err(|error| match error {
            Error::Malformed(_) => Error::WrongPassword,
            error => error,
        })
    })
}
