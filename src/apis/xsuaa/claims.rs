//! The JSON Web Tokens of the token service (RFC 7519; claims as XSUAA's published samples have them).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, json};

use super::TOKEN_PATH;
use super::state::application_of;
use crate::effects::{Ids, Timestamp};
use crate::pki::{Error, PrivateKey, SignatureAlgorithm, jwk};

/// What identifies the key in a token's header and in `/token_keys`.
pub const KEY_ID: &str = "default-jwt-key-certmimic";

/// What a service reads of a token.
#[derive(Debug, Deserialize)]
pub struct Claims {
    /// The client; empty where a token names none, as those of others need not.
    #[serde(default)]
    pub client_id: String,
    /// Its scopes.
    #[serde(default)]
    pub scope: Vec<String>,
    /// End of validity, seconds since 1970 UTC.
    #[serde(default)]
    pub exp: i64,
    /// The world that it was issued in; only tokens of this program say so.
    #[serde(rename = "certmimic_world")]
    pub world: Option<String>,
    #[serde(default)]
    iss: Option<String>,
}

impl Claims {
    /// The roles among the scopes: those of the client's own application, without its name.
    pub fn roles(&self) -> Vec<String> {
        let application = application_of(&self.client_id);
        let role = |scope: &String| Some(scope.strip_prefix(application)?.strip_prefix('.')?.to_owned());
        self.scope.iter().filter_map(role).collect()
    }

    /// True if the token service issued it, and no other system that tokens are had from.
    pub fn is_of_token_service(&self) -> bool {
        self.iss.as_deref().is_some_and(|issuer| issuer.ends_with(TOKEN_PATH))
    }

    /// The application that it was issued for, if its client's id names one as tenants do: `it` of `sb-x!b1|it!b2`.
    pub fn audience(&self) -> Option<&str> {
        let (_, application) = self.client_id.rsplit_once('|')?;
        application.split_once('!').map(|(name, _)| name)
    }
}

/// What a token is issued for.
pub struct Grant<'a> {
    /// The client.
    pub client_id: &'a str,
    /// The scopes it gets.
    pub scopes: &'a [String],
    /// When it was issued.
    pub issued: Timestamp,
    /// When it ends, seconds since 1970 UTC.
    pub expires: i64,
    /// Its identifier.
    pub id: &'a str,
    /// The token service's address.
    pub origin: &'a str,
    /// The world that it is for.
    pub world: &'a str,
}

/// A signed token.
pub fn sign(grant: &Grant<'_>, ids: &Ids, key: &PrivateKey) -> Result<String, Error> {
    let mut header = Map::new();
    header.insert("jku".to_owned(), format!("{}/token_keys", grant.origin).into());
    header.insert("kid".to_owned(), KEY_ID.into());
    header.insert("typ".to_owned(), "JWT".into());
    let application = application_of(grant.client_id);
    // The tenant is the same for every token of a seed, however many identifiers were drawn before.
    let mut tenant = Ids::new(ids.seed());
    let (zone, instance) = (tenant.uuid(), tenant.uuid());
    let claims = json!({
        "jti": grant.id,
        "ext_attr": {"enhancer": "XSUAA", "subaccountid": zone, "zdn": "certmimic", "serviceinstanceid": instance},
        "sub": grant.client_id,
        "authorities": grant.scopes,
        "scope": grant.scopes,
        "client_id": grant.client_id,
        "cid": grant.client_id,
        "azp": grant.client_id,
        "grant_type": "client_credentials",
        "rev_sig": zone.get(..8),
        "iat": grant.issued.seconds(),
        "exp": grant.expires,
        "iss": format!("{}{TOKEN_PATH}", grant.origin),
        "zid": zone,
        "aud": [application, grant.client_id, "uaa"],
        "certmimic_world": grant.world,
    });
    jwk::sign_rs256(key, &header, &claims)
}

/// A token as it was signed: those of Neo are sent as the hex digits of their characters.
pub fn as_signed(token: &str) -> Cow<'_, str> {
    match hex::decode(token).map(String::from_utf8) {
        Ok(Ok(signed)) => signed.into(),
        _ => token.into(),
    }
}

/// The claims of a token, if it has the form of one; its signature is not looked at.
pub fn read(token: &str) -> Option<Claims> {
    jwk::read_claims(token)
}

/// True if the key made the token's signature.
pub fn is_signed_by(token: &str, key: &PrivateKey) -> bool {
    let verify = || {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        key.public_key().verify(&rs256().ok()?, signed.as_bytes(), &signature).ok()
    };
    verify().is_some()
}

fn rs256() -> Result<SignatureAlgorithm, Error> {
    SignatureAlgorithm::from_java_name("SHA256withRSA").ok_or_else(|| Error::Unsupported("SHA256withRSA".to_owned()))
}
