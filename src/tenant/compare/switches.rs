//! Switches that make certmimic answer as a tenant does: each position of each is tried on a twin of its own.

use serde_json::{Value, json};

use super::difference::differences;
use super::fact::Fact;
use super::player::Player;
use super::seen::Seen;
use super::twin::Twin;
use super::verdict::Comparison;
use crate::scenario::{VERSION, schema};
use crate::tenant::client::{Client, Surroundings};
use crate::tenant::{Failure, System, Unwatched};

/// A fact that a tenant answers otherwise, and what it answers.
pub(super) struct Otherwise {
    /// Which of the comparisons it is.
    pub index: usize,
    /// The fact.
    pub fact: Fact,
    /// What the tenant answers.
    pub seen: Seen,
}

/// Names the switches for each fact that is different.
pub(super) fn name(
    captured: &Value,
    system: System,
    player: Player<'_>,
    found: &[Otherwise],
    comparisons: &mut [Comparison],
) -> Result<(), Failure> {
    if found.is_empty() {
        return Ok(());
    }
    let tenant = player.tenant.client;
    let account = Twin::account(tenant.id())?;
    // Making what a system holds takes long, and nothing of the others is asked for.
    let behaviour = captured.get("behaviour").and_then(|all| all.get(system.name()));
    let own = json!({
        "certmimic": VERSION,
        "behaviour": {system.name(): behaviour.cloned().unwrap_or_else(|| json!({}))},
        system.name(): captured.get(system.name()),
    });
    let own = own.to_string();
    for (switch, position) in positions(&schema(), system, behaviour) {
        let turned = json!({"certmimic": VERSION, "behaviour": {system.name(): {switch.as_str(): position}}});
        // What the tenant holds may not go together with it.
        let Ok(twin) = Twin::of(&[&own, &turned.to_string()]) else { continue };
        let twin = Client::new(&account, Surroundings { carrier: &twin, pace: tenant.pace(), watch: &Unwatched });
        for Otherwise { index, fact, seen } in found {
            // Nor may it let in whom it let in before.
            let Ok(answer) = twin.send(system, &fact.asking) else { continue };
            let is_held = |identity: &str| player.held.may_have(identity);
            let answers_so = differences(&Seen::of(&answer), seen, fact.alike, &is_held).is_empty();
            if let (true, Some(comparison)) = (answers_so, comparisons.get_mut(*index)) {
                let position = position.as_str().map_or_else(|| position.to_string(), ToOwned::to_owned);
                comparison.switches.push(format!("behaviour.{}.{switch}: {position}", system.name()));
            }
        }
    }
    Ok(())
}

/// Every position of every switch of a system that has a few, but for those that they have already.
fn positions(schema: &Value, system: System, turned: Option<&Value>) -> Vec<(String, Value)> {
    let behaviour = ["behaviour", system.name()]
        .iter()
        .try_fold(schema, |node, name| resolved(schema, node.get("properties")?.get(*name)?));
    let switches = behaviour.and_then(|node| node.get("properties")?.as_object());
    let of_switch = |(name, node): (&String, &Value)| {
        let words = resolved(schema, node).map(words).unwrap_or_default();
        let has = turned.and_then(|turned| turned.get(name)).or_else(|| node.get("default"));
        words.into_iter().filter(|word| Some(word) != has).map(|word| (name.clone(), word)).collect::<Vec<_>>()
    };
    switches.into_iter().flatten().flat_map(of_switch).collect()
}

/// What a reference leads to.
fn resolved<'s>(schema: &'s Value, node: &'s Value) -> Option<&'s Value> {
    match node.get("$ref").and_then(Value::as_str) {
        Some(reference) => schema.pointer(reference.strip_prefix('#')?),
        None => Some(node),
    }
}

/// The words that a switch may be set to.
fn words(node: &Value) -> Vec<Value> {
    if node.get("type") == Some(&json!("boolean")) {
        return vec![json!(true), json!(false)];
    }
    let listed = node.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
    let told =
        node.get("oneOf").and_then(Value::as_array).into_iter().flatten().filter_map(|one| one.get("const").cloned());
    listed.into_iter().chain(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_of_words_and_of_yes_and_no_have_their_other_positions() {
        let schema = schema();
        let turned = json!({"json_date_offset": "+0000"});
        for (system, switch, turned, words) in [
            (System::ApiManagement, "single_get", None, json!(["bad-request"])),
            (System::CloudIntegration, "json_date_offset", None, json!(["+0000"])),
            (System::CloudIntegration, "json_date_offset", Some(&turned), json!(["none"])),
            (System::Apinizer, "strict_trailing_slash", None, json!([false])),
        ] {
            let all = positions(&schema, system, turned);
            let found: Value = all.iter().filter(|(name, _)| name == switch).map(|(_, word)| word.clone()).collect();
            assert_eq!(found, words, "{switch} of {all:?}");
        }
    }
}
