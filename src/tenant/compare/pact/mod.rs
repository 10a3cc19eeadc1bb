//! A Pact file, replayed: what a consumer has asked is asked again, and the answers are held to what the file promises.

mod writing;

use std::collections::{BTreeMap, BTreeSet};

use http::{HeaderName, HeaderValue, Method};
use percent_encoding::utf8_percent_encode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::cleanup::Made;
use super::contained::contained;
use super::fact::Fact;
use super::player::{not_tried, said};
use super::promise::{Body, Response, texts};
use super::side::Side;
use super::verdict::{Comparison, Tally, Verdict};
use super::{Compared, Prefix};
use crate::state::Api;
use crate::tenant::capture::is_not;
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

/// Replays a file against tenants, each with its own client: what is of those systems, or of all if none is named; what writes,
/// only if its names begin with a prefix.
///
/// # Errors
/// Nothing was sent, since what may be written cannot be told, or which of several tenants a system is.
pub fn replay(
    clients: &[Client<'_>],
    pact: &Pact,
    systems: &[System],
    writes: Option<&Prefix>,
    ended: &dyn Fn() -> bool,
) -> Result<Compared, Failure> {
    let rules = writes.map(Rules::of).transpose()?;
    let own = rules.as_ref().map(|rules| &rules.own);
    let mut compared = Compared::default();
    let mut facts = Vec::new();
    for interaction in &pact.interactions {
        match interaction.fact() {
            Some(fact) => facts.push((interaction, fact)),
            None => {
                compared.notes.push(format!("{} is left out: it is of none of the systems", interaction.description));
            }
        }
    }
    let mut tenants: Vec<(Side<'_>, Made)> =
        clients.iter().map(|client| (Side::new(client, own), Made::default())).collect();
    let mut holders: BTreeMap<System, usize> = BTreeMap::new();
    for system in facts.iter().map(|(_, fact)| fact.system).collect::<BTreeSet<_>>() {
        holders.extend(holder(clients, system)?.map(|number| (system, number)));
    }
    for (interaction, fact) in facts {
        if !systems.is_empty() && !systems.contains(&fact.system) {
            let why = "it is of a system that --system does not name".to_owned();
            compared.comparisons.push(interaction.expected(&fact, why));
            continue;
        }
        let played = if ended() {
            Err(Failure::Ended)
        } else {
            let tenant = holders.get(&fact.system).and_then(|number| tenants.get_mut(*number));
            let tenant = tenant.map(|(tenant, made)| (&*tenant, made));
            contained(|| interaction.replayed(tenant, fact, rules.as_ref()))
        };
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
    let is_asked_for = |system: &System| systems.is_empty() || systems.contains(system);
    let uncompared = System::ALL.into_iter().filter(is_asked_for).filter(|system| is_uncompared(&compared, *system));
    compared.uncompared = uncompared.collect();
    Ok(compared)
}

/// True of a system that a file is about if nothing of it was compared: of what takes a token, unless there is no such thing.
fn is_uncompared(compared: &Compared, system: System) -> bool {
    let (by_nobody, by_client): (Vec<_>, Vec<_>) =
        compared.comparisons.iter().filter(|one| one.system == system).partition(|one| one.by_nobody);
    let counts = if by_client.is_empty() { by_nobody } else { by_client };
    !counts.is_empty() && Tally::of(counts).compared() == 0
}

/// The number of the client of the tenant that is a system: of several that may be, the one that answers as it.
fn holder(clients: &[Client<'_>], system: System) -> Result<Option<usize>, Failure> {
    let able: Vec<_> = clients.iter().enumerate().filter(|(_, client)| client.may_be(system)).collect();
    if let [] | [_] = able.as_slice() {
        return Ok(able.first().map(|(number, _)| *number));
    }
    for (number, client) in able {
        if is_not(client, system)?.is_none() {
            return Ok(Some(number));
        }
    }
    Ok(None)
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
        asking.body = self.request.body.as_ref().map(Body::bytes).and_then(Result::ok).unwrap_or_default().into();
        let without_csrf = self.description.contains(CSRF_REFUSED);
        let operation = self.description.split(':').next().unwrap_or_default();
        let operation = api.operations.iter().find(|row| row.id == operation);
        Some(Fact { operation, without_csrf, ..Fact::reading(self.description.clone(), system, asking) })
    }

    /// Not tried, with why.
    fn expected(&self, fact: &Fact, why: String) -> Comparison {
        Comparison { outcome: self.response.status.to_string(), ..not_tried(fact, why) }
    }

    fn replayed(
        &self,
        tenant: Option<(&Side<'_>, &mut Made)>,
        mut fact: Fact,
        rules: Option<&Rules>,
    ) -> Result<Comparison, Failure> {
        let expected = self.expected(&fact, String::new());
        let without = |why: String| Ok(Comparison { verdict: Verdict::NotTried(why), ..expected.clone() });
        if self.pending {
            return without(format!("it is pending: {}", self.comments.text.join("; ")));
        }
        if let Some(Err(why)) = self.request.body.as_ref().map(Body::bytes) {
            return without(format!("what it asks cannot be sent: {why}"));
        }
        let promise = match self.response.promise() {
            Ok(promise) => promise,
            Err(why) => return without(why),
        };
        let Some((tenant, made)) = tenant else {
            return without("none of the credentials are for that system".to_owned());
        };
        if !is_reading(&fact.asking) {
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
        let found = promise.broken_by(&answer);
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

/// True if whoever is asked only reads: what a header calls otherwise is no `GET`, wherever such a header counts.
fn is_reading(asking: &Asking) -> bool {
    let is_called_otherwise = asking.headers.iter().any(|(name, _)| name.as_str().starts_with("x-http-method"));
    [Method::GET, Method::HEAD].contains(&asking.method) && !is_called_otherwise
}

/// Headers that are the client's business: who one is, and how the request travels.
const OF_CLIENT: [&str; 6] = ["authorization", "connection", "content-length", "cookie", "host", "transfer-encoding"];

/// A header that one may send.
fn header((name, values): (&String, &Value)) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok().filter(|name| !OF_CLIENT.contains(&name.as_str()))?;
    let value = texts(values).collect::<Vec<_>>().join(", ");
    Some((name, HeaderValue::from_str(&value).ok()?))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use bytes::Bytes;
    use http::{Request, Response};
    use serde_json::json;

    use super::super::Twin;
    use super::*;
    use crate::tenant::client::Surroundings;
    use crate::tenant::{Carrier, Pace, Unreached, Unwatched};

    /// A tenant that is nothing but one system.
    struct Only(Twin, &'static str);

    impl Carrier for Only {
        fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unreached> {
            let path = request.uri().path();
            if path.starts_with(self.1) || path.starts_with("/oauth/") {
                return self.0.carry(request);
            }
            Ok(Response::builder().status(404).body(Bytes::new()).unwrap())
        }
    }

    struct Unhurried;

    impl Pace for Unhurried {
        fn wait(&self, _span: std::time::Duration) {}
    }

    #[test]
    fn a_read_that_a_header_calls_a_write_is_none() {
        let reading = Asking::json("/api/v1/KeystoreEntries('61')");
        assert!(is_reading(&reading));
        let mut tunnelled = reading;
        tunnelled.headers.push((HeaderName::from_static("x-http-method-override"), HeaderValue::from_static("DELETE")));
        assert!(!is_reading(&tunnelled));
    }

    #[test]
    fn a_request_that_cannot_be_sent_as_it_is_is_not_sent() {
        let sent = |headers: serde_json::Value, body: serde_json::Value| {
            let file = json!({"interactions": [{
                "request": {"method": "GET", "path": "/api/v1/KeystoreEntries", "headers": headers, "body": body},
                "response": {"status": 200},
            }]});
            let pact = Pact::parse(&file.to_string()).unwrap();
            let interaction = pact.interactions.first().unwrap();
            let fact = interaction.fact().unwrap();
            let names: Vec<String> = fact.asking.headers.iter().map(|(name, _)| name.to_string()).collect();
            (names, interaction.replayed(None, fact, None).unwrap().verdict)
        };
        let (names, verdict) = sent(
            json!({"Host": "a", "Content-Length": "9", "Accept": "b"}),
            json!({"content": "?", "encoded": "base64"}),
        );
        assert_eq!(names, ["accept"]);
        let why = "what it asks cannot be sent: its body is called Base64, and is none".to_owned();
        assert_eq!(verdict, Verdict::NotTried(why));
    }

    #[test]
    fn of_several_tenants_the_one_is_asked_that_is_the_system_and_only_what_is_named() {
        let empty = crate::scenario::built_in("empty").unwrap().yaml;
        let tenants = ["/apiportal/", "/api/v1/"].map(|root| Only(Twin::of(&[empty]).unwrap(), root));
        let account = Twin::account(None).unwrap();
        let client = |carrier| Client::new(&account, Surroundings { carrier, pace: &Unhurried, watch: &Unwatched });
        let clients = tenants.each_ref().map(|tenant| client(tenant as &dyn Carrier));
        let file = json!({"interactions": [{
            "description": "entries",
            "request": {"method": "GET", "path": "/api/v1/KeystoreEntries", "headers": {"accept": "application/json"}},
            "response": {"status": 200},
        }]});
        let pact = Pact::parse(&file.to_string()).unwrap();
        let verdict = |systems: &[System]| {
            let compared = replay(&clients, &pact, systems, None, &|| false).unwrap();
            compared.comparisons.first().unwrap().verdict.clone()
        };
        assert_eq!(verdict(&[]), Verdict::Same);
        assert_eq!(verdict(&[System::CloudIntegration]), Verdict::Same);
        assert!(matches!(verdict(&[System::ApiManagement]), Verdict::NotTried(why) if why.contains("--system")));
    }

    #[test]
    fn a_system_of_which_nothing_could_be_compared_is_named_whatever_became_of_others() {
        let empty = crate::scenario::built_in("empty").unwrap().yaml;
        let tenant = Twin::of(&[empty]).unwrap();
        let account = Twin::account(None).unwrap();
        let client = Client::new(&account, Surroundings { carrier: &tenant, pace: &Unhurried, watch: &Unwatched });
        let interaction = |path: &str, status: u16, is_pending: bool| {
            let request = json!({"method": "GET", "path": path, "headers": {"accept": "application/json"}});
            json!({"request": request, "response": {"status": status}, "pending": is_pending})
        };
        let (management, integration) =
            ("/apiportal/api/1.0/Management.svc/CertificateStores", "/api/v1/KeystoreEntries");
        let uncompared = |interactions: &[serde_json::Value], systems: &[System]| {
            let pact = Pact::parse(&json!({"interactions": interactions}).to_string()).unwrap();
            replay(std::slice::from_ref(&client), &pact, systems, None, &|| false).unwrap().uncompared
        };
        let one = [interaction(management, 200, false), interaction(integration, 200, true)];
        assert_eq!(uncompared(&one, &[]), [System::CloudIntegration]);
        assert_eq!(uncompared(&one, &[System::ApiManagement]), []);
        let by_nobody = [interaction(integration, 401, false), interaction(integration, 200, true)];
        assert_eq!(uncompared(&by_nobody, &[]), [System::CloudIntegration]);
        assert_eq!(uncompared(&by_nobody[..1], &[]), []);
    }

    /// A tenant that answers whoever reads a thing with a status, and remembers what else it is asked.
    struct Untold(Twin, u16, RefCell<Vec<Request<Bytes>>>);

    impl Carrier for Untold {
        fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unreached> {
            if request.method() == Method::GET && request.uri().path().ends_with(')') && self.1 != 200 {
                return Ok(Response::builder().status(self.1).body(Bytes::new()).unwrap());
            }
            self.2.borrow_mut().push(request.clone());
            self.0.carry(request)
        }
    }

    /// What becomes of making a store, and what the tenant is asked for it, besides tokens and single things.
    fn made(status: u16, behaviour: &str) -> (Comparison, Vec<Request<Bytes>>) {
        let empty = crate::scenario::built_in("empty").unwrap().yaml;
        let tenant = Untold(Twin::of(&[empty, behaviour]).unwrap(), status, RefCell::default());
        let account = Twin::account(None).unwrap();
        let client = Client::new(&account, Surroundings { carrier: &tenant, pace: &Unhurried, watch: &Unwatched });
        let file = json!({"interactions": [{
            "description": "store",
            "request": {
                "method": "POST",
                "path": "/apiportal/api/1.0/Management.svc/CertificateStores",
                "headers": {"accept": "application/json", "content-type": "application/json", "X-CSRF-Token": "***"},
                "body": {"content": {"name": "certmimic-test-a", "storeType": "TRUSTSTORE"}, "encoded": false},
            },
            "response": {"status": 201},
        }]});
        let pact = Pact::parse(&file.to_string()).unwrap();
        let compared = replay(&[client], &pact, &[], Some(&Prefix::default()), &|| false).unwrap();
        assert_eq!(compared.left, Vec::<String>::new());
        let asked = tenant.2.into_inner().into_iter().filter(|request| !request.uri().path().starts_with("/oauth/"));
        (compared.comparisons.into_iter().next().unwrap(), asked.collect())
    }

    #[test]
    fn nothing_is_made_that_may_be_there_already() {
        for status in [403, 500, 503] {
            let (comparison, asked) = made(status, "certmimic: 1\n");
            assert!(
                matches!(&comparison.verdict, Verdict::NotTried(why) if why.contains("an answer that tells whether it is there")),
                "{comparison:?}"
            );
            assert!(asked.iter().all(|request| request.method() == Method::GET), "{asked:?}");
        }
        // Whether it is there, the list tells.
        for status in [400, 404] {
            let (comparison, asked) = made(status, "certmimic: 1\n");
            assert_eq!(comparison.verdict, Verdict::Same);
            assert_eq!(asked.iter().filter(|request| request.method() == Method::DELETE).count(), 1);
        }
    }

    #[test]
    fn a_token_of_a_recording_gives_way_to_that_of_the_session() {
        let (comparison, asked) = made(200, "certmimic: 1\nbehaviour: { sap_api_management: { csrf: strict } }\n");
        assert_eq!(comparison.verdict, Verdict::Same, "{asked:?}");
        let write = asked.iter().find(|request| request.method() == Method::POST).unwrap();
        let tokens: Vec<_> = write.headers().get_all("x-csrf-token").iter().collect();
        assert!(tokens.len() == 1 && tokens[0] != "***", "{tokens:?}");
    }
}
