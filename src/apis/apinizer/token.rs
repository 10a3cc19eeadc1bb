//! `POST /apiops/auth/token`: user name and password for a bearer token (section 3.1).

use rand_chacha::rand_core::Rng;
use serde::Deserialize;
use serde_json::{Map, json};

use super::answer;
use super::behaviour::TokenExpiryFormat;
use super::call::Call;
use super::error::Error;
use super::state::{State, Token};
use crate::contract::AuthMode;
use crate::effects::Ids;
use crate::http::Response;
use crate::pki::jwk::{read_claims, sign_hs256};
use crate::rest::Pairs;
use crate::store::{Draft, Text};

/// How long a token is good for.
const SECONDS: i64 = 3600;

/// Hands out a token.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = Pairs::parse(&call.request.body);
    if form.first("grant_type") != Some("client_credentials") {
        return Err(Error::UnsupportedGrantType);
    }
    let field = |name| form.first(name).filter(|value| !value.is_empty());
    let username = field("client_id").unwrap_or_default();
    if !accepts(draft.state, username, field("client_secret").unwrap_or_default()) {
        return Err(Error::BadCredentials);
    }
    let end = call.now.plus_millis(SECONDS * 1000);
    let value: Text = signed(draft.effects.ids, call, username, end.seconds()).into();
    draft.state.issue(Token {
        value: value.clone(),
        username: username.to_owned().into(),
        expires: Some(end),
        revoked: false,
    });
    let expires_in = match call.behaviour.token_expiry_format {
        TokenExpiryFormat::Seconds => SECONDS,
        TokenExpiryFormat::EpochMillis => end.millis(),
    };
    Ok(answer::ok(&json!({ "access_token": &*value, "token_type": "Bearer", "expires_in": expires_in })))
}

fn accepts(state: &State, username: &str, password: &str) -> bool {
    if state.auth_mode == AuthMode::Off {
        return true;
    }
    let complete = !username.is_empty() && !password.is_empty();
    complete
        && match state.users.get(username) {
            Some(user) => user.enabled && user.password == *password,
            None => state.auth_mode == AuthMode::Any,
        }
}

/// The world that a token was issued in, which tokens of this program say.
pub fn world_of(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        certmimic_world: Option<String>,
    }
    read_claims::<Claims>(token)?.certmimic_world
}

/// A JSON Web Token, as the examples of the page are. It is good for being looked up, not for being read.
fn signed(ids: &mut Ids, call: &Call<'_>, username: &str, end: i64) -> String {
    let mut key = [0; 32];
    ids.rng_for("apinizer token key").fill_bytes(&mut key);
    let claims = json!({
        "sub": username,
        "iat": call.now.seconds(),
        "exp": end,
        "jti": ids.uuid(),
        "certmimic_world": call.world,
    });
    sign_hs256(&key, &Map::new(), &claims)
}
