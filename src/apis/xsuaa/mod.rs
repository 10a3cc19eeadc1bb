//! The OAuth token service of the SAP systems: XSUAA, which is built on Cloud Foundry UAA.
//!
//! Documents: *Accessing API Management APIs Programmatically* (accessing-api-management-apis-programmatically-24a2c37),
//! *OAuth with Client Credentials Grant for API Clients* (20e26a8; of the Neo environment: 040d811), and the observable
//! behaviour of `cloudfoundry/uaa`.

mod authentication;
mod claims;
mod error;
mod operations;
mod parameters;
pub mod scenario;
mod state;
mod token;

use ::http::header::{ALLOW, CACHE_CONTROL, PRAGMA, WWW_AUTHENTICATE};
use ::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::contract::{Account, Exchange, Refusal};
use crate::http::Response;
use crate::store::{Holds, Store};

pub use authentication::{Service, authenticate, world_of};
pub use error::{OUTCOMES, filter};
pub use operations::OPERATIONS;
pub use state::{Client, State};

use error::Error;

/// Where tokens are had from.
pub const TOKEN_PATH: &str = "/oauth/token";

/// Paths that it answers.
pub const ROOTS: &[&str] = &[TOKEN_PATH, NEO, "/token_keys"];

/// Where tokens are had from in the Neo environment.
const NEO: &str = "/oauth2/api/v1/token";

const JSON: &str = "application/json;charset=UTF-8";

/// The clients, the scenario's first one first.
pub fn accounts(state: &State) -> Vec<Account> {
    let (_, clients) = scenario::export(state);
    let account =
        |client: scenario::ClientSection| Account { name: client.id, secret: client.secret, roles: client.roles };
    clients.into_iter().map(account).collect()
}

/// The refusal of a body that is not read because it is longer than so many bytes.
pub fn body_too_large(limit: usize) -> Refusal {
    Error::BodyTooLarge { limit: limit.to_string() }.into()
}

/// Answers a request to the token service.
pub fn answer<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Response {
    match answered(store, exchange) {
        // Both headers are required of token answers (RFC 6749 section 5.1).
        Ok(body) => Response::new(StatusCode::OK, JSON, body.to_string())
            .with(CACHE_CONTROL, "no-store")
            .with(PRAGMA, "no-cache"),
        Err(Error::MethodNotAllowed { method, allowed }) => {
            refuse(&Error::MethodNotAllowed { method, allowed }.into()).with(ALLOW, allowed)
        }
        Err(error) => refuse(&error.into()),
    }
}

fn answered<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Result<Value, Error> {
    let request = exchange.request;
    let refused = |allowed| Err(Error::MethodNotAllowed { method: request.method.to_string(), allowed });
    if request.path.starts_with("/token_keys") {
        return token::keys(store, exchange.now);
    }
    match (request.path.starts_with(NEO), &request.method) {
        (false, &Method::POST | &Method::GET) => token::issue(store, exchange),
        (true, &Method::POST) => token::issue_on_neo(store, exchange),
        (false, _) => refused("GET, POST"),
        (true, _) => refused("POST"),
    }
}

/// The answer to a token request that is refused (contract section 2.4).
pub fn refuse(refusal: &Refusal) -> Response {
    if refusal.outcome.code.is_empty() {
        return reject(refusal);
    }
    let status = StatusCode::from_u16(refusal.outcome.status).unwrap_or(StatusCode::BAD_REQUEST);
    let body = json!({"error": refusal.outcome.code, "error_description": refusal.text});
    let response = Response::new(status, JSON, body.to_string()).with(CACHE_CONTROL, "no-store");
    let response = response.because(refusal.diagnosis());
    if status != StatusCode::UNAUTHORIZED {
        return response;
    }
    // The header says `unauthorized` even where the body says `invalid_client`.
    let text = &refusal.text;
    response.with(
        WWW_AUTHENTICATE,
        format!("Basic realm=\"UAA/client\", error=\"unauthorized\", error_description=\"{text}\""),
    )
}

/// The answer of an OData service to a request without valid credentials: it is rejected before the OData layer, so
/// there is no OData envelope (contract section 2.5; assumed from the usual behaviour of resource servers).
pub fn reject(refusal: &Refusal) -> Response {
    Response::empty(StatusCode::UNAUTHORIZED).with(WWW_AUTHENTICATE, "Bearer").because(refusal.diagnosis())
}
