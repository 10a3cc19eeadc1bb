//! `certmimic init`: what it writes passes the check, serves, and is never written over.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]
#![allow(clippy::indexing_slicing, reason = "a test may")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;

use std::collections::BTreeSet;
use std::path::Path;

use process::{Served, folder, text, within};
use serde_json::Value;

fn yaml(path: &Path) -> Value {
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn it_writes_what_passes_the_check_and_serves() {
    let folder = folder("fresh");
    let made = within(&folder, &["init"]);
    assert_eq!((made.status.code(), text(&made.stderr).as_str()), (Some(0), ""));
    let told = text(&made.stdout);
    let names: BTreeSet<String> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let written = told.lines().filter_map(|line| line.strip_prefix("wrote ")?.split(' ').next());
    assert_eq!(written.map(str::to_owned).collect::<BTreeSet<_>>(), names);
    let next = told.lines().last().unwrap().strip_prefix("next: certmimic ").unwrap();
    let scenario = next.split(' ').next_back().unwrap();
    let checked = within(&folder, &["check", scenario]);
    assert_eq!((checked.status.code(), text(&checked.stderr).as_str()), (Some(0), ""));
    let scenario = folder.join(scenario);
    let served = Served::start(&["--scenario", scenario.to_str().unwrap()]);
    let path = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('partners-in-use')";
    let answer = served.exchange(format!("GET {path} HTTP/1.0\r\nAuthorization: Bearer x\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.0 200"), "{answer}");
}

#[test]
fn the_scenario_names_its_schema_and_fits_it() {
    let folder = folder("schema");
    within(&folder, &["init"]);
    let scenario = std::fs::read_to_string(folder.join("certmimic.yaml")).unwrap();
    let schema = scenario.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(schema)).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    if let Err(error) = validator.validate(&yaml(&folder.join("certmimic.yaml"))) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[test]
fn the_container_is_told_of_the_scenario_in_the_mounted_folder() {
    let folder = folder("compose");
    within(&folder, &["init"]);
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for compose in [folder.join("compose.yaml"), project.join("compose.yaml")] {
        let service = &yaml(&compose)["services"]["certmimic"];
        let (host, inside) = service["volumes"][0].as_str().unwrap().split_once(':').unwrap();
        let inside = inside.strip_suffix(":ro").unwrap();
        let named = service["environment"]["CERTMIMIC_SCENARIO"].as_str().unwrap();
        let scenario = match named.strip_prefix("${CERTMIMIC_SCENARIO:-") {
            Some(default) => default.trim_end_matches('}').to_owned(),
            None => named.replace(inside, compose.parent().unwrap().join(host).to_str().unwrap()),
        };
        let checked = within(&folder, &["check", &scenario]);
        assert_eq!(checked.status.code(), Some(0), "{}: {}", compose.display(), text(&checked.stderr));
        assert_eq!(service["ports"][0], "127.0.0.1:${CERTMIMIC_PORT:-8080}:8080");
    }
}

/// As it is mounted into a container: the folder alone.
#[test]
fn every_shipped_scenario_loads_from_a_mounted_folder() {
    let (folder, shipped) = (folder("mounted"), Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"));
    for file in std::fs::read_dir(shipped).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        let checked = within(&folder, &["check", file.file_name().to_str().unwrap()]);
        assert_eq!(checked.status.code(), Some(0), "{}", text(&checked.stderr));
    }
}

#[test]
fn it_overwrites_nothing_and_then_writes_nothing() {
    for taken in ["certmimic.yaml", "certmimic.schema.json", "compose.yaml"] {
        let folder = folder("taken");
        std::fs::write(folder.join(taken), "mine").unwrap();
        let refused = within(&folder, &["init"]);
        assert_eq!((refused.status.code(), text(&refused.stdout).as_str()), (Some(2), ""));
        let told = text(&refused.stderr);
        assert!(told.contains(&format!("{taken} exists")) && told.contains("certmimic init DIR"), "{told}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        assert_eq!(std::fs::read_to_string(folder.join(taken)).unwrap(), "mine");
    }
}

#[test]
fn a_folder_that_is_named_is_made() {
    let folder = folder("named");
    let made = within(&folder, &["init", "tests/certmimic"]);
    assert!(text(&made.stdout).ends_with("next: certmimic serve --scenario tests/certmimic/certmimic.yaml\n"));
    assert!(folder.join("tests/certmimic/certmimic.yaml").exists());
    std::fs::write(folder.join("file"), "").unwrap();
    let refused = within(&folder, &["init", "file"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("file"), "{}", text(&refused.stderr));
}
