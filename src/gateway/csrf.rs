//! CSRF tokens, as the SAP systems hand them out and demand them.
//!
//! Documents: *Security Content* (e01d3f0) and *Setting up Inbound Authentication* (1656c91); what clients rely on is
//! read from their sources. A token and the cookie of its session are both made from the session's number, so that
//! nothing but that number is kept.

use ::http::header::{CACHE_CONTROL, COOKIE, EXPIRES, HeaderName, SET_COOKIE};
use ::http::{Method, StatusCode};
use sha2::{Digest, Sha256};

use crate::apis::xsuaa::filter;
use crate::contract::{Caller, Credentials, CsrfPolicy, Refusal};
use crate::effects::Ids;
use crate::http::{Request, Response};
use crate::state::State;
use crate::worlds::World;

const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
const SESSION: &str = "JSESSIONID";

/// Refuses a write that needs a token and has none that is valid.
#[expect(clippy::result_large_err, reason = "a response is what a refused request gets; it is made once")]
pub fn check(policy: Option<CsrfPolicy>, state: &State, request: &Request, caller: &Caller) -> Result<(), Response> {
    let bound = match policy {
        Some(CsrfPolicy::Always { bound }) => bound,
        Some(CsrfPolicy::SessionsOnly { bound }) if caller.credentials != Credentials::Bearer => bound,
        _ => return Ok(()),
    };
    if !writes(&request.method) {
        return Ok(());
    }
    let session = request.header(TOKEN).and_then(|token| Session::with_token(token, state));
    match session {
        Some(session) if !bound || Session::of_cookie(request, state) == Some(session) => Ok(()),
        _ => Err(required()),
    }
}

/// Whether a request asks for a token.
pub fn fetches(request: &Request) -> bool {
    reads(&request.method) && request.header(TOKEN).is_some_and(|value| value.trim().eq_ignore_ascii_case("fetch"))
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// The methods that need a token (contract section 3.2); one that nobody knows is the service's to refuse.
fn writes(method: &Method) -> bool {
    matches!(method.as_str(), "POST" | "PUT" | "PATCH" | "MERGE" | "DELETE")
}

/// Adds a token to the answer of a request that asks for one, and the cookie of its session if the request has none.
pub fn offer(world: &World, request: &Request, policy: Option<CsrfPolicy>, response: Response) -> Response {
    let reads = reads(&request.method);
    let fetches = fetches(request);
    // Where tokens are demanded, reading opens a session even for those who do not ask for a token yet.
    let opens = reads && matches!(policy, Some(CsrfPolicy::Always { .. } | CsrfPolicy::SessionsOnly { .. }));
    if !fetches && !opens {
        return response;
    }
    let view = world.store.view();
    let (session, response) = if let Some(session) = Session::of_cookie(request, &view) {
        (session, response)
    } else {
        let session = Session::open(world);
        let cookie = format!("{SESSION}={}; Path=/; HttpOnly", session.cookie(&view.ids));
        (session, response.with(SET_COOKIE, cookie))
    };
    if !fetches {
        return response;
    }
    // A token is one caller's: the answer that carries it is marked as a tenant's is (trace in 1656c91).
    response
        .with(TOKEN, session.token(&view.ids))
        .with(CACHE_CONTROL, "private")
        .with(EXPIRES, "Thu, 01 Jan 1970 00:00:00 UTC")
}

/// The answer to a write without a valid token.
pub fn required() -> Response {
    let refusal = Refusal::from(filter::Error::TokenRequired);
    Response::new(StatusCode::FORBIDDEN, "text/plain;charset=utf-8", refusal.text.clone())
        .with(TOKEN, "Required")
        .because(refusal.diagnosis())
}

/// A session by its number, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Session(u64);

impl Session {
    fn open(world: &World) -> Self {
        Self(world.store.change(|state| {
            state.sessions += 1;
            state.sessions
        }))
    }

    fn token(self, ids: &Ids) -> String {
        seal(self.0, "csrf token", ids)
    }

    fn cookie(self, ids: &Ids) -> String {
        seal(self.0, "session cookie", ids)
    }

    fn with_token(token: &str, state: &State) -> Option<Self> {
        let number = unseal(token.trim(), "csrf token", &state.ids)?;
        (number <= state.sessions).then_some(Self(number))
    }

    fn of_cookie(request: &Request, state: &State) -> Option<Self> {
        let cookies = request.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut values = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(SESSION)?.strip_prefix('='));
        let number = values.find_map(|value| unseal(value, "session cookie", &state.ids))?;
        (number <= state.sessions).then_some(Self(number))
    }
}

/// 32 upper-case hex digits that hold a number: it is masked, then 8 bytes that only this seed and purpose give.
fn seal(number: u64, purpose: &str, ids: &Ids) -> String {
    let masked = (number ^ mask(purpose, ids)).to_be_bytes();
    let mut digits = hex::encode_upper(masked);
    digits.push_str(&hex::encode_upper(digest(&[&masked, b"check"], purpose, ids)));
    digits
}

fn unseal(digits: &str, purpose: &str, ids: &Ids) -> Option<u64> {
    let mut bytes = [0; 16];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    let (masked, check) = bytes.split_at(8);
    if digest(&[masked, b"check"], purpose, ids) != *check {
        return None;
    }
    Some(u64::from_be_bytes(masked.try_into().ok()?) ^ mask(purpose, ids))
}

fn mask(purpose: &str, ids: &Ids) -> u64 {
    u64::from_be_bytes(digest(&[b"mask"], purpose, ids))
}

fn digest(parts: &[&[u8]], purpose: &str, ids: &Ids) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(ids.seed().to_be_bytes());
    hash.update(purpose.as_bytes());
    for part in parts {
        hash.update(part);
    }
    let mut first = [0; 8];
    first.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_number_opens_for_its_purpose_and_seed_only() {
        let ids = Ids::new(7);
        let token = seal(42, "csrf token", &ids);
        assert_eq!(token.len(), 32);
        assert_eq!(unseal(&token, "csrf token", &ids), Some(42));
        assert_eq!(unseal(&token.to_lowercase(), "csrf token", &ids), Some(42));
        assert_eq!(unseal(&token, "session cookie", &ids), None);
        assert_eq!(unseal(&token, "csrf token", &Ids::new(8)), None);
        assert_eq!(unseal("Fetch", "csrf token", &ids), None);
    }
}
