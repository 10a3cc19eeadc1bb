//! `/oauth/token` and `/token_keys` (RFC 6749 section 4.4; contract sections 2.2 to 2.4).

use ::http::header::AUTHORIZATION;
use serde_json::{Value, json};

use super::authentication::{check_client, decode_basic};
use super::claims::{self, Grant, KEY_ID};
use super::error::Error;
use super::parameters::Parameters;
use super::state::{State, TOKEN_SECONDS};
use crate::contract::{AuthMode, Exchange};
use crate::effects::{Ids, Timestamp};
use crate::http::Request;
use crate::pki::jwk::Jwk;
use crate::pki::pem;
use crate::store::{Draft, Holds, Store};

/// Grants that UAA knows but that clients of a service key are not allowed.
const OTHER_GRANTS: &[&str] = &[
    "authorization_code",
    "password",
    "refresh_token",
    "user_token",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
];

/// A token that has no end: the last second that Java and JavaScript write with a year of four digits.
const NO_END: i64 = 253_402_300_799;

/// Issues a token.
pub fn issue<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Result<Value, Error> {
    let issued = issue_until(store, exchange, exchange.now.seconds() + TOKEN_SECONDS)?;
    Ok(json!({
        "access_token": issued.token,
        "token_type": "bearer",
        // Whole seconds left once the answer is under way.
        "expires_in": TOKEN_SECONDS - 1,
        "scope": issued.scopes.join(" "),
        "jti": issued.id,
    }))
}

/// Issues a token as the Neo environment does (040d811): hex digits, and an `expires_in` of 0. That such a token has no
/// end is assumed.
pub fn issue_on_neo<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Result<Value, Error> {
    let issued = issue_until(store, exchange, NO_END)?;
    Ok(json!({
        "access_token": hex::encode(issued.token),
        "token_type": "Bearer",
        "expires_in": 0,
        "scopes": [],
    }))
}

struct Issued {
    token: String,
    scopes: Vec<String>,
    id: String,
}

fn issue_until<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>, expires: i64) -> Result<Issued, Error> {
    let parameters = Parameters::of(exchange.request);
    let view = store.view();
    let state: &State = view.part();
    let (client_id, roles) = authenticated_client(state, exchange.request, &parameters)?;
    check_grant(parameters.value("grant_type"))?;
    let application = super::state::application_of(&client_id);
    let mut scopes = vec!["uaa.resource".to_owned()];
    scopes.extend(roles.iter().map(|role| format!("{application}.{role}")));

    let (id, ids) = store.edit(|whole| {
        let draft = Draft::<State>::of(whole, exchange.now);
        let id = draft.effects.ids.uuid().replace('-', "");
        Ok((id, draft.effects.ids.clone()))
    })?;
    let grant = Grant {
        client_id: &client_id,
        scopes: &scopes,
        issued: exchange.now,
        expires,
        id: &id,
        origin: &exchange.request.origin,
        world: exchange.world,
    };
    let token = sign(state, &ids, &grant)?;
    Ok(Issued { token, scopes, id })
}

/// The key that tokens are signed with.
pub fn keys<W: Holds<State>>(store: &Store<W>, now: Timestamp) -> Result<Value, Error> {
    let mut whole = W::clone(&store.view());
    let draft = Draft::<State>::of(&mut whole, now);
    let key = draft.state.signing_key(draft.effects.ids).map_err(no_key)?;
    let public = key.public_key();
    let mut jwk = Jwk::from_public_key(public).map_err(no_key)?;
    jwk.key_id = Some(KEY_ID.to_owned());
    jwk.key_use = Some("sig".to_owned());
    jwk.algorithm = Some("RS256".to_owned());
    let mut json = jwk.to_json();
    // UAA adds the key in PEM, for clients that know no JWK.
    if let Some(members) = json.as_object_mut() {
        members.insert("value".to_owned(), pem::encode("PUBLIC KEY", public.spki()).into());
    }
    Ok(json!({"keys": [json]}))
}

fn sign(state: &State, ids: &Ids, grant: &Grant<'_>) -> Result<String, Error> {
    let key = state.signing_key(ids).map_err(no_key)?;
    claims::sign(grant, ids, key).map_err(no_key)
}

#[expect(clippy::needless_pass_by_value, reason = "it is the argument of map_err")]
fn no_key(reason: crate::pki::Error) -> Error {
    Error::NoSigningKey { reason: reason.to_string() }
}

/// The client that authenticates, and its roles: by Basic, or by form fields if there is no `Authorization`.
fn authenticated_client(
    state: &State,
    request: &Request,
    parameters: &Parameters,
) -> Result<(String, Vec<String>), Error> {
    let given = parameters.value("client_id");
    let (id, secret) = match request.header(&AUTHORIZATION).map(str::trim) {
        Some(value) => {
            let (scheme, value) = value.split_once(' ').unwrap_or((value, ""));
            if !scheme.eq_ignore_ascii_case("basic") {
                return Err(Error::NoCredentials);
            }
            decode_basic(value.trim())?
        }
        None => match (given, parameters.value("client_secret")) {
            (Some(id), secret) => (id.to_owned(), secret.unwrap_or_default().to_owned()),
            (None, _) if state.mode == AuthMode::Off => {
                (state.first_client.as_deref().unwrap_or("certmimic").to_owned(), String::new())
            }
            (None, _) => return Err(Error::NoCredentials),
        },
    };
    let client = check_client(state, &id, &secret)?;
    if given.is_some_and(|given| given != id) {
        return Err(Error::ClientMismatch);
    }
    let roles = client.map(|client| client.roles.clone()).unwrap_or_default();
    Ok((id, roles))
}

fn check_grant(grant: Option<&str>) -> Result<(), Error> {
    match grant {
        None | Some("") => Err(Error::MissingGrantType),
        Some("client_credentials") => Ok(()),
        Some("implicit") => Err(Error::ImplicitGrant),
        Some(other) if OTHER_GRANTS.contains(&other) => Err(Error::UnauthorizedGrantType),
        Some(_) => Err(Error::UnsupportedGrantType),
    }
}
