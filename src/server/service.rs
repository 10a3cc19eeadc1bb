//! One exchange: hyper's request to ours, through the gateway, and back.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONNECTION, HeaderValue};
use http::{Method, Version, request};
use hyper::body::Incoming;
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use super::body::{self, BodyError};
use super::origin::Origin;
use super::outgoing::{Broken, Outgoing};
use super::steering::{self, Steered, Surface};
use super::timeouts::Timeouts;
use super::{access_log, refusal};
use crate::control::Guard;
use crate::gateway::{self, Answered, Body};
use crate::http::{Extent, Request, Response};
use crate::worlds::Worlds;

/// What every connection shares.
#[derive(Debug)]
pub struct Shared {
    pub worlds: Worlds,
    pub origin: Origin,
    pub diagnosis: bool,
    pub timeouts: Timeouts,
    /// The certificate authority that was minted for TLS, in PEM.
    pub authority: Option<String>,
    /// Who may steer.
    pub guard: Guard,
    /// Places for control calls.
    pub lane: Arc<Semaphore>,
    /// Tells everybody to stop.
    pub stop: watch::Sender<bool>,
}

/// How a connection came in.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The address that it reached.
    pub local: SocketAddr,
    /// What is answered there.
    pub surface: Surface,
    /// Whether by TLS.
    pub secure: bool,
    /// What the client showed, in DER.
    pub client_certificate: Option<Bytes>,
}

/// Answers one request, unless a fault closes the connection.
pub async fn answer(
    shared: Arc<Shared>,
    arrival: Arrival,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, Broken> {
    let started = Instant::now();
    let (head, body) = request.into_parts();
    // A connection of HTTP/2 outlives a request that went wrong.
    let lasting = head.version == Version::HTTP_2;
    let body = body::collect(body, &head.headers, shared.timeouts.body).await;
    let mut request = owned(&shared, &arrival, head);
    let (response, reusable) = match body {
        Ok(body) => {
            request.body = body;
            if steering::concerns(&arrival, &request) {
                match steering::answer(&shared, &arrival, request, started).await {
                    Steered::Whole(response) => (response, true),
                    Steered::Events(events) => return Ok(Outgoing::stream(events)),
                }
            } else {
                (through_gateway(&shared, request, started).await, true)
            }
        }
        Err(error) => (unread(&shared.worlds, request, error, started), lasting),
    };
    // Creating a timer costs more than most answers do.
    if !response.delivery.delay.is_zero() {
        sleep(response.delivery.delay).await;
    }
    sent(&shared, response, reusable)
}

/// Reads run where they are: they take microseconds. Others may generate keys or open keystores, which take longer than
/// the connections that share this thread should wait.
async fn through_gateway(shared: &Arc<Shared>, request: Request, started: Instant) -> Response {
    if matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return guarded(shared, request, started);
    }
    let shared = Arc::clone(shared);
    let answered = spawn_blocking(move || guarded(&shared, request, started)).await;
    answered.unwrap_or_else(|_| refusal::internal_error())
}

fn guarded(shared: &Shared, mut request: Request, started: Instant) -> Response {
    let answered = contained(|| gateway::handle(&shared.worlds, &mut request, Body::Whole));
    remembered(answered, request, started)
}

/// Writes an exchange into log and journal.
fn remembered(answered: Answered, request: Request, started: Instant) -> Response {
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    access_log::write(&request, &answered, micros);
    answered.record(request, micros)
}

/// A defect in one handler is an answer of 500, not the end of the server: the panic hook reports it, and a draft that
/// panics is never committed, so nothing is left half done.
pub fn contained(handler: impl FnOnce() -> Answered) -> Answered {
    catch_unwind(AssertUnwindSafe(handler)).unwrap_or_else(|_| refusal::internal_error().into())
}

fn unread(worlds: &Worlds, mut request: Request, error: BodyError, started: Instant) -> Response {
    let answered = match error {
        BodyError::TooLarge => gateway::handle(worlds, &mut request, Body::TooLong),
        BodyError::TooSlow => refusal::too_slow().into(),
        BodyError::Broken => refusal::broken().into(),
    };
    remembered(answered, request, started)
}

fn owned(shared: &Shared, arrival: &Arrival, head: request::Parts) -> Request {
    Request {
        origin: shared.origin.of(arrival.local, arrival.secure, &head),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        method: head.method,
        headers: head.headers,
        body: Bytes::new(),
        client_certificate: arrival.client_certificate.clone(),
    }
}

fn sent(shared: &Shared, response: Response, reusable: bool) -> Result<hyper::Response<Outgoing>, Broken> {
    let body = match response.delivery.extent {
        Extent::Whole => Outgoing::whole(response.body),
        Extent::Half => Outgoing::half(response.body),
        Extent::Nothing => return Err(Broken),
    };
    let mut message = hyper::Response::new(body);
    *message.status_mut() = response.status;
    *message.headers_mut() = response.headers;
    if !shared.diagnosis {
        message.headers_mut().remove(gateway::DIAGNOSIS_HEADER);
    }
    if !reusable {
        message.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_answer_of_500_that_says_whose_fault_it_is() {
        let Answered { response, .. } = contained(|| panic!("a defect"));
        assert_eq!(response.status, http::StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers.contains_key(gateway::DIAGNOSIS_HEADER));
    }
}
