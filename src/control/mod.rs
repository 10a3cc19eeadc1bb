//! The operator's surface, below `/_certmimic/`.

use crate::http::{Request, Response};
use crate::worlds::Worlds;

/// Where the surface begins.
pub const ROOT: &str = "/_certmimic";

/// Answers a request below [`ROOT`].
pub fn answer(_worlds: &Worlds, _request: &Request) -> Response {
    todo!()
}
