//! Where the server is: options that `serve` and `health` share, so that one set of variables does for both.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Args;

/// Where the server is.
#[derive(Debug, Clone, Args)]
pub struct Addresses {
    /// Address and port to listen on; may be given several times. Port 0 is a free one. Without it 127.0.0.1:8080,
    /// unless there is an address for TLS.
    #[arg(long, env = "CERTMIMIC_LISTEN", value_name = "ADDRESS", value_delimiter = ',', value_parser = address)]
    listen: Vec<SocketAddr>,
    /// Address and port to listen on for TLS; may be given several times.
    #[cfg(feature = "tls")]
    #[arg(long, env = "CERTMIMIC_TLS_LISTEN", value_name = "ADDRESS", value_delimiter = ',', value_parser = address)]
    tls_listen: Vec<SocketAddr>,
    /// Address and port for the control API, which is then at no other; may be given several times.
    #[arg(
        long,
        env = "CERTMIMIC_CONTROL_LISTEN",
        value_name = "ADDRESS",
        value_delimiter = ',',
        value_parser = address
    )]
    control_listen: Vec<SocketAddr>,
    /// File for the port that was picked; with several addresses, their ports, one a line.
    #[arg(long, env = "CERTMIMIC_PORT_FILE", value_name = "FILE")]
    pub port_file: Option<PathBuf>,
}

/// Where it is without any option.
const USUAL: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

impl Addresses {
    /// Those without TLS.
    pub fn plain(&self) -> Vec<SocketAddr> {
        if self.listen.is_empty() && self.tls().is_empty() { vec![USUAL] } else { self.listen.clone() }
    }

    /// Those of the control API alone.
    pub fn control(&self) -> &[SocketAddr] {
        &self.control_listen
    }

    /// Those with TLS.
    #[cfg(feature = "tls")]
    pub fn tls(&self) -> &[SocketAddr] {
        &self.tls_listen
    }

    /// There are none in this build.
    #[cfg(not(feature = "tls"))]
    #[expect(clippy::unused_self, reason = "with TLS it has use for it")]
    pub fn tls(&self) -> &[SocketAddr] {
        &[]
    }
}

/// Names are not resolved, save the one that everybody writes: what a name means may differ between machines.
fn address(text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.split_once(':') {
        Some(("localhost", port)) => format!("127.0.0.1:{port}"),
        Some(("" | "*", port)) => format!("0.0.0.0:{port}"),
        _ => text.to_owned(),
    };
    numeric.parse().map_err(|_| "expected an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_are_numeric_or_localhost() {
        let shown = |text| address(text).map(|address| address.to_string());
        assert_eq!(shown("127.0.0.1:0").as_deref(), Ok("127.0.0.1:0"));
        assert_eq!(shown("localhost:8080").as_deref(), Ok("127.0.0.1:8080"));
        assert_eq!(shown(":8080").as_deref(), Ok("0.0.0.0:8080"));
        assert_eq!(shown("[::1]:8080").as_deref(), Ok("[::1]:8080"));
        assert!(shown("8080").is_err());
        assert!(shown("example.org:80").is_err());
    }
}
