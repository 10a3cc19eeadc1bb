//! What an API is given of one request besides the state.

use std::collections::BTreeMap;

use super::Caller;
use crate::effects::Timestamp;
use crate::http::Request;

/// One request on its way through an API.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The request.
    pub request: &'a Request,
    /// Who sent it. For an API that authenticates by itself: [`Caller::anonymous`].
    pub caller: &'a Caller,
    /// The world's time on arrival.
    pub now: Timestamp,
    /// Environments that cannot be deployed to while this request is handled, each with the reason: a fault's doing.
    pub undeployable: &'a BTreeMap<String, String>,
}
