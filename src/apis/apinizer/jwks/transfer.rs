//! JWK files: a set with one key.

use serde_json::Value;

use super::origin::pasted;
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::answer;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::Deployment;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::{Kind, found};
use crate::apis::apinizer::state::{Jwk, SourceType, State, Use, new_id};
use crate::apis::apinizer::transfer::imported;
use crate::http::Response;
use crate::pki::jwk;
use crate::store::{Draft, Text};

/// `GET …/jwks/{jwkName}/export-file/`: the whole key, or its public half.
pub fn export_file(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let public_only = call.flag("publicOnly")?.unwrap_or(false);
    let stored: &Jwk = found(state, call)?;
    let material = if public_only { stored.material.to_public() } else { Some(stored.material.clone()) };
    let key = jwk::Jwk {
        key_id: stored.kid.as_ref().map(Text::to_string),
        key_use: stored.key_use.map(|key_use| Use::jose_name(key_use).to_owned()),
        algorithm: stored.algorithm.as_ref().map(Text::to_string),
        material: material.ok_or_else(|| Error::JwkWithoutMaterial { name: stored.name.to_string() })?,
    };
    let name = format!("{}{}.json", stored.name, if public_only { "-public" } else { "" });
    Ok(answer::file("application/json", &name, Value::to_string(&jwk::set(&[key])).into_bytes()))
}

/// `POST …/jwks/import-file/`
pub fn import_file(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let upload = form.file("jwkFile")?;
    let name = form.required("jwkName")?;
    let kid = form.required("kid")?;
    if draft.state.jwks.find(call.project(), &name).is_some() {
        return Err(Error::JwkNameTaken { name });
    }
    let origin = pasted(&String::from_utf8_lossy(upload.bytes), Some(&kid), SourceType::CopyPaste)?;
    let project = project_of(draft.state, call)?.name.clone();
    let id = new_id(&mut draft.effects);
    let description = form.text("jwkDescription")?.unwrap_or_default().into_owned();
    let jwk = Jwk { description: description.into(), ..origin.into_jwk(id, project, name.into()) };
    let deployment = Deployment::to(call, draft.state, &jwk.environments(draft.state));
    draft.state.jwks.put(jwk);
    Ok(imported::<Jwk>(call, &deployment, &[]))
}
