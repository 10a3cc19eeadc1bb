//! The files of `evidence/` and the catalogues say the same, and each cites what the other has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use certmimic::contract::{Evidence, Outcome};
use certmimic::evidence::{Archive, FILES, Observation, check};
use certmimic::state::APIS;

/// Every row of every catalogue.
fn rows() -> impl Iterator<Item = &'static Outcome> {
    let of_systems = APIS.iter().flat_map(|api| api.outcomes).copied();
    let shared = certmimic::odata::OUTCOMES.iter().chain(certmimic::apis::xsuaa::filter::OUTCOMES).copied();
    of_systems.chain(shared)
}

fn archive() -> Archive {
    Archive::embedded().unwrap_or_else(|flaws| panic!("{}", told(&flaws)))
}

fn told(flaws: &[certmimic::Flaw]) -> String {
    flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("evidence")
}

/// The files below the folder, by their names as rows write them.
fn files() -> BTreeSet<String> {
    let entries = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let systems = entries(folder()).filter(|path| path.is_dir());
    let name = |path: PathBuf| {
        let relative = path.strip_prefix(folder()).unwrap().with_extension("");
        relative.to_str().unwrap().replace('\\', "/")
    };
    systems.flat_map(entries).map(name).collect()
}

#[test]
fn no_observation_contradicts_its_row_nor_finds_it_known_from_elsewhere() {
    let mut wrong = Vec::new();
    for name in files() {
        let text = std::fs::read_to_string(folder().join(format!("{name}.yaml"))).unwrap();
        match check(&format!("evidence/{name}.yaml"), &text) {
            Ok(checked) => {
                wrong.extend(checked.overtaken);
                assert!(
                    name.starts_with(&format!("{}/", checked.observations.system)),
                    "{name} is in another's folder"
                );
            }
            Err(flaws) => wrong.extend(flaws),
        }
    }
    assert!(wrong.is_empty(), "{}", told(&wrong));
}

#[test]
fn the_program_carries_every_file() {
    let carried: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(carried, files(), "src/evidence/archive.rs lists them");
}

/// What a row calls observed is in the file that it names.
#[test]
fn what_rows_call_observed_was_seen() {
    let archive = archive();
    let mut wrong = Vec::new();
    for row in rows() {
        let mut hold = |part: &str, evidence: Evidence, tells: fn(&Observation) -> bool| {
            let Evidence::Observed(file) = evidence else { return };
            if !archive.of(row).any(|seen| seen.file == file && tells(&seen.observation)) {
                wrong.push(format!("{}: {file} tells nothing of its {part}", row.id));
            }
        };
        hold("status", row.evidence, |seen| seen.status.is_some());
        hold("text", row.text_evidence, |seen| seen.text.is_some());
        // The codes of one system are the names of their statuses, without underscores.
        if row.code.contains('_') {
            hold("code", row.evidence, |seen| seen.code.is_some());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn operations_name_files_that_there_are() {
    for operation in APIS.iter().flat_map(|api| api.operations) {
        if let Evidence::Observed(file) = operation.evidence {
            assert!(FILES.iter().any(|(name, _)| *name == file), "{}: there is no {file}", operation.id);
        }
    }
}

#[test]
fn every_document_that_is_cited_is_listed_and_every_listed_one_is_cited() {
    let archive = archive();
    let of_refusals = rows().flat_map(|row| [row.evidence, row.text_evidence]);
    let of_operations = APIS.iter().flat_map(|api| api.operations).map(|operation| operation.evidence);
    let cited: BTreeSet<&str> =
        of_refusals.chain(of_operations).filter_map(|one| Some(one.cited()?.document.0)).collect();
    let published = archive.sightings.iter().map(|seen| seen.source.as_str()).filter(|source| source.contains("://"));
    let published: BTreeSet<&str> = published.collect();
    let listed = |name: &str| archive.documents.iter().any(|document| document.name == name);
    let at = |address: &str| archive.documents.iter().any(|document| document.address == address);
    let missing: Vec<&str> = cited.iter().copied().filter(|name| !listed(name)).collect();
    let nowhere: Vec<&str> = published.iter().copied().filter(|address| !at(address)).collect();
    let idle = archive
        .documents
        .iter()
        .filter(|document| !cited.contains(document.name.as_str()) && !published.contains(document.address.as_str()));
    let idle: Vec<&str> = idle.map(|document| document.name.as_str()).collect();
    assert_eq!((missing, nowhere, idle), (vec![], vec![], vec![]), "evidence/documents.yaml: missing, nowhere, idle");
}
