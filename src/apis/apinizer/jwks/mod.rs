//! JWKs (section 9): lists, reading, renaming, deleting. How they are made is next door.

mod algorithms;
mod fetch;
mod generate;
mod material;
mod sources;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::access::project_of;
use super::behaviour::Dialect;
use super::call::Call;
use super::deployment::Deployment;
use super::error::Error;
use super::state::{Jwk, State};
use super::wire::{self, Page};
use crate::http::Response;
use crate::pki::jwk::Material;
use crate::store::{Draft, Text};

pub use generate::generate;
pub use material::remake;
pub use sources::{
    create, fetch_first, parse_from_certificate, parse_from_clipboard, parse_from_key, parse_from_keystore,
    parse_from_url, pasted,
};

/// Lists the JWKs of a project; those of all projects for `admin`. Without material.
pub fn list(state: &State, call: &Call<'_>) -> Response {
    let jwks = state.jwks.shown_in(call.project());
    let items = jwks.into_iter().map(|jwk| Value::Object(members(state, call.dialect(), jwk))).collect();
    wire::list(&call.behaviour, Page::Usual, items)
}

/// Reads one JWK with its material, private parts included. The page shows `success` in both generations.
pub fn get(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let jwk = found(state, call)?;
    let mut item = members(state, call.dialect(), jwk);
    item.insert(type_name(&jwk.material).to_ascii_lowercase(), material_json(call.dialect(), &jwk.material));
    Ok(wire::list(&call.behaviour, Page::Success, vec![Value::Object(item)]))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    name: Option<String>,
    description: Option<String>,
}

/// Renames or describes a JWK. Any update detaches it from its source; how it came to be stays.
pub fn update(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    if body.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::JwkNameEmpty);
    }
    let path = call.parameter("jwkName");
    let old = draft.state.jwks.find(call.project(), path).cloned();
    let old = old.ok_or_else(|| Error::JwkToUpdateNotFound { name: path.to_owned() })?;
    let name = body.name.map_or_else(|| old.name.clone(), Text::from);
    if name != old.name && draft.state.jwks.find(&old.project, &name).is_some() {
        return Err(Error::JwkNameTaken { name: name.to_string() });
    }
    let description = body.description.map_or_else(|| old.description.clone(), Text::from);
    store(draft, call, Jwk { name, description, source: None, source_url: None, ..Jwk::clone(&old) })
}

/// Deletes a JWK.
pub fn delete(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let id = found(draft.state, call)?.id.clone();
    draft.state.jwks.remove(&id);
    let deployment = Deployment::nowhere(call, draft.state, project_of(draft.state, call)?);
    Ok(wire::deployed(&call.behaviour, None, &deployment))
}

/// Stores a JWK and deploys it to all environments of the project.
pub fn store(draft: &mut Draft<'_, State>, call: &Call<'_>, jwk: Jwk) -> Result<Response, Error> {
    let deployment = Deployment::everywhere(call, draft.state, project_of(draft.state, call)?);
    draft.state.jwks.put(jwk);
    Ok(wire::deployed(&call.behaviour, Some("JWK"), &deployment))
}

/// The JWK in the path.
pub fn found<'s>(state: &'s State, call: &Call<'_>) -> Result<&'s Arc<Jwk>, Error> {
    let name = call.parameter("jwkName");
    let found = state.jwks.find(call.project(), name);
    found.ok_or_else(|| Error::JwkNotFound { name: name.to_owned() })
}

/// The type as this API names it.
const fn type_name(material: &Material) -> &'static str {
    match material {
        Material::Rsa { .. } => "RSA",
        Material::Ec { .. } => "EC",
        Material::Oct { .. } => "OCT",
        Material::Okp { .. } => "OKP",
    }
}

fn members(state: &State, dialect: Dialect, jwk: &Jwk) -> Map<String, Value> {
    let project = state.project(&jwk.project).map_or("", |project| &*project.id);
    let mut members = Map::new();
    if dialect == Dialect::G2 {
        members.insert("id".to_owned(), json!(&*jwk.id));
    }
    let rest = json!({
        "name": &*jwk.name,
        "description": &*jwk.description,
        "projectId": project,
        "sourceType": jwk.source_type.name(),
        "sourceId": jwk.source.as_ref().map(|source| &*source.id),
        "sourceUrl": jwk.source_url.as_deref(),
        "type": type_name(&jwk.material),
        "kid": jwk.kid.as_deref(),
    });
    if let Value::Object(rest) = rest {
        members.extend(rest);
    }
    members
}

/// The members of the material; those that speed RSA up only in the second generation.
fn material_json(dialect: Dialect, material: &Material) -> Value {
    let shown = |name: &str| dialect == Dialect::G2 || !matches!(name, "dp" | "dq" | "qi");
    let members = material.members().into_iter().filter(|(name, _)| shown(name));
    Value::Object(members.map(|(name, value)| (name.to_owned(), json!(value))).collect())
}
