//! Any bytes on the socket: an answer or a closed connection, never a hang.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test may")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;

use process::Served;

const HEALTH: &str = "GET /_certmimic/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

fn lives(served: &Served) {
    let answer = served.exchange(HEALTH);
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn bytes_that_are_no_request_are_answered_with_400() {
    let served = Served::start(&[]);
    let tls: &[u8] = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n";
    let requests: [&[u8]; 6] = [
        tls,
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /a b c HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
    ];
    for request in requests {
        let answer = served.exchange(request);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{:?}: {answer}", String::from_utf8_lossy(request));
    }
    lives(&served);
}

#[test]
fn a_client_that_stops_in_the_middle_is_cut_off() {
    let served = Served::start(&["--head-timeout", "100", "--body-timeout", "100"]);
    assert_eq!(served.exchange(""), "", "says nothing");
    assert_eq!(served.exchange("GET / HTTP/1.1\r\nHost"), "", "says half a head");
    let answer = served.exchange("POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhalf");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    lives(&served);
}

#[test]
fn a_head_that_is_too_long_is_answered_with_431() {
    let served = Served::start(&[]);
    let long = "x".repeat(100 * 1024);
    let answer = served.exchange(format!("GET / HTTP/1.1\r\nHost: x\r\nX: {long}\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let many = "X: y\r\n".repeat(1000);
    let answer = served.exchange(format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"));
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    lives(&served);
}

#[test]
fn a_body_that_is_too_long_is_answered_with_413_whoever_waits_for_whom() {
    let served = Served::start(&[]);
    let length = 17 * 1024 * 1024;
    let body = vec![b'x'; length];
    let announced = format!("PUT /api/v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n");
    let answer = served.exchange([announced.as_bytes(), b"\r\n", &body].concat());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("certmimic-diagnosis: body_too_large"), "{answer}");

    let to_control = format!("PUT /_certmimic/state HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n");
    let answer = served.exchange([to_control.as_bytes(), &body].concat());
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains(r#""code": "body_too_large""#), "{answer}");

    let asking = served.exchange(format!("{announced}Expect: 100-continue\r\n\r\n"));
    assert!(asking.starts_with("HTTP/1.1 413 "), "{asking}");

    let head = "PUT /api/v1/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("{length:x}\r\n");
    let answer = served.exchange([head.as_bytes(), chunk.as_bytes(), &body, b"\r\n0\r\n\r\n"].concat());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    lives(&served);
}

#[test]
fn one_connection_serves_many_requests_and_heads_have_lengths_but_no_bodies() {
    let served = Served::start(&[]);
    let mut connection = served.connect();
    for _ in 0..3 {
        connection.send("GET /_certmimic/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(connection.answer().starts_with("HTTP/1.1 200 "));
    }
    let answer = served.exchange(HEALTH);
    let length = answer.split_once("\r\n\r\n").unwrap().1.len();
    assert!(length > 0);
    let head = served.exchange(HEALTH.replace("GET", "HEAD"));
    assert!(head.contains(&format!("content-length: {length}\r\n")), "{head}");
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    assert!(head.contains("\r\ndate: "), "{head}");
}

#[test]
fn a_client_that_has_closed_its_side_still_gets_its_answer() {
    let served = Served::start(&[]);
    let mut connection = served.connect();
    connection.send("GET /_certmimic/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    connection.close_sending();
    assert!(connection.rest().starts_with("HTTP/1.1 200 "));
}

#[test]
fn requests_of_the_oldest_kind_are_answered() {
    let served = Served::start(&[]);
    let answer = served.exchange("GET /_certmimic/health HTTP/1.0\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.0 200 "), "{answer}");
}

#[test]
fn many_connections_at_once_are_all_answered() {
    let served = Served::start(&[]);
    let mut connections: Vec<_> = (0..200).map(|_| served.connect()).collect();
    for connection in &mut connections {
        connection.send(HEALTH);
    }
    assert!(connections.iter_mut().all(|connection| connection.rest().starts_with("HTTP/1.1 200 ")));
}
