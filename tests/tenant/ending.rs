//! `certmimic compare --write` is told to end in the middle: what it has made is taken back first.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::played::{CLIENT, control};
use crate::process::{Served, certmimic};

/// Hands requests on to a tenant, and tells a process to end when the first store is made there; where it listens.
fn in_between(tenant: SocketAddr, process: Receiver<u32>) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut process = Some(process);
        for stream in listener.incoming() {
            let mut client = BufReader::new(stream.unwrap());
            let Some(request) = request(&mut client) else { continue };
            if request.starts_with(b"POST /apiportal/api/1.0/Management.svc/CertificateStores ")
                && let Some(process) = process.take()
            {
                let id = process.recv().unwrap().to_string();
                assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
            }
            let mut onward = TcpStream::connect(tenant).unwrap();
            onward.write_all(&request).unwrap();
            let mut answer = Vec::new();
            onward.read_to_end(&mut answer).unwrap();
            // The client may have ended.
            let _gone = client.get_mut().write_all(&answer);
        }
    });
    url
}

/// One request, as the last of its connection.
fn request(client: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if client.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    client.read_exact(&mut body).ok()?;
    Some([head.as_bytes(), b"Connection: close\r\n\r\n", &body].concat())
}

#[test]
fn what_was_made_is_taken_back_when_the_program_is_told_to_end() {
    let served = Served::start(&[]);
    let (tell, told) = channel();
    let url = in_between(served.address, told);
    let options = ["compare", "--url", &url, "--system", "apim", "--write"];
    let mut command = certmimic(&[options.as_slice(), &CLIENT].concat());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    tell.send(child.id()).unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("was told to end"), "{errors}");
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(report.contains("same       apim.store.create"), "{report}");
    assert!(!control(&served, "state").to_string().contains("certmimic-test-"));
}
