//! The answers of a batch, before they are written.

use crate::http::Response;

/// The answer to one part.
pub(super) enum Answered {
    /// To a query, or to a change set that was refused.
    One(Box<Labelled>),
    ChangeSet(Vec<Labelled>),
}

/// A response with what identifies it to the client.
pub(super) struct Labelled {
    pub(super) response: Response,
    /// `Content-ID` of the MIME part.
    pub(super) outer_id: Option<String>,
    /// `Content-ID` among the request's own headers.
    pub(super) inner_id: Option<String>,
}
