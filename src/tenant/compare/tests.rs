//! Facts held against the catalogue, and comparisons with tenants that are worlds of this process.

use std::collections::BTreeMap;

use super::*;
use crate::tenant::{Pace, Watch};

/// A tenant that is a world.
struct Played(Twin);

pub(super) struct Unhurried;

impl Pace for Unhurried {
    fn wait(&self, _span: std::time::Duration) {}
}

impl Played {
    fn of(scenarios: &[&str]) -> Self {
        Self(Twin::of(scenarios).unwrap())
    }

    fn compared(&self, systems: &[System]) -> Compared {
        let account = Twin::account(None).unwrap();
        let watch: &dyn Watch = &Unwatched;
        let client = Client::new(&account, Surroundings { carrier: &self.0, pace: &Unhurried, watch });
        let order = Order {
            systems,
            locations: &[],
            writes: None,
            environment: None,
            ended: &|| false,
            now: Timestamp(1_768_464_000_000),
        };
        compare(&[client], &order).unwrap()
    }
}

pub(super) fn quickstart() -> String {
    crate::scenario::built_in("quickstart").unwrap().yaml.to_owned()
}

pub(super) fn told(compared: &Compared) -> String {
    let line = |comparison: &Comparison| match &comparison.verdict {
        Verdict::Different(found) => {
            let places = found.iter().map(|one| format!("\n    {}: {} | {}", one.at, one.expected, one.came));
            format!("{} {}{}\n", comparison.request, comparison.outcome, places.collect::<String>())
        }
        Verdict::NotTried(why) => format!("{}: {why}\n", comparison.request),
        Verdict::Same => String::new(),
    };
    compared.comparisons.iter().map(line).collect()
}

#[test]
fn a_tenant_that_is_certmimic_is_the_same_in_all() {
    let compared = Played::of(&[&quickstart()]).compared(&[]);
    let tally = Tally::of(&compared.comparisons);
    assert_eq!((tally.different, &compared.cut_short), (0, &None), "{}", told(&compared));
    let mut by_system: BTreeMap<System, usize> = BTreeMap::new();
    for comparison in compared.comparisons.iter().filter(|one| one.verdict == Verdict::Same) {
        *by_system.entry(comparison.system).or_default() += 1;
    }
    assert!(by_system.len() == 3 && by_system.values().all(|count| *count >= 25), "{by_system:?}");
}

#[test]
fn facts_are_those_of_the_catalogue() {
    let names = Names::new(&Prefix::default(), "0").deployed_to(Some("staging"));
    let mut wrong = Vec::new();
    for system in System::ALL {
        let played = Played::of(&[&quickstart()]);
        let account = Twin::account(None).unwrap();
        let client = Client::new(&account, Surroundings { carrier: &played.0, pace: &Unhurried, watch: &Unwatched });
        let side = Side::new(&client, Some(&names));
        let scenes = scene::scenes(system).unwrap();
        for written in written(system).unwrap().iter().chain(scenes.iter().flat_map(|scene| &scene.steps)) {
            let Some(fact) = written.with(system, &names) else {
                panic!("{} is not written as facts are", written.fact)
            };
            let came = player::outcome(&side.send(&fact).unwrap());
            if came != written.outcome {
                wrong.push(format!("{system}: {} is {came}, not {}", written.request, written.outcome));
            }
            let means = meant(system, &fact);
            if means != fact.operation.map(|row| row.id) {
                wrong.push(format!("{system}: {} means {means:?}", written.request));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The operation that a fact's request means.
fn meant(system: System, fact: &Fact) -> Option<&'static str> {
    let (path, query) = fact.asking.target.split_once('?').unwrap_or((&fact.asking.target, ""));
    let request = crate::http::Request {
        method: fact.asking.method.clone(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: http::HeaderMap::new(),
        body: bytes::Bytes::new(),
        origin: "".into(),
        client_certificate: None,
    };
    let state = crate::scenario::load(&[crate::scenario::Source::BuiltIn("empty".to_owned())]).unwrap().state;
    system.api().unwrap().recognise(&state, &request).row().map(|row| row.id)
}

#[test]
fn switches_that_are_turned_are_found_and_nothing_else() {
    let turned = "certmimic: 1\nbehaviour:\n  sap_api_management: { single_get: bad-request }\n  sap_cloud_integration: { query_options: strict }\n  apinizer: { strict_trailing_slash: false }\n";
    let compared = Played::of(&[&quickstart(), turned]).compared(&[]);
    let different = compared.comparisons.iter().filter(|one| matches!(one.verdict, Verdict::Different(_)));
    let facts: Vec<&str> = different.map(|one| one.fact.as_str()).collect();
    let expected = [
        "an unknown reference is not found",
        "entries can be selected of",
        "entries cannot be filtered",
        "entries cannot be cut off",
        "paths end in a slash",
    ];
    assert_eq!(facts, expected, "{}", told(&compared));
    let named = |fact: &str| compared.comparisons.iter().find(|one| one.fact == fact).unwrap().switches.clone();
    assert_eq!(named("an unknown reference is not found"), ["behaviour.sap_api_management.single_get: bad-request"]);
    assert_eq!(named("entries cannot be filtered"), ["behaviour.sap_cloud_integration.query_options: strict"]);
    assert_eq!(named("paths end in a slash"), ["behaviour.apinizer.strict_trailing_slash: false"]);
}
