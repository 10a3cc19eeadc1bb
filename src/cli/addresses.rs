//! Where the server is: options that `serve` and the commands that ask a running server share, so that one set of variables does for both.

use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// Where the server is.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// Those without TLS.
    pub plain: Vec<SocketAddr>,
    /// Those with TLS.
    pub tls: Vec<SocketAddr>,
    /// Those of the control API alone.
    pub control: Vec<SocketAddr>,
    /// File for the ports.
    pub port_file: Option<PathBuf>,
}

/// The options that say it.
#[derive(Debug, Args)]
struct AddressOptions {
    /// Address to listen on, such as 127.0.0.1:8080, `[::1]:8080` or localhost:8080; 8080 is on this machine alone, :8080 on all
    /// interfaces; 0.0.0.0 has the port of --port. May be given several times. Without it 127.0.0.1, unless there is an address
    /// for TLS.
    #[arg(long, env = "CERTMIMIC_LISTEN", value_name = "ADDRESS", value_delimiter = ',', value_parser = place)]
    listen: Vec<Place>,
    /// Port of the addresses that name none, else of 127.0.0.1; 0 is a free one. Without it that of the variable PORT, else
    /// 8080.
    #[arg(long, short, env = "CERTMIMIC_PORT", value_name = "PORT")]
    port: Option<u16>,
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
    port_file: Option<PathBuf>,
}

/// Where it is without any option.
const USUAL_PORT: u16 = 8080;

/// The variable by which platforms say which port they expect a program at.
const PLATFORM_PORT: &str = "PORT";

impl Args for Addresses {
    fn augment_args(command: Command) -> Command {
        AddressOptions::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        AddressOptions::augment_args_for_update(command)
    }
}

impl FromArgMatches for Addresses {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let options = AddressOptions::from_arg_matches(matches)?;
        #[cfg(feature = "tls")]
        let tls = options.tls_listen;
        #[cfg(not(feature = "tls"))]
        let tls = Vec::new();
        let wanted = Wanted {
            listen: Said::of(matches, "listen", options.listen),
            port: Said::of(matches, "port", options.port),
        };
        let wrong = |why: String| Error::raw(ErrorKind::ArgumentConflict, why + "\n");
        let plain = if tls.is_empty() || wanted.is_said() { wanted.addresses(platform_port) } else { Ok(Vec::new()) };
        Ok(Self { plain: plain.map_err(wrong)?, tls, control: options.control_listen, port_file: options.port_file })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A value, and whether it was said by the command line or by a variable.
#[derive(Debug)]
struct Said<T> {
    value: T,
    by: Option<ValueSource>,
}

impl<T> Said<T> {
    fn of(matches: &ArgMatches, option: &str, value: T) -> Self {
        Self { value, by: matches.value_source(option) }
    }

    fn on_the_command_line(&self) -> bool {
        self.by == Some(ValueSource::CommandLine)
    }
}

/// What is said of addresses without TLS.
#[derive(Debug)]
struct Wanted {
    listen: Said<Vec<Place>>,
    port: Said<Option<u16>>,
}

impl Wanted {
    fn is_said(&self) -> bool {
        !self.listen.value.is_empty() || self.port.value.is_some()
    }

    /// Of two ports that are said, that of the command line counts; both there, or both in variables, contradict each other.
    fn addresses(&self, platform: impl Fn() -> Result<Option<u16>, String>) -> Result<Vec<SocketAddr>, String> {
        let usual = [Place { ip: Ipv4Addr::LOCALHOST.into(), port: None }];
        let places = if self.listen.value.is_empty() { usual.as_slice() } else { &self.listen.value };
        let port_goes_first = self.port.on_the_command_line() && !self.listen.on_the_command_line();
        let contradict = self.port.on_the_command_line() == self.listen.on_the_command_line();
        let address = |place: &Place| {
            let port = match (place.port, self.port.value) {
                (Some(own), Some(port)) if contradict => {
                    return Err(format!("--listen says port {own} and --port says {port}; leave one of them out"));
                }
                (Some(_), Some(port)) if port_goes_first => port,
                (Some(port), _) | (None, Some(port)) => port,
                (None, None) => platform()?.unwrap_or(USUAL_PORT),
            };
            Ok(SocketAddr::new(place.ip, port))
        };
        places.iter().map(address).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "a convention of platforms, not an option of this program")]
fn platform_port() -> Result<Option<u16>, String> {
    let Some(said) = env::var(PLATFORM_PORT).ok().filter(|said| !said.is_empty()) else { return Ok(None) };
    let wrong = |_| format!("the variable PORT is \"{said}\", which is no port; say --port, or correct it");
    said.parse().map(Some).map_err(wrong)
}

/// An address that need not have a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    ip: IpAddr,
    port: Option<u16>,
}

/// Names are not resolved, save the one that everybody writes: what a name means may differ between machines.
fn place(text: &str) -> Result<Place, String> {
    if let Ok(port) = text.parse() {
        return Ok(Place { ip: Ipv4Addr::LOCALHOST.into(), port: Some(port) });
    }
    if let Some(ip) = host(text) {
        return Ok(Place { ip, port: None });
    }
    let parts = text.rsplit_once(':').and_then(|(before, port)| {
        let ip = if before.is_empty() { Ipv4Addr::UNSPECIFIED.into() } else { host(before)? };
        Some(Place { ip, port: Some(port.parse().ok()?) })
    });
    parts.ok_or_else(|| {
        "expected an IP address and a port: 127.0.0.1:8080 or [::1]:8080; or localhost:8080, 8080 for this machine alone, \
         :8080 for all interfaces"
            .to_owned()
    })
}

fn host(text: &str) -> Option<IpAddr> {
    match text {
        "localhost" => Some(Ipv4Addr::LOCALHOST.into()),
        "*" => Some(Ipv4Addr::UNSPECIFIED.into()),
        _ => text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text).parse().ok(),
    }
}

/// An address with its port.
fn address(text: &str) -> Result<SocketAddr, String> {
    let Place { ip, port } = place(text)?;
    let port = port.ok_or_else(|| format!("a port is missing: {text}:8443, or {text}:0 for a free one"))?;
    Ok(SocketAddr::new(ip, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, String> {
        address(text).map(|address| address.to_string())
    }

    #[test]
    fn addresses_are_numeric_or_localhost() {
        assert_eq!(shown("127.0.0.1:0").as_deref(), Ok("127.0.0.1:0"));
        assert_eq!(shown("localhost:8080").as_deref(), Ok("127.0.0.1:8080"));
        assert_eq!(shown("localhost:0").as_deref(), Ok("127.0.0.1:0"));
        assert_eq!(shown(":8080").as_deref(), Ok("0.0.0.0:8080"));
        assert_eq!(shown("*:8080").as_deref(), Ok("0.0.0.0:8080"));
        assert_eq!(shown("8080").as_deref(), Ok("127.0.0.1:8080"));
        assert_eq!(shown("[::1]:8080").as_deref(), Ok("[::1]:8080"));
        for wrong in ["example.org:80", "127.0.0.1:99999", "99999", ":", "", "[::1", "http://127.0.0.1:8080"] {
            assert!(shown(wrong).unwrap_err().starts_with("expected an IP address and a port"), "{wrong}");
        }
        assert!(shown("0.0.0.0").unwrap_err().starts_with("a port is missing: 0.0.0.0:8443"));
    }

    const COMMAND_LINE: Option<ValueSource> = Some(ValueSource::CommandLine);
    const VARIABLE: Option<ValueSource> = Some(ValueSource::EnvVariable);

    /// Where it listens, or why nowhere, with addresses and a port said by somebody, and a platform that says 5000.
    fn listening(
        listen: &[&str],
        listen_by: Option<ValueSource>,
        port: Option<u16>,
        port_by: Option<ValueSource>,
    ) -> String {
        let places = listen.iter().map(|text| place(text).unwrap()).collect();
        let wanted = Wanted { listen: Said { value: places, by: listen_by }, port: Said { value: port, by: port_by } };
        match wanted.addresses(|| Ok(Some(5000))) {
            Ok(addresses) => addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Err(why) => why,
        }
    }

    #[test]
    fn a_port_is_that_of_the_addresses_that_name_none() {
        assert_eq!(listening(&[], None, Some(8081), COMMAND_LINE), "127.0.0.1:8081");
        assert_eq!(listening(&["0.0.0.0"], VARIABLE, Some(8081), VARIABLE), "0.0.0.0:8081");
        assert_eq!(listening(&["0.0.0.0", "[::1]"], COMMAND_LINE, Some(1), COMMAND_LINE), "0.0.0.0:1 [::1]:1");
    }

    #[test]
    fn the_command_line_goes_before_variables() {
        assert_eq!(listening(&["127.0.0.1:0"], COMMAND_LINE, Some(8081), VARIABLE), "127.0.0.1:0");
        assert_eq!(listening(&["0.0.0.0:8080"], VARIABLE, Some(9000), COMMAND_LINE), "0.0.0.0:9000");
    }

    #[test]
    fn two_ports_of_equal_rank_contradict_each_other() {
        for by in [COMMAND_LINE, VARIABLE] {
            let told = listening(&["0.0.0.0:8080"], by, Some(9000), by);
            assert_eq!(told, "--listen says port 8080 and --port says 9000; leave one of them out");
        }
    }

    #[test]
    fn what_the_platform_says_counts_last() {
        assert_eq!(listening(&[], None, None, None), "127.0.0.1:5000");
        assert_eq!(listening(&["0.0.0.0"], VARIABLE, None, None), "0.0.0.0:5000");
        assert_eq!(listening(&["0.0.0.0:8080"], VARIABLE, None, None), "0.0.0.0:8080");
        assert_eq!(listening(&["127.0.0.1:0"], COMMAND_LINE, None, None), "127.0.0.1:0");
    }
}
