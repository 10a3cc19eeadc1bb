//! PKCS#12 (RFC 7292) as the JDK 17 reads it (`sun.security.pkcs12.PKCS12KeyStore`): `.p12`, `.pfx`.
//!
//! What the file is made of: [`file`]. How its bags become entries: [`entries`].

mod bags;
mod entries;
mod file;

use super::ber;
use super::error::Error;
use super::keystore::Entry;
use super::pbe::Work;

/// True if the bytes begin like a PFX: a sequence that begins with version 3 and another sequence.
pub fn detect(bytes: &[u8]) -> bool {
    let [0x30, length, rest @ ..] = bytes else { return false };
    let further = if *length > 0x80 { usize::from(length & 0x7F) } else { 0 };
    rest.split_at_checked(further).is_some_and(|(_, content)| content.starts_with(&[0x02, 0x01, 0x03, 0x30]))
}

/// Reads a keystore, in DER or BER. Without a password its integrity is not checked, and what is encrypted is not there;
/// keys are there, locked.
pub fn read(bytes: &[u8], password: Option<&str>) -> Result<Vec<Entry>, Error> {
    if !detect(bytes) {
        return Err(Error::Malformed("it is not a PKCS#12 file".into()));
    }
    // Java makes keys of such passwords only; of others it says that they are wrong.
    if password.is_some_and(|password| !password.bytes().all(|byte| matches!(byte, b' '..=b'~'))) {
        return Err(Error::WrongPassword);
    }
    let (file, _) = ber::next(bytes)?;
    let mut work = Work::of_a_file();
    let bags = file::open(&file, password, &mut work)?;
    Ok(entries::of(bags, password, &mut work))
}

/// Some writers take an empty password to be two zero bytes, some to be none (RFC 7292 B.1 and B.2): the JDK tries both.
fn with_either_empty<T>(password: &str, mut open: impl FnMut(&str) -> Result<T, Error>) -> Result<T, Error> {
    match open(password) {
        Err(Error::WrongPassword) if password.is_empty() => open("\0"),
        opened => opened,
    }
}
