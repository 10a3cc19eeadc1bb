//! What Apinizer's operations hand out, against the tools that it is for: JWKs in Python's `jwcrypto` and `joserfc`, archives
//! in `unzip`, their files in `openssl` and `keytool`; and the documentation's own curl lines against the program.
//!
//! The Python libraries are installed below `target/`. A trial whose tool is not there is reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "tools read files")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod process;
#[path = "support/request.rs"]
#[allow(dead_code, reason = "shared with tests that speak JSON")]
mod request;
#[path = "support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use bytes::Bytes;
use certmimic::gateway;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use libtest_mimic::Arguments;
use process::Served;
use request::request;
use serde_json::{Value, json};
use trial::{attempt, trial};

fn main() {
    let trials = vec![
        attempt("jose_libraries_use_what_is_generated", &["python3"], jose_libraries_use_what_is_generated),
        attempt(
            "jose_libraries_use_what_is_made_from_certificates_keys_and_keystores",
            &["python3"],
            jose_libraries_use_what_is_made_from_certificates_keys_and_keystores,
        ),
        trial(
            "the_documentation_s_curl_lines_and_the_drill_work",
            &["bash", "curl", "openssl", "python3"],
            the_documentation_s_curl_lines_and_the_drill_work,
        ),
        trial(
            "unzip_openssl_and_keytool_read_what_is_downloaded",
            &["unzip", "openssl", "keytool"],
            unzip_openssl_and_keytool_read_what_is_downloaded,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

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

/// Reads pairs of a private JWK and a public one: what the first signs, the second verifies.
const CHECK_PAIRS: &str = r#"
import json, sys
from jwcrypto import jwk, jws
pairs = json.load(sys.stdin)["pairs"]
for private, public in pairs:
    assert "d" in private and "d" not in public, public
    token = jws.JWS(b"payload")
    token.add_signature(jwk.JWK(**private), alg=private["alg"], protected=json.dumps({"alg": private["alg"]}))
    check = jws.JWS()
    check.deserialize(token.serialize(compact=True))
    check.verify(jwk.JWK(**public))
print(len(pairs))
"#;

fn jose_libraries_use_what_is_generated() -> Result<(), String> {
    let python = python_with_jose()?;
    let worlds = worlds();
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
    assert_eq!(checked(&python, CHECK, &json!({ "keys": keys })), keys.len().to_string());
    Ok(())
}

/// Of a certificate, of both halves of a key, and of a keystore, before and after each of them is replaced by another.
fn jose_libraries_use_what_is_made_from_certificates_keys_and_keystores() -> Result<(), String> {
    let python = python_with_jose()?;
    let worlds = worlds();
    let certificate = |file: &str| {
        form(
            &[
                ("alias", "c"),
                ("certificateDescription", "d"),
                ("environmentList", "production"),
                ("certificateName", "c"),
            ],
            file,
        )
    };
    let key = |file: &str| json!({"name": "k", "keyType": "RSA", "cryptoKeyInfoEnvironmentList": [{"environmentName": "production", "privateKey": base64(file)}]});
    let store = |kind: &str, file: &str| json!({"name": "s", "keyStoreEnvironmentList": [{"environmentName": "production", "type": kind, "file": base64(file), "password": "changeit"}]});
    post(&worlds, "certificates/", &certificate("server/smtp.pem"));
    post(&worlds, "keys/", &json_body(&key("server/smtp.key.pem")));
    post(&worlds, "keystores/", &json_body(&store("JKS", "stores/keystore.jks")));
    for (name, kind, rest) in [
        ("certificate", "CERTIFICATE", json!({"certificateName": "c"})),
        ("private", "PRIVATE_KEY", json!({"keyName": "k"})),
        ("public", "PUBLIC_KEY", json!({"keyName": "k"})),
        ("entry", "KEYSTORE", json!({"keyStoreName": "s", "aliasName": "mykeypair"})),
    ] {
        let mut body = json!({"name": name, "sourceType": kind, "environmentName": "production", "useType": "SIGNATURE", "algorithm": "RS256"});
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        post(&worlds, "jwks/", &json_body(&body));
    }
    let pairs = |other: &str| {
        json!({"pairs": [
            [exported(&worlds, "private", ""), exported(&worlds, "certificate", "")],
            [exported(&worlds, "private", ""), exported(&worlds, "public", "")],
            [exported(&worlds, "entry", ""), exported(&worlds, "entry", "?publicOnly=true")],
            [exported(&worlds, other, ""), exported(&worlds, other, "?publicOnly=true")],
        ]})
    };
    assert_eq!(checked(&python, CHECK_PAIRS, &pairs("private")), "4");
    let before = pairs("private");
    let follow = "?updateReferencedJwks=true&updateScope=SAME_PROJECT";
    put(&worlds, &format!("certificates/c/{follow}"), &certificate("ca/partner-ca.pem"));
    put(&worlds, &format!("keys/k/{follow}"), &json_body(&key("ca/partner-ca.key.pem")));
    put(&worlds, &format!("keystores/s/{follow}"), &json_body(&store("PKCS12", "keys/mykeypair.p12")));
    let after = pairs("entry");
    assert_ne!(before["pairs"][0], after["pairs"][0], "the JWKs follow");
    assert_eq!(checked(&python, CHECK_PAIRS, &after), "4");
    Ok(())
}

fn the_documentation_s_curl_lines_and_the_drill_work() {
    let served = Served::start(&["--scenario", "quickstart"]);
    let base = format!("http://{}", served.address);
    for script in ["apinizer-curl.sh", "apinizer-jwk-follow.sh"] {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(script);
        succeeds(Command::new("bash").arg(script).arg(&base));
    }
}

fn unzip_openssl_and_keytool_read_what_is_downloaded() {
    let worlds = worlds();
    let folder = workshop("downloads");
    let fields = [
        ("certificateName", "Gr\u{fc}\u{df}e"),
        ("alias", "gr\u{fc}n"),
        ("certificateDescription", "d"),
        ("environmentList", "production,staging"),
    ];
    post(&worlds, "certificates/", &form(&fields, "server/smtp.pem"));
    let names = unzipped(&worlds, &folder, "certificates/Gr%C3%BC%C3%9Fe/export/");
    assert_eq!(names, ["Gr\u{fc}\u{df}e-production.cer", "Gr\u{fc}\u{df}e-staging.cer"]);
    let subject = openssl(&folder, &["x509", "-inform", "DER", "-noout", "-subject", "-in", &names[0]]);
    assert!(subject.contains("smtp.mail.yahoo.com"), "{subject}");
    let pem = worlds_with("certmimic: 1\nbehaviour: { apinizer: { export_encoding: pem } }");
    post(&pem, "certificates/", &form(&fields, "server/smtp.pem"));
    let names = unzipped(&pem, &folder, "certificates/Gr%C3%BC%C3%9Fe/export/");
    openssl(&folder, &["x509", "-inform", "PEM", "-noout", "-in", &names[0]]);
    let names = unzipped(&worlds, &folder, "certificates/truststore/production/export-file/");
    assert_eq!(names, ["gr\u{fc}n.cer"]);
    openssl(&folder, &["x509", "-noout", "-in", &names[0]]);

    let entry = |environment: &str, kind: &str, file: &str| json!({"environmentName": environment, "type": kind, "file": base64(file), "password": "changeit"});
    let store = json!({"name": "s", "keyStoreEnvironmentList": [entry("production", "PKCS12", "stores/keystore.p12"), entry("staging", "JKS", "stores/keystore.jks")]});
    post(&worlds, "keystores/", &json_body(&store));
    let names = unzipped(&worlds, &folder, "keystores/s/export-file/");
    assert_eq!(names, ["s-production.p12", "s-staging.jks"]);
    openssl(&folder, &["pkcs12", "-passin", "pass:changeit", "-nodes", "-in", &names[0]]);
    let list = ["-J-Duser.language=en", "-list", "-storepass", "changeit", "-keystore", &names[1]];
    succeeds(Command::new("keytool").args(list).current_dir(&folder));

    // DER that was sent in base64 comes out as PEM.
    let key = |file: &str| json!({"name": "k", "keyType": "EC", "cryptoKeyInfoEnvironmentList": [{"environmentName": "production", "privateKey": file}]});
    let der = fs::read_to_string(fixture("keys/ec.pem"))
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with("---"))
        .collect::<String>();
    post(&worlds, "keys/", &json_body(&key(&der)));
    let names = unzipped(&worlds, &folder, "keys/k/export-file/");
    assert_eq!(names, ["k-production.pem"]);
    openssl(&folder, &["pkey", "-noout", "-in", &names[0]]);
    for package in ["keystores/s/export/", "keys/k/export/"] {
        assert_eq!(unzipped(&worlds, &folder, package).len(), 1);
    }
}

fn worlds() -> Worlds {
    worlds_with("certmimic: 1")
}

fn worlds_with(settings: &str) -> Worlds {
    let settings = Source::Text { name: "settings".to_owned(), text: settings.to_owned() };
    Worlds::new(scenario::load(&[Source::BuiltIn("empty".to_owned()), settings]).unwrap())
}

fn generated(worlds: &Worlds, index: usize, (kind, options): &(&str, Value)) -> Value {
    let mut body = json!({"name": format!("j{index}"), "type": kind});
    body[kind.to_ascii_lowercase()] = options.clone();
    post(worlds, "jwks/generate", &json_body(&body));
    exported(worlds, &format!("j{index}"), "")
}

/// The only key of an exported JWK Set.
fn exported(worlds: &Worlds, name: &str, query: &str) -> Value {
    let set: Value = serde_json::from_slice(&get(worlds, &format!("jwks/{name}/export-file/{query}"))).unwrap();
    set["keys"][0].clone()
}

/// A media type, and a body of it.
type Body = (&'static str, Vec<u8>);

fn json_body(value: &Value) -> Body {
    ("application/json", value.to_string().into_bytes())
}

fn form(fields: &[(&str, &str)], file: &str) -> Body {
    let mut body = Vec::new();
    for (name, value) in fields {
        write!(body, "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").unwrap();
    }
    write!(body, "--b\r\nContent-Disposition: form-data; name=\"pemEncodedFile\"; filename=\"f\"\r\n\r\n").unwrap();
    body.extend(fs::read(fixture(file)).unwrap());
    body.extend(b"\r\n--b--\r\n");
    ("multipart/form-data; boundary=b", body)
}

fn get(worlds: &Worlds, target: &str) -> Bytes {
    call(worlds, "GET", target, &("text/plain", Vec::new()))
}

fn post(worlds: &Worlds, target: &str, body: &Body) {
    call(worlds, "POST", target, body);
}

fn put(worlds: &Worlds, target: &str, body: &Body) {
    call(worlds, "PUT", target, body);
}

fn call(worlds: &Worlds, method: &str, target: &str, (media_type, body): &Body) -> Bytes {
    let project = if target.starts_with("certificates/truststore") { "admin" } else { "MyProject" };
    let headers = [("authorization", "Bearer tools"), ("content-type", *media_type)];
    let request = request(method, &format!("/apiops/projects/{project}/{target}"), &headers, body.clone());
    let response = gateway::answer(worlds, &request);
    assert_eq!(response.status, 200, "{method} {target}: {}", String::from_utf8_lossy(&response.body));
    response.body
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn base64(file: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(fs::read(fixture(file)).unwrap())
}

/// An empty folder.
fn workshop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("apinizer").join(name);
    let _absent = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The names in a downloaded archive, in its order, after `unzip` has written them into the folder.
fn unzipped(worlds: &Worlds, folder: &Path, target: &str) -> Vec<String> {
    fs::write(folder.join("download.zip"), get(worlds, target)).unwrap();
    succeeds(Command::new("unzip").args(["-tqq", "download.zip"]).current_dir(folder));
    succeeds(Command::new("unzip").args(["-qqo", "download.zip"]).current_dir(folder).env("LC_ALL", "C.UTF-8"));
    let names =
        succeeds(Command::new("unzip").args(["-Z1", "download.zip"]).current_dir(folder).env("LC_ALL", "C.UTF-8"));
    names.lines().map(str::to_owned).collect()
}

fn openssl(folder: &Path, arguments: &[&str]) -> String {
    succeeds(Command::new("openssl").args(arguments).current_dir(folder))
}

fn succeeds(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{out}\n{err}");
    out.into_owned()
}

/// A Python with both libraries, if there can be one.
fn python_with_jose() -> Result<PathBuf, String> {
    static READY: std::sync::OnceLock<Option<PathBuf>> = std::sync::OnceLock::new();
    let ready = || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jose");
        let python = folder.join("bin/python");
        let works = |python: &Path| {
            let command = Command::new(python).args(["-c", "import jwcrypto, joserfc"]).stderr(Stdio::null()).status();
            command.is_ok_and(|status| status.success())
        };
        let pip =
            ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "jwcrypto==1.6.1", "joserfc==1.8.0"];
        let made = works(&python)
            || (Command::new("python3")
                .args(["-m", "venv"])
                .arg(&folder)
                .output()
                .is_ok_and(|made| made.status.success())
                && Command::new(&python).args(pip).output().is_ok_and(|made| made.status.success())
                && works(&python));
        made.then_some(python)
    };
    READY.get_or_init(ready).clone().ok_or_else(|| "jwcrypto and joserfc cannot be installed for python3".to_owned())
}

fn checked(python: &Path, script: &str, input: &Value) -> String {
    let mut python = Command::new(python)
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
