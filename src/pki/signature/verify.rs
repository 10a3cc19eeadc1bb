//! Checking signatures.

use dsa::BoxedUint;
use rsa::signature::hazmat::PrehashVerifier;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};
use sha2::digest::Digest;

use super::super::key::dsa::{components, number};
use super::super::key::{LARGEST, curve, ec};
use super::super::{Error, PublicKey, SignatureAlgorithm};
use super::{Hash, Scheme, with_digest};

impl PublicKey {
    /// Checks a signature over `message`.
    pub fn verify(&self, algorithm: &SignatureAlgorithm, message: &[u8], signature: &[u8]) -> Result<(), Error> {
        verify(self, algorithm, message, signature)
    }
}

fn verify(key: &PublicKey, algorithm: &SignatureAlgorithm, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    if !algorithm.fits(key) {
        return algorithm.refuse(key);
    }
    let digest = digest(algorithm.hash, message);
    match algorithm.scheme {
        Scheme::RsaPkcs1 => rsa(key)?.verify(pkcs1(algorithm.hash), &digest, signature).map_err(bad),
        Scheme::RsaPss(salt) => with_digest!(algorithm.hash, D => {
            rsa(key)?.verify(Pss::<D>::new_with_salt(salt), &digest, signature).map_err(bad)
        }),
        Scheme::Dsa => dsa(key, &digest, signature),
        Scheme::Ecdsa => {
            let curve = key.curve().and_then(curve::by_name);
            let curve = curve.ok_or_else(|| Error::Unsupported("an unnamed elliptic curve".to_owned()))?;
            ec::verify(curve, key.bits(), &digest, signature)
        }
        Scheme::Ed25519 => ed25519(key, message, signature),
    }
}

/// The digest of a message.
pub(super) fn digest(hash: Hash, message: &[u8]) -> Vec<u8> {
    with_digest!(hash, D => D::digest(message).to_vec())
}

/// The padding with the digest's DigestInfo before it.
pub(super) fn pkcs1(hash: Hash) -> Pkcs1v15Sign {
    /// DigestInfo of MD5 (RFC 8017 section 9.2, note 1): the crate has none for it.
    const MD5: &[u8] = b"\x30\x20\x30\x0c\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05\x05\x00\x04\x10";
    match hash {
        Hash::Md5 => Pkcs1v15Sign { hash_len: Some(16), prefix: MD5.into() },
        Hash::Sha1 => Pkcs1v15Sign::new::<sha1::Sha1>(),
        Hash::Sha224 => Pkcs1v15Sign::new::<sha2::Sha224>(),
        Hash::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
        Hash::Sha384 => Pkcs1v15Sign::new::<sha2::Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<sha2::Sha512>(),
    }
}

fn rsa(key: &PublicKey) -> Result<RsaPublicKey, Error> {
    let unusable = || Error::Unsupported("such an RSA key".to_owned());
    if key.size().is_none_or(|bits| bits > LARGEST) {
        return Err(unusable());
    }
    let [n, e] = key.rsa().ok_or_else(unusable)?;
    let [n, e] = [n, e].map(BoxedUint::from_be_slice_vartime);
    RsaPublicKey::new_with_max_size(n, e, LARGEST as usize).map_err(|_| unusable())
}

fn bad(_: rsa::Error) -> Error {
    Error::BadSignature
}

fn dsa(key: &PublicKey, digest: &[u8], signature: &[u8]) -> Result<(), Error> {
    let [p, q, g, y] = key.dsa().ok_or(Error::BadSignature)?;
    let components = components([p, q, g])?;
    let y = number(y, components.p().bits_precision()).ok_or(Error::BadSignature)?;
    let key = dsa::VerifyingKey::from_components(components, y).map_err(|_| Error::BadSignature)?;
    let signature = dsa::Signature::try_from(signature).map_err(|_| Error::BadSignature)?;
    key.verify_prehash(digest, &signature).map_err(|_| Error::BadSignature)
}

fn ed25519(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), Error> {
    use ed25519_dalek::Verifier;
    let bits: &[u8; 32] = key.bits().try_into().map_err(|_| Error::BadSignature)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(bits).map_err(|_| Error::BadSignature)?;
    let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| Error::BadSignature)?;
    key.verify(message, &signature).map_err(|_| Error::BadSignature)
}
