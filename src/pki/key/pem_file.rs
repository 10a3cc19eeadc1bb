//! Private keys in PEM files, whichever of their formats it is.

use super::super::pem::{self, Block};
use super::super::{Error, PrivateKey};
use super::ciphered;

impl PrivateKey {
    /// Reads the first private key of PEM text: PKCS#8 plain or encrypted, PKCS#1, SEC1, DSA.
    pub fn from_pem(text: &str, password: Option<&str>) -> Result<Self, Error> {
        read(text, password)
    }
}

fn read(text: &str, password: Option<&str>) -> Result<PrivateKey, Error> {
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

#[cfg(test)]
mod tests {
    use sha2::Digest;

    use super::*;

    macro_rules! fixture {
        ($name:literal) => {
            include_str!(concat!("../../../fixtures/keys/", $name))
        };
    }

    fn public(text: &str) -> String {
        let key = PrivateKey::from_pem(text, None).unwrap();
        hex::encode(sha2::Sha256::digest(key.public_key().spki()))
    }

    /// SHA-256 of what `openssl pkey -pubout -outform DER` prints.
    #[test]
    fn public_halves_are_those_of_openssl() {
        let rows = [
            (fixture!("rsa.pem"), "d5536ddc8890b2867eb6c055076ac45ff61c9073525ccabf67f60f9c402e22e4"),
            (fixture!("ec.pem"), "4dd2e65c4139ce63ffe87fd43e26ce7fccec62402af42dd82cd5b11418e11607"),
            (fixture!("ec-sec1.pem"), "4dd2e65c4139ce63ffe87fd43e26ce7fccec62402af42dd82cd5b11418e11607"),
            (fixture!("ed25519.pem"), "0fbecaad8e0c08c0b77ac89fc105ec727c2b03722d39b86117fa2cb8e55a9e57"),
            (fixture!("dsa.pem"), "1fed4551798a11048a398c3c1438d7aa8da20570652b278d924ce24da0169b54"),
        ];
        for (text, expected) in rows {
            assert_eq!(public(text), expected);
        }
    }

    #[test]
    fn all_forms_of_one_rsa_key_are_that_key() {
        let key = PrivateKey::from_pem(fixture!("rsa.pem"), None).unwrap();
        assert!(key == PrivateKey::from_pem(fixture!("rsa-pkcs1.pem"), None).unwrap());
        for text in [fixture!("rsa-encrypted.pem"), fixture!("rsa-3des.pem"), fixture!("rsa-traditional.pem")] {
            assert!(key == PrivateKey::from_pem(text, Some("changeit")).unwrap());
            assert_eq!(PrivateKey::from_pem(text, Some("wrong")).err(), Some(Error::WrongPassword));
            assert_eq!(PrivateKey::from_pem(text, None).err(), Some(Error::PasswordRequired));
        }
    }

    #[test]
    fn text_without_a_key_is_refused() {
        for text in ["", "hello", include_str!("../../../fixtures/ca/partner-ca.pem")] {
            assert!(matches!(PrivateKey::from_pem(text, None), Err(Error::Malformed(_))));
        }
        assert!(matches!(PrivateKey::from_pem(fixture!("id_rsa"), None), Err(Error::Unsupported(_))));
    }
}
