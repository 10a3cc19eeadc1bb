//! How connections and the server end, and that no date matters.

use std::io::{ErrorKind, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::Duration;

use libtest_mimic::Trial;

use crate::process::{Served, certmimic};
use crate::workshop::Workshop;
use crate::{served, trial};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("a_handshake_that_never_ends_keeps_nobody_from_ending", &[], handshake),
        trial("a_client_that_never_reads_gives_its_place_back", &[], never_reads),
        trial("twenty_years_on_nothing_has_expired", &["faketime", "curl"], twenty_years_on),
    ]
}

fn handshake() {
    let mut command = certmimic(&["serve", "--listen", "127.0.0.1:0", "--tls-listen", "127.0.0.1:0"]);
    let served = Served::of(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let silent = TcpStream::connect(("127.0.0.1", served.secure_port())).unwrap();
    served.terminate();
    let errors = served.errors();
    assert!(errors.contains("stopping") && !errors.contains("cut off"), "{errors}");
    drop(silent);
}

fn never_reads() {
    const MOST: usize = 256 * 1024 * 1024;
    let served = Served::start(&["--write-timeout", "100"]);
    let mut stream = TcpStream::connect(served.address).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    let requests = "GET /api/v1/$metadata HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000);
    let sent = (0..MOST / requests.len()).find_map(|_| stream.write_all(requests.as_bytes()).err());
    let error = sent.expect("its requests are not taken for ever");
    // Waiting in vain would be `WouldBlock`.
    assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
}

/// Server and client agree on the date, as on a machine that is still used then.
fn twenty_years_on() {
    let workshop = Workshop::new("tls-later");
    // The difference that makes: today's clients do not take what is not valid yet.
    let today = served(&workshop, &[]);
    workshop.run(&format!("curl -sS --cacert ca.pem https://localhost:{}/", today.secure_port()));
    let (taken, told) = workshop
        .attempt(&format!("faketime -f +20y curl -sS --cacert ca.pem https://localhost:{}/", today.secure_port()), "");
    assert!(!taken && told.contains("certificate has expired"), "the clock was not moved: {told}");

    let file = workshop.path("later.pem");
    let mut command = std::process::Command::new("faketime");
    command.args(["-f", "+20y", env!("CARGO_BIN_EXE_certmimic"), "serve", "--listen", "127.0.0.1:0"]);
    command.args(["--tls-listen", "127.0.0.1:0", "--tls-ca-file", file.to_str().unwrap()]);
    // faketime waits for the server as its child, which would outlive it.
    command.arg("--end-with-input").stdin(Stdio::piped());
    let later = Served::of(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let base = format!("https://localhost:{}", later.secure_port());
    let printed = workshop.run(&format!("faketime -f +20y curl -sS -i --cacert later.pem {base}/_certmimic/health"));
    assert!(printed.contains("ready"), "{printed}");
    let form = "-d grant_type=client_credentials -u sb-certmimic:certmimic-secret";
    let issued = workshop.run(&format!("faketime -f +20y curl -sS --cacert later.pem {form} {base}/oauth/token"));
    assert!(issued.contains("access_token"), "{issued}");
}
