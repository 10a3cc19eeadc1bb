//! Private keys and keystores, known by how they begin.

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::pki::asn1::{SEQUENCE, only};

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
    LENIENT.decode(whole).is_ok_and(|bytes| is_private(&bytes) || begins_private_pem(&bytes))
}

/// True for what its form tells, as a whole: ASN.1, PEM, the Base64 of either, a line of an SSH key, JSON.
pub(super) fn is_recognised(bytes: &[u8]) -> bool {
    let is_json = bytes.trim_ascii_start().starts_with(b"{") || bytes.trim_ascii_start().starts_with(b"[");
    is_formed(bytes) || (is_json && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok())
}

/// True for a public key or a certificate, as it is or in Base64: nobody can tell any other text from a secret.
pub(super) fn is_public(text: &str) -> bool {
    let is_open = |bytes: &[u8]| !is_private(bytes) && !bytes.windows(PRIVATE.len()).any(|part| part == PRIVATE);
    is_formed(text.as_bytes())
        && is_open(text.as_bytes())
        && decoded(text.as_bytes()).is_none_or(|bytes| is_open(&bytes))
}

fn begins_private_pem(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.starts_with(PEM) && first.windows(PRIVATE.len()).any(|part| part == PRIVATE)
}

/// How the label of a private key ends in PEM.
const PRIVATE: &[u8] = b"PRIVATE KEY-----";

const PEM: &[u8] = b"-----BEGIN ";

fn is_formed(bytes: &[u8]) -> bool {
    let is_sequence = |bytes: &[u8]| only(bytes, SEQUENCE).is_ok();
    let is_pem = |bytes: &[u8]| bytes.trim_ascii_start().starts_with(PEM);
    is_sequence(bytes)
        || is_pem(bytes)
        || is_ssh(bytes)
        || decoded(bytes).is_some_and(|bytes| is_sequence(&bytes) || is_pem(&bytes))
}

/// Kind and key, whose Base64 begins with its length (RFC 4253 section 6.6).
fn is_ssh(bytes: &[u8]) -> bool {
    let mut words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let is_kind = |kind: &[u8]| kind.starts_with(b"ssh-") || kind.starts_with(b"ecdsa-sha2-");
    words.next().is_some_and(is_kind) && words.next().is_some_and(|key| key.starts_with(b"AAAA"))
}

/// What Base64 in lines encodes.
fn decoded(digits: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u8> = digits.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    LENIENT.decode(digits).ok().filter(|bytes| !bytes.is_empty())
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
