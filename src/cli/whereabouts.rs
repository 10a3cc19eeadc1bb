//! Where a running server is: at the URL that is said, else where the same options and variables make `serve` listen.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use clap::Args;

use super::addresses::Addresses;
use super::failure::Failure;

/// Where a running server is.
#[derive(Debug, Args)]
pub struct Whereabouts {
    /// Base URL of the server; of one of its worlds with /w/NAME. Without it the server is sought where the same options and
    /// variables make `serve` listen.
    #[arg(long, env = "CERTMIMIC_URL", value_name = "URL")]
    url: Option<String>,
    #[command(flatten)]
    addresses: Addresses,
}

impl Whereabouts {
    /// Its base URL.
    pub fn url(&self) -> Result<String, Failure> {
        match &self.url {
            Some(url) => Ok(url.clone()),
            None => self.own_url(),
        }
    }

    /// Where `serve` has its control API with these options, as seen from this machine: without TLS if there is such an
    /// address.
    fn own_url(&self) -> Result<String, Failure> {
        let Addresses { plain, tls, control, .. } = &self.addresses;
        // In the file of ports they stand in this order.
        let (scheme, place, first) = match (control.first(), plain.first()) {
            (Some(address), _) => ("http", plain.len() + tls.len(), Some(address)),
            (None, Some(address)) => ("http", 0, Some(address)),
            (None, None) => ("https", 0, tls.first()),
        };
        let address = *first.ok_or_else(|| Failure::usage("no address; say --url or --listen"))?;
        Ok(format!("{scheme}://{}", self.reachable(address, place)?))
    }

    fn reachable(&self, mut address: SocketAddr, place: usize) -> Result<SocketAddr, Failure> {
        address.set_ip(match address.ip() {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
            named => named,
        });
        if address.port() == 0 {
            address.set_port(self.picked_port(place)?);
        }
        Ok(address)
    }

    #[expect(clippy::disallowed_methods, reason = "the command line reads the file that it wrote")]
    fn picked_port(&self, place: usize) -> Result<u16, Failure> {
        let picked = self.addresses.port_file.as_ref().and_then(|file| fs::read_to_string(file).ok());
        let port = picked.and_then(|ports| ports.lines().nth(place)?.parse().ok());
        port.ok_or_else(|| {
            Failure::other("the server picks its port and no --port-file says which; say --url or --port-file")
        })
    }
}
