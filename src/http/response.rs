//! A response, complete.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use ::http::header::CONTENT_TYPE;
use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;

/// Why a request was refused, for those who wrote the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Stable code: the identifier of the outcome.
    pub code: &'static str,
    /// One line: which rule was broken, what to change, which document says so.
    pub line: String,
}

/// How the server is to send a response, where a fault meddles with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivery {
    /// How long it is held back.
    pub delay: Duration,
    /// How much of it is sent.
    pub extent: Extent,
}

/// How much of a response is sent before the connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// All, and the connection stays open.
    #[default]
    Whole,
    /// The head and half of the body.
    Half,
    /// Nothing.
    Nothing,
}

/// Room for the headers that most answers have, so that it need not grow.
const USUAL_HEADERS: usize = 4;

/// A response with its body.
#[derive(Clone)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers; `Content-Length` and `Date` are the server's business.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// Set where a request was refused.
    pub diagnosis: Option<Diagnosis>,
    /// Codes of what a real tenant would have refused or misread.
    pub lint: Vec<&'static str>,
    /// True if a fault gave it in place of the system.
    pub by_fault: bool,
    /// How it is sent.
    pub delivery: Delivery,
}

impl Response {
    /// A response without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            diagnosis: None,
            lint: Vec::new(),
            by_fault: false,
            delivery: Delivery::default(),
        }
    }

    /// A response with a body of the given media type.
    pub fn new(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self::typed(status, HeaderValue::from_static(media_type), body)
    }

    /// The same, where the media type is at hand as a header's value.
    pub fn typed(status: StatusCode, content_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        let mut response = Self { body: body.into(), ..Self::empty(status) };
        response.headers.reserve(USUAL_HEADERS);
        response.headers.insert(CONTENT_TYPE, content_type);
        response
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: impl Into<Cow<'static, str>>) -> Self {
        self.add(name, value);
        self
    }

    /// Adds one more header. A value that no header can carry is left out: it came from outside, and an answer
    /// without it is better than none.
    pub fn add(&mut self, name: HeaderName, value: impl Into<Cow<'static, str>>) {
        let value = match value.into() {
            Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
            Cow::Owned(text) => Bytes::from(text),
        };
        if let Ok(value) = HeaderValue::from_maybe_shared(value) {
            self.headers.append(name, value);
        }
    }

    /// With a diagnosis.
    #[must_use]
    pub fn because(mut self, diagnosis: Diagnosis) -> Self {
        self.diagnosis = Some(diagnosis);
        self
    }
}

/// How it ended, and no more: tokens are in headers and bodies.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown.field("status", &self.status).field("bytes", &self.body.len()).field("diagnosis", &self.diagnosis);
        shown.finish_non_exhaustive()
    }
}
