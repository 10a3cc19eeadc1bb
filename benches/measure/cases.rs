//! What is measured, beside what, and what it should come to.

use crate::requests as step;
use crate::table::Goal;
use crate::wire::Exchange;

/// Requests of one connection that are answered one after the other, and whose times are added up.
pub type Step = Vec<Exchange>;
/// Steps by their numbers.
pub type Steps = fn(usize) -> Step;

/// The world that a load meets.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    pub entries: usize,
    pub journal: bool,
}

#[derive(Clone, Copy)]
pub struct Load {
    pub state: State,
    pub step: Steps,
    /// How many steps differ, if those are more than the connections.
    pub variants: usize,
    pub connections: usize,
}

/// What a load is held against.
pub enum Beside {
    /// A bare server that sends the same answers.
    Bare,
    Load(&'static str, Load),
}

pub struct Case {
    pub what: String,
    pub load: Load,
    pub beside: Beside,
    pub goals: &'static [Goal],
}

const SMALL: State = State { entries: 10, journal: true };
const HUNDRED: State = State { entries: 100, journal: true };
const LARGE: State = State { entries: 6_000, journal: true };
const FORGETFUL: State = State { entries: 10, journal: false };
const ONE_ENTITY: &[Goal] = &[Goal::AtLeast(0.85), Goal::Tail(1.5)];
const LIST: &[Goal] = &[Goal::AtLeast(0.75)];
const LIST_AFTER_A_CHANGE: &[Goal] = &[Goal::AtLeast(0.5)];
/// A write takes at most 1.5 times as long.
const WRITE: &[Goal] = &[Goal::AtLeast(1.0 / 1.5)];
const STEERING: &[Goal] = &[Goal::Within(0.001)];
const KEY_PAIR: &[Goal] = &[Goal::Within(0.020)];
/// Connections that keep both servers busy.
const MANY: usize = 32;
const NO_JOURNAL: &str = "no journal";
const ALL_OF_THEM: &str = "all of them";

/// All cases, in the order of the table.
pub fn cases() -> Vec<Case> {
    [reads(), lists(), changes(), connections_and_worlds(), steering()].into_iter().flatten().collect()
}

/// One connection beside a bare server, unless told otherwise.
fn case(what: impl Into<String>, state: State, step: Steps) -> Case {
    let load = Load { state, step, variants: 1, connections: 1 };
    Case { what: what.into(), load, beside: Beside::Bare, goals: &[] }
}

impl Case {
    fn by(self, connections: usize) -> Self {
        Self { load: Load { connections, ..self.load }, ..self }
    }

    fn of(self, variants: usize) -> Self {
        Self { load: Load { variants, ..self.load }, ..self }
    }

    /// Held against the same load, but for what is told.
    fn beside(self, what: &'static str, other: impl FnOnce(Load) -> Load) -> Self {
        Self { beside: Beside::Load(what, other(self.load)), ..self }
    }

    fn goals(self, goals: &'static [Goal]) -> Self {
        Self { goals, ..self }
    }
}

fn reads() -> Vec<Case> {
    vec![
        case("GET of a reference", SMALL, step::reference).by(MANY).goals(ONE_ENTITY),
        case("GET of a keystore entry", SMALL, step::keystore_entry).by(MANY).goals(ONE_ENTITY),
        case("GET of an Apinizer certificate", SMALL, step::certificate).by(MANY).goals(ONE_ENTITY),
        case("GET of a reference, no journal", FORGETFUL, step::reference).by(MANY),
        case("GET of a reference, journal", SMALL, step::reference)
            .by(MANY)
            .beside(NO_JOURNAL, |load| Load { state: FORGETFUL, ..load }),
        case("$metadata", SMALL, step::metadata),
        case("token", SMALL, step::token),
        case("token of Apinizer", SMALL, step::apinizer_token),
        case("ZIP export of a certificate", SMALL, step::zip_export),
        case("$batch of 50 GETs", HUNDRED, step::batch_of_reads),
        case("$batch of 50 imports", HUNDRED, step::batch_of_imports),
    ]
}

fn lists() -> Vec<Case> {
    let mut cases = Vec::new();
    for (size, state) in [("100", HUNDRED), ("6,000", LARGE)] {
        cases.push(case(format!("list of {size} references"), state, step::references).goals(LIST));
        cases.push(case(format!("list of {size} keystore entries"), state, step::keystore_entries).goals(LIST));
        cases.push(case(format!("list of {size} Apinizer certificates"), state, step::certificates).goals(LIST));
        cases.push(
            case(format!("first list of {size} entries after a change"), state, step::keystore_entries_after_a_change)
                .goals(LIST_AFTER_A_CHANGE),
        );
        cases.push(
            case(format!("$filter for 1 of {size} references"), state, step::one_of_the_references)
                .beside(ALL_OF_THEM, |load| Load { step: step::references, ..load }),
        );
        cases.push(
            case(format!("$filter for all of {size} references"), state, step::all_of_the_references)
                .beside(ALL_OF_THEM, |load| Load { step: step::references, ..load }),
        );
        cases.push(case(format!("$expand of {size} entries"), state, step::keystore_with_entries));
    }
    cases
}

/// What each change is called, and the change.
const CHANGES: [(&str, Steps); 4] = [
    ("certificate import", step::certificate_import),
    ("reference create, update, delete", step::reference_life),
    ("Apinizer certificate create", step::certificate_create),
    ("Apinizer create and update, JWK following", step::certificate_with_its_jwk),
];

fn changes() -> Vec<Case> {
    let mut cases = Vec::new();
    for (what, change) in CHANGES {
        cases.push(case(format!("{what}, 10"), SMALL, change));
        for (size, entries) in [("100", 100), ("1,000", 1_000), ("6,000", 6_000)] {
            cases.push(
                case(format!("{what}, {size}"), State { entries, ..SMALL }, change)
                    .beside("of 10", |load| Load { state: SMALL, ..load })
                    .goals(WRITE),
            );
        }
        cases.push(case(format!("{what}, 10, connections: {MANY}"), SMALL, change).by(MANY));
        cases.push(
            case(format!("{what}, 10, journal"), SMALL, change)
                .beside(NO_JOURNAL, |load| Load { state: FORGETFUL, ..load }),
        );
    }
    cases
}

fn connections_and_worlds() -> Vec<Case> {
    let mut cases = Vec::new();
    for connections in [1, 8, MANY, 256] {
        cases.push(case(format!("GET, connections: {connections}"), SMALL, step::reference).by(connections));
    }
    cases.push(case("GET, worlds: 1", SMALL, |_| step::reference_in_a_world(0)).by(MANY));
    for worlds in [50, 500] {
        cases.push(
            case(format!("GET, worlds: {worlds}"), SMALL, step::reference_in_a_world)
                .by(MANY)
                .of(worlds)
                .beside("1 world", |load| Load { step: |_| step::reference_in_a_world(0), variants: 1, ..load }),
        );
    }
    cases
}

fn steering() -> Vec<Case> {
    let mut cases = Vec::new();
    let calls: [(&str, Steps); 4] =
        [("fork", step::fork), ("snapshot", step::snapshot), ("restore", step::restore), ("reset", step::reset)];
    for (what, call) in calls {
        cases.push(case(format!("{what} of 10"), SMALL, call).goals(STEERING));
        cases.push(
            case(format!("{what} of 6,000"), LARGE, call)
                .beside("of 10", |load| Load { state: SMALL, ..load })
                .goals(STEERING),
        );
    }
    cases.push(case("RSA 4096 key pair from the pool", SMALL, step::key_pair).goals(KEY_PAIR));
    cases
}
