//! Private keys in PEM files, whichever of their formats it is.

use super::super::pem::{self, Block};
use super::super::{Error, PrivateKey};
use super::ciphered;

/// Reads the first private key of PEM text.
pub(super) fn read(text: &str, password: Option<&str>) -> Result<PrivateKey, Error> {
    let blocks = pem::blocks(text)?;
    let key = blocks.iter().find(|block| block.label.ends_with("PRIVATE KEY"));
    let block = key.ok_or_else(|| Error::Malformed("there is no private key in it".to_owned()))?;
    let decrypted = decrypted(block, password)?;
    let der = decrypted.as_deref().unwrap_or(&block.bytes);
    let key = match block.label.as_str() {
        "PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" => PrivateKey::from_pkcs8(der),
        "RSA PRIVATE KEY" => PrivateKey::from_pkcs1(der),
        "EC PRIVATE KEY" => PrivateKey::from_sec1(der),
        "DSA PRIVATE KEY" => PrivateKey::from_traditional_dsa(der),
        label => Err(Error::Unsupported(format!("the PEM label {label}"))),
    };
    // A wrong password may by chance give a right padding: then what comes out is no key.
    key.map_err(|error| if decrypted.is_some() { Error::WrongPassword } else { error })
}

/// The bytes after decryption, or `None` if they are not encrypted.
fn decrypted(block: &Block, password: Option<&str>) -> Result<Option<Vec<u8>>, Error> {
    let traditional = block.header("Proc-Type").is_some_and(|value| value.ends_with("ENCRYPTED"));
    if !traditional && block.label != "ENCRYPTED PRIVATE KEY" {
        return Ok(None);
    }
    let password = password.ok_or(Error::PasswordRequired)?.as_bytes();
    if traditional {
        let info = block.header("DEK-Info").unwrap_or_default();
        return ciphered::traditional(info, password, &block.bytes).map(Some);
    }
    ciphered::pkcs8(&block.bytes, password).map(Some)
}
