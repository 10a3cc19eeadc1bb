//! The JSON Schema of scenario files finds in an editor what the program would refuse, and nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use certmimic::effects::Timestamp;
use certmimic::scenario::{BUILT_IN, Form, Source, export, load, schema, write};
use certmimic::seed::{DURATION, MOMENT, SPAN, moment, span};
use jsonschema::Validator;
use serde_json::{Value, json};

/// Something with a date or a span wherever one can stand; `{}` is to be replaced.
const PLACES: &[&str] = &[
    "clock: { now: '{}', mode: frozen }",
    "sap_api_management: { certificate_stores: [{ name: a, type: TRUSTSTORE, certificates: [{ name: a, generate: { common_name: a, key: ec-p256, valid: ['{}', '+3650d'] } }] }] }",
    "sap_api_management: { certificate_stores: [{ name: a, type: TRUSTSTORE, life_cycle: { created_at: '{}' } }] }",
    "sap_api_management: { key_value_maps: [{ name: a, life_cycle: { changed_at: '{}' } }] }",
    "sap_cloud_integration: { user_credentials: [{ name: a, deployed: { by: a, at: '{}' } }] }",
    "sap_cloud_integration: { access_policies: [{ role_name: a, transferred: '{}' }] }",
    "apinizer: { users: [{ username: u, password: p }], tokens: [{ token: t, username: u, expires: '{}' }] }",
    "apinizer: { projects: [{ name: p, jwks: [{ name: j, not_before: '{}', jwk: { kty: oct, k: AAAA } }] }] }",
    "apinizer: { projects: [{ name: p, jwks: [{ name: j, expires: '{}', jwk: { kty: oct, k: AAAA } }] }] }",
];

const SPANS: &[&str] = &[
    "clock: { mode: stepping, step: '{}' }",
    "faults: [{ delay: '{}' }]",
    "behaviour: { sap_cloud_integration: { deployment_delay: '{}' } }",
];

const IDENTIFIERS: &[&str] =
    &["apinizer: { projects: [{ name: p, id: '{}' }] }", "apinizer: { environments: [{ name: e, id: '{}' }] }"];

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("the schema is one")
}

/// Whether the schema takes a text, and whether the program does.
fn taken(validator: &Validator, yaml: &str) -> [bool; 2] {
    let text = format!("certmimic: 1\n{yaml}\n");
    let document: Value = serde_saphyr::from_str(&text).unwrap();
    [validator.is_valid(&document), load(&[Source::Sent { text }]).is_ok()]
}

#[test]
fn it_says_what_it_is() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["$id"], "urn:certmimic:scenario:1");
    assert_eq!(schema["title"], "certmimic scenario");
}

#[test]
fn dates_and_spans_are_found_wherever_they_stand() {
    let validator = validator();
    for (places, good, bad) in [
        (PLACES, &["-1d", "2026-01-15", "2026-01-15T08:00:00Z"][..], &["-10days", "10d", "2026-13-01", "soon", ""][..]),
        (SPANS, &["750ms", "10m"], &["10days", "1.5h", "m", ""]),
        (IDENTIFIERS, &["0123456789abcdefABCDEF01"], &["0123456789abcdefABCDEF0", "0123456789abcdefABCDEF0g"]),
    ] {
        for place in places {
            for (texts, expected) in [(good, true), (bad, false)] {
                for text in texts {
                    let yaml = place.replace("{}", text);
                    assert_eq!(taken(&validator, &yaml), [expected; 2], "{yaml}");
                }
            }
        }
    }
}

#[test]
fn a_pattern_takes_what_the_program_reads() {
    let now = Timestamp::from_seconds(1_768_464_000);
    let of = |pattern: &str| jsonschema::validator_for(&json!({"type": "string", "pattern": pattern})).unwrap();
    let (moments, spans, durations) = (of(MOMENT), of(SPAN), of(DURATION));
    for text in [
        "now",
        " now ",
        "-1s",
        "+355d",
        "-0ms",
        "+3w",
        "1d",
        "+1y",
        "++1d",
        "+1d2h",
        "+ 1d",
        "2026-01-15",
        " 2026-01-15 ",
        "2026-1-15",
        "2026-00-15",
        "2026-01-32",
        "2026-01-15T08:00:00Z",
        "2026-01-15t08:00:00z",
        "2026-01-15T08:00:00.123Z",
        "2026-01-15T08:00:00+02:00",
        "2026-01-15T08:00:00-2:00",
        "2026-01-15T08:00Z",
        "2026-01-15T24:00:00Z",
        "2026-01-15T08:60:00Z",
        "2026-01-15T08:00:00",
        "26-01-15",
        "9999-12-31T23:59:59Z",
        "0001-01-01",
        "today",
        "",
        "-",
        "é",
    ] {
        assert_eq!(moments.is_valid(&json!(text)), moment(text, now).is_ok(), "{text:?}");
        assert_eq!(spans.is_valid(&json!(text)), span(text).is_ok(), "{text:?}");
        assert_eq!(durations.is_valid(&json!(text)), span(text).is_ok() && !text.contains('-'), "{text:?}");
    }
}

#[test]
fn what_is_shipped_and_what_is_exported_fits() {
    let validator = validator();
    for scenario in BUILT_IN {
        let loaded = load(&[Source::BuiltIn(scenario.name.to_owned())]).unwrap();
        let exported = write(&export(&loaded), Form::Json).unwrap();
        for document in [serde_saphyr::from_str(scenario.yaml).unwrap(), serde_json::from_str(&exported).unwrap()] {
            let document: Value = document;
            if let Err(error) = validator.validate(&document) {
                panic!("{}: {error} at {}", scenario.name, error.instance_path());
            }
        }
    }
}

/// With everything in it that has a date, a span or an identifier.
#[test]
fn what_is_exported_of_all_sections_fits() {
    let validator = validator();
    for place in
        PLACES.iter().map(|place| place.replace("{}", "-1d")).chain(SPANS.iter().map(|place| place.replace("{}", "2s")))
    {
        let loaded = load(&[Source::Sent { text: format!("certmimic: 1\n{place}\n") }]).unwrap();
        let exported: Value = serde_json::from_str(&write(&export(&loaded), Form::Json).unwrap()).unwrap();
        if let Err(error) = validator.validate(&exported) {
            panic!("{place}: {error} at {}", error.instance_path());
        }
    }
}
