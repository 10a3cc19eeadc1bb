//! Keys. Public ones are taken as they are; for private and secret ones others of the same kind stand in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand_chacha::rand_core::Rng;
use serde_json::Value;

use super::Tenant;
use crate::apis::apinizer::scenario::{KeyEntrySection, KeySection};
use crate::effects::Ids;
use crate::pki::{PrivateKey, PublicKey, pem};
use crate::seed::{GeneratedKey, Material};
use crate::tenant::capture::facts::KeyFacts;
use crate::tenant::capture::material::{Materials, has_private_key, minted_key};
use crate::tenant::odata::Entity;

/// The type of secret keys.
const SECRET: &str = "SECRET_KEY";

/// Bytes of a secret that stands in for one of unknown length.
const SECRET_LENGTH: usize = 32;

/// A key.
pub(super) fn section(tenant: &Tenant<'_>, project: &str, row: &Entity, place: Option<u64>) -> KeySection {
    let key_type = row.said("keyType");
    let entries = row.0.get("cryptoKeyInfoEnvironmentList").and_then(Value::as_array).into_iter().flatten();
    let identity = format!("apinizer/{project}/key/{}", row.said("name"));
    let entry =
        |members: &serde_json::Map<String, Value>| entry(tenant, &identity, &key_type, &Entity(members.clone()));
    KeySection {
        id: super::identifier(row, "id"),
        position: place,
        name: row.said("name"),
        description: row.said("description"),
        // The first generation does not tell it, and a secret key needs one.
        algorithm: row.present("algorithm").or_else(|| (key_type == SECRET).then(|| "AES".to_owned())),
        entries: entries.filter_map(Value::as_object).map(entry).collect(),
        key_type,
    }
}

fn entry(tenant: &Tenant<'_>, identity: &str, key_type: &str, entry: &Entity) -> KeyEntrySection {
    let told =
        Told { private: entry.text("privateKey"), public: entry.text("publicKey"), secret: entry.text("content") };
    let own = told.stand_ins(tenant, identity, key_type);
    KeyEntrySection {
        environments: vec![entry.said("environmentName")],
        alias: entry.present("alias"),
        file_name: None,
        ..own
    }
}

/// What a tenant tells of a key in an environment; the second generation tells nothing.
struct Told<'e> {
    private: Option<&'e str>,
    public: Option<&'e str>,
    secret: Option<&'e str>,
}

impl Told<'_> {
    fn stand_ins(&self, tenant: &Tenant<'_>, identity: &str, key_type: &str) -> KeyEntrySection {
        let nothing = self.private.is_none() && self.public.is_none() && self.secret.is_none();
        let secret = self.secret.is_some() || nothing && key_type == SECRET;
        let private = self.private.is_some() || nothing && key_type != SECRET && key_type != "PUBLIC_KEY";
        let public = self.public.is_some() || nothing && key_type == "PUBLIC_KEY";
        if secret {
            return KeyEntrySection { secret: Some(self.other_secret(identity)), ..KeyEntrySection::default() };
        }
        let as_it_is = !private && tenant.reader.materials == Materials::AsTheyAre;
        let kept = self.public.filter(|text| as_it_is && !is_private(text));
        if let Some(text) = kept {
            return KeyEntrySection {
                public_key: Some(Material::Base64(text.to_owned())),
                ..KeyEntrySection::default()
            };
        }
        let Some(key) = minted_key(self.kind(key_type), identity) else { return KeyEntrySection::default() };
        let shaped = |label, der: &[u8], like: Option<&str>| {
            let is_pem = like.is_some_and(|text| text.contains("-----BEGIN "));
            if is_pem { Material::Pem(pem::encode(label, der)) } else { Material::Base64(STANDARD.encode(der)) }
        };
        KeyEntrySection {
            private_key: private.then(|| shaped("PRIVATE KEY", key.pkcs8(), self.private)),
            public_key: public.then(|| shaped("PUBLIC KEY", key.public_key().spki(), self.public)),
            ..KeyEntrySection::default()
        }
    }

    fn other_secret(&self, identity: &str) -> String {
        let length = self.secret.and_then(|text| STANDARD.decode(text).ok()).map_or(SECRET_LENGTH, |bytes| bytes.len());
        let mut bytes = vec![0; length];
        Ids::new(0).rng_for(identity).fill_bytes(&mut bytes);
        STANDARD.encode(bytes)
    }

    /// That of the key itself if it can be read, else the usual one of its type.
    fn kind(&self, key_type: &str) -> GeneratedKey {
        let private = self.private.and_then(private_key).map(|key| KeyFacts::of(key.public_key()));
        let public = || self.public.and_then(public_key).map(|key| KeyFacts::of(&key));
        let family = || KeyFacts { family: key_type.to_owned(), ..KeyFacts::default() };
        private.or_else(public).unwrap_or_else(family).nearest().0
    }
}

/// True if a private key stands where a public one should: somebody may have pasted the wrong one.
fn is_private(text: &str) -> bool {
    let decoded = STANDARD.decode(text.split_whitespace().collect::<String>()).unwrap_or_default();
    has_private_key(text.as_bytes()) || has_private_key(&decoded) || private_key(text).is_some()
}

fn private_key(text: &str) -> Option<PrivateKey> {
    let of_pem = |text: &str| PrivateKey::from_pem(text, None).ok();
    if text.contains("-----BEGIN ") {
        return of_pem(text);
    }
    let bytes = STANDARD.decode(text.split_whitespace().collect::<String>()).ok()?;
    PrivateKey::from_pkcs8(&bytes).ok().or_else(|| of_pem(std::str::from_utf8(&bytes).ok()?))
}

fn public_key(text: &str) -> Option<PublicKey> {
    let of_pem = |text: &str| PublicKey::from_spki(&pem::blocks(text).ok()?.into_iter().next()?.bytes).ok();
    if text.contains("-----BEGIN ") {
        return of_pem(text);
    }
    let bytes = STANDARD.decode(text.split_whitespace().collect::<String>()).ok()?;
    PublicKey::from_spki(&bytes).ok().or_else(|| of_pem(std::str::from_utf8(&bytes).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_in_place_of_a_public_one_is_noticed_in_every_form() {
        let key = minted_key(GeneratedKey::EcP256, "a").unwrap();
        let private = pem::encode("PRIVATE KEY", key.pkcs8());
        let public = pem::encode("PUBLIC KEY", key.public_key().spki());
        for text in [&private, &STANDARD.encode(&private), &STANDARD.encode(key.pkcs8()), &format!("{public}{private}")]
        {
            assert!(is_private(text), "{text}");
        }
        for text in [&public, &STANDARD.encode(&public), &STANDARD.encode(key.public_key().spki())] {
            assert!(!is_private(text), "{text}");
        }
    }
}
