//! Whether a thing is in the list that its address is below.

use serde_json::Value;

use super::thing::Thing;
use crate::contract::Protocol;
use crate::tenant::Failure;
use crate::tenant::client::Client;
use crate::tenant::odata::Service;

/// True if an entity of the list has the name as one of its texts.
pub(super) fn is_listed(client: &Client<'_>, thing: &Thing) -> Result<bool, Failure> {
    let Thing { system, target, name } = thing;
    if system.api().is_some_and(|api| api.protocol == Protocol::OData) {
        let set = target.rsplit_once('(').map_or(target.as_str(), |(set, _)| set);
        let (root, set) = set.rsplit_once('/').unwrap_or_default();
        let entities = Service { client, system: *system, root }.list(set)?;
        return Ok(entities.iter().any(|entity| entity.0.values().any(|value| has(value, name))));
    }
    let (list, _) = target.trim_end_matches('/').rsplit_once('/').unwrap_or_default();
    Ok(has(&client.json(*system, &format!("{list}/"))?, name))
}

fn has(value: &Value, name: &str) -> bool {
    match value {
        Value::String(text) => text == name,
        Value::Array(items) => items.iter().any(|item| has(item, name)),
        Value::Object(members) => members.values().any(|member| has(member, name)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
