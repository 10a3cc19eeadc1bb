//! No secret that a client sends is shown by anything but the export of a world: every operation is played with canaries in every
//! place where a password, a token or a key goes, well-formed requests and nonsense alike, and then all that can be read is read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may run programs and read files")]

mod granted;
mod nonsense;
#[path = "../support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;
mod sent;

use std::collections::BTreeSet;
use std::fs::File;
use std::process::Stdio;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use certmimic::Server;
use certmimic::scenario::{Source, export, load};
use certmimic::state::APIS;
use granted::granted;
use nonsense::nonsense;
use process::{Served, certmimic, folder};
use sent::{CANARY, Sent, canary, fixture};
use serde_json::{Value, json};

/// Switches everything on that lets a request through to its rules.
const OPEN: &str = "{certmimic: 1, clock: {now: '2026-01-15T08:00:00Z', mode: frozen}, behaviour: {sap_cloud_integration: {csrf: 'off'}}}";

/// What betrays a secret: the canaries in each form in which they could travel, and pieces of the private keys that are sent.
struct Needles(Vec<(String, String)>);

impl Needles {
    fn new() -> Self {
        let mut needles =
            vec![(CANARY.to_owned(), "a canary".to_owned()), (hex::encode(CANARY), "a canary in hex".to_owned())];
        for before in ["", "x", "xx"] {
            let encoded = STANDARD.encode(format!("{before}{CANARY}"));
            // Without what the neighbours have a part in.
            needles.push((encoded[4..12].to_owned(), "a canary in base64".to_owned()));
        }
        for name in ["keys/rsa.pem", "keys/rsa-pkcs1.pem", "keys/id_rsa", "keys/ec.pem"] {
            let text = String::from_utf8(fixture(name)).unwrap();
            let key = text.lines().filter(|line| !line.starts_with('-')).map(str::trim).collect::<String>();
            // The beginning says what it is, and a public key may be in the middle.
            needles.push((key[key.len() - 40..key.len() - 8].to_owned(), format!("the private key of {name}")));
        }
        for name in ["keys/mykeypair.p12", "stores/keystore.p12"] {
            needles.push((STANDARD.encode(&fixture(name)[30..90]), format!("the key pair of {name}")));
        }
        Self(needles)
    }

    /// With what the server has handed out.
    fn add(&mut self, secret: &str, what: &str) {
        assert!(secret.len() > 12, "{what}: {secret:?} is no token");
        self.0.push((secret.to_owned(), what.to_owned()));
    }

    fn assert_none_in(&self, place: &str, text: &str) {
        for (needle, what) in &self.0 {
            if let Some(at) = text.find(needle.as_str()) {
                let from = (0..=at.saturating_sub(200)).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(0);
                let shown: String = text[from..].chars().take(400).collect();
                panic!("{place} shows {what}: …{shown}…");
            }
        }
    }
}

/// What the server hands out that is a secret, in the answers of the requests that are granted.
fn handed_out(answer: &str, needles: &mut Needles) {
    if let Some((_, rest)) = answer.split_once("\"access_token\":") {
        let token = rest.trim_start().trim_start_matches('"').split('"').next().unwrap();
        needles.add(token, "an issued token");
    }
    for (header, what) in [("x-csrf-token: ", "a CSRF token"), ("set-cookie: JSESSIONID=", "a session cookie")] {
        let value = answer.split(header).nth(1).and_then(|rest| rest.split([';', '\r']).next());
        value.filter(|value| value.len() > 12).into_iter().for_each(|value| needles.add(value, what));
    }
}

/// Everything that can be read of a server but the export of a world.
fn readable(served: &Served, granted: usize) -> Vec<(String, String)> {
    let get = |path: &str| Sent { headers: vec![], ..Sent::new("GET", path, "", "") }.play(served);
    let mut paths: Vec<String> = [
        "/",
        "/_certmimic/health",
        "/_certmimic/info",
        "/_certmimic/worlds",
        "/_certmimic/clock",
        "/_certmimic/faults",
        "/_certmimic/snapshots",
        "/_certmimic/openapi.json",
        "/_certmimic/requests?brief",
        "/_certmimic/nothing-here",
    ]
    .map(str::to_owned)
    .into();
    paths.extend(["json", "text", "har", "pact"].map(|format| format!("/_certmimic/requests?format={format}")));
    paths.extend(
        ["json", "text", "markdown", "junit", "html"].map(|format| format!("/_certmimic/coverage?format={format}")),
    );
    paths.extend(["json", "csv", "text"].map(|format| format!("/_certmimic/certificates?format={format}")));
    for number in 1..=granted {
        paths.extend(["json", "curl", "har"].map(|format| format!("/_certmimic/requests/{number}?format={format}")));
    }
    let mut read: Vec<(String, String)> = paths.into_iter().map(|path| (path.clone(), get(&path))).collect();
    read.push(("the stream".to_owned(), stream(served)));
    for expectation in [
        json!({"json": {"Password": "x", "ClientSecret": "y", "SecureParam": "z", "value": "v"}, "exactly": 77}),
        json!({"headers": {"authorization": "Bearer x", "cookie": "JSESSIONID=y", "x-csrf-token": "z"}, "exactly": 77}),
        json!({"query": {"client_secret": "x", "password": "y"}, "exactly": 77}),
        json!({"in_order": [{"operation": "ci.user_credential.create", "json": {"Password": "x"}}, {"operation": "oauth.token.issue"}]}),
    ] {
        let asked = Sent::new("POST", "/_certmimic/verify", "application/json", expectation.to_string());
        let report = asked.play(served);
        assert!(report.starts_with("HTTP/1.1 422"), "{report}");
        read.push((format!("the report of {expectation}"), report));
    }
    read
}

/// The journal as events, to the last one.
fn stream(served: &Served) -> String {
    Sent::new("GET", "/apiops/the-last-one", "", "").play(served);
    let mut connection = served.connect();
    connection.send("GET /_certmimic/requests/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut text = String::new();
    loop {
        let line = connection.line();
        text.push_str(&line);
        text.push('\n');
        if line.contains("/apiops/the-last-one") {
            return text;
        }
    }
}

fn operations(served: &Served) -> BTreeSet<String> {
    let journal = Sent::new("GET", "/_certmimic/requests?brief", "", "").play(served);
    let journal: Value = serde_json::from_str(journal.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(journal["dropped"], 0);
    journal["requests"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| Some(one["operation"].as_str()?.to_owned()))
        .collect()
}

fn nothing_is_shown(format: &str) {
    let log = folder(format).join("log");
    let file = log.with_file_name("open.yaml");
    std::fs::write(&file, OPEN).unwrap();
    let mut command = certmimic(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--scenario",
        "quickstart",
        "--scenario",
        file.to_str().unwrap(),
    ]);
    command.args(["--log-format", format, "--log-requests"]).env("RUST_LOG", "trace");
    let served = Served::of(command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap()).spawn().unwrap());
    let (granted, mut needles) = (granted(), Needles::new());
    for sent in &granted {
        let answer = sent.play(&served);
        handed_out(&answer, &mut needles);
    }
    for what in ["an issued token", "a CSRF token", "a session cookie"] {
        assert!(needles.0.iter().any(|(_, known)| known == what), "{what} was handed out");
    }
    let mut refusals = String::new();
    for (api, operation) in APIS.iter().flat_map(|api| api.operations.iter().map(move |operation| (api, operation))) {
        for sent in nonsense(api, operation) {
            let answer = sent.play(&served);
            if answer.starts_with("HTTP/1.1 4") {
                refusals.push_str(&answer);
            }
        }
    }
    let known: BTreeSet<String> =
        APIS.iter().flat_map(|api| api.operations).map(|operation| operation.id.to_owned()).collect();
    let played = operations(&served);
    assert_eq!(known.difference(&played).collect::<Vec<_>>(), Vec::<&String>::new(), "every operation is played");
    needles.assert_none_in("a refusal", &refusals);
    let broken = json!({"certmimic": 1, "clients": [{"id": "x", "secret": canary("Scenario"), "sicret": 1}],
        "apinizer": {"users": [{"username": "x", "password": canary("Scenario"), "roles": ["NONE"]}]}});
    let flaws = Sent::new("PUT", "/_certmimic/state", "application/json", broken.to_string()).play(&served);
    assert!(flaws.starts_with("HTTP/1.1 422"), "{flaws}");
    needles.assert_none_in("what is wrong with a scenario", &flaws);
    for (place, text) in readable(&served, granted.len()) {
        needles.assert_none_in(&place, &text);
    }
    served.terminate();
    assert_eq!(served.ended().0.code(), Some(0));
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("ci.user_credential.create") && log.contains("stopping"), "it was logged");
    needles.assert_none_in("the log", &log);
}

#[test]
fn no_secret_is_shown_by_anything_that_can_be_read_nor_logged_as_text() {
    nothing_is_shown("text");
}

#[test]
fn no_secret_is_logged_as_json() {
    nothing_is_shown("json");
}

#[test]
fn no_type_shows_a_secret_when_it_is_printed() {
    let server = Server::builder().scenario("quickstart").scenario_text(OPEN).start_blocking().unwrap();
    let mut needles = Needles::new();
    for sent in granted() {
        let answer = exchanged(&server, &sent);
        handed_out(&answer, &mut needles);
    }
    let world = server.world("default").unwrap();
    needles.assert_none_in("a server", &format!("{server:?} {world:?} {:?}", server.worlds()));
    let records = world.requests();
    assert!(records.len() > 30);
    needles.assert_none_in("a record", &format!("{records:?}"));
    let text = world.export().unwrap();
    assert!(text.contains(CANARY), "what is kept is in the export");
    let scenario = load(&[Source::Text { name: "exported".to_owned(), text: text.clone() }]).unwrap();
    needles.assert_none_in("a state", &format!("{scenario:?} {:#?}", scenario.state));
    needles.assert_none_in("a document", &format!("{:?}", export(&scenario)));
    needles.assert_none_in("a source", &format!("{:?}", Source::Sent { text: text.clone() }));
    needles.assert_none_in("a builder", &format!("{:?}", Server::builder().scenario_text(text)));
    for api in APIS {
        needles.assert_none_in("an account", &format!("{:?}", (api.accounts)(&scenario.state)));
    }
}

/// The answer of a server in this process.
fn exchanged(server: &Server, sent: &Sent) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(server.addr()).unwrap();
    stream.write_all(&sent.bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
