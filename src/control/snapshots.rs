//! `/snapshots`: named holds of a world's state.

use std::sync::Arc;

use ::http::StatusCode;
use serde_json::json;

use super::context::{Context, json_response};
use super::error::Error;
use super::state::written;
use crate::http::Response;
use crate::scenario::Scenario;
use crate::state::State;

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn list(context: &Context<'_>) -> Result<Response, Error> {
    Ok(json_response(&json!({"snapshots": names(context)})))
}

/// A snapshot of a name that is taken replaces the one before.
pub(super) fn keep(context: &Context<'_>) -> Result<Response, Error> {
    let name = context.name()?;
    let is_new = context.world.keep(name.clone())?;
    let response = json_response(&json!({"snapshot": name.as_str()}));
    Ok(if is_new { Response { status: StatusCode::CREATED, ..response } } else { response })
}

pub(super) fn export(context: &Context<'_>) -> Result<Response, Error> {
    let state = kept(context)?;
    written(context, &Scenario { state, ..context.world.origin() })
}

pub(super) fn restore(context: &Context<'_>) -> Result<Response, Error> {
    context.world.store.restore(kept(context)?);
    Ok(json_response(&json!({"snapshot": context.path.get("name")})))
}

pub(super) fn forget(context: &Context<'_>) -> Result<Response, Error> {
    if context.world.forget(context.path.get("name")) { list(context) } else { Err(unknown(context)) }
}

fn kept(context: &Context<'_>) -> Result<Arc<State>, Error> {
    context.world.snapshot(context.path.get("name")).ok_or_else(|| unknown(context))
}

fn unknown(context: &Context<'_>) -> Error {
    Error::UnknownSnapshot { name: context.path.get("name").to_owned(), known: names(context) }
}

fn names(context: &Context<'_>) -> Vec<String> {
    context.world.snapshots().iter().map(ToString::to_string).collect()
}
