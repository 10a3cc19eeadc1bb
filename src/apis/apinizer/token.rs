//! `POST /apiops/auth/token`: user name and password for a bearer token (section 3.1).

use rand_chacha::rand_core::Rng;
use serde::Deserialize;
use serde_json::{Map, json};

use super::behaviour::TokenExpiryFormat;
use super::call::Call;
use super::error::Error;
use super::state::{State, Token};
use super::{TOKEN_PATH, answer};
use crate::contract::AuthMode;
use crate::effects::{Ids, Timestamp};
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

/// What a token of this program says of itself.
#[derive(Debug, Deserialize)]
pub struct Issued {
    /// The world that it was issued in; only tokens of this program say so.
    #[serde(rename = "certmimic_world")]
    pub world: String,
    #[serde(default)]
    iss: String,
    exp: i64,
}

impl Issued {
    /// Reads it, if this program issued the token.
    pub fn read(token: &str) -> Option<Self> {
        read_claims(token)
    }

    /// True if it was issued here, not by the token service of other systems.
    pub fn is_of_this_system(&self) -> bool {
        self.iss.ends_with(TOKEN_PATH)
    }

    /// True if its end has come.
    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.exp <= now.seconds()
    }
}

/// A JSON Web Token, as the examples of the page are. It is good for being looked up, not for being read.
fn signed(ids: &mut Ids, call: &Call<'_>, username: &str, end: i64) -> String {
    let mut key = [0; 32];
    ids.rng_for("apinizer token key").fill_bytes(&mut key);
    let claims = json!({
        "iss": format!("{}{TOKEN_PATH}", call.request.origin),
        "sub": username,
        "iat": call.now.seconds(),
        "exp": end,
        "jti": ids.uuid(),
        "certmimic_world": call.world,
    });
    sign_hs256(&key, &Map::new(), &claims)
}
