//! From a document to the state it describes, through each API's own rules.

use std::sync::Arc;

use super::faults;
use super::schema::{Clock as ClockSection, ClockMode, Document};
use crate::apis::{apinizer, sap_api_management, sap_cloud_integration, xsuaa};
use crate::effects::{Clock, Ids, Mode, Timestamp};
use crate::faults::Faults;
use crate::seed::{Files, Issuers, Place, Problem, Seeding, moment, span};
use crate::state::State;

/// What a stepping clock steps by unless it is told.
const STEP: i64 = 1_000;

/// The state that a document describes when the wall clock shows `wall`, or everything that is wrong with it: at most
/// one problem a section, as later ones tend to follow from the first.
pub(super) fn build(document: &Document, files: &dyn Files, wall: Timestamp) -> Result<State, Vec<Problem>> {
    let top = Place::default();
    let clock = clock(&document.clock, wall, &top.member("clock")).map_err(|problem| vec![problem])?;
    let mut state = State {
        clock,
        ids: Ids::new(document.seed),
        xsuaa: Arc::default(),
        lint: document.lint,
        sessions: document.resume.sessions,
        faults: Faults::default(),
        sap_api_management: Arc::default(),
        sap_cloud_integration: Arc::default(),
        apinizer: Arc::default(),
    };
    let ids = state.ids.clone();
    let seeding = Seeding { now: clock.now(wall), ids: &ids, files, issuers: Issuers::default() };
    let switches = &document.behaviour;
    let built = [
        xsuaa::scenario::build(
            &document.auth,
            &document.clients,
            Arc::make_mut(&mut state.xsuaa),
            &top.member("clients"),
        ),
        sap_api_management::scenario::build(
            &document.sap_api_management,
            &switches.sap_api_management,
            &seeding,
            &top.member("sap_api_management"),
        )
        .map(|part| state.sap_api_management = part.into()),
        sap_cloud_integration::scenario::build(
            &document.sap_cloud_integration,
            &switches.sap_cloud_integration,
            &seeding,
            &top.member("sap_cloud_integration"),
        )
        .map(|part| state.sap_cloud_integration = part.into()),
        apinizer::scenario::build(
            &document.apinizer,
            &switches.apinizer,
            document.auth.mode,
            &seeding,
            &top.member("apinizer"),
        )
        .map(|part| state.apinizer = part.into()),
    ];
    let mut problems: Vec<Problem> = built.into_iter().filter_map(Result::err).collect();
    if problems.is_empty() {
        // They name environments, which must be there by now.
        problems.extend(faults::arm(&document.faults, &mut state, &top.member("faults")).err());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if let Some(drawn) = document.resume.drawn {
        state.ids = Ids::resume(document.seed, drawn);
    }
    Ok(state)
}

fn clock(section: &ClockSection, wall: Timestamp, place: &Place) -> Result<Clock, Problem> {
    let at = |member: &str| {
        let place = place.member(member);
        move |message: String| Problem::new(place, message)
    };
    let now = section.now.as_deref().map_or(Ok(wall), |text| moment(text, wall)).map_err(at("now"))?;
    let step = section.step.as_deref().map(span).transpose().map_err(at("step"))?;
    if step.is_some() && section.mode != ClockMode::Stepping {
        return Err(at("step")("a step is for a clock in mode stepping".to_owned()));
    }
    let mode = match section.mode {
        ClockMode::Running => Mode::Running { offset: now.millis().saturating_sub(wall.millis()) },
        ClockMode::Frozen => Mode::Frozen { at: now },
        ClockMode::Stepping => Mode::Stepping { next: now, step: step.unwrap_or(STEP) },
    };
    Ok(Clock { mode })
}
