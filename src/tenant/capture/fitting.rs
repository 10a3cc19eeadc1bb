//! What was read, made to fit: what the emulated system itself would refuse is left out, with a word about it.

use serde_json::Value;

use crate::scenario::{self, Document};
use crate::seed::{Problem, Step};

/// The document without what cannot be built, and what that was; or what is wrong with the document itself.
pub(super) fn fitted(mut document: Value) -> Result<(Document, Vec<String>), Vec<Problem>> {
    let mut left_out = Vec::new();
    loop {
        let read = scenario::read(&document).map_err(|problem| vec![problem])?;
        let problems = match scenario::check(&read) {
            Ok(()) => return Ok((read, left_out)),
            Err(problems) => problems,
        };
        // One a section at most: places of others in the same list would have moved.
        for problem in problems {
            if !leave_out(&mut document, &problem.place.0) {
                return Err(vec![problem]);
            }
            left_out.push(format!("{} was left out: {}", problem.place, problem.complaint.message));
        }
    }
}

/// Removes the innermost item of a list that a place lies in; false if it lies in none.
fn leave_out(document: &mut Value, place: &[Step]) -> bool {
    let Some(innermost) = place.iter().rposition(|step| matches!(step, Step::Item(_))) else { return false };
    let (list, item) = place.split_at(innermost);
    let (Some(Step::Item(index)), Some(list)) = (item.first(), at(document, list)) else { return false };
    match list {
        Value::Array(items) if *index < items.len() => {
            items.remove(*index);
            true
        }
        _ => false,
    }
}

fn at<'d>(document: &'d mut Value, place: &[Step]) -> Option<&'d mut Value> {
    place.iter().try_fold(document, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_the_system_would_refuse_is_left_out_and_what_depends_on_it_too() {
        let document = json!({"certmimic": 1, "sap_api_management": {
            "certificate_stores": [{"name": "ts", "type": "TRUSTSTORE"}, {"name": "", "type": "TRUSTSTORE"}],
            "certificate_store_references": [{"name": "a", "certificate_store_name": "ts"}, {"name": "b", "certificate_store_name": ""}],
        }});
        let (fitting, left_out) = fitted(document).unwrap();
        assert_eq!(fitting.sap_api_management.certificate_stores.len(), 1);
        assert_eq!(fitting.sap_api_management.certificate_store_references.len(), 1);
        assert_eq!(left_out.len(), 2, "{left_out:?}");
        assert!(
            left_out[0].starts_with("sap_api_management.certificate_stores[1].name was left out: "),
            "{left_out:?}"
        );
    }

    #[test]
    fn what_is_wrong_with_the_document_itself_is_told() {
        assert!(fitted(json!({"certmimic": 1, "clock": {"now": "never"}})).is_err());
        assert!(fitted(json!({"certmimic": 1, "colour": "red"})).unwrap_err()[0].complaint.message.contains("colour"));
    }
}
