//! Real clients against the program: SAP's `pyodata`, what `odata2ts` and SAP's Cloud SDK generate from `$metadata`, and one that
//! was written for the keystores of SAP Integration Suite. And the Pact project's verifier, with a file that the journal gave.
//!
//! They are installed below `target/`. Where that is not possible a trial is reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "clients are files")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod process;
#[path = "support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use libtest_mimic::Arguments;
use process::Served;
use trial::attempt;

/// What clients are generated for: a name, and where the service lives.
const SERVICES: [(&str, &str); 2] = [("apim", "/apiportal/api/1.0/Management.svc"), ("ci", "/api/v1")];

fn main() {
    let trials = vec![
        attempt("pyodata", &["python3"], pyodata),
        attempt("odata2ts", &["npm"], odata2ts),
        attempt("sap_cloud_sdk", &["npm"], sap_cloud_sdk),
        attempt("integration_suite_client", &["npm"], integration_suite_client),
        attempt("pact_verifier", &["python3"], pact_verifier),
        attempt("schemathesis", &["python3"], schemathesis),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients")
}

fn workshop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("clients").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a step of an installation; where it fails, the trial is ignored, with the reason.
fn install(step: &mut Command) -> Result<(), String> {
    match step.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
            Err(format!("{step:?} failed: {why}"))
        }
        Err(cause) => Err(format!("{step:?} cannot be run: {cause}")),
    }
}

fn succeeds(command: &mut Command) {
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
}

/// A copy of these files with what they depend upon.
fn npm(name: &str, source: &Path, files: &[&str], installed: &str) -> Result<PathBuf, String> {
    let folder = workshop(name);
    for file in files {
        fs::copy(source.join(file), folder.join(file)).unwrap();
    }
    if !folder.join("node_modules").join(installed).exists() {
        let quiet = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
        install(Command::new("npm").args(quiet).current_dir(&folder))?;
    }
    Ok(folder)
}

/// A world whose `$metadata` names no base types: there are clients that pass over them.
fn serve_flat(folder: &Path) -> Served {
    let flat = folder.join("flat.yaml");
    fs::write(&flat, "certmimic: 1\nname: flat\nbehaviour: { sap_cloud_integration: { metadata: flat } }\n").unwrap();
    Served::start(&["--scenario", "quickstart", "--scenario", flat.to_str().unwrap()])
}

/// The folder of the programs of a Python environment that has everything which trials need, installed once: trials run at
/// the same time.
fn python() -> Result<PathBuf, String> {
    static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    INSTALLED.get_or_init(install_python).clone()
}

fn install_python() -> Result<PathBuf, String> {
    let folder = workshop("python");
    let python = folder.join("bin/python");
    let requirements = clients().join("requirements.txt");
    if !python.exists() {
        install(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    install(Command::new(&python).args(quiet).arg(requirements))?;
    Ok(folder.join("bin"))
}

fn pyodata() -> Result<(), String> {
    let python = python()?.join("python");
    let served = serve_flat(&workshop("python"));
    succeeds(Command::new(&python).arg(clients().join("with_pyodata.py")).arg(format!("http://{}", served.address)));
    Ok(())
}

/// Schemathesis makes up requests from the description of each system: every answer is as described.
fn schemathesis() -> Result<(), String> {
    let programs = python()?;
    let folder = workshop("schemathesis");
    for system in ["xsuaa", "sap_api_management", "sap_cloud_integration", "apinizer"] {
        let described = process::run(&["openapi", "--system", system]);
        assert!(described.status.success(), "{}", String::from_utf8_lossy(&described.stderr));
        let document = folder.join(format!("{system}.json"));
        fs::write(&document, with_all_statuses(&described.stdout)).unwrap();
        let lenient = folder.join("lenient.yaml");
        fs::write(&lenient, "behaviour: { sap_cloud_integration: { csrf: \"off\" } }\n").unwrap();
        let served = Served::start(&["--scenario", "quickstart", "--scenario", lenient.to_str().unwrap()]);
        let checks = "status_code_conformance,response_schema_conformance";
        let mut play = Command::new(programs.join("schemathesis"));
        play.arg("run").arg(&document).arg("--url").arg(format!("http://{}", served.address));
        play.args(["--header", "Authorization: Bearer any", "--checks", checks, "--max-examples", "3"]);
        play.args(["--phases", "fuzzing", "--generation-deterministic", "--no-color"]);
        succeeds(play.current_dir(&folder));
    }
    Ok(())
}

/// A description in which no answer passes as `default`, where operations list all that they answer. OData's own refusals stand
/// with no operation.
fn with_all_statuses(described: &[u8]) -> String {
    let mut document: serde_json::Value = serde_json::from_slice(described).unwrap();
    let is_odata = document["components"]["schemas"].as_object().is_some_and(|schemas| !schemas.is_empty());
    let paths = document["paths"].as_object_mut().unwrap().values_mut();
    for operation in paths.flat_map(|path| path.as_object_mut().unwrap().values_mut()).filter(|_| !is_odata) {
        operation["responses"].as_object_mut().unwrap().remove("default");
    }
    document.to_string()
}

/// What a consumer asked of one server is verified against another: one of the same scenario keeps the promises, one of another
/// does not.
fn pact_verifier() -> Result<(), String> {
    let programs = python()?;
    let consumed = Served::start(&["--scenario", "quickstart"]);
    for request in CONSUMED {
        let answer = consumed.exchange(request);
        assert!(answer.starts_with("HTTP/1.0 "), "{answer}");
    }
    let asked = "GET /_certmimic/requests?format=pact&consumer=rotation-job HTTP/1.0\r\n\r\n";
    let answer = consumed.exchange(asked);
    let file = workshop("pact").join("rotation-job.json");
    fs::write(&file, answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let verify = |provider: &Served| {
        let mut command = Command::new(programs.join("pact"));
        command.args(["verifier", "--no-colour", "--hostname", "127.0.0.1", "--header", "Authorization=Bearer any"]);
        // It tells its makers of each run, unless it is told not to.
        command.env("PACT_DO_NOT_TRACK", "true");
        command.arg("--port").arg(provider.address.port().to_string()).arg("--file").arg(&file);
        command.output().unwrap()
    };
    let kept = verify(&Served::start(&["--scenario", "quickstart"]));
    let said = String::from_utf8_lossy(&kept.stdout);
    assert!(kept.status.success() && said.contains("apim.reference.create: success"), "{said}");
    let broken = verify(&Served::start(&["--scenario", "empty"]));
    let said = String::from_utf8_lossy(&broken.stdout);
    assert!(!broken.status.success() && said.contains("expected 200 but was 404"), "{said}");
    Ok(())
}

/// A read, a refusal, a write, and a request that has a secret, each in its own connection.
const CONSUMED: [&str; 4] = [
    "GET /apiportal/api/1.0/Management.svc/CertificateStoreReferences('reference_ts_1') HTTP/1.0\r\n\
     Authorization: Bearer any\r\nAccept: application/json\r\n\r\n",
    "GET /api/v1/KeystoreEntries('nope') HTTP/1.0\r\nAuthorization: Bearer any\r\nAccept: application/json\r\n\r\n",
    "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences HTTP/1.0\r\nAuthorization: Bearer any\r\n\
     Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: 42\r\n\r\n\
     {\"name\":\"new\",\"certificateStoreName\":\"ts\"}",
    "POST /oauth/token HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 92\r\n\r\n\
     grant_type=client_credentials&client_id=sb-certmimic&client_secret=certmimic-secret&x=123456",
];

fn odata2ts() -> Result<(), String> {
    let files = ["package.json", "tsconfig.json", "with_odata2ts.mjs"];
    let folder = npm("javascript", &clients(), &files, ".bin/odata2ts")?;
    let served = Served::start(&["--scenario", "quickstart"]);
    let origin = format!("http://{}", served.address);
    for (name, root) in SERVICES {
        generate(&folder, name, &metadata(&served, root));
    }
    let generated = folder.join("generated");
    succeeds(Command::new("node").arg("with_odata2ts.mjs").arg(&origin).arg(generated).current_dir(&folder));
    Ok(())
}

fn sap_cloud_sdk() -> Result<(), String> {
    let source = clients().join("sap_cloud_sdk");
    let files = ["package.json", "play.mjs"];
    let folder = npm("sap_cloud_sdk", &source, &files, ".bin/generate-odata-client")?;
    let served = serve_flat(&folder);
    let generated = folder.join("generated");
    if described_anew(&folder, &served) || !generated.join("ci/service.js").exists() {
        let options = ["--input", "described", "--transpile", "--clearOutputDir", "--skipValidation", "--outputDir"];
        let generator = "node_modules/.bin/generate-odata-client";
        succeeds(Command::new(generator).args(options).arg(&generated).current_dir(&folder));
    }
    let origin = format!("http://{}", served.address);
    succeeds(Command::new("node").arg("play.mjs").arg(origin).arg(generated).current_dir(&folder));
    Ok(())
}

fn integration_suite_client() -> Result<(), String> {
    let source = clients().join("integration_suite_client");
    let installed = "@contiva/sap-integration-suite-client";
    let folder = npm("integration_suite_client", &source, &["package.json", "play.mjs"], installed)?;
    let served = Served::start(&["--scenario", "quickstart"]);
    succeeds(Command::new("node").arg("play.mjs").arg(format!("http://{}", served.address)).current_dir(&folder));
    Ok(())
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
