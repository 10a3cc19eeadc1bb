//! SSH keys: private ones of OpenSSH (`PROTOCOL.key`) and PuTTY (PPK 2 and 3), public ones as lines (RFC 4253 section 6.6,
//! RFC 5656 section 3.1, RFC 8709 section 4).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1::EncodeRsaPrivateKey;
use ssh_key::Kdf;
use ssh_key::private::{DsaKeypair, KeypairData, RsaKeypair};

use super::key::{DSA, ED25519};
use super::{Error, PrivateKey, PublicKey, asn1, pem};

const OPENSSH_LABEL: &str = "OPENSSH PRIVATE KEY";
const PUTTY_PREFIX: &str = "PuTTY-User-Key-File-";

/// `ssh-keygen` takes 16 or 24; each costs about a millisecond.
const MOST_BCRYPT_ROUNDS: u32 = 1_000;
/// PuTTY takes 8 MiB.
const MOST_ARGON2_KIBIBYTES: u64 = 256 * 1024;
/// Passes times memory: PuTTY takes as many passes as fit a tenth of a second.
const MOST_ARGON2_WORK: u64 = 4 * 1024 * 1024;

/// Reads a private key file: OpenSSH's own format, PuTTY's, or PEM (PKCS#1, SEC1, DSA, PKCS#8) as older `ssh-keygen` wrote
/// it.
pub fn private_key(bytes: &[u8], password: Option<&str>) -> Result<PrivateKey, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("the SSH key is not text"))?;
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.starts_with(PUTTY_PREFIX) {
        return of_putty(text, password);
    }
    match pem::blocks(text)?.into_iter().find(|block| block.label == OPENSSH_LABEL) {
        Some(block) => of_openssh(&block.bytes, password),
        None => PrivateKey::from_pem(text, password),
    }
}

/// `ssh-rsa AAAA… comment`, without line end; for RSA, DSA, EC on the NIST curves, Ed25519. Others have no such form:
/// [`Error::Unsupported`].
pub fn public_line(key: &PublicKey, comment: &str) -> Result<String, Error> {
    let (name, blob) = public_blob(key)?;
    let base64 = STANDARD.encode([string(name.as_bytes()), blob].concat());
    Ok(if comment.is_empty() { format!("{name} {base64}") } else { format!("{name} {base64} {comment}") })
}

fn malformed(what: &str) -> Error {
    Error::Malformed(what.into())
}

/// The key's algorithm and what follows its name in the blob.
fn public_blob(key: &PublicKey) -> Result<(String, Vec<u8>), Error> {
    if let (Some([n, e]), "RSA") = (key.rsa(), key.algorithm()) {
        return Ok(("ssh-rsa".into(), [e, n].map(number).concat()));
    }
    if let Some(numbers) = key.dsa() {
        return Ok(("ssh-dss".into(), numbers.map(number).concat()));
    }
    if key.algorithm() == "Ed25519" {
        return Ok(("ssh-ed25519".into(), string(key.bits())));
    }
    let curve = match key.curve() {
        Some("secp256r1") => "nistp256",
        Some("secp384r1") => "nistp384",
        Some("secp521r1") => "nistp521",
        other => return Err(Error::Unsupported(format!("SSH with a key {}", other.unwrap_or(key.algorithm())))),
    };
    Ok((format!("ecdsa-sha2-{curve}"), [string(curve.as_bytes()), string(key.bits())].concat()))
}

/// Bytes after their count (RFC 4251 section 5).
fn string(bytes: &[u8]) -> Vec<u8> {
    [&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes(), bytes].concat()
}

/// A number that is not negative, from its magnitude (RFC 4251 section 5, `mpint`).
fn number(magnitude: &[u8]) -> Vec<u8> {
    match magnitude {
        [0x80..=0xFF, ..] => string(&[&[0], magnitude].concat()),
        _ => string(magnitude),
    }
}

fn of_openssh(bytes: &[u8], password: Option<&str>) -> Result<PrivateKey, Error> {
    let mut key = ssh_key::PrivateKey::from_bytes(bytes).map_err(|error| unreadable(&error))?;
    if key.is_encrypted() {
        if let Kdf::Bcrypt { rounds: rounds @ MOST_BCRYPT_ROUNDS.., .. } = key.kdf() {
            return Err(Error::Unsupported(format!("an SSH key with {rounds} rounds")));
        }
        let password = password.ok_or(Error::PasswordRequired)?;
        key = key.decrypt(password).map_err(|error| match error {
            ssh_key::Error::AlgorithmUnsupported { .. } | ssh_key::Error::AlgorithmUnknown => unreadable(&error),
            _ => Error::WrongPassword,
        })?;
    }
    of_pair(key.key_data())
}

fn of_putty(text: &str, password: Option<&str>) -> Result<PrivateKey, Error> {
    let encrypted = putty_header(text, "Encryption").is_some_and(|cipher| cipher != "none");
    let password = if encrypted { Some(password.ok_or(Error::PasswordRequired)?) } else { None };
    check_argon2(text)?;
    let key = ssh_key::PrivateKey::from_ppk(text, password.map(ToOwned::to_owned)).map_err(|error| match error {
        // Decryption is checked by the MAC alone.
        ssh_key::Error::Ppk(fault) if encrypted && fault.to_string() == "incorrect MAC" => Error::WrongPassword,
        other => unreadable(&other),
    })?;
    of_pair(key.key_data())
}

fn putty_header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn check_argon2(text: &str) -> Result<(), Error> {
    let figure = |name| putty_header(text, name).map_or(Some(1), |value| value.parse::<u64>().ok());
    let refused = || Error::Unsupported("a PuTTY key with such a costly password hash".into());
    let memory = figure("Argon2-Memory").ok_or_else(refused)?;
    let passes = figure("Argon2-Passes").ok_or_else(refused)?;
    let lanes = figure("Argon2-Parallelism").ok_or_else(refused)?;
    let costly = memory > MOST_ARGON2_KIBIBYTES || memory.saturating_mul(passes) > MOST_ARGON2_WORK || lanes > 64;
    if costly { Err(refused()) } else { Ok(()) }
}

fn unreadable(error: &ssh_key::Error) -> Error {
    match error {
        ssh_key::Error::AlgorithmUnknown | ssh_key::Error::AlgorithmUnsupported { .. } => {
            Error::Unsupported("the algorithm of the SSH key".into())
        }
        other => Error::Malformed(format!("the SSH key cannot be read: {other}")),
    }
}

fn of_pair(pair: &KeypairData) -> Result<PrivateKey, Error> {
    match pair {
        KeypairData::Rsa(pair) => of_rsa(pair),
        KeypairData::Dsa(pair) => of_dsa(pair),
        KeypairData::Ecdsa(pair) => PrivateKey::from_ec_scalar(curve_oid(pair.curve()), pair.private_key_bytes()),
        KeypairData::Ed25519(pair) => PrivateKey::from_seed(ED25519, &pair.private.to_bytes()),
        _ => Err(Error::Unsupported("the algorithm of the SSH key".into())),
    }
}

fn of_rsa(pair: &RsaKeypair) -> Result<PrivateKey, Error> {
    let damaged = || malformed("the numbers of the RSA key do not belong together");
    let key = rsa::RsaPrivateKey::try_from(pair).map_err(|_| damaged())?;
    PrivateKey::from_pkcs1(key.to_pkcs1_der().map_err(|_| damaged())?.as_bytes())
}

fn of_dsa(pair: &DsaKeypair) -> Result<PrivateKey, Error> {
    let [p, q, g, x] =
        [pair.public().p(), pair.public().q(), pair.public().g(), pair.private().as_mpint()].map(|number| {
            number.as_positive_bytes().map(asn1::unsigned).ok_or_else(|| malformed("the DSA key has a negative number"))
        });
    let oid = asn1::object_identifier(&asn1::undotted(DSA).unwrap_or_default());
    let algorithm = asn1::sequence(&[&oid, &asn1::sequence(&[&p?, &q?, &g?])]);
    PrivateKey::from_parts(&algorithm, &x?)
}

const fn curve_oid(curve: ssh_key::EcdsaCurve) -> &'static str {
    match curve {
        ssh_key::EcdsaCurve::NistP256 => "1.2.840.10045.3.1.7",
        ssh_key::EcdsaCurve::NistP384 => "1.3.132.0.34",
        ssh_key::EcdsaCurve::NistP521 => "1.3.132.0.35",
    }
}
