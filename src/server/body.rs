//! Reads a request's body: whole, bounded in size and time.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::EXPECT;
use http_body_util::BodyExt;
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
    if let Some(room) = usize::try_from(announced).ok().filter(|room| *room <= BODY_LIMIT)
        && let Some(whole) = gathered(body, room).await?
    {
        return Ok(whole);
    }
    drain(body).await;
    Err(BodyError::TooLarge)
}

/// The body in one buffer of the announced size, so that nothing is left of its pieces; nothing if it is too long.
async fn gathered(body: &mut Incoming, room: usize) -> Result<Option<Bytes>, BodyError> {
    let mut whole = BytesMut::with_capacity(room);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BodyError::Broken)?;
        let Some(piece) = frame.data_ref() else { continue };
        if piece.len() > BODY_LIMIT - whole.len() {
            return Ok(None);
        }
        whole.extend_from_slice(piece);
    }
    Ok(Some(whole.freeze()))
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
