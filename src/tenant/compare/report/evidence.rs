//! As observations: refusals as the tenant has answered them, with nothing of the tenant in them, to be sent to whoever keeps the
//! catalogues.

use crate::contract::Outcome;
use crate::evidence::{Date, Observation, Observations, VERSION};
use crate::tenant::System;
use crate::tenant::compare::Compared;
use crate::tenant::compare::redacted::{Own, redacted};
use crate::tenant::compare::verdict::{Comparison, Said, Verdict};

/// What was seen of a system.
pub fn of(compared: &Compared, system: System, landscape: &str, date: Date) -> Observations {
    let own = Own::of(&compared.names, system);
    let mut observations: Vec<Observation> = Vec::new();
    for comparison in compared.comparisons.iter().filter(|one| one.system == system) {
        let observation = comparison.said.as_ref().and_then(|said| observed(comparison, said, &own));
        // A row may be met by many requests.
        observations.extend(observation.filter(|new| !observations.contains(new)));
    }
    Observations {
        certmimic_evidence: VERSION,
        system: system.name().to_owned(),
        landscape: landscape.to_owned(),
        date: Some(date),
        source: concat!("certmimic compare ", env!("CARGO_PKG_VERSION")).to_owned(),
        observations,
    }
}

/// One refusal, if it is one by the tenant or by certmimic.
fn observed(comparison: &Comparison, said: &Said, own: &Own) -> Option<Observation> {
    let api = comparison.system.api()?;
    let answered = api.row(&comparison.outcome).map(crate::state::Row::outcome);
    let refusals = comparison.operation.iter().flat_map(|row| row.refusals()).chain(answered);
    // Who may not do a thing, or a tenant that cannot answer just now, tells nothing of the row that was to be seen.
    let is_of_row = !matches!(comparison.verdict, Verdict::NotTried(_));
    if !is_refusal(said) {
        return None;
    }
    // What the tenant says may be the text of another row.
    let row = refusals.into_iter().find(|row| is_said(row, said)).or(answered.filter(|_| is_of_row))?;
    let text = said.text.as_deref().map(|text| redacted(text, row, &comparison.words, own));
    Some(Observation {
        operation: comparison.operation.map(|row| row.id.to_owned()),
        outcome: row.id.to_owned(),
        status: Some(said.status),
        code: said.code.as_deref().map(|said| code(said, own)),
        text,
        note: None,
    })
}

fn is_said(row: &Outcome, said: &Said) -> bool {
    let code = said.code.as_deref().unwrap_or_default();
    let text = said.text.as_deref().unwrap_or_default();
    row.status == said.status && row.code == code && !row.text.is_empty() && row.is_text(text)
}

/// True if it is a refusal by the system itself: an error document, or a status without a word. Pages of logins and proxies, and
/// what goes on elsewhere, are none.
fn is_refusal(said: &Said) -> bool {
    let is_told = [&said.code, &said.text].into_iter().flatten().any(|text| !text.is_empty());
    let is_silent = said.code.is_some() && said.status < 500;
    said.status >= 400 && (is_told || is_silent)
}

/// A code, if it looks like one, and has nothing of the tenant in it.
fn code(code: &str, own: &Own) -> String {
    let is_symbolic =
        code.len() <= 100 && code.chars().all(|sign| sign.is_ascii_alphanumeric() || " _-.:".contains(sign));
    if is_symbolic && !own.is_in(code) { code.to_owned() } else { "{code}".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is seen of an entity that is not there, if the tenant answers 403 without a body.
    fn seen(verdict: Verdict) -> Vec<(String, Option<u16>)> {
        let comparison = Comparison {
            system: System::ApiManagement,
            operation: None,
            fact: String::new(),
            request: String::new(),
            outcome: "odata_entity_not_found".to_owned(),
            verdict,
            said: Some(Said { status: 403, code: Some(String::new()), text: Some(String::new()) }),
            words: Vec::new(),
            by_nobody: false,
            switches: Vec::new(),
        };
        let compared = Compared { comparisons: vec![comparison], ..Compared::default() };
        let date = Date::of(crate::effects::Timestamp(0));
        let observations = of(&compared, System::ApiManagement, "unknown", date).observations;
        observations.into_iter().map(|one| (one.outcome, one.status)).collect()
    }

    #[test]
    fn pages_and_proxies_are_no_refusals_of_the_system() {
        let said =
            |status, text: Option<&str>| Said { status, code: text.map(str::to_owned), text: text.map(str::to_owned) };
        for (status, text) in [(200, None), (302, None), (404, None), (500, None), (502, Some(""))] {
            assert!(!is_refusal(&said(status, text)), "{status} {text:?}");
        }
        assert!(is_refusal(&said(403, Some(""))) && is_refusal(&said(500, Some("a"))));
    }

    #[test]
    fn what_a_client_may_not_do_is_no_observation_of_what_was_to_be_seen() {
        assert_eq!(seen(Verdict::NotTried("the client is not let do this".to_owned())), []);
        assert_eq!(seen(Verdict::Different(Vec::new())), [("odata_entity_not_found".to_owned(), Some(403))]);
    }
}
