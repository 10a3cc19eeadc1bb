//! Export is the identity: whatever has been done to a world, what is exported loads as an equal one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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
    CreateProvider(u8),
    CreateHost(u8),
    DeleteCertificate,
    ImportCertificate(u8, &'static str),
    DeleteEntry(u8),
    GenerateKeyPair(u8),
    CreateKeystore(u8),
    CallApinizer(usize, u8),
    Advance,
}

/// What is sent to Apinizer, below a project: `#` stands for a number, `@FILE` for a fixture, as text or in Base64.
const APINIZER: [(&str, &str, &str); 10] = [
    (
        "POST",
        "certificates/?certificateName=c%23&alias=a%23&certificateDescription=d&environmentList=staging,production",
        "@server/smtp.pem",
    ),
    (
        "PUT",
        "certificates/c%23/?updateReferencedJwks=true&updateScope=ALL_PROJECTS&alias=b%23&certificateDescription=e&environmentList=production",
        "@ca/partner-ca.pem",
    ),
    ("DELETE", "certificates/c%23/?jwkDeleteAction=DELETE", ""),
    (
        "POST",
        "keys/",
        r#"{"name": "k#", "keyType": "RSA", "cryptoKeyInfoEnvironmentList": [{"environmentName": "production", "privateKey": "@keys/rsa.pem"}]}"#,
    ),
    ("PUT", "keys/k%23/", r#"{"name": "renamed#", "description": "d"}"#),
    (
        "POST",
        "jwks/parse-from-certificate",
        r#"{"name": "c#", "certificateName": "c#", "environmentName": "production", "useType": "SIGNATURE", "algorithm": "RS256"}"#,
    ),
    (
        "POST",
        "jwks/parse-from-key",
        r#"{"name": "k#", "keyName": "k#", "environmentName": "production", "useType": "ENCRYPTION", "algorithm": "RSA-OAEP-256"}"#,
    ),
    (
        "POST",
        "jwks/parse-from-keystore",
        r#"{"name": "s#", "keyStoreName": "k#", "environmentName": "production", "aliasName": "mykeypair", "useType": "SIGNATURE", "algorithm": "RS256"}"#,
    ),
    (
        "POST",
        "jwks/generate",
        r#"{"name": "g#", "description": "d", "type": "EC", "ec": {"curveType": "P256", "algorithm": "ES256", "expirationTime": "2030-01-01T00:00:00Z"}}"#,
    ),
    ("PUT", "jwks/k%23/", r#"{"name": "detached#"}"#),
];

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
        number.clone().prop_map(Act::CreateProvider),
        number.clone().prop_map(Act::CreateHost),
        Just(Act::DeleteCertificate),
        (number.clone(), certificate).prop_map(|(number, file)| Act::ImportCertificate(number, file)),
        number.clone().prop_map(Act::DeleteEntry),
        number.clone().prop_map(Act::GenerateKeyPair),
        number.clone().prop_map(Act::CreateKeystore),
        (0..APINIZER.len(), number).prop_map(|(request, number)| Act::CallApinizer(request, number)),
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
    gateway::answer(
        worlds,
        &Request { method, path, query, headers, body: body.into(), origin: origin.into(), client_certificate: None },
    )
}

fn play(worlds: &Worlds, act: &Act) {
    const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
    const HOSTS: &str = "/apiportal/operations/1.0/Configuration.svc/VirtualHostRequests";
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
        Act::CreateProvider(number) => {
            let body = json!({"name": format!("p{number}"), "port": 443, "sslInfo": {"keyStore": "ks_1"}}).to_string();
            send(worlds, "POST", &format!("{MANAGEMENT}/APIProviders"), JSON, body)
        }
        Act::CreateHost(number) => {
            let (reference, name) = (format!("ref://r{number}"), format!("h{number}.example"));
            let body = json!({"operation": "CREATE", "virtualHostUrl": name, "isForCustomDomain": true,
                "keyStoreName": "ks_1", "keyStoreAlias": "gateway", "isClientAuthEnabled": true, "trustStore": reference});
            send(worlds, "POST", HOSTS, JSON, body.to_string())
        }
        Act::DeleteCertificate => {
            send(worlds, "DELETE", &format!("{MANAGEMENT}/Certificates(name='gateway',storeName='ks_1')"), JSON, "")
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
            let file = STANDARD.encode(fixture("keys/mykeypair.p12"));
            let entry = json!({"environmentName": "production", "alias": "mykeypair", "password": "changeit",
                "keyStoreType": "PKCS12", "file": file});
            let body = json!({"name": format!("k{number}"), "keyStoreEnvironmentList": [entry]});
            send(worlds, "POST", "/apiops/projects/MyProject/keystores/", JSON, body.to_string())
        }
        Act::CallApinizer(request, number) => {
            let (method, target, body) = APINIZER[*request];
            let target = format!("/apiops/projects/MyProject/{}", target.replace("%23", &number.to_string()));
            let body = body.replace('#', &number.to_string());
            match body.strip_prefix('@') {
                Some(file) => send(worlds, method, &target, "multipart/form-data; boundary=b", form(&fixture(file))),
                None => send(worlds, method, &target, JSON, with_fixture(&body)),
            }
        }
        Act::Advance => send(worlds, "POST", "/_certmimic/clock/advance", JSON, r#"{"by":"90m"}"#),
    };
}

fn form(file: &[u8]) -> Vec<u8> {
    let head = b"--b\r\nContent-Disposition: form-data; name=\"pemEncodedFile\"; filename=\"f\"\r\n\r\n";
    [head, file, b"\r\n--b--\r\n"].concat()
}

fn with_fixture(body: &str) -> String {
    let Some((before, rest)) = body.split_once("\"@") else { return body.to_owned() };
    let (file, after) = rest.split_once('"').unwrap();
    format!("{before}\"{}\"{after}", STANDARD.encode(fixture(file)))
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
fn what_a_virtual_host_lost_does_not_keep_its_world_from_loading() {
    let worlds = start("");
    for act in [
        Act::CreateReference(0, "ts"),
        Act::CreateHost(0),
        Act::MoveReference(0, "ks_1"),
        Act::DeleteCertificate,
        Act::CreateProvider(0),
    ] {
        play(&worlds, &act);
    }
    let before = worlds.default_world().as_scenario();
    let text = write(&export(&before), Form::Yaml).unwrap();
    assert!(text.contains("dangling: true"), "{text}");
    let after = load(&[Source::Sent { text }]).unwrap_or_else(|flaws| panic!("{}", flaws[0]));
    assert_eq!(shown(&after), shown(&before));
}

#[test]
fn the_acts_do_something() {
    let worlds = start("behaviour: { sap_cloud_integration: { csrf: off } }");
    let before = shown(&worlds.default_world().as_scenario());
    let acts = [
        Act::CreateReference(0, "ts"),
        Act::CreateStore(0),
        Act::CreateProvider(0),
        Act::CreateHost(0),
        Act::MoveReference(0, "ks_1"),
        Act::DeleteCertificate,
        Act::ImportCertificate(0, "server/api.pem"),
        Act::GenerateKeyPair(1),
        Act::CreateKeystore(0),
        Act::CallApinizer(0, 0),
        Act::CallApinizer(5, 0),
        Act::CallApinizer(1, 0),
        Act::CallApinizer(3, 0),
        Act::CallApinizer(6, 0),
        Act::CallApinizer(9, 0),
        Act::CallApinizer(4, 0),
        Act::CallApinizer(7, 0),
        Act::CallApinizer(8, 0),
        Act::CallApinizer(2, 0),
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
