//! Apinizer Management API (`apiops`): projects, environments and Keys & Secrets, that is certificates, keystores, keys
//! and JWKs.
//!
//! Documents: `apinizer/management-api-docs` (the first generation: pages are cited by their name, `create-certificate`),
//! `apinizer/docs` (the second: cited as `docs/create-certificate`), the OpenAPI documents in the latter. The two describe
//! different answers for the same paths; [`behaviour`] chooses. Where both are silent, the catalogue in `error` says what is
//! assumed.

mod access;
pub mod behaviour;
mod call;
mod certificates;
mod deployment;
mod error;
mod follow;
mod form;
mod jwks;
mod key_material;
mod keys;
mod keystores;
mod operations;
mod places;
mod routes;
pub mod scenario;
mod state;
mod token;
mod transfer;
mod wire;

use crate::contract::{Exchange, Injection};
use crate::http::{Request, Response};
use crate::rest::{self, Found, Pairs, Parameters};
use crate::store::{Draft, Holds, Store};

pub use behaviour::Behaviour;
use behaviour::Dialect;
use call::Call;
use error::Error;
pub use error::{BODY_TOO_LARGE, OUTCOMES};
pub use operations::OPERATIONS;
use routes::{Answer, Route, route};
pub use state::State;

/// Answers a request below one of this API's roots.
pub fn answer<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Response {
    let whole = store.view();
    let state = whole.part();
    let (route, parameters) = match matched(&state.behaviour, exchange.request) {
        Ok(found) => found,
        Err(error) => return wire::refused(state.behaviour.dialect, &error),
    };
    let behaviour = route.behaviour(&state.behaviour);
    let refused = |error: &Error| match route.answer {
        Answer::Token(_) => wire::refused_token(error),
        _ => wire::refused(behaviour.dialect, error),
    };
    let answered =
        admitted(state, &behaviour, route, parameters, exchange).and_then(|call| dispatch(store, route, &call));
    answered.unwrap_or_else(|error| refused(&error))
}

/// Answers with a row of the catalogue, in the envelope that the operation has.
pub fn refuse(state: &State, exchange: &Exchange<'_>, injection: &Injection<'_>) -> Response {
    let dialect = match matched(&state.behaviour, exchange.request) {
        Ok((Route { answer: Answer::Token(_), .. }, _)) => Dialect::G1,
        Ok((route, _)) => route.behaviour(&state.behaviour).dialect,
        Err(_) => state.behaviour.dialect,
    };
    wire::told(dialect, injection)
}

/// The route that a request means.
fn matched(behaviour: &Behaviour, request: &Request) -> Result<(&'static Route, Parameters), Error> {
    let unknown = || Error::NoHandler { method: request.method.to_string(), path: request.path.clone() };
    let (operation, parameters) = match rest::find(OPERATIONS, &request.method, &request.path) {
        Found::Operation(operation, parameters) => (operation, parameters),
        Found::MissingSlash(operation, parameters) if !behaviour.strict_trailing_slash => (operation, parameters),
        Found::WrongMethod(allowed) => {
            return Err(Error::MethodNotAllowed { method: request.method.to_string(), allowed: allowed.join(", ") });
        }
        Found::MissingSlash(..) | Found::Nothing => return Err(unknown()),
    };
    route(operation.id).map(|route| (route, parameters)).ok_or_else(unknown)
}

/// The checks that come before every operation's own: token, project, role, blank names (section 2.8).
fn admitted<'a>(
    state: &State,
    behaviour: &Behaviour,
    route: &Route,
    parameters: Parameters,
    exchange: &Exchange<'a>,
) -> Result<Call<'a>, Error> {
    let call = Call {
        request: exchange.request,
        now: exchange.now,
        caller: route.caller(state, exchange)?,
        behaviour: behaviour.clone(),
        parameters,
        query: Pairs::parse(exchange.request.query.as_bytes()),
        interference: exchange.interference,
        fetched: None,
    };
    // A blank project is none to enter: it is refused as the blank name that it is.
    if route.is_in_project() && !call.project().trim().is_empty() {
        access::enter(state, behaviour, &call.caller, call.project(), route.access)?;
    }
    if let Some((field, _)) = call.parameters.iter().find(|(_, value)| value.trim().is_empty()) {
        return Err(Error::ValueEmpty { field });
    }
    Ok(call)
}

fn dispatch<W: Holds<State>>(store: &Store<W>, route: &Route, call: &Call<'_>) -> Result<Response, Error> {
    let edit = |write: routes::Write, call: &Call<'_>| store.edit(|whole| write(&mut Draft::of(whole, call.now), call));
    match route.answer {
        Answer::Show(show) => Ok(show(store.view().part(), call)),
        Answer::Read(read) => read(store.view().part(), call),
        Answer::Write(write) | Answer::Token(write) => edit(write, call),
        // Waiting for another server must not hold up other writers.
        Answer::WriteAfterFetch(write) => {
            let fetched = jwks::fetch_first(store.view().part(), call, route.id.ends_with("from_url"));
            edit(write, &Call { fetched, ..call.clone() })
        }
    }
}
