//! All three systems against models that are too simple to be wrong: whatever clients do, one after the other or at once, is
//! answered as if names stood in a map. A counter-example is told as the shortest list of acts that shows it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use proptest::prelude::*;
use request::{JSON, request};
use serde_json::{Value, json};

const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
const USERS: &str = "/api/v1/UserCredentials";
const KEYS: &str = "/apiops/projects/MyProject/keys";

fn worlds() -> Worlds {
    let open =
        "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }\nbehaviour: { sap_cloud_integration: { csrf: off } }";
    let open = Source::Text { name: "open".to_owned(), text: open.to_owned() };
    Worlds::new(load(&[Source::BuiltIn("empty".to_owned()), open]).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

fn send(worlds: &Worlds, method: &str, path: &str, body: &Value) -> Response {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    gateway::answer(worlds, &request(method, path, &JSON, body))
}

fn read(worlds: &Worlds, path: &str) -> Value {
    let response = send(worlds, "GET", path, &Value::Null);
    assert_eq!(response.status, 200, "{path}");
    serde_json::from_slice(&response.body).unwrap()
}

/// What became of an act: nothing is wrong, or the code of the refusal.
fn outcome(response: &Response) -> &'static str {
    response.diagnosis.as_ref().map_or("success", |diagnosis| diagnosis.code)
}

/// Something that a client, or whoever steers the world, does. Of each kind there are four names.
#[derive(Debug, Clone)]
enum Act {
    CreateStore(u8),
    DeleteStore(u8),
    CreateReference(u8, u8),
    MoveReference(u8, u8),
    DeleteReference(u8),
    CreateUser(u8, u8),
    UpdateUser(u8, u8),
    DeleteUser(u8),
    CreateKey(u8, u8),
    RenameKey(u8, u8),
    DescribeKey(u8, u8),
    DeleteKey(u8),
    Snapshot,
    Restore,
    Reset,
}

/// What there is, and what a snapshot of it was.
#[derive(Debug, Clone, Default, PartialEq)]
struct Model {
    stores: BTreeSet<u8>,
    /// The store that a reference points to.
    references: BTreeMap<u8, u8>,
    /// The user of a credential.
    users: BTreeMap<u8, u8>,
    /// The description of a key.
    keys: BTreeMap<u8, u8>,
}

impl Model {
    /// Does an act, or says why it is refused.
    fn act(&mut self, act: &Act) -> &'static str {
        match *act {
            Act::CreateStore(store) => {
                if self.stores.insert(store) {
                    "success"
                } else {
                    "store_exists"
                }
            }
            Act::DeleteStore(store) if !self.stores.contains(&store) => "no_such_store",
            Act::DeleteStore(store) if self.references.values().any(|of| *of == store) => "store_referenced",
            Act::DeleteStore(store) => done(self.stores.remove(&store)),
            Act::CreateReference(reference, _) if self.references.contains_key(&reference) => "reference_exists",
            Act::MoveReference(reference, _) if !self.references.contains_key(&reference) => "no_such_reference",
            Act::CreateReference(_, store) if !self.stores.contains(&store) => "reference_created_without_store",
            Act::MoveReference(_, store) if !self.stores.contains(&store) => "reference_updated_without_store",
            Act::CreateReference(reference, store) | Act::MoveReference(reference, store) => {
                self.references.insert(reference, store);
                "success"
            }
            Act::DeleteReference(reference) => {
                if self.references.remove(&reference).is_some() {
                    "success"
                } else {
                    "no_such_reference"
                }
            }
            Act::CreateUser(name, _) if self.users.contains_key(&name) => "artifact_exists",
            Act::UpdateUser(name, _) if !self.users.contains_key(&name) => "artifact_missing",
            Act::CreateUser(name, user) | Act::UpdateUser(name, user) => {
                self.users.insert(name, user);
                "success"
            }
            Act::DeleteUser(name) => {
                if self.users.remove(&name).is_some() {
                    "success"
                } else {
                    "artifact_not_found"
                }
            }
            Act::CreateKey(key, _) if self.keys.contains_key(&key) => "key_exists",
            Act::CreateKey(key, description) => done(self.keys.insert(key, description).is_none()),
            Act::RenameKey(key, _) | Act::DescribeKey(key, _) | Act::DeleteKey(key)
                if !self.keys.contains_key(&key) =>
            {
                "key_not_found"
            }
            Act::RenameKey(key, to) if key != to && self.keys.contains_key(&to) => "key_name_taken",
            Act::RenameKey(key, to) => {
                let description = self.keys.remove(&key).unwrap();
                done(self.keys.insert(to, description).is_none())
            }
            Act::DescribeKey(key, description) => done(self.keys.insert(key, description).is_some()),
            Act::DeleteKey(key) => done(self.keys.remove(&key).is_some()),
            Act::Snapshot | Act::Restore | Act::Reset => "success",
        }
    }
}

fn done(is_as_expected: bool) -> &'static str {
    assert!(is_as_expected, "the model contradicts itself");
    "success"
}

/// The same act, on a world.
fn perform(worlds: &Worlds, act: &Act) -> Response {
    let reference = |reference: u8, store: u8| json!({"name": format!("r{reference}"), "certificateStoreName": format!("s{store}")});
    let user = |name: u8, user: u8| json!({"Name": format!("u{name}"), "Kind": "default", "Description": "", "User": format!("user{user}"), "Password": "p"});
    let described = |key: u8, description: u8| {
        json!({"name": format!("k{key}"), "description": format!("d{description}"), "keyType": "PUBLIC_KEY",
            "cryptoKeyInfoEnvironmentList": [{"environmentName": "production", "content": "AAAA"}]})
    };
    let send = |method: &str, path: String, body: Value| send(worlds, method, &path, &body);
    match *act {
        Act::CreateStore(store) => send(
            "POST",
            format!("{MANAGEMENT}/CertificateStores"),
            json!({"name": format!("s{store}"), "storeType": "TRUSTSTORE"}),
        ),
        Act::DeleteStore(store) => send("DELETE", format!("{MANAGEMENT}/CertificateStores('s{store}')"), Value::Null),
        Act::CreateReference(name, store) => {
            send("POST", format!("{MANAGEMENT}/CertificateStoreReferences"), reference(name, store))
        }
        Act::MoveReference(name, store) => {
            send("PUT", format!("{MANAGEMENT}/CertificateStoreReferences('r{name}')"), reference(name, store))
        }
        Act::DeleteReference(name) => {
            send("DELETE", format!("{MANAGEMENT}/CertificateStoreReferences('r{name}')"), Value::Null)
        }
        Act::CreateUser(name, of) => send("POST", USERS.to_owned(), user(name, of)),
        Act::UpdateUser(name, of) => send("PUT", format!("{USERS}('u{name}')"), user(name, of)),
        Act::DeleteUser(name) => send("DELETE", format!("{USERS}('u{name}')"), Value::Null),
        Act::CreateKey(key, description) => send("POST", format!("{KEYS}/"), described(key, description)),
        Act::RenameKey(key, to) => send("PUT", format!("{KEYS}/k{key}/"), json!({"name": format!("k{to}")})),
        Act::DescribeKey(key, description) => send(
            "PUT",
            format!("{KEYS}/k{key}/"),
            json!({"name": format!("k{key}"), "description": format!("d{description}")}),
        ),
        Act::DeleteKey(key) => send("DELETE", format!("{KEYS}/k{key}/"), Value::Null),
        Act::Snapshot => send("PUT", "/_certmimic/snapshots/kept".to_owned(), Value::Null),
        Act::Restore => send("POST", "/_certmimic/snapshots/kept/restore".to_owned(), Value::Null),
        Act::Reset => send("POST", "/_certmimic/reset".to_owned(), Value::Null),
    }
}

/// What a world holds, by what its lists say.
fn held(worlds: &Worlds) -> Model {
    let number = |value: &Value| {
        value.as_str().unwrap().trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u8>().unwrap()
    };
    let list = |path: &str| read(worlds, path)["d"]["results"].as_array().unwrap().clone();
    let pairs = |list: Vec<Value>, key: &str, value: &str| {
        list.iter().map(|one| (number(&one[key]), number(&one[value]))).collect()
    };
    Model {
        stores: list(&format!("{MANAGEMENT}/CertificateStores")).iter().map(|store| number(&store["name"])).collect(),
        references: pairs(list(&format!("{MANAGEMENT}/CertificateStoreReferences")), "name", "certificateStoreName"),
        users: pairs(list(USERS), "Name", "User"),
        keys: pairs(read(worlds, &format!("{KEYS}/"))["resultList"].as_array().unwrap().clone(), "name", "description"),
    }
}

fn acts() -> impl Strategy<Value = Act> {
    let name = || 0..4_u8;
    let two = || (name(), name());
    prop_oneof![
        3 => name().prop_map(Act::CreateStore),
        2 => name().prop_map(Act::DeleteStore),
        4 => two().prop_map(|(a, b)| Act::CreateReference(a, b)),
        3 => two().prop_map(|(a, b)| Act::MoveReference(a, b)),
        2 => name().prop_map(Act::DeleteReference),
        3 => two().prop_map(|(a, b)| Act::CreateUser(a, b)),
        2 => two().prop_map(|(a, b)| Act::UpdateUser(a, b)),
        2 => name().prop_map(Act::DeleteUser),
        3 => two().prop_map(|(a, b)| Act::CreateKey(a, b)),
        2 => two().prop_map(|(a, b)| Act::RenameKey(a, b)),
        2 => two().prop_map(|(a, b)| Act::DescribeKey(a, b)),
        2 => name().prop_map(Act::DeleteKey),
        1 => Just(Act::Snapshot),
        1 => Just(Act::Restore),
        1 => Just(Act::Reset),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_act_ends_as_in_the_model_and_leaves_what_it_leaves_there(acts in prop::collection::vec(acts(), 1..60)) {
        let worlds = worlds();
        let mut model = Model::default();
        let mut kept = model.clone();
        perform(&worlds, &Act::Snapshot);
        for (at, act) in acts.iter().enumerate() {
            let expected = model.act(act);
            match act {
                Act::Snapshot => kept = model.clone(),
                Act::Restore => model = kept.clone(),
                Act::Reset => model = Model::default(),
                _ => {}
            }
            let response = perform(&worlds, act);
            prop_assert_eq!(outcome(&response), expected, "act {}: {:?}: {:?}", at, act, response.body);
            prop_assert_eq!(&held(&worlds), &model, "after act {}: {:?}", at, act);
        }
    }
}

/// What one client did to a name, and when: the answer came after everything that happened before its end.
#[derive(Debug, Clone, Copy)]
struct Event {
    begin: u64,
    end: u64,
    asked: Asked,
    /// Whether it succeeded; of a read, what it found.
    answered: Result<Option<u8>, ()>,
}

#[derive(Debug, Clone, Copy)]
enum Asked {
    Create(u8),
    Update(u8),
    Delete,
    Read,
}

/// What the answer would be if a name stood for this, and what it stands for then.
fn step(value: Option<u8>, asked: Asked) -> (Result<Option<u8>, ()>, Option<u8>) {
    match (asked, value) {
        (Asked::Create(new), None) | (Asked::Update(new), Some(_)) => (Ok(None), Some(new)),
        (Asked::Delete, Some(_)) => (Ok(None), None),
        (Asked::Read, Some(_)) => (Ok(value), value),
        (Asked::Create(_), Some(_)) | (Asked::Update(_) | Asked::Delete | Asked::Read, None) => (Err(()), value),
    }
}

/// Whether the events could have happened one after the other, in an order that no clock contradicts (Wing and Gong's search, which
/// goes no way twice).
fn is_linearizable(events: &[Event]) -> bool {
    assert!(events.len() <= 64);
    let all = if events.len() == 64 { u64::MAX } else { (1 << events.len()) - 1 };
    let (mut open, mut seen) = (vec![(0_u64, None)], HashSet::new());
    while let Some((done, value)) = open.pop() {
        if done == all {
            return true;
        }
        if !seen.insert((done, value)) {
            continue;
        }
        let left = || events.iter().enumerate().filter(move |(at, _)| done & (1 << at) == 0);
        let first_end = left().map(|(_, event)| event.end).min().unwrap();
        for (at, event) in left().filter(|(_, event)| event.begin <= first_end) {
            let (answer, after) = step(value, event.asked);
            if answer == event.answered {
                open.push((done | (1 << at), after));
            }
        }
    }
    false
}

/// A set of things that clients make and change by name.
struct Resource {
    create: fn(&str, u8) -> (String, Value),
    update: fn(&str, u8) -> (String, Value),
    path: fn(&str) -> String,
    value: fn(&Value) -> Option<&str>,
}

const RESOURCES: [Resource; 3] = [
    Resource {
        create: |name, value| {
            (
                format!("{MANAGEMENT}/CertificateStoreReferences"),
                json!({"name": name, "certificateStoreName": format!("s{value}")}),
            )
        },
        update: |name, value| {
            (
                format!("{MANAGEMENT}/CertificateStoreReferences('{name}')"),
                json!({"name": name, "certificateStoreName": format!("s{value}")}),
            )
        },
        path: |name| format!("{MANAGEMENT}/CertificateStoreReferences('{name}')"),
        value: |body| body["d"]["certificateStoreName"].as_str(),
    },
    Resource {
        create: |name, value| {
            (
                USERS.to_owned(),
                json!({"Name": name, "Kind": "default", "Description": "", "User": format!("u{value}"), "Password": "p"}),
            )
        },
        update: |name, value| {
            (
                format!("{USERS}('{name}')"),
                json!({"Name": name, "Kind": "default", "Description": "", "User": format!("u{value}"), "Password": "p"}),
            )
        },
        path: |name| format!("{USERS}('{name}')"),
        value: |body| body["d"]["User"].as_str(),
    },
    Resource {
        create: |name, value| {
            let environments = json!([{"environmentName": "production", "content": "AAAA"}]);
            (
                format!("{KEYS}/"),
                json!({"name": name, "description": format!("d{value}"), "keyType": "PUBLIC_KEY", "cryptoKeyInfoEnvironmentList": environments}),
            )
        },
        update: |name, value| (format!("{KEYS}/{name}/"), json!({"name": name, "description": format!("d{value}")})),
        path: |name| format!("{KEYS}/{name}/"),
        value: |body| body["resultList"][0]["description"].as_str(),
    },
];

impl Resource {
    fn ask(&self, worlds: &Worlds, name: &str, asked: Asked) -> Result<Option<u8>, ()> {
        let response = match asked {
            Asked::Create(value) => {
                let (path, body) = (self.create)(name, value);
                send(worlds, "POST", &path, &body)
            }
            Asked::Update(value) => {
                let (path, body) = (self.update)(name, value);
                send(worlds, "PUT", &path, &body)
            }
            Asked::Delete => send(worlds, "DELETE", &(self.path)(name), &Value::Null),
            Asked::Read => send(worlds, "GET", &(self.path)(name), &Value::Null),
        };
        assert_ne!(response.status.as_u16() / 100, 5, "{asked:?}: {:?}", response.diagnosis);
        if !response.status.is_success() {
            return Err(());
        }
        let read = matches!(asked, Asked::Read).then(|| serde_json::from_slice::<Value>(&response.body).unwrap());
        Ok(read.map(|body| (self.value)(&body).unwrap()[1..].parse().unwrap()))
    }
}

#[test]
fn what_thirty_two_clients_do_to_a_name_at_once_could_have_been_done_one_after_the_other() {
    const CLIENTS: u8 = 32;
    const NAMES: u8 = 4;
    for resource in &RESOURCES {
        let worlds = worlds();
        for store in 0..CLIENTS {
            assert_eq!(outcome(&perform(&worlds, &Act::CreateStore(store))), "success");
        }
        for round in 0..10 {
            let (clock, start) = (AtomicU64::new(0), Barrier::new(CLIENTS.into()));
            let client = |client: u8| {
                start.wait();
                let name = format!("n{round}-{}", client % NAMES);
                let acts = [Asked::Create(client), Asked::Read, Asked::Update(client), Asked::Delete, Asked::Read];
                let turn = usize::from(client / NAMES + round);
                (0..4)
                    .map(|at| {
                        let asked = acts[(turn + at) % acts.len()];
                        let begin = clock.fetch_add(1, Ordering::SeqCst);
                        let answered = resource.ask(&worlds, &name, asked);
                        let end = clock.fetch_add(1, Ordering::SeqCst);
                        (client % NAMES, Event { begin, end, asked, answered })
                    })
                    .collect::<Vec<_>>()
            };
            let events: Vec<(u8, Event)> = thread::scope(|scope| {
                let client = &client;
                let running: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(move || client(number))).collect();
                running.into_iter().flat_map(|client| client.join().unwrap()).collect()
            });
            for name in 0..NAMES {
                let of_name: Vec<Event> =
                    events.iter().filter(|(of, _)| *of == name).map(|(_, event)| *event).collect();
                assert!(is_linearizable(&of_name), "{of_name:#?}");
            }
        }
    }
}

#[test]
fn what_no_order_explains_is_found() {
    let event = |begin, end, asked, answered| Event { begin, end, asked, answered };
    let created = event(0, 1, Asked::Create(1), Ok(None));
    assert!(is_linearizable(&[created, event(2, 3, Asked::Read, Ok(Some(1)))]));
    assert!(!is_linearizable(&[created, event(2, 3, Asked::Read, Err(()))]), "what was made is not there");
    assert!(!is_linearizable(&[created, event(2, 3, Asked::Create(2), Ok(None))]), "one name is given twice");
    let at_once = [event(0, 3, Asked::Create(1), Ok(None)), event(1, 2, Asked::Read, Err(()))];
    assert!(is_linearizable(&at_once), "what happens at once may have happened in either order");
}
