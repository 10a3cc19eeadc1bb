//! The closure check: every operation and every row of every catalogue occurs in some fact.

use std::collections::BTreeSet;
use std::path::PathBuf;

use certmimic::state::APIS;
use certmimic::{gateway, odata};

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
    if missing.is_empty() { Ok(()) } else { Err(format!("no fact meets:\n  {}", missing.join("\n  "))) }
}

#[derive(Default)]
struct Met {
    operations: BTreeSet<String>,
    /// The API that was asked, and the code it answered.
    outcomes: BTreeSet<(&'static str, String)>,
}

impl Met {
    fn add(&mut self, exchange: &Exchange) {
        if exchange.response.status.as_u16() < 400
            && let Some(operation) = gateway::operation(&exchange.request)
        {
            self.operations.insert(operation.id.to_owned());
        }
        let api = gateway::api_of(&exchange.request.path).map_or("", |api| api.name);
        if let Some(diagnosis) = &exchange.response.diagnosis {
            self.outcomes.insert((api, diagnosis.code.to_owned()));
        }
        // Parts of a batch carry their own diagnosis.
        let body = String::from_utf8_lossy(&exchange.response.body);
        let inner = body.split("\r\n").filter_map(|line| line.strip_prefix("Certmimic-Diagnosis: "));
        self.outcomes.extend(inner.filter_map(|line| Some((api, line.split_once(';')?.0.to_owned()))));
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
