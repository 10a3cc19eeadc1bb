//! One exchange: hyper's request to ours, through the gateway, and back.

use std::pin::pin;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONNECTION, HeaderValue};
use http::{Method, Version, request};
use hyper::body::Incoming;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use super::body::{self, BodyError};
use super::outgoing::{Broken, Outgoing};
use super::shared::{Arrival, Shared};
use super::steering::{self, Steered};
use super::{access_log, refusal};
use crate::gateway::{self, Answered, Body};
use crate::http::{Extent, Request, Response};
use crate::worlds::Worlds;

/// Answers one request, unless a fault closes the connection. A panic anywhere on the way is this request's alone.
pub async fn answer(
    shared: Arc<Shared>,
    arrival: Arc<Arrival>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, Broken> {
    let exchange = pin!(exchange(&shared, &arrival, request));
    let answered = refusal::unless_it_panics(exchange).await;
    // What there may be left of the request is not read.
    answered.unwrap_or_else(|| sent(&shared, refusal::defect(&shared.worlds), false))
}

async fn exchange(
    shared: &Arc<Shared>,
    arrival: &Arrival,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Outgoing>, Broken> {
    let started = Instant::now();
    let (head, body) = request.into_parts();
    // A connection of HTTP/2 outlives a request that went wrong.
    let lasting = head.version == Version::HTTP_2;
    let body = body::collect(body, &head.headers, shared.timeouts.body).await;
    let mut request = owned(shared, arrival, head);
    let (response, reusable) = match body {
        Ok(body) => {
            request.body = body;
            if let Some(page) = page_for(shared, arrival, &request) {
                (remembered(page.into(), request, started), true)
            } else if steering::concerns(arrival, &request) {
                match steering::answer(shared, arrival, request, started).await {
                    Steered::Whole(response) => (response, true),
                    Steered::Events(events) => return Ok(Outgoing::stream(events)),
                }
            } else if matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS) {
                // Reads run where they are: they take microseconds.
                (guarded(shared, request, started), true)
            } else {
                (elsewhere(shared, request, started).await, true)
            }
        }
        Err(error) => (unread(&shared.worlds, request, error, started), lasting),
    };
    // Creating a timer costs more than most answers do.
    if !response.delivery.delay.is_zero() {
        sleep(response.delivery.delay).await;
    }
    sent(shared, response, reusable)
}

/// The page for people is where the control API is, since it uses that.
#[cfg(feature = "page")]
fn page_for(shared: &Shared, arrival: &Arrival, request: &Request) -> Option<Response> {
    let is_here = shared.page && arrival.surface != super::shared::Surface::Systems;
    is_here.then(|| super::page::answer(request)).flatten()
}

#[cfg(not(feature = "page"))]
fn page_for(_: &Shared, _: &Arrival, _: &Request) -> Option<Response> {
    None
}

/// Requests that may generate keys or open keystores, which takes longer than the connections that share this thread should
/// wait.
async fn elsewhere(shared: &Arc<Shared>, request: Request, started: Instant) -> Response {
    let working = Arc::clone(shared);
    let answered = spawn_blocking(move || guarded(&working, request, started)).await;
    answered.unwrap_or_else(|_| refusal::defect(&shared.worlds))
}

fn guarded(shared: &Shared, mut request: Request, started: Instant) -> Response {
    let answered = refusal::contained(&shared.worlds, || gateway::handle(&shared.worlds, &mut request, Body::Whole));
    remembered(answered, request, started)
}

/// Writes an exchange into log and journal.
fn remembered(answered: Answered, request: Request, started: Instant) -> Response {
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    access_log::write(&request, &answered, micros);
    answered.record(request, micros)
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
        origin: shared.origin.of(&arrival.origin, arrival.local, arrival.secure, &head),
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
