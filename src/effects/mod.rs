//! What the outside world contributes to a command: time, identifiers, randomness, and what other servers have. Nothing
//! else of it is read anywhere.
//!
//! A command gets the first three through [`Effects`], made at the start of an edit from the world's own clock and ids, so the same
//! scenario, seed and requests give the same bytes.

mod clock;
mod ids;
mod outside;

pub use clock::{Clock, Mode, Timestamp, wall_clock};
pub use ids::Ids;
pub use outside::{Fetch, Nobody, Outside, Unfetched};

/// Time and identity for one command.
pub struct Effects<'a> {
    /// The world's time, read once for the request.
    pub now: Timestamp,
    /// The world's source of identifiers and randomness; drawing from it is part of the draft.
    pub ids: &'a mut Ids,
}
