//! The program without its sockets, for targets that send requests.

use std::sync::LazyLock;

use certmimic::gateway;
use certmimic::http::{Request, Response};
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};

/// Writes reach the API only without CSRF protection.
const OPEN: &str = "{certmimic: 1, clock: {now: '2026-01-15T08:00:00Z', mode: frozen}, behaviour: {sap_cloud_integration: {csrf: 'off'}}}";

static WORLDS: LazyLock<Worlds> = LazyLock::new(|| {
    let open = Source::Text { name: "fuzz".to_owned(), text: OPEN.to_owned() };
    let scenario = scenario::load(&[Source::BuiltIn("quickstart".to_owned()), open]);
    Worlds::new(scenario.expect("the built-in scenario loads"))
});

/// Answers a request by an unrestricted client in a world that is as the scenario describes it.
pub fn answer(method: &str, path: &str, query: &str, media_type: &'static str, body: &[u8]) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer fuzz"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    let request = Request {
        method: method.parse().expect("targets use methods that there are"),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: body.to_vec().into(),
        origin: "http://127.0.0.1:8080".into(),
    };
    let response = gateway::answer(&WORLDS, &request);
    if method != "GET" {
        WORLDS.default_world().reset();
    }
    // A key that is no hexadecimal number is a documented 500 of Cloud Integration.
    let documented = response.diagnosis.as_ref().is_some_and(|diagnosis| diagnosis.code.starts_with("hex_"));
    assert!(response.status.as_u16() != 500 || documented, "{method} {path}?{query}");
    response
}
