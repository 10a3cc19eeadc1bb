//! Armed faults: which one strikes a request, and what it makes of the exchange.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER};
use ::http::{HeaderValue, StatusCode};
use serde_json::json;

use super::{csrf, diagnosis};
use crate::apis::xsuaa;
use crate::contract::{Details, Exchange, Meaning, Refusal};
use crate::faults::{Cut, Fault, Respond, Subject};
use crate::http::{Diagnosis, Extent, Request, Response};
use crate::state::{Api, Row, State};
use crate::worlds::World;

/// The fault that strikes a request to an API, if any does. Faults that are meant for it count it.
pub fn strike(world: &World, view: &State, api: &'static Api, request: &Request, meaning: &Meaning) -> Option<Struck> {
    strike_if(world, view, api, request, meaning, |_| true)
}

/// The same, but only faults that are able to do what they do.
pub fn strike_if(
    world: &World,
    view: &State,
    api: &'static Api,
    request: &Request,
    meaning: &Meaning,
    is_able: fn(&Fault) -> bool,
) -> Option<Struck> {
    if view.faults.is_empty() {
        return None;
    }
    let operation = meaning.row().map_or("", |operation| operation.id);
    let subject = Subject { request, operation };
    // Without an operation, or with a pattern, a fault may reach several systems, of which not all have its outcome.
    let is_able = |fault: &Fault| is_able(fault) && outcome(fault).is_none_or(|id| api.row(id).is_some());
    if !view.faults.concern(&subject, is_able) {
        return None;
    }
    let fault = world.store.change(|state| state.faults.strike(&subject, is_able, &mut state.ids))?;
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

impl Struck {
    /// The targets of a deployment that it makes fail.
    pub fn failing(&self) -> &BTreeMap<String, String> {
        &self.fault.deployment_fails
    }

    /// What is answered in place of the system.
    pub fn answer(&self, api: &Api, state: &State, exchange: &Exchange<'_>) -> Option<Response> {
        if self.fault.drop == Some(Cut::BeforeHandling) {
            let response =
                Response::empty(StatusCode::SERVICE_UNAVAILABLE).because(self.diagnosis(diagnosis::FAULT, ""));
            return Some(Response { by_fault: true, ..response });
        }
        self.respond(api, state, exchange)
    }

    pub fn respond(&self, api: &Api, state: &State, exchange: &Exchange<'_>) -> Option<Response> {
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
        response.by_fault = true;
        Some(response)
    }

    /// A documented refusal, from whoever answers with it.
    fn refuse(&self, row: Row, respond: &Respond, api: &Api, state: &State, exchange: &Exchange<'_>) -> Response {
        let values: Vec<(&str, &str)> =
            respond.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut refusal = Refusal::new(row.outcome(), &values);
        let errors = &respond.validation_errors;
        let members = if errors.is_empty() { Vec::new() } else { vec![("validation_errors", json!(errors))] };
        refusal.details = Some(Box::new(Details { retry_after: respond.retry_after, members }));
        let response = match row {
            Row::Api(_) => (api.refuse)(state, exchange, &refusal),
            Row::TokenService(_) => xsuaa::reject(&refusal),
            Row::CsrfFilter(_) => csrf::required(),
        };
        response.because(self.diagnosis(row.outcome().id, &refusal.text))
    }

    fn plain(&self, status: u16, respond: &Respond) -> Response {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::empty(status).because(self.diagnosis(diagnosis::FAULT, ""));
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
    pub fn deliver(&self, response: &mut Response) {
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
    }
}
