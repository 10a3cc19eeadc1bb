//! A PFX (RFC 7292 section 4): the authenticated safe, a sequence of safe contents of which some are encrypted, and a MAC over
//! all of it, which may be missing.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::bags::{self, Bag};
use super::with_either_empty;
use crate::pki::asn1::{self, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use crate::pki::ber::{self, Element};
use crate::pki::error::Error;
use crate::pki::pbe::{self, Digest, Purpose, Work};

/// `[0]`, constructed
const CONTEXT_0: u8 = 0xA0;
/// `[0]`, primitive
const IMPLICIT_0: u8 = 0x80;

const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";

/// The bags of each safe contents, in the order of the file.
pub(super) fn open(file: &Element<'_>, password: Option<&str>, work: &mut Work) -> Result<Vec<Vec<Bag>>, Error> {
    let parts = file.children_of(SEQUENCE)?;
    let [version, safe, mac @ ..] = parts.as_slice() else { return Err(malformed()) };
    if version.unsigned()? != 3 {
        return Err(Error::Unsupported("a PKCS#12 file of another version than 3".into()));
    }
    let (kind, content) = content_info(safe)?;
    if kind != DATA {
        return Err(Error::Unsupported("a PKCS#12 file that a public key protects".into()));
    }
    let safe = content.octets(OCTET_STRING)?;
    let mut bags = Vec::new();
    for contents in ber::next(&safe)?.0.children_of(SEQUENCE)? {
        bags.extend(safe_contents(&contents, password, work)?);
    }
    if let (Some(password), Some(mac)) = (password, mac.first()) {
        check_mac(mac, password, &safe, work)?;
    }
    Ok(bags)
}

fn malformed() -> Error {
    Error::Malformed("the PKCS#12 file is not made as one is".into())
}

/// The type of some content, and the element inside of its `[0]`.
fn content_info<'a>(info: &Element<'a>) -> Result<(String, Element<'a>), Error> {
    let parts = info.children_of(SEQUENCE)?;
    let [kind, content, ..] = parts.as_slice() else { return Err(malformed()) };
    let kind = asn1::dotted(kind.value(OBJECT_IDENTIFIER)?).unwrap_or_default();
    let content = content.children_of(CONTEXT_0)?.first().copied().ok_or_else(malformed)?;
    Ok((kind, content))
}

/// Nothing if it is encrypted and there is no password.
fn safe_contents(info: &Element<'_>, password: Option<&str>, work: &mut Work) -> Result<Option<Vec<Bag>>, Error> {
    let (kind, content) = content_info(info)?;
    match (kind.as_str(), password) {
        (DATA, _) => bags::read(&content.octets(OCTET_STRING)?).map(Some),
        (ENCRYPTED_DATA, None) => Ok(None),
        (ENCRYPTED_DATA, Some(password)) => decrypted(&content, password, work).map(Some),
        _ => Err(Error::Unsupported("a PKCS#12 file that a public key protects".into())),
    }
}

/// The content may be decrypted into rubbish by a wrong password without its padding telling.
fn decrypted(encrypted: &Element<'_>, password: &str, work: &mut Work) -> Result<Vec<Bag>, Error> {
    let parts = encrypted.children_of(SEQUENCE)?;
    let [_version, content, ..] = parts.as_slice() else { return Err(malformed()) };
    let parts = content.children_of(SEQUENCE)?;
    let [_kind, algorithm, data] = parts.as_slice() else { return Err(malformed()) };
    let algorithm = ber::to_der(algorithm.encoding)?;
    let data = data.octets(IMPLICIT_0)?;
    with_either_empty(password, |password| {
        let contents = pbe::decrypt(&algorithm, password, &data, work)?;
        bags::read(&contents).map_err(|error| match error {
            Error::Malformed(_) => Error::WrongPassword,
            error => error,
        })
    })
}

fn check_mac(mac: &Element<'_>, password: &str, safe: &[u8], work: &mut Work) -> Result<(), Error> {
    let parts = mac.children_of(SEQUENCE)?;
    let [info, salt, iterations @ ..] = parts.as_slice() else { return Err(malformed()) };
    let iterations = iterations.first().map_or(Ok(1), Element::unsigned)?;
    let iterations = u32::try_from(iterations).ok().filter(|count| *count > 0).ok_or_else(malformed)?;
    let parts = info.children_of(SEQUENCE)?;
    let [algorithm, expected] = parts.as_slice() else { return Err(malformed()) };
    let (digest, salt, expected) = (digest(algorithm)?, salt.octets(OCTET_STRING)?, expected.octets(OCTET_STRING)?);
    let salt = pbe::salt(&salt)?;
    with_either_empty(password, |password| {
        work.spend(iterations.into())?;
        let key = pbe::derive(digest, Purpose::Mac, password, salt, iterations, length(digest));
        if is_mac(digest, &key, safe, &expected) { Ok(()) } else { Err(Error::WrongPassword) }
    })
}

/// The digest that the MAC is made with. PBMAC1 (RFC 9579) is unknown to JDK 17, as are MD5 and SHA-3 here.
fn digest(algorithm: &Element<'_>) -> Result<Digest, Error> {
    let parts = algorithm.children_of(SEQUENCE)?;
    let oid = parts.first().ok_or_else(malformed)?.value(OBJECT_IDENTIFIER)?;
    let oid = asn1::dotted(oid).unwrap_or_default();
    match oid.as_str() {
        "1.3.14.3.2.26" => Ok(Digest::Sha1),
        "2.16.840.1.101.3.4.2.4" => Ok(Digest::Sha224),
        "2.16.840.1.101.3.4.2.1" => Ok(Digest::Sha256),
        "2.16.840.1.101.3.4.2.2" => Ok(Digest::Sha384),
        "2.16.840.1.101.3.4.2.3" => Ok(Digest::Sha512),
        "2.16.840.1.101.3.4.2.5" => Ok(Digest::Sha512_224),
        "2.16.840.1.101.3.4.2.6" => Ok(Digest::Sha512_256),
        _ => Err(Error::Unsupported(format!("a PKCS#12 file whose MAC is of the kind {oid}"))),
    }
}

const fn length(digest: Digest) -> usize {
    match digest {
        Digest::Sha1 => 20,
        Digest::Sha224 | Digest::Sha512_224 => 28,
        Digest::Sha256 | Digest::Sha512_256 => 32,
        Digest::Sha384 => 48,
        Digest::Sha512 => 64,
    }
}

fn is_mac(digest: Digest, key: &[u8], message: &[u8], expected: &[u8]) -> bool {
    fn verify<M: Mac + KeyInit>(key: &[u8], message: &[u8], expected: &[u8]) -> bool {
        <M as KeyInit>::new_from_slice(key).is_ok_and(|mac| mac.chain_update(message).verify_slice(expected).is_ok())
    }
    let verify = match digest {
        Digest::Sha1 => verify::<Hmac<Sha1>>,
        Digest::Sha224 => verify::<Hmac<Sha224>>,
        Digest::Sha256 => verify::<Hmac<Sha256>>,
        Digest::Sha384 => verify::<Hmac<Sha384>>,
        Digest::Sha512 => verify::<Hmac<Sha512>>,
        Digest::Sha512_224 => verify::<Hmac<Sha512_224>>,
        Digest::Sha512_256 => verify::<Hmac<Sha512_256>>,
    };
    verify(key, message, expected)
}
