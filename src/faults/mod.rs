//! Faults: misbehaviour that is armed beforehand and strikes requests that it is meant for.
//!
//! Plain data in the state, so that faults and what they have counted fork, snapshot and reset with their world. Nothing
//! here knows the emulated systems: the gateway asks whether a fault strikes and does what it says.

mod effect;
mod fault;
mod pattern;
mod subject;

use std::collections::BTreeSet;
use std::sync::Arc;

use rand_chacha::rand_core::Rng;

use crate::effects::Ids;

pub use effect::{Cut, Delay, Invalid, Respond};
pub use fault::{Fault, On, Probability};
pub use pattern::Pattern;
pub use subject::Subject;

/// Faults of one world at a time: each request is held against all of them.
pub const MOST_ARMED: usize = 1_000;

/// The armed faults of a world, in the order in which they were armed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    armed: Vec<Arc<Fault>>,
}

impl Faults {
    /// The faults in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.armed.iter().map(Arc::as_ref)
    }

    /// True if there would be more than [`MOST_ARMED`] with these, of which some may replace others.
    pub fn overflow_with(&self, more: &[Fault]) -> bool {
        let is_new = |fault: &&Fault| self.iter().all(|known| known.id != fault.id);
        more.len() > MOST_ARMED || self.armed.len() + more.iter().filter(is_new).count() > MOST_ARMED
    }

    /// True if there is none.
    pub const fn is_empty(&self) -> bool {
        self.armed.is_empty()
    }

    /// Arms faults and says what they are called: without a name of its own, one is the first of `fault-1`, `fault-2`, …
    /// that no other has. A fault of the same name is replaced, in its place.
    pub fn arm(&mut self, mut faults: Vec<Fault>) -> Vec<Arc<Fault>> {
        let taken: BTreeSet<String> = self.iter().chain(&faults).map(|fault| fault.id.clone()).collect();
        let mut free = (1_u64..).map(|number| format!("fault-{number}")).filter(|id| !taken.contains(id));
        for fault in faults.iter_mut().filter(|fault| fault.id.is_empty()) {
            fault.id = free.next().unwrap_or_default();
        }
        faults.into_iter().map(|fault| self.put(Arc::new(fault))).collect()
    }

    fn put(&mut self, fault: Arc<Fault>) -> Arc<Fault> {
        match self.armed.iter_mut().find(|known| known.id == fault.id) {
            Some(known) => *known = Arc::clone(&fault),
            None => self.armed.push(Arc::clone(&fault)),
        }
        fault
    }

    /// Disarms the fault of this name; false if there is none.
    pub fn disarm(&mut self, id: &str) -> bool {
        let before = self.armed.len();
        self.armed.retain(|fault| fault.id != id);
        self.armed.len() < before
    }

    /// Disarms all.
    pub fn clear(&mut self) {
        self.armed.clear();
    }

    /// True if a request has to be counted: some fault is meant for it, and is able to do something to it.
    pub fn concern(&self, subject: &Subject<'_>, is_able: impl Fn(&Fault) -> bool) -> bool {
        self.iter().any(|fault| fault.on.matches(subject) && is_able(fault))
    }

    /// Counts a request, and returns the first fault that strikes it. Those after it do not see the request.
    pub fn strike(
        &mut self,
        subject: &Subject<'_>,
        is_able: impl Fn(&Fault) -> bool,
        ids: &mut Ids,
    ) -> Option<Arc<Fault>> {
        for armed in self.armed.iter_mut().filter(|fault| fault.on.matches(subject) && is_able(fault)) {
            let fault = Arc::make_mut(armed);
            fault.seen += 1;
            if fault.is_due() && fault.probability.is_none_or(|probability| probability.hits(ids.rng().next_u32())) {
                fault.struck += 1;
                return Some(Arc::clone(armed));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    fn request() -> Request {
        Request {
            method: ::http::Method::GET,
            path: "/api/v1/KeystoreEntries('6D79')".to_owned(),
            query: String::new(),
            headers: ::http::HeaderMap::new(),
            body: bytes::Bytes::new(),
            origin: "".into(),
            client_certificate: None,
        }
    }

    fn armed(text: &str) -> Faults {
        let mut faults = Faults::default();
        faults.arm(vec![serde_json::from_str(text).unwrap()]);
        faults
    }

    /// Which of the first requests are struck.
    fn struck(faults: &mut Faults, requests: usize) -> Vec<usize> {
        let (request, mut ids) = (request(), Ids::new(7));
        let subject = Subject { request: &request, operation: "ci.keystore_entry.read" };
        (1..=requests).filter(|_| faults.strike(&subject, |_| true, &mut ids).is_some()).collect()
    }

    #[test]
    fn a_fault_strikes_after_some_requests_and_so_many_times() {
        let mut faults = armed(r#"{"on": {"operation": "ci.*"}, "after": 2, "times": 3, "delay": "1ms"}"#);
        assert_eq!(struck(&mut faults, 8), [3, 4, 5]);
        let fault = faults.iter().next().unwrap();
        assert_eq!((fault.id.as_str(), fault.seen, fault.struck), ("fault-1", 8, 3));
    }

    #[test]
    fn a_probability_is_drawn_from_the_seed() {
        let chance = r#"{"probability": 0.5, "delay": "1ms"}"#;
        let hits = struck(&mut armed(chance), 100);
        assert!((30..70).contains(&hits.len()), "{hits:?}");
        assert_eq!(hits, struck(&mut armed(chance), 100));
        assert_eq!(struck(&mut armed(r#"{"probability": 0, "delay": "1ms"}"#), 100).len(), 0);
        assert_eq!(struck(&mut armed(r#"{"probability": 1, "delay": "1ms"}"#), 100).len(), 100);
    }

    #[test]
    fn the_first_fault_that_strikes_hides_the_others() {
        let mut faults = armed(r#"{"times": 1, "delay": "1ms"}"#);
        faults.arm(vec![serde_json::from_str(r#"{"drop": "mid_response"}"#).unwrap()]);
        assert_eq!(struck(&mut faults, 3), [1, 2, 3]);
        assert_eq!(faults.iter().map(|fault| (fault.seen, fault.struck)).collect::<Vec<_>>(), [(3, 1), (2, 2)]);
    }

    #[test]
    fn a_fault_that_can_do_nothing_to_a_request_does_not_count_it() {
        let mut faults = armed(r#"{"times": 1, "delay": "1ms"}"#);
        let (request, mut ids) = (request(), Ids::new(7));
        let subject = Subject { request: &request, operation: "" };
        assert!(!faults.concern(&subject, |_| false) && faults.concern(&subject, |_| true));
        assert!(faults.strike(&subject, |_| false, &mut ids).is_none());
        assert_eq!(struck(&mut faults, 2), [1]);
    }

    #[test]
    fn names_are_kept_apart() {
        let mut faults = armed(r#"{"id": "fault-2", "delay": "1ms"}"#);
        let named = |id: &str| Fault { id: id.to_owned(), ..Fault::default() };
        let armed = faults.arm(vec![named(""), named("fault-1"), named("")]);
        assert_eq!(armed.iter().map(|fault| fault.id.as_str()).collect::<Vec<_>>(), ["fault-3", "fault-1", "fault-4"]);
        assert_eq!(faults.arm(vec![named("fault-2")]).first().unwrap().delay, None);
        let ids: Vec<&str> = faults.iter().map(|fault| fault.id.as_str()).collect();
        assert_eq!(ids, ["fault-2", "fault-3", "fault-1", "fault-4"]);
        assert!(faults.disarm("fault-1") && !faults.disarm("fault-1"));
    }
}
