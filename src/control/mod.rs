//! The operator's surface, below `/_certmimic/`.

use ::http::StatusCode;

use crate::http::{Request, Response};
use crate::worlds::Worlds;

/// Answers a request below `/_certmimic/`.
pub fn answer(_worlds: &Worlds, _request: &Request) -> Response {
    Response::empty(StatusCode::NOT_FOUND)
}
