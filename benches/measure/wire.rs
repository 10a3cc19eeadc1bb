//! A client that costs little: requests are bytes made beforehand, and of an answer it reads no more than it has to.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::net::SocketAddr;

use bytes::Bytes;
use hyper::header::{CONNECTION, CONTENT_LENGTH, DATE, HeaderName};
use hyper::{HeaderMap, StatusCode};
use tokio::net::TcpStream;

use crate::bare::Answer;

/// One request of a step.
#[derive(Clone)]
pub struct Exchange {
    bytes: Vec<u8>,
    /// Whether the time of its answer counts; what only makes ready or takes back does not.
    pub timed: bool,
}

impl Exchange {
    pub fn new(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, application/xml;q=0.5\r\n"
        );
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        if !body.is_empty() || method != "GET" {
            write!(head, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        Self { bytes: [head.as_bytes(), b"\r\n", body].concat(), timed: true }
    }

    pub fn untimed(self) -> Self {
        Self { timed: false, ..self }
    }

    /// Its first line, for whoever has to be told what was refused.
    fn line(&self) -> String {
        String::from_utf8_lossy(&self.bytes).lines().next().unwrap_or_default().to_owned()
    }
}

/// A connection that is kept alive, and the last answer that came over it.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// Bytes of the head and of the whole of the last answer.
    head: usize,
    whole: usize,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 16 * 1024], head: 0, whole: 0 }
    }

    /// Sends a request and reads its answer, which has to be a good one.
    pub async fn exchange(&mut self, exchange: &Exchange) {
        self.write(&exchange.bytes).await;
        let mut received = 0;
        self.head = loop {
            received += self.read(received).await;
            let seen = self.buffer.get(..received).unwrap_or_default();
            if let Some(end) = memchr::memmem::find(seen, b"\r\n\r\n") {
                break end + 4;
            }
            self.room_for(received + 1);
        };
        self.whole = self.head + self.length_of_body();
        self.room_for(self.whole);
        while received < self.whole {
            received += self.read(received).await;
        }
        assert_eq!(received, self.whole, "bytes after the answer to {}", exchange.line());
        let good = self.buffer.starts_with(b"HTTP/1.1 2");
        assert!(
            good,
            "{}: {}",
            exchange.line(),
            String::from_utf8_lossy(self.buffer.get(..received).unwrap_or_default())
        );
    }

    /// The last answer, for a bare server to send.
    pub fn answer(&self) -> Answer {
        let head = std::str::from_utf8(self.buffer.get(..self.head).unwrap()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse::<StatusCode>().unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            let name: HeaderName = name.parse().unwrap();
            if ![DATE, CONTENT_LENGTH, CONNECTION].contains(&name) {
                headers.append(name, value.parse().unwrap());
            }
        }
        Answer { status, headers, body: Bytes::copy_from_slice(self.buffer.get(self.head..self.whole).unwrap()) }
    }

    /// Bytes of the last answer.
    pub fn size(&self) -> usize {
        self.whole
    }

    fn length_of_body(&self) -> usize {
        let head = self.buffer.get(..self.head).unwrap_or_default();
        let lines = head.split(|byte| *byte == b'\n');
        let value = lines
            .filter_map(|line| line.split_at_checked(15))
            .find(|(name, _)| name.eq_ignore_ascii_case(b"content-length:"));
        value.map_or(0, |(_, value)| std::str::from_utf8(value).unwrap().trim().parse().unwrap())
    }

    fn room_for(&mut self, bytes: usize) {
        if self.buffer.len() < bytes {
            self.buffer.resize(bytes.next_multiple_of(16 * 1024), 0);
        }
    }

    async fn write(&self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            match self.stream.try_write(bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.stream.writable().await.unwrap(),
                Err(error) => panic!("{error}"),
            }
        }
    }

    async fn read(&mut self, start: usize) -> usize {
        loop {
            self.stream.readable().await.unwrap();
            match self.stream.try_read(self.buffer.get_mut(start..).unwrap_or_default()) {
                Ok(0) => panic!("the server has closed the connection"),
                Ok(bytes) => return bytes,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}
