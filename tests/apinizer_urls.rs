//! JWKs from a URL that something on loopback really answers: within the limits of the request, and without holding up
//! anybody else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use certmimic::gateway;
use certmimic::http::Request;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use serde_json::{Value, json};

const SET: &str =
    r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

fn worlds() -> Worlds {
    Worlds::new(scenario::load(&[Source::BuiltIn("empty".to_owned())]).unwrap())
}

fn call(worlds: &Worlds, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", "Bearer t".parse().unwrap());
    let request = Request {
        method: method.parse().unwrap(),
        path: format!("/apiops/projects/MyProject/jwks/{path}"),
        query: String::new(),
        headers,
        body: body.to_string().into(),
        origin: String::new(),
        client_certificate: None,
    };
    let response = gateway::answer(worlds, &request);
    (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap())
}

/// Answers each connection with these bytes, once it has been told to.
fn serve(answer: Vec<u8>) -> (String, mpsc::Sender<()>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
    let (go, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _head = stream.read(&mut [0; 4096]);
            if told.recv().is_err() {
                return;
            }
            let _gone = stream.write_all(&answer);
        }
    });
    (url, go)
}

fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into()
}

fn refusal(answer: &(u16, Value)) -> &str {
    assert_eq!(answer.0, 400, "{answer:?}");
    answer.1["error_description"].as_str().unwrap()
}

#[test]
fn a_set_is_read_and_followed_by_its_url() {
    let (worlds, (url, go)) = (worlds(), serve(ok(SET)));
    go.send(()).unwrap();
    let body = json!({"name": "j", "sourceType": "URL", "url": url, "urlOptionReadTimeout": 5000});
    assert_eq!(call(&worlds, "POST", "", &body).0, 200);
    let (_, read) = call(&worlds, "GET", "j/", &json!({}));
    assert_eq!(read["resultList"][0]["sourceUrl"], url);
    assert_eq!(read["resultList"][0]["kid"], "one");
}

#[test]
fn limits_of_the_request_hold_and_what_fails_leaves_nothing() {
    let worlds = worlds();
    let (url, _silent) = serve(ok(SET));
    let answer = call(&worlds, "POST", "parse-from-url", &json!({"name": "j", "url": url, "urlOptionReadTimeout": 50}));
    assert_eq!(refusal(&answer), format!("JWK could not be read from URL ({url}): it did not answer in time"));
    for (bytes, size, reason) in [
        (ok(SET), 100, "the answer is larger than 100 bytes"),
        (b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n".to_vec(), 1000, "the answer has status 302"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".to_vec(), 1000, "the answer has status 500"),
        (b"nonsense".to_vec(), 1000, "the answer is not HTTP"),
    ] {
        let (url, go) = serve(bytes);
        go.send(()).unwrap();
        let body = json!({"name": "j", "url": url, "urlOptionSizeLimit": size, "urlOptionReadTimeout": 300});
        let answer = call(&worlds, "POST", "parse-from-url", &body);
        assert_eq!(refusal(&answer), format!("JWK could not be read from URL ({url}): {reason}"));
    }
    assert_eq!(call(&worlds, "GET", "", &json!({})).1["resultList"], json!([]));
}

#[test]
fn others_write_while_a_url_is_waited_for() {
    let (worlds, (url, go)) = (worlds(), serve(ok(SET)));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| call(&worlds, "POST", "parse-from-url", &json!({"name": "slow", "url": url})).0);
        thread::sleep(Duration::from_millis(100));
        let quick = json!({"name": "quick", "type": "OCT", "oct": {"keySize": 128}});
        assert_eq!(call(&worlds, "POST", "generate", &quick).0, 200);
        assert!(!waiting.is_finished(), "it still waits");
        go.send(()).unwrap();
        assert_eq!(waiting.join().unwrap(), 200);
    });
    let (_, list) = call(&worlds, "GET", "", &json!({}));
    let names: Vec<&str> =
        list["resultList"].as_array().unwrap().iter().map(|jwk| jwk["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["quick", "slow"]);
}
