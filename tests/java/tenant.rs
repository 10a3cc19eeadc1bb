//! A world of its own, spoken to as a client would.

use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use serde_json::Value;

use crate::request::{JSON, request};

const SCENARIO: &str = r#"
certmimic: 1
behaviour:
  sap_cloud_integration: { csrf: "off", landscape: neo }
  sap_api_management: { csrf: "off", expired_certificates: accepted }
sap_api_management:
  certificate_stores:
    - { name: trusted, type: TRUSTSTORE }
    - { name: keys, type: KEYSTORE }
"#;

/// One world.
pub struct Tenant(Worlds);

impl Tenant {
    pub fn new() -> Self {
        let text = Source::Text { name: "java".to_owned(), text: SCENARIO.to_owned() };
        let loaded = scenario::load(&[Source::BuiltIn("empty".to_owned()), text]);
        Self(Worlds::new(loaded.unwrap_or_else(|flaws| panic!("{}", flaws[0]))))
    }

    pub fn put(&self, target: &str, body: Vec<u8>) -> Response {
        self.call("PUT", target, body)
    }

    pub fn post(&self, target: &str, body: &Value) -> Response {
        self.call("POST", target, body.to_string().into_bytes())
    }

    pub fn get(&self, target: &str) -> Value {
        let response = self.call("GET", target, Vec::new());
        assert_eq!(response.status, 200, "{target}: {:?}", response.diagnosis);
        serde_json::from_slice(&response.body).unwrap()
    }

    fn call(&self, method: &str, target: &str, body: Vec<u8>) -> Response {
        gateway::answer(&self.0, &request(method, target, &JSON, body))
    }
}
