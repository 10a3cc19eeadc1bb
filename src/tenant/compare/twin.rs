//! The twin: what a tenant holds, in a certmimic of its own inside this process, which is asked the same.

use bytes::Bytes;
use http::{Request, Response};

use crate::gateway;
use crate::scenario::{Source, load};
use crate::store::Secret;
use crate::tenant::{Account, Address, Carrier, Credentials, Failure, Unreached};
use crate::worlds::Worlds;

/// Where the twin is, in its own words: nobody else ever sees them.
const ADDRESS: &str = "http://twin.invalid";

/// Who one is to it if the tenant is not told a name.
const SOMEBODY: &str = "certmimic";

/// A world that holds what the tenant holds.
pub(super) struct Twin(Worlds);

impl Twin {
    /// Of scenarios, composed.
    pub(super) fn of(scenarios: &[&str]) -> Result<Self, Failure> {
        let sources: Vec<Source> = scenarios.iter().map(|text| Source::Sent { text: (*text).to_owned() }).collect();
        let scenario = load(&sources);
        let scenario =
            scenario.map_err(|flaws| Failure::NoScenario(flaws.iter().map(ToString::to_string).collect()))?;
        Ok(Self(Worlds::new(scenario)))
    }

    /// Who one is to it: a client of the same name as at the tenant, whom it lets in whatever the secret.
    pub(super) fn account(id: Option<&str>) -> Result<Account, Failure> {
        let address = Address::parse(ADDRESS).map_err(|why| Failure::NoScenario(vec![why.to_owned()]))?;
        let id = id.unwrap_or(SOMEBODY).to_owned();
        let secret = Secret::new(SOMEBODY);
        Ok(Account { address, credentials: Credentials::Client { id, secret, token_url: None } })
    }
}

impl Carrier for Twin {
    fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unreached> {
        let (parts, body) = request.into_parts();
        let request = crate::http::Request {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
            origin: ADDRESS.into(),
            client_certificate: None,
        };
        let answer = gateway::answer(&self.0, &request);
        let mut response = Response::new(answer.body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        Ok(response)
    }
}
