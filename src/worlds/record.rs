//! One exchange, as it is remembered.

use std::fmt;
use std::sync::Arc;

use ::http::{Method, StatusCode};
use bytes::Bytes;

use super::{Answer, Headers, Name};
use crate::contract::Operation;
use crate::effects::Timestamp;
use crate::http::{Diagnosis, Request, Response};

/// One request and what became of it. Secrets are in it as they were sent: whoever shows it masks them.
#[derive(Debug)]
pub struct Record {
    /// Its number in its world's journal, from 1.
    pub number: u64,
    /// The number of the request that it travelled inside of.
    pub parent: Option<u64>,
    /// The exchange.
    pub exchange: Exchange,
}

/// What is known of an exchange before it has a number.
#[derive(Debug)]
pub struct Exchange {
    /// The world that it was for.
    pub world: Name,
    /// The world's time on arrival.
    pub at: Timestamp,
    /// How long the answer took, in microseconds; none of a request inside another.
    pub micros: Option<u64>,
    /// The request.
    pub asked: Asked,
    /// The operation that it meant.
    pub operation: Option<&'static Operation>,
    /// The answer; none to a request whose change set was undone because of another one.
    pub answered: Option<Answered>,
}

/// A request.
pub struct Asked {
    /// The method.
    pub method: Method,
    /// What stood before the path, a world's prefix included.
    pub origin: Arc<str>,
    /// The path.
    pub path: String,
    /// The query as sent.
    pub query: String,
    /// The headers.
    pub headers: Headers,
    /// The body.
    pub body: Bytes,
}

impl From<Request> for Asked {
    fn from(request: Request) -> Self {
        let Request { method, path, query, headers, body, origin, client_certificate: _ } = request;
        // A copy, since the original may be a piece of something larger: of the batch that the request travelled in.
        Self { method, origin, path, query, headers: Headers::from(&headers), body: Bytes::copy_from_slice(&body) }
    }
}

/// An answer.
pub struct Answered {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: Headers,
    /// The body.
    pub body: Bytes,
    /// Why the request was refused.
    pub diagnosis: Option<Diagnosis>,
    /// Codes of what a real tenant would have refused or misread.
    pub lint: Vec<&'static str>,
    /// True if a fault answered in place of the system.
    pub by_fault: bool,
}

/// What it asked for, and no more: secrets are in queries, headers and bodies.
impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Asked");
        shown.field("method", &self.method).field("path", &self.path).field("bytes", &self.body.len());
        shown.finish_non_exhaustive()
    }
}

/// How it ended, and no more: tokens are in headers and bodies.
impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Answered");
        shown.field("status", &self.status).field("bytes", &self.body.len()).field("diagnosis", &self.diagnosis);
        shown.finish_non_exhaustive()
    }
}

impl From<&Response> for Answered {
    fn from(response: &Response) -> Self {
        Self {
            status: response.status,
            headers: Headers::from(&response.headers),
            body: response.body.clone(),
            diagnosis: response.diagnosis.clone(),
            lint: response.lint.clone(),
            by_fault: response.by_fault,
        }
    }
}

impl Exchange {
    /// What it counts as for coverage: an operation, its answer, and whether a fault gave it.
    pub(super) fn met(&self) -> Option<(&'static str, Answer, bool)> {
        let answered = self.answered.as_ref()?;
        Some((self.operation?.id, self.outcome()?, answered.by_fault))
    }

    /// The answer by its row: a refusal by the code of its diagnosis, everything else by its status.
    pub fn outcome(&self) -> Option<Answer> {
        let answered = self.answered.as_ref()?;
        Some(match &answered.diagnosis {
            Some(diagnosis) => Answer::Refusal(diagnosis.code),
            None => Answer::Success(answered.status.as_u16()),
        })
    }

    /// About how many bytes it takes to remember it.
    pub(super) fn size(&self) -> usize {
        let asked = &self.asked;
        let asked = asked.origin.len() + asked.path.len() + asked.query.len() + asked.headers.size() + asked.body.len();
        let answered = self.answered.as_ref().map_or(0, |answer| answer.headers.size() + answer.body.len());
        OWN_SIZE + asked + answered
    }
}

/// What a record takes beside what was sent.
const OWN_SIZE: usize = size_of::<Record>() + 128;
