//! SAP Cloud Integration, Security Content: keystores, credentials and access policies (OData V2 below `/api/v1`, and below
//! the address of each runtime location).
//!
//! Documents: SAP Business Accelerator Hub, package *Cloud Integration*, API *Security Content*
//! (<https://api.sap.com/api/SecurityContent/overview>); SAP Help Portal, *Security Content* (security-content-e01d3f0)
//! with its pages for each request; published observations on live tenants. `docs/cloud-integration.md` says which rule
//! is known from where.
//!
//! `sets` has one file for each entity set, `state` the rules, `error` every text, `behaviour` every switch.

mod access;
mod alias;
mod behaviour;
mod edm;
mod elliptic_curves;
mod entities;
mod error;
mod export;
mod holdings;
mod key_generation;
mod locations;
mod operations;
mod request;
pub mod scenario;
mod sets;
mod state;
mod trust;

use ::http::StatusCode;
use ::http::header::{RETRY_AFTER, SERVER};

use crate::contract::{Exchange, Meaning, Refusal};
use crate::http::Response;
use crate::odata::dialect::{ErrorCode, EscapedSlash, QueryOptions};
use crate::odata::edm::{Schema, Set};
use crate::odata::{Dialect, Service, Verb};
use crate::store::{Holds, Store};

pub use behaviour::Behaviour;
pub use error::OUTCOMES;
pub use holdings::holdings;
pub use locations::{ROOT as LOCATIONS, without_location};
pub use operations::OPERATIONS;
pub use state::State;

use error::Error;

static SERVICE: Service<State> = Service { root: "/api/v1", schema: &sets::SCHEMA, sets: sets::ALL, dialect };

/// The entity model of its service.
pub const MODELS: &[(&str, &Schema)] = &[("/api/v1", &sets::SCHEMA)];

/// Sets of other APIs below the same root. To say that they are unknown would be to lie about the system.
const NOT_EMULATED: &[&str] = &["UserCredentialParameters"];

/// The refusal of a body that is not read because it is longer than so many bytes.
pub fn body_too_large(limit: usize) -> Refusal {
    Error::BodyTooLarge { limit: limit.to_string() }.into()
}

/// Answers a request below one of this API's roots.
pub fn answer<W: Holds<State>>(store: &Store<W>, exchange: &Exchange<'_>) -> Response {
    let response = locations::answer(&SERVICE, store, exchange);
    let mut response = response.unwrap_or_else(|| SERVICE.answer(store, exchange));
    response.add(SERVER, "SAP");
    response
}

/// Answers with a row of the catalogue, and with the header that belongs to its status.
pub fn refuse(state: &State, exchange: &Exchange<'_>, refusal: &Refusal) -> Response {
    let response = SERVICE.refuse(state, exchange, refusal).with(SERVER, "SAP");
    if response.status != StatusCode::TOO_MANY_REQUESTS {
        return response;
    }
    response.with(RETRY_AFTER, refusal.retry_after().unwrap_or(1).to_string())
}

fn dialect(state: &State) -> Dialect {
    let behaviour = &state.behaviour;
    let neo = behaviour.landscape == behaviour::Landscape::Neo;
    Dialect {
        authorise: access::authorise,
        error_code: ErrorCode::ReasonPhrase,
        metadata: behaviour.metadata,
        json_date_offset: behaviour.json_date_offset == behaviour::DateOffset::Zero,
        query_options: if behaviour.query_options == behaviour::Query::Strict { strict } else { lenient },
        unsupported,
        writes_properties: false,
        left_out: if neo { left_out } else { left_out_on_cloud_foundry },
        in_turns: is_keystore,
        method_kept_out,
        alone_in_change_set: alone,
        repeated_options: behaviour.repeated_options,
        escaped_slash: EscapedSlash::Refused,
        ..Dialect::default()
    }
}

fn left_out(set: &str) -> Option<Refusal> {
    if set == edm::CERTIFICATE_SIGNING_REQUESTS.name {
        Some(Error::NotAddressable { set: set.to_owned() }.into())
    } else if NOT_EMULATED.contains(&set) {
        Some(Error::NotEmulated { set: set.to_owned() }.into())
    } else {
        None
    }
}

/// Certificate-to-user mappings are there on Neo only.
fn left_out_on_cloud_foundry(set: &str) -> Option<Refusal> {
    if set == edm::CERTIFICATE_USER_MAPPINGS.name {
        return Some(Error::NotAddressable { set: set.to_owned() }.into());
    }
    left_out(set)
}

/// What the lock on the keystores is about: all but what is not in a keystore.
fn is_keystore(set: &'static Set) -> bool {
    let others = [&edm::CERTIFICATE_USER_MAPPINGS, &sets::ACCESS_POLICIES, &sets::ARTIFACT_REFERENCES];
    !is_credential(set) && !others.iter().any(|other| other.name == set.name)
}

fn is_credential(set: &'static Set) -> bool {
    let sets = [&sets::OAUTH2_CLIENT_CREDENTIALS, &sets::SECURE_PARAMETERS, &sets::USER_CREDENTIALS];
    sets.iter().any(|credentials| credentials.name == set.name)
}

/// Credentials are not merged: one of the two methods for that does not come through at all.
fn method_kept_out(method: &str, set: &'static Set) -> Option<Refusal> {
    (method == "MERGE" && is_credential(set)).then(|| Error::MergeNotAllowed.into())
}

fn alone(set: &'static Set) -> Option<Refusal> {
    (set.name == edm::CERTIFICATE_USER_MAPPINGS.name).then(|| Error::MappingNotAlone.into())
}

fn lenient(set: &'static Set) -> QueryOptions {
    match set.name {
        "AccessPolicies" | "AccessPolicyRuntimeAssignments" | "ArtifactReferences" | "CertificateUserMappings" => {
            QueryOptions::All
        }
        "OAuth2ClientCredentials" | "CustomParameters" => QueryOptions::Expanding,
        "SecureParameters" | "UserCredentials" => QueryOptions::Format,
        _ => QueryOptions::Shaping,
    }
}

/// Seen on `KeystoreEntries` only.
fn strict(set: &'static Set) -> QueryOptions {
    if set.name == edm::KEYSTORE_ENTRIES.name { QueryOptions::None } else { lenient(set) }
}

fn unsupported(verb: Verb, set: &'static Set) -> Refusal {
    match (set.name, verb) {
        ("CertificateResources" | "CertificateChainResources", Verb::List | Verb::Read) => Error::WriteOnly.into(),
        _ => Error::NotImplemented.into(),
    }
}

/// The options that a tenant was seen to refuse on the keystore's entries, where the switch honours them (section 13.3).
pub fn tolerated_options(state: &State, meaning: &Meaning) -> &'static [&'static str] {
    let on_entries = meaning.row().is_some_and(|row| row.path.contains("/KeystoreEntries"));
    if on_entries && state.behaviour.query_options == behaviour::Query::Lenient { &["$select", "$expand"] } else { &[] }
}
