//! The line that says that connections are accepted: where, and what answers there. It names every mode that decides what
//! passes, so that nobody believes in one that is not on.

use std::net::SocketAddr;

use serde::Serialize;

use crate::server::Server;
use crate::state::{APIS, State};

/// The line. How it begins is a promise to programs: `certmimic VERSION listening on URL and URL (`.
pub fn line(server: &Server) -> String {
    let urls = server.urls().collect::<Vec<_>>().join(" and ");
    let control = server.own_control_urls().collect::<Vec<_>>().join(" and ");
    let control = if control.is_empty() { control } else { format!("; control API on {control}") };
    let started = match server.scenarios() {
        [] | [_] => format!("scenario {}", server.scenario()),
        several => format!("scenarios {}", several.join(", ")),
    };
    let begin = format!("certmimic {} listening on {urls} ({started}{control})", env!("CARGO_PKG_VERSION"));
    let state = server.worlds().default_world().store.view();
    let kept = server.worlds().kept().map(|kept| format!("state in {}", kept.file()));
    [Some(begin), reach(server.addrs()), kept, Some(modes(&state))].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Other machines reach what listens on an unspecified address, which an address alone does not say to everybody.
fn reach(addresses: &[SocketAddr]) -> Option<String> {
    let open: Vec<&SocketAddr> = addresses.iter().filter(|address| address.ip().is_unspecified()).collect();
    if open.is_empty() {
        return None;
    }
    let all = open.len() == addresses.len();
    let ports: Vec<String> = open.iter().map(|address| address.port().to_string()).collect();
    Some(if all { "on all interfaces".to_owned() } else { format!("on all interfaces at {}", ports.join(" and ")) })
}

fn modes(state: &State) -> String {
    let csrf = APIS.iter().filter_map(|api| Some((api.title.trim_start_matches("SAP "), (api.csrf)(state)?.name())));
    let csrf: Vec<(&str, &str)> = csrf.collect();
    let named = |(title, mode): &(&str, &str)| format!("{mode} at {title}");
    let csrf = match csrf.as_slice() {
        [(_, first), others @ ..] if others.iter().all(|(_, other)| other == first) => (*first).to_owned(),
        differing => differing.iter().map(named).collect::<Vec<_>>().join(", "),
    };
    format!("auth {}; CSRF {csrf}; lint {}", word(state.xsuaa.mode), word(state.lint))
}

/// A mode as scenarios write it.
fn word(mode: impl Serialize) -> String {
    serde_json::to_value(mode).ok().and_then(|word| word.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::reach;

    fn reached(addresses: &[&str]) -> Option<String> {
        reach(&addresses.iter().map(|address| address.parse().unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn it_is_said_when_other_machines_reach_the_server() {
        assert_eq!(reached(&["127.0.0.1:8080", "[::1]:8080"]), None);
        assert_eq!(reached(&["0.0.0.0:8080"]).as_deref(), Some("on all interfaces"));
        assert_eq!(reached(&["127.0.0.1:1", "[::]:2", "0.0.0.0:3"]).as_deref(), Some("on all interfaces at 2 and 3"));
    }
}
