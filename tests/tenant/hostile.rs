//! Servers that are no tenant, or none that lets one in: one sentence that says what was expected and what came.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use base64::Engine as _;

use crate::played::{printed, refused, tenant, url};
use crate::process::{Served, run};

const CANARY: &str = "canary-secret-0123456789";

/// Answers every connection with what `answer` makes of the request's first line; where it listens.
fn server(answer: impl Fn(&str) -> String + Send + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            let (mut first, mut line) = (String::new(), String::new());
            stream.read_line(&mut first).unwrap();
            while stream.read_line(&mut line).unwrap() > 2 {
                line.clear();
            }
            // The client may have heard enough.
            let _gone = stream.get_mut().write_all(answer(first.trim_end()).as_bytes());
        }
    });
    url
}

fn answer(status: &str, media_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

fn token() -> String {
    answer("200 OK", "application/json", &format!(r#"{{"access_token":"token-{CANARY}","token_type":"bearer"}}"#))
}

/// Gives a token, and answers what is read with what `read` makes of the request's first line; where it listens.
fn letting_in(read: impl Fn(&str) -> String + Send + 'static) -> String {
    server(move |first| if first.starts_with("POST") { token() } else { read(first) })
}

/// What the program says of a server with these options, whatever it is to do there; no secret is in it, and it is one line.
fn told(url: &str, options: &[&str]) -> String {
    let told = told_by("capture", url, options);
    // A server may number what it answers.
    let without_numbers = |told: &str| told.replace(|character: char| character.is_ascii_digit(), "");
    assert_eq!(without_numbers(&told), without_numbers(&told_by("compare", url, options)));
    told
}

fn told_by(command: &str, url: &str, options: &[&str]) -> String {
    let fixed = [command, "--url", url, "--client-id", "sb-a", "--client-secret", CANARY, "--system", "ci"];
    let output = run(&[&fixed, options].concat());
    let told = refused(&output);
    assert!(!told.contains(CANARY), "{told}");
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    told
}

#[test]
fn nobody_is_there() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let told = told(&format!("http://{free}"), &[]);
    assert!(told.contains("expected an answer, but") && told.contains("refused"), "{told}");
}

#[test]
fn the_secret_is_wrong() {
    let served = tenant("required", "certmimic: 1\nauth: { mode: required }\nclients: [{ id: sb-a, secret: other }]\n");
    let told = told(&url(&served), &[]);
    assert!(
        told.contains("expected a token, but 401 Unauthorized came with \"invalid_client: Bad credentials\""),
        "{told}"
    );
}

#[test]
fn a_user_interface_sends_one_elsewhere() {
    const ELSEWHERE: &str = "HTTP/1.1 302 Found\r\nLocation: https://login.example/saml?x=1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let url = letting_in(|_| ELSEWHERE.to_owned());
    let told = told(&url, &[]);
    assert!(told.contains("a redirection came (302, to https://login.example)"), "{told}");
}

#[test]
fn a_page_for_browsers_is_no_answer() {
    let url = letting_in(|_| answer("200 OK", "text/html;charset=utf-8", "<html>Please log in</html>"));
    let told = told(&url, &[]);
    assert!(told.contains("expected JSON, but 200 OK came with a page for browsers (HTML)"), "{told}");
}

#[test]
fn a_login_page_in_place_of_a_token_is_none() {
    let url = server(|_| answer("200 OK", "text/html", "<html>"));
    let told = told(&url, &[]);
    assert!(told.contains("expected a token, but 200 OK came with a page for browsers"), "{told}");
}

#[test]
fn another_tenant_has_other_paths() {
    const NOT_FOUND: &str = r#"{"error":{"code":"Not Found","message":{"lang":"en","value":"no such path"}}}"#;
    let url = letting_in(|_| answer("404 Not Found", "application/json", NOT_FOUND));
    let of_one = told(&url, &[]);
    assert!(of_one.contains("404 Not Found came with \"Not Found no such path\""), "{of_one}");
    let output = run(&["capture", "--url", &url, "--client-id", "sb-a", "--client-secret", CANARY]);
    let of_all = refused(&output);
    assert!(of_all.contains("none answers there: SAP API Management: ") && of_all.contains("Apinizer: "), "{of_all}");
    assert!(!of_all.contains(CANARY));
}

#[test]
fn what_echoes_a_secret_gets_none_into_a_message() {
    let echo = format!(r#"{{"error":{{"code":null,"message":{{"value":"Bearer token-{CANARY}, {CANARY}"}}}}}}"#);
    let url = letting_in(move |_| answer("400 Bad Request", "application/json", &echo));
    let told = told(&url, &[]);
    assert!(told.contains("Bearer …, …"), "{told}");
}

#[test]
fn who_is_busy_for_a_moment_is_asked_again() {
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let url = letting_in(move |first| match first {
        _ if tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 2 => {
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .to_owned()
        }
        first if first.contains("/api/v1/KeystoreEntries ") => answer(
            "200 OK",
            "application/json",
            r#"{"d":{"results":[{"Alias":"first","Type":"Certificate","SubjectDN":"CN=a"}],"__next":"KeystoreEntries?$skiptoken=1"}}"#,
        ),
        first if first.contains("$skiptoken=1") => answer(
            "200 OK",
            "application/json",
            r#"{"d":{"results":[{"Alias":"second","Type":"Certificate","SubjectDN":"CN=b"}]}}"#,
        ),
        _ => answer("404 Not Found", "text/plain", "no"),
    });
    let output = run(&["capture", "--url", &url, "--client-id", "sb-a", "--client-secret", CANARY, "--system", "ci"]);
    let scenario = printed(&output);
    assert!(scenario.contains("alias: first") && scenario.contains("alias: second"), "{scenario}");
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(notes.contains("note: the certificate of first could not be read: ") && !notes.contains(CANARY), "{notes}");
}

#[test]
fn a_page_that_leads_to_another_host_is_not_followed() {
    const PAGE: &str = r#"{"d":{"results":[],"__next":"https://evil.example/KeystoreEntries?$skiptoken=1"}}"#;
    let url = letting_in(|_| answer("200 OK", "application/json", PAGE));
    let told = told(&url, &[]);
    assert!(told.contains("leads to https://evil.example/KeystoreEntries, and is not followed"), "{told}");
}

#[test]
fn a_list_without_an_end_is_not_read_for_ever() {
    let page = std::sync::atomic::AtomicUsize::new(0);
    let url = letting_in(move |_| {
        let next = page.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let body = format!(r#"{{"d":{{"results":[],"__next":"KeystoreEntries?$skiptoken={next}"}}}}"#);
        answer("200 OK", "application/json", &body)
    });
    let told = told(&url, &[]);
    assert!(told.contains("expected a list of at most a thousand pages"), "{told}");
}

#[test]
fn who_is_too_busy_to_tell_the_mappings_has_not_told_that_there_are_none() {
    let url = letting_in(|first| match first {
        first if first.contains("/api/v1/KeystoreEntries ") => {
            answer("200 OK", "application/json", r#"{"d":{"results":[]}}"#)
        }
        first if first.contains("CertificateUserMappings") => {
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .to_owned()
        }
        _ => answer("404 Not Found", "text/plain", "no"),
    });
    let told = told(&url, &[]);
    assert!(told.contains("CertificateUserMappings") && told.contains("3600 s"), "{told}");
}

/// The notes of a tenant of Cloud Integration with these user credentials, which answers whoever asks for mappings with that status.
fn notes_of(credentials: &str, mappings: &str) -> String {
    let (users, status) = (format!(r#"{{"d":{{"results":[{credentials}]}}}}"#), mappings.to_owned());
    let parameters = r#"{"d":{"results":[{"Name":"parameter","Description":""}]}}"#;
    let url = letting_in(move |first| match first {
        first if first.contains("/api/v1/KeystoreEntries ") => {
            answer("200 OK", "application/json", r#"{"d":{"results":[]}}"#)
        }
        first if first.contains("/UserCredentials ") => answer("200 OK", "application/json", &users),
        first if first.contains("/SecureParameters ") => answer("200 OK", "application/json", parameters),
        first if first.contains("CertificateUserMappings") => answer(&status, "text/plain", "no"),
        _ => answer("404 Not Found", "text/plain", "no"),
    });
    let output = run(&["capture", "--url", &url, "--client-id", "sb-a", "--client-secret", CANARY, "--system", "ci"]);
    assert!(printed(&output).contains("name: known"));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn credentials_of_a_kind_that_nobody_knows_are_noted_and_so_are_mappings_that_are_not_told() {
    let known = r#"{"Name":"known","Kind":"default","User":"ada"},{"Name":"parameter","Kind":"secure"}"#;
    let other = format!(r#"{known},{{"Name":"other","Kind":"certificate"}}"#);
    let (left_out, untold) =
        ("the user credential other was left out: its kind \"certificate\"", "mappings could not be read");
    for status in ["404 Not Found", "501 Not Implemented"] {
        let notes = notes_of(known, status);
        assert!(!notes.contains("left out") && !notes.contains(untold), "{status}: {notes}");
    }
    for status in ["403 Forbidden", "500 Internal Server Error"] {
        let notes = notes_of(&other, status);
        assert!(notes.contains(left_out) && notes.contains(untold), "{status}: {notes}");
    }
}

#[test]
fn a_private_key_that_stands_beside_a_certificate_is_not_taken() {
    let file = |name: &str| std::fs::read_to_string(format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (certificate, key) = (file("server/smtp.pem"), file("keys/rsa.pem"));
    let sent = base64::engine::general_purpose::STANDARD.encode(format!("{certificate}{key}"));
    let row = format!(r#"{{"d":{{"results":[{{"User":"ada","Certificate":"{sent}"}}]}}}}"#);
    let url = letting_in(move |first| match first {
        first if first.contains("/api/v1/KeystoreEntries ") => {
            answer("200 OK", "application/json", r#"{"d":{"results":[]}}"#)
        }
        first if first.contains("CertificateUserMappings") => answer("200 OK", "application/json", &row),
        _ => answer("404 Not Found", "text/plain", "no"),
    });
    let output = run(&["capture", "--url", &url, "--client-id", "sb-a", "--client-secret", CANARY, "--system", "ci"]);
    let scenario = printed(&output);
    assert!(scenario.contains(certificate.lines().nth(3).unwrap()), "{scenario}");
    assert!(!scenario.contains(key.lines().nth(3).unwrap()) && !scenario.contains("LS0tLS1CRUdJTi"), "{scenario}");
}

#[test]
fn options_that_say_nothing_are_refused_before_anything_is_asked() {
    for (options, word) in [
        (vec!["capture"], "--service-key"),
        (vec!["capture", "--url", "https://t.example"], "--client-id"),
        (vec!["capture", "--url", "https://t.example", "--client-id", "a"], "--client-secret"),
        (vec!["capture", "--url", "t.example", "--token", "x"], "--url: expected the URL"),
        (
            vec![
                "capture",
                "--url",
                "https://t.example",
                "--client-id",
                "a",
                "--client-secret",
                "b",
                "--token-url",
                "https://u:p@t.example",
            ],
            "--token-url: expected a URL without credentials",
        ),
        (vec!["capture", "--url", "https://t.example", "--token", "x", "--system", "abap"], "sap_api_management"),
        (vec!["capture", "--service-key", "/nowhere.json"], "--service-key: /nowhere.json cannot be read"),
        (
            vec!["capture", "--url", "https://t.example", "--token", "x", "--ca", "Cargo.lock"],
            "holds no certificate authority",
        ),
    ] {
        let output = run(&options);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(refused(&output).contains(word), "{options:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_tenant_is_known_by_its_certificate() {
    let ca = crate::played::temporary("ca.pem", "");
    let served = Served::start(&["--tls-listen", "127.0.0.1:0", "--tls-ca-file", ca.to_str().unwrap()]);
    let url = format!("https://127.0.0.1:{}", served.secure_port());
    let options = ["capture", "--url", &url, "--client-id", "sb-a", "--client-secret", CANARY, "--system", "ci"];
    let trusted = run(&[options.as_slice(), &["--ca", ca.to_str().unwrap()]].concat());
    assert!(printed(&trusted).contains("mykeypair"));
    let stranger = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/ca/partner-ca.pem");
    let told = told(&url, &["--ca", stranger]);
    assert!(told.contains("expected a certificate that can be trusted") && told.contains("--ca"), "{told}");
}
