//! The program without its sockets: requests by an unrestricted client in a world that is as the scenario describes it. None is
//! answered with an error of the server, save where that is documented.

use std::sync::LazyLock;

use certmimic::gateway;
use certmimic::http::{Request, Response};
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, HeaderName};
use serde_json::{Value, json as value};

/// Writes reach the API only without CSRF protection.
const OPEN: &str = "{certmimic: 1, clock: {now: '2026-01-15T08:00:00Z', mode: frozen}, behaviour: {sap_cloud_integration: {csrf: 'off'}}, \
     sap_api_management: {certificate_stores: [{name: Ärger, type: KEYSTORE}, {name: it's, type: TRUSTSTORE}]}}";

fn worlds() -> Worlds {
    let open = Source::Text { name: "fuzz".to_owned(), text: OPEN.to_owned() };
    let scenario = scenario::load(&[Source::BuiltIn("quickstart".to_owned()), open]);
    Worlds::new(scenario.unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
const PROJECT: &str = "/apiops/projects/MyProject";

fn request_of(method: &str, path: &str, query: &str, media_type: &'static str, body: &[u8]) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer fuzz"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    Request {
        method: method.parse().expect("targets use methods that there are"),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: body.to_vec().into(),
        origin: "http://127.0.0.1:8080".into(),
        client_certificate: None,
    }
}

/// Answers a request, and puts the world back if it may have changed it.
fn sent(request: &Request) -> Response {
    static WORLDS: LazyLock<Worlds> = LazyLock::new(worlds);
    let response = gateway::answer(&WORLDS, request);
    if request.method != http::Method::GET {
        WORLDS.end_all();
        WORLDS.default_world().reset();
    }
    // Refusals with 500 are documented ones of the systems: each has its row.
    let documented = response.diagnosis.as_ref().is_some_and(|diagnosis| diagnosis.code != "internal_error");
    assert!(response.status != 500 || documented, "{} {}?{}", request.method, request.path, request.query);
    response
}

fn answer(method: &str, path: &str, query: &str, media_type: &'static str, body: &[u8]) -> Response {
    sent(&request_of(method, path, query, media_type, body))
}

/// `$batch` bodies with the boundary `b`.
pub fn batch(body: &[u8]) {
    for service in ["/api/v1", MANAGEMENT] {
        answer("POST", &format!("{service}/$batch"), "", "multipart/mixed; boundary=b", body);
    }
}

/// `$filter` and `$orderby`: what a filter finds is what it says of each entity alone. True if it found anything to compare.
pub fn filter(text: &str) -> bool {
    let stores = format!("{MANAGEMENT}/CertificateStores");
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    answer("GET", &stores, &format!("$orderby={}", encoded(text)), "text/plain", b"");
    let found = |condition: &str| {
        let response = answer("GET", &stores, &format!("$filter={}", encoded(condition)), "text/plain", b"");
        (response.status == 200).then(|| names(&response.body))
    };
    let Some(together) = found(text) else { return false };
    let all = names(&answer("GET", &stores, "", "text/plain", b"").body);
    let alone = |name: &String| found(&format!("({text}) and name eq '{}'", name.replace('\'', "''")));
    // What binds the two together makes the expression deeper, which has a bound.
    let holds: Option<Vec<bool>> = all.iter().map(|name| alone(name).map(|found| !found.is_empty())).collect();
    let Some(holds) = holds else { return false };
    let expected: Vec<&String> = all.iter().zip(&holds).filter(|(_, holds)| **holds).map(|(name, _)| name).collect();
    assert_eq!(together.iter().collect::<Vec<_>>(), expected, "{text}");
    !expected.is_empty()
}

fn names(body: &[u8]) -> Vec<String> {
    let list: Value = serde_json::from_slice(body).expect("a list in JSON");
    let stores = list["d"]["results"].as_array().expect("a list of OData");
    stores.iter().map(|store| store["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Forms of each system with the boundary `b`, and the same bytes as pairs.
pub fn form(body: &[u8]) {
    const UPLOADS: [&str; 7] = [
        "certificates/import-file/",
        "certificates/truststore/production/import-file/",
        "keystores/import/",
        "keystores/import-file/",
        "keys/import/",
        "keys/import-file/",
        "jwks/import-file/",
    ];
    for path in UPLOADS {
        answer("POST", &format!("{PROJECT}/{path}"), "", "multipart/form-data; boundary=b", body);
    }
    for path in ["/oauth/token", "/oauth2/api/v1/token", "/apiops/auth/token"] {
        answer("POST", path, "", "application/x-www-form-urlencoded", body);
    }
}

/// The same entity sent in JSON and in Atom: one outcome, one entity. True if there is one.
pub fn formats(text: &str) -> bool {
    let (name, description) = text.split_once('\n').unwrap_or((text, ""));
    // Neither can be written in XML 1.0 as it is (sections 2.2 and 2.11).
    if text.contains(|c: char| (c.is_control() && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}')) {
        return false;
    }
    let in_json = value!({"RoleName": name, "Description": description}).to_string();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let in_atom = format!(
        "<entry xmlns=\"http://www.w3.org/2005/Atom\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" \
         xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\"><content type=\"application/xml\"><m:properties>\
         <d:RoleName>{}</d:RoleName><d:Description>{}</d:Description></m:properties></content></entry>",
        escaped(name),
        escaped(description)
    );
    let made = |media_type, body: &str| {
        let response = answer("POST", "/api/v1/AccessPolicies", "", media_type, body.as_bytes());
        let code = response.diagnosis.as_ref().map(|diagnosis| diagnosis.code);
        let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        (response.status, code, body["d"]["RoleName"].clone(), body["d"]["Description"].clone())
    };
    let made = [made("application/json", &in_json), made("application/atom+xml", &in_atom)];
    assert_eq!(made[0], made[1], "{text:?}");
    made[0].0 == 201
}

/// JSON bodies of each system.
pub fn json(body: &[u8]) {
    const CREATED: [&str; 15] = [
        "/apiportal/api/1.0/Management.svc/CertificateStores",
        "/apiportal/api/1.0/Management.svc/CertificateStoreReferences",
        "/apiportal/api/1.0/Management.svc/Certificates",
        "/apiportal/api/1.0/Management.svc/APIProviders",
        "/apiportal/api/1.0/Management.svc/KeyMapEntries",
        "/apiportal/operations/1.0/Configuration.svc/VirtualHostRequests",
        "/api/v1/KeyPairGenerationRequests",
        "/api/v1/KeystoreResources",
        "/api/v1/UserCredentials",
        "/api/v1/OAuth2ClientCredentials",
        "/api/v1/AccessPolicies",
        "/apiops/projects/MyProject/keys/",
        "/apiops/projects/MyProject/keystores/",
        "/apiops/projects/MyProject/jwks/generate",
        "/apiops/projects/MyProject/jwks/parse-from-clipboard",
    ];
    for path in CREATED {
        answer("POST", path, "", "application/json", body);
    }
}

/// Whole requests: a line with method and target, lines of headers, an empty line, a body.
pub fn request(bytes: &[u8]) {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = bytes.split_at(end.unwrap_or(bytes.len()));
    let Ok(head) = std::str::from_utf8(head) else { return };
    let mut lines = head.lines();
    let Some((method, target)) = lines.next().and_then(|line| line.split_once(' ')) else { return };
    let is_target = target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic());
    let (Ok(method), true) = (method.parse(), is_target) else { return };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request =
        request_of("GET", path, query, "application/json", body.strip_prefix(b"\n\n").unwrap_or_default());
    request.method = method;
    for (name, text) in lines.filter_map(|line| line.split_once(": ")) {
        if let (Ok(name), Ok(text)) = (name.parse::<HeaderName>(), text.parse::<HeaderValue>()) {
            request.headers.insert(name, text);
        }
    }
    sent(&request);
}

/// Paths and queries of all APIs.
pub fn uri(text: &str) {
    const ROOTS: [&str; 4] = ["/api/v1/", "/apiportal/api/1.0/Management.svc/", "/apiops/", "/"];
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return;
    }
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    for root in ROOTS {
        answer("GET", &format!("{root}{path}"), query, "text/plain", b"");
    }
}

/// Atom entries as request bodies.
pub fn xml(body: &[u8]) {
    for path in ["/api/v1/KeyPairGenerationRequests", "/api/v1/KeystoreResources", "/api/v1/AccessPolicies"] {
        answer("POST", path, "", "application/atom+xml", body);
    }
    answer("POST", &format!("{MANAGEMENT}/CertificateStoreReferences"), "", "application/atom+xml", body);
}
