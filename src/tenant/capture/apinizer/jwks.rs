//! JWKs. Public ones are taken as they are; for private ones and secrets others of the same kind stand in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_chacha::rand_core::Rng;
use serde_json::{Map, Value};

use super::Tenant;
use crate::apis::apinizer::scenario::{JwkSection, SourceSection};
use crate::effects::Ids;
use crate::pki::jwk::{Jwk, Material, parse};
use crate::seed::GeneratedKey;
use crate::tenant::Failure;
use crate::tenant::capture::facts::KeyFacts;
use crate::tenant::capture::material::{Materials, minted_key};
use crate::tenant::odata::{Entity, segment};

/// A JWK, read with its material; `None` with a note if that cannot be read.
pub(super) fn section(
    tenant: &Tenant<'_>,
    project: &str,
    row: &Entity,
    place: Option<u64>,
) -> Result<Option<JwkSection>, Failure> {
    let name = row.said("name");
    let path = format!("/apiops/projects/{}/jwks/{}/", segment(project), segment(&name));
    let jwk = tenant.one(&path)?.and_then(|whole| key(tenant, &whole, &format!("apinizer/{project}/jwk/{name}")));
    let Some(jwk) = jwk else {
        tenant.reader.note(format!("the JWK {name} of project {project} was left out: its key cannot be read"));
        return Ok(None);
    };
    Ok(Some(JwkSection {
        id: super::identifier(row, "id"),
        position: place,
        description: row.said("description"),
        source_type: row.present("sourceType"),
        source: row.present("sourceId").map(|id| SourceSection { id: Some(id), ..SourceSection::default() }),
        source_url: row.present("sourceUrl"),
        kid: row.present("kid"),
        jwk,
        name,
        ..JwkSection::default()
    }))
}

/// The key as JSON; its members stand under the name of its type.
fn key(tenant: &Tenant<'_>, row: &Entity, identity: &str) -> Option<Value> {
    let kind = row.said("type");
    let told = row.0.get(&kind.to_ascii_lowercase())?.as_object()?;
    let kty = if kind == "OCT" { "oct" } else { kind.as_str() };
    let mut members: Map<String, Value> =
        told.iter().filter(|(_, value)| value.is_string()).map(|(name, value)| (name.clone(), value.clone())).collect();
    members.insert("kty".to_owned(), kty.into());
    let document = Value::Object(members);
    let material = parse(&document.to_string()).ok()?.into_iter().next()?.material;
    let is_public = material.to_public().as_ref() == Some(&material);
    if is_public && tenant.reader.materials == Materials::AsTheyAre {
        return Some(document);
    }
    let other = other(&material, identity)?;
    let other = if is_public { other.to_public()? } else { other };
    Some(Jwk::new(other).to_json())
}

/// Another key of the same kind.
fn other(material: &Material, identity: &str) -> Option<Material> {
    let length = |text: &str| URL_SAFE_NO_PAD.decode(text).map_or(0, |bytes| bytes.len());
    let kind = match material {
        Material::Oct { k } => {
            let mut secret = vec![0; length(k)];
            Ids::new(0).rng_for(identity).fill_bytes(&mut secret);
            return Some(Material::oct(&secret));
        }
        Material::Rsa { n, .. } => {
            let size = u32::try_from(8 * length(n)).ok();
            KeyFacts { family: "RSA".to_owned(), size, curve: None }.nearest().0
        }
        Material::Ec { crv, .. } => match crv.as_str() {
            "P-384" => GeneratedKey::EcP384,
            "P-521" => GeneratedKey::EcP521,
            "secp256k1" => GeneratedKey::EcSecp256k1,
            _ => GeneratedKey::EcP256,
        },
        Material::Okp { .. } => GeneratedKey::Ed25519,
    };
    Some(Jwk::from_private_key(&minted_key(kind, identity)?).ok()?.material)
}
