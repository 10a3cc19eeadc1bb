//! The closure check: every operation and every row of every catalogue occurs in some fact, and operations list what they
//! are seen to answer.

use std::collections::BTreeSet;
use std::path::PathBuf;

use certmimic::http::Diagnosis;
use certmimic::odata;
use certmimic::state::{APIS, Api};

use crate::case::{Case, Exchange};

/// Plays all cases again and compares what they met with the tables.
pub fn check(files: &[PathBuf]) -> Result<(), String> {
    let mut met = Met::default();
    for file in files {
        let mut exchanges = Vec::new();
        // A case that fails is reported by its own trial; what it met before counts all the same.
        let _ = Case::read(file)?.run(&mut exchanges);
        for exchange in &exchanges {
            met.add(exchange);
        }
    }
    let missing = met.missing();
    if !missing.is_empty() {
        return Err(format!("no fact meets:\n  {}", missing.join("\n  ")));
    }
    let unlisted: Vec<String> = met.unlisted.into_iter().collect();
    if !unlisted.is_empty() {
        return Err(format!("the tables of operations do not say:\n  {}", unlisted.join("\n  ")));
    }
    Ok(())
}

/// Rows that any request can meet, whatever it asks for: no operation lists them.
const EVERYWHERE: [&str; 4] = ["body_too_large", "location_unknown", "method_not_allowed", "no_handler"];

#[derive(Default)]
struct Met {
    operations: BTreeSet<String>,
    /// What an operation answered although its row in the table does not say so.
    unlisted: BTreeSet<String>,
    /// The API that was asked, and the code it answered.
    outcomes: BTreeSet<(&'static str, String)>,
}

impl Met {
    fn add(&mut self, exchange: &Exchange) {
        if exchange.response.status.as_u16() < 400
            && let Some(operation) = exchange.operation
        {
            self.operations.insert(operation.id.to_owned());
        }
        let Some(api) = Api::of_path(&exchange.request.path) else { return };
        if let Some(diagnosis) = &exchange.response.diagnosis {
            self.outcomes.insert((api.name, diagnosis.code.to_owned()));
            self.compare(api, exchange, diagnosis);
        }
        let api = api.name;
        // Parts of a batch carry their own diagnosis.
        let body = String::from_utf8_lossy(&exchange.response.body);
        let inner = body.split("\r\n").filter_map(|line| line.strip_prefix("Certmimic-Diagnosis: "));
        self.outcomes.extend(inner.filter_map(|line| Some((api, line.split_once(';')?.0.to_owned()))));
    }

    /// The operation that was asked lists what it answered, if that is the API's own rule and no fault.
    fn compare(&mut self, api: &Api, exchange: &Exchange, diagnosis: &Diagnosis) {
        let Some(operation) = exchange.operation else { return };
        let code = diagnosis.code;
        let is_own = api.outcomes.iter().any(|row| row.id == code) && !EVERYWHERE.contains(&code);
        let is_listed = operation.refusals().any(|row| row.id == code);
        if is_own && !is_listed && !diagnosis.line.starts_with("The fault ") {
            self.unlisted.insert(format!("{} answers {code}", operation.id));
        }
    }

    /// Rows of the token service are also met at the services behind it.
    fn has(&self, api: &'static str, id: &str) -> bool {
        self.outcomes.contains(&(api, id.to_owned()))
            || (api == "xsuaa" && self.outcomes.iter().any(|(_, code)| code == id))
    }

    fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for api in APIS {
            let operations = api.operations.iter().map(|operation| operation.id);
            missing.extend(operations.filter(|id| !self.operations.contains(*id)).map(|id| format!("operation {id}")));
            let outcomes = api.outcomes.iter().map(|outcome| outcome.id);
            let outcomes = outcomes.filter(|id| !self.has(api.name, id));
            missing.extend(outcomes.map(|id| format!("outcome {}: {id}", api.name)));
        }
        // Rows of the protocol are met at any service that speaks it.
        let protocol = odata::OUTCOMES.iter().map(|outcome| outcome.id);
        let unmet = protocol.filter(|id| !self.outcomes.iter().any(|(_, code)| code == id));
        missing.extend(unmet.map(|id| format!("outcome of OData: {id}")));
        missing
    }
}
