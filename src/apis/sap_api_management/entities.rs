//! Stores and certificates as answers show them, in sets of their own and expanded in each other's.

use std::sync::Arc;

use super::behaviour::CertificateContent;
use super::edm::{CERTIFICATE_STORES, CERTIFICATES};
use super::life_cycle;
use super::state::{Certificate, CertificateStore, Material, State};
use crate::effects::Timestamp;
use crate::odata::{Entity, Value};
use crate::pki;

/// A store.
pub fn store(store: &CertificateStore) -> Entity {
    Entity::new(
        &CERTIFICATE_STORES,
        vec![life_cycle::value(&store.history), Value::from(store.name.text()), Value::from(store.type_name.word())],
    )
}

/// A certificate of a store as it reads at a time.
pub fn certificate(state: &State, store: &CertificateStore, held: &Certificate, now: Timestamp) -> Entity {
    let leaf = held.material.leaf();
    let derive = |fact: fn(&pki::Certificate) -> Value| leaf.map_or(Value::Null, |leaf| fact(leaf));
    Entity::new(
        &CERTIFICATES,
        vec![
            derive(|leaf| Value::text(leaf.subject().attribute("CN"))),
            Value::text(held.cs_key.as_ref()),
            Value::text(held.description.as_ref()),
            Value::text(held.format.as_ref()),
            life_cycle::value(&held.history),
            Value::from(held.name.text()),
            Value::from(store.name.text()),
            Value::Null,
            Value::from(store.type_name.word()),
            derive(|leaf| moment(leaf.not_after())),
            derive(|leaf| Value::text(Some(Arc::clone(leaf.issuer().java_text())))),
            derive(|leaf| Value::text(Some(Arc::clone(leaf.subject().java_text())))),
            derive(|leaf| Value::from(leaf.signature_algorithm().to_owned())),
            leaf.map_or(Value::Null, |leaf| Value::from(validity(leaf, now))),
            derive(|leaf| moment(leaf.not_before())),
            derive(|leaf| Value::from(leaf.version().to_string())),
            echo(state, held),
        ],
    )
}

/// Milliseconds since 1970 as text: softwork-app/cikraft (`Credentials.kt`) reads them as such from tenants.
fn moment(seconds: i64) -> Value {
    Value::from(Timestamp::from_seconds(seconds).millis().to_string())
}

fn validity(leaf: &pki::Certificate, now: Timestamp) -> &'static str {
    let (start, end) = (Timestamp::from_seconds(leaf.not_before()), Timestamp::from_seconds(leaf.not_after()));
    if (start..=end).contains(&now) { "Yes" } else { "No" }
}

fn echo(state: &State, certificate: &Certificate) -> Value {
    match (&certificate.material, state.behaviour.certificate_content) {
        (Material::Trusted { content, .. }, CertificateContent::Echo) => Value::Binary(content.clone()),
        _ => Value::Null,
    }
}
