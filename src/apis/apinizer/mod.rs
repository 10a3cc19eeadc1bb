//! Apinizer Management API (`apiops`): projects, environments and Keys & Secrets, that is certificates, keystores, keys
//! and JWKs.
//!
//! Documents: `apinizer/management-api-docs` (the first generation: pages are cited by their name, `create-certificate`),
//! `apinizer/docs` (the second: cited as `docs/create-certificate`), the OpenAPI documents in the latter. The two describe
//! different answers for the same paths; [`behaviour`] chooses. Where both are silent, the catalogue in `error` says what is
//! assumed.

mod access;
mod algorithms;
mod answer;
pub mod behaviour;
mod call;
mod certificates;
mod deployment;
mod derived_jwks;
mod error;
mod form;
mod holdings;
mod jwks;
mod key_material;
mod keys;
mod keystores;
mod kind;
mod operations;
mod projects;
mod routes;
pub mod scenario;
mod state;
mod token;
mod transfer;
mod values;

use std::sync::Arc;

use crate::contract::{Account, Exchange, Found, Refusal};
use crate::http::Response;
use crate::rest::Pairs;
use crate::store::{Draft, Holds, Store};

pub use behaviour::Behaviour;
use behaviour::Dialect;
use call::Call;
use error::Error;
pub use error::OUTCOMES;
pub use error::second_generation::of_row as in_second_generation;
pub use holdings::holdings;
pub use operations::OPERATIONS;
use operations::ROUTES;
use routes::{Answer, Route};
pub use state::State;
use state::User;

/// Where tokens are had from.
pub const TOKEN_PATH: &str = "/apiops/auth/token";

/// The users that may sign in.
pub fn accounts(state: &State) -> Vec<Account> {
    let enabled = state.users.values().filter(|user| user.enabled);
    let account = |user: &Arc<User>| Account {
        name: user.username.to_string(),
        secret: user.password.to_string(),
        roles: user.roles.clone(),
    };
    enabled.map(account).collect()
}

/// The refusal of a body that is not read because it is longer than so many bytes.
pub fn body_too_large(limit: usize) -> Refusal {
    Error::BodyTooLarge { limit: limit.to_string() }.into()
}

/// Answers a request below one of this API's roots.
pub fn answer<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Response {
    let whole = store.view();
    let state = whole.part();
    let route = match route(exchange) {
        Ok(route) => route,
        Err(error) => return answer::refused(state.behaviour.dialect, error),
    };
    let behaviour = route.behaviour(&state.behaviour);
    let answered = admitted(state, &behaviour, route, exchange).and_then(|call| dispatch(store, route, &call));
    answered.unwrap_or_else(|error| match route.answer {
        Answer::Token(_) => answer::refused_token(error),
        _ => answer::refused(behaviour.dialect, error),
    })
}

/// Answers with a row of the catalogue, in the envelope that the operation has.
pub fn refuse(state: &State, exchange: &Exchange<'_>, refusal: &Refusal) -> Response {
    let dialect = match route(exchange) {
        Ok(Route { answer: Answer::Token(_), .. }) => Dialect::G1,
        Ok(route) => route.behaviour(&state.behaviour).dialect,
        Err(_) => state.behaviour.dialect,
    };
    answer::told(dialect, refusal)
}

/// Whether a path that must end in a slash may go without it.
pub const fn tolerates_missing_slash(state: &State) -> bool {
    !state.behaviour.strict_trailing_slash
}

/// The route of the operation that a request means.
fn route(exchange: &Exchange<'_>) -> Result<&'static Route, Error> {
    let request = exchange.request;
    let unknown = || Error::NoHandler { method: request.method.to_string(), path: request.path.clone() };
    match &exchange.meaning.found {
        Found::Row(operation) => ROUTES.get(operation.number).ok_or_else(unknown),
        Found::WrongMethod(allowed) => {
            Err(Error::MethodNotAllowed { method: request.method.to_string(), allowed: allowed.join(", ") })
        }
        Found::MissingSlash(_) | Found::Nothing => Err(unknown()),
    }
}

/// The checks that come before every operation's own: token, project, role, blank names (section 2.8).
fn admitted<'a>(
    state: &State,
    behaviour: &Behaviour,
    route: &Route,
    exchange: &Exchange<'a>,
) -> Result<Call<'a>, Error> {
    let call = Call {
        request: exchange.request,
        world: exchange.world,
        now: exchange.now,
        caller: route.caller(state, exchange)?,
        behaviour: behaviour.clone(),
        parameters: &exchange.meaning.parameters,
        query: Pairs::parse(exchange.request.query.as_bytes()),
        failing: exchange.failing,
        outside: exchange.outside,
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
        Answer::WriteAfterFetch { write, from_url } => {
            let fetched = jwks::fetch_first(store.view().part(), call, from_url);
            edit(write, &Call { fetched, ..call.clone() })
        }
    }
}
