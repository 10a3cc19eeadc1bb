//! One exchange with a running server: what `health`, `log` and `coverage` ask.

use std::io::{self, BufRead, BufReader, Read as _};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use serde_json::Value;

use crate::control;

/// A server that is ready answers in microseconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// A server, by its base URL, which may have a world's prefix.
#[derive(Debug)]
pub struct Client<'a> {
    host: &'a str,
    /// Host and port.
    authority: String,
    address: SocketAddr,
    secure: bool,
    /// What stands before the path of a call.
    prefix: &'a str,
}

/// An answer whose body is still to be read.
pub struct Answer {
    /// The status, as it was sent: `200 OK`.
    pub status: String,
    /// The body, to the end of the connection.
    pub body: Box<dyn BufRead>,
}

impl<'a> Client<'a> {
    /// Finds a server; the sentence says what to correct.
    pub fn find(url: &'a str) -> Result<Self, String> {
        let (secure, rest) = match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
            (Some(rest), _) => (false, rest),
            (_, Some(rest)) if cfg!(feature = "tls") => (true, rest),
            _ => return Err("expected a URL that begins with http:// or, in a build with TLS, https://".to_owned()),
        };
        let (host, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let usual = if secure { 443 } else { 80 };
        let authority = if has_port(host) { host.to_owned() } else { format!("{host}:{usual}") };
        let unknown = |_| format!("the name {host} cannot be resolved; correct --url");
        let address = authority.to_socket_addrs().map_err(unknown)?.next().ok_or("it has no address; correct --url")?;
        Ok(Self { host, authority, address, secure, prefix: prefix.trim_end_matches('/') })
    }

    /// Sends a `GET` of a control call. `lasting` is for one whose answer may come late, or not end.
    pub fn get(&self, call: &str, accept: &str, lasting: bool) -> Result<Answer, String> {
        // Of HTTP/1.0 the body ends with the connection, so that no chunks have to be read.
        let request = format!(
            "GET {}{}{call} HTTP/1.0\r\nHost: {}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n",
            self.prefix,
            control::ROOT,
            self.host
        );
        self.exchange(&request, lasting).map_err(|error| error.to_string())
    }

    /// The text that a call answers; of a refusal, the status and its sentence.
    pub fn text(&self, call: &str, accept: &str) -> Result<String, String> {
        self.get(call, accept, false)?.granted()?.text().map_err(|error| error.to_string())
    }

    fn exchange(&self, request: &str, lasting: bool) -> io::Result<Answer> {
        let socket = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        socket.set_read_timeout((!lasting).then_some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        if !self.secure {
            return answered(socket, request);
        }
        #[cfg(feature = "tls")]
        {
            let host = self.authority.rsplit_once(':').map_or(self.authority.as_str(), |(host, _)| host);
            answered(super::probe::by_tls(socket, host.trim_matches(['[', ']']))?, request)
        }
        #[cfg(not(feature = "tls"))]
        Err(io::Error::other(format!("{} is to be reached by TLS, which this build has not", self.authority)))
    }
}

impl Answer {
    /// The answer, if it is a success; else its status, and what the problem's detail says.
    pub fn granted(self) -> Result<Self, String> {
        if self.status.starts_with("200") {
            return Ok(self);
        }
        let status = self.status.clone();
        let problem: Value = self.text().ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let detail = problem.get("detail").and_then(Value::as_str).unwrap_or_default();
        Err(format!("it answered {status}. {detail}").trim_end().to_owned())
    }

    /// The whole body as text.
    pub fn text(mut self) -> io::Result<String> {
        let mut text = Vec::new();
        self.body.read_to_end(&mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok())
}

fn answered(mut stream: impl io::Read + io::Write + 'static, request: &str) -> io::Result<Answer> {
    stream.write_all(request.as_bytes())?;
    stream.flush()?;
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    (&mut reader).take(1024).read_line(&mut first)?;
    let status = first.trim_end().split_once(' ').map_or("nothing", |(_, status)| status).to_owned();
    let mut header = String::new();
    while (&mut reader).take(64 * 1024).read_line(&mut header)? > 2 {
        header.clear();
    }
    Ok(Answer { status, body: Box::new(reader) })
}
