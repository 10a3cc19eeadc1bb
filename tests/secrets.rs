//! No secret that a client sends is shown by anything but the export of a world: every operation is played with canaries in every
//! place where a password, a token or a key goes, well-formed requests and nonsense alike, and then all that can be read is read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may run programs and read files")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use certmimic::Server;
use certmimic::contract::{Operation, Protocol};
use certmimic::scenario::{Source, export, load};
use certmimic::state::{APIS, Api};
use process::{Served, certmimic, folder};
use serde_json::{Value, json};

/// What every canary begins with, and nothing else has.
const CANARY: &str = "Kanarie4711";

/// Names under which the systems take a secret, in JSON, forms and Atom.
const FIELDS: [&str; 16] = [
    "password",
    "Password",
    "keyPassword",
    "keystorePassword",
    "client_secret",
    "clientSecret",
    "ClientSecret",
    "orgSecret",
    "userSecret",
    "SecureParam",
    "secret",
    "secretKey",
    "privateKey",
    "access_token",
    "client_assertion",
    "passphrase",
];

/// Switches everything on that lets a request through to its rules.
const OPEN: &str = "{certmimic: 1, clock: {now: '2026-01-15T08:00:00Z', mode: frozen}, behaviour: {sap_cloud_integration: {csrf: 'off'}}}";

/// A canary of its own for a place.
fn canary(place: &str) -> String {
    format!("{CANARY}{place}")
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

/// What betrays a secret: the canaries in each form in which they could travel, and pieces of the private keys that are sent.
struct Needles(Vec<(String, String)>);

impl Needles {
    fn new() -> Self {
        let mut needles =
            vec![(CANARY.to_owned(), "a canary".to_owned()), (hex::encode(CANARY), "a canary in hex".to_owned())];
        for before in ["", "x", "xx"] {
            let encoded = STANDARD.encode(format!("{before}{CANARY}"));
            // Without what the neighbours have a part in.
            needles.push((encoded[4..12].to_owned(), "a canary in base64".to_owned()));
        }
        for name in ["keys/rsa.pem", "keys/rsa-pkcs1.pem", "keys/id_rsa", "keys/ec.pem"] {
            let text = String::from_utf8(fixture(name)).unwrap();
            let key = text.lines().filter(|line| !line.starts_with('-')).map(str::trim).collect::<String>();
            // The beginning says what it is, and a public key may be in the middle.
            needles.push((key[key.len() - 40..key.len() - 8].to_owned(), format!("the private key of {name}")));
        }
        for name in ["keys/mykeypair.p12", "stores/keystore.p12"] {
            needles.push((STANDARD.encode(&fixture(name)[30..90]), format!("the key pair of {name}")));
        }
        Self(needles)
    }

    /// With what the server has handed out.
    fn add(&mut self, secret: &str, what: &str) {
        assert!(secret.len() > 12, "{what}: {secret:?} is no token");
        self.0.push((secret.to_owned(), what.to_owned()));
    }

    fn assert_none_in(&self, place: &str, text: &str) {
        for (needle, what) in &self.0 {
            if let Some(at) = text.find(needle.as_str()) {
                let from = (0..=at.saturating_sub(200)).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(0);
                let shown: String = text[from..].chars().take(400).collect();
                panic!("{place} shows {what}: …{shown}…");
            }
        }
    }
}

/// A request and how it is to end: none of those that are nonsense.
struct Sent {
    method: String,
    target: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    succeeds: bool,
}

impl Sent {
    fn new(method: &str, target: &str, media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let mut headers =
            vec![("Authorization", format!("Bearer {}", canary("Bearer"))), ("Accept", "application/json".to_owned())];
        if !media_type.is_empty() {
            headers.push(("Content-Type", media_type.to_owned()));
        }
        Self { method: method.to_owned(), target: target.to_owned(), headers, body: body.into(), succeeds: false }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    fn play(&self, served: &Served) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", self.method, self.target);
        self.headers.iter().for_each(|(name, value)| write!(head, "{name}: {value}\r\n").unwrap());
        write!(head, "Content-Length: {}\r\n\r\n", self.body.len()).unwrap();
        let answer = served.exchange([head.as_bytes(), &self.body].concat());
        let is_success = answer.starts_with("HTTP/1.1 2");
        assert!(!self.succeeds || is_success, "{} {}: {answer}", self.method, self.target);
        assert!(
            !answer.is_empty() && !answer.contains("certmimic-diagnosis: internal_error"),
            "{} {}: {answer}",
            self.method,
            self.target
        );
        answer
    }
}

fn good(method: &str, target: &str, body: &Value) -> Sent {
    Sent { succeeds: true, ..Sent::new(method, target, "application/json", body.to_string()) }
}

const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
const CONTENT: &str = "/api/v1";
const PROJECT: &str = "/apiops/projects/MyProject";

/// Requests that take a secret and are granted.
fn granted() -> Vec<Sent> {
    let mut sent = tokens();
    sent.extend(of_api_management());
    sent.extend(of_cloud_integration());
    sent.extend(of_apinizer());
    sent
}

fn tokens() -> Vec<Sent> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let form = format!("grant_type=client_credentials&client_id=stranger&client_secret={}", canary("InForm"));
    let basic = format!("Basic {}", STANDARD.encode(format!("stranger:{}", canary("Basic"))));
    let alone = |sent: Sent| Sent {
        succeeds: true,
        headers: sent.headers.into_iter().filter(|(name, _)| *name != "Authorization").collect(),
        ..sent
    };
    let apinizer = format!("grant_type=client_credentials&client_id=apinizer&client_secret={}", canary("Apinizer"));
    vec![
        alone(Sent::new("POST", "/oauth/token", FORM, form.clone())),
        alone(Sent::new("GET", &format!("/oauth/token?{form}"), "", "")),
        alone(Sent::new("POST", "/oauth/token", FORM, "grant_type=client_credentials"))
            .with("Authorization", basic.clone()),
        alone(Sent::new("POST", "/oauth2/api/v1/token", FORM, "grant_type=client_credentials"))
            .with("Authorization", basic),
        Sent { succeeds: false, ..alone(Sent::new("POST", "/apiops/auth/token", FORM, apinizer)) },
        alone(Sent::new(
            "POST",
            "/apiops/auth/token",
            FORM,
            "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer",
        )),
        alone(Sent::new("GET", "/api/v1/", "", ""))
            .with("Authorization", format!("Bearer {}", canary("Fetching")))
            .with("X-CSRF-Token", "Fetch".to_owned()),
    ]
}

fn of_api_management() -> Vec<Sent> {
    let entry = |name: &str, value: String| json!({"name": name, "value": value});
    let atom = format!(
        "<entry xmlns=\"http://www.w3.org/2005/Atom\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" \
         xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\"><content type=\"application/xml\"><m:properties>\
         <d:name>atom</d:name><d:map_name>hidden</d:map_name><d:value>{}</d:value></m:properties></content></entry>",
        canary("InAtom")
    );
    let map = json!({"name": "hidden", "encrypted": true, "keyMapEntryValues": [entry("a", canary("MapValue"))]});
    let of_map = json!({"map_name": "hidden", "name": "b", "value": canary("OneValue")});
    let values = format!("{MANAGEMENT}/KeyMapEntryValues");
    let provider = json!({
        "name": "backend", "title": "backend", "destType": "Internet", "host": "backend.example", "port": 443,
        "authType": "BASIC", "userName": "user", "password": canary("Provider"),
    });
    vec![
        good("POST", &format!("{MANAGEMENT}/KeyMapEntries"), &map),
        good("POST", &values, &of_map),
        Sent { succeeds: true, ..Sent::new("POST", &values, "application/atom+xml", atom) },
        good("PUT", &format!("{values}(map_name='hidden',name='a')"), &json!({"value": canary("Replaced")})),
        good("MERGE", &format!("{values}(map_name='hidden',name='a')"), &json!({"value": canary("Merged")})),
        good("GET", &values, &Value::Null),
        good("GET", &format!("{MANAGEMENT}/KeyMapEntries('hidden')?$expand=keyMapEntryValues"), &Value::Null),
        good("POST", &format!("{MANAGEMENT}/APIProviders"), &provider),
        good("GET", &format!("{MANAGEMENT}/APIProviders('backend')"), &Value::Null),
    ]
}

fn of_cloud_integration() -> Vec<Sent> {
    let encoded = |name: &str| STANDARD.encode(fixture(name));
    let user = |secret: &str| json!({"Name": "user", "Kind": "default", "Description": "", "User": "u", "Password": canary(secret), "CompanyId": ""});
    let client = json!({"Name": "client", "TokenServiceUrl": "https://a.example/token", "ClientId": "c", "ClientSecret": canary("ClientSecret")});
    let parameter = json!({"Name": "parameter", "Description": "", "SecureParam": canary("SecureParam")});
    let pair = json!({"Hexalias": "70616972", "Alias": "pair", "Password": "changeit", "Resource": encoded("keys/mykeypair.p12")});
    let rsa = json!({"Hexalias": "727361", "Alias": "rsa", "RSAFile": encoded("keys/rsa-pkcs1.pem"), "SignatureAlgorithm": "SHA-256/RSA", "CommonName": "a", "Country": "DE"});
    let ssh = json!({"SSHFile": encoded("keys/id_rsa"), "Password": canary("Ssh"), "CommonName": "a", "Country": "DE"});
    let store = json!({"Name": "system", "Resource": encoded("cloud-integration/clean.jks"), "Password": "changeit"});
    let batch = format!(
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
         POST UserCredentials HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{}\r\n--c--\r\n--b--\r\n",
        json!({"Name": "inside", "Kind": "default", "User": "u", "Password": canary("InBatch")})
    );
    vec![
        good("POST", &format!("{CONTENT}/UserCredentials"), &user("Password")),
        good("PUT", &format!("{CONTENT}/UserCredentials('user')"), &user("NewPassword")),
        good("GET", &format!("{CONTENT}/UserCredentials('user')"), &Value::Null),
        good("POST", &format!("{CONTENT}/OAuth2ClientCredentials"), &client),
        good("GET", &format!("{CONTENT}/OAuth2ClientCredentials('client')"), &Value::Null),
        good("POST", &format!("{CONTENT}/SecureParameters"), &parameter),
        good("GET", &format!("{CONTENT}/SecureParameters('parameter')"), &Value::Null),
        good("POST", &format!("{CONTENT}/KeyPairResources?fingerprintVerified=true"), &pair),
        good("POST", &format!("{CONTENT}/RSAKeyGenerationRequests"), &rsa),
        good("POST", &format!("{CONTENT}/SSHKeyGenerationRequests"), &ssh),
        good("POST", &format!("{CONTENT}/KeystoreResources?fingerprintVerified=true"), &store),
        good("GET", &format!("{CONTENT}/KeystoreResources('system')"), &Value::Null),
        Sent {
            succeeds: true,
            ..Sent::new("POST", &format!("{CONTENT}/$batch"), "multipart/mixed; boundary=b", batch)
        },
    ]
}

fn of_apinizer() -> Vec<Sent> {
    let encoded = |name: &str| STANDARD.encode(fixture(name));
    let store = json!({"name": "store", "keyStoreEnvironmentList": [
        {"environmentName": "production", "type": "PKCS12", "file": encoded("stores/keystore.p12"), "password": canary("Store"), "alias": "api"},
    ]});
    let private = json!({"name": "private", "keyType": "PRIVATE_KEY", "cryptoKeyInfoEnvironmentList": [
        {"environmentName": "production", "content": encoded("keys/rsa.pem")},
    ]});
    let secret = json!({"name": "secret", "keyType": "SECRET_KEY", "algorithm": "AES", "cryptoKeyInfoEnvironmentList": [
        {"environmentName": "production", "content": canary("SecretKey")},
    ]});
    let again = json!({"name": "secret", "keyType": "SECRET_KEY", "algorithm": "AES", "cryptoKeyInfoEnvironmentList": [
        {"environmentName": "production", "content": canary("OtherSecretKey")},
    ]});
    let octets = json!({"kty": "oct", "kid": "o", "k": URL_SAFE_NO_PAD.encode(canary("Octets"))});
    let elliptic = json!({
        "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    });
    let pasted = |name: &str, jwk: &Value| json!({"name": name, "jwkStr": jwk.to_string()});
    let passphrase = STANDARD.encode(canary("Passphrase"));
    let form = multipart(&[
        ("keyFile", &fixture("keys/rsa.pem")),
        ("keyName", b"uploaded"),
        ("keyType", b"PRIVATE_KEY"),
        ("environmentList", b"production"),
    ]);
    let keystore = multipart(&[
        ("keystoreFile", &fixture("stores/keystore.p12")),
        ("keystoreName", b"uploaded"),
        ("password", b"changeit"),
        ("environmentList", b"production"),
        ("alias", b"api"),
    ]);
    vec![
        good("POST", &format!("{PROJECT}/keystores/"), &store),
        good("GET", &format!("{PROJECT}/keystores/store/"), &Value::Null),
        good("POST", &format!("{PROJECT}/keys/"), &private),
        good("POST", &format!("{PROJECT}/keys/"), &secret),
        good("GET", &format!("{PROJECT}/keys/secret/"), &Value::Null),
        good("PUT", &format!("{PROJECT}/keys/secret/"), &again),
        good("GET", &format!("{PROJECT}/keys/secret/export-file/?environmentName=production"), &Value::Null),
        good("POST", &format!("{PROJECT}/jwks/parse-from-clipboard"), &pasted("octets", &octets)),
        good("POST", &format!("{PROJECT}/jwks/parse-from-clipboard"), &pasted("elliptic", &elliptic)),
        good("GET", &format!("{PROJECT}/jwks/octets/export-file/"), &Value::Null),
        good("GET", &format!("{PROJECT}/keys/private/export-file/?environmentName=production"), &Value::Null),
        good("GET", &format!("{PROJECT}/keystores/store/export/?encrypt=true"), &Value::Null)
            .with("X-Apinizer-Package-Passphrase", passphrase),
        Sent {
            succeeds: true,
            ..Sent::new("POST", &format!("{PROJECT}/keys/import-file/"), "multipart/form-data; boundary=b", form)
        },
        Sent {
            succeeds: true,
            ..Sent::new(
                "POST",
                &format!("{PROJECT}/keystores/import-file/"),
                "multipart/form-data; boundary=b",
                keystore,
            )
        },
    ]
}

/// A form with the boundary `b`.
fn multipart(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if name.ends_with("File") { "; filename=\"f\"" } else { "" };
        body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    body
}

/// Requests to an operation with canaries in every place, in every format.
fn nonsense(api: &Api, operation: &Operation) -> Vec<Sent> {
    let target = target(api, operation);
    let all: serde_json::Map<String, Value> = FIELDS
        .iter()
        .map(|field| ((*field).to_owned(), canary(field).into()))
        .chain([("name".to_owned(), "x".into())])
        .collect();
    let broken = json!(all).to_string().replace('}', ", }");
    let form: Vec<String> = FIELDS.iter().map(|field| format!("{field}={}", canary(field))).collect();
    let parts: Vec<(&str, String)> = FIELDS.iter().map(|field| (*field, canary(field))).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
    let atom: Vec<String> = FIELDS.iter().map(|field| format!("<d:{field}>{}</d:{field}>", canary(field))).collect();
    let atom = atom.concat();
    let atom = format!(
        "<entry xmlns=\"http://www.w3.org/2005/Atom\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" \
         xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\"><content type=\"application/xml\"><m:properties>{atom}</m:properties></content></entry>"
    );
    let send = |media_type, body: Vec<u8>| {
        Sent::new(operation.method, &target, media_type, body)
            .with("Cookie", format!("JSESSIONID={}", canary("Cookie")))
            .with("X-CSRF-Token", canary("Csrf"))
            .with("X-Apinizer-Package-Passphrase", STANDARD.encode(canary("Passphrase")))
    };
    let plain = send("", Vec::new());
    if operation.method == "GET" || operation.method == "DELETE" {
        return vec![plain];
    }
    vec![
        plain,
        send("application/json", json!(all).to_string().into()),
        send("application/json", broken.into()),
        send("application/x-www-form-urlencoded", form.join("&").into()),
        send("multipart/form-data; boundary=b", multipart(&parts)),
        send("application/atom+xml", atom.into()),
        send("application/octet-stream", fixture("keys/rsa.pem")),
    ]
}

/// Where an operation is, for something that need not be there, with secrets in the query.
fn target(api: &Api, operation: &Operation) -> String {
    let mut path = String::new();
    let mut rest = operation.path;
    while let Some((before, after)) = rest.split_once('{') {
        let (names, after) = after.split_once('}').unwrap();
        path.push_str(before);
        match (api.protocol, names.split(',').collect::<Vec<_>>().as_slice()) {
            (Protocol::Rest, ["projectName"]) => path.push_str("MyProject"),
            (Protocol::Rest, ["environmentName"]) => path.push_str("production"),
            (Protocol::Rest, _) => path.push('x'),
            (Protocol::OData, [_]) => path.push_str("'6178'"),
            (Protocol::OData, several) => {
                path.push_str(&several.iter().map(|name| format!("{name}='x'")).collect::<Vec<_>>().join(","));
            }
        }
        rest = after;
    }
    path.push_str(rest);
    let parameters = operation.when.iter().map(|pair| (*pair).to_owned());
    let secret = ["password", "client_secret"].map(|name| format!("{name}={}", canary("Query")));
    // A service of OData refuses what it does not know, so a plain request goes without.
    let secrets = secret.into_iter().filter(|_| api.protocol == Protocol::Rest);
    let query: Vec<String> = parameters.chain(secrets).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// What the server hands out that is a secret, in the answers of the requests that are granted.
fn handed_out(answer: &str, needles: &mut Needles) {
    if let Some((_, rest)) = answer.split_once("\"access_token\":") {
        let token = rest.trim_start().trim_start_matches('"').split('"').next().unwrap();
        needles.add(token, "an issued token");
    }
    for (header, what) in [("x-csrf-token: ", "a CSRF token"), ("set-cookie: JSESSIONID=", "a session cookie")] {
        let value = answer.split(header).nth(1).and_then(|rest| rest.split([';', '\r']).next());
        value.filter(|value| value.len() > 12).into_iter().for_each(|value| needles.add(value, what));
    }
}

/// Everything that can be read of a server but the export of a world.
fn readable(served: &Served, granted: usize) -> Vec<(String, String)> {
    let get = |path: &str| Sent { headers: vec![], ..Sent::new("GET", path, "", "") }.play(served);
    let mut paths: Vec<String> = [
        "/",
        "/_certmimic/health",
        "/_certmimic/info",
        "/_certmimic/worlds",
        "/_certmimic/clock",
        "/_certmimic/faults",
        "/_certmimic/snapshots",
        "/_certmimic/openapi.json",
        "/_certmimic/requests?brief",
        "/_certmimic/nothing-here",
    ]
    .map(str::to_owned)
    .into();
    paths.extend(["json", "text", "har", "pact"].map(|format| format!("/_certmimic/requests?format={format}")));
    paths.extend(
        ["json", "text", "markdown", "junit", "html"].map(|format| format!("/_certmimic/coverage?format={format}")),
    );
    paths.extend(["json", "csv", "text"].map(|format| format!("/_certmimic/certificates?format={format}")));
    for number in 1..=granted {
        paths.extend(["json", "curl", "har"].map(|format| format!("/_certmimic/requests/{number}?format={format}")));
    }
    let mut read: Vec<(String, String)> = paths.into_iter().map(|path| (path.clone(), get(&path))).collect();
    read.push(("the stream".to_owned(), stream(served)));
    for expectation in [
        json!({"json": {"Password": "x", "ClientSecret": "y", "SecureParam": "z", "value": "v"}, "exactly": 77}),
        json!({"headers": {"authorization": "Bearer x", "cookie": "JSESSIONID=y", "x-csrf-token": "z"}, "exactly": 77}),
        json!({"query": {"client_secret": "x", "password": "y"}, "exactly": 77}),
        json!({"in_order": [{"operation": "ci.user_credential.create", "json": {"Password": "x"}}, {"operation": "oauth.token.issue"}]}),
    ] {
        let asked = Sent::new("POST", "/_certmimic/verify", "application/json", expectation.to_string());
        let report = asked.play(served);
        assert!(report.starts_with("HTTP/1.1 422"), "{report}");
        read.push((format!("the report of {expectation}"), report));
    }
    read
}

/// The journal as events, to the last one.
fn stream(served: &Served) -> String {
    Sent::new("GET", "/apiops/the-last-one", "", "").play(served);
    let mut connection = served.connect();
    connection.send("GET /_certmimic/requests/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut text = String::new();
    loop {
        let line = connection.line();
        text.push_str(&line);
        text.push('\n');
        if line.contains("/apiops/the-last-one") {
            return text;
        }
    }
}

fn operations(served: &Served) -> BTreeSet<String> {
    let journal = Sent::new("GET", "/_certmimic/requests?brief", "", "").play(served);
    let journal: Value = serde_json::from_str(journal.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(journal["dropped"], 0);
    journal["requests"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| Some(one["operation"].as_str()?.to_owned()))
        .collect()
}

fn nothing_is_shown(format: &str) {
    let log = folder(format).join("log");
    let file = log.with_file_name("open.yaml");
    std::fs::write(&file, OPEN).unwrap();
    let mut command = certmimic(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--scenario",
        "quickstart",
        "--scenario",
        file.to_str().unwrap(),
    ]);
    command.args(["--log-format", format, "--log-requests"]).env("RUST_LOG", "trace");
    let served = Served::of(command.stdout(Stdio::piped()).stderr(File::create(&log).unwrap()).spawn().unwrap());
    let (granted, mut needles) = (granted(), Needles::new());
    for sent in &granted {
        let answer = sent.play(&served);
        handed_out(&answer, &mut needles);
    }
    let mut refusals = String::new();
    for (api, operation) in APIS.iter().flat_map(|api| api.operations.iter().map(move |operation| (api, operation))) {
        for sent in nonsense(api, operation) {
            let answer = sent.play(&served);
            if answer.starts_with("HTTP/1.1 4") {
                refusals.push_str(&answer);
            }
        }
    }
    let known: BTreeSet<String> =
        APIS.iter().flat_map(|api| api.operations).map(|operation| operation.id.to_owned()).collect();
    let played = operations(&served);
    assert_eq!(known.difference(&played).collect::<Vec<_>>(), Vec::<&String>::new(), "every operation is played");
    needles.assert_none_in("a refusal", &refusals);
    let broken = json!({"certmimic": 1, "clients": [{"id": "x", "secret": canary("Scenario"), "sicret": 1}],
        "apinizer": {"users": [{"username": "x", "password": canary("Scenario"), "roles": ["NONE"]}]}});
    let flaws = Sent::new("PUT", "/_certmimic/state", "application/json", broken.to_string()).play(&served);
    assert!(flaws.starts_with("HTTP/1.1 422"), "{flaws}");
    needles.assert_none_in("what is wrong with a scenario", &flaws);
    for (place, text) in readable(&served, granted.len()) {
        needles.assert_none_in(&place, &text);
    }
    served.terminate();
    assert_eq!(served.ended().0.code(), Some(0));
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("ci.user_credential.create") && log.contains("stopping"), "it was logged");
    needles.assert_none_in("the log", &log);
}

#[test]
fn no_secret_is_shown_by_anything_that_can_be_read_nor_logged_as_text() {
    nothing_is_shown("text");
}

#[test]
fn no_secret_is_logged_as_json() {
    nothing_is_shown("json");
}

#[test]
fn no_type_shows_a_secret_when_it_is_printed() {
    let server = Server::builder().scenario("quickstart").scenario_text(OPEN).start_blocking().unwrap();
    let mut needles = Needles::new();
    for sent in granted() {
        let answer = exchanged(&server, &sent);
        handed_out(&answer, &mut needles);
    }
    let world = server.world("default").unwrap();
    needles.assert_none_in("a server", &format!("{server:?} {world:?} {:?}", server.worlds()));
    let records = world.requests();
    assert!(records.len() > 30);
    needles.assert_none_in("a record", &format!("{records:?}"));
    let text = world.export().unwrap();
    assert!(text.contains(CANARY), "what is kept is in the export");
    let scenario = load(&[Source::Text { name: "exported".to_owned(), text: text.clone() }]).unwrap();
    needles.assert_none_in("a state", &format!("{scenario:?} {:#?}", scenario.state));
    needles.assert_none_in("a document", &format!("{:?}", export(&scenario)));
    needles.assert_none_in("a source", &format!("{:?}", Source::Sent { text: text.clone() }));
    needles.assert_none_in("a builder", &format!("{:?}", Server::builder().scenario_text(text)));
    for api in APIS {
        needles.assert_none_in("an account", &format!("{:?}", (api.accounts)(&scenario.state)));
    }
}

/// The answer of a server in this process.
fn exchanged(server: &Server, sent: &Sent) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(server.addr()).unwrap();
    let mut head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", sent.method, sent.target);
    sent.headers.iter().for_each(|(name, value)| write!(head, "{name}: {value}\r\n").unwrap());
    write!(head, "Content-Length: {}\r\n\r\n", sent.body.len()).unwrap();
    stream.write_all(&[head.as_bytes(), &sent.body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}
