//! Real OData V2 clients against the program: SAP's `pyodata`, and one that `odata2ts` generates from `$metadata`.
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
    // The client ignores BaseType, as others do.
    let flat = folder.join("flat.yaml");
    fs::write(&flat, "certmimic: 1\nname: flat\nbehaviour: { sap_cloud_integration: { metadata: flat } }\n").unwrap();
    let served = Served::start(&["--scenario", "quickstart", "--scenario", flat.to_str().unwrap()]);
    succeeds(Command::new(&python).arg(clients().join("with_pyodata.py")).arg(format!("http://{}", served.address)));
}

#[test]
fn odata2ts() {
    let folder = workshop("javascript");
    for file in ["package.json", "tsconfig.json", "with_odata2ts.mjs"] {
        fs::copy(clients().join(file), folder.join(file)).unwrap();
    }
    let install = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
    if !folder.join("node_modules/.bin/odata2ts").exists()
        && !installs(Command::new("npm").args(install).current_dir(&folder))
    {
        return;
    }
    let served = Served::start(&["--scenario", "quickstart"]);
    let origin = format!("http://{}", served.address);
    for (name, root) in [("apim", "/apiportal/api/1.0/Management.svc"), ("ci", "/api/v1")] {
        generate(&folder, name, &metadata(&served, root));
    }
    let generated = folder.join("generated");
    succeeds(Command::new("node").arg("with_odata2ts.mjs").arg(&origin).arg(generated).current_dir(&folder));
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
