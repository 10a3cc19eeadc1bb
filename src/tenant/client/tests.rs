//! The client against tenants that are played.

use std::cell::RefCell;
use std::time::Duration;

use http::Response;

use super::*;
use crate::store::Secret;
use crate::tenant::{Address, Unreached, Unwatched};

const CANARY: &str = "canary-secret";

/// Status, headers and body.
type Said = (u16, &'static [(&'static str, &'static str)], String);

/// Says what it was told to, one answer after the other, and remembers what it was asked.
#[derive(Default)]
struct Played {
    answers: RefCell<Vec<Said>>,
    asked: RefCell<Vec<Request<Bytes>>>,
    waits: RefCell<Vec<Duration>>,
}

impl Carrier for Played {
    fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unreached> {
        self.asked.borrow_mut().push(request);
        let (status, headers, body) = self.answers.borrow_mut().remove(0);
        let response = headers
            .iter()
            .fold(Response::builder().status(status), |response, (name, value)| response.header(*name, *value));
        Ok(response.body(body.into()).unwrap())
    }
}

impl Pace for Played {
    fn wait(&self, span: Duration) {
        self.waits.borrow_mut().push(span);
    }
}

fn token(name: &str) -> Said {
    (200, &[], format!(r#"{{"access_token":"token-{name}","token_type":"bearer","expires_in":43199}}"#))
}

fn plain(status: u16, body: &str) -> Said {
    (status, &[], body.to_owned())
}

fn account() -> Account {
    Account {
        address: Address::parse("https://t.example").unwrap(),
        credentials: Credentials::Client {
            id: "sb-a".to_owned(),
            secret: Secret::new(CANARY.to_owned()),
            token_url: None,
        },
    }
}

/// What comes of reading one path of Cloud Integration, and of the tenant that was played.
fn read(answers: Vec<Said>) -> (Result<Value, String>, Played) {
    let played = Played { answers: RefCell::new(answers), ..Played::default() };
    let account = account();
    let around = Surroundings { carrier: &played, pace: &played, watch: &Unwatched };
    let outcome = Client::new(&account, around).json(System::CloudIntegration, "/api/v1/X?a=b");
    (outcome.map_err(|failure| failure.to_string()), played)
}

#[test]
fn a_token_is_asked_for_as_documented_and_sent_along() {
    let (outcome, played) = read(vec![token("1"), plain(200, "[]")]);
    assert_eq!(outcome.unwrap(), serde_json::json!([]));
    let asked = played.asked.borrow();
    assert_eq!(
        (asked[0].method(), asked[0].uri().to_string().as_str()),
        (&Method::POST, "https://t.example/oauth/token?grant_type=client_credentials")
    );
    assert_eq!(asked[0].headers()["authorization"], format!("Basic {}", STANDARD.encode(format!("sb-a:{CANARY}"))));
    assert_eq!(
        (asked[1].method(), asked[1].uri().to_string().as_str()),
        (&Method::GET, "https://t.example/api/v1/X?a=b")
    );
    assert_eq!(asked[1].headers()["authorization"], "Bearer token-1");
}

#[test]
fn apinizer_gets_a_form() {
    let played = Played { answers: RefCell::new(vec![token("1"), plain(200, "{}")]), ..Played::default() };
    let account = account();
    let client = Client::new(&account, Surroundings { carrier: &played, pace: &played, watch: &Unwatched });
    client.json(System::Apinizer, "/apiops/projects/").unwrap();
    let asked = played.asked.borrow();
    assert_eq!(asked[0].uri(), "https://t.example/apiops/auth/token");
    assert_eq!(asked[0].body(), &format!("grant_type=client_credentials&client_id=sb-a&client_secret={CANARY}"));
}

#[test]
fn a_token_that_has_run_out_is_renewed_once() {
    let (outcome, played) = read(vec![token("1"), plain(401, ""), token("2"), plain(200, "[]")]);
    outcome.unwrap();
    assert_eq!(played.asked.borrow()[3].headers()["authorization"], "Bearer token-2");
    let (outcome, _) = read(vec![token("1"), plain(401, ""), token("2"), plain(401, "")]);
    assert!(outcome.unwrap_err().contains("refused (401)"));
}

#[test]
fn a_token_that_was_given_is_not_tried_twice() {
    let played = Played { answers: RefCell::new(vec![plain(401, "")]), ..Played::default() };
    let account = Account {
        address: Address::parse("https://t.example/w/a").unwrap(),
        credentials: Credentials::Token(Secret::new(CANARY.to_owned())),
    };
    let client = Client::new(&account, Surroundings { carrier: &played, pace: &played, watch: &Unwatched });
    let told = client.json(System::CloudIntegration, "/api/v1/X").unwrap_err().to_string();
    assert!(told.contains("refused (401)"), "{told}");
    assert_eq!(played.asked.borrow().len(), 1);
    assert_eq!(client.url(), "https://t.example/w/a");
}

#[test]
fn who_is_too_busy_is_asked_again_when_it_says_so_but_not_for_ever() {
    const LATER: &[(&str, &str)] = &[("retry-after", "7")];
    let busy = || (429, LATER, String::new());
    let (outcome, played) = read(vec![busy(), token("1"), busy(), plain(429, ""), plain(200, "[]")]);
    outcome.unwrap();
    assert_eq!(*played.waits.borrow(), [7, 7, 2].map(Duration::from_secs));
    let (outcome, played) = read((0..9).map(|_| busy()).collect());
    assert!(outcome.unwrap_err().contains("asked again in 7 s"));
    assert_eq!(played.asked.borrow().len(), 6);
    let (outcome, played) = read(vec![(429, &[("retry-after", "3600")], String::new())]);
    assert!(outcome.unwrap_err().contains("3600 s"));
    assert!(played.waits.borrow().is_empty(), "nobody waits an hour");
}

#[test]
fn failures_tell_no_secret_that_a_tenant_says_back() {
    let echo = format!(
        r#"{{"error":"invalid_client","error_description":"sb-a:{CANARY} {}"}}"#,
        STANDARD.encode(format!("sb-a:{CANARY}"))
    );
    let (outcome, _) = read(vec![plain(401, &echo)]);
    let told = outcome.unwrap_err();
    assert!(told.contains("expected a token, but 401 Unauthorized came with \"invalid_client: … …\""), "{told}");
    let (outcome, _) =
        read(vec![token("1"), plain(400, r#"{"error":{"code":null,"message":{"value":"Bearer token-1"}}}"#)]);
    let told = outcome.unwrap_err();
    assert!(told.contains("Bearer …") && !told.contains("token-1"), "{told}");
    let (outcome, _) = read(vec![plain(200, "<html>")]);
    assert!(outcome.unwrap_err().contains("expected a token"));
}

#[test]
fn links_to_other_hosts_are_not_followed() {
    let played = Played::default();
    let account = account();
    let client = Client::new(&account, Surroundings { carrier: &played, pace: &played, watch: &Unwatched });
    let followed = |link: &str| client.follow(link, "/api/v1", "GET x").map_err(|failure| failure.to_string());
    assert_eq!(followed("X?$skiptoken=1").unwrap(), "/api/v1/X?$skiptoken=1");
    assert!(followed("https://evil.example/?token=1").unwrap_err().contains("https://evil.example/"));
    let odd = followed(&format!("https://evil.example/\u{1b}[31m\n{}", "x".repeat(9999))).unwrap_err();
    assert!(!odd.contains(char::is_control) && odd.len() < 999, "{odd}");
}
