//! Worlds come and go, snapshots are kept, and a reset leaves nothing.

use std::sync::Arc;

use certmimic::effects::Nobody;
use certmimic::scenario::{Source, load};
use certmimic::worlds::{Limits, Worlds};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::asking::{REFERENCES, add_reference, call, csrf, has_reference, send, text, worlds};

#[test]
fn worlds_are_made_listed_and_dropped() {
    let worlds = worlds();
    assert_eq!(add_reference(&worlds, "/w/one", "mine"), 201);
    call(&worlds, "PUT", "/w/one/snapshots/before", &Value::Null);
    assert_eq!(add_reference(&worlds, "/w/one", "later"), 201);
    for (name, from, mine, later) in [
        ("a", json!("world:one"), true, true),
        ("b", json!("scenario:quickstart"), false, false),
        ("c", json!("snapshot:before"), true, false),
        ("d", Value::Null, false, false),
    ] {
        let body = if from.is_null() { json!({"name": name}) } else { json!({"name": name, "from": from}) };
        let (status, made) = call(&worlds, "POST", "/w/one/worlds", &body);
        assert_eq!((status, &made["name"]), (201, &json!(name)), "{made}");
        let prefix = format!("/w/{name}");
        assert_eq!(
            (has_reference(&worlds, &prefix, "mine"), has_reference(&worlds, &prefix, "later")),
            (mine, later),
            "{name}"
        );
    }
    call(&worlds, "POST", "/w/a/reset", &Value::Null);
    assert!(!has_reference(&worlds, "/w/a", "mine"), "a fork goes back to the scenario of what it is a fork of");
    let (_, list) = call(&worlds, "GET", "worlds", &Value::Null);
    let names: Vec<&str> =
        list["worlds"].as_array().unwrap().iter().map(|world| world["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["default", "a", "b", "c", "d", "one"]);
    assert_eq!(call(&worlds, "DELETE", "worlds/a", &Value::Null).0, 200);
    assert_eq!(call(&worlds, "GET", "worlds/a", &Value::Null).0, 404);
    for (method, path, body, status, code) in [
        ("DELETE", "worlds/a", Value::Null, 404, "unknown_world"),
        ("DELETE", "worlds/default", Value::Null, 409, "default_world"),
        ("POST", "worlds", json!({"name": "b"}), 409, "world_exists"),
        ("POST", "worlds", json!({"name": "a/b"}), 400, "bad_name"),
        ("POST", "worlds", json!({"name": "x", "from": "world:nope"}), 404, "unknown_world"),
        ("POST", "worlds", json!({"name": "x", "from": "snapshot:nope"}), 404, "unknown_snapshot"),
        ("POST", "worlds", json!({"name": "x", "from": "scenario:nope"}), 404, "unknown_scenario"),
        ("POST", "worlds", json!({"name": "x", "from": "nope"}), 400, "bad_body"),
        ("POST", "worlds", json!({"name": "x", "form": "world:a"}), 400, "bad_body"),
        ("GET", "worlds?nam=x", Value::Null, 400, "unknown_parameter"),
        ("POST", "reset?scenaro=empty", Value::Null, 400, "unknown_parameter"),
    ] {
        let (actual, problem) = call(&worlds, method, path, &body);
        assert_eq!(
            (actual, &problem["code"], &problem["status"]),
            (status, &json!(code), &json!(status)),
            "{path} {body}: {problem}"
        );
    }
    let misspelt = call(&worlds, "POST", "worlds", &json!({"name": "x", "form": "world:a"})).1;
    assert!(misspelt["detail"].as_str().unwrap().contains("Did you mean \"from\"?"), "{misspelt}");
    assert_eq!(call(&worlds, "DELETE", "worlds", &Value::Null).1["worlds"].as_array().unwrap().len(), 1);
}

/// Two references are always made and lost together: a reader that sees one sees the other.
#[test]
fn readers_see_the_old_state_or_the_new_one_never_a_mix() {
    let worlds = worlds();
    add_reference(&worlds, "", "pair_1");
    add_reference(&worlds, "", "pair_2");
    call(&worlds, "PUT", "snapshots/both", &Value::Null);
    std::thread::scope(|scope| {
        let steering = scope.spawn(|| {
            for _ in 0..200 {
                call(&worlds, "POST", "reset", &Value::Null);
                call(&worlds, "POST", "snapshots/both/restore", &Value::Null);
            }
        });
        while !steering.is_finished() {
            let list = text(&send(&worlds, "GET", REFERENCES, &[], ""));
            assert_eq!(list.contains("pair_1"), list.contains("pair_2"), "{list}");
        }
    });
}

#[test]
fn too_many_worlds_are_refused_in_one_sentence() {
    let scenario = load(&[Source::BuiltIn("empty".to_owned())]).unwrap();
    let worlds = Worlds::reaching(Arc::new(Nobody), Limits { worlds: 1, ..Limits::default() }, scenario);
    assert_eq!(send(&worlds, "GET", "/w/a/api/v1/KeystoreEntries", &[], "").status, 200);
    let refused = send(&worlds, "GET", "/w/b/api/v1/KeystoreEntries", &[], "");
    assert_eq!((refused.status.as_u16(), refused.diagnosis.as_ref().unwrap().code), (503, "too_many_worlds"));
    assert!(text(&refused).contains("--worlds") && refused.headers.contains_key("certmimic-diagnosis"));
    assert_eq!(send(&worlds, "GET", "/w/a%20b/api/v1/", &[], "").status, 400);
}

#[test]
fn snapshots_are_kept_restored_and_dropped() {
    let worlds = worlds();
    assert_eq!(call(&worlds, "PUT", "snapshots/before", &Value::Null).0, 201);
    assert_eq!(add_reference(&worlds, "", "mine"), 201);
    call(&worlds, "POST", "clock/advance", &json!({"by": "1d"}));
    call(&worlds, "POST", "faults", &json!({"delay": "1ms"}));
    assert_eq!(call(&worlds, "PUT", "snapshots/after", &Value::Null).0, 201);
    assert_eq!(call(&worlds, "PUT", "snapshots/after", &Value::Null).0, 200, "replaced");
    assert_eq!(call(&worlds, "GET", "snapshots", &Value::Null).1, json!({"snapshots": ["after", "before"]}));
    let exported = call(&worlds, "GET", "state", &Value::Null).1;
    assert_eq!(call(&worlds, "GET", "snapshots/after", &Value::Null).1, exported);
    assert_eq!(call(&worlds, "POST", "snapshots/before/restore", &Value::Null).0, 200);
    assert!(!has_reference(&worlds, "", "mine"));
    assert_eq!(call(&worlds, "GET", "clock", &Value::Null).1["now"], "2026-01-15T08:00:00.000Z");
    assert_eq!(call(&worlds, "GET", "faults", &Value::Null).1, json!({"faults": []}));
    assert_eq!(call(&worlds, "POST", "snapshots/after/restore", &Value::Null).0, 200);
    assert_eq!(call(&worlds, "GET", "state", &Value::Null).1, exported);
    assert_eq!(call(&worlds, "DELETE", "snapshots/after", &Value::Null).1, json!({"snapshots": ["before"]}));
    for (method, path) in
        [("GET", "snapshots/after"), ("DELETE", "snapshots/after"), ("POST", "snapshots/after/restore")]
    {
        let (status, problem) = call(&worlds, method, path, &Value::Null);
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_snapshot")));
        assert!(problem["detail"].as_str().unwrap().contains("before"));
    }
}

#[test]
fn a_world_keeps_a_thousand_snapshots_and_as_many_faults() {
    let worlds = worlds();
    for number in 0..1_000 {
        assert_eq!(call(&worlds, "PUT", &format!("snapshots/{number}"), &Value::Null).0, 201);
    }
    let (status, problem) = call(&worlds, "PUT", "snapshots/further", &Value::Null);
    assert_eq!((status, &problem["code"]), (503, &json!("too_many_snapshots")));
    assert_eq!(call(&worlds, "PUT", "snapshots/7", &Value::Null).0, 200, "one of them may be replaced");
    call(&worlds, "DELETE", "snapshots/7", &Value::Null);
    assert_eq!(call(&worlds, "PUT", "snapshots/further", &Value::Null).0, 201);

    let fault = |id: usize| json!({"id": format!("f-{id}"), "on": {"operation": "ci.*"}, "delay": "1ms"});
    let faults = |count: usize| Value::Array((0..count).map(fault).collect());
    let (status, problem) = call(&worlds, "POST", "faults", &faults(1_001));
    assert_eq!((status, &problem["code"]), (422, &json!("bad_fault")));
    assert!(problem["flaws"][0]["message"].as_str().unwrap().contains("at most 1000 faults"), "{problem}");
    assert_eq!(call(&worlds, "POST", "faults", &faults(1_000)).0, 201);
    assert_eq!(call(&worlds, "POST", "faults", &fault(1_000)).0, 422);
    assert_eq!(call(&worlds, "POST", "faults", &fault(7)).0, 201, "one of them may be replaced");
}

/// One thing that a test suite may do to a world.
#[derive(Debug, Clone)]
enum Act {
    AddReference(u8),
    DeleteReference(u8),
    DeleteEntry(u8),
    Token,
    Csrf,
    Advance(i32),
    Freeze,
    Step,
    Fault,
    ApinizerToken,
    Replace,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        any::<u8>().prop_map(Act::AddReference),
        any::<u8>().prop_map(Act::DeleteReference),
        any::<u8>().prop_map(Act::DeleteEntry),
        Just(Act::Token),
        Just(Act::Csrf),
        any::<i32>().prop_map(Act::Advance),
        Just(Act::Freeze),
        Just(Act::Step),
        Just(Act::Fault),
        Just(Act::ApinizerToken),
        Just(Act::Replace),
    ]
}

fn perform(worlds: &Worlds, act: &Act) {
    match act {
        Act::AddReference(n) => drop(add_reference(worlds, "", &format!("r{n}"))),
        Act::DeleteReference(n) => drop(send(worlds, "DELETE", &format!("{REFERENCES}('r{n}')"), &[], "")),
        Act::DeleteEntry(n) => {
            let alias =
                ["736D74702E6D61696C2E7961686F6F2E636F6D", "6D796B657970616972", "6E6F7065"][usize::from(*n) % 3];
            drop(send(worlds, "DELETE", &format!("/api/v1/KeystoreEntries('{alias}')"), &[], ""));
        }
        Act::Token => drop(send(
            worlds,
            "POST",
            "/oauth/token?grant_type=client_credentials",
            &[("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=")],
            "",
        )),
        Act::Csrf => drop(csrf(worlds, "")),
        Act::Advance(seconds) => drop(call(worlds, "POST", "clock/advance", &json!({"by": format!("{seconds}s")}))),
        Act::Freeze => drop(call(worlds, "PUT", "clock", &json!({"mode": "frozen"}))),
        Act::Step => drop(call(worlds, "PUT", "clock", &json!({"mode": "stepping", "step": "1s"}))),
        Act::Fault => drop(call(worlds, "POST", "faults", &json!({"probability": 0.5, "respond": {"status": 503}}))),
        Act::ApinizerToken => {
            let form = "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer";
            drop(send(
                worlds,
                "POST",
                "/apiops/auth/token",
                &[("content-type", "application/x-www-form-urlencoded")],
                form,
            ));
        }
        Act::Replace => {
            let body = json!({"certmimic": 1, "seed": 9}).to_string();
            drop(send(worlds, "PUT", "/_certmimic/state", &[], &body));
        }
    }
}

fn exported(worlds: &Worlds) -> bytes::Bytes {
    send(worlds, "GET", "/_certmimic/state", &[], "").body
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reset_cannot_leak(acts in prop::collection::vec(act(), 1000)) {
        let worlds = worlds();
        let before = exported(&worlds);
        for act in &acts {
            perform(&worlds, act);
        }
        prop_assert_eq!(call(&worlds, "POST", "reset", &Value::Null).0, 200);
        prop_assert_eq!(exported(&worlds), before);
        prop_assert_eq!(call(&worlds, "GET", "requests", &Value::Null).1, json!({"requests": [], "dropped": 0}));
    }
}
