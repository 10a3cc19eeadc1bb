//! The library's handle, as a Rust test uses it: no program, no fixed port, nothing left behind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use certmimic::Server;
use certmimic::server::StartError;

fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test]
async fn it_serves_beside_a_runtime_that_its_client_blocks() {
    let server = Server::builder().scenario("empty").start().await.unwrap();
    assert_eq!(server.url(), format!("http://{}", server.addr()));
    assert_eq!(server.scenario(), "empty");
    assert!(get(server.addr(), "/_certmimic/health").starts_with("HTTP/1.1 200 "));
    let address = server.addr();
    server.stop().await;
    assert!(TcpStream::connect(address).is_err());
}

/// There a runtime that ends may not be waited for.
#[tokio::test]
async fn what_keeps_it_from_starting_is_told_on_a_runtime_too() {
    let wrong = Server::builder().scenario_text("certmimic: 1\nsede: 7\n").start().await;
    assert!(matches!(wrong, Err(StartError::Scenario(_))));
}

#[test]
fn servers_do_not_share_anything() {
    let (one, other) = (Server::builder().start_blocking().unwrap(), Server::builder().start_blocking().unwrap());
    assert_ne!(one.addr(), other.addr());
    drop(one);
    assert!(get(other.addr(), "/_certmimic/health").starts_with("HTTP/1.1 200 "));
}

#[test]
fn dropped_it_stops() {
    let server = Server::builder().start_blocking().unwrap();
    let address = server.addr();
    drop(server);
    // Its threads end on their own; the listener goes with them.
    while TcpStream::connect(address).is_ok() {
        std::thread::yield_now();
    }
}

#[test]
fn a_scenario_may_be_text_and_its_faults_are_told() {
    let sound = Server::builder().scenario_text("certmimic: 1\nname: inline\n").start_blocking().unwrap();
    assert_eq!(sound.scenario(), "inline");
    let wrong = Server::builder().scenario_text("certmimic: 1\nsede: 7\n").start_blocking();
    let Err(StartError::Scenario(flaws)) = wrong else { panic!("a flaw was expected") };
    assert_eq!((flaws.len(), flaws.first().map(|flaw| flaw.line)), (1, Some(2)));
}

#[test]
fn a_port_in_use_is_told() {
    let first = Server::builder().start_blocking().unwrap();
    let second = Server::builder().listen(first.addr()).start_blocking();
    let message = second.map(|_| ()).unwrap_err().to_string();
    assert!(message.starts_with(&format!("{} is in use; ", first.addr())), "{message}");
}

#[test]
fn uris_in_answers_begin_as_told() {
    let server = Server::builder().public_url("https://tenant.example/").start_blocking().unwrap();
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    let path = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('reference_ts_1')";
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer any\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(&format!("https://tenant.example{path}")), "{answer}");
}
