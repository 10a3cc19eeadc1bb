//! A real GET for a JWK's URL: `http` to this machine's own loopback only, with a limit for each of its waits and for all.
//!
//! certmimic needs no network, and reaches into none: a test may serve a JWK Set beside it, and that is all. For the same
//! reason a redirection is not followed.

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::effects::wall_clock;

/// Bounds of a fetch, in milliseconds and bytes.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Until there is a connection.
    pub connect_timeout: u64,
    /// Until the next bytes arrive.
    pub read_timeout: u64,
    /// Of the body.
    pub size_limit: u64,
}

impl Default for Options {
    /// As the page of the operation says.
    fn default() -> Self {
        Self { connect_timeout: 5_000, read_timeout: 10_000, size_limit: 1_048_576 }
    }
}

/// Nobody waits longer, whatever was asked for: neither for one answer of the other side, nor for all of them together,
/// since a sender of single bytes must not hold a thread for ever.
const LONGEST_WAIT: u64 = 30_000;
/// Nor does anybody read more, whatever was asked for.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// Head of the answer.
const MOST_HEAD: u64 = 64 * 1024;

/// The body that the URL answers, or why there is none.
pub fn fetch(url: &str, options: Options) -> Result<Vec<u8>, String> {
    let target = Target::parse(url)?;
    let options = Options { size_limit: options.size_limit.min(MOST_BYTES), ..options };
    let answer = exchange(&target, options)?;
    body(&answer, options.size_limit)
}

struct Target<'u> {
    authority: &'u str,
    addresses: Vec<SocketAddr>,
    path: &'u str,
}

impl<'u> Target<'u> {
    fn parse(url: &'u str) -> Result<Self, String> {
        const REFUSAL: &str = "it is not registered, and only http on loopback is fetched";
        let (scheme, rest) = url.split_once("://").ok_or("it is no absolute URL")?;
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(REFUSAL.to_owned());
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if url.contains(|c: char| c.is_control() || c == ' ') {
            return Err("it is no URL".to_owned());
        }
        let addresses = loopback(authority).ok_or(REFUSAL)?;
        Ok(Self { authority, addresses, path: if path.is_empty() { "/" } else { path } })
    }
}

/// The addresses of a host that is this machine; names are not looked up.
fn loopback(authority: &str) -> Option<Vec<SocketAddr>> {
    let host = authority.strip_prefix("localhost").filter(|rest| rest.is_empty() || rest.starts_with(':'));
    if let Some(port) = host {
        let port = port.strip_prefix(':').map_or(Some(80), |port| port.parse().ok())?;
        return Some(vec![(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()]);
    }
    let bare = || authority.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
    let address = authority.parse().ok().or_else(|| Some(SocketAddr::new(bare()?, 80)))?;
    address.ip().is_loopback().then(|| vec![address])
}

/// Sends the request and reads all that comes. HTTP/1.0, so that the answer ends with the connection and has no chunks.
fn exchange(target: &Target<'_>, options: Options) -> Result<Vec<u8>, String> {
    let wait = |millis: u64| Duration::from_millis(millis.clamp(1, LONGEST_WAIT));
    let mut stream = connected(&target.addresses, wait(options.connect_timeout))?;
    stream.set_read_timeout(Some(wait(options.read_timeout))).map_err(failed)?;
    stream.set_write_timeout(Some(wait(options.read_timeout))).map_err(failed)?;
    let request = format!(
        "GET {} HTTP/1.0\r\nHost: {}\r\nAccept: application/json\r\nConnection: close\r\n\r\n",
        target.path, target.authority
    );
    stream.write_all(request.as_bytes()).map_err(failed)?;
    let end = wall_clock().plus_millis(LONGEST_WAIT.cast_signed());
    let limit = options.size_limit.saturating_add(MOST_HEAD);
    let (mut answer, mut buffer) = (Vec::new(), vec![0; 16 * 1024]);
    while wall_clock() < end {
        let count = stream.read(&mut buffer).map_err(failed)?;
        answer.extend_from_slice(buffer.get(..count).unwrap_or_default());
        if answer.len() as u64 > limit {
            return Err(too_large(options.size_limit));
        }
        if count == 0 || is_complete(&answer) {
            return Ok(answer);
        }
    }
    Err("the answer does not end".to_owned())
}

/// A connection to the first address that has somebody listening.
fn connected(addresses: &[SocketAddr], patience: Duration) -> Result<TcpStream, String> {
    let mut tried = addresses.iter().map(|address| TcpStream::connect_timeout(address, patience).map_err(failed));
    let first = tried.next().unwrap_or_else(|| Err("it has no address".to_owned()));
    first.or_else(|error| tried.find_map(Result::ok).ok_or(error))
}

/// What the system says, but for a timeout, which it words after its own calls.
#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn failed(error: std::io::Error) -> String {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "it did not answer in time".to_owned(),
        _ => error.to_string(),
    }
}

/// True if the body is as long as the answer says that it is.
fn is_complete(answer: &[u8]) -> bool {
    let Some((head, body)) = split(answer) else { return false };
    header(head, "content-length")
        .and_then(|value| value.parse().ok())
        .is_some_and(|length: usize| body.len() >= length)
}

fn body(answer: &[u8], limit: u64) -> Result<Vec<u8>, String> {
    let (head, body) = split(answer).ok_or("the answer is not HTTP")?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if !head.starts_with("HTTP/1.") || status != "200" {
        return Err(format!("the answer has status {status}"));
    }
    if header(head, "transfer-encoding").is_some() {
        return Err("the answer is chunked, which HTTP/1.0 does not know".to_owned());
    }
    if body.len() as u64 > limit {
        return Err(too_large(limit));
    }
    Ok(body.to_vec())
}

fn too_large(limit: u64) -> String {
    format!("the answer is larger than {limit} bytes")
}

fn split(answer: &[u8]) -> Option<(&str, &[u8])> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, rest) = answer.split_at(end);
    Some((std::str::from_utf8(head).ok()?, rest.get(4..)?))
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let mut fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    fn served(answer: &'static [u8]) -> Result<Vec<u8>, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}/keys?a=b", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let count = stream.read(&mut request).unwrap();
            stream.write_all(answer).unwrap();
            String::from_utf8_lossy(&request[..count]).into_owned()
        });
        let body = fetch(&url, Options { size_limit: 20, read_timeout: 500, connect_timeout: 500 });
        assert!(server.join().unwrap().starts_with("GET /keys?a=b HTTP/1.0\r\nHost: 127.0.0.1:"));
        body
    }

    #[test]
    fn a_body_is_fetched() {
        assert_eq!(served(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap(), b"{}");
        assert_eq!(served(b"HTTP/1.1 200 OK\r\n\r\n{\"keys\":[]}").unwrap(), b"{\"keys\":[]}");
    }

    #[test]
    fn failures_say_why() {
        assert!(served(b"HTTP/1.1 404 Not Found\r\n\r\n").unwrap_err().contains("404"));
        assert!(served(b"HTTP/1.1 200 OK\r\n\r\n012345678901234567890").unwrap_err().contains("20 bytes"));
        assert!(served(b"nonsense").is_err());
    }

    #[test]
    fn redirections_are_not_followed() {
        let answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(served(answer).unwrap_err(), "the answer has status 302");
    }

    #[test]
    fn a_server_that_says_nothing_is_not_waited_for() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
        let options = Options { read_timeout: 50, ..Options::default() };
        assert_eq!(fetch(&url, options).unwrap_err(), "it did not answer in time");
    }

    #[test]
    fn nothing_but_loopback_is_asked() {
        for url in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://10.0.0.1:80/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "http://127.0.0.1@example.com/",
            "x",
        ] {
            assert!(Target::parse(url).is_err(), "{url}");
        }
        for url in ["http://localhost", "http://localhost:99?a", "http://127.0.0.9/x", "http://[::1]:80/"] {
            assert!(Target::parse(url).is_ok(), "{url}");
        }
    }
}
