//! The way out: what the emulated systems read from URLs, fetched by this server.
//!
//! Who waits for another server stands in a lane of its own. It is narrow, so that however many others are silent there are
//! threads left for everybody else; each fetch has an end, and all of them end when the server stops.

mod client;
mod target;

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::effects::{Fetch, Outside, Unfetched};

/// Fetches at a time. Each keeps a thread waiting, beside those that there are for work.
pub const MOST_FETCHES: usize = 64;

/// Fetches on the server's runtime.
#[derive(Debug)]
pub struct Lane {
    runtime: Handle,
    places: Arc<Semaphore>,
    patience: Duration,
    stop: watch::Sender<bool>,
}

impl Lane {
    /// A lane that ends when told to stop; nobody in it waits longer than `patience`, whatever was asked for.
    pub fn new(runtime: Handle, patience: Duration, stop: watch::Sender<bool>) -> Self {
        Self { runtime, places: Arc::new(Semaphore::new(MOST_FETCHES)), patience, stop }
    }
}

impl Outside for Lane {
    fn fetch(&self, wanted: &Fetch) -> Result<Bytes, Unfetched> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Unfetched::Busy(MOST_FETCHES))?;
        let (answer, answered) = mpsc::channel();
        let fetch = fetched(wanted.clone(), self.patience, self.stop.subscribe());
        self.runtime.spawn(async move {
            // Nobody waits for it any more if the server was dropped.
            let _nobody = answer.send(fetch.await);
            drop(place);
        });
        // A runtime that has ended drops the task, and with it the other end.
        answered.recv().unwrap_or(Err(Unfetched::Stopping))
    }
}

/// What a URL answers, within the time that there is at all.
async fn fetched(wanted: Fetch, patience: Duration, mut stop: watch::Receiver<bool>) -> Result<Bytes, Unfetched> {
    tokio::select! {
        biased;
        _ = stop.wait_for(|stopped| *stopped) => Err(Unfetched::Stopping),
        answer = timeout(patience, client::get(&wanted, patience)) => answer.unwrap_or(Err(Unfetched::Endless)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::thread;

    use tokio::runtime::Runtime;

    use super::*;

    /// What a lane that waits half a second in all fetches from a server that does this with its only connection.
    fn fetched(most: u64, serve: impl FnOnce(TcpStream) + Send + 'static) -> Result<Bytes, Unfetched> {
        let runtime = Runtime::new().unwrap();
        let lane = Lane::new(runtime.handle().clone(), Duration::from_millis(500), watch::channel(false).0);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}/keys?a=b", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let count = stream.read(&mut request).unwrap();
            serve(stream);
            String::from_utf8_lossy(&request[..count]).into_owned()
        });
        let wait = Duration::from_secs(9);
        let answer = lane.fetch(&Fetch { url, connect: wait, read: wait, most });
        assert!(server.join().unwrap().starts_with("GET /keys?a=b HTTP/1.1\r\nhost: 127.0.0.1:"));
        answer
    }

    fn answered(answer: &'static str) -> Result<Bytes, Unfetched> {
        fetched(20, move |mut stream| stream.write_all(answer.as_bytes()).unwrap())
    }

    #[test]
    fn a_body_is_fetched_however_its_end_is_told() {
        assert_eq!(answered("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}").unwrap(), "{}");
        assert_eq!(answered("HTTP/1.1 200 OK\r\n\r\n{\"keys\":[]}").unwrap(), "{\"keys\":[]}");
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n";
        assert_eq!(answered(chunked).unwrap(), "{}");
    }

    #[test]
    fn failures_say_why() {
        assert_eq!(answered("HTTP/1.1 404 Not Found\r\n\r\n"), Err(Unfetched::Status(404)));
        assert_eq!(answered("HTTP/1.1 200 OK\r\n\r\n012345678901234567890"), Err(Unfetched::TooLarge(20)));
        let announced = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n";
        assert_eq!(answered(announced), Err(Unfetched::TooLarge(20)));
        assert_eq!(answered("nonsense"), Err(Unfetched::NotHttp));
        assert_eq!(answered(""), Err(Unfetched::NotHttp));
        assert_eq!(answered("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), Err(Unfetched::CutOff));
    }

    #[test]
    fn redirections_are_not_followed() {
        let answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(answered(answer), Err(Unfetched::Status(302)));
    }

    #[test]
    fn who_sends_a_byte_now_and_then_does_not_stretch_the_time() {
        let answer = fetched(u64::MAX, |mut stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            // Always in time for the next read, until nobody reads any more.
            while stream.write_all(b" ").is_ok() {
                thread::yield_now();
            }
        });
        assert_eq!(answer, Err(Unfetched::Endless));
    }

    #[test]
    fn a_server_that_says_nothing_is_not_waited_for() {
        let runtime = Runtime::new().unwrap();
        let lane = Lane::new(runtime.handle().clone(), Duration::from_secs(9), watch::channel(false).0);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
        let (connect, read) = (Duration::from_secs(9), Duration::from_millis(50));
        assert_eq!(lane.fetch(&Fetch { url, connect, read, most: 20 }), Err(Unfetched::TooSlow));
    }
}
