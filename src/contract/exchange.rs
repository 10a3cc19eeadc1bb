//! What an API is given of one request besides the state.

use super::{Caller, Interference};
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
    /// What faults do to it.
    pub interference: &'a dyn Interference,
}
