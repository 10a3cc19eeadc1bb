//! Which row of a catalogue an observation is of, and what is wrong where it is of none.

use super::{Observation, Observations};
use crate::contract::{Operation, Outcome};
use crate::seed::{Place, Problem};
use crate::state::{APIS, Api};

/// The system that a file is of.
pub(super) fn system(observations: &Observations) -> Result<&'static Api, Problem> {
    APIS.iter().find(|api| api.name == observations.system).ok_or_else(|| {
        let known: Vec<&str> = APIS.iter().map(|api| api.name).collect();
        Problem::unknown(Place::default().member("system"), "system", &observations.system, &known)
    })
}

/// The row that an observation at a place is of: its system's, or one of those that services share.
pub(super) fn row(api: &'static Api, observation: &Observation, place: &Place) -> Result<&'static Outcome, Problem> {
    let operation = observation.operation.as_deref().map(|id| operation(api, id, &place.member("operation")));
    let place = place.member("outcome");
    let row = api.row(&observation.outcome).ok_or_else(|| {
        let known: Vec<&str> = api.rows().map(|row| row.outcome().id).collect();
        Problem::unknown(place.clone(), "outcome", &observation.outcome, &known)
    })?;
    let outcome = row.outcome();
    match operation.transpose()? {
        Some(operation) if !is_met(api, operation, outcome) => {
            let known: Vec<&str> = operation.refusals().map(|refusal| refusal.id).collect();
            let what = format!("refusal of {} called", operation.id);
            Err(Problem::unknown(place, &what, outcome.id, &known))
        }
        _ => Ok(outcome),
    }
}

fn operation(api: &Api, id: &str, place: &Place) -> Result<&'static Operation, Problem> {
    api.operations.iter().find(|operation| operation.id == id).ok_or_else(|| {
        let known: Vec<&str> = api.operations.iter().map(|operation| operation.id).collect();
        Problem::unknown(place.clone(), "operation", id, &known)
    })
}

/// True if the operation lists the refusal, or none of its system does: such can be met at any address.
fn is_met(api: &Api, operation: &Operation, outcome: &Outcome) -> bool {
    let lists = |operation: &Operation| operation.refusals().any(|refusal| std::ptr::eq(refusal, outcome));
    lists(operation) || !api.operations.iter().any(lists)
}
