//! Plays facts to the tenant and to its twin, and compares what both say.

use serde_json::Value;

use super::difference::differences;
use super::fact::Fact;
use super::permission::Permission;
use super::seen::Seen;
use super::side::Side;
use super::verdict::{Comparison, Said, Verdict};
use crate::gateway::DIAGNOSIS_HEADER;
use crate::http::target::decode_leniently;
use crate::tenant::answer::Answer;
use crate::tenant::{Failure, Who};

/// Both sides.
#[derive(Clone, Copy)]
pub(super) struct Player<'p> {
    /// The tenant.
    pub tenant: &'p Side<'p>,
    /// Its twin.
    pub twin: &'p Side<'p>,
    /// What the client was let do so far.
    pub permission: &'p Permission,
}

impl Player<'_> {
    /// Plays one fact to both; what became of it, and the tenant's answer if there is one.
    pub(super) fn play(self, fact: &Fact) -> Result<(Comparison, Option<Seen>), Failure> {
        let ours = self.twin.send(fact)?;
        let untold = Comparison { outcome: outcome(&ours), ..not_tried(fact, String::new()) };
        let theirs = match self.tenant.send(fact) {
            Ok(answer) => answer,
            Err(failure) if failure.is_of_one_request() => {
                let comparison = Comparison { verdict: Verdict::NotTried(failure.to_string()), ..untold };
                return Ok((comparison.hidden(&self.tenant.client.secrets), None));
            }
            Err(failure) => return Err(failure),
        };
        let seen = Seen::of(&theirs);
        let compared = || {
            let found = differences(&Seen::of(&ours), &seen, fact.alike);
            if found.is_empty() { Verdict::Same } else { Verdict::Different(found) }
        };
        let verdict = self.keeps_from_comparing(fact, &ours, &theirs).map_or_else(compared, Verdict::NotTried);
        let comparison = Comparison { verdict, said: Some(said(&theirs)), ..untold };
        Ok((comparison.hidden(&self.tenant.client.secrets), Some(seen)))
    }

    /// Why an answer tells nothing about a fact, if it does not: the client may not, or the tenant cannot just now.
    fn keeps_from_comparing(self, fact: &Fact, ours: &Answer, theirs: &Answer) -> Option<String> {
        let status = theirs.status();
        if fact.asking.who == Who::Nobody {
            return None;
        }
        let may_not = self.permission.is_missing(fact, ours, theirs);
        if status == ours.status() {
            return None;
        }
        let cannot = matches!(status.as_u16(), 502..=504);
        let came = theirs.came(&self.tenant.client.secrets);
        match (may_not, cannot) {
            (true, _) => Some(format!("the client is not let do this: {came}")),
            (_, true) => Some(format!("the tenant cannot answer: {came}")),
            _ => None,
        }
    }
}

/// A fact that was not tried.
pub(super) fn not_tried(fact: &Fact, why: String) -> Comparison {
    Comparison {
        system: fact.system,
        operation: fact.operation,
        fact: fact.sentence.clone(),
        request: format!("{} {}", fact.asking.method, fact.asking.target),
        outcome: String::new(),
        verdict: Verdict::NotTried(why),
        said: None,
        words: words(fact),
        by_nobody: fact.asking.who == Who::Nobody,
        switches: Vec::new(),
    }
}

/// The row that certmimic answers with: a refusal by the code of its diagnosis, everything else by its status.
pub(super) fn outcome(ours: &Answer) -> String {
    let diagnosis = ours.header(DIAGNOSIS_HEADER);
    match diagnosis.split(';').next() {
        Some(code) if !code.is_empty() => code.to_owned(),
        _ => ours.status().as_u16().to_string(),
    }
}

/// What an error document says; of a success, its status.
pub(super) fn said(theirs: &Answer) -> Said {
    let status = theirs.status().as_u16();
    let body = theirs.response.body();
    if status < 400 || body.is_empty() {
        let nothing = || (status >= 400).then(String::new);
        return Said { status, code: nothing(), text: nothing() };
    }
    let Ok(document) = serde_json::from_slice::<Value>(body) else { return Said { status, ..Said::default() } };
    let first = |places: &[&str]| {
        let found = places.iter().find_map(|place| document.pointer(place)?.as_str());
        Some(found.unwrap_or_default().to_owned())
    };
    Said {
        status,
        code: first(&["/error/code", "/error"]),
        text: first(&["/error/message/value", "/error/message", "/error_description", "/resultMessage"]),
    }
}

/// The words of a request: what stands in its path and query between signs, as sent, decoded, and read as hexadecimal digits.
fn words(fact: &Fact) -> Vec<String> {
    let decoded = decode_leniently(&fact.asking.target).into_owned();
    let between =
        |text: &str| text.split(['/', '(', ')', '\'', ',', '=', '?', '&']).map(ToOwned::to_owned).collect::<Vec<_>>();
    let mut words = between(&decoded);
    let in_hex = words.iter().filter_map(|word| String::from_utf8(hex::decode(word).ok()?).ok()).collect::<Vec<_>>();
    words.extend(in_hex);
    words.retain(|word| word.chars().count() > 2);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}
