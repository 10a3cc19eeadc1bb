//! Making signatures, the same ones for the same key and message.

use dsa::BoxedUint;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rsa::{Pss, RsaPrivateKey};
use sha2::digest::Digest;
use sha2::digest::block_api::BlockSizeUser;

use super::super::key::dsa::{components, number};
use super::super::key::{LARGEST, curve, ec};
use super::super::{Error, PrivateKey, SignatureAlgorithm, asn1};
use super::verify::{digest, pkcs1};
use super::{Scheme, with_digest};

impl PrivateKey {
    /// Signs, deterministically (RFC 6979 for DSA and EC; a salt derived from message and key for PSS).
    pub fn sign(&self, algorithm: &SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, Error> {
        sign(self, algorithm, message)
    }
}

fn sign(key: &PrivateKey, algorithm: &SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, Error> {
    if !algorithm.fits(key.public_key()) {
        return algorithm.refuse(key.public_key());
    }
    let digest = digest(algorithm.hash, message);
    match algorithm.scheme {
        Scheme::RsaPkcs1 => rsa(key)?.sign(pkcs1(algorithm.hash), &digest).map_err(|_| too_short()),
        Scheme::RsaPss(salt) => with_digest!(algorithm.hash, D => {
            let padding = Pss::<D>::new_with_salt(salt);
            rsa(key)?.sign_with_rng(&mut salts(key, message), padding, &digest).map_err(|_| too_short())
        }),
        Scheme::Dsa => with_digest!(algorithm.hash, D => dsa::<D>(key, &digest)),
        Scheme::Ecdsa => {
            let curve = key.public_key().curve().and_then(curve::by_name);
            let curve = curve.ok_or_else(|| Error::Unsupported("an unnamed elliptic curve".to_owned()))?;
            with_digest!(algorithm.hash, D => ec::sign::<D>(curve, key.secret()?, &digest))
        }
        Scheme::Ed25519 => {
            use ed25519_dalek::Signer;
            let seed: &[u8; 32] = key.secret()?.try_into().map_err(|_| unusable("Ed25519"))?;
            Ok(ed25519_dalek::SigningKey::from_bytes(seed).sign(message).to_bytes().to_vec())
        }
    }
}

fn rsa(key: &PrivateKey) -> Result<RsaPrivateKey, Error> {
    if key.public_key().size().is_none_or(|bits| bits > LARGEST) {
        return Err(unusable("RSA"));
    }
    let numbers = key.rsa()?.into_iter().map(BoxedUint::from_be_slice_vartime).collect::<Vec<_>>();
    let [modulus, public, private, primes @ ..] = numbers.as_slice() else { return Err(unusable("RSA")) };
    let primes = primes.iter().take(2).cloned().collect();
    RsaPrivateKey::from_components(modulus.clone(), public.clone(), private.clone(), primes)
        .map_err(|_| unusable("RSA"))
}

fn salts(key: &PrivateKey, message: &[u8]) -> ChaCha20Rng {
    let seed = sha2::Sha256::new().chain_update(key.pkcs8()).chain_update(message).finalize();
    ChaCha20Rng::from_seed(seed.into())
}

fn dsa<D: Digest + BlockSizeUser>(key: &PrivateKey, digest: &[u8]) -> Result<Vec<u8>, Error> {
    let secret = dsa_key(key).ok_or_else(|| unusable("DSA"))?;
    let signature = secret.sign_prehashed_rfc6979::<D>(digest).map_err(|_| unusable("DSA"))?;
    let [r, s] = [signature.r(), signature.s()].map(|number| asn1::unsigned(&number.to_be_bytes()));
    Ok(asn1::sequence(&[&r, &s]))
}

fn dsa_key(key: &PrivateKey) -> Option<dsa::SigningKey> {
    let [parameters @ .., public] = key.public_key().dsa()?;
    let components = components(parameters).ok()?;
    let secret = number(key.secret().ok()?, components.q().bits_precision())?;
    let public = number(public, components.p().bits_precision())?;
    let public = dsa::VerifyingKey::from_components(components, public).ok()?;
    dsa::SigningKey::from_components(public, secret).ok()
}

fn unusable(family: &str) -> Error {
    Error::Malformed(format!("the {family} key is not a working one"))
}

fn too_short() -> Error {
    Error::Unsupported("this signature algorithm with so short an RSA key".to_owned())
}
