//! One GET, with a limit for each of its waits. A redirection is not followed: it could lead anywhere.

use std::error::Error as _;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::StatusCode;
use http::header::{ACCEPT, CONNECTION, HOST};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::target::Target;
use crate::effects::{Fetch, Unfetched};

/// Nobody reads more, whatever was asked for.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The body that a URL answers. Nothing is waited for longer than `patience`.
pub async fn get(wanted: &Fetch, patience: Duration) -> Result<Bytes, Unfetched> {
    let target = Target::parse(&wanted.url)?;
    let wait = |asked: Duration| asked.clamp(Duration::from_millis(1), patience);
    let stream = connected(&target.addresses, wait(wanted.connect)).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
    // Dropped with this future, it takes the connection along.
    let mut carrier = JoinSet::new();
    carrier.spawn(connection);
    let request = request(&target)?;
    let answer = within(wait(wanted.read), sender.send_request(request)).await?.map_err(failed)?;
    if answer.status() != StatusCode::OK {
        return Err(Unfetched::Status(answer.status().as_u16()));
    }
    body(answer.into_body(), wanted.most.min(MOST_BYTES), wait(wanted.read)).await
}

fn request(target: &Target<'_>) -> Result<hyper::Request<Empty<Bytes>>, Unfetched> {
    let path = if target.path.starts_with('/') { target.path.to_owned() } else { format!("/{}", target.path) };
    let request = hyper::Request::get(path)
        .header(HOST, target.authority)
        .header(ACCEPT, "application/json")
        .header(CONNECTION, "close");
    request.body(Empty::new()).map_err(|_| Unfetched::NotAUrl)
}

/// A connection to the first address that has somebody listening; else what is wrong with the first.
async fn connected(addresses: &[SocketAddr], patience: Duration) -> Result<TcpStream, Unfetched> {
    let mut failure = None;
    for address in addresses {
        match within(patience, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => _ = failure.get_or_insert(Unfetched::Failed(error.to_string())),
            Err(slow) => _ = failure.get_or_insert(slow),
        }
    }
    Err(failure.unwrap_or(Unfetched::OutOfReach))
}

async fn body(mut body: Incoming, most: u64, patience: Duration) -> Result<Bytes, Unfetched> {
    if body.size_hint().lower() > most {
        return Err(Unfetched::TooLarge(most));
    }
    let mut whole = BytesMut::new();
    while let Some(frame) = within(patience, body.frame()).await? {
        let frame = frame.map_err(failed)?;
        whole.extend_from_slice(frame.data_ref().map_or(&[], |data| data));
        if whole.len() as u64 > most {
            return Err(Unfetched::TooLarge(most));
        }
    }
    Ok(whole.freeze())
}

async fn within<T>(patience: Duration, waited_for: impl Future<Output = T>) -> Result<T, Unfetched> {
    timeout(patience, waited_for).await.map_err(|_| Unfetched::TooSlow)
}

/// What hyper says, or the operating system behind it.
#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn failed(error: hyper::Error) -> Unfetched {
    let cause = error.source();
    let io = cause.and_then(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    match cause {
        _ if error.is_parse() || error.is_incomplete_message() => Unfetched::NotHttp,
        _ if io == Some(io::ErrorKind::UnexpectedEof) => Unfetched::CutOff,
        Some(cause) => Unfetched::Failed(cause.to_string()),
        None => Unfetched::Failed(error.to_string()),
    }
}
