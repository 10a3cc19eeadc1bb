//! Scenarios that stand alone: what the program carries is found wherever a scenario lies, and however it comes in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;

use std::path::Path;

use certmimic::Server;
use certmimic::seed::FIXTURES;

use process::{Served, folder, run, text, within};

/// Names a fixture in every place that takes a file.
const EVERYWHERE: &str = "\
certmimic: 1
behaviour: { sap_cloud_integration: { landscape: neo } }
sap_api_management:
  certificate_stores:
    - { name: ts, type: TRUSTSTORE, certificates: [{ name: a, file: fixture:ca/partner-ca.pem }] }
    - { name: ks, type: KEYSTORE, certificates: [{ name: a, file: fixture:keys/mykeypair.p12, password: changeit }] }
sap_cloud_integration:
  keystores:
    system:
      entries:
        - { alias: a, certificate: fixture:server/smtp.der }
        - { alias: b, certificate: { file: fixture:server/api.pem } }
        - { alias: c, key_pair: fixture:keys/chain.p12, password: changeit }
        - { alias: d, key_pair: { file: fixture:keys/mykeypair-with-key.pem } }
    KeyRenewal: { entries: [{ alias: sap_key, key_pair: fixture:sap/cloudintegration-with-key.pem }] }
  key_history:
    - { original_alias: sap_key, sequence: 1, key_pair: fixture:keys/legacy.p12, password: changeit }
  certificate_user_mappings: [{ user: u, certificate: fixture:odd/expired.pem }]
  runtime_locations:
    - { id: edge, keystores: { system: { entries: [{ alias: a, certificate: fixture:odd/p521.pem }] } } }
apinizer:
  environments: [production, { name: staging, ca_certificates: [fixture:ca/root-ca.pem] }]
  projects:
    - name: MyProject
      certificates:
        - { name: a, environments: [production], file: fixture:odd/names.pem }
        - { name: b, entries: [{ environment: staging, alias: b, certificate: fixture:odd/v1.pem }] }
      keystores:
        - { name: a, environments: [production], type: JKS, file: fixture:stores/keystore.jks, password: changeit }
        - { name: b, entries: [{ environment: staging, type: PKCS12, file: fixture:stores/keystore.p12 }] }
      keys:
        - name: a
          type: RSA
          entries: [{ environments: [production], private_key: fixture:keys/rsa.pem, public_key: fixture:keys/mykeypair.pem }]
  documents: { \"https://example.com/ca\": { file: fixture:ca/root-ca.pem } }
";

#[test]
fn a_built_in_scenario_that_is_printed_loads_where_nothing_else_is() {
    let folder = folder("printed");
    let list = text(&run(&["scenarios"]).stdout);
    let names: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.len() > 3, "{list}");
    for name in names {
        std::fs::write(folder.join("mine.yaml"), run(&["scenarios", name]).stdout).unwrap();
        let checked = within(&folder, &["check", "mine.yaml"]);
        assert_eq!((checked.status.code(), text(&checked.stderr).as_str()), (Some(0), ""), "{name}");
    }
}

#[test]
fn a_fixture_stands_wherever_a_scenario_takes_a_file() {
    let folder = folder("everywhere");
    std::fs::write(folder.join("mine.yaml"), EVERYWHERE).unwrap();
    let checked = within(&folder, &["check", "mine.yaml"]);
    assert_eq!((checked.status.code(), text(&checked.stderr).as_str()), (Some(0), ""));
}

#[test]
fn composed_or_sent_or_given_as_text_it_is_found_as_well() {
    let folder = folder("ways");
    let (over, file) = (EVERYWHERE.replacen("certmimic: 1\n", "", 1), folder.join("over.yaml"));
    std::fs::write(&file, over).unwrap();
    let served = Served::start(&["--scenario", "quickstart", "--scenario", file.to_str().unwrap()]);
    let put = |body: &str| {
        let length = body.len();
        let head =
            "PUT /_certmimic/state HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/yaml";
        served.exchange(format!("{head}\r\nContent-Length: {length}\r\n\r\n{body}"))
    };
    let answer = put(EVERYWHERE);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let answer = put(&EVERYWHERE.replace("server/smtp.der", "server/smpt.der"));
    assert!(
        answer.starts_with("HTTP/1.1 422") && answer.contains("did you mean \\\"fixture:server/smtp.der\\\""),
        "{answer}"
    );
    Server::builder().scenario_text(EVERYWHERE).start_blocking().unwrap();
}

#[test]
fn an_unknown_fixture_is_told_with_its_place_and_the_nearest_name() {
    let folder = folder("misspelt");
    for (written, place, column) in [
        ("certificate: fixture:ca/partner-ca.pme", "certificate", 30),
        ("certificate: { file: fixture:ca/partner-ca.pme }", "certificate.file", 38),
    ] {
        let yaml = format!(
            "certmimic: 1\nsap_cloud_integration:\n  keystores: {{ system: {{ entries: [\n    {{ alias: a, {written} }}] }} }}\n"
        );
        std::fs::write(folder.join("mine.yaml"), yaml).unwrap();
        let checked = within(&folder, &["check", "mine.yaml"]);
        let told = text(&checked.stderr);
        assert_eq!(checked.status.code(), Some(2));
        let expected = format!(
            "mine.yaml:4:{column}: sap_cloud_integration.keystores.system.entries[0].{place}: there is no fixture \
             \"ca/partner-ca.pme\": did you mean \"fixture:ca/partner-ca.pem\"?"
        );
        assert!(told.contains(&expected), "{told}");
    }
}

#[test]
fn whoever_misses_a_file_that_the_program_carries_is_told_its_name() {
    let folder = folder("missed");
    let yaml = "certmimic: 1\nsap_cloud_integration: { certificate_user_mappings: [{ user: u, certificate: ../fixtures/server/smtp.pem }] }\n";
    std::fs::write(folder.join("mine.yaml"), yaml).unwrap();
    let told = text(&within(&folder, &["check", "mine.yaml"]).stderr);
    assert!(told.contains("certmimic carries that file: fixture:server/smtp.pem"), "{told}");
}

#[test]
fn fixtures_are_listed_and_printed_as_they_are() {
    let list = text(&run(&["fixtures"]).stdout);
    assert_eq!(list.lines().count(), FIXTURES.len());
    for fixture in FIXTURES {
        assert!(list.contains(&format!("fixture:{} ", fixture.name)), "{}", fixture.name);
    }
    for name in ["ca/partner-ca.pem", "stores/keystore.jks", "fixture:keys/mykeypair.p12"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name.trim_start_matches("fixture:"));
        assert_eq!(run(&["fixtures", name]).stdout, std::fs::read(file).unwrap(), "{name}");
    }
    let unknown = run(&["fixtures", "partner-ca.pem"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("did you mean \"fixture:ca/partner-ca.pem\"?"));
}

#[test]
fn everything_in_the_folders_of_public_material_is_carried() {
    for folder in ["ca", "chain", "keys", "odd", "sap", "server", "stores"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
        for file in std::fs::read_dir(path).unwrap() {
            let name = format!("{folder}/{}", file.unwrap().file_name().to_string_lossy());
            let is_carried = FIXTURES.iter().any(|fixture| fixture.name == name);
            assert_eq!(is_carried, name != "odd/names.tsv", "{name}");
        }
    }
}
