//! Armed faults: which one strikes a request, and what it makes of the exchange.

use std::sync::Arc;

use ::http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER};
use ::http::{HeaderValue, StatusCode};

use super::csrf;
use crate::apis::xsuaa;
use crate::contract::{Caller, Calm, Exchange, Injection, Interference, Refusal};
use crate::effects::Timestamp;
use crate::faults::{Cut, Fault, Respond, Subject};
use crate::http::{Diagnosis, Extent, Request, Response};
use crate::state::{Api, Row, State};
use crate::worlds::World;

/// The fault that strikes a request to an API, if any does. Faults that are meant for it count it.
pub fn strike(world: &World, view: &State, api: &'static Api, request: &Request) -> Option<Struck> {
    strike_if(world, view, api, request, |_| true)
}

/// The same, but only faults that are able to do what they do.
fn strike_if(
    world: &World,
    view: &State,
    api: &'static Api,
    request: &Request,
    is_able: fn(&Fault) -> bool,
) -> Option<Struck> {
    if view.faults.is_empty() {
        return None;
    }
    let operation = super::operation(request).map_or("", |operation| operation.id);
    let subject = Subject { request, operation };
    // Without an operation, or with a pattern, a fault may reach several systems, of which not all have its outcome.
    let is_able = |fault: &Fault| is_able(fault) && outcome(fault).is_none_or(|id| api.row(id).is_some());
    if !view.faults.concern(&subject, is_able) {
        return None;
    }
    let struck: Result<_, std::convert::Infallible> =
        world.store.edit(|state| Ok(state.faults.strike(&subject, is_able, &mut state.ids)));
    let fault = struck.unwrap_or_else(|never| match never {})?;
    let row = outcome(&fault).and_then(|id| api.row(id));
    Some(Struck { fault, row })
}

fn outcome(fault: &Fault) -> Option<&str> {
    fault.respond.as_ref()?.outcome.as_deref()
}

/// A fault that strikes.
#[derive(Debug)]
pub struct Struck {
    fault: Arc<Fault>,
    row: Option<Row>,
}

/// What faults do to one exchange on its way through an API.
#[derive(Debug)]
pub struct Meddling<'a> {
    pub world: &'a World,
    pub api: &'static Api,
    pub caller: &'a Caller,
    pub now: Timestamp,
    /// The fault that strikes the exchange itself.
    pub struck: Option<&'a Struck>,
}

impl Interference for Meddling<'_> {
    fn undeployable(&self, environment: &str) -> Option<&str> {
        self.struck?.fault.deployment_fails.get(environment).map(String::as_str)
    }

    fn part(&self, part: &dyn Fn() -> Request) -> Option<Response> {
        let view = self.world.store.view();
        if view.faults.is_empty() {
            return None;
        }
        let part = &part();
        // A request inside another has no connection of its own that could be slow or break.
        let struck = strike_if(self.world, &view, self.api, part, |fault| fault.respond.is_some())?;
        let exchange = Exchange { request: part, caller: self.caller, now: self.now, interference: &Calm };
        struck.respond(self.api, &view, &exchange)
    }
}

impl Struck {
    /// What is answered in place of the system.
    pub fn answer(&self, api: &Api, state: &State, exchange: &Exchange<'_>) -> Option<Response> {
        if self.fault.drop == Some(Cut::BeforeHandling) {
            return Some(Response::empty(StatusCode::SERVICE_UNAVAILABLE).because(self.diagnosis("fault", "")));
        }
        self.respond(api, state, exchange)
    }

    fn respond(&self, api: &Api, state: &State, exchange: &Exchange<'_>) -> Option<Response> {
        let respond = self.fault.respond.as_ref()?;
        let mut response = match (self.row, respond.status) {
            (Some(row), _) => self.refuse(row, respond, api, state, exchange),
            (None, Some(status)) => self.plain(status, respond),
            (None, None) => return None,
        };
        for (name, value) in &respond.headers {
            if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
                response.headers.insert(name, value);
            }
        }
        if let (Some(seconds), false) = (respond.retry_after, response.headers.contains_key(RETRY_AFTER)) {
            response = response.with(RETRY_AFTER, seconds.to_string());
        }
        Some(response)
    }

    /// A documented refusal, from whoever tells it.
    fn refuse(&self, row: Row, respond: &Respond, api: &Api, state: &State, exchange: &Exchange<'_>) -> Response {
        let values: Vec<(&str, &str)> =
            respond.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let injection = Injection {
            outcome: row.outcome(),
            values: &values,
            retry_after: respond.retry_after,
            validation_errors: &respond.validation_errors,
        };
        let refusal = Refusal::from(&injection);
        let response = match row {
            Row::Api(_) => (api.refuse)(state, exchange, &injection),
            Row::TokenService(_) => xsuaa::reject(&refusal),
            Row::CsrfFilter(_) => csrf::required(),
        };
        response.because(self.diagnosis(row.outcome().id, &refusal.text))
    }

    fn plain(&self, status: u16, respond: &Respond) -> Response {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::empty(status).because(self.diagnosis("fault", ""));
        if let Some(text) = &respond.body {
            response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain;charset=utf-8"));
            response.body = text.clone().into();
        }
        if let Some(json) = &respond.json {
            response.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            response.body = json.to_string().into();
        }
        response
    }

    fn diagnosis(&self, code: &'static str, text: &str) -> Diagnosis {
        let line = format!("The fault \"{}\" struck, not a rule of the system. {text}", self.fault.id);
        Diagnosis { code, line: line.trim_end().to_owned() }
    }

    /// Does to an answer what the fault does to its delivery.
    pub fn deliver(&self, mut response: Response) -> Response {
        let fault = &self.fault;
        if let Some(length) = fault.truncate {
            response.body.truncate(length);
        }
        response.delivery.delay = fault.delay.map(crate::faults::Delay::length).unwrap_or_default();
        response.delivery.extent = match fault.drop {
            None => Extent::Whole,
            // Of nothing there is no half.
            Some(Cut::MidResponse) if !response.body.is_empty() => Extent::Half,
            Some(_) => Extent::Nothing,
        };
        response
    }
}
