//! Scenario files: what is shipped loads and fits its schema, what is wrong is told where it is, and what is exported
//! comes back equal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use certmimic::scenario::{BUILT_IN, Flaw, Form, Scenario, Source, export, load, schema, write};

fn text(name: &str, text: &str) -> Source {
    Source::Text { name: name.to_owned(), text: text.to_owned() }
}

fn flaws(sources: &[Source]) -> Vec<Flaw> {
    load(sources).map(|scenario| scenario.name).expect_err("it is refused")
}

fn only_flaw(yaml: &str) -> (usize, usize, String) {
    let flaws = flaws(&[text("bad.yaml", yaml)]);
    assert_eq!(flaws.len(), 1, "{flaws:?}");
    (flaws[0].line, flaws[0].column, flaws[0].message.clone())
}

fn loaded(source: Source) -> Scenario {
    load(&[source]).unwrap_or_else(|flaws| panic!("{}", flaws[0]))
}

#[test]
fn every_built_in_scenario_loads_and_fits_the_schema() {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for scenario in BUILT_IN {
        assert_eq!(loaded(Source::BuiltIn(scenario.name.to_owned())).name, scenario.name);
        let document: serde_json::Value = serde_saphyr::from_str(scenario.yaml).unwrap();
        if let Err(error) = validator.validate(&document) {
            panic!("{}: {error} at {}", scenario.name, error.instance_path());
        }
    }
}

#[test]
fn what_is_exported_comes_back_equal_in_both_forms() {
    for scenario in BUILT_IN {
        let scenario = loaded(Source::BuiltIn(scenario.name.to_owned()));
        let document = export(&scenario);
        for form in [Form::Yaml, Form::Json] {
            let text = write(&document, form).unwrap();
            let again = loaded(Source::Sent { text: text.clone() });
            assert_eq!(export(&again), document, "{} as {form:?}\n{text}", scenario.name);
            assert_eq!(format!("{:?}", again.state), format!("{:?}", scenario.state));
        }
    }
}

/// Secrets, numbers and order included.
#[test]
fn credentials_policies_and_maps_come_back_equal() {
    let yaml = "
certmimic: 1
sap_api_management:
  key_value_maps: [{ name: m, scope: ENV, encrypted: true, values: [{ name: k, value: hunter2 }, { name: empty }] }]
  generic_key_value_maps: [{ name: m, scope: APIPROXY, scope_id: p, values: [{ name: k, value: v }] }]
sap_cloud_integration:
  user_credentials: [{ name: z, password: hunter2 }, { name: a, kind: successfactors, company_id: c }]
  oauth2_client_credentials:
    - name: o
      token_service_url: https://crm.example/token
      client_id: c
      client_secret: hunter2
      custom_parameters: [{ key: k, value: v, send_as_part_of: header }]
  secure_parameters: [{ name: s, secure_param: hunter2 }]
  access_policies:
    - role_name: a
      artifact_references: [{ type: DATA_TYPE, condition_attribute: Name, condition_type: exactString }]
";
    let scenario = loaded(text("credentials.yaml", yaml));
    assert!(!format!("{:?}", scenario.state).contains("hunter2"), "debugging output has a secret");
    let document = export(&scenario);
    let written = write(&document, Form::Yaml).unwrap();
    assert_eq!(written.matches("hunter2").count(), 4, "{written}");
    let again = loaded(Source::Sent { text: written });
    assert_eq!(export(&again), document);
    assert_eq!(
        format!("{:?}", again.state.sap_cloud_integration),
        format!("{:?}", scenario.state.sap_cloud_integration)
    );
}

#[test]
fn an_unknown_key_is_told_with_its_position_and_the_nearest_spelling() {
    let (line, column, message) = only_flaw("certmimic: 1\nsede: 7\n");
    assert_eq!((line, column), (2, 1));
    assert!(message.starts_with("unknown key \"sede\": did you mean \"seed\"?"), "{message}");
}

#[test]
fn the_same_holds_for_json() {
    let (line, column, message) = only_flaw("{\n  \"certmimic\": 1,\n  \"sede\": 7\n}");
    assert_eq!((line, column), (3, 3));
    assert!(message.contains("\"seed\""), "{message}");
}

#[test]
fn the_version_of_the_format_must_be_there_and_known() {
    assert!(only_flaw("certmimic: one\nseed: 1\n").2.contains("whole number"));
    assert!(only_flaw("seed: 1\n").2.contains("\"certmimic\""));
    let (line, column, message) = only_flaw("name: a\ncertmimic: 2\n");
    assert_eq!((line, column), (2, 12));
    assert!(message.contains("version 1"), "{message}");
}

#[test]
fn each_section_tells_its_fault_in_the_order_of_the_text() {
    let yaml = "certmimic: 1\napinizer: { users: [{ username: a }] }\nsede: 1\nclock: { mode: frosen }\n";
    let flaws = flaws(&[text("bad.yaml", yaml)]);
    assert_eq!(flaws.iter().map(|flaw| flaw.line).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn a_switch_with_an_unknown_value_is_told_what_it_takes() {
    let wrong =
        |system: &str, switch: &str| only_flaw(&format!("certmimic: 1\nbehaviour: {{ {system}: {{ {switch} }} }}\n")).2;
    let limit = wrong("sap_api_management", "virtual_host_limit: many");
    assert_eq!(limit, "expected a whole number from 0, or \"unlimited\"");
    let dialect = wrong("apinizer", "dialect: g3");
    assert_eq!(dialect, "unknown value \"g3\": did you mean \"g1\"? Known here: g1, g2");
}

#[test]
fn a_fault_that_could_never_do_what_it_says_is_refused() {
    let wrong = |fault: &str| only_flaw(&format!("certmimic: 1\nfaults:\n  - {fault}\n"));
    let (line, column, message) = wrong("{ on: { operation: ci.certificate.improt }, delay: 1s }");
    assert_eq!((line, column), (3, 24));
    assert!(message.contains("did you mean \"ci.certificate.import\"?"), "{message}");
    let (line, column, message) = wrong("{ respond: { outcome: keystore_loked } }");
    assert_eq!((line, column), (3, 27));
    assert!(message.contains("did you mean \"keystore_locked\"?"), "{message}");
    for (fault, expected) in [
        ("{ times: 1 }", "no effect"),
        ("{ delay: soon }", "no span of time"),
        ("{ delay: -1s }", "cannot be waited"),
        ("{ delay: 2h }", "cannot be waited"),
        ("{ drop: later }", "mid_response"),
        ("{ probability: 1.5, delay: 1s }", "from 0 to 1"),
        (
            "{ on: { operation: \"apim.*\" }, respond: { outcome: keystore_locked } }",
            "which is of SAP Cloud Integration",
        ),
        ("{ respond: { } }", "either outcome or status"),
        ("{ respond: { outcome: keystore_locked, status: 503 } }", "either outcome or status"),
        ("{ respond: { outcome: keystore_locked, body: x } }", "a body is for a status"),
        ("{ respond: { outcome: certificate_not_found } }", "a value for {name}"),
        ("{ respond: { outcome: certificate_not_found, values: { nmae: x } } }", "no blank {nmae}"),
        ("{ respond: { status: 99 } }", "no HTTP status"),
        ("{ respond: { status: 70000 } }", "expected a whole number from 0 to 65535"),
        ("{ on: { path: /api/v2/** }, delay: 1s }", "is like \"/api/v2/**\""),
        ("{ on: { method: PUTT }, delay: 1s }", "did you mean \"PUT\"?"),
        ("{ respond: { status: 500, body: x, json: {} } }", "either body or json"),
        ("{ respond: { status: 500, values: { name: x } } }", "for an outcome"),
        ("{ respond: { status: 500, headers: { \"a b\": x } } }", "no HTTP header"),
        ("{ deployment_fails: { moon: far } }", "no environment \"moon\""),
    ] {
        let (line, _, message) = wrong(fault);
        assert_eq!(line, 3, "{fault}");
        assert!(message.contains(expected), "{fault}: {message}");
    }
    let twice = "certmimic: 1\nfaults:\n  - { id: a, delay: 1s }\n  - { id: a, delay: 2s }\n";
    assert_eq!(only_flaw(twice).0, 4);
}

#[test]
fn faults_and_what_they_have_counted_are_exported() {
    let faults = "certmimic: 1\nfaults: [{ on: { alias: a }, after: 1, times: 2, probability: 0.5, delay: 750ms, drop: mid_response, \
                  truncate: 3, respond: { status: 500, headers: { A: b }, json: { a: [1] } }, seen: 5, struck: 1 }]";
    let scenario = load(&[text("faults.yaml", faults)]).unwrap();
    for form in [Form::Yaml, Form::Json] {
        let exported = write(&export(&scenario), form).unwrap();
        assert_eq!(load(&[text("again", &exported)]).unwrap().state.faults, scenario.state.faults, "{exported}");
    }
    let fault = scenario.state.faults.iter().next().unwrap();
    assert_eq!((fault.id.as_str(), fault.seen, fault.struck), ("fault-1", 5, 1));
}

#[test]
fn what_the_system_would_refuse_is_refused_with_its_line() {
    let yaml = "certmimic: 1\nsap_api_management:\n  certificate_store_references:\n    - { name: r, certificate_store_name: gone }\n";
    let (line, _, message) = only_flaw(yaml);
    assert_eq!(line, 4);
    assert!(message.starts_with("sap_api_management.certificate_store_references[0]"), "{message}");
}

#[test]
fn what_apinizer_would_refuse_is_refused_at_its_place() {
    for (section, place) in [
        ("projects: [{ name: p, id: 12 }]", "projects[0].id"),
        ("projects: [{ name: p, members: [nobody] }]", "projects[0].members[0]"),
        ("tokens: [{ token: t, username: nobody }]", "tokens[0].username"),
        (
            "users: [{ username: u, password: x }]\n  tokens: [{ token: t, username: u }, { token: t, username: u }]",
            "tokens[1].token",
        ),
        (
            "environments: [e]\n  projects: [{ name: p, keys: [{ name: k, type: SECRET_KEY, entries: [{ environments: [e], secret: AAAA }] }] }]",
            "projects[0].keys[0]",
        ),
        (
            "environments: [e]\n  projects: [{ name: p, keys: [{ name: k, type: RSA, entries: [{ environments: [e], public_key: { base64: '%%' } }] }] }]",
            "projects[0].keys[0].entries[0].public_key",
        ),
    ] {
        let (_, _, message) =
            only_flaw(&format!("certmimic: 1\napinizer:\n  {section}\n").replace("id: 12", "id: \"12\""));
        assert!(message.starts_with(&format!("apinizer.{place}")), "{message}");
    }
}

#[test]
fn a_composed_scenario_points_to_the_right_file() {
    let base = text("base.yaml", "certmimic: 1\nname: base\nseed: 1\n");
    let good = load(&[base.clone(), text("over.yaml", "seed: 2\nclock: { now: 2026-01-15, mode: frozen }\n")]).unwrap();
    assert_eq!((good.name.as_str(), good.state.ids.seed()), ("base", 2));
    let flaws = flaws(&[base, text("over.yaml", "\nclients: [{ id: a, secrte: b }]\n")]);
    assert_eq!((flaws[0].file.as_str(), flaws[0].line, flaws[0].column), ("over.yaml", 2, 20));
}

#[test]
fn a_clock_is_checked() {
    let flaw = |clock: &str| only_flaw(&format!("certmimic: 1\nclock: {clock}\n"));
    assert!(flaw("{ now: yesterday }").2.contains("2026-01-15"));
    assert!(flaw("{ mode: running, step: 1s }").2.contains("stepping"));
    assert!(flaw("{ mode: frosen }").2.contains("did you mean \"frozen\"?"));
    assert_eq!(flaw("{ mode: stepping, step: 1 }").1, 32);
}

#[test]
fn a_missing_file_is_told_in_one_sentence() {
    let flaws = flaws(&[Source::of_argument("no-such.yaml")]);
    assert_eq!(flaws[0].line, 0);
    assert!(flaws[0].to_string().contains("no-such.yaml") && flaws[0].message.contains("quickstart"));
}

#[test]
fn a_document_that_is_sent_can_name_no_files() {
    let yaml = "certmimic: 1\nsap_api_management:\n  certificate_stores:\n    - name: ts\n      type: TRUSTSTORE\n      certificates: [{ name: a, file: /etc/passwd }]\n";
    let flaws = flaws(&[Source::Sent { text: yaml.to_owned() }]);
    assert!(flaws[0].message.contains("can name no files"), "{}", flaws[0]);
}
