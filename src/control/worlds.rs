//! `/worlds`: list, fork and drop worlds.

use std::sync::Arc;

use ::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::clock;
use super::context::{Context, json_response};
use super::error::Error;
use super::state::named;
use crate::http::Response;
use crate::scenario::Scenario;
use crate::state::State;
use crate::worlds::{self, Name, World};

/// A world to make.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Fork {
    /// Its name.
    name: String,
    /// What it is a fork of: `scenario:NAME`, `world:NAME` or `snapshot:NAME`; without it, the scenario of the world that
    /// is asked.
    from: Option<String>,
}

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn list(context: &Context<'_>) -> Result<Response, Error> {
    let worlds: Vec<Value> = context.worlds.list(context.wall).iter().map(|world| shown(context, world)).collect();
    Ok(json_response(&json!({"worlds": worlds, "limit": context.worlds.limits().worlds})))
}

pub(super) fn read(context: &Context<'_>) -> Result<Response, Error> {
    let world = named_in_path(context)?;
    Ok(json_response(&shown(context, &world)))
}

pub(super) fn fork(context: &Context<'_>) -> Result<Response, Error> {
    let Fork { name, from } = context.body()?;
    let name = Name::parse(&name).map_err(worlds::Error::not_a_name(&name))?;
    let (scenario, state) = origin(context, from.as_deref())?;
    let world = context.worlds.fork(name, scenario, state, context.wall)?;
    let response = json_response(&shown(context, &world));
    Ok(Response { status: StatusCode::CREATED, ..response })
}

pub(super) fn drop_one(context: &Context<'_>) -> Result<Response, Error> {
    context.worlds.end(&context.name()?)?;
    list(context)
}

pub(super) fn drop_all(context: &Context<'_>) -> Result<Response, Error> {
    context.worlds.end_all();
    list(context)
}

fn named_in_path(context: &Context<'_>) -> Result<Arc<World>, Error> {
    let name = context.name()?;
    // Whoever looks keeps nothing alive that is over: `find` touches only what still lives.
    Ok(context.worlds.find(&name, context.wall).ok_or(worlds::Error::Unknown { name })?)
}

/// The scenario that a fork goes back to, and the state that it starts from.
fn origin(context: &Context<'_>, from: Option<&str>) -> Result<(Scenario, Arc<State>), Error> {
    let Some(from) = from else {
        let scenario = context.world.origin();
        let state = Arc::clone(&scenario.state);
        return Ok((scenario, state));
    };
    match from.split_once(':') {
        Some(("scenario", name)) => of_scenario(context, name),
        Some(("world", name)) => {
            let name = Name::parse(name).map_err(worlds::Error::not_a_name(name))?;
            let world = context.worlds.find(&name, context.wall).ok_or(worlds::Error::Unknown { name })?;
            Ok((world.origin(), world.store.view()))
        }
        Some(("snapshot", name)) => {
            let known = || context.world.snapshots().iter().map(ToString::to_string).collect();
            let kept = context.world.snapshot(name);
            let state = kept.ok_or_else(|| Error::UnknownSnapshot { name: name.to_owned(), known: known() })?;
            Ok((context.world.origin(), state))
        }
        _ => Err(Error::BadBody(format!(
            "\"from\": \"{from}\" does not fit: expected scenario:NAME, world:NAME or snapshot:NAME."
        ))),
    }
}

/// The scenario that the server started with can be named too, though it is a file.
fn of_scenario(context: &Context<'_>, name: &str) -> Result<(Scenario, Arc<State>), Error> {
    let own = [context.world.origin(), context.worlds.default_world().origin()];
    let scenario = match own.into_iter().find(|scenario| scenario.name == name) {
        Some(scenario) => scenario,
        None => named(name)?,
    };
    let state = Arc::clone(&scenario.state);
    Ok((scenario, state))
}

fn shown(context: &Context<'_>, world: &World) -> Value {
    let name = world.name.as_str();
    // Read before the state: whoever sees the same number again has missed nothing since.
    let revision = world.store.revision();
    let clock = world.store.view().clock;
    let snapshots: Vec<String> = world.snapshots().iter().map(ToString::to_string).collect();
    json!({
        "name": name,
        "scenario": world.origin().name,
        "revision": revision,
        "now": clock.now(context.wall).iso_millis(),
        "clock": clock::shown(clock, context.wall),
        "path": if world.name.is_default() { "/".to_owned() } else { format!("/w/{name}/") },
        "requests": world.journal.len(),
        "snapshots": snapshots,
        "armed_faults": world.store.view().faults.iter().count(),
    })
}
