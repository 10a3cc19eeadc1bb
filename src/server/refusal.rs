//! Answers that no emulated system gives: the connection or certmimic itself is at fault.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use http::StatusCode;

use crate::gateway::{self, Answered};
use crate::http::{Diagnosis, Response};
use crate::worlds::Worlds;

/// A defect in one handler is an answer of 500, not the end of the server: the panic hook reports it, and a draft that
/// panics is never committed, so nothing is left half done.
pub fn contained(worlds: &Worlds, handler: impl FnOnce() -> Answered) -> Answered {
    catch_unwind(AssertUnwindSafe(handler)).unwrap_or_else(|_| defect(worlds).into())
}

/// What a future comes to, or nothing if it panics: for what is done around a handler.
pub fn unless_it_panics<T>(mut future: Pin<&mut impl Future<Output = T>>) -> impl Future<Output = Option<T>> {
    poll_fn(move |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(polled) => polled.map(Some),
        Err(_) => Poll::Ready(None),
    })
}

/// The answer to a request that met a defect, which is counted.
pub fn defect(worlds: &Worlds) -> Response {
    worlds.note_defect();
    internal_error()
}

/// A handler panicked.
fn internal_error() -> Response {
    let line = "A defect in certmimic, not in the request; its log has the message. Please report it.";
    refusal(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", line)
}

/// The machine has no thread for a control call: no defect of ours.
pub fn no_thread() -> Response {
    let line = "The machine has no thread to answer this call on; ask again when it has less to do.";
    refusal(StatusCode::SERVICE_UNAVAILABLE, "no_thread", line)
}

/// The body did not arrive in time.
pub fn too_slow() -> Response {
    let line = "The request's body was not complete in time; check Content-Length against what is sent.";
    refusal(StatusCode::REQUEST_TIMEOUT, "body_incomplete", line)
}

/// A control call at a listener that is for the emulated systems only.
pub fn control_elsewhere() -> Response {
    let line = "The control API of this server has an address of its own: that of --control-listen.";
    refusal(StatusCode::NOT_FOUND, "control_elsewhere", line)
}

/// A request to an emulated system at a listener that is for the control API only.
pub fn control_only() -> Response {
    let line = "This address is for the control API, below /_certmimic; the emulated systems are at that of --listen.";
    refusal(StatusCode::NOT_FOUND, "control_only", line)
}

/// The body cannot be read.
pub fn broken() -> Response {
    let line = "The request's body ended early or its chunks are malformed (RFC 9112 section 7.1).";
    refusal(StatusCode::BAD_REQUEST, "body_malformed", line)
}

fn refusal(status: StatusCode, code: &'static str, line: &str) -> Response {
    gateway::with_diagnosis(Response::empty(status).because(Diagnosis { code, line: line.to_owned() }))
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;
    use crate::scenario::{Source, load};

    fn worlds() -> Worlds {
        Worlds::new(load(&[Source::BuiltIn("empty".to_owned())]).unwrap())
    }

    #[test]
    fn a_panic_is_an_answer_of_500_that_says_whose_fault_it_is_and_is_counted() {
        let worlds = worlds();
        let Answered { response, .. } = contained(&worlds, || panic!("a defect"));
        assert_eq!(response.status, http::StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers.contains_key(gateway::DIAGNOSIS_HEADER));
        assert_eq!(worlds.defects(), 1);
    }

    #[test]
    fn a_draft_that_panics_changes_nothing_and_holds_nobody_up() {
        let worlds = worlds();
        let store = &worlds.default_world().store;
        let before = store.view();
        contained(&worlds, || {
            store.change(|state| {
                state.sessions = 7;
                panic!("a defect")
            })
        });
        assert!(std::sync::Arc::ptr_eq(&before, &store.view()));
        store.change(|state| state.sessions = 1);
        assert_eq!(store.view().sessions, 1);
    }

    #[tokio::test]
    async fn a_future_that_panics_comes_to_nothing() {
        assert_eq!(unless_it_panics(pin!(async { 7 })).await, Some(7));
        let panics = async {
            tokio::task::yield_now().await;
            panic!("a defect")
        };
        assert_eq!(unless_it_panics::<()>(pin!(panics)).await, None);
    }
}
