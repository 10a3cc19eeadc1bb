//! A Pact file, replayed: what a consumer has asked is asked again, and the answers are held to what the file promises.

mod writing;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use percent_encoding::utf8_percent_encode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::cleanup::Made;
use super::difference::differences;
use super::fact::{Alike, Fact};
use super::player::{not_tried, said};
use super::seen::Seen;
use super::side::Side;
use super::verdict::{Comparison, Verdict};
use super::{Compared, Prefix};
use crate::state::Api;
use crate::tenant::client::Client;
use crate::tenant::odata::IN_KEYS;
use crate::tenant::{Asking, Failure, System, Who};
use writing::Rules;

/// What the description of an interaction says that was refused for want of a CSRF token.
const CSRF_REFUSED: &str = "csrf_token_";

/// A file, as far as it is about HTTP.
#[derive(Debug, Deserialize)]
pub struct Pact {
    interactions: Vec<Interaction>,
}

#[derive(Debug, Deserialize)]
struct Interaction {
    #[serde(default)]
    description: String,
    #[serde(default)]
    pending: bool,
    #[serde(default)]
    comments: Comments,
    request: Request,
    response: Response,
}

#[derive(Debug, Default, Deserialize)]
struct Comments {
    #[serde(default)]
    text: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Request {
    method: String,
    path: String,
    #[serde(default)]
    query: Map<String, Value>,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Option<Body>,
}

#[derive(Debug, Deserialize)]
struct Response {
    status: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Option<Body>,
    #[serde(default, rename = "matchingRules")]
    rules: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Body {
    content: Value,
    #[serde(default)]
    encoded: Value,
}

impl Pact {
    /// Reads a file.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text)
            .map_err(|error| format!("expected a Pact file of interactions over HTTP, but {error}"))
    }
}

/// Replays a file against tenants, each with its own client; what writes, only if its names begin with a prefix.
///
/// # Errors
/// Nothing was sent, since what may be written cannot be told.
pub fn replay(
    clients: &[Client<'_>],
    pact: &Pact,
    writes: Option<&Prefix>,
    ended: &dyn Fn() -> bool,
) -> Result<Compared, Failure> {
    let rules = writes.map(Rules::of).transpose()?;
    let own = rules.as_ref().map(|rules| &rules.own);
    let mut compared = Compared::default();
    let mut tenants: Vec<(Side<'_>, Made)> =
        clients.iter().map(|client| (Side::new(client, own), Made::default())).collect();
    for interaction in &pact.interactions {
        let Some(fact) = interaction.fact() else {
            compared.notes.push(format!("{} is left out: it is of none of the systems", interaction.description));
            continue;
        };
        let played =
            if ended() { Err(Failure::Ended) } else { interaction.replayed(&mut tenants, fact, rules.as_ref()) };
        match played {
            Ok(comparison) => compared.comparisons.push(comparison),
            Err(failure) => {
                compared.cut_short = Some(failure);
                break;
            }
        }
    }
    for (tenant, made) in tenants {
        compared.left.extend(made.take_back(&tenant));
    }
    Ok(compared)
}

impl Interaction {
    /// The request as a fact; nothing if it is of no system.
    fn fact(&self) -> Option<Fact> {
        let api = Api::of_path(&self.request.path)?;
        let system = System::parse(api.name)?;
        let mut asking = Asking::json(self.request.target());
        asking.method = Method::from_bytes(self.request.method.as_bytes()).ok()?;
        asking.headers = self.request.headers.iter().filter_map(header).collect();
        // No file has tokens in it; who was not let in had none.
        if self.response.status == 401 {
            asking.who = Who::Nobody;
        }
        asking.body = self.request.body.as_ref().map(Body::bytes).unwrap_or_default();
        let without_csrf = self.description.contains(CSRF_REFUSED);
        let operation = self.description.split(':').next().unwrap_or_default();
        let operation = api.operations.iter().find(|row| row.id == operation);
        Some(Fact { operation, without_csrf, ..Fact::reading(self.description.clone(), system, asking) })
    }

    fn replayed(
        &self,
        tenants: &mut [(Side<'_>, Made)],
        mut fact: Fact,
        rules: Option<&Rules>,
    ) -> Result<Comparison, Failure> {
        let expected = Comparison { outcome: self.response.status.to_string(), ..not_tried(&fact, String::new()) };
        let without = |why: String| Ok(Comparison { verdict: Verdict::NotTried(why), ..expected.clone() });
        if self.pending {
            return without(format!("it is pending: {}", self.comments.text.join("; ")));
        }
        let Some((tenant, made)) = tenants.iter_mut().find(|(tenant, _)| tenant.client.may_be(fact.system)) else {
            return without("none of the credentials can be for that system".to_owned());
        };
        if !fact.asking.method.is_safe() {
            let Some(rules) = rules else { return without("it writes, which --write allows".to_owned()) };
            match prepared(tenant, made, &mut fact, rules) {
                Ok(Ok(())) => {}
                Ok(Err(why)) => return without(why),
                Err(failure) if failure.is_of_one_request() => return without(failure.to_string()),
                Err(failure) => return Err(failure),
            }
        }
        let answer = match tenant.send(&fact) {
            Ok(answer) => answer,
            Err(failure) if failure.is_of_one_request() => return without(failure.to_string()),
            Err(failure) => return Err(failure),
        };
        let (promised, alike) = self.response.promised();
        let found = differences(&promised, &Seen::of(&answer), alike);
        let verdict = if found.is_empty() { Verdict::Same } else { Verdict::Different(found) };
        Ok(Comparison { verdict, said: Some(said(&answer)), ..expected }.hidden(&tenant.client.secrets))
    }
}

/// Notes what a write may make before it is sent, unless it was there before: that is not this run's to delete. Why it may not be
/// sent, if it may not.
fn prepared(tenant: &Side<'_>, made: &mut Made, fact: &mut Fact, rules: &Rules) -> Result<Result<(), String>, Failure> {
    let write = match rules.write(fact.system, &fact.asking) {
        Ok(write) => write,
        Err(why) => return Ok(Err(why)),
    };
    fact.name = Some(write.name);
    if let Some(thing) = write.made
        && !made.has(&thing)
        && !tenant.has(&thing)?
    {
        made.note(thing);
    }
    Ok(Ok(()))
}

impl Request {
    fn target(&self) -> String {
        let escaped = |text: &str| utf8_percent_encode(text, IN_KEYS).to_string();
        let pairs = self.query.iter().flat_map(|(name, values)| {
            // A system query option begins with a sign that OData's servers want as it is.
            let name = name.strip_prefix('$').map_or_else(|| escaped(name), |rest| format!("${}", escaped(rest)));
            texts(values).map(|value| format!("{name}={}", escaped(value))).collect::<Vec<_>>()
        });
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }
}

impl Body {
    /// As it is sent.
    fn bytes(&self) -> Bytes {
        match &self.content {
            Value::String(text) if self.encoded == "base64" => STANDARD.decode(text).unwrap_or_default().into(),
            Value::String(text) if self.encoded != "json" => text.clone().into(),
            other => other.to_string().into(),
        }
    }
}

impl Response {
    /// What is promised, and how it is to be held against what comes: by its types, or else by its values. More may come.
    fn promised(&self) -> (Seen, Alike) {
        let media_type = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let media_type = media_type.and_then(|(_, values)| texts(values).next()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let text = self.body.as_ref().map(|body| String::from_utf8_lossy(&body.bytes()).into_owned());
        let by_type = self.rules.get("body").is_some_and(|rules| rules.to_string().contains("\"match\":\"type\""));
        let seen = Seen::told(self.status, media_type, text.as_deref());
        (seen, if by_type { Alike::Types } else { Alike::Promised })
    }
}

/// A header that one may send; tokens are the client's business.
fn header((name, values): (&String, &Value)) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok().filter(|name| *name != http::header::AUTHORIZATION)?;
    let value = texts(values).collect::<Vec<_>>().join(", ");
    Some((name, HeaderValue::from_str(&value).ok()?))
}

/// One text, or those of a list.
fn texts(values: &Value) -> impl Iterator<Item = &str> {
    let list = values.as_array().into_iter().flatten();
    list.chain(std::iter::once(values)).filter_map(Value::as_str)
}
