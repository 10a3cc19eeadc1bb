//! The clients that a token can be had for, and the key that signs tokens.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::contract::AuthMode;
use crate::effects::Ids;
use crate::pki::generate::{KeySpec, private_key};
use crate::pki::{Error, PrivateKey};
use crate::store::{Table, Text};

/// How long a token is valid: XSUAA's default of twelve hours.
pub const TOKEN_SECONDS: i64 = 43_200;

/// State of the token service.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// How strictly credentials are checked.
    pub mode: AuthMode,
    /// The clients by their id.
    pub clients: Table<Text, Arc<Client>>,
    /// The id of the first client that the scenario lists: who writes when a token does not say.
    pub first_client: Option<Text>,
    /// True if a client is bound to a world: else nobody has to look who sends a request.
    pub binds_worlds: bool,
    signing_key: Arc<OnceLock<Result<PrivateKey, Error>>>,
}

/// An OAuth client: what a service key describes.
#[derive(Clone, PartialEq, Eq)]
pub struct Client {
    /// `sb-<guid>!b<n>|<application>!b<n>` on a tenant; any text here.
    pub id: Text,
    /// Its secret.
    pub secret: Text,
    /// Roles as the systems name them, `APIPortal.Administrator` for one.
    pub roles: Vec<String>,
    /// The world that its requests are for, where nothing else in them says so.
    pub world: Option<String>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("id", &self.id).field("roles", &self.roles).finish_non_exhaustive()
    }
}

impl Client {
    /// The application that the client belongs to, which its scopes begin with: what follows the bar in its id.
    pub fn application(&self) -> &str {
        application_of(&self.id)
    }
}

/// The application that a client id names: `api-portal-xsuaa!b5678` for `sb-x!b1|api-portal-xsuaa!b5678`.
pub fn application_of(client_id: &str) -> &str {
    match client_id.rsplit_once('|') {
        Some((_, application)) => application,
        None => client_id.strip_prefix("sb-").unwrap_or(client_id),
    }
}

impl State {
    /// Adds a client, or replaces the one with its id.
    pub fn add_client(&mut self, client: Client) {
        self.binds_worlds |= client.world.is_some();
        self.first_client.get_or_insert_with(|| client.id.clone());
        self.clients.insert(client.id.clone(), Arc::new(client));
    }

    /// The key that signs this world's tokens: a test key chosen by the seed, made on first use.
    pub fn signing_key(&self, ids: &Ids) -> Result<&PrivateKey, Error> {
        let made = self
            .signing_key
            .get_or_init(|| private_key(KeySpec::Rsa(2048), false, &mut ids.rng_for("xsuaa signing key")));
        made.as_ref().map_err(Clone::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::application_of;

    #[test]
    fn the_application_stands_after_the_bar() {
        assert_eq!(application_of("sb-apiaccess1!b1|api-portal-xsuaa!b2"), "api-portal-xsuaa!b2");
        assert_eq!(application_of("sb-certmimic"), "certmimic");
        assert_eq!(application_of("other"), "other");
    }
}
