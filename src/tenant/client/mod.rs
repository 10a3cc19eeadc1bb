//! A client of one tenant. It asks with a token that it gets and renews itself, at the pace that the tenant wants.

use std::cell::RefCell;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, StatusCode};
use serde_json::Value;

use super::account::{Account, Credentials};
use super::answer::{self, Answer};
use super::asking::{Asking, Who};
use super::carrier::Carrier;
use super::pace::{self, Pace};
use super::secrets::Secrets;
use super::{Failure, System, Watch};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// What a client finds around it.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// Who carries its requests.
    pub carrier: &'a dyn Carrier,
    /// Who waits.
    pub pace: &'a dyn Pace,
    /// Who watches.
    pub watch: &'a dyn Watch,
}

/// A client of one tenant.
pub struct Client<'a> {
    account: &'a Account,
    around: Surroundings<'a>,
    /// Those that it has, by the endpoint that they are from.
    tokens: RefCell<BTreeMap<TokenSource, String>>,
    /// What nobody is shown.
    pub(super) secrets: Secrets,
}

/// Endpoints for tokens that differ in what they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TokenSource {
    Sap,
    Apinizer,
}

impl<'a> Client<'a> {
    /// Of an account.
    pub fn new(account: &'a Account, around: Surroundings<'a>) -> Self {
        let secrets = Secrets::default();
        match &account.credentials {
            Credentials::Client { id, secret, .. } => {
                secrets.add(secret.reveal());
                secrets.add(&format!("{id}:{}", secret.reveal()));
            }
            Credentials::Token(token) => secrets.add(token.reveal()),
            Credentials::Certificate { .. } => {}
        }
        Self { account, around, tokens: RefCell::default(), secrets }
    }

    /// Where the tenant is.
    pub fn url(&self) -> String {
        self.account.address.url("")
    }

    /// Who watches.
    pub fn watch(&self) -> &dyn Watch {
        self.around.watch
    }

    /// Who waits.
    pub(super) fn pace(&self) -> &dyn Pace {
        self.around.pace
    }

    /// True if its credentials can be those of that system.
    pub(super) const fn may_be(&self, system: System) -> bool {
        self.account.credentials.may_be_of(system)
    }

    /// Who one is to it: a client id, or a user name; none of a token that somebody has already.
    pub(super) fn id(&self) -> Option<&str> {
        match &self.account.credentials {
            Credentials::Client { id, .. } | Credentials::Certificate { id, .. } => Some(id),
            Credentials::Token(_) => None,
        }
    }

    /// What a `GET` of a path of a system answers, whatever that is.
    pub fn get(&self, system: System, target: &str) -> Result<Answer, Failure> {
        let answer = self.send(system, &Asking::json(target))?;
        match answer.status() {
            StatusCode::UNAUTHORIZED => Err(Failure::NotLetIn { asked: answer.asked }),
            _ => Ok(answer),
        }
    }

    /// What a request to a system is answered, whatever that is.
    pub fn send(&self, system: System, asking: &Asking) -> Result<Answer, Failure> {
        self.around.watch.step(&system.to_string());
        if asking.who == Who::Nobody {
            return self.ask(&self.request(asking, None)?);
        }
        let answer = self.ask(&self.request(asking, Some(&self.token(system)?))?)?;
        // Nobody has another one in place of a token that was given.
        let is_given = matches!(self.account.credentials, Credentials::Token(_));
        if answer.status() != StatusCode::UNAUTHORIZED || is_given {
            return Ok(answer);
        }
        // It may have run out on the way; one that was just had has not.
        self.tokens.borrow_mut().remove(&TokenSource::of(system));
        self.ask(&self.request(asking, Some(&self.token(system)?))?)
    }

    /// The JSON that a `GET` answers.
    pub fn json(&self, system: System, target: &str) -> Result<Value, Failure> {
        self.get(system, target)?.json(&self.secrets)
    }

    /// The bytes that a `GET` answers.
    pub fn bytes(&self, system: System, target: &str, expected: &'static str) -> Result<Bytes, Failure> {
        self.get(system, target)?.granted(expected, &self.secrets).cloned()
    }

    /// Path and query of a link in an answer, which has to lead to the tenant itself.
    pub fn follow(&self, link: &str, root: &str, asked: &str) -> Result<String, Failure> {
        self.account.address.target_of(link, root).ok_or_else(|| Failure::LeadsElsewhere {
            asked: asked.to_owned(),
            link: answer::in_a_line(&self.secrets.hide(link.split('?').next().unwrap_or(link))),
        })
    }

    fn request(&self, asking: &Asking, token: Option<&str>) -> Result<Request<Bytes>, Failure> {
        let url = self.account.address.url(&asking.target);
        let mut request = Request::builder().method(asking.method.clone()).uri(&url);
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        request = asking.headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        self.built(request, asking.body.clone(), &url)
    }

    fn built(&self, request: http::request::Builder, body: Bytes, url: &str) -> Result<Request<Bytes>, Failure> {
        let asked = url.split('?').next().unwrap_or(url).to_owned();
        let why = || super::Unreached::Failed("this is no URL".to_owned());
        request.body(body).map_err(|_| Failure::Unreached { asked: self.secrets.hide(&asked), why: why() })
    }

    /// Sends a request as often as the tenant is too busy for it.
    fn ask(&self, request: &Request<Bytes>) -> Result<Answer, Failure> {
        let asked = self.secrets.hide(&format!("{} {}", request.method(), request.uri()));
        for tries in 0..pace::TRIES {
            let response = self.around.carrier.carry(request.clone());
            let response = response.map_err(|why| Failure::Unreached { asked: asked.clone(), why })?;
            match pace::wanted(response.status(), response.headers(), tries) {
                None => return Ok(Answer { asked, response }),
                Some(span) if span > pace::LONGEST || tries + 1 == pace::TRIES => {
                    return Err(Failure::TooBusy { asked, seconds: span.as_secs() });
                }
                Some(span) => self.around.pace.wait(span),
            }
        }
        Err(Failure::TooBusy { asked, seconds: pace::LONGEST.as_secs() })
    }

    /// The token for a system; a new one if there is none.
    fn token(&self, system: System) -> Result<String, Failure> {
        let source = TokenSource::of(system);
        if let Credentials::Token(token) = &self.account.credentials {
            return Ok(token.reveal().to_owned());
        }
        if let Some(token) = self.tokens.borrow().get(&source) {
            return Ok(token.clone());
        }
        let answer = self.ask(&self.token_request(source)?)?;
        let document = answer.json(&self.secrets).ok();
        let token = document.as_ref().and_then(|document| document.get("access_token")?.as_str());
        let Some(token) = token else {
            return Err(Failure::NoToken { came: answer.came(&self.secrets), asked: answer.asked });
        };
        self.secrets.add(token);
        self.tokens.borrow_mut().insert(source, token.to_owned());
        Ok(token.to_owned())
    }

    /// The documented request: of SAP's endpoint with the grant in the query, of Apinizer's with a form.
    fn token_request(&self, source: TokenSource) -> Result<Request<Bytes>, Failure> {
        let default = || self.account.address.url(source.path());
        let (id, secret, url) = match &self.account.credentials {
            Credentials::Client { id, secret, token_url } => {
                (id, secret.reveal(), token_url.clone().filter(|_| source == TokenSource::Sap).unwrap_or_else(default))
            }
            Credentials::Certificate { id, token_url } => (id, "", token_url.clone()),
            Credentials::Token(_) => return Err(Failure::NotLetIn { asked: default() }),
        };
        let request = Request::builder().method(Method::POST).header(ACCEPT, JSON);
        let form = |fields: &[(&str, &str)]| {
            Bytes::from(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish())
        };
        let (request, url, body) = match (source, &self.account.credentials) {
            (TokenSource::Apinizer, _) => {
                let fields = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
                (request.header(CONTENT_TYPE, FORM), url, form(&fields))
            }
            (TokenSource::Sap, Credentials::Certificate { .. }) => {
                (request.header(CONTENT_TYPE, FORM), with_grant(&url), form(&[("client_id", id)]))
            }
            (TokenSource::Sap, _) => {
                let basic = STANDARD.encode(format!("{id}:{secret}"));
                (request.header(AUTHORIZATION, format!("Basic {basic}")), with_grant(&url), Bytes::new())
            }
        };
        self.built(request.uri(&url), body, &url)
    }
}

impl TokenSource {
    const fn of(system: System) -> Self {
        match system {
            System::ApiManagement | System::CloudIntegration => Self::Sap,
            System::Apinizer => Self::Apinizer,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Sap => "/oauth/token",
            Self::Apinizer => "/apiops/auth/token",
        }
    }
}

/// The address with the grant in its query, as the documents have it.
fn with_grant(url: &str) -> String {
    if url.contains("grant_type=") {
        return url.to_owned();
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}grant_type=client_credentials")
}

#[cfg(test)]
mod tests;
