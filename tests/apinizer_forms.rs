//! Hostile forms against the program: each is answered soon, in the API's envelope; nothing is stored, and memory stays
//! bounded by what was sent.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]
#![allow(clippy::print_stderr, reason = "what is not measured is said")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use process::Served;

const CERTIFICATES: &str = "/apiops/projects/MyProject/certificates/";
const MIB: usize = 1024 * 1024;

fn part(name: &str, content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

fn file(name: &str, content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f.p12\"\r\n\r\n{content}\r\n")
}

fn fields() -> String {
    ["certificateName", "alias", "certificateDescription"].map(|name| part(name, "c")).concat()
        + &part("environmentList", "production")
}

fn post(served: &Served, path: &str, form: &str) -> String {
    let started = Instant::now();
    let answer = served.exchange(format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Type: multipart/form-data; boundary=b\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
        form.len()
    ));
    assert!(started.elapsed() < Duration::from_secs(10), "{path} took {:?}", started.elapsed());
    answer
}

fn refused(answer: &str, text: &str) {
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains(text), "{answer:.600}");
}

fn stores_nothing(served: &Served) {
    let get = "GET /apiops/projects/MyProject/certificates/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nConnection: close\r\n\r\n";
    let answer = served.exchange(get);
    assert!(answer.contains(r#""resultList":[],"#), "{answer}");
}

fn server() -> Served {
    Served::start(&["--scenario", "empty"])
}

#[test]
fn thousands_of_parts_are_refused_and_nameless_ones_cost_nothing() {
    let served = server();
    let named: String = (0..5_000).map(|number| part(&format!("p{number}"), "")).collect();
    refused(
        &post(&served, CERTIFICATES, &(fields() + &named + "--b--\r\n")),
        "certificateName value can not be empty!",
    );
    let nameless = "--b\r\n\r\n\r\n".repeat(300_000);
    let answer = post(&served, CERTIFICATES, &(nameless + &fields() + "--b--\r\n"));
    refused(&answer, "pemEncodedFile value can not be empty!");
    stores_nothing(&served);
}

#[test]
fn a_list_of_many_environments_is_read_soon_and_does_not_multiply_the_file() {
    let served = server();
    let mut environments = String::new();
    for number in 0..200_000 {
        write!(environments, "{number},").unwrap();
    }
    let form = file("keystoreFile", &"x".repeat(10 * MIB))
        + &part("keystoreName", "k")
        + &part("password", "p")
        + &part("environmentList", &environments)
        + "--b--\r\n";
    let answer = post(&served, "/apiops/projects/MyProject/keystores/import-file/", &form);
    refused(&answer, "Environment (0) is not found or user does not have privilege to access it!");
    bounded(&served);
}

#[test]
fn large_forms_in_a_row_do_not_add_up() {
    let served = server();
    let text = "\r\n".repeat(7 * MIB);
    for form in [
        fields() + &file("pemEncodedFile", &"x".repeat(15 * MIB)) + "--b--\r\n",
        fields() + &file("pemEncodedFile", &text) + "--b--\r\n",
        fields() + &file("pemEncodedFile", &"--b \r".repeat(2 * MIB)) + "--b--\r\n",
        fields() + "--b\r\n" + &"X: y\r\n".repeat(2 * MIB) + "\r\n\r\n--b--\r\n",
    ] {
        for _ in 0..2 {
            let answer = post(&served, CERTIFICATES, &form);
            assert!(
                answer.starts_with("HTTP/1.1 400 ") && answer.contains(r#"{"error":"bad_request""#),
                "{answer:.600}"
            );
        }
    }
    let over = fields() + &file("pemEncodedFile", &"x".repeat(17 * MIB)) + "--b--\r\n";
    let answer = post(&served, CERTIFICATES, &over);
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains(r#"{"error":"payload_too_large""#), "{answer:.600}");
    stores_nothing(&served);
    bounded(&served);
}

/// A body is at most 16 MiB; a server that answers one after the other never holds ten of them.
fn bounded(served: &Served) {
    match served.peak_memory() {
        Some(peak) => assert!(peak < 160 * 1024, "{peak} KiB"),
        None => eprintln!("the system does not tell how much memory the server has held"),
    }
}
