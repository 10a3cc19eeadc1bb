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
use crate::http::{Request, Response};
use crate::state::State;
use crate::worlds::World;

use super::world::cookie_path;

const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
const SESSION: &str = "JSESSIONID";

/// Refuses a write that needs a token and has none that is valid.
#[expect(clippy::result_large_err, reason = "a response is what a refused request gets; it is made once")]
pub fn check(
    policy: Option<CsrfPolicy>,
    world: &World,
    state: &State,
    request: &Request,
    caller: &Caller,
) -> Result<(), Response> {
    let bound = match policy {
        Some(CsrfPolicy::Always { bound }) => bound,
        Some(CsrfPolicy::SessionsOnly { bound }) if caller.credentials != Credentials::Bearer => bound,
        _ => return Ok(()),
    };
    if !writes(&request.method) {
        return Ok(());
    }
    let seals = Seals { seed: state.ids.seed(), world: world.name.as_str() };
    let session = request.header(TOKEN).and_then(|token| Session::with_token(token, state.sessions, seals));
    match session {
        Some(session) if !bound || Session::of_cookie(request, state.sessions, seals) == Some(session) => Ok(()),
        _ => Err(required()),
    }
}

/// Whether a request has a token, good or not.
pub fn has_token(request: &Request) -> bool {
    request.headers.contains_key(TOKEN) && !fetches(request)
}

/// Whether a request asks for a token.
pub fn fetches(request: &Request) -> bool {
    reads(&request.method) && request.header(TOKEN).is_some_and(|value| value.trim().eq_ignore_ascii_case("fetch"))
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// The methods that need a token (contract section 3.2); one that nobody knows is the service's to refuse.
pub fn writes(method: &Method) -> bool {
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
    let seals = Seals { seed: view.ids.seed(), world: world.name.as_str() };
    let (session, response) = if let Some(session) = Session::of_cookie(request, view.sessions, seals) {
        (session, response)
    } else {
        let session = Session::open(world);
        let path = cookie_path(world, request);
        let cookie = format!("{SESSION}={}; Path={path}; HttpOnly", seals.seal(session.0, COOKIE_SEAL));
        (session, response.with(SET_COOKIE, cookie))
    };
    if !fetches {
        return response;
    }
    // A token is one caller's: the answer that carries it is marked as a tenant's is (trace in 1656c91).
    response
        .with(TOKEN, seals.seal(session.0, TOKEN_SEAL))
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

    fn with_token(token: &str, opened: u64, seals: Seals<'_>) -> Option<Self> {
        let number = seals.unseal(token.trim(), TOKEN_SEAL)?;
        (number <= opened).then_some(Self(number))
    }

    fn of_cookie(request: &Request, opened: u64, seals: Seals<'_>) -> Option<Self> {
        let cookies = request.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut values = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(SESSION)?.strip_prefix('='));
        let number = values.find_map(|value| seals.unseal(value, COOKIE_SEAL))?;
        (number <= opened).then_some(Self(number))
    }
}

const TOKEN_SEAL: &str = "csrf token";
const COOKIE_SEAL: &str = "session cookie";

/// What tokens and cookies are sealed with: those of one world mean nothing in another.
#[derive(Clone, Copy)]
struct Seals<'a> {
    seed: u64,
    world: &'a str,
}

impl Seals<'_> {
    /// 32 upper-case hex digits that hold a number: it is masked, then 8 bytes that only this seed, world and purpose give.
    fn seal(self, number: u64, purpose: &str) -> String {
        let masked = (number ^ self.mask(purpose)).to_be_bytes();
        let mut digits = hex::encode_upper(masked);
        digits.push_str(&hex::encode_upper(self.digest(&[&masked, b"check"], purpose)));
        digits
    }

    fn unseal(self, digits: &str, purpose: &str) -> Option<u64> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        let (masked, check) = bytes.split_at(8);
        if self.digest(&[masked, b"check"], purpose) != *check {
            return None;
        }
        Some(u64::from_be_bytes(masked.try_into().ok()?) ^ self.mask(purpose))
    }

    fn mask(self, purpose: &str) -> u64 {
        u64::from_be_bytes(self.digest(&[b"mask"], purpose))
    }

    fn digest(self, parts: &[&[u8]], purpose: &str) -> [u8; 8] {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.world.as_bytes());
        hash.update(purpose.as_bytes());
        for part in parts {
            hash.update(part);
        }
        let mut first = [0; 8];
        first.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_number_opens_for_its_purpose_seed_and_world_only() {
        let seals = Seals { seed: 7, world: "default" };
        let token = seals.seal(42, TOKEN_SEAL);
        assert_eq!(token.len(), 32);
        assert_eq!(seals.unseal(&token, TOKEN_SEAL), Some(42));
        assert_eq!(seals.unseal(&token.to_lowercase(), TOKEN_SEAL), Some(42));
        assert_eq!(seals.unseal(&token, COOKIE_SEAL), None);
        assert_eq!(Seals { seed: 8, ..seals }.unseal(&token, TOKEN_SEAL), None);
        assert_eq!(Seals { world: "other", ..seals }.unseal(&token, TOKEN_SEAL), None);
        assert_eq!(seals.unseal("Fetch", TOKEN_SEAL), None);
    }
}
