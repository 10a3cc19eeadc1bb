//! Requests to a runtime location (Edge Integration Cell): `/location/<id>/api/v1/…`. The address moves from the path to what
//! absolute URIs begin with, and the service answers from what the location has.
//!
//! That there are such addresses is documented; the rest is assumed.

use std::sync::Arc;

use ::http::StatusCode;
use percent_encoding::percent_decode_str;

use super::error::Error;
use super::state::{Found, State};
use crate::contract::{Exchange, Refusal};
use crate::effects::{Effects, Ids, Timestamp};
use crate::http::{Request, Response};
use crate::odata::Service;
use crate::store::{Holds, Store, Text};

/// What the addresses of locations begin with.
pub const ROOT: &str = "/location";

/// The part of a path that its operation is recognised by: that behind a location's address.
pub fn without_location(path: &str) -> &str {
    Address::of(path).map_or(path, |address| address.rest)
}

/// A path below a location.
struct Address<'p> {
    /// The location's identifier.
    id: Text,
    /// `/location/<id>` as sent.
    prefix: &'p str,
    /// What follows.
    rest: &'p str,
}

impl<'p> Address<'p> {
    fn of(path: &'p str) -> Option<Self> {
        let below = path.strip_prefix(ROOT)?.strip_prefix('/')?;
        let id = below.split('/').next().unwrap_or_default();
        let (prefix, rest) = path.split_at(path.len() - below.len() + id.len());
        let id = percent_decode_str(id).decode_utf8_lossy().into_owned().into();
        Some(Self { id, prefix, rest })
    }
}

/// Answers a request to a location; `None` if it is to none.
pub fn answer<W: Holds<State>>(
    service: &Service<State>,
    store: &Store<W>,
    exchange: &Exchange<'_>,
) -> Option<Response> {
    let address = Address::of(&exchange.request.path)?;
    let request = Request {
        path: address.rest.to_owned(),
        origin: [&*exchange.request.origin, address.prefix].concat().into(),
        ..exchange.request.clone()
    };
    let exchange = Exchange { request: &request, ..*exchange };
    // Whoever comes second to a location answers anew: nothing of the first attempt was kept.
    loop {
        let whole = store.view();
        let tenant = whole.part();
        let Some(found) = tenant.at(&address.id).filter(|_| is_served(address.rest, service.root)) else {
            let refusal = unknown(tenant, &address);
            return Some(Response::empty(StatusCode::NOT_FOUND).because(refusal.diagnosis()));
        };
        let located =
            Store::new(Arc::new(Located { state: found.state.clone(), ids: found.ids.clone(), edited: false }));
        let response = service.answer(&located, &exchange);
        if keep(store, &address.id, &found, &located, exchange.now) {
            return Some(response);
        }
    }
}

/// Keeps what became of a location; false if it has changed meanwhile.
fn keep<W: Holds<State>>(store: &Store<W>, id: &Text, found: &Found, located: &Store<Located>, now: Timestamp) -> bool {
    let after = located.view();
    if !after.edited {
        return true;
    }
    let Located { state, ids, .. } = Located::clone(&after);
    store.change(|whole| whole.draft(now).0.keep(id, found, state, ids))
}

fn is_served(rest: &str, root: &str) -> bool {
    rest.strip_prefix(root).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

fn unknown(tenant: &State, address: &Address<'_>) -> Refusal {
    let ids: Vec<&str> = tenant.locations.keys().map(Text::as_str).collect();
    let known = if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
    Error::LocationUnknown { location: address.id.to_string(), known }.into()
}

/// What the service works on for the length of a request.
#[derive(Clone)]
struct Located {
    state: State,
    ids: Ids,
    edited: bool,
}

impl Holds<State> for Located {
    fn part(&self) -> &State {
        &self.state
    }

    fn draft(&mut self, now: Timestamp) -> (&mut State, Effects<'_>) {
        self.edited = true;
        (&mut self.state, Effects { now, ids: &mut self.ids })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_split_behind_the_location() {
        let split = |path| Address::of(path).map(|address| (address.id.to_string(), address.prefix, address.rest));
        let edge = |prefix, rest| Some(("edge 1".to_owned(), prefix, rest));
        assert_eq!(split("/location/edge%201/api/v1/"), edge("/location/edge%201", "/api/v1/"));
        assert_eq!(split("/location/edge 1"), edge("/location/edge 1", ""));
        assert_eq!(split("/location//api/v1"), Some((String::new(), "/location/", "/api/v1")));
        for other in ["/location", "/locations/a/api/v1", "/api/v1/location/a"] {
            assert_eq!(split(other), None, "{other}");
            assert_eq!(without_location(other), other);
        }
        assert_eq!(without_location("/location/a/api/v1/Keystores"), "/api/v1/Keystores");
    }
}
