//! The trust path check that comes before a certificate is taken, and its answer, which shows the certificate.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::alias::Alias;
use super::behaviour::ConflictBody;
use super::entities;
use super::error::Error;
use super::state::State;
use crate::contract::Refusal;
use crate::odata::{Context, Entity, Value};
use crate::pki::Certificate;

/// Refuses a certificate to which no trust path leads, unless the caller has compared its fingerprint.
pub fn check(
    cx: &Context<'_>,
    state: &State,
    alias: &Alias,
    certificate: &Arc<Certificate>,
    intermediates: &[Arc<Certificate>],
) -> Result<(), Refusal> {
    if cx.options.is_true("fingerprintVerified") || state.trusts(certificate, intermediates) {
        return Ok(());
    }
    let entity = entities::untrusted(&state.behaviour, alias, certificate);
    Err(refusal(cx, state.behaviour.conflict_body, &entity))
}

fn refusal(cx: &Context<'_>, body: ConflictBody, entity: &Entity) -> Refusal {
    let mut members = members(cx, entity);
    match body {
        ConflictBody::ErrorEmbedded => Error::NotTrusted { entry: on_the_wire(&members) }.into(),
        ConflictBody::Entity => {
            let key = entity.key();
            let hexalias = key.text("Hexalias");
            let uri = format!("{}/{}('{hexalias}')", cx.root.as_str(), entity.set.name);
            let metadata = json!({ "id": uri, "uri": uri, "type": "com.sap.hci.api.KeystoreEntry" });
            members.shift_insert(0, "__metadata".to_owned(), metadata);
            let mut refusal = Refusal::from(Error::NotTrusted { entry: String::new() });
            refusal.body = Some(on_the_wire(&members));
            refusal
        }
    }
}

fn members(cx: &Context<'_>, entity: &Entity) -> Map<String, Json> {
    let properties = entity.set.entity_type.all_properties();
    let named = properties.iter().zip(&entity.values);
    named.map(|(property, value)| (property.name.to_owned(), json_of(cx, value))).collect()
}

fn json_of(cx: &Context<'_>, value: &Value) -> Json {
    let offset = if cx.dialect.json_date_offset { "+0000" } else { "" };
    match value {
        Value::Int32(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::DateTimeOffset(time) => format!("/Date({}{offset})/", time.millis()).into(),
        _ => Json::Null,
    }
}

/// Dates have their slashes escaped, as everywhere in this protocol.
fn on_the_wire(members: &Map<String, Json>) -> String {
    json!({ "d": members }).to_string().replace("\"/Date(", "\"\\/Date(").replace(")/\"", ")\\/\"")
}
