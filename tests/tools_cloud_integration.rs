//! What Cloud Integration hands out, judged by the tools that its users have: keytool, OpenSSL, ssh-keygen.
//!
//! A trial whose tool is not installed is reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;
#[path = "support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;

use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use libtest_mimic::Arguments;
use request::{JSON, request};
use serde_json::{Value, json};
use trial::trial;

fn main() {
    let trials = vec![
        trial(
            "keytool_lists_an_exported_keystore_without_a_password",
            &["keytool"],
            keytool_lists_an_exported_keystore_without_a_password,
        ),
        trial(
            "openssl_verifies_signing_requests_and_certificates_of_generated_keys",
            &["openssl"],
            openssl_verifies_signing_requests_and_certificates_of_generated_keys,
        ),
        trial("ssh_keygen_takes_exported_public_keys", &["ssh-keygen"], ssh_keygen_takes_exported_public_keys),
        trial("openssl_reads_an_exported_chain", &["openssl"], openssl_reads_an_exported_chain),
        trial(
            "two_generated_pairs_differ_and_a_run_repeats",
            &["openssl"],
            two_generated_pairs_differ_and_a_run_repeats,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

const SCENARIO: &str = r#"
certmimic: 1
behaviour: { sap_cloud_integration: { csrf: "off" } }
sap_cloud_integration:
  keystores:
    system:
      entries:
        - { alias: api, key_pair: fixtures/keys/chain.p12, password: changeit }
        - { alias: api_1, certificate: fixtures/ca/partner-ca.pem }
        - { alias: smtp, certificate: fixtures/server/smtp.pem }
        - { alias: SMTP, certificate: fixtures/ca/partner-ca.pem }
        - { alias: dsa, certificate: fixtures/cloud-integration/dsa.pem }
"#;

struct Tenant(Worlds);

impl Tenant {
    fn new() -> Self {
        let text = Source::Text { name: "tools".to_owned(), text: SCENARIO.to_owned() };
        let loaded = scenario::load(&[Source::BuiltIn("empty".to_owned()), text]);
        Self(Worlds::new(loaded.unwrap_or_else(|flaws| panic!("{}", flaws[0]))))
    }

    fn call(&self, method: &str, target: &str, json: Option<&Value>) -> Response {
        let body = json.map(Value::to_string).unwrap_or_default();
        gateway::answer(&self.0, &request(method, &format!("/api/v1/{target}"), &JSON, body))
    }

    fn get(&self, target: &str) -> Vec<u8> {
        let response = self.call("GET", target, None);
        assert_eq!(response.status, 200, "{target}: {:?}", response.diagnosis);
        response.body.to_vec()
    }

    fn generate(&self, alias: &str, key: &Value) {
        let mut request = json!({ "Hexalias": "00", "Alias": alias, "CommonName": "a, \"b\"", "Country": "DE" });
        request.as_object_mut().unwrap().extend(key.as_object().unwrap().clone());
        let response = self.call("POST", "KeyPairGenerationRequests", Some(&request));
        assert_eq!(response.status, 204, "{alias}: {:?}", response.diagnosis);
    }
}

fn entry(alias: &str, rest: &str) -> String {
    format!("KeystoreEntries('{}')/{rest}", hex::encode_upper(alias))
}

/// What a tool says to some input.
fn says(input: &[u8], program: &str, arguments: &[&str]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A tool may refuse its input before it has read it all; then what it says counts.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}

/// A file that is gone when it is dropped.
struct Temporary(std::path::PathBuf);

impl Temporary {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("certmimic-{}-{name}", std::process::id()));
        #[expect(clippy::disallowed_methods, reason = "a tool reads it")]
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn keytool_lists_an_exported_keystore_without_a_password() {
    let answer: Value = serde_json::from_slice(&Tenant::new().get("KeystoreResources('system')")).unwrap();
    let file = Temporary::new("export.jceks", &STANDARD.decode(answer["d"]["Resource"].as_str().unwrap()).unwrap());
    let list = ["-J-Duser.language=en", "-list", "-storetype", "JCEKS", "-keystore", file.path()];
    let said = says(b"\n", "keytool", &list);
    assert!(said.contains("contains 7 entries"), "{said}");
    // Java lists any alias but finds those in lower case only, so each is asked for by itself.
    for alias in ["api", "api_1", "api__1", "api_2", "smtp", "smtp_", "dsa"] {
        assert!(said.contains(&format!("{alias},")), "{alias} in {said}");
        let said = says(b"\n", "keytool", &[&list[..], &["-alias", alias]].concat());
        assert!(said.contains("trustedCertEntry"), "{alias}: {said}");
    }
}

fn openssl_verifies_signing_requests_and_certificates_of_generated_keys() {
    let tenant = Tenant::new();
    let keys = [
        ("rsa", json!({ "KeySize": 2048 }), "sha512WithRSAEncryption"),
        ("rsa4096", json!({}), "sha512WithRSAEncryption"),
        ("dsa2048", json!({ "KeyType": "DSA", "KeySize": 2048 }), "dsa_with_SHA256"),
        ("p192", json!({ "KeyType": "EC", "KeySize": 192 }), "ecdsa-with-SHA512"),
        ("p224", json!({ "KeyType": "EC", "KeySize": 224 }), "ecdsa-with-SHA512"),
        ("p256", json!({ "KeyType": "EC", "KeySize": 256 }), "ecdsa-with-SHA512"),
        ("p384", json!({ "KeyType": "EC", "KeySize": 384 }), "ecdsa-with-SHA512"),
        ("p521", json!({ "KeyType": "EC", "KeySize": 521 }), "ecdsa-with-SHA512"),
        ("k256", json!({ "KeyType": "EC", "KeyAlgorithmParameter": "secp256k1" }), "ecdsa-with-SHA512"),
    ];
    for (alias, key, algorithm) in keys {
        tenant.generate(alias, &key);
        let request = tenant.get(&entry(alias, "SigningRequest/$value"));
        let said = says(&request, "openssl", &["req", "-verify", "-noout", "-text"]);
        assert!(said.contains("verify OK"), "{alias}: {said}");
        assert!(said.contains(algorithm), "{alias}: {said}");
        let file = Temporary::new(alias, &tenant.get(&entry(alias, "Certificate/$value")));
        let said = says(b"", "openssl", &["verify", "-check_ss_sig", "-CAfile", file.path(), file.path()]);
        assert!(said.contains(": OK"), "{alias}: {said}");
    }
}

fn ssh_keygen_takes_exported_public_keys() {
    let tenant = Tenant::new();
    for (alias, kind) in [("smtp", "2048"), ("dsa", "2048")] {
        let file = Temporary::new(&format!("{alias}.pub"), &tenant.get(&entry(alias, "Sshkey/$value")));
        let said = says(b"", "ssh-keygen", &["-l", "-f", file.path()]);
        assert!(said.starts_with(kind), "{said}");
        assert!(said.contains(&format!("public key for alias {alias}")), "{said}");
    }
}

fn openssl_reads_an_exported_chain() {
    let chain = Tenant::new().get(&entry("api", "ChainResource/$value"));
    let said = says(&chain, "openssl", &["pkcs7", "-print_certs", "-noout"]);
    let subjects: Vec<&str> = said.lines().filter(|line| line.starts_with("subject")).collect();
    assert_eq!(subjects.len(), 3, "{said}");
    assert!(subjects[0].contains("api.partner.example"), "{said}");
    assert!(subjects[2].contains("Example Test Root CA"), "{said}");
}

fn two_generated_pairs_differ_and_a_run_repeats() {
    let certificates = || {
        let tenant = Tenant::new();
        ["one", "other"].map(|alias| {
            tenant.generate(alias, &json!({ "KeySize": 2048, "ValidNotBefore": "/Date(1700000000000)/" }));
            let answer: Value =
                serde_json::from_slice(&tenant.get(&entry(alias, "?$select=SerialNumber").replace("/?", "?"))).unwrap();
            (
                answer["d"]["SerialNumber"].clone(),
                says(&tenant.get(&entry(alias, "SigningRequest/$value")), "openssl", &["req", "-pubkey", "-noout"]),
            )
        })
    };
    let first = certificates();
    assert_ne!(first[0], first[1]);
    assert_eq!(first, certificates());
}
