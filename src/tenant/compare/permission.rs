//! What the client may do at a tenant, as far as its answers tell: a refusal for want of a role is no answer to what was asked.

use std::cell::RefCell;
use std::collections::BTreeSet;

use http::StatusCode;

use super::fact::Fact;
use crate::tenant::answer::Answer;

/// What the client was let do, and what not.
#[derive(Debug, Default)]
pub(super) struct Permission {
    /// Operations that succeeded.
    done: RefCell<BTreeSet<&'static str>>,
    /// Kinds of things that were written.
    written: RefCell<BTreeSet<&'static str>>,
    /// Kinds of things, each with whether to write them, that were refused.
    refused: RefCell<BTreeSet<(&'static str, bool)>>,
}

impl Permission {
    /// True if a tenant refuses the client for want of a role, and not for what was asked. What the client has done before it
    /// may do; a refusal of anything else is for want of a role if it says nothing, as services do, if its twin does what
    /// was asked, or if nothing tells that the client may do anything of the kind.
    pub(super) fn is_missing(&self, fact: &Fact, ours: &Answer, theirs: &Answer) -> bool {
        let writes = !fact.asking.method.is_safe();
        // Requests that mean no operation have nothing in common.
        let id = fact.operation.map(|row| row.id);
        let kind = id.map(|id| id.rsplit_once('.').map_or(id, |(kind, _)| kind));
        if theirs.status().is_success() {
            self.done.borrow_mut().extend(id);
            self.written.borrow_mut().extend(kind.filter(|_| writes));
        }
        let is_refusal = matches!(theirs.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
        // Without the token of a session one is refused whatever one may.
        let is_of_session = theirs.header("x-csrf-token").eq_ignore_ascii_case("required");
        let was_done = id.is_some_and(|id| self.done.borrow().contains(id));
        if !is_refusal || is_of_session || theirs.status() == ours.status() || was_done {
            return false;
        }
        let was_refused = kind.is_some_and(|kind| self.refused.borrow().contains(&(kind, writes)));
        let is_unknown = writes && !kind.is_some_and(|kind| self.written.borrow().contains(kind));
        let is_missing = theirs.response.body().is_empty() || ours.status().is_success() || was_refused || is_unknown;
        if is_missing {
            self.refused.borrow_mut().extend(kind.map(|kind| (kind, writes)));
        }
        is_missing
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{Method, Response};

    use super::*;
    use crate::tenant::{Asking, System};

    fn fact(id: &str, method: Method) -> Fact {
        let operation = System::ApiManagement.api().unwrap().operations.iter().find(|row| row.id == id);
        assert!(operation.is_some(), "{id}");
        let asking = Asking { method, ..Asking::json("/") };
        Fact { operation, ..Fact::reading(String::new(), System::ApiManagement, asking) }
    }

    fn answer(status: u16, body: &'static str) -> Answer {
        let response = Response::builder().status(status).body(Bytes::from_static(body.as_bytes())).unwrap();
        Answer { asked: String::new(), response }
    }

    #[test]
    fn a_refusal_of_what_the_client_does_otherwise_is_none_of_its_role() {
        let (read, told, empty) = (fact("apim.reference.read", Method::GET), answer(403, "{}"), answer(403, ""));
        let permission = Permission::default();
        assert!(!permission.is_missing(&read, &answer(404, ""), &told));
        assert!(permission.is_missing(&read, &answer(404, ""), &empty));
        // The same was refused by now.
        assert!(permission.is_missing(&read, &answer(404, ""), &told));
        assert!(!permission.is_missing(&read, &answer(200, ""), &answer(200, "")));
        assert!(!permission.is_missing(&read, &answer(404, ""), &empty));
    }

    #[test]
    fn a_request_that_means_no_operation_tells_nothing_of_others() {
        let unknown = || Fact::reading(String::new(), System::ApiManagement, Asking::json("/"));
        let permission = Permission::default();
        assert!(!permission.is_missing(&unknown(), &answer(200, ""), &answer(200, "")));
        assert!(permission.is_missing(&unknown(), &answer(404, ""), &answer(403, "")));
        assert!(!permission.is_missing(&unknown(), &answer(404, ""), &answer(403, "{}")));
    }

    #[test]
    fn who_writes_nothing_of_a_kind_is_not_let_and_who_does_is() {
        let (create, delete) =
            (fact("apim.reference.create", Method::POST), fact("apim.reference.delete", Method::DELETE));
        let permission = Permission::default();
        assert!(permission.is_missing(&create, &answer(400, "{}"), &answer(403, "{}")));
        let permission = Permission::default();
        assert!(!permission.is_missing(&create, &answer(201, "{}"), &answer(201, "{}")));
        assert!(!permission.is_missing(&delete, &answer(404, "{}"), &answer(403, "{}")));
        assert!(permission.is_missing(&delete, &answer(204, ""), &answer(403, "{}")));
    }
}
