//! How operations are answered, and what they ask of the caller: the last column of the operation table.

use super::access::{Access, authenticate};
use super::behaviour::{Behaviour, Dialect};
use super::call::Call;
use super::error::Error;
use super::state::State;
use crate::contract::{Caller, Exchange};
use crate::http::Response;
use crate::store::Draft;

/// Answers from the state, always.
pub type Show = fn(&State, &Call<'_>) -> Response;
/// Answers from the state, or refuses.
pub type Read = fn(&State, &Call<'_>) -> Result<Response, Error>;
/// Answers, and changes the state if it succeeds.
pub type Write = fn(&mut Draft<'_, State>, &Call<'_>) -> Result<Response, Error>;

/// What answers an operation.
#[derive(Clone, Copy)]
pub enum Answer {
    /// It only reads, and refuses nothing that was admitted.
    Show(Show),
    /// It only reads.
    Read(Read),
    /// It may write.
    Write(Write),
    /// It may write, and may have to ask another server before it does.
    WriteAfterFetch {
        /// What it then does.
        write: Write,
        /// Whether its source is always a URL; else the body says what it is.
        from_url: bool,
    },
    /// It hands out tokens: its refusals have one shape in both generations.
    Token(Write),
}

/// How an operation is answered.
pub struct Route {
    /// What it asks of the caller.
    pub access: Access,
    /// What answers it.
    pub answer: Answer,
    second_generation: bool,
}

impl Route {
    /// Who sends the request, as far as the operation wants to know.
    pub fn caller(&self, state: &State, exchange: &Exchange<'_>) -> Result<Caller, Error> {
        match self.access {
            Access::Open => Ok(Caller::anonymous()),
            _ => authenticate(state, exchange.world, exchange.request, exchange.now),
        }
    }

    /// True if the path names a project that the caller must be a member of.
    pub const fn is_in_project(&self) -> bool {
        !matches!(self.access, Access::Open | Access::Token)
    }

    /// The switches for this operation: what only the second generation has is answered as it does.
    pub fn behaviour(&self, behaviour: &Behaviour) -> Behaviour {
        let dialect = if self.second_generation { Dialect::G2 } else { behaviour.dialect };
        Behaviour { dialect, ..behaviour.clone() }
    }
}

/// An operation that only reads, and refuses nothing that was admitted.
pub const fn show(access: Access, answer: Show) -> Route {
    Route { access, answer: Answer::Show(answer), second_generation: false }
}

/// An operation that only reads.
pub const fn read(access: Access, answer: Read) -> Route {
    Route { access, answer: Answer::Read(answer), second_generation: false }
}

/// An operation that may write.
pub const fn write(access: Access, answer: Write) -> Route {
    Route { access, answer: Answer::Write(answer), second_generation: false }
}

/// An operation that hands out tokens.
pub const fn issue(answer: Write) -> Route {
    Route { access: Access::Open, answer: Answer::Token(answer), second_generation: false }
}

/// An operation that may have to ask another server before it writes.
pub const fn fetching(write: Write) -> Route {
    let answer = Answer::WriteAfterFetch { write, from_url: false };
    Route { access: Access::WriteSecrets, answer, second_generation: false }
}

/// An operation that has to ask another server before it writes.
pub const fn fetching_always(write: Write) -> Route {
    let answer = Answer::WriteAfterFetch { write, from_url: true };
    Route { access: Access::WriteSecrets, answer, second_generation: false }
}

/// A download that only the second generation has.
pub const fn exported(answer: Read) -> Route {
    Route { access: Access::Transfer, answer: Answer::Read(answer), second_generation: true }
}

/// Another operation that only the second generation has.
pub const fn transferred(answer: Write) -> Route {
    Route { access: Access::Transfer, answer: Answer::Write(answer), second_generation: true }
}
