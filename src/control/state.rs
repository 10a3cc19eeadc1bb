//! `/state`: the whole world out and in, in the format of scenarios.

use ::http::StatusCode;
use serde_json::json;

use super::{Error, json_response};
use crate::http::{Accept, Offer, Request, Response};
use crate::scenario::{Form, Source, export as document, load, write};
use crate::worlds::World;

const JSON: Offer = Offer::of("application/json");

/// Media types of YAML: RFC 9512, and what was in use before it.
const YAML: [Offer; 4] =
    [Offer::of("application/yaml"), Offer::of("application/x-yaml"), Offer::of("text/yaml"), Offer::of("text/x-yaml")];

pub(super) fn export(world: &World, request: &Request) -> Result<Response, Error> {
    let offers = [JSON, YAML[0], YAML[1], YAML[2], YAML[3]];
    let (form, media_type) = match Accept::of(&request.headers).choose(&offers) {
        None | Some(0) => (Form::Json, "application/json"),
        Some(_) => (Form::Yaml, "application/yaml"),
    };
    let text = write(&document(&world.as_scenario()), form).map_err(Error::NotWritten)?;
    Ok(Response::new(StatusCode::OK, media_type, text))
}

/// The document is built aside; only a whole one takes the state's place. Reset still goes back to the scenario.
pub(super) fn replace(world: &World, request: &Request) -> Result<Response, Error> {
    let text = std::str::from_utf8(&request.body)
        .map_err(|_| Error::BadBody("The body is not UTF-8 text: expected a scenario in JSON or YAML.".to_owned()))?;
    let scenario = load(&[Source::Sent { text: text.to_owned() }]).map_err(Error::Refused)?;
    world.store.restore(scenario.state);
    Ok(json_response(&json!({"scenario": scenario.name})))
}
