//! `/clock`: move time for what asks the emulator. Certificates stay as they are.

use serde::Deserialize;
use serde_json::{Value, json};

use super::context::{Context, json_response};
use super::error::Error;
use crate::effects::{Clock, Mode, Timestamp};
use crate::http::Response;
use crate::scenario::ClockMode;
use crate::seed::{moment, span};

/// What a stepping clock steps by if neither the call nor the clock says.
const STEP: i64 = 1_000;

/// A change of the clock: what is not mentioned stays.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    /// A date, a span from the time that the clock shows, or `real`: what the clock of the machine shows.
    now: Option<String>,
    /// How it moves.
    mode: Option<ClockMode>,
    /// What a stepping clock moves by with each request: a span such as `1s`.
    step: Option<String>,
}

/// A move of the clock.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    /// A span such as `90d`, `-1s` or `2h`.
    by: String,
}

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn read(context: &Context<'_>) -> Result<Response, Error> {
    Ok(json_response(&shown(context.world.store.view().clock, context.wall)))
}

pub(super) fn set(context: &Context<'_>) -> Result<Response, Error> {
    let change: Change = context.body()?;
    edit(context, |clock, wall| changed(clock, &change, wall))
}

pub(super) fn advance(context: &Context<'_>) -> Result<Response, Error> {
    let by = span(&context.body::<Advance>()?.by).map_err(Error::BadBody)?;
    edit(context, |clock, wall| Ok(clock.advanced(by, wall).mode))
}

fn edit(
    context: &Context<'_>,
    change: impl FnOnce(Clock, Timestamp) -> Result<Mode, Error>,
) -> Result<Response, Error> {
    let wall = context.wall;
    let clock = context.world.store.edit(|state| {
        state.clock = Clock { mode: change(state.clock, wall)? };
        Ok::<_, Error>(state.clock)
    })?;
    Ok(json_response(&shown(clock, wall)))
}

fn changed(clock: Clock, change: &Change, wall: Timestamp) -> Result<Mode, Error> {
    let shown = clock.now(wall);
    let now = match change.now.as_deref() {
        None => shown,
        Some("real") => wall,
        Some(text) => moment(text, shown).map_err(Error::BadBody)?,
    };
    let step = change.step.as_deref().map(span).transpose().map_err(Error::BadBody)?;
    let mode = match (change.mode, clock.mode) {
        (Some(ClockMode::Running), _) => Mode::Running { offset: 0 },
        (Some(ClockMode::Frozen), _) => Mode::Frozen { at: now },
        (Some(ClockMode::Stepping), Mode::Stepping { next, step }) => Mode::Stepping { next, step },
        (Some(ClockMode::Stepping), _) => Mode::Stepping { next: now, step: STEP },
        (None, mode) => mode,
    };
    match (Clock { mode }.showing(now, wall).mode, step) {
        (mode, None) => Ok(mode),
        (Mode::Stepping { next, .. }, Some(step)) => Ok(Mode::Stepping { next, step }),
        (_, Some(_)) => Err(Error::BadBody("A step is for a clock in mode stepping.".to_owned())),
    }
}

pub(super) fn shown(clock: Clock, wall: Timestamp) -> Value {
    let now = clock.now(wall).iso_millis();
    match clock.mode {
        Mode::Running { offset } => json!({"now": now, "mode": "running", "real": offset == 0}),
        Mode::Frozen { .. } => json!({"now": now, "mode": "frozen"}),
        Mode::Stepping { step, .. } => json!({"now": now, "mode": "stepping", "step": format!("{step}ms")}),
    }
}
