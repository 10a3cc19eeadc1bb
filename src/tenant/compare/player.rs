//! Plays facts to the tenant and to its twin, and compares what both say.

use serde_json::Value;

use super::difference::differences;
use super::fact::Fact;
use super::held::Held;
use super::permission::Permission;
use super::seen::Seen;
use super::side::Side;
use super::verdict::{Comparison, Said, Verdict};
use crate::gateway::DIAGNOSIS_HEADER;
use crate::http::target::decode_leniently;
use crate::odata::body::xml;
use crate::store::sort_by_key;
use crate::tenant::answer::Answer;
use crate::tenant::{Failure, Who};

/// Both sides.
#[derive(Clone, Copy)]
pub(super) struct Player<'p> {
    /// The tenant.
    pub tenant: &'p Side<'p>,
    /// Its twin.
    pub twin: &'p Side<'p>,
    /// What the twin can know of.
    pub held: &'p Held,
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
            let found = differences(&Seen::of(&ours), &seen, fact.alike, &|identity| self.held.may_have(identity));
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
            let counts = fact.asking.target.split('?').next().is_some_and(|path| path.ends_with("/$count"));
            let is_untold = counts && self.held.is_partial && theirs.response.body() != ours.response.body();
            return is_untold.then(|| "what was left out, or could not be read, counts, too".to_owned());
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
    let Ok(document) = serde_json::from_slice::<Value>(body) else { return of_xml(status, body) };
    let first =
        |places: &[&str]| places.iter().find_map(|place| document.pointer(place)?.as_str()).map(ToOwned::to_owned);
    let code = first(&["/error/code", "/error"]);
    let text = first(&["/error/message/value", "/error/message", "/error_description", "/resultMessage"]);
    read(status, code, text)
}

/// What OData's error document says in XML.
fn of_xml(status: u16, body: &[u8]) -> Said {
    let Some(error) = xml::parse(body).ok().filter(|element| element.name == "error") else {
        return Said { status, ..Said::default() };
    };
    let text =
        |name: &str| error.children.iter().find(|child| child.name == name).map(|child| child.text.trim().to_owned());
    read(status, text("code"), text("message"))
}

/// Where a document says one of the two, the other is empty; where it says neither, it is none of an error.
fn read(status: u16, code: Option<String>, text: Option<String>) -> Said {
    let is_read = code.is_some() || text.is_some();
    let word = |word: Option<String>| is_read.then(|| word.unwrap_or_default());
    Said { status, code: word(code), text: word(text) }
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
    sort_by_key(&mut words, |word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}
