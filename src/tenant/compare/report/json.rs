//! As JSON.

use serde_json::{Map, Value, json};

use crate::tenant::compare::Compared;
use crate::tenant::compare::verdict::{Comparison, Tally, Verdict};

/// The document.
pub fn of(compared: &Compared) -> Value {
    let Tally { same, different, not_tried, not_let } = Tally::of(&compared.comparisons);
    json!({
        "same": same,
        "different": different,
        "not_tried": not_tried,
        "not_let": not_let,
        "facts": compared.comparisons.iter().map(fact).collect::<Vec<_>>(),
        "notes": compared.notes,
        "left_behind": compared.left,
        "cut_short": compared.cut_short.as_ref().map(ToString::to_string),
    })
}

fn fact(comparison: &Comparison) -> Value {
    let mut members = Map::new();
    members.insert("system".to_owned(), comparison.system.name().into());
    members.insert("operation".to_owned(), comparison.operation.map(|row| row.id).into());
    members.insert("fact".to_owned(), comparison.fact.as_str().into());
    members.insert("request".to_owned(), comparison.request.as_str().into());
    members.insert("outcome".to_owned(), comparison.outcome.as_str().into());
    members.insert("verdict".to_owned(), comparison.verdict.word().into());
    match &comparison.verdict {
        Verdict::Same => {}
        Verdict::NotTried(why) => {
            members.insert("why".to_owned(), why.as_str().into());
        }
        Verdict::Different(found) => {
            let differences: Vec<Value> =
                found.iter().map(|one| json!({"at": one.at, "expected": one.expected, "came": one.came})).collect();
            members.insert("differences".to_owned(), differences.into());
            members.insert("switches".to_owned(), comparison.switches.clone().into());
        }
    }
    members.into()
}
