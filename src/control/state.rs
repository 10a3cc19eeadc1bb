//! `/state` and `/reset`: the whole world out, in and back, in the format of scenarios.

use ::http::StatusCode;
use serde_json::json;

use super::context::{Context, Format, json_response};
use super::error::Error;
use crate::http::Response;
use crate::scenario::{Form, Scenario, Source, built_in, export as document, load, write};

/// JSON, and YAML under its media type (RFC 9512) and those that were in use before it.
const FORMATS: &[Format] = &[
    Format { name: "json", media_type: "application/json" },
    Format { name: "yaml", media_type: "application/yaml" },
    Format { name: "yaml", media_type: "application/x-yaml" },
    Format { name: "yaml", media_type: "text/yaml" },
    Format { name: "yaml", media_type: "text/x-yaml" },
];

pub(super) fn export(context: &Context<'_>) -> Result<Response, Error> {
    written(context, &context.world.as_scenario())
}

/// A scenario in the format that is asked for.
pub(super) fn written(context: &Context<'_>, scenario: &Scenario) -> Result<Response, Error> {
    let (form, media_type) = match context.format(FORMATS)? {
        "yaml" => (Form::Yaml, "application/yaml"),
        _ => (Form::Json, "application/json"),
    };
    let text = write(&document(scenario), form).map_err(Error::NotWritten)?;
    Ok(Response::new(StatusCode::OK, media_type, text))
}

/// The document is built aside; only a whole one takes the state's place. Reset still goes back to the scenario.
pub(super) fn replace(context: &Context<'_>) -> Result<Response, Error> {
    let text = str::from_utf8(&context.request.body)
        .map_err(|_| Error::BadBody("The body is not UTF-8 text: expected a scenario in JSON or YAML.".to_owned()))?;
    let scenario = load(&[Source::Sent { text: text.to_owned() }]).map_err(Error::Refused)?;
    context.world.store.restore(scenario.state);
    Ok(json_response(&json!({"scenario": scenario.name})))
}

pub(super) fn reset(context: &Context<'_>) -> Result<Response, Error> {
    match context.query.get("scenario") {
        None => context.world.reset(),
        Some(name) => context.world.reset_to(named(name)?),
    }
    Ok(json_response(&json!({"scenario": context.world.origin().name})))
}

/// The built-in scenario of this name.
pub(super) fn named(name: &str) -> Result<Scenario, Error> {
    let known = built_in(name).ok_or_else(|| Error::UnknownScenario { name: name.to_owned() })?;
    load(&[Source::BuiltIn(known.name.to_owned())]).map_err(Error::Refused)
}
