//! A certmimic that plays the tenant, and what is needed around it.

use std::path::PathBuf;
use std::process::Output;

use serde_json::Value;

use crate::process::{Served, certmimic};

/// A file below the build's own folder for tests.
pub fn temporary(name: &str, content: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tenant");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, content).unwrap();
    file
}

/// A tenant that holds what a scenario says.
pub fn tenant(name: &str, scenario: &str) -> Served {
    let file = temporary(&format!("{name}.yaml"), scenario);
    Served::start(&["--scenario", file.to_str().unwrap()])
}

/// Where it is.
pub fn url(served: &Served) -> String {
    format!("http://{}", served.address)
}

/// The credentials of the built-in scenario `quickstart`.
pub const CLIENT: [&str; 4] = ["--client-id", "sb-certmimic", "--client-secret", "certmimic-secret"];

/// Runs a command of the program against a tenant.
pub fn ask(command: &str, served: &Served, options: &[&str]) -> Output {
    certmimic(&[&[command, "--url", &url(served)], CLIENT.as_slice(), options].concat()).output().unwrap()
}

/// What it printed, if it succeeded.
pub fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it said on standard error, if it failed.
pub fn refused(output: &Output) -> String {
    assert_ne!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The JSON of a control call.
pub fn control(served: &Served, call: &str) -> Value {
    let request = format!(
        "GET /_certmimic/{call} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
    );
    let answer = served.exchange(request);
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

/// Method and path of every request that reached it.
pub fn asked(served: &Served) -> Vec<(String, String)> {
    let page = control(served, "requests?limit=10000");
    let records = page
        .get("requests")
        .or_else(|| page.get("records"))
        .and_then(Value::as_array)
        .unwrap_or_else(|| panic!("{page}"));
    let text = |record: &Value, name: &str| {
        let asked = record.get("request").unwrap_or(record);
        asked[name].as_str().unwrap_or_else(|| panic!("{record}")).to_owned()
    };
    records.iter().map(|record| (text(record, "method"), text(record, "path"))).collect()
}
