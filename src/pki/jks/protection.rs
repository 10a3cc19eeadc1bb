//! How the two formats encrypt a private key with a password: an XOR stream of SHA-1 blocks, and PBE with MD5 and triple
//! DES (`sun.security.provider.KeyProtector`, `com.sun.crypto.provider.KeyProtector`).

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use des::TdesEde3;
use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::Sha256;

use crate::pki::asn1::{self, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE};
use crate::pki::pbe::Work;
use crate::pki::{Error, PrivateKey, ber};

/// 1.3.6.1.4.1.42.2.17.1.1
const JKS_KEY_PROTECTOR: &[u8] = &[0x2B, 0x06, 0x01, 0x04, 0x01, 0x2A, 0x02, 0x11, 0x01, 0x01];
/// 1.3.6.1.4.1.42.2.19.1
const PBE_WITH_MD5_AND_TRIPLE_DES: &[u8] = &[0x2B, 0x06, 0x01, 0x04, 0x01, 0x2A, 0x02, 0x13, 0x01];
const NULL: &[u8] = &[0x05, 0x00];

/// The least that the JDK accepts for `jdk.jceks.iterationCount`.
const WRITTEN_ITERATIONS: u64 = 10_000;

/// What a salt is derived from, so that the same entry is written as the same bytes.
pub(super) struct Salt<'a> {
    /// Alias of the entry.
    pub(super) alias: &'a str,
    /// The key to encrypt.
    pub(super) key: &'a PrivateKey,
    /// The password to encrypt it with.
    pub(super) password: &'a str,
}

/// Decrypts an `EncryptedPrivateKeyInfo`, by the algorithm that it names.
pub(super) fn open(protected: &[u8], password: &str, work: &mut Work) -> Result<PrivateKey, Error> {
    let parts = ber::single(protected)?.children_of(SEQUENCE)?;
    let [algorithm, encrypted] = parts.as_slice() else {
        return Err(Error::Malformed("the keystore's private key is not an EncryptedPrivateKeyInfo".into()));
    };
    let encrypted = encrypted.value(OCTET_STRING)?;
    let algorithm = algorithm.children_of(SEQUENCE)?;
    match algorithm.as_slice() {
        [oid, ..] if oid.value(OBJECT_IDENTIFIER)? == JKS_KEY_PROTECTOR => open_jks(encrypted, password),
        [oid, parameters] if oid.value(OBJECT_IDENTIFIER)? == PBE_WITH_MD5_AND_TRIPLE_DES => {
            open_jceks(encrypted, &parameters.children_of(SEQUENCE)?, password, work)
        }
        _ => Err(Error::Unsupported("the encryption of the keystore's private key".into())),
    }
}

/// Encrypts as JKS does: salt, the key under a stream, a checksum.
pub(super) fn seal_jks(entry: &Salt<'_>) -> Vec<u8> {
    let password = utf16(entry.password);
    let salt: [u8; 20] = entry.derive();
    let plain = entry.key.pkcs8();
    let mut sealed = salt.to_vec();
    sealed.extend(xor_stream(&salt, &password, plain));
    sealed.extend(Sha1::new().chain_update(&password).chain_update(plain).finalize());
    encrypted_private_key_info(JKS_KEY_PROTECTOR, NULL, &sealed)
}

/// Encrypts as JCEKS does.
pub(super) fn seal_jceks(entry: &Salt<'_>) -> Vec<u8> {
    let salt: [u8; 8] = entry.derive();
    let (key, iv) = triple_des_key(entry.password, salt, WRITTEN_ITERATIONS);
    let sealed =
        cbc::Encryptor::<TdesEde3>::new(&key.into(), &iv.into()).encrypt_padded_vec::<Pkcs7>(entry.key.pkcs8());
    let iterations = asn1::unsigned(&WRITTEN_ITERATIONS.to_be_bytes());
    let parameters = asn1::sequence(&[&asn1::element(OCTET_STRING, &[&salt]), &iterations]);
    encrypted_private_key_info(PBE_WITH_MD5_AND_TRIPLE_DES, &parameters, &sealed)
}

/// A password as the bytes of its UTF-16 units, big endian.
pub(super) fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

impl Salt<'_> {
    fn derive<const N: usize>(&self) -> [u8; N] {
        let mut hash = Sha256::new();
        for part in [self.alias.as_bytes(), self.key.pkcs8(), self.password.as_bytes()] {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part);
        }
        let digest: [u8; 32] = hash.finalize().into();
        std::array::from_fn(|at| digest.get(at).copied().unwrap_or_default())
    }
}

fn open_jks(encrypted: &[u8], password: &str) -> Result<PrivateKey, Error> {
    let damaged = || Error::Malformed("the keystore's private key is too short".into());
    let (salt, rest) = encrypted.split_first_chunk::<20>().ok_or_else(damaged)?;
    let (encrypted, checksum) = rest.split_last_chunk::<20>().ok_or_else(damaged)?;
    let password = utf16(password);
    let plain = xor_stream(salt, &password, encrypted);
    if Sha1::new().chain_update(&password).chain_update(&plain).finalize()[..] != checksum[..] {
        return Err(Error::WrongPassword);
    }
    PrivateKey::from_pkcs8(&plain)
}

/// The text XOR a stream of blocks, each of them the SHA-1 of the password and the block before; before the first, the salt.
fn xor_stream(salt: &[u8; 20], password: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = *salt;
    let mut out = Vec::with_capacity(text.len());
    for chunk in text.chunks(block.len()) {
        block = Sha1::new().chain_update(password).chain_update(block).finalize().into();
        out.extend(chunk.iter().zip(block).map(|(byte, mask)| byte ^ mask));
    }
    out
}

fn open_jceks(
    encrypted: &[u8],
    parameters: &[ber::Element<'_>],
    password: &str,
    work: &mut Work,
) -> Result<PrivateKey, Error> {
    let [salt, iterations] = parameters else {
        return Err(Error::Malformed("the parameters of the keystore's encryption are not salt and count".into()));
    };
    let iterations = iterations.unsigned()?;
    if iterations == 0 {
        return Err(Error::Unsupported("an iteration count of 0".into()));
    }
    work.spend(iterations)?;
    let salt = salt.value(OCTET_STRING)?.try_into().map_err(|_| Error::Unsupported("a salt of this length".into()))?;
    let (key, iv) = triple_des_key(password, salt, iterations);
    let plain = cbc::Decryptor::<TdesEde3>::new(&key.into(), &iv.into()).decrypt_padded_vec::<Pkcs7>(encrypted);
    PrivateKey::from_pkcs8(&plain.map_err(|_| Error::WrongPassword)?).map_err(|error| match error {
        Error::Malformed(_) => Error::WrongPassword,
        other => other,
    })
}

/// Key and initialisation vector: each half of the salt, hashed with the password again and again (`PBES1Core`).
#[expect(clippy::many_single_char_names, reason = "the bytes of a salt have no names")]
fn triple_des_key(password: &str, salt: [u8; 8], iterations: u64) -> ([u8; 24], [u8; 8]) {
    let password: Vec<u8> = password.encode_utf16().map(|unit| (unit & 0x7F).to_be_bytes()[1]).collect();
    let [a, b, c, d, e, f, g, h] = salt;
    // Equal halves: the JDK means to turn the first one round, and by a slip of its index turns it so.
    let first = if [a, b, c, d] == [e, f, g, h] { [d, a, b, d] } else { [a, b, c, d] };
    let [one, two] = [first, [e, f, g, h]].map(|half| iterated_md5(half, &password, iterations));
    let (mut key, mut iv) = ([0; 24], [0; 8]);
    key[..16].copy_from_slice(&one);
    key[16..].copy_from_slice(&two[..8]);
    iv.copy_from_slice(&two[8..]);
    (key, iv)
}

fn iterated_md5(half: [u8; 4], password: &[u8], iterations: u64) -> [u8; 16] {
    let mut digest: [u8; 16] = Md5::new().chain_update(half).chain_update(password).finalize().into();
    for _ in 1..iterations {
        digest = Md5::new().chain_update(digest).chain_update(password).finalize().into();
    }
    digest
}

fn encrypted_private_key_info(oid: &[u8], parameters: &[u8], encrypted: &[u8]) -> Vec<u8> {
    let algorithm = asn1::sequence(&[&asn1::object_identifier(oid), parameters]);
    asn1::sequence(&[&algorithm, &asn1::element(OCTET_STRING, &[encrypted])])
}
