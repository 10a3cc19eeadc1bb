//! Java keystores: JKS and JCEKS (`sun.security.provider.JavaKeyStore`, `com.sun.crypto.provider.JceKeyStore`).
//!
//! Magic, version, count; entries; SHA-1 over password, a fixed phrase and all of that. Numbers are big endian.

mod protection;
mod serialization;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha1::{Digest, Sha1};

use super::pbe::Work;
use super::{Certificate, Content, Entry, Error};
use protection::Salt;

/// The two formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Magic `FEEDFEED`.
    Jks,
    /// Magic `CECECECE`.
    Jceks,
}

const KEY: u32 = 1;
const CERTIFICATE: u32 = 2;
const SECRET: u32 = 3;
const DIGEST_LENGTH: usize = 20;

/// The format of some bytes by their magic number.
pub fn detect(bytes: &[u8]) -> Option<Format> {
    [Format::Jks, Format::Jceks].into_iter().find(|format| bytes.starts_with(&format.magic()))
}

/// Reads a keystore. Without a password its integrity is not checked and private keys are locked. One whose own password
/// is another is locked, too.
pub fn read(bytes: &[u8], password: Option<&str>) -> Result<Vec<Entry>, Error> {
    if detect(bytes).is_none() {
        return Err(malformed("neither JKS nor JCEKS"));
    }
    let mut reader = Reader { rest: bytes };
    let entries = reader.sealed_entries()?;
    let (body, _) = bytes.split_at_checked(bytes.len() - reader.rest.len()).ok_or_else(truncated)?;
    let trailer: [u8; DIGEST_LENGTH] = reader.array()?;
    if password.is_some_and(|password| integrity(body, password) != trailer) {
        return Err(Error::WrongPassword);
    }
    let mut work = Work::of_a_file();
    Ok(entries.into_iter().map(|entry| entry.open(password, &mut work)).collect())
}

/// Writes a keystore; the same input gives the same bytes. Aliases become lower case, as in Java's own writers: its
/// readers list others but do not find them. Two that are then the same are refused: Java would keep the last. Without a
/// password the trailer is that of the empty one (Java skips the check then), and keys cannot be written.
pub fn write(format: Format, entries: &[Entry], password: Option<&str>) -> Result<Vec<u8>, Error> {
    let mut by_alias = BTreeMap::new();
    let written = |entry: &&Entry| matches!(entry.content, Content::KeyPair { .. } | Content::Certificate(_));
    for entry in entries.iter().filter(written) {
        if by_alias.insert(entry.alias.to_lowercase(), entry).is_some() {
            return Err(Error::Unsupported(format!("two entries with the alias {}", entry.alias.to_lowercase())));
        }
    }
    let mut writer = Writer { format, password, bytes: format.magic().to_vec() };
    writer.number(2);
    writer.count(by_alias.len())?;
    for (alias, entry) in by_alias {
        writer.entry(&alias, entry)?;
    }
    let trailer = integrity(&writer.bytes, password.unwrap_or_default());
    writer.bytes.extend_from_slice(&trailer);
    Ok(writer.bytes)
}

impl Format {
    const fn magic(self) -> [u8; 4] {
        match self {
            Self::Jks => [0xFE, 0xED, 0xFE, 0xED],
            Self::Jceks => [0xCE; 4],
        }
    }
}

fn malformed(what: &str) -> Error {
    Error::Malformed(what.into())
}

fn truncated() -> Error {
    malformed("truncated keystore")
}

/// The trailer that belongs to everything before it.
fn integrity(body: &[u8], password: &str) -> [u8; DIGEST_LENGTH] {
    let hash = Sha1::new().chain_update(protection::utf16(password)).chain_update(b"Mighty Aphrodite");
    hash.chain_update(body).finalize().into()
}

/// An entry whose key is still encrypted, so that the password is checked once, before any key is tried.
struct Sealed {
    alias: String,
    created: i64,
    content: SealedContent,
}

enum SealedContent {
    Key { protected: Vec<u8>, chain: Vec<Arc<Certificate>> },
    Plain(Content),
}

impl Sealed {
    fn open(self, password: Option<&str>, work: &mut Work) -> Entry {
        let content = match self.content {
            SealedContent::Plain(content) => content,
            SealedContent::Key { protected, chain } => {
                let password = password.ok_or(Error::PasswordRequired);
                match password.and_then(|password| protection::open(&protected, password, work)) {
                    Ok(key) => Content::KeyPair { key, chain },
                    Err(reason) => Content::LockedKey { chain, reason },
                }
            }
        };
        Entry { alias: self.alias, created: Some(self.created), content }
    }
}

/// Reads from the front of what is left.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// All of them; the trailer follows, and behind that Java does not look.
    fn sealed_entries(&mut self) -> Result<Vec<Sealed>, Error> {
        let _magic = self.number()?;
        let version = self.number()?;
        if !(1..=2).contains(&version) {
            return Err(Error::Unsupported(format!("keystore version {version}")));
        }
        let count = self.number()?;
        let mut entries = Vec::new();
        for _ in 0..count {
            entries.push(self.sealed_entry(version)?);
        }
        Ok(entries)
    }

    fn sealed_entry(&mut self, version: u32) -> Result<Sealed, Error> {
        let kind = self.number()?;
        let alias = self.text()?;
        let created = i64::from_be_bytes(self.array()?);
        let content = match kind {
            KEY => SealedContent::Key { protected: self.counted()?.to_vec(), chain: self.chain(version)? },
            CERTIFICATE => SealedContent::Plain(Content::Certificate(self.certificate(version)?)),
            SECRET => {
                self.rest = serialization::skip_object(self.rest)?;
                SealedContent::Plain(Content::Other)
            }
            _ => return Err(malformed("unknown kind of keystore entry")),
        };
        Ok(Sealed { alias, created, content })
    }

    fn chain(&mut self, version: u32) -> Result<Vec<Arc<Certificate>>, Error> {
        let count = self.number()?;
        (0..count).map(|_| self.certificate(version)).collect()
    }

    /// A certificate; version 1 of the format does not name its type.
    fn certificate(&mut self, version: u32) -> Result<Arc<Certificate>, Error> {
        if version == 2 {
            let kind = self.text()?;
            if kind != "X.509" && kind != "X509" {
                return Err(Error::Unsupported(format!("a certificate of type {kind}")));
            }
        }
        Certificate::from_der(self.counted()?)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn number(&mut self) -> Result<u32, Error> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    fn counted(&mut self) -> Result<&'a [u8], Error> {
        let length = usize::try_from(self.number()?).map_err(|_| truncated())?;
        self.take(length)
    }

    fn text(&mut self) -> Result<String, Error> {
        let length = u16::from_be_bytes(self.array()?);
        text::decode(self.take(usize::from(length))?)
    }
}

struct Writer<'a> {
    format: Format,
    password: Option<&'a str>,
    bytes: Vec<u8>,
}

impl Writer<'_> {
    fn entry(&mut self, alias: &str, entry: &Entry) -> Result<(), Error> {
        match &entry.content {
            Content::KeyPair { key, chain } => {
                let password = self.password.ok_or(Error::PasswordRequired)?;
                let salt = Salt { alias, key, password };
                let protected = match self.format {
                    Format::Jks => protection::seal_jks(&salt),
                    Format::Jceks => protection::seal_jceks(&salt),
                };
                self.head(KEY, alias, entry)?;
                self.counted(&protected)?;
                self.count(chain.len())?;
                chain.iter().try_for_each(|certificate| self.certificate(certificate))
            }
            Content::Certificate(certificate) => {
                self.head(CERTIFICATE, alias, entry)?;
                self.certificate(certificate)
            }
            Content::LockedKey { .. } | Content::Other => Ok(()),
        }
    }

    fn head(&mut self, kind: u32, alias: &str, entry: &Entry) -> Result<(), Error> {
        self.number(kind);
        self.text(alias)?;
        self.bytes.extend_from_slice(&entry.created.unwrap_or_default().to_be_bytes());
        Ok(())
    }

    fn certificate(&mut self, certificate: &Certificate) -> Result<(), Error> {
        self.text("X.509")?;
        self.counted(certificate.der())
    }

    fn number(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_be_bytes());
    }

    fn count(&mut self, count: usize) -> Result<(), Error> {
        self.number(u32::try_from(count).map_err(|_| Error::Unsupported("a keystore this large".into()))?);
        Ok(())
    }

    fn counted(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.count(bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Error> {
        let encoded = text::encode(text);
        let length = u16::try_from(encoded.len()).map_err(|_| Error::Unsupported("an alias this long".into()))?;
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(&encoded);
        Ok(())
    }
}
