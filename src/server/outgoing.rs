//! Bodies on their way out: whole, or cut in the middle by a fault.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

/// A fault closes the connection here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault closed the connection")
    }
}

impl std::error::Error for Broken {}

/// A body.
#[derive(Debug)]
pub enum Outgoing {
    /// One whose length is known.
    Known(Known),
    /// One that goes on as long as somebody sends.
    Stream(mpsc::Receiver<Bytes>),
}

/// A body whose length is known; of a broken one, not all comes.
#[derive(Debug)]
pub struct Known {
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
        Self::Known(Known { announced: bytes.len() as u64, rest: bytes, breaks: None })
    }

    /// The first half; the length announced is that of the whole.
    pub fn half(mut bytes: Bytes) -> Self {
        let announced = bytes.len() as u64;
        bytes.truncate(bytes.len() / 2);
        Self::Known(Known { announced, rest: bytes, breaks: Some(Pause::Ahead) })
    }

    /// The answer whose body are these events (HTML standard, section 9.2: server-sent events).
    pub fn stream(events: mpsc::Receiver<Bytes>) -> hyper::Response<Self> {
        let mut response = hyper::Response::new(Self::Stream(events));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

impl Known {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
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
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match &mut *self {
            Self::Known(known) => known.poll(cx),
            Self::Stream(events) => events.poll_recv(cx).map(|event| event.map(|event| Ok(Frame::data(event)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Known(known) => known.rest.is_empty() && known.breaks.is_none(),
            Self::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Known(Known { announced, breaks: Some(_), .. }) => SizeHint::with_exact(*announced),
            Self::Known(known) => SizeHint::with_exact(known.rest.len() as u64),
            Self::Stream(_) => SizeHint::default(),
        }
    }
}
