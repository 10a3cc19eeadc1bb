//! `/clock`: move time for what asks the emulator. Certificates stay as they are.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Error, json_response};
use crate::effects::{Clock, Mode, Timestamp, wall_clock};
use crate::http::{Request, Response};
use crate::scenario::ClockMode;
use crate::seed::{moment, span};
use crate::worlds::World;

/// What a stepping clock steps by if neither the call nor the clock says.
const STEP: i64 = 1_000;

/// A change of the clock: what is not mentioned stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// A date, or a span from the time that the clock shows.
    now: Option<String>,
    mode: Option<ClockMode>,
    step: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    by: String,
}

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn read(world: &World, _request: &Request) -> Result<Response, Error> {
    Ok(json_response(&shown(world.store.view().clock, wall_clock())))
}

pub(super) fn set(world: &World, request: &Request) -> Result<Response, Error> {
    let change: Change = body(request)?;
    edit(world, |clock, wall| changed(clock, &change, wall))
}

pub(super) fn advance(world: &World, request: &Request) -> Result<Response, Error> {
    let by = span(&body::<Advance>(request)?.by).map_err(Error::BadBody)?;
    edit(world, |clock, wall| Ok(at(clock.mode, clock.now(wall).plus_millis(by), wall)))
}

fn edit(world: &World, change: impl FnOnce(Clock, Timestamp) -> Result<Mode, Error>) -> Result<Response, Error> {
    let wall = wall_clock();
    let clock = world.store.edit(|state| {
        state.clock = Clock { mode: change(state.clock, wall)? };
        Ok::<_, Error>(state.clock)
    })?;
    Ok(json_response(&shown(clock, wall)))
}

fn changed(clock: Clock, change: &Change, wall: Timestamp) -> Result<Mode, Error> {
    let shown = clock.now(wall);
    let now = change.now.as_deref().map_or(Ok(shown), |text| moment(text, shown)).map_err(Error::BadBody)?;
    let step = change.step.as_deref().map(span).transpose().map_err(Error::BadBody)?;
    let mode = match (change.mode, clock.mode) {
        (Some(ClockMode::Running), _) => Mode::Running { offset: 0 },
        (Some(ClockMode::Frozen), _) => Mode::Frozen { at: now },
        (Some(ClockMode::Stepping), Mode::Stepping { next, step }) => Mode::Stepping { next, step },
        (Some(ClockMode::Stepping), _) => Mode::Stepping { next: now, step: STEP },
        (None, mode) => mode,
    };
    match (at(mode, now, wall), step) {
        (mode, None) => Ok(mode),
        (Mode::Stepping { next, .. }, Some(step)) => Ok(Mode::Stepping { next, step }),
        (_, Some(_)) => Err(Error::BadBody("A step is for a clock in mode stepping.".to_owned())),
    }
}

/// A clock in this mode that shows `now`.
const fn at(mode: Mode, now: Timestamp, wall: Timestamp) -> Mode {
    match mode {
        Mode::Running { .. } => Mode::Running { offset: now.millis().saturating_sub(wall.millis()) },
        Mode::Frozen { .. } => Mode::Frozen { at: now },
        Mode::Stepping { step, .. } => Mode::Stepping { next: now, step },
    }
}

fn shown(clock: Clock, wall: Timestamp) -> Value {
    let now = clock.now(wall).iso_millis();
    match clock.mode {
        Mode::Running { .. } => json!({"now": now, "mode": "running"}),
        Mode::Frozen { .. } => json!({"now": now, "mode": "frozen"}),
        Mode::Stepping { step, .. } => json!({"now": now, "mode": "stepping", "step": format!("{step}ms")}),
    }
}

fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Error> {
    serde_json::from_slice(&request.body).map_err(|error| Error::BadBody(format!("The body does not fit: {error}.")))
}
