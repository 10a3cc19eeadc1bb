//! Control calls on their way in: who may steer, in a lane of their own, and the one answer that does not end.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

use super::shared::{Arrival, Shared, Surface};
use super::{access_log, refusal};
use crate::control::{self, Following, Reach};
use crate::gateway::{self, Answered, Body};
use crate::http::{Request, Response};
use crate::worlds::Listener;

/// The answer to a control call.
#[expect(clippy::large_enum_variant, reason = "it is made once a call and taken apart at once")]
pub enum Steered {
    /// One that ends.
    Whole(Response),
    /// The journal, as it happens.
    Events(mpsc::Receiver<Bytes>),
}

/// Calls at a time; each has a thread of its own, so that none waits for the work of emulated systems.
pub const MOST_CALLS: usize = 16;

/// Where clients find the authority.
const AUTHORITY: &str = "/ca.pem";

/// How often a stream says that it is alive: a client that has gone is noticed by then.
const BEAT: Duration = Duration::from_secs(15);

/// Events that wait to be read; a slow reader holds up nobody but itself.
const MOST_WAITING: usize = 4;

/// True if a request is no emulated system's.
pub fn concerns(arrival: &Arrival, request: &Request) -> bool {
    arrival.surface == Surface::Control || gateway::is_control(&request.path)
}

/// Answers a control call.
pub async fn answer(shared: &Arc<Shared>, arrival: &Arrival, request: Request, started: Instant) -> Steered {
    if let Some(refused) = not_here(arrival, &request).or_else(|| shared.guard.refuse(&request, reach(arrival))) {
        return Steered::Whole(logged(&request, refused, started));
    }
    if let Some(authority) = authority(shared, &request) {
        return Steered::Whole(logged(&request, authority, started));
    }
    match gateway::follow(&shared.worlds, &request) {
        Some(Ok(following)) => Steered::Events(followed(shared, following)),
        Some(Err(refused)) => Steered::Whole(logged(&request, refused, started)),
        None => Steered::Whole(in_lane(shared, request, started).await),
    }
}

fn reach(arrival: &Arrival) -> Reach {
    if arrival.local.ip().to_canonical().is_loopback() { Reach::Loopback } else { Reach::Network }
}

fn not_here(arrival: &Arrival, request: &Request) -> Option<Response> {
    match arrival.surface {
        Surface::Systems => Some(refusal::control_elsewhere()),
        Surface::Control if !gateway::is_control(&request.path) => Some(refusal::control_only()),
        Surface::Everything | Surface::Control => None,
    }
}

/// The authority to trust belongs to the listeners, not to a world. A given certificate has none here.
fn authority(shared: &Shared, request: &Request) -> Option<Response> {
    let path = gateway::without_world(&request.path);
    let asked = path.strip_prefix(control::ROOT).is_some_and(|path| path == AUTHORITY);
    if !asked || !matches!(request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let pem = shared.authority.clone()?;
    Some(Response::new(StatusCode::OK, "application/x-pem-file", pem))
}

/// Runs a call on a thread that is not among those that emulated systems work on.
async fn in_lane(shared: &Arc<Shared>, request: Request, started: Instant) -> Response {
    let Ok(place) = Arc::clone(&shared.lane).acquire_owned().await else { return refusal::defect(&shared.worlds) };
    let (tell, told) = oneshot::channel();
    let worlds = Arc::clone(shared);
    let work = move || {
        let _place = place;
        let mut request = request;
        let answered =
            refusal::contained(&worlds.worlds, || gateway::handle(&worlds.worlds, &mut request, Body::Whole));
        // Nobody waits for it any more if the client has gone.
        let _gone = tell.send(logged(&request, answered.response, started));
    };
    match begun(thread::Builder::new().name("certmimic-control".to_owned()), work) {
        Ok(()) => told.await.unwrap_or_else(|_| refusal::defect(&shared.worlds)),
        Err(refused) => refused,
    }
}

/// Begins to work on a thread, which ends by itself; or what is answered if there is none to be had.
#[expect(clippy::result_large_err, reason = "it is made once and taken apart at once")]
fn begun(thread: thread::Builder, work: impl FnOnce() + Send + 'static) -> Result<(), Response> {
    thread.spawn(work).map(drop).map_err(|_| refusal::no_thread())
}

fn logged(request: &Request, response: Response, started: Instant) -> Response {
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let answered = Answered::from(response);
    access_log::write(request, &answered, micros);
    answered.response
}

/// The journal's events, until the reader goes or the server stops.
fn followed(shared: &Arc<Shared>, mut following: Following) -> mpsc::Receiver<Bytes> {
    let (events, reader) = mpsc::channel(MOST_WAITING);
    let mut stop = shared.stop.subscribe();
    tokio::spawn(async move {
        let (tell, mut told) = mpsc::channel(1);
        // One that is told already needs to be told no more.
        let listener: Arc<Listener> = Arc::new(move || {
            let _told_already = tell.try_send(());
        });
        following.listen(&listener);
        let mut next = following.events();
        loop {
            if !next.is_empty() && events.send(next.into()).await.is_err() {
                return;
            }
            if following.is_behind() {
                // In portions, and others have their turn between them.
                yield_now().await;
                next = following.events();
                continue;
            }
            next = tokio::select! {
                _ = stop.wait_for(|stopped| *stopped) => return,
                () = events.closed() => return,
                _ = told.recv() => following.events(),
                () = sleep(BEAT) => ":\n\n".to_owned(),
            };
        }
    });
    reader
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_thread_is_no_defect() {
        // No machine has a stack as large as this.
        let refused = begun(thread::Builder::new().stack_size(1 << 62), || ()).unwrap_err();
        assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers.contains_key(gateway::DIAGNOSIS_HEADER));
        begun(thread::Builder::new(), || ()).unwrap();
    }
}
