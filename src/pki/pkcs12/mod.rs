//! PKCS#12 (RFC 7292): `.p12`, `.pfx`.

mod ber_file;
mod cost;

use std::sync::Arc;

use p12_keystore::error::Error as Fault;
use p12_keystore::{CertificateBag, Pkcs12Archive, PrivateKeyBag};

use super::{Certificate, Content, Entry, Error, PrivateKey, ber, build_chain};

/// True if the bytes begin like a PFX: a sequence that begins with version 3 and another sequence.
pub fn detect(bytes: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = bytes else { return false };
    let further = if *length > 0x80 { usize::from(length & 0x7F) } else { 0 };
    rest.split_at_checked(further).is_some_and(|(_, content)| content.starts_with(&[0x02, 0x01, 0x03, 0x30]))
}

/// Reads a keystore: key pairs with their chains put in order by issuer, then certificates that belong to no key, then
/// secrets as [`Content::Other`].
pub fn read(bytes: &[u8], password: &str) -> Result<Vec<Entry>, Error> {
    if !detect(bytes) {
        return Err(Error::Malformed("it is not a PKCS#12 file".into()));
    }
    let (file, _) = ber::next(bytes)?;
    let archive = open(file.encoding, password)?;
    let certificates = archive.certs.iter().map(Bag::of).collect::<Result<Vec<_>, _>>()?;
    let mut entries = archive.keys.iter().map(|key| key_pair(key, &certificates)).collect::<Result<Vec<_>, _>>()?;
    let alone: Vec<_> = certificates.iter().filter(|bag| bag.trusted || !is_chained(bag, &entries)).collect();
    entries.extend(alone.into_iter().map(Bag::entry));
    entries.extend(archive.secrets.into_iter().map(|bag| entry(bag.friendly_name, Content::Other)));
    Ok(entries)
}

/// A certificate of the file.
struct Bag<'a> {
    alias: Option<&'a String>,
    key_id: Option<&'a [u8]>,
    /// The JDK marks trusted certificates so; they are entries of their own even if some chain holds them, too.
    trusted: bool,
    certificate: Arc<Certificate>,
}

impl<'a> Bag<'a> {
    fn of(bag: &'a CertificateBag) -> Result<Self, Error> {
        Ok(Self {
            alias: bag.friendly_name.as_ref(),
            key_id: bag.local_key_id.as_deref(),
            trusted: bag.trusted,
            certificate: Certificate::from_der(bag.cert.as_der())?,
        })
    }

    fn entry(&self) -> Entry {
        entry(self.alias.cloned(), Content::Certificate(Arc::clone(&self.certificate)))
    }
}

fn entry(alias: Option<String>, content: Content) -> Entry {
    Entry { alias: alias.unwrap_or_default(), created: None, content }
}

fn key_pair(bag: &PrivateKeyBag, certificates: &[Bag<'_>]) -> Result<Entry, Error> {
    let key = PrivateKey::from_pkcs8(bag.key.as_der())?;
    let key_id = bag.local_key_id.as_ref().map(AsRef::as_ref);
    let leaf = leaf(&key, key_id, certificates);
    let pool: Vec<_> = certificates.iter().map(|bag| Arc::clone(&bag.certificate)).collect();
    let chain = leaf.map_or_else(Vec::new, |leaf| build_chain(&leaf.certificate, &pool));
    let alias = bag.friendly_name.as_ref().or_else(|| leaf?.alias);
    Ok(entry(alias.cloned(), Content::KeyPair { key, chain }))
}

/// The key's certificate: of those with its public key the one that its id points to; else, whatever its id points to.
fn leaf<'a, 'b>(key: &PrivateKey, key_id: Option<&[u8]>, certificates: &'a [Bag<'b>]) -> Option<&'a Bag<'b>> {
    let pointed_to = |bag: &&Bag<'_>| key_id.is_some() && bag.key_id == key_id;
    let mut fitting = certificates.iter().filter(|bag| bag.certificate.public_key() == key.public_key()).peekable();
    let first = fitting.peek().copied();
    fitting.find(pointed_to).or(first).or_else(|| certificates.iter().find(pointed_to))
}

fn is_chained(bag: &Bag<'_>, entries: &[Entry]) -> bool {
    entries.iter().any(|entry| match &entry.content {
        Content::KeyPair { chain, .. } => chain.contains(&bag.certificate),
        _ => false,
    })
}

/// Opens a file; one in BER is put into DER first, as far as it is not encrypted.
fn open(bytes: &[u8], password: &str) -> Result<Pkcs12Archive, Error> {
    let fault = match open_der(bytes, password)? {
        Ok(archive) => return Ok(archive),
        Err(fault) => fault,
    };
    let outside = ber::to_der(bytes)?;
    if outside == bytes || !matches!(fault, Fault::DerError(_)) {
        return Err(meaning(&fault));
    }
    // The MAC is over the inside as it is. It was right, or this is another fault: then the inside may be changed, too.
    match open_der(&outside, password)? {
        Err(Fault::DerError(_)) => open_der(&ber_file::inside_in_der(&outside)?, password)?,
        opened => opened,
    }
    .map_err(|fault| meaning(&fault))
}

fn open_der(bytes: &[u8], password: &str) -> Result<Result<Pkcs12Archive, Fault>, Error> {
    cost::check(bytes)?;
    if password.encode_utf16().count() != password.chars().count() {
        return Err(Error::Unsupported("a PKCS#12 password beyond the Basic Multilingual Plane".into()));
    }
    Ok(Pkcs12Archive::from_pkcs12(bytes, password))
}

fn meaning(fault: &Fault) -> Error {
    match fault {
        Fault::MacError(_) | Fault::UnpadError => Error::WrongPassword,
        Fault::Pkcs5Error(text) if text.contains("decryption failed") => Error::WrongPassword,
        Fault::InvalidVersion
        | Fault::UnsupportedContentType
        | Fault::UnsupportedCertificateType
        | Fault::UnsupportedEncryptionScheme
        | Fault::UnsupportedMacAlgorithm
        | Fault::InvalidParameters
        | Fault::Pkcs5Error(_) => Error::Unsupported(format!("this kind of PKCS#12 file ({fault})")),
        _ => Error::Malformed(format!("the PKCS#12 file cannot be read: {fault}")),
    }
}
