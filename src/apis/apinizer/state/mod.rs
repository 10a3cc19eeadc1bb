//! State and rules, without HTTP.

mod access;
mod aliases;
mod certificates;
mod collection;
mod entries;
mod jwks;
mod keys;
mod keystores;
mod projects;

use std::fmt;
use std::sync::Arc;

use super::behaviour::Behaviour;
use crate::contract::AuthMode;
use crate::effects::{Effects, Ids};
use crate::pki::Certificate as X509;
use crate::store::{Table, Text};

pub use access::{Token, User};
pub use certificates::{Certificate, CertificateEntry, CertificateForm};
pub use collection::{Collection, Item, ListForm};
pub use entries::{Entries, Entry};
pub use jwks::{Jwk, Source, SourceType, Use};
pub use keys::{Algorithm, Key, KeyEntry, KeyType};
pub use keystores::{Keystore, KeystoreEntry, KeystoreType};
pub use projects::{ADMIN_PROJECT, Environment, EnvironmentStatus, EnvironmentType, Project};

/// All state of this API in a world.
#[derive(Clone, Default)]
pub struct State {
    /// How strictly tokens are checked.
    pub auth_mode: AuthMode,
    /// The switches.
    pub behaviour: Behaviour,
    /// Users by name.
    pub users: Table<Text, Arc<User>>,
    /// Tokens by their text: issued ones and personal ones.
    pub tokens: Table<Text, Arc<Token>>,
    /// Environments in the order of their creation.
    pub environments: Vec<Arc<Environment>>,
    /// Projects in the order of their creation.
    pub projects: Vec<Arc<Project>>,
    /// Certificates.
    pub certificates: Collection<Certificate>,
    /// Keystores.
    pub keystores: Collection<Keystore>,
    /// Keys.
    pub keys: Collection<Key>,
    /// JWKs.
    pub jwks: Collection<Jwk>,
    /// What a JWK's URL answers, without any network.
    pub documents: Table<Text, Arc<[u8]>>,
    /// Issued tokens in their order, so that the oldest can go.
    issued: Table<u64, Text>,
    /// Which certificate has an alias in an environment, over all projects.
    aliases: Table<Text, Table<Text, Text>>,
}

/// Without what the tokens are called by: that is what they are.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("State");
        shown.field("auth_mode", &self.auth_mode).field("behaviour", &self.behaviour).field("users", &self.users);
        shown.field("tokens", &self.tokens.len()).field("environments", &self.environments);
        shown.field("projects", &self.projects).field("certificates", &self.certificates);
        shown.field("keystores", &self.keystores).field("keys", &self.keys).field("jwks", &self.jwks);
        shown.finish_non_exhaustive()
    }
}

impl State {
    /// An environment by name.
    pub fn environment(&self, name: &str) -> Option<&Arc<Environment>> {
        self.environments.iter().find(|environment| environment.name == *name)
    }

    /// A project by name.
    pub fn project(&self, name: &str) -> Option<&Arc<Project>> {
        self.projects.iter().find(|project| project.name == *name)
    }

    /// The environments that a project reaches, in the order of their creation.
    pub fn environments_of<'s>(&'s self, project: &'s Project) -> impl Iterator<Item = &'s Arc<Environment>> {
        self.environments.iter().filter(|environment| project.reaches(&environment.name))
    }

    /// The certificate authorities that an environment trusts of itself.
    pub fn ca_certificates(&self, environment: &str) -> &[Arc<X509>] {
        self.environment(environment).map_or(&[], |environment| &environment.ca_certificates)
    }
}

/// Most tokens that are remembered: a client that asks for one with each request must not fill the memory.
const MOST_ISSUED: usize = 10_000;

impl State {
    /// The texts of issued tokens, the oldest first.
    pub fn issued(&self) -> impl Iterator<Item = &Text> {
        self.issued.values()
    }

    /// Remembers an issued token, and forgets the oldest if there are too many.
    pub fn issue(&mut self, token: Token) {
        let number = self.issued.keys().next_back().map_or(0, |last| last + 1);
        self.issued.insert(number, token.value.clone());
        self.tokens.insert(token.value.clone(), Arc::new(token));
        if self.issued.len() > MOST_ISSUED {
            let oldest = self.issued.keys().next().copied().unwrap_or_default();
            if let Some(value) = self.issued.remove(&oldest) {
                self.tokens.remove(value.as_str());
            }
        }
    }
}

/// A new identifier: 24 lower-case hex digits.
pub fn new_id(effects: &mut Effects<'_>) -> Text {
    draw_id(effects.ids)
}

/// The same, for a scenario.
pub fn draw_id(ids: &mut Ids) -> Text {
    hex::encode(ids.bytes::<12>()).into()
}
