//! Encrypted packages. Apinizer's own format is not published; this one is a name, salt, vector, and AES-256-CBC under a
//! key that PBKDF2 makes of the passphrase. What is documented is kept: nothing of the content shows, a wrong passphrase
//! is told from a broken file.

use ::http::HeaderName;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pkcs8::pkcs5::pbes2::Parameters;

use crate::apis::apinizer::error::Error;
use crate::effects::Ids;
use crate::http::Request;
use crate::rest::archive;

/// The header with the passphrase that a package is sealed with.
static PASSPHRASE: HeaderName = HeaderName::from_static("x-apinizer-package-passphrase");

const NAME: &[u8] = b"certmimic package 1\n";
const ROUNDS: u32 = 10_000;

/// The passphrase of a request, decoded; `Err` if the header is not base64 of UTF-8 text.
pub fn passphrase(request: &Request) -> Result<Option<String>, Error> {
    let Some(header) = request.header(&PASSPHRASE).filter(|value| !value.trim().is_empty()) else {
        return Ok(None);
    };
    let bytes = STANDARD.decode(header.trim()).map_err(|_| Error::PackageNotEncrypted)?;
    String::from_utf8(bytes).map(Some).map_err(|_| Error::PackageNotEncrypted)
}

/// Encrypts an archive.
pub fn seal(archive: &[u8], passphrase: &str, ids: &mut Ids) -> Result<Vec<u8>, Error> {
    let (salt, vector): ([u8; 16], [u8; 16]) = (ids.bytes(), ids.bytes());
    let parameters = parameters(&salt, vector).ok_or(Error::PackageNotEncrypted)?;
    let sealed = parameters.encrypt(passphrase, archive).map_err(|_| Error::PackageNotEncrypted)?;
    Ok([NAME, &salt, &vector, &sealed].concat())
}

/// True if the file is an encrypted package.
pub fn is_sealed(file: &[u8]) -> bool {
    file.starts_with(NAME)
}

/// Decrypts a package.
pub fn open(file: &[u8], passphrase: &str) -> Result<Vec<u8>, Error> {
    let broken = || Error::PackageUnreadable { reason: "it is cut off".to_owned() };
    let body = file.strip_prefix(NAME).ok_or_else(broken)?;
    let (salt, rest) = body.split_first_chunk::<16>().ok_or_else(broken)?;
    let (vector, sealed) = rest.split_first_chunk::<16>().ok_or_else(broken)?;
    if sealed.is_empty() || !sealed.len().is_multiple_of(16) {
        return Err(broken());
    }
    let opened = parameters(salt, *vector).and_then(|parameters| parameters.decrypt(passphrase, sealed).ok());
    // Of a wrong key, the padding is right once in 256 times; what it gives is no archive then.
    opened.filter(|bytes| archive::is_archive(bytes)).ok_or(Error::PackageUndecryptable)
}

fn parameters(salt: &[u8], vector: [u8; 16]) -> Option<Parameters> {
    Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, salt, vector).ok()
}
