//! CSRF tokens, as the SAP systems hand them out and demand them.
//!
//! Documents: *Security Content* (e01d3f0) and *Setting up Inbound Authentication* (1656c91); what clients rely on is
//! read from their sources. A token and the cookie of its session are both made from the session's number, so that
//! nothing but that number is kept.

use ::http::header::{CACHE_CONTROL, COOKIE, EXPIRES, HeaderName, SET_COOKIE};
use ::http::{Method, StatusCode};

use crate::apis::xsuaa::filter;
use crate::contract::{Caller, Credentials, CsrfPolicy, Refusal};
use crate::http::{Request, Response};
use crate::state::State;
use crate::worlds::World;

use super::world::cookie_path;

const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");
/// How the cookie of a session begins.
const SESSION: &str = "JSESSIONID=";

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
    let session = request.header(&TOKEN).and_then(|token| Session::with_token(token, state.sessions, seals));
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
    reads(&request.method) && request.header(&TOKEN).is_some_and(|value| value.trim().eq_ignore_ascii_case("fetch"))
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// The methods that need a token (contract section 3.2); one that nobody knows is the service's to refuse.
pub fn writes(method: &Method) -> bool {
    matches!(method.as_str(), "POST" | "PUT" | "PATCH" | "MERGE" | "DELETE")
}

/// Adds a token to the answer of a request that asks for one, and the cookie of its session if the request has none.
pub fn offer(world: &World, request: &Request, policy: Option<CsrfPolicy>, response: &mut Response) {
    let reads = reads(&request.method);
    let fetches = fetches(request);
    // Where tokens are demanded, reading opens a session even for those who do not ask for a token yet.
    let opens = reads && matches!(policy, Some(CsrfPolicy::Always { .. } | CsrfPolicy::SessionsOnly { .. }));
    if !fetches && !opens {
        return;
    }
    let view = world.store.view();
    let seals = Seals { seed: view.ids.seed(), world: world.name.as_str() };
    let session = Session::of_cookie(request, view.sessions, seals).unwrap_or_else(|| {
        let session = Session::open(world);
        let (sealed, path) = (seals.seal(session.0, COOKIE_SEAL), cookie_path(world, request));
        response.add(SET_COOKIE, [SESSION, &sealed, "; Path=", &path, "; HttpOnly"].concat());
        session
    });
    if !fetches {
        return;
    }
    // A token is one caller's: the answer that carries it is marked as a tenant's is (trace in 1656c91).
    response.add(TOKEN, seals.seal(session.0, TOKEN_SEAL));
    response.add(CACHE_CONTROL, "private");
    response.add(EXPIRES, "Thu, 01 Jan 1970 00:00:00 UTC");
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
        let lines = request.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut values = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().strip_prefix(SESSION));
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
    /// 32 upper-case hex digits: a number, then 8 bytes that only it and this seed, world and purpose give.
    fn seal(self, number: u64, purpose: &str) -> String {
        let bytes = (u128::from(number) << 64 | u128::from(self.check(number, purpose))).to_be_bytes();
        let mut digits = [0; 32];
        let _two_a_byte = hex::encode_to_slice(bytes, &mut digits);
        digits.make_ascii_uppercase();
        str::from_utf8(&digits).unwrap_or_default().to_owned()
    }

    fn unseal(self, digits: &str, purpose: &str) -> Option<u64> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        let (number, check) = bytes.split_at(8);
        let (number, check) = (u64::from_be_bytes(number.try_into().ok()?), u64::from_be_bytes(check.try_into().ok()?));
        (self.check(number, purpose) == check).then_some(number)
    }

    /// FNV-1a: it keeps nobody out, it tells sessions apart that a client might mistake for one another.
    fn check(self, number: u64, purpose: &str) -> u64 {
        let (number, seed) = (number.to_be_bytes(), self.seed.to_be_bytes());
        let parts = [&number[..], &seed[..], purpose.as_bytes(), self.world.as_bytes()];
        parts.into_iter().fold(0xCBF2_9CE4_8422_2325, |hash, part| {
            part.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
        })
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
