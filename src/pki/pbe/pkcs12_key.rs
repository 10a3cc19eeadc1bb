//! Keys out of passwords as PKCS#12 derives them (RFC 7292 appendix B).

use sha2::digest::block_api::BlockSizeUser;
use sha2::digest::{self, FixedOutputReset, Update};

/// What a key is for (RFC 7292 B.3).
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Purpose {
    /// Encryption.
    Key = 1,
    /// The initial vector of a cipher.
    InitialVector = 2,
    /// The key of a MAC.
    Mac = 3,
}

/// Digests that a MAC may be made with.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Digest {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512_224,
    Sha512_256,
}

/// A key of so many bytes.
///
/// An empty password is two zero bytes (B.1: a string has an end). The password of one NUL is none at all, as the JDK has
/// it: some writers take the empty one so.
pub(in super::super) fn derive(
    digest: Digest,
    purpose: Purpose,
    password: &str,
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Vec<u8> {
    let derive = match digest {
        Digest::Sha1 => derive_with::<sha1::Sha1>,
        Digest::Sha224 => derive_with::<sha2::Sha224>,
        Digest::Sha256 => derive_with::<sha2::Sha256>,
        Digest::Sha384 => derive_with::<sha2::Sha384>,
        Digest::Sha512 => derive_with::<sha2::Sha512>,
        Digest::Sha512_224 => derive_with::<sha2::Sha512_224>,
        Digest::Sha512_256 => derive_with::<sha2::Sha512_256>,
    };
    let password = if password == "\0" { Vec::new() } else { utf16(password) };
    derive(purpose, &password, salt, iterations, length)
}

/// Units of UTF-16, big endian, and a NUL.
fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect()
}

fn derive_with<D: digest::Digest + Update + FixedOutputReset + BlockSizeUser>(
    purpose: Purpose,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Vec<u8> {
    let block = <D as BlockSizeUser>::block_size();
    let filled =
        |bytes: &[u8]| -> Vec<u8> { bytes.iter().copied().cycle().take(bytes.len().next_multiple_of(block)).collect() };
    let mut input = [filled(salt), filled(password)].concat();
    let mut derived = Vec::new();
    while derived.len() < length {
        let mut hash =
            <D as digest::Digest>::new().chain_update(vec![purpose as u8; block]).chain_update(&input).finalize();
        for _ in 1..iterations {
            hash = D::digest(&hash);
        }
        derived.extend_from_slice(&hash);
        for part in input.chunks_mut(block) {
            add_one_and(part, &hash);
        }
    }
    derived.truncate(length);
    derived
}

/// Adds the repeated hash and one, modulo the size of the part.
fn add_one_and(part: &mut [u8], hash: &[u8]) {
    let repeated: Vec<u8> = hash.iter().copied().cycle().take(part.len()).collect();
    let mut carry = 1;
    for (digit, add) in part.iter_mut().zip(repeated).rev() {
        let sum = u16::from(*digit) + u16::from(add) + carry;
        *digit = sum.to_be_bytes()[1];
        carry = sum >> 8;
    }
}
