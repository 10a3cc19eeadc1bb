//! Export is the identity: whatever has been done to a world, what is exported loads as an equal one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use certmimic::gateway;
use certmimic::http::{Request, Response};
use certmimic::scenario::{Form, Scenario, Source, export, load, write};
use certmimic::worlds::Worlds;
use proptest::prelude::*;
use serde_json::json;

/// Something that a client does.
#[derive(Debug, Clone)]
enum Act {
    FetchToken,
    FetchCsrfToken,
    LogIn,
    CreateReference(u8, &'static str),
    MoveReference(u8, &'static str),
    DeleteReference(u8),
    CreateStore(u8),
    ImportCertificate(u8, &'static str),
    DeleteEntry(u8),
    GenerateKeyPair(u8),
    CreateKeystore(u8),
    Advance,
}

fn act() -> impl Strategy<Value = Act> {
    let (number, store) = (0..4_u8, prop::sample::select(vec!["ts", "ts_1", "ks_1"]));
    let certificate = prop::sample::select(vec!["ca/partner-ca.pem", "server/api.pem", "server/smtp.der"]);
    prop_oneof![
        Just(Act::FetchToken),
        Just(Act::FetchCsrfToken),
        Just(Act::LogIn),
        (number.clone(), store.clone()).prop_map(|(number, store)| Act::CreateReference(number, store)),
        (number.clone(), store).prop_map(|(number, store)| Act::MoveReference(number, store)),
        number.clone().prop_map(Act::DeleteReference),
        number.clone().prop_map(Act::CreateStore),
        (number.clone(), certificate).prop_map(|(number, file)| Act::ImportCertificate(number, file)),
        number.clone().prop_map(Act::DeleteEntry),
        number.clone().prop_map(Act::GenerateKeyPair),
        number.prop_map(Act::CreateKeystore),
        Just(Act::Advance),
    ]
}

/// What a document can say that no request changes.
fn settings() -> impl Strategy<Value = String> {
    let clock = prop::sample::select(vec![
        "{ now: 2026-01-15T08:00:00Z, mode: frozen }",
        "{ now: 2026-01-15T08:00:00.123Z, mode: stepping, step: 1500ms }",
        "{ now: -30d }",
        "{}",
    ]);
    let behaviour =
        prop::sample::select(vec!["{ store_writes: create-only }", "{ virtual_host_limit: unlimited }", "{}"]);
    let mode = prop::sample::select(vec!["any", "off"]);
    (any::<u64>(), clock, behaviour, mode).prop_map(|(seed, clock, behaviour, mode)| {
        format!(
            "seed: {seed}\nclock: {clock}\nauth: {{ mode: {mode} }}\n\
             behaviour: {{ sap_api_management: {behaviour}, sap_cloud_integration: {{ csrf: off }} }}\n"
        )
    })
}

fn start(settings: &str) -> Worlds {
    let settings = Source::Text { name: "settings".to_owned(), text: settings.to_owned() };
    let scenario = load(&[Source::BuiltIn("quickstart".to_owned()), settings]);
    Worlds::new(scenario.unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

/// `sb-certmimic:certmimic-secret`
const BASIC: &str = "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=";

fn send(worlds: &Worlds, method: &str, target: &str, media_type: &str, body: impl Into<bytes::Bytes>) -> Response {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = http::HeaderMap::new();
    let authorization = if path.starts_with("/oauth") { BASIC } else { "Bearer x" };
    for (name, value) in
        [("authorization", authorization), ("content-type", media_type), ("accept", "application/json")]
    {
        headers.insert(name, value.parse().unwrap());
    }
    if method == "GET" {
        headers.insert("x-csrf-token", "Fetch".parse().unwrap());
    }
    let (method, path, query) = (method.parse().unwrap(), path.to_owned(), query.to_owned());
    let origin = "http://127.0.0.1:8080".to_owned();
    gateway::answer(worlds, &Request { method, path, query, headers, body: body.into(), origin })
}

fn play(worlds: &Worlds, act: &Act) {
    const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    let reference = |number: u8| format!("{MANAGEMENT}/CertificateStoreReferences('r{number}')");
    let hex = |number: u8| hex::encode_upper(format!("alias{number}"));
    match act {
        Act::FetchToken => send(worlds, "POST", "/oauth/token", FORM, "grant_type=client_credentials"),
        Act::FetchCsrfToken => send(worlds, "GET", "/api/v1/", JSON, ""),
        Act::LogIn => {
            let form = "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer";
            send(worlds, "POST", "/apiops/auth/token", FORM, form)
        }
        Act::CreateReference(number, store) => {
            let body = json!({"name": format!("r{number}"), "certificateStoreName": store}).to_string();
            send(worlds, "POST", &format!("{MANAGEMENT}/CertificateStoreReferences"), JSON, body)
        }
        Act::MoveReference(number, store) => {
            let body = json!({"certificateStoreName": store}).to_string();
            send(worlds, "PUT", &reference(*number), JSON, body)
        }
        Act::DeleteReference(number) => send(worlds, "DELETE", &reference(*number), JSON, ""),
        Act::CreateStore(number) => {
            let body = json!({"name": format!("s{number}"), "storeType": "TRUSTSTORE"}).to_string();
            send(worlds, "POST", &format!("{MANAGEMENT}/CertificateStores"), JSON, body)
        }
        Act::ImportCertificate(number, file) => {
            let hex = hex(*number);
            let target = format!("/api/v1/CertificateResources('{hex}')/$value?fingerprintVerified=true");
            send(worlds, "PUT", &target, "application/pkix-cert", fixture(file))
        }
        Act::DeleteEntry(number) => {
            send(worlds, "DELETE", &format!("/api/v1/KeystoreEntries('{}')", hex(*number)), JSON, "")
        }
        Act::GenerateKeyPair(number) => {
            let body = json!({
                "Hexalias": "00", "Alias": format!("alias{number}"), "KeyType": "RSA", "KeySize": 2048,
                "CommonName": "generated", "Country": "DE",
            });
            send(worlds, "POST", "/api/v1/KeyPairGenerationRequests", JSON, body.to_string())
        }
        Act::CreateKeystore(number) => {
            use base64::Engine;
            let file = base64::engine::general_purpose::STANDARD.encode(fixture("keys/mykeypair.p12"));
            let entry = json!({"environmentName": "production", "alias": "mykeypair", "password": "changeit",
                "keyStoreType": "PKCS12", "file": file});
            let body = json!({"name": format!("k{number}"), "keyStoreEnvironmentList": [entry]});
            send(worlds, "POST", "/apiops/projects/MyProject/keystores/", JSON, body.to_string())
        }
        Act::Advance => send(worlds, "POST", "/_certmimic/clock/advance", JSON, r#"{"by":"90m"}"#),
    };
}

#[allow(clippy::disallowed_methods, reason = "fixtures are files")]
fn fixture(file: &str) -> Vec<u8> {
    std::fs::read(format!("fixtures/{file}")).unwrap()
}

/// All of a state but the key that signs tokens, which is made when it is first asked for.
fn shown(scenario: &Scenario) -> String {
    format!("{:?}", scenario.state).replace("OnceLock(Ok(PrivateKey))", "OnceLock(<uninit>)")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_was_done_export_and_load_give_an_equal_world(
        settings in settings(),
        acts in prop::collection::vec(act(), 0..12),
        yaml in any::<bool>(),
    ) {
        let worlds = start(&settings);
        for act in &acts {
            play(&worlds, act);
        }
        let world = worlds.default_world();
        let before = world.as_scenario();
        let document = export(&before);
        let text = write(&document, if yaml { Form::Yaml } else { Form::Json }).unwrap();
        let after = load(&[Source::Sent { text: text.clone() }]).unwrap_or_else(|flaws| panic!("{}\n{text}", flaws[0]));
        prop_assert_eq!(export(&after), document);
        prop_assert_eq!(shown(&after), shown(&before));
    }
}

#[test]
fn the_acts_do_something() {
    let worlds = start("behaviour: { sap_cloud_integration: { csrf: off } }");
    let before = shown(&worlds.default_world().as_scenario());
    let acts = [
        Act::CreateReference(0, "ts"),
        Act::CreateStore(0),
        Act::ImportCertificate(0, "server/api.pem"),
        Act::GenerateKeyPair(1),
        Act::CreateKeystore(0),
        Act::LogIn,
        Act::FetchToken,
        Act::FetchCsrfToken,
    ];
    let mut last = before;
    for act in acts {
        play(&worlds, &act);
        let now = shown(&worlds.default_world().as_scenario());
        assert_ne!(now, last, "{act:?} left no trace");
        last = now;
    }
}
