//! JWKs (section 9): what they look like, and how they are renamed. How they are made is next door.

mod body;
mod from_url;
mod generate;
mod origin;
mod sources;
pub mod transfer;

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::answer::{self, Page};
use super::behaviour::Dialect;
use super::call::Call;
use super::error::Error;
use super::kind::{self, Kind};
use super::state::{Collection, Jwk, State};
use crate::http::Response;
use crate::pki::jwk::Material;
use crate::store::{Draft, Text};

pub use from_url::fetch_first;
pub use generate::generate;
pub use sources::{
    create, parse_from_certificate, parse_from_clipboard, parse_from_key, parse_from_keystore, parse_from_url,
};

impl Kind for Jwk {
    const NAME: &'static str = "JWK";
    const PARAMETER: &'static str = "jwkName";
    // Its page shows `success` in both generations.
    const PAGE: Page = Page::Success;
    const GIVES_JWKS: bool = false;

    fn collection(state: &State) -> &Collection<Self> {
        &state.jwks
    }

    fn put(self, state: &mut State) -> Result<(), Error> {
        state.jwks.put(self);
        Ok(())
    }

    fn remove(&self, state: &mut State) {
        state.jwks.remove(&self.id);
    }

    /// All of the project: every write of a JWK goes to each.
    fn environments(&self, state: &State) -> Vec<Text> {
        let Some(project) = state.project(&self.project) else { return Vec::new() };
        state.environments_of(project).map(|environment| environment.name.clone()).collect()
    }

    fn not_found(name: String) -> Error {
        Error::JwkNotFound { name }
    }

    /// With its material, private parts included.
    fn json(&self, state: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        let mut members = members(self, state, call.dialect());
        let material = material_json(call.dialect(), &self.material);
        members.insert(type_name(&self.material).to_ascii_lowercase(), material);
        answer::raw(&members)
    }

    fn json_in_list(&self, state: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        answer::raw(&members(self, state, call.dialect()))
    }
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
    let name = kind::renamed(draft.state, &*old, body.name, |name| Error::JwkNameTaken { name })?;
    let description = body.description.map_or_else(|| old.description.clone(), Text::from);
    kind::store(draft, call, Jwk { name, description, source: None, source_url: None, ..Jwk::clone(&old) })
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

fn members(jwk: &Jwk, state: &State, dialect: Dialect) -> Map<String, Value> {
    let mut members = kind::head(jwk, &jwk.description, state, dialect);
    members.insert("sourceType".to_owned(), json!(jwk.source_type.name()));
    members.insert("sourceId".to_owned(), json!(jwk.source.as_ref().map(|source| &*source.id)));
    members.insert("sourceUrl".to_owned(), json!(jwk.source_url.as_deref()));
    members.insert("type".to_owned(), json!(type_name(&jwk.material)));
    members.insert("kid".to_owned(), json!(jwk.kid.as_deref()));
    members
}

/// The members of the material; those that speed RSA up only in the second generation.
fn material_json(dialect: Dialect, material: &Material) -> Value {
    let shown = |name: &str| dialect == Dialect::G2 || !matches!(name, "dp" | "dq" | "qi");
    let members = material.members().into_iter().filter(|(name, _)| shown(name));
    Value::Object(members.map(|(name, value)| (name.to_owned(), json!(value))).collect())
}
