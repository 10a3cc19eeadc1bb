//! Keys out of certificates, keys and keystores: when a JWK is made, and again when it follows its source.

use crate::apis::apinizer::algorithms::{Family, jose};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::key_material::{private_key, public_key};
use crate::apis::apinizer::state::{Certificate, Jwk, Key, Keystore, KeystoreEntry, Source, SourceType, State};
use crate::apis::apinizer::values::listed;
use crate::pki::jwk::{self, Material};
use crate::pki::{self, Content, Entry, jks, pkcs12};
use crate::store::Text;

/// A key, and the `kid` that comes with it.
pub struct Made {
    /// The key.
    pub material: Material,
    /// Its `kid`, if its source gives one.
    pub kid: Option<Text>,
}

/// From a certificate: its public key, and its serial number for `kid`.
pub fn of_certificate(certificate: &Certificate, environment: &str) -> Result<Made, Error> {
    let entry = certificate.entries.of(&certificate.name, environment)?;
    let material = from_jwk(jwk::Jwk::from_public_key(entry.certificate.public_key()))?;
    Ok(Made { material, kid: Some(entry.certificate.serial_decimal().to_owned().into()) })
}

/// Which half of a key a JWK would be made from, if nobody says: the private one where there is one.
pub fn half_of_key(key: &Key, environment: &str) -> Result<SourceType, Error> {
    let entry = key.entries.of(&key.name, environment)?;
    match (&entry.private_key, &entry.public_key) {
        (Some(_), _) => Ok(SourceType::PrivateKey),
        (None, Some(_)) => Ok(SourceType::PublicKey),
        (None, None) => Err(Error::NoPemKeys),
    }
}

/// From a key: its private half, or its public one, which may have to be derived. It gives no `kid`.
pub fn of_key(key: &Key, environment: &str, half: SourceType) -> Result<Made, Error> {
    let entry = key.entries.of(&key.name, environment)?;
    let private = entry.private_key.as_deref().and_then(private_key);
    let made = if half == SourceType::PrivateKey {
        jwk::Jwk::from_private_key(&private.ok_or(Error::NoPemKeys)?)
    } else {
        let public = entry.public_key.as_deref().and_then(public_key);
        let public = public.or_else(|| private.map(|key| key.public_key().clone()));
        jwk::Jwk::from_public_key(&public.ok_or(Error::NoPemKeys)?)
    };
    Ok(Made { material: from_jwk(made)?, kid: None })
}

/// From an entry of a keystore: its private key, or its certificate's public one. The alias is the `kid`.
pub fn of_keystore(keystore: &Keystore, environment: &str, alias: &str) -> Result<Made, Error> {
    let entry = keystore.entries.of(&keystore.name, environment)?;
    let unopenable = |reason: String| Error::KeystoreUnopenable { name: keystore.name.to_string(), reason };
    let entries = open(entry).map_err(|error| unopenable(error.to_string()))?;
    let exact = entries.iter().find(|entry| entry.alias == alias);
    let found = exact.or_else(|| entries.iter().find(|entry| entry.alias.eq_ignore_ascii_case(alias)));
    let found = found.ok_or_else(|| Error::AliasNotFound {
        alias: alias.to_owned(),
        name: keystore.name.to_string(),
        aliases: listed(entries.iter().map(|entry| entry.alias.as_str())),
    })?;
    let made = match &found.content {
        Content::KeyPair { key, .. } => jwk::Jwk::from_private_key(key),
        Content::Certificate(certificate) => jwk::Jwk::from_public_key(certificate.public_key()),
        Content::LockedKey { chain, reason } => match (chain.first(), reason) {
            (Some(certificate), pki::Error::PasswordRequired) => jwk::Jwk::from_public_key(certificate.public_key()),
            _ => return Err(unopenable(format!("the key of this alias cannot be read: {reason}"))),
        },
        Content::Other => return Err(unopenable("the key of this alias cannot be read".to_owned())),
    };
    Ok(Made { material: from_jwk(made)?, kid: Some(found.alias.clone().into()) })
}

/// Opens a keystore with the password of its entry. The first generation has no field for one, and yet its pages make a JWK
/// from a keystore: then the empty one is tried, and then the certificates that need none.
pub fn open(entry: &KeystoreEntry) -> Result<Vec<Entry>, pki::Error> {
    let read = if jks::detect(&entry.bytes).is_some() { jks::read } else { pkcs12::read };
    match &entry.password {
        Some(password) => read(&entry.bytes, Some(password)),
        None => read(&entry.bytes, Some("")).or_else(|_| read(&entry.bytes, None)),
    }
}

/// A JWK made anew from its source as it is now. `None` if it has none, or the source has nothing in its environment.
pub fn remake(state: &State, jwk: &Jwk) -> Result<Option<Jwk>, Error> {
    let Some(Source { id, environment, alias }) = &jwk.source else { return Ok(None) };
    let made = match jwk.source_type {
        SourceType::Certificate => state.certificates.with_id(id).map(|one| of_certificate(one, environment)),
        SourceType::PublicKey | SourceType::PrivateKey => {
            state.keys.with_id(id).map(|one| of_key(one, environment, jwk.source_type))
        }
        SourceType::Keystore => {
            let alias = alias.as_deref().unwrap_or_default();
            state.keystores.with_id(id).map(|one| of_keystore(one, environment, alias))
        }
        SourceType::Url | SourceType::CopyPaste | SourceType::Generate => None,
    };
    match made {
        None | Some(Err(Error::MaterialNotInEnvironment { .. })) => Ok(None),
        Some(Err(error)) => Err(error),
        Some(Ok(made)) => {
            if let (Some(key_use), Some(algorithm)) = (jwk.key_use, jwk.algorithm.as_deref()) {
                jose(Family::of(&made.material), key_use, algorithm)?;
            }
            Ok(Some(Jwk { material: made.material, kid: made.kid, ..jwk.clone() }))
        }
    }
}

fn from_jwk(made: Result<jwk::Jwk, pki::Error>) -> Result<Material, Error> {
    made.map(|made| made.material).map_err(|error| Error::JwkUnreadable { reason: error.to_string() })
}
