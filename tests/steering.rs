//! The control API over sockets: who may steer, addresses of its own, the stream, and the commands that ask it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod process;

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use process::{Connection, Served, certmimic, run};

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap_or_else(|| panic!("no answer: {answer:?}")).parse().unwrap()
}

fn ask(served: &Served, line: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    served.exchange(format!("{line} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"))
}

const HERE: &str = "Host: localhost\r\nAuthorization: Bearer x\r\n";
const READ: &str = "GET /api/v1/KeystoreEntries('6E6F7065')";

#[test]
fn a_foreign_page_and_a_foreign_name_may_not_steer() {
    let served = Served::start(&[]);
    let own = format!("Host: {0}\r\nOrigin: http://{0}\r\nSec-Fetch-Site: same-origin\r\n", served.address);
    assert_eq!(status(&ask(&served, "POST /_certmimic/reset", &own, "")), 200);
    for foreign in [
        "Host: localhost\r\nOrigin: http://evil.example\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
        "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n",
        "Host: evil.example\r\n",
    ] {
        for call in ["POST /_certmimic/reset", "POST /w/a/_certmimic/reset", "GET /_certmimic/state"] {
            let answer = ask(&served, call, foreign, "");
            assert_eq!(status(&answer), 403, "{foreign}");
            assert!(answer.contains("foreign_origin") && answer.contains("--allow-host"), "{answer}");
        }
        assert_eq!(
            status(&ask(&served, READ, &format!("{foreign}Authorization: Bearer x\r\n"), "")),
            404,
            "systems are for all"
        );
    }
    let admitting = Served::start(&["--allow-host", "evil.example"]);
    assert_eq!(status(&ask(&admitting, "POST /_certmimic/reset", "Host: evil.example\r\n", "")), 200);
}

#[test]
fn the_control_api_can_have_an_address_of_its_own() {
    let served = Served::start(&["--control-listen", "127.0.0.1:0"]);
    let (_, control) = served.ready.split_once("control API on http://").unwrap();
    let control: SocketAddr = control.split_once(')').unwrap().0.parse().unwrap();
    let here = ask(&served, "GET /_certmimic/health", HERE, "");
    assert!(status(&here) == 404 && here.contains("control_elsewhere"), "{here}");
    assert_eq!(status(&ask(&served, READ, HERE, "")), 404);
    let there = |line: &str| {
        let mut connection = Connection::to(control);
        connection.send(format!("{line} HTTP/1.1\r\n{HERE}Connection: close\r\n\r\n"));
        connection.rest()
    };
    assert_eq!(status(&there("GET /_certmimic/health")), 200);
    assert!(there("GET /_certmimic/requests").contains("6E6F7065"), "the same worlds");
    let system = there(READ);
    assert!(status(&system) == 404 && system.contains("control_only"), "{system}");
    let health = run(&["health", "--url", &format!("http://{control}")]);
    assert!(health.status.success());
}

/// The next line that has these words; what is no line of the stream has an end.
fn line_with(stream: &mut Connection, wanted: &str) -> String {
    (0..1_000).map(|_| stream.line()).find(|line| line.contains(wanted)).unwrap_or_else(|| panic!("no {wanted}"))
}

#[test]
fn the_stream_tells_what_happens_as_it_happens() {
    let served = Served::start(&[]);
    ask(&served, READ, HERE, "");
    let mut stream = served.connect();
    stream.send(format!("GET /w/default/_certmimic/requests/stream?format=text HTTP/1.0\r\n{HERE}\r\n"));
    let mut next = |wanted: &str| line_with(&mut stream, wanted);
    assert_eq!(next("HTTP/"), "HTTP/1.0 200 OK");
    assert!(next("data:").contains("ci.entry.read alias_not_found"));
    ask(&served, "DELETE /api/v1/KeystoreEntries('6E6F7065')", HERE, "");
    assert_eq!(next("id:"), "id: 2");
    let mut again = served.connect();
    again.send(format!("GET /_certmimic/requests/stream HTTP/1.0\r\nLast-Event-ID: 1\r\n{HERE}\r\n"));
    assert_eq!(line_with(&mut again, "id:"), "id: 2");
    let refused = ask(&served, "GET /_certmimic/requests/stream?format=nope", HERE, "");
    assert_eq!(status(&refused), 400);
    served.terminate();
    let (ended, _) = served.ended();
    assert!(ended.success(), "a stream does not keep it from ending");
}

#[test]
fn the_commands_tell_log_and_coverage() {
    let served = Served::start(&[]);
    let url = format!("http://{}", served.address);
    ask(&served, READ, HERE, "");
    let log = run(&["log", "--url", &url]);
    let printed = String::from_utf8(log.stdout).unwrap();
    assert!(log.status.success() && printed.contains("404 GET    /api/v1/KeystoreEntries('6E6F7065')"), "{printed}");
    ask(&served, &READ.replace("GET ", "GET /w/one"), HERE, "");
    let in_world = run(&["log", "--refused", "--url", &format!("{url}/w/one")]);
    assert_eq!(String::from_utf8(in_world.stdout).unwrap().lines().count(), 2, "a line, and its diagnosis");

    let mut following = certmimic(&["log", "--follow", "--url", &url]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(following.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().contains("ci.entry.read"));
    following.kill().unwrap();
    following.wait().unwrap();

    let coverage = run(&["coverage", "--url", &url, "--min", "0.1"]);
    assert!(coverage.status.success() && String::from_utf8_lossy(&coverage.stdout).contains("ci.entry.read: 1 of"));
    let missed = run(&["coverage", "--url", &url, "--min", "60%", "--format", "junit"]);
    assert_eq!(missed.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missed.stderr).contains("less than 60 %"));
    let unknown = run(&["coverage", "--url", &url, "--system", "nope"]);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("sap_cloud_integration (ci)"));
    assert_eq!(run(&["log", "--url", "http://127.0.0.1:1"]).status.code(), Some(1));
}

#[test]
fn worlds_and_journals_are_as_large_as_told() {
    let served = Served::start(&["--worlds", "1", "--journal", "1"]);
    assert_eq!(status(&ask(&served, &READ.replace("GET ", "GET /w/one"), HERE, "")), 404);
    let refused = ask(&served, &READ.replace("GET ", "GET /w/two"), HERE, "");
    assert!(status(&refused) == 503 && refused.contains("too_many_worlds"), "{refused}");
    ask(&served, READ, HERE, "");
    ask(&served, READ, HERE, "");
    assert!(ask(&served, "GET /_certmimic/requests", HERE, "").contains("\"dropped\": 1"));
    let off = Served::start(&["--journal", "0"]);
    ask(&off, READ, HERE, "");
    assert!(ask(&off, "GET /_certmimic/requests", HERE, "").contains("\"requests\": []"));
    assert_eq!(run(&["serve", "--world-ttl", "-1s"]).status.code(), Some(2));
}

#[test]
fn curl_repeats_a_request_by_its_line() {
    let Ok(true) = Command::new("curl").arg("--version").stdout(Stdio::null()).status().map(|status| status.success())
    else {
        panic!("curl is needed: install it");
    };
    let served = Served::start(&[]);
    let body = r#"{"name":"it's","certificateStoreName":"ts"}"#;
    let create = "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences";
    assert_eq!(status(&ask(&served, create, &format!("{HERE}Content-Type: application/json\r\n"), body)), 201);
    ask(&served, "DELETE /apiportal/api/1.0/Management.svc/CertificateStoreReferences('it%27%27s')", HERE, "");
    let told = ask(&served, "GET /_certmimic/requests/1?format=curl", HERE, "");
    let line =
        told.rsplit("\r\n\r\n").next().unwrap().replace("http://localhost/", &format!("http://{}/", served.address));
    let output = Command::new("sh")
        .env("TOKEN", "x")
        .args(["-c", &format!("{} -w '%{{http_code}}' -o /dev/null", line.trim())])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "201", "{line}");
}
