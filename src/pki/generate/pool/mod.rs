//! RSA and DSA keys. Finding primes takes seconds, so there is a pool of TEST keys, public like this file: never use
//! them for anything else. `make.sh` made them with OpenSSL.

use rand_chacha::ChaCha20Rng;
use rand_core::Rng;
use rsa::pkcs8::EncodePrivateKey;
use rsa::{BoxedUint, RsaPrivateKey};

use crate::pki::key::DSA;
use crate::pki::{Error, PrivateKey, asn1};

/// Bits of the modulus, then p and q of each key, one after the other.
const RSA_KEYS: &[(u32, &[u8])] = &[
    (2048, include_bytes!("test-rsa-2048.bin")),
    (3072, include_bytes!("test-rsa-3072.bin")),
    (4096, include_bytes!("test-rsa-4096.bin")),
];

/// Bits of p, then the Dss-Parms in DER.
const DSA_PARAMETERS: &[(u32, &[u8])] = &[
    (1024, include_bytes!("test-dsa-1024.der")),
    (2048, include_bytes!("test-dsa-2048.der")),
    (3072, include_bytes!("test-dsa-3072.der")),
    (4096, include_bytes!("test-dsa-4096.der")),
];

/// The public exponent of every key.
const EXPONENT: u64 = 65537;

/// Sizes of RSA keys that are generated when the pool has none: below, no signature fits; above, it takes minutes.
const SIZES: std::ops::RangeInclusive<u32> = 1024..=8192;

/// True if the pool has keys of this size.
pub(super) fn has_rsa(bits: u32) -> bool {
    RSA_KEYS.iter().any(|(size, _)| *size == bits)
}

/// A key from the pool, or a new one if it has none of this size or a fresh one is wanted.
pub(super) fn rsa(bits: u32, fresh: bool, rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
    match RSA_KEYS.iter().find(|(size, _)| *size == bits) {
        Some((_, keys)) if !fresh => pooled(bits, keys, rng),
        _ if SIZES.contains(&bits) => {
            let key = RsaPrivateKey::new(rng, usize::try_from(bits).unwrap_or_default());
            encoded(key.map_err(|_| unsupported("RSA", bits))?)
        }
        _ => Err(unsupported("RSA", bits)),
    }
}

fn pooled(bits: u32, keys: &[u8], rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
    let prime = usize::try_from(bits / 16).unwrap_or_default();
    let primes: Vec<&[u8]> = keys.chunks_exact(prime).collect();
    let count = u32::try_from(primes.len() / 2).unwrap_or_default();
    let chosen = rng.next_u32().checked_rem(count).and_then(|index| usize::try_from(index).ok()).unwrap_or_default();
    let [p, q] = primes.chunks_exact(2).nth(chosen).unwrap_or_default() else { return Err(unsupported("RSA", bits)) };
    let [p, q] = [p, q].map(|prime| BoxedUint::from_be_slice_vartime(prime));
    encoded(RsaPrivateKey::from_p_q(p, q, BoxedUint::from(EXPONENT)).map_err(|_| unsupported("RSA", bits))?)
}

#[expect(clippy::needless_pass_by_value, reason = "the key ends here")]
fn encoded(key: RsaPrivateKey) -> Result<PrivateKey, Error> {
    let der = key.to_pkcs8_der().map_err(|error| Error::Malformed(error.to_string()))?;
    PrivateKey::from_pkcs8(der.as_bytes())
}

/// A new key with embedded parameters, or with new ones, which takes seconds, if a fresh one is wanted.
pub(super) fn dsa(bits: u32, fresh: bool, rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
    let known = DSA_PARAMETERS.iter().find(|(size, _)| *size == bits).map(|(_, der)| *der);
    let known = known.ok_or_else(|| unsupported("DSA", bits))?;
    // New parameters of 4096 bits would take minutes, and the crate has no name for the size.
    let parameters = if fresh && bits <= 3072 { fresh_parameters(bits, rng)? } else { known.to_vec() };
    let secret = asn1::unsigned(&secret_below(&order(&parameters)?, rng));
    let algorithm = asn1::sequence(&[&asn1::object_identifier(&asn1::undotted(DSA).unwrap_or_default()), &parameters]);
    PrivateKey::from_parts(&algorithm, &secret)
}

fn fresh_parameters(bits: u32, rng: &mut ChaCha20Rng) -> Result<Vec<u8>, Error> {
    #[expect(deprecated, reason = "certmimic stands in for systems that still make DSA keys of 1024 bits")]
    let size = match bits {
        1024 => dsa::KeySize::DSA_1024_160,
        2048 => dsa::KeySize::DSA_2048_256,
        _ => dsa::KeySize::DSA_3072_256,
    };
    let made = dsa::Components::try_generate_from_rng_with_key_size(rng, size);
    let made = made.map_err(|_| unsupported("DSA", bits))?;
    let numbers = [made.p().to_be_bytes(), made.q().to_be_bytes(), made.g().to_be_bytes()];
    Ok(asn1::sequence(&numbers.each_ref().map(|number| asn1::unsigned(number)).each_ref().map(Vec::as_slice)))
}

/// `q` of DSA parameters.
fn order(parameters: &[u8]) -> Result<Vec<u8>, Error> {
    let mut numbers = asn1::only(parameters, asn1::SEQUENCE)?.inside();
    numbers.expect(asn1::INTEGER)?;
    Ok(asn1::magnitude(numbers.expect(asn1::INTEGER)?.content).to_vec())
}

/// A number from 1 to below `order`, whose first bit is set: half of all draws are.
fn secret_below(order: &[u8], rng: &mut ChaCha20Rng) -> Vec<u8> {
    let mut secret = vec![0; order.len()];
    loop {
        rng.fill_bytes(&mut secret);
        if secret.as_slice() < order && secret.iter().any(|&byte| byte != 0) {
            return secret;
        }
    }
}

fn unsupported(family: &str, bits: u32) -> Error {
    Error::Unsupported(format!("a new {family} key of {bits} bits"))
}
