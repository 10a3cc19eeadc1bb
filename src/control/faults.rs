//! `/faults`: arm misbehaviour, see what it has struck, disarm it.

use std::sync::Arc;

use ::http::StatusCode;
use serde_json::{Value, json};

use super::context::{Context, json_response};
use super::error::Error;
use crate::faults::{Fault, Faults};
use crate::http::Response;
use crate::scenario::{Flaw, read_faults};
use crate::worlds::World;

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn list(context: &Context<'_>) -> Result<Response, Error> {
    Ok(json_response(&shown(&context.world.store.view().faults)))
}

/// All of them are armed, or none.
pub(super) fn arm(context: &Context<'_>) -> Result<Response, Error> {
    let text = str::from_utf8(&context.request.body)
        .map_err(|_| Error::BadBody("The body is not UTF-8 text: expected a fault in JSON or YAML.".to_owned()))?;
    let armed = arm_in(context.world, text).map_err(Error::FaultsRefused)?;
    let faults: Vec<Value> = armed.iter().map(|fault| written(fault)).collect();
    let response = json_response(&json!({ "faults": faults }));
    Ok(Response { status: StatusCode::CREATED, ..response })
}

/// Arms the faults that a text in JSON or YAML describes.
pub fn arm_in(world: &World, text: &str) -> Result<Vec<Arc<Fault>>, Vec<Flaw>> {
    world.store.edit(|state| {
        let faults = read_faults(text, state)?;
        Ok(state.faults.arm(faults))
    })
}

pub(super) fn disarm_all(context: &Context<'_>) -> Result<Response, Error> {
    edit(context, |faults| {
        faults.clear();
        Ok(())
    })
}

pub(super) fn disarm(context: &Context<'_>) -> Result<Response, Error> {
    let id = context.path.get("id");
    edit(context, |faults| if faults.disarm(id) { Ok(()) } else { Err(Error::UnknownFault { id: id.to_owned() }) })
}

fn edit(context: &Context<'_>, change: impl FnOnce(&mut Faults) -> Result<(), Error>) -> Result<Response, Error> {
    context.world.store.edit(|state| {
        change(&mut state.faults)?;
        Ok(json_response(&shown(&state.faults)))
    })
}

fn shown(faults: &Faults) -> Value {
    json!({ "faults": faults.iter().map(written).collect::<Value>() })
}

/// A fault as it was armed, with what it has counted.
fn written(fault: &Fault) -> Value {
    let mut written = json!(fault);
    if let Value::Object(members) = &mut written {
        members.insert("seen".to_owned(), fault.seen.into());
        members.insert("struck".to_owned(), fault.struck.into());
    }
    written
}
