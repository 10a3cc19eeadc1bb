//! Encryption by a password: the schemes that JDK 17 reads in PKCS#12.

mod pkcs12_key;
mod rc4;

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyIvInit};
use md5::Digest as _;
use pkcs8::der::Decode;
use pkcs8::pkcs5::{self, pbes2};

use super::asn1::{self, INTEGER, OCTET_STRING, SEQUENCE};
use super::error::Error;
pub(super) use pkcs12_key::{Digest, Purpose, derive};

/// Iterations of all password hashes of one file together.
const MOST_WORK: u64 = 20_000_000;

/// What may be spent on the password hashes of one file: their iterations are chosen by whoever made it.
pub(super) struct Work(u64);

impl Work {
    /// What the JDK refuses to exceed in one hash, too (`MAX_ITERATION_COUNT`).
    const LARGEST: u64 = 5_000_000;

    /// The whole of it: a hundred keys as keytool encrypts them in JCEKS, some seconds of work.
    pub(super) const fn of_a_file() -> Self {
        Self(MOST_WORK)
    }

    /// Takes the iterations of one hash.
    pub(super) fn spend(&mut self, iterations: u64) -> Result<(), Error> {
        let left = self.0.checked_sub(iterations).filter(|_| iterations <= Self::LARGEST);
        self.0 = left.ok_or_else(|| unsupported(&format!("an iteration count of {iterations}")))?;
        Ok(())
    }
}

/// RFC 7292 appendix C. The JDK has no triple DES with two keys.
const RC4_128: &str = "1.2.840.113549.1.12.1.1";
const RC4_40: &str = "1.2.840.113549.1.12.1.2";
const TRIPLE_DES: &str = "1.2.840.113549.1.12.1.3";
const RC2_128: &str = "1.2.840.113549.1.12.1.5";
const RC2_40: &str = "1.2.840.113549.1.12.1.6";
/// RFC 8018 appendix A
const MD5_AND_DES: &str = "1.2.840.113549.1.5.3";
const PBES2: &str = "1.2.840.113549.1.5.13";

/// Bytes; PBES1 knows no other length.
const SHORTEST_SALT: usize = 8;

/// Decrypts by an AlgorithmIdentifier in DER.
pub(super) fn decrypt(algorithm: &[u8], password: &str, data: &[u8], work: &mut Work) -> Result<Vec<u8>, Error> {
    let mut parts = asn1::only(algorithm, SEQUENCE)?.inside();
    let oid = asn1::dotted(parts.expect(asn1::OBJECT_IDENTIFIER)?.content).unwrap_or_default();
    let parameters = parts.expect(SEQUENCE)?;
    if oid == PBES2 {
        return by_pbes2(parameters.whole, password, data, work);
    }
    let mut parameters = parameters.inside();
    let salt = salt(parameters.expect(OCTET_STRING)?.content)?;
    let iterations = positive_32(parameters.expect(INTEGER)?.content)?;
    work.spend(iterations.into())?;
    let key = |length| derive(Digest::Sha1, Purpose::Key, password, salt, iterations, length);
    let iv = || derive(Digest::Sha1, Purpose::InitialVector, password, salt, iterations, 8);
    match oid.as_str() {
        MD5_AND_DES => by_md5_and_des(password, salt, iterations, data),
        RC4_128 => Ok(rc4::decrypt(&key(16), data)),
        RC4_40 => Ok(rc4::decrypt(&key(5), data)),
        TRIPLE_DES => unpadded(cbc::Decryptor::<des::TdesEde3>::new_from_slices(&key(24), &iv()), data),
        RC2_128 => by_rc2(&key(16), &iv(), data),
        RC2_40 => by_rc2(&key(5), &iv(), data),
        _ => Err(unsupported("this encryption")),
    }
}

fn unsupported(what: &str) -> Error {
    Error::Unsupported(what.to_owned())
}

fn positive_32(content: &[u8]) -> Result<u32, Error> {
    let number = asn1::signed_32(content).and_then(|number| u32::try_from(number).ok());
    number.filter(|number| *number > 0).ok_or_else(|| unsupported("this iteration count"))
}

/// A salt, which the JDK wants to be of eight bytes at least.
pub(super) fn salt(bytes: &[u8]) -> Result<&[u8], Error> {
    if bytes.len() < SHORTEST_SALT { Err(unsupported("a salt of less than 8 bytes")) } else { Ok(bytes) }
}

/// Its key is as long as its effective key.
fn by_rc2(key: &[u8], iv: &[u8], data: &[u8]) -> Result<Vec<u8>, Error> {
    let cipher = rc2::Rc2::new_with_eff_key_len(key, key.len() * 8);
    unpadded(cbc::Decryptor::inner_iv_slice_init(cipher, iv), data)
}

/// PBES1 (RFC 8018 section 6.1): half of the hash is the key, half the initial vector.
fn by_md5_and_des(password: &str, salt: &[u8], iterations: u32, data: &[u8]) -> Result<Vec<u8>, Error> {
    if salt.len() != SHORTEST_SALT {
        return Err(unsupported("a salt that is not of 8 bytes"));
    }
    let mut hash = md5::Md5::new().chain_update(password).chain_update(salt).finalize();
    for _ in 1..iterations {
        hash = md5::Md5::digest(hash);
    }
    let (key, iv) = hash.split_at(8);
    unpadded(cbc::Decryptor::<des::Des>::new_from_slices(key, iv), data)
}

fn unpadded<C: BlockCipherDecrypt, E>(cipher: Result<cbc::Decryptor<C>, E>, data: &[u8]) -> Result<Vec<u8>, Error> {
    let cipher = cipher.map_err(|_| unsupported("a key of this length"))?;
    cipher.decrypt_padded_vec::<Pkcs7>(data).map_err(|_| Error::WrongPassword)
}

/// PBES2 with PBKDF2 and AES of 128 or 256 bits, which is all that JDK 17 reads of it.
fn by_pbes2(parameters: &[u8], password: &str, data: &[u8], work: &mut Work) -> Result<Vec<u8>, Error> {
    let unknown = |error: &dyn std::fmt::Display| unsupported(&format!("this encryption ({error})"));
    let parameters = pbes2::Parameters::from_der(parameters).map_err(|error| unknown(&error))?;
    let (
        pbes2::Kdf::Pbkdf2(hash),
        pbes2::EncryptionScheme::Aes128Cbc { .. } | pbes2::EncryptionScheme::Aes256Cbc { .. },
    ) = (&parameters.kdf, &parameters.encryption)
    else {
        return Err(unsupported("this encryption"));
    };
    salt(hash.salt.as_ref())?;
    work.spend(hash.iteration_count.into())?;
    parameters.decrypt(password, data).map_err(|error| match error {
        pkcs5::Error::DecryptFailed => Error::WrongPassword,
        error => unknown(&error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_one_hash_nor_all_of_them_cost_too_much() {
        let mut work = Work::of_a_file();
        assert!(work.spend(5_000_001).is_err());
        assert!((0..4).all(|_| work.spend(5_000_000).is_ok()));
        assert!(work.spend(1).is_err());
    }
}
