//! Decrypting private keys: PKCS#8 by PBES2 or by PKCS#12's triple DES scheme, and OpenSSL's traditional PEM.

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use md5::Digest;
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::{EncryptionScheme, pbes2};

use super::super::Error;
use super::super::asn1::{self, Element};

/// More rounds than any tool writes by default, few enough to take a second or two.
const MOST_ROUNDS: u32 = 2_000_000;
/// Bytes of memory that scrypt may take.
const MOST_MEMORY: u64 = 64 << 20;
/// pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C)
const SHA1_3DES: &str = "1.2.840.113549.1.12.1.3";

/// Decrypts a DER EncryptedPrivateKeyInfo.
pub(super) fn pkcs8(der: &[u8], password: &[u8]) -> Result<Vec<u8>, Error> {
    if let Some((algorithm, data)) = pkcs12_scheme(der)? {
        return triple_des_of_pkcs12(&algorithm, password, data);
    }
    let unreadable = |error| Error::Unsupported(format!("this encryption of a private key ({error})"));
    let info = EncryptedPrivateKeyInfoRef::try_from(der).map_err(unreadable)?;
    if let EncryptionScheme::Pbes2(parameters) = &info.encryption_algorithm {
        bounded(&parameters.kdf)?;
    }
    match info.encryption_algorithm.decrypt(password, info.encrypted_data.as_bytes()) {
        Ok(key) => Ok(key),
        Err(pkcs8::pkcs5::Error::DecryptFailed) => Err(Error::WrongPassword),
        Err(error) => Err(Error::Unsupported(format!("this encryption of a private key ({error})"))),
    }
}

fn bounded(kdf: &pbes2::Kdf) -> Result<(), Error> {
    let small = match kdf {
        pbes2::Kdf::Pbkdf2(parameters) => parameters.iteration_count <= MOST_ROUNDS,
        pbes2::Kdf::Scrypt(parameters) => {
            let lanes = u64::from(parameters.block_size).saturating_mul(u64::from(parameters.parallelization));
            parameters.cost_parameter.saturating_mul(lanes).saturating_mul(128) <= MOST_MEMORY
        }
        _ => true,
    };
    if small { Ok(()) } else { Err(Error::Unsupported("a key derivation with so much work".to_owned())) }
}

/// The parameters and the data if the key is encrypted as PKCS#12 does it.
fn pkcs12_scheme(der: &[u8]) -> Result<Option<(Element<'_>, &[u8])>, Error> {
    let mut info = asn1::only(der, asn1::SEQUENCE)?.inside();
    let mut algorithm = info.expect(asn1::SEQUENCE)?.inside();
    let oid = algorithm.expect(asn1::OBJECT_IDENTIFIER)?;
    if asn1::dotted(oid.content).as_deref() != Some(SHA1_3DES) {
        return Ok(None);
    }
    Ok(Some((algorithm.expect(asn1::SEQUENCE)?, info.expect(asn1::OCTET_STRING)?.content)))
}

fn triple_des_of_pkcs12(parameters: &Element<'_>, password: &[u8], data: &[u8]) -> Result<Vec<u8>, Error> {
    let mut parts = parameters.inside();
    let salt = parts.expect(asn1::OCTET_STRING)?.content;
    let rounds = asn1::magnitude(parts.expect(asn1::INTEGER)?.content);
    let rounds = rounds.iter().try_fold(0_u32, |sum, &digit| Some(sum.checked_mul(256)? | u32::from(digit)));
    let rounds = rounds.filter(|&rounds| rounds <= MOST_ROUNDS);
    let rounds = rounds.ok_or_else(|| Error::Unsupported("a key derivation with so much work".to_owned()))?;
    // The password is UTF-16 with a NUL at its end.
    let text = String::from_utf8_lossy(password);
    let password: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect();
    let key = pkcs12_derive(1, &password, salt, rounds, 24);
    let iv = pkcs12_derive(2, &password, salt, rounds, 8);
    decrypt::<cbc::Decryptor<des::TdesEde3>>(&key, &iv, data)
}

/// RFC 7292 appendix B.2, with SHA-1: its block has 64 bytes.
fn pkcs12_derive(purpose: u8, password: &[u8], salt: &[u8], rounds: u32, length: usize) -> Vec<u8> {
    let filled =
        |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().cycle().take(bytes.len().div_ceil(64) * 64).collect() };
    let mut input = [filled(salt), filled(password)].concat();
    let mut derived = Vec::new();
    while derived.len() < length {
        let mut block = sha1::Sha1::new().chain_update([purpose; 64]).chain_update(&input).finalize();
        for _ in 1..rounds {
            block = sha1::Sha1::digest(block);
        }
        derived.extend_from_slice(&block);
        for part in input.chunks_mut(64) {
            add_one_and(part, &block);
        }
    }
    derived.truncate(length);
    derived
}

/// Adds the repeated block and one, modulo the size of the part.
fn add_one_and(part: &mut [u8], block: &[u8]) {
    let repeated: Vec<u8> = block.iter().copied().cycle().take(part.len()).collect();
    let mut carry = 1;
    for (digit, add) in part.iter_mut().zip(repeated).rev() {
        let sum = u16::from(*digit) + u16::from(add) + carry;
        *digit = sum.to_be_bytes()[1];
        carry = sum >> 8;
    }
}

/// Decrypts the body of a traditional PEM; `info` is its `DEK-Info`: cipher and initial vector.
pub(super) fn traditional(info: &str, password: &[u8], data: &[u8]) -> Result<Vec<u8>, Error> {
    let (cipher, iv) = info.split_once(',').ok_or_else(|| Error::Malformed("DEK-Info is not complete".to_owned()))?;
    let iv = hex::decode(iv.trim()).map_err(|_| Error::Malformed("DEK-Info has no initial vector".to_owned()))?;
    let key = |length| bytes_to_key(password, iv.get(..8).unwrap_or(&iv), length);
    match cipher.trim() {
        "AES-128-CBC" => decrypt::<cbc::Decryptor<aes::Aes128>>(&key(16), &iv, data),
        "AES-192-CBC" => decrypt::<cbc::Decryptor<aes::Aes192>>(&key(24), &iv, data),
        "AES-256-CBC" => decrypt::<cbc::Decryptor<aes::Aes256>>(&key(32), &iv, data),
        "DES-EDE3-CBC" => decrypt::<cbc::Decryptor<des::TdesEde3>>(&key(24), &iv, data),
        "DES-CBC" => decrypt::<cbc::Decryptor<des::Des>>(&key(8), &iv, data),
        other => Err(Error::Unsupported(format!("the PEM encryption {other}"))),
    }
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one round.
fn bytes_to_key(password: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
    let mut key = Vec::new();
    let mut last = Vec::new();
    while key.len() < length {
        last = md5::Md5::new().chain_update(&last).chain_update(password).chain_update(salt).finalize().to_vec();
        key.extend_from_slice(&last);
    }
    key.truncate(length);
    key
}

fn decrypt<C: KeyIvInit + BlockModeDecrypt>(key: &[u8], iv: &[u8], data: &[u8]) -> Result<Vec<u8>, Error> {
    let cipher = C::new_from_slices(key, iv);
    let cipher = cipher.map_err(|_| Error::Malformed("the initial vector has the wrong length".to_owned()))?;
    cipher.decrypt_padded_vec::<Pkcs7>(data).map_err(|_| Error::WrongPassword)
}
