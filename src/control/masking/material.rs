//! Private keys and keystores, known by how they begin.

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// How many digits of Base64 tell what it is.
const ENOUGH: usize = 64;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// True for a private key (PKCS#8, PKCS#1, SEC 1; encrypted or not; OpenSSH, PuTTY), a keystore (PKCS#12, JKS, JCEKS), or a
/// ZIP archive, which Apinizer packs those into.
pub(super) fn is_private(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 5] = [
        &[0xFE, 0xED, 0xFE, 0xED],
        &[0xCE, 0xCE, 0xCE, 0xCE],
        b"openssh-key-v1\0",
        b"PuTTY-User-Key-File",
        b"PK\x03\x04",
    ];
    MAGIC.iter().any(|magic| bytes.starts_with(magic)) || begins_private(bytes)
}

/// The same of its Base64, with the digits of either alphabet.
pub(super) fn is_private_base64(digits: &str) -> bool {
    let start: String = digits
        .chars()
        .take(ENOUGH)
        .map(|digit| match digit {
            '-' => '+',
            '_' => '/',
            digit => digit,
        })
        .collect();
    let whole = start.trim_end_matches('=');
    let whole = whole.get(..whole.len() / 4 * 4).unwrap_or(whole);
    LENIENT.decode(whole).is_ok_and(|bytes| is_private(&bytes))
}

/// True for what its beginning tells: ASN.1, PEM, its Base64, a line of an SSH key, JSON.
pub(super) fn is_recognised(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] = [b"0", b"MI", b"-----BEGIN ", b"ssh-", b"ecdsa-sha2-", b"{", b"["];
    let bytes = bytes.trim_ascii_start();
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

/// `SEQUENCE { INTEGER version, … }` is a key or a PKCS#12 file; `SEQUENCE { SEQUENCE { OID pkcs-5 … } … }` an encrypted key.
/// A certificate begins with two sequences, the second of which begins with neither.
fn begins_private(bytes: &[u8]) -> bool {
    let Some(content) = sequence(bytes) else { return false };
    match content {
        [0x02, 0x01, 0x00 | 0x01 | 0x03, next, ..] => matches!(next, 0x02 | 0x04 | 0x30),
        [0x02, 0x01, 0x00 | 0x01 | 0x03] => true,
        _ => sequence(content).is_some_and(|algorithm| {
            const PKCS5: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05];
            const PKCS12: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x0C];
            algorithm.get(2..10).is_some_and(|oid| algorithm.first() == Some(&0x06) && (oid == PKCS5 || oid == PKCS12))
        }),
    }
}

/// What follows the head of a SEQUENCE, its length not looked at.
fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    let (head, rest) = bytes.split_first_chunk::<2>()?;
    if head[0] != 0x30 {
        return None;
    }
    let further = if head[1] & 0x80 == 0 { 0 } else { usize::from(head[1] & 0x7F) };
    rest.get(further..)
}

/// True for a JSON Web Token: three parts, the first of which is an object (RFC 7519).
pub(super) fn is_token(word: &str) -> bool {
    let mut parts = word.split('.');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let mut part = || parts.next().is_some_and(|part| !part.is_empty() && part.bytes().all(is_digit));
    word.starts_with("eyJ") && part() && part() && part()
}
