//! What is told of one API, and what a selection leaves of it.

use crate::apis::xsuaa;
use crate::contract::{Operation, Outcome};
use crate::odata;
use crate::state::{APIS, Api};

/// What one API promises; or what the two OData services share.
pub struct Page {
    pub name: &'static str,
    pub short: &'static str,
    pub title: &'static str,
    pub roots: &'static [&'static str],
    pub operations: Vec<Row>,
    /// Those of operations, and those that can be met at any address.
    pub outcomes: Vec<&'static Outcome>,
}

/// An operation with its refusals.
pub struct Row {
    pub operation: &'static Operation,
    pub refusals: Vec<&'static Outcome>,
}

impl Page {
    /// All there is.
    pub fn all() -> Vec<Self> {
        APIS.iter().map(Self::of).chain([Self::protocol()]).collect()
    }

    fn of(api: &Api) -> Self {
        let row = |operation: &'static Operation| Row { operation, refusals: operation.refusals().collect() };
        Self {
            name: api.name,
            short: api.short,
            title: api.title,
            roots: api.roots,
            operations: api.operations.iter().map(row).collect(),
            outcomes: api.outcomes.to_vec(),
        }
    }

    /// Refusals of the protocol, whatever the service, and the one for a missing CSRF token.
    fn protocol() -> Self {
        let outcomes = odata::OUTCOMES.iter().copied().chain(xsuaa::filter::OUTCOMES.iter().copied()).collect();
        Self {
            name: "odata",
            short: "odata",
            title: "What the OData services share",
            roots: &[],
            operations: Vec::new(),
            outcomes,
        }
    }

    /// True if nothing is left.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.outcomes.is_empty()
    }

    /// The refusals that no operation lists.
    pub fn unlisted(&self) -> impl Iterator<Item = &'static Outcome> {
        self.outcomes.iter().copied().filter(|outcome| !self.operations.iter().any(|row| row.has(outcome)))
    }
}

impl Row {
    fn has(&self, outcome: &Outcome) -> bool {
        self.refusals.iter().any(|refusal| refusal.id == outcome.id)
    }

    /// The statuses of success.
    pub fn statuses(&self) -> String {
        self.operation.success.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// The operations of all pages.
pub fn operations(pages: &[Page]) -> impl Iterator<Item = &'static Operation> {
    pages.iter().flat_map(|page| &page.operations).map(|row| row.operation)
}

/// The refusals of all pages.
pub fn outcomes(pages: &[Page]) -> impl Iterator<Item = &'static Outcome> {
    pages.iter().flat_map(|page| page.outcomes.iter().copied())
}

/// Leaves some operations, and their refusals.
pub fn keep_operations(pages: &mut [Page], fits: impl Fn(&Operation) -> bool) {
    for Page { operations, outcomes, .. } in pages {
        operations.retain(|row| fits(row.operation));
        outcomes.retain(|outcome| operations.iter().any(|row| row.has(outcome)));
    }
}

/// Leaves some refusals, and the operations that have such.
pub fn keep_refusals(pages: &mut [Page], fits: impl Fn(&Outcome) -> bool) {
    for Page { operations, outcomes, .. } in pages {
        outcomes.retain(|outcome| fits(outcome));
        for row in operations.iter_mut() {
            row.refusals.retain(|outcome| fits(outcome));
        }
        operations.retain(|row| !row.refusals.is_empty());
    }
}
