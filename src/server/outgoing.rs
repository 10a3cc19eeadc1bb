//! Bodies on their way out: whole, or cut in the middle by a fault.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// A fault closes the connection here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault closed the connection")
    }
}

impl std::error::Error for Broken {}

/// A body whose length is known; of a broken one, not all comes.
#[derive(Debug)]
pub struct Outgoing {
    announced: u64,
    rest: Bytes,
    breaks: Option<Pause>,
}

/// Before the connection is closed, what was written has to get out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pause {
    Ahead,
    Over,
}

impl Outgoing {
    /// All of it.
    pub fn whole(bytes: Bytes) -> Self {
        Self { announced: bytes.len() as u64, rest: bytes, breaks: None }
    }

    /// The first half; the length announced is that of the whole.
    pub fn half(mut bytes: Bytes) -> Self {
        let announced = bytes.len() as u64;
        bytes.truncate(bytes.len() / 2);
        Self { announced, rest: bytes, breaks: Some(Pause::Ahead) }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.rest)))));
        }
        match self.breaks {
            None => Poll::Ready(None),
            Some(Pause::Over) => Poll::Ready(Some(Err(Broken))),
            // hyper writes out what it has whenever there is nothing more to be had at once.
            Some(Pause::Ahead) => {
                self.breaks = Some(Pause::Over);
                cx.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.breaks.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let left = if self.breaks.is_some() { self.announced } else { self.rest.len() as u64 };
        SizeHint::with_exact(left)
    }
}
