//! A Pact file, replayed: what a consumer has asked is asked again, and the answers are held to what the file promises.

use http::{HeaderName, HeaderValue, Method};
use percent_encoding::utf8_percent_encode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::Compared;
use super::difference::differences;
use super::fact::{Alike, Fact};
use super::player::{not_tried, said};
use super::seen::Seen;
use super::verdict::{Comparison, Verdict};
use crate::state::Api;
use crate::tenant::client::Client;
use crate::tenant::odata::IN_KEYS;
use crate::tenant::{Asking, Failure, System, Who};

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

/// Replays a file against tenants, each with its own client.
pub fn replay(clients: &[Client<'_>], pact: &Pact, ended: &dyn Fn() -> bool) -> Compared {
    let mut compared = Compared::default();
    for interaction in &pact.interactions {
        let Some(fact) = interaction.fact() else {
            compared.notes.push(format!("{} is left out: it is of none of the systems", interaction.description));
            continue;
        };
        let played = if ended() { Err(Failure::Ended) } else { interaction.replayed(clients, &fact) };
        match played {
            Ok(comparison) => compared.comparisons.push(comparison),
            Err(failure) => {
                compared.cut_short = Some(failure);
                break;
            }
        }
    }
    compared
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
        let operation = self.description.split(':').next().unwrap_or_default();
        let operation = api.operations.iter().find(|row| row.id == operation);
        Some(Fact { operation, ..Fact::reading(self.description.clone(), system, asking) })
    }

    fn replayed(&self, clients: &[Client<'_>], fact: &Fact) -> Result<Comparison, Failure> {
        let expected = Comparison { outcome: self.response.status.to_string(), ..not_tried(fact, String::new()) };
        let without = |why: String| Ok(Comparison { verdict: Verdict::NotTried(why), ..expected.clone() });
        if self.pending {
            return without(format!("it is pending: {}", self.comments.text.join("; ")));
        }
        if !fact.asking.method.is_safe() {
            return without("it writes, and only what reads is replayed".to_owned());
        }
        let Some(client) = clients.iter().find(|client| client.may_be(fact.system)) else {
            return without("none of the credentials can be for that system".to_owned());
        };
        let answer = match client.send(fact.system, &fact.asking) {
            Ok(answer) => answer,
            Err(failure) if failure.is_of_one_request() => return without(failure.to_string()),
            Err(failure) => return Err(failure),
        };
        let (promised, alike) = self.response.promised();
        let found = differences(&promised, &Seen::of(&answer), alike);
        let verdict = if found.is_empty() { Verdict::Same } else { Verdict::Different(found) };
        Ok(Comparison { verdict, said: Some(said(&answer)), ..expected }.hidden(&client.secrets))
    }
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

impl Response {
    /// What is promised, and how it is to be held against what comes: by its types, or else by its values. More may come.
    fn promised(&self) -> (Seen, Alike) {
        let media_type = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let media_type = media_type.and_then(|(_, values)| texts(values).next()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let text = self.body.as_ref().map(|body| match &body.content {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
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
