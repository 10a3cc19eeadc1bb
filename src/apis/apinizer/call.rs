//! One call of an operation: what its path, query, body and token say.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::behaviour::{Behaviour, Dialect};
use super::error::Error;
use super::form::Form;
use super::values::flag;
use crate::contract::{Caller, Parameters};
use crate::effects::{Outside, Timestamp, Unfetched};
use crate::http::Request;
use crate::rest::{Pairs, json};

/// What another server answered.
pub type Fetched = Result<Bytes, Unfetched>;

/// A request that was matched to an operation and authenticated.
#[derive(Clone)]
pub struct Call<'a> {
    /// The request.
    pub request: &'a Request,
    /// The name of the world.
    pub world: &'a str,
    /// The world's time on arrival.
    pub now: Timestamp,
    /// Who calls.
    pub caller: Caller,
    /// The switches.
    pub behaviour: Behaviour,
    /// The values in the path.
    pub parameters: &'a Parameters,
    /// The query.
    pub query: Pairs,
    /// Environments that a fault makes deployments fail in, each with the reason.
    pub failing: &'a BTreeMap<String, String>,
    /// Who fetches what other servers have.
    pub outside: &'a dyn Outside,
    /// What a URL answered that was fetched before the state is edited.
    pub fetched: Option<Fetched>,
}

impl Call<'_> {
    /// A value in the path.
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name)
    }

    /// The project in the path.
    pub fn project(&self) -> &str {
        self.parameter("projectName")
    }

    /// The generation that shapes the answer.
    pub const fn dialect(&self) -> Dialect {
        self.behaviour.dialect
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        json(&self.request.body).map_err(|bad| Error::MalformedJson { reason: bad.0 })
    }

    /// The body as a form, with the query behind it.
    pub fn form(&self) -> Form<'_> {
        Form::read(self.request, &self.query)
    }

    /// A boolean in the query; `None` if it is absent or empty.
    pub fn flag(&self, name: &'static str) -> Result<Option<bool>, Error> {
        self.query.first(name).map_or(Ok(None), |text| flag(name, text))
    }
}
