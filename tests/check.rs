//! `certmimic check`: what is wrong is named in the scenario's own words, where it stands, with what was probably meant.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]
#![allow(clippy::indexing_slicing, reason = "a test may")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;

use std::path::Path;

use certmimic::seed::Code;
use process::{folder, run, text, within};
use serde_json::{Value, json};

fn found(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<Value>) {
    let output = within(folder, &[&["check", "--format", "json"], arguments].concat());
    assert_eq!(text(&output.stderr), "");
    let Value::Array(flaws) = serde_json::from_slice(&output.stdout).unwrap() else { panic!("no array") };
    (output.status.code(), flaws)
}

/// The misspelt name, what it is called, and which was meant; `«…»` marks where it stands.
const NAMES: &[(&str, &str, &str)] = &[
    (
        "sap_api_management: { certificate_stores: [{ name: ts, type: TRUSTSTORE }], certificate_store_references: [{ name: r, certificate_store_name: «tss» }] }",
        "certificate store",
        "ts",
    ),
    (
        "sap_api_management: { certificate_stores: [{ name: ts, type: TRUSTSTORE }], certificate_store_references: [{ name: r, certificate_store_name: «tx», store_type: TRUSTSTORE }] }",
        "certificate store",
        "ts",
    ),
    (
        "sap_api_management: { certificate_stores: [{ name: gateway, type: KEYSTORE, certificates: [{ name: a, generate: { common_name: a } }] }], virtual_hosts: [{ custom_domain: a.example, key_store: «gatway», key_store_alias: a }] }",
        "certificate store",
        "gateway",
    ),
    (
        "sap_api_management: { certificate_stores: [{ name: gateway, type: KEYSTORE, certificates: [{ name: new, generate: { common_name: a } }] }], virtual_hosts: [{ custom_domain: a.example, key_store: gateway, key_store_alias: «mew» }] }",
        "certificate in key store \"gateway\"",
        "new",
    ),
    (
        "sap_api_management: { certificate_stores: [{ name: ts, type: TRUSTSTORE }], certificate_store_references: [{ name: in-use, certificate_store_name: ts }], virtual_hosts: [{ alias: a, trust_store: «ref://in-usse» }] }",
        "certificate store reference",
        "ref://in-use",
    ),
    ("sap_api_management: { api_providers: [{ name: a, hots: «b» }] }", "property", "host"),
    (
        "sap_cloud_integration: { access_policies: [{ role_name: a, artifact_references: [{ type: «INTEGRATIONFLOW», condition_attribute: ID, condition_type: exactString }] }] }",
        "type of artifacts",
        "INTEGRATION_FLOW",
    ),
    (
        "sap_cloud_integration: { access_policies: [{ role_name: a, artifact_references: [{ type: INTEGRATION_FLOW, condition_attribute: «name», condition_type: exactString }] }] }",
        "attribute of artifacts",
        "Name",
    ),
    (
        "sap_cloud_integration: { access_policies: [{ role_name: a, artifact_references: [{ type: INTEGRATION_FLOW, condition_attribute: ID, condition_type: «regularExpresion» }] }] }",
        "type of conditions",
        "regularExpression",
    ),
    (
        "sap_cloud_integration: { oauth2_client_credentials: [{ name: a, token_service_url: u, client_id: c, client_secret: s, custom_parameters: [{ key: k, value: v, send_as_part_of: «headers» }] }] }",
        "part of a token request",
        "header",
    ),
    (
        "clients: [{ id: a, secret: s, roles: [MonitoringDataRead, «SecurityMaterialEdt»] }]",
        "role that a system checks",
        "SecurityMaterialEdit",
    ),
    ("apinizer: { users: [{ username: ada, password: x, roles: [«ROLE_ADMN»] }] }", "role", "ROLE_ADMIN"),
    ("apinizer: { users: [{ username: ada, password: x }], tokens: [{ token: t, username: «adaa» }] }", "user", "ada"),
    (
        "apinizer: { users: [{ username: ada, password: x }], projects: [{ name: p, members: [«adda»] }] }",
        "user",
        "ada",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, environments: [«prodution»] }] }",
        "environment",
        "production",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, certificates: [{ name: c, environments: [production, «prodution»], file: fixture:ca/root-ca.pem }] }] }",
        "environment",
        "production",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, certificates: [{ name: c, entries: [{ environment: «prodution», alias: a, certificate: fixture:ca/root-ca.pem }] }] }] }",
        "environment",
        "production",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, keystores: [{ name: k, type: JKS, environments: [«prod»], file: fixture:stores/keystore.jks }] }] }",
        "environment",
        "production",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, keystores: [{ name: k, entries: [{ environment: «Producton», type: JKS, file: fixture:stores/keystore.jks }] }] }] }",
        "environment",
        "production",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, keystores: [{ name: k, type: «PKCS11», environments: [production], file: fixture:stores/keystore.p12 }] }] }",
        "type of keystores",
        "PKCS12",
    ),
    (
        "apinizer: { environments: [production], projects: [{ name: p, keys: [{ name: k, type: RSA, entries: [{ environments: [«productions»], private_key: fixture:keys/rsa.pem }] }] }] }",
        "environment",
        "production",
    ),
    ("apinizer: { projects: [{ name: p, keys: [{ name: k, type: «PRIVATKEY» }] }] }", "type of keys", "PRIVATE_KEY"),
    (
        "apinizer: { projects: [{ name: p, keys: [{ name: k, type: SECRET_KEY, algorithm: «DESEDE» }] }] }",
        "algorithm of keys",
        "DESede",
    ),
    (
        "apinizer: { projects: [{ name: p, jwks: [{ name: j, source_type: «COPYPASTE», jwk: { kty: oct, k: AAAA } }] }] }",
        "source type",
        "COPY_PASTE",
    ),
    (
        "apinizer: { projects: [{ name: p, jwks: [{ name: j, use: «SIGNATUR», jwk: { kty: oct, k: AAAA } }] }] }",
        "use of keys",
        "SIGNATURE",
    ),
    (
        "apinizer: { environments: [e], projects: [{ name: admin, certificates: [{ name: shared, environments: [e], file: fixture:ca/root-ca.pem }] }, { name: p, jwks: [{ name: j, source: { certificate: «shard», environment: e }, jwk: { kty: oct, k: AAAA } }] }] }",
        "certificate in the project or in admin",
        "shared",
    ),
    ("faults: [{ on: { operation: «ci.entry.raed» }, delay: 1s }]", "operation", "ci.entry.read"),
    ("faults: [{ on: { method: «DELTE» }, delay: 1s }]", "method", "DELETE"),
    ("faults: [{ respond: { outcome: «keystore_loked» } }]", "outcome", "keystore_locked"),
    (
        "apinizer: { environments: [production] }\nfaults: [{ deployment_fails: { prodction: «down» } }]",
        "environment",
        "production",
    ),
];

#[test]
fn a_name_of_nothing_is_told_at_its_place_with_the_nearest_that_is_there() {
    let folder = folder("names");
    for (marked, what, meant) in NAMES {
        let yaml = format!("certmimic: 1\n{}\n", marked.replace(['«', '»'], ""));
        std::fs::write(folder.join("mine.yaml"), &yaml).unwrap();
        let (code, flaws) = found(&folder, &["mine.yaml"]);
        assert_eq!((code, flaws.len()), (Some(2), 1), "{yaml}{flaws:?}");
        let flaw = &flaws[0];
        let (before, rest) = marked.split_once('«').unwrap();
        let (line, column) = (before.lines().count() + 1, before.lines().last().unwrap().chars().count() + 1);
        assert_eq!((&flaw["line"], &flaw["column"]), (&json!(line), &json!(column)), "{flaw}");
        let message = flaw["message"].as_str().unwrap();
        // At a value whose key is wrong, the message names the key.
        let word = rest.split('»').next().unwrap();
        let key = before.trim_end_matches(": ").rsplit([' ', '{']).next().unwrap();
        let told = |word: &str| message.contains(&format!("there is no {what} \"{word}\": did you mean \"{meant}\"?"));
        assert!(told(word) || told(key), "{message}");
        assert_eq!(flaw["expected"][0], *meant, "{flaw}");
        assert!(["unknown_name", "unknown_word"].contains(&flaw["code"].as_str().unwrap()), "{flaw}");
    }
}

#[test]
fn what_is_there_but_does_not_do_is_told_in_the_words_of_the_scenario() {
    let folder = folder("unfit");
    for (yaml, place, message) in [
        (
            "sap_api_management: { certificate_stores: [{ name: ts, type: TRUSTSTORE }], virtual_hosts: [{ custom_domain: a.example, key_store: ts, key_store_alias: a }] }",
            "sap_api_management.virtual_hosts[0].key_store",
            "the certificate store \"ts\" is no KEYSTORE",
        ),
        (
            "apinizer: { environments: [a, b], projects: [{ name: p, environments: [a], certificates: [{ name: c, environments: [b], file: fixture:ca/root-ca.pem }] }] }",
            "apinizer.projects[0].certificates[0].environments[0]",
            "the project \"p\" does not reach the environment \"b\": did you mean \"a\"? Known here: a",
        ),
        (
            "apinizer: { environments: [a, b], projects: [{ name: p, certificates: [{ name: c, environments: [a], file: fixture:ca/root-ca.pem }], jwks: [{ name: j, source: { certificate: c, environment: b }, jwk: { kty: oct, k: AAAA } }] }] }",
            "apinizer.projects[0].jwks[0].source.environment",
            "the certificate \"c\" is not in the environment \"b\": did you mean \"a\"? Known here: a",
        ),
        (
            "apinizer: { projects: [{ name: p }, { name: p }] }",
            "apinizer.projects[1].name",
            "the project p is listed twice",
        ),
        (
            "sap_api_management: { certificate_stores: [{ name: ts, type: TRUSTSTORE }, { name: ts, type: KEYSTORE }] }",
            "sap_api_management.certificate_stores[1].name",
            "the certificate store ts is listed twice",
        ),
    ] {
        std::fs::write(folder.join("mine.yaml"), format!("certmimic: 1\n{yaml}\n")).unwrap();
        let (_, flaws) = found(&folder, &["mine.yaml"]);
        assert_eq!(flaws[0]["message"], format!("{place}: {message}"), "{flaws:?}");
    }
}

#[test]
fn programs_are_told_what_people_are() {
    let folder = folder("json");
    std::fs::write(folder.join("sound.yaml"), "certmimic: 1\n").unwrap();
    assert_eq!(found(&folder, &["sound.yaml", "quickstart"]), (Some(0), Vec::new()));
    std::fs::write(folder.join("bad.yaml"), "certmimic: 1\nsede: 7\nclock: { mode: freeze, now: 2026-13-45 }\n")
        .unwrap();
    let (code, flaws) = found(&folder, &["bad.yaml", "none.yaml"]);
    assert_eq!(code, Some(2));
    let members = |flaw: &Value| ["file", "line", "column", "code"].map(|member| flaw[member].clone());
    assert_eq!(members(&flaws[0]), [json!("bad.yaml"), json!(2), json!(1), json!("unknown_key")]);
    assert_eq!(flaws[0]["expected"][0], "seed");
    assert_eq!(members(&flaws[1]), [json!("bad.yaml"), json!(3), json!(16), json!("unknown_word")]);
    assert_eq!(flaws[1]["expected"], json!(["frozen", "running", "stepping"]));
    assert!(flaws[1]["message"].as_str().unwrap().contains("did you mean \"frozen\"?"));
    assert_eq!(members(&flaws[2]), [json!("none.yaml"), Value::Null, Value::Null, json!("unreadable")]);
    let told = text(&within(&folder, &["check", "bad.yaml", "none.yaml"]).stderr);
    for flaw in &flaws {
        assert!(told.contains(flaw["message"].as_str().unwrap()), "{told}");
    }
}

#[test]
fn each_kind_of_mistake_has_its_code() {
    let folder = folder("codes");
    for (yaml, code) in [
        ("a: [1", "syntax"),
        ("certmimic: 1\nseed: 1\nseed: 2", "duplicate_key"),
        ("certmimic: 1\nsede: 1", "unknown_key"),
        ("certmimic: 1\nlint: of", "unknown_word"),
        ("certmimic: 1\napinizer: { tokens: [{ token: t, username: u }] }", "unknown_name"),
        ("seed: 1", "missing_key"),
        ("certmimic: 1\nclients: [{ id: a, secret: s }, { id: a, secret: s }]", "duplicate_name"),
        ("certmimic: 1\nseed: many", "wrong_type"),
        ("certmimic: 2", "wrong_version"),
        ("certmimic: 1\nsap_cloud_integration: { secure_parameters: [{ name: a, secure_param: '' }] }", "refused"),
        ("certmimic: 1\nclock: { now: never }", "invalid"),
        ("certmimic: 1\napinizer: { documents: { u: { file: none } } }", "unreadable"),
    ] {
        std::fs::write(folder.join("mine.yaml"), yaml).unwrap();
        let (_, flaws) = found(&folder, &["mine.yaml"]);
        assert_eq!(flaws[0]["code"], code, "{yaml}: {flaws:?}");
        assert!(Code::ALL.iter().any(|known| known.as_str() == code));
    }
}

#[test]
fn a_composition_is_checked_as_a_whole() {
    let folder = folder("compose");
    std::fs::write(folder.join("strict.yaml"), "auth: { mode: required }\n").unwrap();
    let alone = within(&folder, &["check", "quickstart", "strict.yaml"]);
    assert_eq!(alone.status.code(), Some(2), "an overlay is no scenario");
    let whole = within(&folder, &["check", "quickstart", "strict.yaml", "--compose"]);
    assert_eq!((whole.status.code(), text(&whole.stdout).as_str()), (Some(0), "quickstart + strict.yaml: ok\n"));
    std::fs::write(folder.join("strict.yaml"), "\nauth: { mode: requird }\n").unwrap();
    let wrong = within(&folder, &["check", "quickstart", "strict.yaml", "--compose"]);
    assert_eq!(wrong.status.code(), Some(2));
    let told = text(&wrong.stderr);
    assert!(told.contains("strict.yaml:2:15: unknown value \"requird\": did you mean \"required\"?"), "{told}");
}

#[test]
fn a_misspelt_built_in_scenario_is_told_which_was_meant() {
    for arguments in [
        &["serve", "--port", "0", "--scenario", "quickstrat"][..],
        &["scenarios", "quickstrat"],
        &["check", "quickstrat"],
    ] {
        let refused = run(arguments);
        let told = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{told}");
        assert!(told.contains("did you mean \"quickstart\"?"), "{told}");
    }
}

const OBSERVATIONS: &str = "certmimic_evidence: 1\nsystem: sap_api_management\nlandscape: cf-eu10\ndate: 2026-11-29\nsource: a test\n\
                            observations:\n  - { operation: apim.store.create, outcome: store_exists, status: 400 }\n";

#[test]
fn observations_are_held_against_the_rows_that_they_are_of() {
    let folder = folder("observations");
    std::fs::write(folder.join("seen.yaml"), OBSERVATIONS).unwrap();
    std::fs::write(folder.join("other.yaml"), OBSERVATIONS.replace("400", "409")).unwrap();
    let seen = within(&folder, &["check", "--evidence", "seen.yaml"]);
    let told = text(&seen.stdout);
    assert_eq!((seen.status.code(), text(&seen.stderr).as_str()), (Some(0), ""), "{told}");
    assert!(told.starts_with("seen.yaml: ok\nseen.yaml:7:68: "), "{told}");
    assert!(told.contains("its evidence is Observed(\"sap_api_management/seen\") now"), "{told}");
    let both = within(&folder, &["check", "--evidence", "seen.yaml", "other.yaml"]);
    let told = text(&both.stderr);
    assert_eq!(both.status.code(), Some(2), "{told}");
    assert!(
        told.contains("other.yaml:7:68: observations[0].status: the row store_exists says 400, but 409 was seen"),
        "{told}"
    );
    let (status, flaws) = found(&folder, &["--evidence", "other.yaml", "none.yaml"]);
    let codes: Vec<&Value> = flaws.iter().map(|flaw| &flaw["code"]).collect();
    assert_eq!((status, codes), (Some(2), vec![&json!("invalid"), &json!("unreadable")]));
    assert_eq!(found(&folder, &["--evidence", "seen.yaml"]), (Some(0), vec![]));
    assert_eq!(within(&folder, &["check", "seen.yaml"]).status.code(), Some(2), "it is no scenario");
}
