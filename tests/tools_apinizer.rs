//! JWKs that Apinizer's operations make, against Python's `jwcrypto` and `joserfc`: they load, sign, verify, encrypt and
//! decrypt. Without Python, or without one of the libraries, the test says so and passes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::print_stderr, reason = "why a test was skipped")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use certmimic::gateway;
use certmimic::http::Request;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use serde_json::{Value, json};

/// Reads a JWK Set; each key is loaded by both libraries and used as its `use` says.
const CHECK: &str = r#"
import json, sys
from jwcrypto import jwk, jws, jwe
from joserfc import jwk as other
keys = json.load(sys.stdin)["keys"]
for key in keys:
    loaded = jwk.JWK(**key)
    other.import_key({k: v for k, v in key.items()}) if key.get("crv") != "secp256k1" else other.ECKey.import_key(key)
    if key["use"] == "sig":
        token = jws.JWS(b"payload")
        token.allowed_algs = [key["alg"]]
        token.add_signature(loaded, alg=key["alg"], protected=json.dumps({"alg": key["alg"]}))
        check = jws.JWS()
        check.allowed_algs = [key["alg"]]
        check.deserialize(token.serialize(compact=True))
        check.verify(loaded if key["kty"] == "oct" else jwk.JWK(**json.loads(loaded.export_public())))
    else:
        protected = json.dumps({"alg": key["alg"], "enc": "A128GCM"})
        box = jwe.JWE(b"secret", protected, recipient=loaded, algs=[key["alg"], "A128GCM"])
        opened = jwe.JWE(algs=[key["alg"], "A128GCM"])
        opened.deserialize(box.serialize(compact=True), key=loaded)
        assert opened.payload == b"secret"
print(len(keys))
"#;

#[test]
fn jose_libraries_use_what_is_generated() {
    let available = Command::new("python3").args(["-c", "import jwcrypto, joserfc"]).stderr(Stdio::null()).status();
    if !available.is_ok_and(|status| status.success()) {
        eprintln!("skipped: python3 with jwcrypto and joserfc is not there (pip install jwcrypto joserfc)");
        return;
    }
    let worlds = Worlds::new(scenario::load(&[Source::BuiltIn("empty".to_owned())]).unwrap());
    let rows = [
        ("RSA", json!({"keySize": 2048, "algorithm": "RSA256"})),
        ("RSA", json!({"keySize": 3072, "algorithm": "PS384"})),
        ("RSA", json!({"keySize": 4096, "algorithm": "RSA_OAEP_256", "keyUseType": "ENCRYPTION"})),
        ("EC", json!({"curveType": "P256", "algorithm": "ES256"})),
        ("EC", json!({"curveType": "P384", "algorithm": "ES384"})),
        ("EC", json!({"curveType": "P521", "algorithm": "ES512"})),
        ("EC", json!({"curveType": "SECP256K1", "algorithm": "ES256K"})),
        ("EC", json!({"curveType": "P256", "algorithm": "ECDH_ES_A128KW", "keyUseType": "ENCRYPTION"})),
        ("OCT", json!({"keySize": 256, "algorithm": "HS256"})),
        ("OCT", json!({"keySize": 128, "algorithm": "A128KW", "keyUseType": "ENCRYPTION"})),
        ("OKP", json!({"curveType": "ED25519", "algorithm": "EdDSA"})),
        ("OKP", json!({"curveType": "X25519", "algorithm": "ECDH_ES", "keyUseType": "ENCRYPTION"})),
    ];
    let keys: Vec<Value> = rows.iter().enumerate().map(|(index, row)| generated(&worlds, index, row)).collect();
    assert_eq!(checked(&json!({ "keys": keys })), keys.len().to_string());
}

fn generated(worlds: &Worlds, index: usize, (kind, options): &(&str, Value)) -> Value {
    let mut body = json!({"name": format!("j{index}"), "type": kind});
    body[kind.to_ascii_lowercase()] = options.clone();
    call(worlds, "POST", "generate", body.to_string());
    let set = call(worlds, "GET", &format!("j{index}/export-file/"), String::new());
    set["keys"][0].clone()
}

fn call(worlds: &Worlds, method: &str, path: &str, body: String) -> Value {
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", "Bearer tools".parse().unwrap());
    let request = Request {
        method: method.parse().unwrap(),
        path: format!("/apiops/projects/MyProject/jwks/{path}"),
        query: String::new(),
        headers,
        body: body.into(),
        origin: String::new(),
    };
    let response = gateway::answer(worlds, &request);
    assert_eq!(response.status, 200, "{}", String::from_utf8_lossy(&response.body));
    serde_json::from_slice(&response.body).unwrap()
}

fn checked(set: &Value) -> String {
    let mut python = Command::new("python3")
        .args(["-c", CHECK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(set.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
