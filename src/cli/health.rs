//! `certmimic health`: a health check without curl, for images that hold nothing else.

use std::fs;
use std::io::{Read as _, Write as _};
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
            None => format!("http://{}", self.address()?),
        };
        let not_ready = |why: String| Failure::other(format!("no certmimic is ready at {url}: {why}"));
        let status = status_line(&url).map_err(not_ready)?;
        let is_ready = status.split(' ').nth(1) == Some("200");
        if is_ready { Ok(()) } else { Err(not_ready(format!("it answered {status}"))) }
    }

    /// Where `serve` listens with these options, as seen from this machine.
    fn address(&self) -> Result<SocketAddr, Failure> {
        let first = self.addresses.listen.first().copied();
        let mut address = first.ok_or_else(|| Failure::usage("no address; say --url or --listen"))?;
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
    let rest = url.strip_prefix("http://").ok_or("expected a URL that begins with http://")?;
    let (host, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    let authority = if has_port(host) { host.to_owned() } else { format!("{host}:80") };
    let path = format!("/{prefix}").trim_end_matches('/').to_owned() + control::ROOT + "/health";
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    exchange(&authority, &request).map_err(|error| error.to_string())
}

fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok())
}

fn exchange(authority: &str, request: &str) -> std::io::Result<String> {
    let address = authority.to_socket_addrs()?.next().ok_or(std::io::ErrorKind::AddrNotAvailable)?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(1024).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or("nothing").to_owned())
}
