//! One side of a comparison: the tenant, or its twin. Writes get the CSRF token that the documents ask for, and none is sent that
//! is not of a name of the run's own.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderName, HeaderValue, StatusCode};

use super::fact::Fact;
use super::listed::is_listed;
use super::names::Names;
use super::number;
use super::thing::Thing;
use crate::contract::Protocol;
use crate::tenant::answer::Answer;
use crate::tenant::client::Client;
use crate::tenant::{Asking, Failure, System};

const TOKEN: HeaderName = HeaderName::from_static("x-csrf-token");

/// A token, and the cookies of its session.
#[derive(Clone)]
struct Session {
    token: HeaderValue,
    cookies: Option<HeaderValue>,
}

/// One side.
pub(super) struct Side<'s> {
    /// Its client.
    pub client: &'s Client<'s>,
    /// The names that may be written; none if nothing may be.
    writable: Option<&'s Names>,
    /// By the service's own path: one that has no token is not asked again.
    sessions: RefCell<BTreeMap<&'static str, Option<Session>>>,
    /// The numbers that things of the run's own were last seen with, by their names.
    numbers: RefCell<BTreeMap<String, i64>>,
}

impl<'s> Side<'s> {
    /// A side where these names may be written, or nothing.
    pub(super) fn new(client: &'s Client<'s>, writable: Option<&'s Names>) -> Self {
        Self { client, writable, sessions: RefCell::default(), numbers: RefCell::default() }
    }

    /// What a fact is answered.
    pub(super) fn send(&self, fact: &Fact) -> Result<Answer, Failure> {
        let name = fact.name.as_deref().unwrap_or_default();
        if fact.asking.method.is_safe() {
            return self.client.send(fact.system, &*self.addressed(fact.system, &fact.asking, name)?);
        }
        self.write(fact.system, &fact.asking, name, !fact.without_csrf)
    }

    /// Deletes what lies at a path, which is of that name.
    pub(super) fn delete(&self, system: System, target: &str, name: &str) -> Result<Answer, Failure> {
        let asking = Asking { method: http::Method::DELETE, ..Asking::json(target) };
        self.write(system, &asking, name, true)
    }

    /// True if a thing is there; a failure if the tenant does not tell.
    pub(super) fn has(&self, thing: &Thing) -> Result<bool, Failure> {
        if number::stands_in(&thing.target) {
            return Ok(self.number(thing.system, &thing.target, &thing.name)?.is_some());
        }
        let answer = self.client.send(thing.system, &Asking::json(thing.target.clone()))?;
        match answer.status() {
            status if status.is_success() => Ok(true),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(false),
            // Some say so of what is not there, and any of what they do not take.
            StatusCode::BAD_REQUEST => is_listed(self.client, thing),
            _ => Err(answer.unexpected("an answer that tells whether it is there", &self.client.secrets)),
        }
    }

    /// The number of the thing of that name, in the set that a path names; none if it is not there.
    pub(super) fn number(&self, system: System, target: &str, name: &str) -> Result<Option<i64>, Failure> {
        let found = number::of(self.client, system, target, name)?;
        if let Some(number) = found {
            self.numbers.borrow_mut().insert(name.to_owned(), number);
        }
        Ok(found)
    }

    /// The request with the number in its path, if it has one there: looked up by the name just before, or else the one that the
    /// thing had when it was last seen.
    fn addressed<'a>(&self, system: System, asking: &'a Asking, name: &str) -> Result<Cow<'a, Asking>, Failure> {
        if !number::stands_in(&asking.target) {
            return Ok(Cow::Borrowed(asking));
        }
        let found = self.number(system, &asking.target, name)?;
        let number = found.or_else(|| self.numbers.borrow().get(name).copied());
        let number = number.ok_or_else(|| Failure::NotNumbered { name: name.to_owned() })?;
        Ok(Cow::Owned(Asking { target: number::put_in(&asking.target, number), ..asking.clone() }))
    }

    /// The one place where a write leaves.
    fn write(&self, system: System, asking: &Asking, name: &str, with_token: bool) -> Result<Answer, Failure> {
        // What is numbered is found by its name, which is in no such request.
        let is_numbered = number::stands_in(&asking.target);
        let is_own = |names: &Names| if is_numbered { names.are(name) } else { names.are_in(asking, name) };
        if !self.writable.is_some_and(is_own) {
            return Err(Failure::NotOwn { asked: format!("{} {}", asking.method, asking.target) });
        }
        let asking = &*self.addressed(system, asking, name)?;
        let service = if with_token { service(system, &asking.target) } else { None };
        let Some(service) = service else { return self.client.send(system, asking) };
        let answer = self.client.send(system, &self.with_session(system, asking, service)?)?;
        let is_over = answer.status() == StatusCode::FORBIDDEN && answer.header(TOKEN).eq_ignore_ascii_case("required");
        if !is_over {
            return Ok(answer);
        }
        self.sessions.borrow_mut().remove(service);
        self.client.send(system, &self.with_session(system, asking, service)?)
    }

    fn with_session(&self, system: System, asking: &Asking, service: &'static str) -> Result<Asking, Failure> {
        let known = self.sessions.borrow().get(service).cloned();
        let session = match known {
            Some(session) => session,
            None => self.fetched(system, service)?,
        };
        self.sessions.borrow_mut().insert(service, session.clone());
        let mut asking = asking.clone();
        if let Some(Session { token, cookies }) = session {
            asking.headers.retain(|(name, _)| *name != TOKEN);
            asking.headers.push((TOKEN, token));
            asking.headers.extend(cookies.map(|cookies| (COOKIE, cookies)));
        }
        Ok(asking)
    }

    /// The token that the service document comes with if it is asked for.
    fn fetched(&self, system: System, service: &'static str) -> Result<Option<Session>, Failure> {
        let mut asking = Asking::json(format!("{service}/"));
        asking.headers.push((TOKEN, HeaderValue::from_static("Fetch")));
        let answer = self.client.send(system, &asking)?;
        let headers = answer.response.headers();
        let Some(token) = headers.get(TOKEN).cloned() else { return Ok(None) };
        self.client.secrets.add(token.to_str().unwrap_or_default());
        let set = headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs: Vec<&str> = set.filter_map(|cookie| cookie.split(';').next()).collect();
        for (_, value) in pairs.iter().filter_map(|pair| pair.split_once('=')) {
            self.client.secrets.add(value);
        }
        let cookies = (!pairs.is_empty()).then(|| HeaderValue::from_str(&pairs.join("; ")).ok()).flatten();
        Ok(Some(Session { token, cookies }))
    }
}

/// The own path of the service that a path lies below, if it speaks OData: others have no CSRF tokens.
fn service(system: System, target: &str) -> Option<&'static str> {
    let api = system.api().filter(|api| api.protocol == Protocol::OData)?;
    // Tokens are the tenant's at its runtime locations, too.
    let path = (api.path)(target);
    api.roots.iter().find(|root| path.starts_with(**root)).copied()
}
