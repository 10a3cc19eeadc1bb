//! `certmimic health`: a health check without curl, for images that hold nothing else.

use std::fs;
use std::io::{self, BufRead as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::time::Duration;

use clap::Args;

use super::addresses::Addresses;
use super::failure::Failure;
use crate::control;

/// Exit with 0 if a server is ready. It is sought where the same options and variables make `serve` listen.
#[derive(Debug, Args)]
pub struct Health {
    /// Base URL of the server.
    #[arg(long, env = "CERTMIMIC_URL", value_name = "URL")]
    url: Option<String>,
    #[command(flatten)]
    addresses: Addresses,
}

/// A server that is ready answers in microseconds.
const PATIENCE: Duration = Duration::from_secs(3);

impl Health {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let url = match &self.url {
            Some(url) => url.clone(),
            None => self.own_url()?,
        };
        let not_ready = |why: String| Failure::other(format!("no certmimic is ready at {url}: {why}"));
        let status = status_line(&url).map_err(not_ready)?;
        let is_ready = status.split(' ').nth(1) == Some("200");
        if is_ready { Ok(()) } else { Err(not_ready(format!("it answered {status}"))) }
    }

    /// Where `serve` listens with these options, as seen from this machine: without TLS if there is such an address.
    fn own_url(&self) -> Result<String, Failure> {
        let plain = self.addresses.plain();
        let (scheme, first) = match plain.first() {
            Some(address) => ("http", Some(address)),
            None => ("https", self.addresses.tls().first()),
        };
        let address = *first.ok_or_else(|| Failure::usage("no address; say --url or --listen"))?;
        Ok(format!("{scheme}://{}", self.reachable(address)?))
    }

    fn reachable(&self, mut address: SocketAddr) -> Result<SocketAddr, Failure> {
        address.set_ip(match address.ip() {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
            named => named,
        });
        if address.port() == 0 {
            address.set_port(self.picked_port()?);
        }
        Ok(address)
    }

    #[expect(clippy::disallowed_methods, reason = "the command line reads the file that it wrote")]
    fn picked_port(&self) -> Result<u16, Failure> {
        let picked = self.addresses.port_file.as_ref().and_then(|file| fs::read_to_string(file).ok());
        let port = picked.and_then(|ports| ports.lines().next()?.parse().ok());
        port.ok_or_else(|| {
            Failure::other("the server picks its port and no --port-file says which; say --url or --port-file")
        })
    }
}

fn status_line(url: &str) -> Result<String, String> {
    let (secure, rest) = match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) if cfg!(feature = "tls") => (true, rest),
        _ => return Err("expected a URL that begins with http:// or, in a build with TLS, https://".to_owned()),
    };
    let (host, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let usual = if secure { 443 } else { 80 };
    let authority = if has_port(host) { host.to_owned() } else { format!("{host}:{usual}") };
    let path = format!("/{prefix}").trim_end_matches('/').to_owned() + control::ROOT + "/health";
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let unknown = |_| format!("the name {host} cannot be resolved; correct --url");
    let address = authority.to_socket_addrs().map_err(unknown)?.next().ok_or("it has no address; correct --url")?;
    exchange(address, secure.then_some(&authority), &request).map_err(|error| error.to_string())
}

fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok())
}

/// The first line of the answer. `secure` names the host and its port if it is to be reached by TLS.
fn exchange(address: SocketAddr, secure: Option<&String>, request: &str) -> io::Result<String> {
    let socket = TcpStream::connect_timeout(&address, PATIENCE)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    match secure {
        #[cfg(feature = "tls")]
        Some(authority) => {
            let host = authority.rsplit_once(':').map_or(authority.as_str(), |(host, _)| host);
            first_line(super::probe::by_tls(socket, host.trim_matches(['[', ']']))?, request)
        }
        _ => first_line(socket, request),
    }
}

fn first_line(mut stream: impl io::Read + io::Write, request: &str) -> io::Result<String> {
    stream.write_all(request.as_bytes())?;
    let mut line = String::new();
    io::BufReader::new(stream.take(1024)).read_line(&mut line)?;
    Ok(if line.is_empty() { "nothing".to_owned() } else { line.trim_end().to_owned() })
}
