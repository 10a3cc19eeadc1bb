//! Who a request comes from: bearer tokens and Basic credentials at the services behind the token service.

use ::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::claims;
use super::error::Error;
use super::parameters::Parameters;
use super::state::{Client, State};
use crate::contract::{AuthMode, Caller, Credentials};
use crate::effects::{Ids, Timestamp};
use crate::http::Request;
use crate::http::target::cut;
use crate::store::Text;

/// The service that a request is for.
pub struct Service<'a> {
    /// The world that it is in.
    pub world: &'a str,
    /// Tells the applications that tokens for other services are issued for, as tenants name them.
    pub is_of_another: &'a dyn Fn(&str) -> bool,
}

/// Tells the caller from the value of its `Authorization` header.
///
/// Basic authentication with a client's id and secret is accepted beside bearer tokens, as several clients in the field
/// need it.
///
/// A token that this program issued is held to its own world, its own system and its own end, even where strangers are let in.
pub fn authenticate(
    state: &State,
    ids: &Ids,
    service: &Service<'_>,
    authorization: Option<&str>,
    now: Timestamp,
) -> Result<Caller, Error> {
    if state.mode == AuthMode::Off {
        return Ok(authorization.and_then(|value| known(state, value)).unwrap_or_else(Caller::anonymous));
    }
    let (scheme, Some(value)) = cut(authorization.unwrap_or_default().trim_ascii(), b' ') else {
        return Err(Error::TokenMissing);
    };
    let value = value.trim_ascii();
    if value.is_empty() {
        return Err(Error::TokenInvalid);
    }
    if scheme.eq_ignore_ascii_case("bearer") {
        bearer(state, ids, service, value, now)
    } else if scheme.eq_ignore_ascii_case("basic") {
        basic(state, value)
    } else {
        Err(Error::TokenMissing)
    }
}

/// With authentication off, credentials are not looked at except for the name that changes are recorded under.
fn known(state: &State, authorization: &str) -> Option<Caller> {
    let (scheme, value) = authorization.trim().split_once(' ')?;
    let name = if scheme.eq_ignore_ascii_case("bearer") {
        claims::read(&claims::as_signed(value.trim()))?.client_id
    } else {
        decode_basic(value.trim()).ok()?.0
    };
    if name.is_empty() {
        return None;
    }
    let roles = state.clients.get(name.as_str()).map(|client| client.roles.clone()).unwrap_or_default();
    Some(Caller { name: name.into(), roles, unrestricted: true, credentials: Credentials::Anonymous })
}

fn bearer(state: &State, ids: &Ids, service: &Service<'_>, token: &str, now: Timestamp) -> Result<Caller, Error> {
    let token = &claims::as_signed(token);
    let claims = claims::read(token);
    if let Some(issued) = claims.as_ref().filter(|claims| claims.world.is_some()) {
        if issued.world.as_deref() != Some(service.world) {
            return Err(Error::TokenOfOtherWorld);
        }
        if !issued.is_of_token_service() || issued.audience().is_some_and(service.is_of_another) {
            return Err(Error::TokenOfOtherSystem);
        }
        if issued.exp <= now.seconds() {
            return Err(Error::TokenExpired);
        }
    }
    let claims = claims.filter(|claims| !claims.client_id.is_empty());
    if state.mode == AuthMode::Required {
        let claims = claims.as_ref().ok_or(Error::TokenInvalid)?;
        let key = state.signing_key(ids).map_err(|reason| Error::NoSigningKey { reason: reason.to_string() })?;
        if !state.clients.contains(claims.client_id.as_str()) || !claims::is_signed_by(token, key) {
            return Err(Error::TokenInvalid);
        }
        if claims.exp <= now.seconds() {
            return Err(Error::TokenExpired);
        }
    }
    let Some(claims) = claims else {
        // An opaque token names nobody, so the change is recorded for the scenario's first client.
        let name = state.first_client.clone().unwrap_or_else(|| "certmimic".into());
        return Ok(stranger(name, Credentials::Bearer));
    };
    if !state.clients.contains(claims.client_id.as_str()) {
        return Ok(stranger(claims.client_id.into(), Credentials::Bearer));
    }
    // A change of roles takes effect with the next token, so the token's own count.
    let roles = claims.roles();
    Ok(Caller { name: claims.client_id.into(), roles, unrestricted: false, credentials: Credentials::Bearer })
}

fn basic(state: &State, value: &str) -> Result<Caller, Error> {
    let (id, secret) = decode_basic(value).map_err(|_| Error::TokenInvalid)?;
    match check_client(state, &id, &secret) {
        Ok(Some(client)) => Ok(Caller {
            roles: client.roles.clone(),
            name: id.into(),
            unrestricted: false,
            credentials: Credentials::Basic,
        }),
        Ok(None) => Ok(stranger(id.into(), Credentials::Basic)),
        Err(_) => Err(Error::TokenInvalid),
    }
}

fn stranger(name: Text, credentials: Credentials) -> Caller {
    Caller { name, roles: Vec::new(), unrestricted: true, credentials }
}

/// The client with this id, if the secret is its own; `None` for a stranger where strangers are let in.
///
/// A known client's wrong secret is refused whenever credentials matter: it is a mistake in the caller's
/// configuration, which the tenant would refuse too.
pub fn check_client<'s>(state: &'s State, id: &str, secret: &str) -> Result<Option<&'s Client>, Error> {
    match state.clients.get(id) {
        Some(client) if state.mode == AuthMode::Off || client.secret == secret => Ok(Some(client)),
        None if state.mode != AuthMode::Required && !id.is_empty() => Ok(None),
        _ => Err(Error::BadCredentials),
    }
}

/// The world that the client of a request is bound to: by its token, by Basic, or by the form of a token request.
pub fn world_of(state: &State, request: &Request) -> Option<String> {
    if !state.binds_worlds {
        return None;
    }
    let id = match request.header(&AUTHORIZATION).map(str::trim).and_then(|value| value.split_once(' ')) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            claims::read(&claims::as_signed(token.trim()))?.client_id
        }
        Some((scheme, value)) if scheme.eq_ignore_ascii_case("basic") => decode_basic(value.trim()).ok()?.0,
        _ => Parameters::of(request).value("client_id")?.to_owned(),
    };
    state.clients.get(id.as_str())?.world.clone()
}

/// Id and secret of a Basic value.
pub fn decode_basic(value: &str) -> Result<(String, String), Error> {
    let decoded = STANDARD.decode(value).or_else(|_| STANDARD_NO_PAD.decode(value));
    let decoded = decoded.map_err(|_| Error::BasicNotBase64)?;
    let text = String::from_utf8_lossy(&decoded);
    let (id, secret) = text.split_once(':').ok_or(Error::BasicWithoutColon)?;
    Ok((id.to_owned(), secret.to_owned()))
}
