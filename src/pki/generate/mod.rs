//! Making certificates and keys: real ones, byte for byte the same for the same input.

mod extensions;
mod pool;

use std::sync::Arc;

use rand_chacha::ChaCha20Rng;
use rand_core::Rng;

use super::key::{ED25519, X25519, curve, ec};
use super::{Certificate, DistinguishedName, Error, PrivateKey, PublicKey, SignatureAlgorithm, asn1};

/// What a new certificate says.
#[derive(Debug, Clone)]
pub struct Template {
    /// Subject; of a self-signed certificate also the issuer.
    pub subject: DistinguishedName,
    /// Serial number, big endian, at most 20 bytes; made positive.
    pub serial: Vec<u8>,
    /// Start of validity, seconds since 1970 UTC.
    pub not_before: i64,
    /// End of validity, seconds since 1970 UTC.
    pub not_after: i64,
    /// Whether it may issue others: basic constraints and key usage say so.
    pub ca: bool,
    /// DNS names and IP addresses for the subject alternative name extension; none if empty.
    pub alternative_names: Vec<String>,
    /// Dotted OIDs for the extended key usage extension; none if empty.
    pub extended_key_usage: Vec<String>,
    /// ASCII text for the comment extension that Netscape had; none if empty.
    pub comment: &'static str,
}

/// What key to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySpec {
    /// RSA with so many bits: 2048, 3072 and 4096 come from the embedded pool of test keys, others are generated.
    Rsa(u32),
    /// DSA with so many bits of `p`: 1024, 2048, 3072 or 4096 with embedded parameters.
    Dsa(u32),
    /// A curve by its short name: `secp192r1`, `secp224r1`, `secp256r1`, `secp384r1`, `secp521r1`, `secp256k1`.
    Ec(&'static str),
    /// Ed25519
    Ed25519,
    /// X25519
    X25519,
}

/// Whether making such a key takes seconds: primes have to be found for it.
pub fn is_slow(spec: KeySpec, fresh: bool) -> bool {
    matches!(spec, KeySpec::Rsa(bits) if fresh || !pool::has_rsa(bits))
}

/// A key for a generator: from the embedded pool of test keys where there is one, unless `fresh`.
pub fn private_key(spec: KeySpec, fresh: bool, rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
    match spec {
        KeySpec::Rsa(bits) => pool::rsa(bits, fresh, rng),
        KeySpec::Dsa(bits) => pool::dsa(bits, fresh, rng),
        KeySpec::Ec(name) => elliptic(name, rng),
        KeySpec::Ed25519 => PrivateKey::from_seed(ED25519, &seed(rng)),
        KeySpec::X25519 => PrivateKey::from_seed(X25519, &seed(rng)),
    }
}

fn seed(rng: &mut ChaCha20Rng) -> [u8; 32] {
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    seed
}

/// Draws until the number is below the order of the curve; of P-521 only one bit of the first byte is drawn.
fn elliptic(name: &str, rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
    let curve = curve::by_name(name).ok_or_else(|| Error::Unsupported(format!("the elliptic curve {name}")))?;
    let mut scalar = vec![0; usize::try_from(curve.bits.div_ceil(8)).unwrap_or_default()];
    loop {
        rng.fill_bytes(&mut scalar);
        if let Some(first) = scalar.first_mut() {
            *first &= 0xFF >> (curve.bits.next_multiple_of(8) - curve.bits);
        }
        if ec::is_scalar(curve, &scalar)? {
            return PrivateKey::from_ec_scalar(curve.oid, &scalar);
        }
    }
}

/// A self-signed certificate.
pub fn self_signed(
    template: &Template,
    key: &PrivateKey,
    algorithm: &SignatureAlgorithm,
) -> Result<Arc<Certificate>, Error> {
    let issuer = Issuer { name: &template.subject, key, identifier: extensions::key_identifier(key.public_key()) };
    certificate(template, key.public_key(), &issuer, algorithm)
}

/// A certificate for `subject_key`, issued by a CA.
pub fn issued(
    template: &Template,
    subject_key: &PublicKey,
    issuer: &Certificate,
    issuer_key: &PrivateKey,
    algorithm: &SignatureAlgorithm,
) -> Result<Arc<Certificate>, Error> {
    let identifier = match issuer.subject_key_identifier() {
        Some(identifier) => identifier.to_vec(),
        None => extensions::key_identifier(issuer.public_key()),
    };
    certificate(template, subject_key, &Issuer { name: issuer.subject(), key: issuer_key, identifier }, algorithm)
}

struct Issuer<'a> {
    name: &'a DistinguishedName,
    key: &'a PrivateKey,
    identifier: Vec<u8>,
}

/// Certificate and TBSCertificate (RFC 5280 section 4.1), always of version 3.
fn certificate(
    template: &Template,
    subject_key: &PublicKey,
    issuer: &Issuer<'_>,
    algorithm: &SignatureAlgorithm,
) -> Result<Arc<Certificate>, Error> {
    const VERSION_3: &[u8] = &[0xA0, 3, 2, 1, 2];
    let identifier = algorithm.identifier();
    let validity = asn1::sequence(&[&time(template.not_before), &time(template.not_after)]);
    let extensions = extensions::extensions(template, subject_key, &issuer.identifier);
    let signed = asn1::sequence(&[
        VERSION_3,
        &serial(&template.serial),
        &identifier,
        issuer.name.der(),
        &validity,
        template.subject.der(),
        subject_key.spki(),
        &asn1::element(0xA3, &[&extensions]),
    ]);
    let signature = asn1::bit_string(&issuer.key.sign(algorithm, &signed)?);
    Certificate::from_der(&asn1::sequence(&[&signed, &identifier, &signature]))
}

/// A positive number of at most 20 bytes, not zero (RFC 5280 section 4.1.2.2).
fn serial(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.get(..bytes.len().min(20)).unwrap_or_default().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first &= 0x7F;
    }
    match asn1::magnitude(&bytes) {
        [] => asn1::unsigned(&[1]),
        digits => asn1::unsigned(digits),
    }
}

/// UTCTime until 2049, GeneralizedTime before 1950 and from 2050 on; the years that can be written are 0 to 9999.
fn time(seconds: i64) -> Vec<u8> {
    const UTC_TIME: u8 = 0x17;
    const GENERALIZED_TIME: u8 = 0x18;
    let seconds = seconds.clamp(-62_167_219_200, 253_402_300_799);
    let date = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let rest = format!("{month:02}{day:02}{:02}{:02}{:02}Z", date.hour(), date.minute(), date.second());
    if (1950..2050).contains(&year) {
        return asn1::element(UTC_TIME, &[format!("{:02}{rest}", year % 100).as_bytes()]);
    }
    asn1::element(GENERALIZED_TIME, &[format!("{year:04}{rest}").as_bytes()])
}

#[cfg(test)]
mod tests;
