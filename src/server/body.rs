//! Reads a request's body: whole, bounded in size and time.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::header::EXPECT;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use tokio::time::timeout;

use crate::gateway::BODY_LIMIT;

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyError {
    /// Longer than [`BODY_LIMIT`].
    TooLarge,
    /// Not complete in time.
    TooSlow,
    /// The connection ended before the body did, or its chunks are malformed.
    Broken,
}

/// Bytes of an overlong body that are still taken from the socket, so that a client that writes all before it reads
/// gets to see the answer.
const MOST_DRAINED: u64 = 64 * 1024 * 1024;

/// The whole body.
pub async fn collect(mut body: Incoming, headers: &HeaderMap, patience: Duration) -> Result<Bytes, BodyError> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let announced = body.size_hint().lower();
    // A client that asks first has not sent the body, and will not.
    if announced > BODY_LIMIT as u64 && headers.contains_key(EXPECT) {
        return Err(BodyError::TooLarge);
    }
    timeout(patience, read(&mut body, announced)).await.unwrap_or(Err(BodyError::TooSlow))
}

async fn read(body: &mut Incoming, announced: u64) -> Result<Bytes, BodyError> {
    if announced <= BODY_LIMIT as u64 {
        match Limited::new(&mut *body, BODY_LIMIT).collect().await {
            Ok(whole) => return Ok(whole.to_bytes()),
            Err(error) if !error.is::<LengthLimitError>() => return Err(BodyError::Broken),
            Err(_) => {}
        }
    }
    drain(body).await;
    Err(BodyError::TooLarge)
}

async fn drain(body: &mut Incoming) {
    let mut drained = 0;
    while let Some(Ok(frame)) = body.frame().await {
        drained += frame.data_ref().map_or(0, |data| data.len() as u64);
        if drained > MOST_DRAINED {
            return;
        }
    }
}
