//! `/faults`: arm misbehaviour, see what it has struck, disarm it.

use ::http::StatusCode;
use serde_json::{Value, json};

use super::{Error, ROOT, json_response};
use crate::faults::{Fault, Faults};
use crate::http::{Request, Response, target};
use crate::scenario::read_faults;
use crate::worlds::World;

/// Where faults have their addresses.
const HERE: &str = "/faults/";

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn list(world: &World, _request: &Request) -> Result<Response, Error> {
    Ok(json_response(&shown(&world.store.view().faults)))
}

/// All of them are armed, or none.
pub(super) fn arm(world: &World, request: &Request) -> Result<Response, Error> {
    let text = str::from_utf8(&request.body)
        .map_err(|_| Error::BadBody("The body is not UTF-8 text: expected a fault in JSON or YAML.".to_owned()))?;
    let faults = world.store.edit(|state| {
        let faults = read_faults(text, state).map_err(Error::FaultsRefused)?;
        Ok::<_, Error>(state.faults.arm(faults).iter().map(|fault| written(fault)).collect::<Value>())
    })?;
    let mut response = json_response(&json!({ "faults": faults }));
    response.status = StatusCode::CREATED;
    Ok(response)
}

pub(super) fn disarm_all(world: &World, _request: &Request) -> Result<Response, Error> {
    edit(world, |faults| {
        faults.clear();
        Ok(())
    })
}

pub(super) fn disarm(world: &World, request: &Request) -> Result<Response, Error> {
    let path = request.path.strip_prefix(ROOT).unwrap_or_default();
    let id = path.strip_prefix(HERE).unwrap_or_default().trim_end_matches('/');
    let id = target::decode(id).unwrap_or_default();
    edit(world, |faults| if faults.disarm(&id) { Ok(()) } else { Err(Error::UnknownFault { id: id.into_owned() }) })
}

fn edit(world: &World, change: impl FnOnce(&mut Faults) -> Result<(), Error>) -> Result<Response, Error> {
    world.store.edit(|state| {
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
