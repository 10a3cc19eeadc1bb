//! Real clients against the program: SAP's `pyodata`, what `odata2ts` and SAP's Cloud SDK generate from `$metadata`, and one that
//! was written for the keystores of SAP Integration Suite.
//!
//! They are installed below `target/`. Where that is not possible the test says so and passes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::print_stderr, clippy::disallowed_methods, reason = "a skipped test says so; clients are files")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use process::Served;

/// What clients are generated for: a name, and where the service lives.
const SERVICES: [(&str, &str); 2] = [("apim", "/apiportal/api/1.0/Management.svc"), ("ci", "/api/v1")];

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}

fn workshop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a step of an installation; on failure the test is skipped, with the reason.
fn installs(step: &mut Command) -> bool {
    match step.output() {
        Ok(output) if output.status.success() => true,
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
            eprintln!("skipped: {step:?} failed: {why}");
            false
        }
        Err(cause) => {
            eprintln!("skipped: {step:?} cannot be run: {cause}");
            false
        }
    }
}

fn succeeds(command: &mut Command) {
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
}

/// A copy of these files with what they depend upon; none where it cannot be installed.
fn npm(name: &str, source: &Path, files: &[&str], installed: &str) -> Option<PathBuf> {
    let folder = workshop(name);
    for file in files {
        fs::copy(source.join(file), folder.join(file)).unwrap();
    }
    let install = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
    let ready = folder.join("node_modules").join(installed).exists()
        || installs(Command::new("npm").args(install).current_dir(&folder));
    ready.then_some(folder)
}

/// A world whose `$metadata` names no base types: there are clients that pass over them.
fn serve_flat(folder: &Path) -> Served {
    let flat = folder.join("flat.yaml");
    fs::write(&flat, "certmimic: 1\nname: flat\nbehaviour: { sap_cloud_integration: { metadata: flat } }\n").unwrap();
    Served::start(&["--scenario", "quickstart", "--scenario", flat.to_str().unwrap()])
}

#[test]
fn pyodata() {
    let folder = workshop("python");
    let python = folder.join("bin/python");
    let requirements = clients().join("requirements.txt");
    let ready = python.exists() || installs(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    if !ready || !installs(Command::new(&python).args(quiet).arg(requirements)) {
        return;
    }
    let served = serve_flat(&folder);
    succeeds(Command::new(&python).arg(clients().join("with_pyodata.py")).arg(format!("http://{}", served.address)));
}

#[test]
fn odata2ts() {
    let files = ["package.json", "tsconfig.json", "with_odata2ts.mjs"];
    let Some(folder) = npm("javascript", &clients(), &files, ".bin/odata2ts") else { return };
    let served = Served::start(&["--scenario", "quickstart"]);
    let origin = format!("http://{}", served.address);
    for (name, root) in SERVICES {
        generate(&folder, name, &metadata(&served, root));
    }
    let generated = folder.join("generated");
    succeeds(Command::new("node").arg("with_odata2ts.mjs").arg(&origin).arg(generated).current_dir(&folder));
}

#[test]
fn sap_cloud_sdk() {
    let source = clients().join("sap_cloud_sdk");
    let files = ["package.json", "play.mjs"];
    let Some(folder) = npm("sap_cloud_sdk", &source, &files, ".bin/generate-odata-client") else { return };
    let served = serve_flat(&folder);
    let generated = folder.join("generated");
    if described_anew(&folder, &served) || !generated.join("ci/service.js").exists() {
        let options = ["--input", "described", "--transpile", "--clearOutputDir", "--skipValidation", "--outputDir"];
        let generator = "node_modules/.bin/generate-odata-client";
        succeeds(Command::new(generator).args(options).arg(&generated).current_dir(&folder));
    }
    let origin = format!("http://{}", served.address);
    succeeds(Command::new("node").arg("play.mjs").arg(origin).arg(generated).current_dir(&folder));
}

#[test]
fn integration_suite_client() {
    let source = clients().join("integration_suite_client");
    let installed = "@contiva/sap-integration-suite-client";
    let Some(folder) = npm("integration_suite_client", &source, &["package.json", "play.mjs"], installed) else {
        return;
    };
    let served = Served::start(&["--scenario", "quickstart"]);
    succeeds(Command::new("node").arg("play.mjs").arg(format!("http://{}", served.address)).current_dir(&folder));
}

/// Writes down what the services say of themselves; whether that differs from the last time, for generating takes its time.
fn described_anew(folder: &Path, served: &Served) -> bool {
    let described = folder.join("described");
    fs::create_dir_all(&described).unwrap();
    let mut anew = false;
    for (name, root) in SERVICES {
        let file = described.join(format!("{name}.xml"));
        let document = metadata(served, root);
        anew |= fs::read_to_string(&file).ok().as_deref() != Some(document.as_str());
        fs::write(file, document).unwrap();
    }
    anew
}

fn generate(folder: &Path, name: &str, document: &str) {
    let (source, target) = (format!("{name}.xml"), format!("generated/{name}"));
    fs::write(folder.join(&source), document).unwrap();
    let arguments = ["-s", &source, "-o", &target, "-e", "js", "-n"];
    succeeds(Command::new("node_modules/.bin/odata2ts").args(arguments).current_dir(folder));
}

fn metadata(served: &Served, root: &str) -> String {
    let request = format!(
        "GET {root}/$metadata HTTP/1.1\r\nHost: {}\r\nAuthorization: Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=\r\nConnection: close\r\n\r\n",
        served.address
    );
    let answer = served.exchange(&request);
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}
