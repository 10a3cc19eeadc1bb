//! X.509 certificates (RFC 5280), with the facts that the emulated systems show computed once, on reading.
//!
//! The emulated systems are written in Java, so what a certificate is, is what the JDK takes for one.

pub(super) mod blocks;
mod extensions;
mod fields;
mod public_key;
mod structure;
mod time;
mod unreadable;

use std::sync::{Arc, OnceLock};

use md5::Digest as _;

use super::{DistinguishedName, Error, PublicKey, SignatureAlgorithm, asn1, ber, pem, signature};
use structure::Parts;
use unreadable::ContentFault;
pub use unreadable::Unreadable;

/// Digests used as fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-512, 64 bytes.
    Sha512,
}

impl Digest {
    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => md5::Md5::digest(bytes).to_vec(),
            Self::Sha1 => sha1::Sha1::digest(bytes).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(bytes).to_vec(),
            Self::Sha512 => sha2::Sha512::digest(bytes).to_vec(),
        }
    }
}

/// A parsed certificate. Two are equal if their bytes are.
#[derive(Debug)]
pub struct Certificate {
    der: Arc<[u8]>,
    subject: DistinguishedName,
    issuer: DistinguishedName,
    version: i32,
    validity: [i64; 2],
    serial_hex: String,
    serial_decimal: String,
    signature_algorithm: String,
    public_key: PublicKey,
    authority: bool,
    extended_key_usage: Option<Vec<String>>,
    subject_key_identifier: Option<Vec<u8>>,
    authority_key_identifier: Option<Vec<u8>>,
    fingerprints: [OnceLock<Fingerprint>; 4],
    self_signed: OnceLock<bool>,
}

#[derive(Debug)]
struct Fingerprint {
    bytes: Vec<u8>,
    pairs: String,
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl Certificate {
    /// Reads one certificate in DER or BER; bytes after it are refused. It is kept as Java keeps it: its own length in its
    /// shortest form and definite.
    pub fn from_der(encoding: &[u8]) -> Result<Arc<Self>, Error> {
        let der = ber::with_definite_lengths(encoding)
            .map_err(|error| Error::Certificate(Unreadable::Content(ContentFault::of(encoding, &error))))?;
        structure::check_places(&der).map_err(Error::Certificate)?;
        let flat = ber::without_indefinite_lengths(&der);
        let parts = Parts::of(&flat).map_err(Error::Certificate)?;
        Ok(Arc::new(Self {
            subject: DistinguishedName::from_der(parts.subject)?,
            issuer: DistinguishedName::from_der(parts.issuer)?,
            version: parts.version,
            validity: parts.validity,
            serial_hex: serial_hex(parts.serial),
            serial_decimal: serial_decimal(parts.serial),
            signature_algorithm: signature::java_name_of(parts.signature_algorithm),
            public_key: PublicKey::from_spki(&parts.subject_key)?,
            authority: extensions::authority(&parts.extensions),
            extended_key_usage: extensions::extended_key_usage(&parts.extensions),
            subject_key_identifier: extensions::subject_key_identifier(&parts.extensions),
            authority_key_identifier: extensions::authority_key_identifier(&parts.extensions),
            fingerprints: Default::default(),
            self_signed: OnceLock::new(),
            der: der.into(),
        }))
    }

    /// Its DER bytes.
    pub fn der(&self) -> &Arc<[u8]> {
        &self.der
    }

    /// PEM with 64 characters a line, `\n`, and a newline at the end.
    pub fn pem(&self) -> String {
        pem::encode("CERTIFICATE", &self.der)
    }

    /// Subject.
    pub fn subject(&self) -> &DistinguishedName {
        &self.subject
    }

    /// Issuer.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.issuer
    }

    /// X.509 version number: 1, 2 or 3.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// Start of validity, seconds since 1970 UTC.
    pub fn not_before(&self) -> i64 {
        self.validity[0]
    }

    /// End of validity, seconds since 1970 UTC.
    pub fn not_after(&self) -> i64 {
        self.validity[1]
    }

    /// Upper-case hex of the serial number, without leading zeros and without prefix; `0` for zero. A negative one has
    /// a minus before it, as `BigInteger.toString(16)` prints it.
    pub fn serial_hex(&self) -> &str {
        &self.serial_hex
    }

    /// The serial number in decimal, negative ones with a minus.
    pub fn serial_decimal(&self) -> &str {
        &self.serial_decimal
    }

    /// JCA name of the signature algorithm: `SHA256withRSA`, `RSASSA-PSS`, `Ed25519`; the dotted OID if there is none.
    pub fn signature_algorithm(&self) -> &str {
        &self.signature_algorithm
    }

    /// The subject's public key.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Digest of the DER bytes.
    pub fn fingerprint(&self, digest: Digest) -> &[u8] {
        &self.fingerprint_once(digest).bytes
    }

    /// Upper-case hex pairs of a fingerprint, joined by `:`.
    pub fn fingerprint_pairs(&self, digest: Digest) -> &str {
        &self.fingerprint_once(digest).pairs
    }

    fn fingerprint_once(&self, digest: Digest) -> &Fingerprint {
        let [md5, sha1, sha256, sha512] = &self.fingerprints;
        let once = match digest {
            Digest::Md5 => md5,
            Digest::Sha1 => sha1,
            Digest::Sha256 => sha256,
            Digest::Sha512 => sha512,
        };
        once.get_or_init(|| {
            let bytes = digest.of(&self.der);
            Fingerprint { pairs: pairs(&bytes), bytes }
        })
    }

    /// True if basic constraints say that it is a CA.
    pub fn is_ca(&self) -> bool {
        self.authority
    }

    /// Purposes named by the extended key usage extension, dotted OIDs; `None` if there is no such extension.
    pub fn extended_key_usage(&self) -> Option<&[String]> {
        self.extended_key_usage.as_deref()
    }

    /// The subject's alternative names: e-mail addresses, DNS names, URIs and IP addresses. Read anew each time.
    pub fn alternative_names(&self) -> Vec<String> {
        let flat = ber::without_indefinite_lengths(&self.der);
        Parts::of(&flat).map(|parts| extensions::alternative_names(&parts.extensions)).unwrap_or_default()
    }

    /// The subject key identifier, if there is such an extension.
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.subject_key_identifier.as_deref()
    }

    /// The key identifier of the authority key identifier, if there is such an extension and it has one.
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.authority_key_identifier.as_deref()
    }

    /// True if issuer and subject are the same name and its own key verifies its signature.
    pub fn is_self_signed(&self) -> bool {
        *self.self_signed.get_or_init(|| self.verify_issued_by(self).is_ok())
    }

    /// Checks that `issuer`'s name is this certificate's issuer and its key made this certificate's signature.
    pub fn verify_issued_by(&self, issuer: &Self) -> Result<(), Error> {
        if !self.issuer.same_name(&issuer.subject) {
            return Err(Error::BadSignature);
        }
        let [signed, algorithm, signature] = signed_parts(&self.der)?;
        let algorithm = SignatureAlgorithm::from_identifier(algorithm)
            .ok_or_else(|| Error::Unsupported(format!("the signature algorithm {}", self.signature_algorithm)))?;
        issuer.public_key.verify(&algorithm, signed, signature)
    }
}

/// What is signed, with which algorithm, and the signature: the three parts of anything `SIGNED` (X.509 section 9.1).
pub(super) fn signed_parts(der: &[u8]) -> Result<[&[u8]; 3], Error> {
    let mut parts = asn1::only(der, asn1::SEQUENCE)?.inside();
    let signed = parts.expect(asn1::SEQUENCE)?.whole;
    let algorithm = parts.expect(asn1::SEQUENCE)?.whole;
    let signature = asn1::bits(&parts.expect(asn1::BIT_STRING)?)?;
    Ok([signed, algorithm, signature])
}

fn pairs(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

/// The absolute value of a two's complement number, and whether it is negative.
fn absolute(serial: &[u8]) -> (bool, Vec<u8>) {
    let negative = serial.first().is_some_and(|first| first & 0x80 != 0);
    if !negative {
        return (false, asn1::magnitude(serial).to_vec());
    }
    let mut bytes: Vec<u8> = serial.iter().map(|byte| !byte).collect();
    for byte in bytes.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    (true, asn1::magnitude(&bytes).to_vec())
}

fn serial_hex(serial: &[u8]) -> String {
    let (negative, bytes) = absolute(serial);
    let digits = hex::encode_upper(bytes);
    let digits = digits.trim_start_matches('0');
    format!("{}{}", if negative { "-" } else { "" }, if digits.is_empty() { "0" } else { digits })
}

/// Decimal by long division. Serial numbers have 20 bytes by RFC 5280; of longer than 256 none is printed, since the
/// work grows with the square.
fn serial_decimal(serial: &[u8]) -> String {
    let (negative, mut number) = absolute(serial);
    if number.len() > 256 {
        return format!("0x{}", serial_hex(serial));
    }
    let mut digits = Vec::new();
    while number.iter().any(|&byte| byte != 0) {
        digits.push(char::from(b'0' + divide_by_ten(&mut number)));
    }
    digits.extend(if digits.is_empty() { Some('0') } else { negative.then_some('-') });
    digits.iter().rev().collect()
}

/// Divides in place and gives the remainder.
fn divide_by_ten(number: &mut [u8]) -> u8 {
    number.iter_mut().fold(0, |remainder: u8, byte| {
        let value = u16::from(remainder) << 8 | u16::from(*byte);
        *byte = u8::try_from(value / 10).unwrap_or(u8::MAX);
        u8::try_from(value % 10).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests;
