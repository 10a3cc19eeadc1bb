//! `--state`: the default world outlives the server, however that ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]
#![allow(clippy::indexing_slicing, reason = "a test may")]
#![cfg(unix)]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use certmimic::Server;
use certmimic::scenario::{Source, load};
use process::{Served, certmimic, folder, run};
use serde_json::Value;

/// What every wait is bounded by.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder of its own, and a file in it that is not there yet.
fn place(name: &str) -> PathBuf {
    folder(name).join("state.yaml")
}

fn serve(file: &Path, more: &[&str]) -> Served {
    Served::start(&[&["--state", file.to_str().unwrap()], more].concat())
}

fn content(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap_or_default()
}

/// Waits until something is true.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::yield_now();
    }
}

fn files_beside(file: &Path) -> Vec<String> {
    let files = std::fs::read_dir(file.parent().unwrap()).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

fn send(served: &Served, method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    served.exchange(format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer x\r\n\
         Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    ))
}

const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";

fn add(served: &Served, name: &str) {
    let answer =
        send(served, "POST", REFERENCES, &format!("{{\"name\": \"{name}\", \"certificateStoreName\": \"ts\"}}"));
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
}

fn has(served: &Served, name: &str) -> bool {
    send(served, "GET", &format!("{REFERENCES}('{name}')"), "").starts_with("HTTP/1.1 200")
}

fn health(served: &Served) -> Value {
    let answer = send(served, "GET", "/_certmimic/health", "");
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn what_was_changed_a_second_before_it_was_killed_is_there_again() {
    let file = place("killed");
    let served = serve(&file, &[]);
    assert_eq!(load(&[Source::File(file.clone())]).unwrap().name, "quickstart", "it is there from the start");
    assert!(served.ready.contains(&format!("; state in {}; ", file.display())), "{}", served.ready);
    add(&served, "made-before-the-kill");
    until("the change is not in the file", || content(&file).contains("made-before-the-kill"));
    served.kill();
    let again = serve(&file, &[]);
    assert!(has(&again, "made-before-the-kill") && has(&again, "reference_ts_1"));
    assert_eq!(files_beside(&file), ["state.yaml"]);
}

#[test]
fn told_to_end_it_leaves_nothing_unwritten() {
    let file = place("ended");
    let served = serve(&file, &[]);
    add(&served, "made-at-the-end");
    served.terminate();
    assert_eq!(served.ended().0.code(), Some(0));
    assert!(content(&file).contains("made-at-the-end"));
    assert_eq!(files_beside(&file), ["state.yaml"]);
}

#[test]
fn a_reset_goes_back_to_the_scenario_and_both_it_and_a_sent_state_are_changes() {
    let file = place("reset");
    let served = serve(&file, &["--scenario", "rotation"]);
    until("the scenario is not in the file", || content(&file).contains("gateway-2026"));
    let sent = "{\"certmimic\": 1, \"clients\": [{\"id\": \"sent\", \"secret\": \"s\"}]}";
    assert!(send(&served, "PUT", "/_certmimic/state", sent).starts_with("HTTP/1.1 200"));
    until("the sent state is not in the file", || content(&file).contains("id: sent"));
    served.kill();
    let again = serve(&file, &["--scenario", "rotation"]);
    assert!(!has(&again, "gateway"), "it starts from the file");
    assert!(send(&again, "POST", "/_certmimic/reset", "").starts_with("HTTP/1.1 200"));
    assert!(has(&again, "gateway"), "a reset goes back to the scenario");
    until("the reset is not in the file", || content(&file).contains("gateway-2026"));
}

#[test]
fn the_clock_the_faults_and_what_was_drawn_go_on() {
    let file = place("goes-on");
    let served = serve(&file, &[]);
    send(&served, "PUT", "/_certmimic/clock", "{\"now\": \"2031-05-06T07:08:09Z\", \"mode\": \"frozen\"}");
    send(
        &served,
        "POST",
        "/_certmimic/faults",
        "{\"id\": \"slow\", \"on\": {\"path\": \"/apiops/**\"}, \"delay\": \"1ms\"}",
    );
    served.terminate();
    served.ended();
    let again = serve(&file, &[]);
    assert!(send(&again, "GET", "/_certmimic/clock", "").contains("2031-05-06T07:08:09"));
    assert!(send(&again, "GET", "/_certmimic/faults", "").contains("\"slow\""));
}

#[test]
fn whoever_reads_the_file_finds_a_whole_world() {
    let file = place("whole");
    let served = serve(&file, &[]);
    let mut seen = 0;
    for number in 0.. {
        add(&served, &format!("reference-{number}"));
        let now = load(&[Source::File(file.clone())]).unwrap_or_else(|flaws| panic!("{}", flaws[0]));
        seen = seen.max(now.state.sap_api_management.references.len());
        if seen > 4 {
            break;
        }
    }
}

#[test]
fn only_its_owner_may_read_it_and_what_a_link_leads_to_is_written() {
    let file = place("mode");
    std::fs::write(&file, "").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let link = file.with_file_name("link.yaml");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let _served = serve(&link, &["--scenario", "empty"]);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(load(&[Source::File(file)]).unwrap().name, "empty", "an empty file is as good as none");
}

#[test]
fn a_link_may_lead_to_a_file_that_is_not_there_yet() {
    let folder = folder("link");
    let [link, other] = ["link.yaml", "other.yaml"].map(|name| folder.join(name));
    std::os::unix::fs::symlink("other.yaml", &link).unwrap();
    std::os::unix::fs::symlink("state.yaml", &other).unwrap();
    let _served = serve(&link, &["--scenario", "empty"]);
    assert!(link.symlink_metadata().unwrap().is_symlink() && other.symlink_metadata().unwrap().is_symlink());
    assert_eq!(load(&[Source::File(folder.join("state.yaml"))]).unwrap().name, "empty");
}

#[test]
fn by_its_name_it_is_json() {
    let file = place("json").with_file_name("state.json");
    let served = Served::of({
        let mut command = certmimic(&["--listen", "127.0.0.1:0"]);
        command.env("CERTMIMIC_STATE", &file).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    });
    let document: Value = serde_json::from_str(&content(&file)).unwrap();
    assert_eq!(document["name"], "quickstart");
    drop(served);
    assert!(has(&serve(&file, &[]), "reference_ts_1"));
}

#[test]
fn a_file_that_cannot_be_written_keeps_it_from_starting() {
    let file = place("unwritable");
    let folder = file.parent().unwrap();
    for wrong in [folder.join("no-such-folder/state.yaml"), folder.to_path_buf()] {
        let refused = run(&["--listen", "127.0.0.1:0", "--state", wrong.to_str().unwrap()]);
        let told = String::from_utf8(refused.stderr).unwrap();
        assert!(matches!(refused.status.code(), Some(1 | 2)) && refused.stdout.is_empty(), "{told}");
        assert!(told.contains(wrong.to_str().unwrap()), "{told}");
    }
    assert!(files_beside(&file).is_empty());
    std::fs::write(&file, "certmimic: 1\nsede: 7\n").unwrap();
    let refused = run(&["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("state.yaml:2:1: unknown key \"sede\""));
    assert_eq!(content(&file), "certmimic: 1\nsede: 7\n");
}

/// A file that may not grow beyond a few hundred bytes is as good as a disk that is full.
#[test]
fn a_full_disk_leaves_no_draft() {
    let file = place("full");
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" serve --listen 127.0.0.1:0 --state \"$1\"";
    let refused = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_certmimic")]).arg(&file).output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1), "{told}");
    assert!(told.contains("the state cannot be written to") && told.contains("--state"), "{told}");
    assert!(files_beside(&file).is_empty());
}

#[test]
fn what_cannot_be_written_later_is_logged_once_and_stands_in_health_until_it_can() {
    let file = place("gone");
    let mut command =
        certmimic(&["--listen", "127.0.0.1:0", "--state", file.to_str().unwrap(), "--log-format", "json"]);
    let served = Served::of(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    assert_eq!(health(&served)["state"]["problem"], Value::Null);
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    add(&served, "first");
    until("health is silent", || health(&served)["state"]["problem"].is_string());
    assert_eq!((&health(&served)["status"], has(&served, "first")), (&Value::from("ready"), true), "it serves on");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    until("it is not tried again", || content(&file).contains("first"));
    until("health has not heard", || health(&served)["state"]["problem"].is_null());
    assert_eq!(files_beside(&file), ["state.yaml"]);
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    add(&served, "lost");
    until("health is silent", || health(&served)["state"]["problem"].is_string());
    served.terminate();
    let log = served.errors();
    assert_eq!(log.matches("the state cannot be written to").count(), 3, "twice in the log, and at the end: {log}");
    assert!(log.contains("what changed last is lost"), "{log}");
}

#[test]
fn without_it_health_says_nothing_of_a_file() {
    assert!(health(&Served::start(&[])).get("state").is_none());
}

#[test]
fn in_the_process_of_a_test_it_is_written_when_the_server_stops() {
    let file = place("in-process");
    let server = Server::builder().scenario("empty").state_file(&file).start_blocking().unwrap();
    server.worlds().default_world().store.change(|state| state.sessions = 4711);
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(server.stop());
    assert_eq!(load(&[Source::File(file)]).unwrap().state.sessions, 4711);
}
