//! The emulated surface: one request through a list of steps that can be read top to bottom.

use ::http::StatusCode;

use crate::http::{Request, Response};
use crate::worlds::Worlds;

/// Most bytes of a body that is read at all; APIs have their own, documented limits below it.
pub const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// The most bytes that a request to this path may carry before it is refused unread.
pub fn body_limit(_path: &str) -> usize {
    BODY_LIMIT
}

/// Answers a request whose body is over the limit; its body is empty here.
pub fn too_large(_worlds: &Worlds, _request: &Request) -> Response {
    Response::empty(StatusCode::PAYLOAD_TOO_LARGE)
}

/// Answers a request.
pub fn answer(_worlds: &Worlds, _request: Request) -> Response {
    Response::empty(StatusCode::NOT_FOUND)
}
