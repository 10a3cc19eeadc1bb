//! JWKs from a URL that something on loopback really answers: within the limits of the request, and without holding up
//! anybody else, however silent the other side is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may run programs")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use certmimic::Server;
use process::Served;
use serde_json::{Value, json};

const SET: &str =
    r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

/// Fetches that a server makes at a time.
const MOST_FETCHES: usize = 64;

fn server() -> Server {
    Server::builder().scenario("empty").start_blocking().unwrap()
}

/// A request on a connection of its own, sent and not yet answered.
fn sent(server: SocketAddr, method: &str, path: &str, body: &Value) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(server).unwrap();
    let body = body.to_string();
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\nConnection: close\r\n");
    write!(stream, "{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    BufReader::new(stream)
}

/// Status and JSON of the answer.
fn received(mut stream: BufReader<TcpStream>) -> (u16, Value) {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

fn call(server: &Server, method: &str, path: &str, body: &Value) -> (u16, Value) {
    received(sent(server.addr(), method, &jwks(path), body))
}

fn jwks(path: &str) -> String {
    format!("/apiops/projects/MyProject/jwks/{path}")
}

fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
    (listener, url)
}

/// Accepts a connection and reads the head of its request.
fn asked(listener: &TcpListener) -> TcpStream {
    let (stream, _) = listener.accept().unwrap();
    let head = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
    assert!(head.take_while(|line| !line.is_empty()).count() > 1);
    stream
}

/// Answers the next connection with these bytes.
fn serve(answer: Vec<u8>) -> String {
    let (listener, url) = listener();
    thread::spawn(move || asked(&listener).write_all(&answer).unwrap());
    url
}

fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into()
}

fn refusal(answer: &(u16, Value)) -> &str {
    assert_eq!(answer.0, 400, "{answer:?}");
    answer.1["error_description"].as_str().unwrap()
}

/// What makes a JWK from a URL, and waits for it as long as it may.
fn patient(name: &str, url: &str) -> Value {
    json!({"name": name, "url": url, "urlOptionReadTimeout": 30_000})
}

#[test]
fn a_set_is_read_and_known_by_its_url() {
    let (server, url) = (server(), serve(ok(SET)));
    let body = json!({"name": "j", "sourceType": "URL", "url": url, "urlOptionReadTimeout": 5000});
    assert_eq!(call(&server, "POST", "", &body).0, 200);
    let (_, read) = call(&server, "GET", "j/", &json!({}));
    assert_eq!(read["resultList"][0]["sourceUrl"], url);
    assert_eq!(read["resultList"][0]["kid"], "one");
}

#[test]
fn limits_of_the_request_hold_and_what_fails_leaves_nothing() {
    let server = server();
    let (_silent, url) = listener();
    let answer = call(&server, "POST", "parse-from-url", &json!({"name": "j", "url": url, "urlOptionReadTimeout": 50}));
    assert_eq!(refusal(&answer), format!("JWK could not be read from URL ({url}): it did not answer in time"));
    for (bytes, size, reason) in [
        (ok(SET), 100, "the answer is larger than 100 bytes"),
        (b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n".to_vec(), 1000, "the answer has status 302"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".to_vec(), 1000, "the answer has status 500"),
        (b"nonsense".to_vec(), 1000, "the answer is not HTTP"),
    ] {
        let url = serve(bytes);
        let body = json!({"name": "j", "url": url, "urlOptionSizeLimit": size, "urlOptionReadTimeout": 30_000});
        let answer = call(&server, "POST", "parse-from-url", &body);
        assert_eq!(refusal(&answer), format!("JWK could not be read from URL ({url}): {reason}"));
    }
    assert_eq!(call(&server, "GET", "", &json!({})).1["resultList"], json!([]));
}

#[test]
fn others_write_while_a_url_is_waited_for() {
    let server = server();
    let (listener, url) = listener();
    let waiting = sent(server.addr(), "POST", &jwks("parse-from-url"), &patient("slow", &url));
    let mut stream = asked(&listener);
    let quick = json!({"name": "quick", "type": "OCT", "oct": {"keySize": 128}});
    assert_eq!(call(&server, "POST", "generate", &quick).0, 200);
    stream.write_all(&ok(SET)).unwrap();
    assert_eq!(received(waiting).0, 200);
    let (_, list) = call(&server, "GET", "", &json!({}));
    let names: Vec<&str> =
        list["resultList"].as_array().unwrap().iter().map(|jwk| jwk["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["quick", "slow"]);
}

#[test]
fn a_lane_full_of_fetches_from_a_silent_server_holds_up_neither_writes_nor_control() {
    let server = server();
    let (listener, url) = listener();
    let asking: Vec<_> = (0..MOST_FETCHES)
        .map(|number| sent(server.addr(), "POST", &jwks("parse-from-url"), &patient(&format!("j{number}"), &url)))
        .collect();
    let silent: Vec<TcpStream> = asking.iter().map(|_| asked(&listener)).collect();
    let generate = json!({"name": "quick", "type": "OCT", "oct": {"keySize": 128}});
    assert_eq!(call(&server, "POST", "generate", &generate).0, 200);
    let reset = received(sent(server.addr(), "POST", "/_certmimic/reset", &json!({})));
    assert_eq!(reset, (200, json!({"scenario": "empty"})));
    let further = call(&server, "POST", "parse-from-url", &patient("further", &url));
    let reason = format!("{MOST_FETCHES} others are being waited for; let some of them end");
    assert_eq!(refusal(&further), format!("JWK could not be read from URL ({url}): {reason}"));
    for mut stream in silent {
        stream.write_all(&ok(SET)).unwrap();
    }
    assert!(asking.into_iter().all(|stream| received(stream).0 == 200));
    let (answers, url) = (thread::spawn(move || asked(&listener).write_all(&ok(SET))), url);
    assert_eq!(call(&server, "POST", "parse-from-url", &patient("further", &url)).0, 200, "there is room again");
    answers.join().unwrap().unwrap();
}

#[test]
fn a_server_in_the_same_process_stops_while_a_url_is_waited_for() {
    let (listener, url) = listener();
    let server = server();
    let waiting = sent(server.addr(), "POST", &jwks("parse-from-url"), &patient("j", &url));
    let _silent = asked(&listener);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(server.stop());
    let reason = format!("JWK could not be read from URL ({url}): certmimic is stopping");
    assert_eq!(refusal(&received(waiting)), reason);
}

#[test]
fn a_process_that_is_asked_to_end_does_not_wait_for_the_other_side() {
    let served = Served::start(&["--scenario", "empty"]);
    let (listener, url) = listener();
    let waiting = sent(served.address, "POST", &jwks("parse-from-url"), &patient("j", &url));
    let _silent = asked(&listener);
    let asked_to_end = Instant::now();
    served.terminate();
    let (status, _) = served.ended();
    assert!(asked_to_end.elapsed() < Duration::from_secs(5), "far less than grace and the fetch's own time");
    assert_eq!(status.code(), Some(0));
    assert_eq!(received(waiting).0, 400, "the request was answered");
}
