//! `certmimic capture` against a certmimic: what comes of it loads, and holds the same.

use base64::Engine as _;
use certmimic::pki::{Certificate, Digest, certificate_factory};
use serde_json::{Value, json};

use crate::played::{ask, asked, control, printed, temporary, tenant};
use crate::process::Served;

/// A tenant that holds something of everything that SAP's systems have.
const EVERYTHING: &str = r#"
certmimic: 1
seed: 11
behaviour:
  apinizer: APINIZER
  sap_cloud_integration: { landscape: neo }
  sap_api_management: { certificate_content: echo, virtual_host_limit: unlimited }
sap_api_management:
  tenant: { domain: acme.apis.example }
  certificate_stores:
    - name: ts
      type: TRUSTSTORE
      life_cycle: { created_at: "2025-03-01T08:00:00.123Z", created_by: "sb-a!b1|api-portal!b2", changed_at: "2025-04-01T08:00:00Z", changed_by: lovelace@acme.example }
      certificates:
        - { name: partner-ca, file: FIXTURES/ca/partner-ca.pem, description: "partner's CA", cs_key: k, format: pem }
        - { name: der, file: FIXTURES/server/smtp.der }
    - { name: "o'brien /x", type: TS }
    - name: ks
      type: KEYSTORE
      certificates:
        - { name: gateway, generate: { subject: 'CN=gateway.acme.example, O="Acme, Inc.", C=DE', key: rsa-3072, valid: ["2025-01-01", "2027-01-01"] } }
        - name: issued
          generate: { common_name: issued.example, key: rsa-2048, signature_algorithm: SHA512withRSA, issuer: { common_name: Sub, key: rsa-2048 } }
  certificate_store_references:
    - { name: ts_ref, certificate_store_name: ts }
    - { name: ks_ref, certificate_store_name: ks }
  virtual_hosts:
    - { id: 0f0c6c1e-5b7e-4e36-9d3e-0b8c7a1d2e3f, alias: default, default: true }
    - { id: 1f0c6c1e-5b7e-4e36-9d3e-0b8c7a1d2e3f, custom_domain: api.shop.example, key_store: "ref://ks_ref", key_store_alias: gateway, trust_store: "ref://ts_ref" }
    - { id: 2f0c6c1e-5b7e-4e36-9d3e-0b8c7a1d2e3f, alias: two, name: second }
    - { id: 3f0c6c1e-5b7e-4e36-9d3e-0b8c7a1d2e3f, alias: three, trust_store: ts, project_path: p }
    - { id: 4f0c6c1e-5b7e-4e36-9d3e-0b8c7a1d2e3f, alias: four, trust_store: gone, dangling: true }
  api_providers:
    - { name: backend, host: backend.acme.example, port: 443, useSSL: true, sslInfo: { enabled: true, trustStore: ts }, userName: u, password: canary-provider-password }
  key_value_maps:
    - { name: plain, scope: ENV, values: [{ name: a, value: "1" }, { name: b }] }
    - { name: hidden, encrypted: true, values: [{ name: a, value: canary-map-value }] }
  generic_key_value_maps:
    - { name: generic, scope: APIPROXY, scope_id: p1, values: [{ name: a, value: "1" }] }
    - { name: generic, scope: APIPROXY, scope_id: p2, encrypted: true, values: [{ name: a, value: canary-generic-value }] }
sap_cloud_integration:
  keystores:
    system:
      modified: { by: lovelace@acme.example, at: "2025-05-01T08:00:00Z" }
      entries:
        - { alias: smtp.mail.yahoo.com, certificate: FIXTURES/server/smtp.pem, created: { by: lovelace, at: "2025-01-01" }, modified: { by: bob, at: "2025-02-01T00:00:00.001Z" } }
        - { alias: mykeypair, key_pair: FIXTURES/keys/mykeypair-with-key.pem, created: { by: lovelace, at: "2025-01-01" } }
        - alias: "ü a/b;c"
          ca_reply: true
          key_pair:
            generate:
              subject: CN=chain.example, EMAILADDRESS=ops@acme.example
              key: rsa-2048
              alternative_names: [chain.example, 192.0.2.1, "2001:db8::1"]
              serial: "0x33AF1"
              valid: ["2025-01-01", "2026-01-01"]
              issuer: { subject: "CN=Sub, O=Acme", key: rsa-4096, valid: ["2020-01-01", "2030-01-01"], issuer: { subject: CN=Root, key: rsa-2048, valid: ["2015-01-01", "2035-01-01"] } }
        - { alias: ec, key_pair: { generate: { common_name: ec, key: ec-p384, valid: ["2025-01-01", "2026-01-01"] } } }
        - { alias: dsa, key_pair: { generate: { common_name: dsa, key: dsa-2048, valid: ["2025-01-01", "2026-01-01"] } } }
        - { alias: sap_cloudintegrationcertificate, owner: sap, key_pair: FIXTURES/sap/cloudintegration-with-key.pem }
    backup_admin_system:
      modified: { by: lovelace, at: "2025-06-01" }
      entries: [{ alias: mykeypair, key_pair: FIXTURES/keys/mykeypair-with-key.pem }]
    KeyRenewal:
      entries: [{ alias: sap_cloudintegrationcertificate, key_pair: { generate: { common_name: next, key: rsa-2048, valid: ["2026-01-01", "2028-01-01"] } } }]
  key_history:
    - { original_alias: sap_cloudintegrationcertificate, sequence: 1, key_pair: { generate: { common_name: first, key: rsa-2048, valid: ["2020-01-01", "2022-01-01"] } },
        created: { by: SAP, at: "2020-01-01" }, activated: { by: SAP, at: "2020-01-02" }, deactivated: { by: lovelace, at: "2021-12-01" } }
  certificate_user_mappings:
    - { user: lovelace, certificate: FIXTURES/server/smtp.pem, created: { by: a, at: "2025-01-01" } }
    - { user: bob, certificate: FIXTURES/ca/partner-ca.pem, created: { by: a, at: "2025-01-01" }, modified: { by: b, at: "2025-01-02" } }
  user_credentials:
    - { name: basic, user: u, password: canary-user-password, deployed: { by: lovelace, at: "2025-01-01" } }
    - { name: sf, kind: successfactors, company_id: acme, description: d }
    - { name: oc, kind: openconnectors, password: "User canary-x,Organization y,Element z" }
  oauth2_client_credentials:
    - { name: oauth, token_service_url: "https://idp.acme.example/token", client_id: c, client_secret: canary-client-secret, scope: s, client_authentication: header,
        custom_parameters: [{ key: k, value: v, send_as_part_of: url }] }
  secure_parameters:
    - { name: parameter, description: d, secure_param: canary-secure-parameter }
  access_policies:
    - { id: 7, role_name: r, description: d, transferred: "2025-01-01", artifact_references: [{ id: 9, name: n, type: INTEGRATION_FLOW, condition_attribute: Name, condition_value: v, condition_type: exactString }] }
    - { id: 8, role_name: s }
  runtime_locations:
    - { id: edge, keystores: { system: { entries: [{ alias: at-the-edge, certificate: FIXTURES/server/smtp.pem }] } }, secure_parameters: [{ name: e, secure_param: canary-edge-parameter }] }
apinizer:
  environments:
    - { name: prod, description: "Acme's own", access_url: "https://gw.acme.example:8443/x", ca_certificates: [FIXTURES/ca/root-ca.pem] }
    - { name: test, type: TEST, status: UNPUBLISHED }
  projects:
    - name: Shop Floor
      id: 65f0c0ffee65f0c0ffee0001
      description: d
      environments: [test]
      certificates:
        - { name: partner, description: d, environments: [test], alias: partner-alias, file: FIXTURES/ca/partner-ca.pem }
      keystores:
        - { name: ks, description: d, environments: [test], type: PKCS12, file: FIXTURES/stores/keystore.p12, password: canary-keystore-password }
      keys:
        - { name: private, type: PRIVATE_KEY, entries: [{ environments: [test], private_key: FIXTURES/keys/rsa.pem }] }
        - { name: pair, type: PRIVATE_KEY, entries: [{ environments: [test], private_key: { generate: { common_name: k, key: ec-p384 } } }] }
        - { name: secret, type: SECRET_KEY, algorithm: AES, entries: [{ environments: [test], secret: Y2FuYXJ5LXNlY3JldC1rZXk= }] }
      jwks:
        - { name: public, description: d, source_type: URL, source_url: "https://idp.acme.example/keys", kid: one, jwk: { kty: EC, crv: P-256, x: MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4, y: 4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM } }
        - { name: secret, kid: two, jwk: { kty: oct, k: Y2FuYXJ5LWp3aw } }
    - name: admin
      certificates:
        - name: everywhere
          entries:
            - { environment: prod, alias: a, certificate: FIXTURES/server/smtp.pem }
            - { environment: test, alias: b, certificate: FIXTURES/server/api.pem }
      keystores:
        - { name: ks, environments: [prod, test], type: JKS, file: FIXTURES/stores/keystore.jks, password: canary-keystore-password }
"#;

pub fn everything() -> String {
    everything_of_apinizer("{}")
}

/// With these switches of Apinizer.
pub fn everything_of_apinizer(switches: &str) -> String {
    EVERYTHING.replace("FIXTURES", concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).replace("APINIZER", switches)
}

/// What a tenant and the scenario that was captured of it export; the scenario.
fn both(name: &str, served: &Served, options: &[&str]) -> (Value, Value, String) {
    let scenario = printed(&ask("capture", served, options));
    let loaded = tenant(&format!("{name}-captured"), &scenario);
    (comparable(&control(served, "state")), comparable(&control(&loaded, "state")), scenario)
}

/// The part of an export that a tenant shows, with what is known of each key pair in its place.
fn comparable(state: &Value) -> Value {
    let mut sections = json!({
        "sap_api_management": state["sap_api_management"],
        "sap_cloud_integration": state["sap_cloud_integration"],
    });
    // No reading tells who has changed this one.
    if let Some(renewal) = sections["sap_cloud_integration"]["keystores"]["KeyRenewal"].as_object_mut() {
        renewal.remove("modified");
    }
    let [management, integration] = ["sap_api_management", "sap_cloud_integration"].map(|name| sections[name].take());
    // Management tells neither serial numbers nor what key there is.
    json!({ "sap_api_management": without_keys(management, false), "sap_cloud_integration": without_keys(integration, true) })
}

fn without_keys(value: Value, all: bool) -> Value {
    const HIDDEN: [&str; 6] =
        ["password", "secure_param", "client_secret", "last_access_policy_id", "load_balancer", "activated"];
    match value {
        Value::String(text) if text.contains("PRIVATE KEY") => {
            let chain =
                certificate_factory::certificates(&text.as_bytes()[text.find("-----BEGIN CERTIFICATE").unwrap()..]);
            chain.unwrap().iter().map(|one| facts(one, all)).collect()
        }
        Value::Object(mut members) => {
            members.retain(|name, _| !HIDDEN.contains(&name.as_str()));
            if members.get("encrypted") == Some(&json!(true)) {
                let values = members["values"].as_array_mut().unwrap();
                for value in values {
                    value["value"] = json!("hidden");
                }
            }
            members.into_iter().map(|(name, value)| (name, without_keys(value, all))).collect()
        }
        Value::Array(items) => items.into_iter().map(|item| without_keys(item, all)).collect(),
        other => other,
    }
}

/// Fails with the first place that differs.
fn assert_same(ours: &Value, theirs: &Value, place: &str) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "{place}");
            ours.iter().for_each(|(name, value)| assert_same(value, &theirs[name], &format!("{place}.{name}")));
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{place}");
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                assert_same(ours, theirs, &format!("{place}[{index}]"));
            }
        }
        _ => assert_eq!(ours, theirs, "{place}"),
    }
}

/// What is to be the same of a stand-in.
fn facts(one: &Certificate, all: bool) -> Value {
    let names = [one.subject(), one.issuer()].map(|name| name.java_text().to_string());
    let told = json!([names, one.not_before(), one.not_after(), one.signature_algorithm(), one.is_ca()]);
    let key = one.public_key();
    let more = json!([one.serial_hex(), key.algorithm(), key.size(), key.curve(), one.alternative_names()]);
    if all { json!([told, more]) } else { told }
}

#[test]
fn what_is_captured_of_the_built_in_scenario_is_equal_but_for_keys() {
    let served = Served::start(&[]);
    let (theirs, ours, _) = both("quickstart", &served, &["--system", "sap_api_management", "--system", "ci"]);
    assert_same(&ours["sap_cloud_integration"], &theirs["sap_cloud_integration"], "");
    // Its trust store shows no content: what stands in for the certificate has what is told of it.
    let [theirs, ours] = [theirs, ours].map(|state| state["sap_api_management"]["certificate_stores"][1].clone());
    assert_eq!(ours["certificates"][0]["life_cycle"], theirs["certificates"][0]["life_cycle"]);
}

#[test]
fn what_is_captured_of_a_tenant_with_everything_is_equal_but_for_keys() {
    let served = tenant("everything", &everything());
    let (theirs, ours, scenario) = both("everything", &served, &["--system", "apim,ci", "--runtime-location", "edge"]);
    assert_same(&ours, &theirs, "");
    assert!(!scenario.contains("canary"), "a secret was captured");
    assert!(scenario.matches("stands_in_for").count() > 5, "{scenario}");
}

/// The part of Apinizer's section that a tenant shows: the first generation tells no identifiers of certificates, no aliases of
/// keystores and keys, and neither what a JWK is used for.
fn shown_by_apinizer(state: &Value) -> Value {
    const NOT_TOLD: [&str; 14] = [
        "id",
        "position",
        "base64",
        "password",
        "file_name",
        "users",
        "tokens",
        "use",
        "algorithm",
        "jwk",
        "source",
        "private_key",
        "public_key",
        "secret",
    ];
    match state {
        Value::Object(members) => {
            let told = members.iter().filter(|(name, _)| !NOT_TOLD.contains(&name.as_str()));
            told.map(|(name, value)| (name.clone(), shown_by_apinizer(value))).collect()
        }
        Value::Array(items) => items.iter().map(shown_by_apinizer).collect(),
        other => other.clone(),
    }
}

#[test]
fn what_is_captured_of_either_generation_of_apinizer_is_equal_but_for_keys() {
    for dialect in ["g1", "g2"] {
        let switches = format!("{{ dialect: {dialect}, list_includes_content: false }}");
        let served = tenant(&format!("apinizer-{dialect}"), &everything_of_apinizer(&switches));
        let captured = printed(&ask("capture", &served, &["--system", "apinizer"]));
        assert!(!captured.contains("canary") && !captured.contains("Y2FuYXJ5"), "{captured}");
        let loaded = tenant(&format!("apinizer-{dialect}-captured"), &captured);
        let (theirs, ours) = (control(&served, "state"), control(&loaded, "state"));
        assert_eq!(ours["behaviour"]["apinizer"]["dialect"], *dialect);
        assert_eq!(ours["behaviour"]["apinizer"]["list_includes_content"], false);
        assert_same(&shown_by_apinizer(&ours["apinizer"]), &shown_by_apinizer(&theirs["apinizer"]), "");
        // The project's identifier is told by its objects.
        assert_eq!(ours["apinizer"]["projects"][0]["id"], "65f0c0ffee65f0c0ffee0001");
        // Of public material every byte is told, and of a key its kind.
        let jwk = |state: &Value, index: usize| state["apinizer"]["projects"][0]["jwks"][index]["jwk"].clone();
        assert_eq!(jwk(&ours, 0), jwk(&theirs, 0));
        assert_ne!(jwk(&ours, 1), jwk(&theirs, 1));
        assert_eq!(jwk(&ours, 1)["k"].as_str().unwrap().len(), jwk(&theirs, 1)["k"].as_str().unwrap().len());
    }
}

#[test]
fn with_masks_no_name_of_the_tenant_is_left_and_every_run_writes_the_same() {
    let served = tenant("masked", &everything());
    let captured = printed(&ask("capture", &served, &["--mask", "--runtime-location", "edge"]));
    let loaded = tenant("masked-captured", &captured);
    assert_eq!(of_sap(&loaded).len(), of_sap(&served).len());
    let lower = captured.to_lowercase();
    for name in [
        "acme",
        "lovelace",
        "bob",
        "yahoo",
        "mykeypair",
        "partner",
        "shop",
        "floor",
        "edge",
        "ts_ref",
        "gateway",
        "o'brien",
        "backend",
        "prod\n",
        "chain.",
        "begin certificate",
        "everywhere",
    ] {
        assert!(!lower.contains(name), "{name} is left: {:?}", lower.lines().find(|line| line.contains(name)));
    }
    assert_eq!(printed(&ask("capture", &served, &["--mask", "--runtime-location", "edge"])), captured);
}

#[test]
fn nothing_but_reading_and_the_token_request_leaves_the_program() {
    let served = tenant("journal", &everything());
    printed(&ask("capture", &served, &["--runtime-location", "edge"]));
    let requests = asked(&served);
    assert!(requests.len() > 40, "{requests:?}");
    for (method, path) in requests {
        let is_token_request = method == "POST" && ["/oauth/token", "/apiops/auth/token"].contains(&path.as_str());
        assert!(method == "GET" || is_token_request, "{method} {path}");
    }
}

#[test]
fn certificates_are_taken_byte_for_byte() {
    let served = tenant("bytes", &everything());
    let scenario = printed(&ask("capture", &served, &["--system", "ci"]));
    let pem = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/server/smtp.pem")).unwrap();
    let line = pem.lines().nth(3).unwrap();
    assert!(scenario.contains(line), "{scenario}");
}

#[test]
fn the_certificate_that_is_stood_in_for_is_named() {
    let served = tenant("named", &everything());
    let scenario = printed(&ask("capture", &served, &["--system", "ci"]));
    let pem = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/keys/mykeypair-with-key.pem")).unwrap();
    let text = String::from_utf8(pem).unwrap();
    let certificate =
        certificate_factory::certificate(&text.as_bytes()[text.find("-----BEGIN CERTIFICATE").unwrap()..]).unwrap();
    assert!(scenario.contains(certificate.fingerprint_pairs(Digest::Sha256)), "{scenario}");
}

#[test]
fn with_relative_dates_the_scenario_is_as_old_whenever_it_is_loaded() {
    let served = tenant("relative", &everything());
    let scenario =
        printed(&ask("capture", &served, &["--system", "apim,ci", "--relative", "--runtime-location", "edge"]));
    assert!(!scenario.contains("BEGIN CERTIFICATE"), "a certificate would rot");
    let left = dates(&scenario);
    assert!(left.is_empty(), "dates: {left:?}");
    let (loaded, now) = (tenant("relative-captured", &scenario), certmimic::effects::wall_clock());
    // Every certificate of both is valid for the same span from now, to the second.
    let ends = |served: &Served| {
        let end = |one: &Value| certmimic::Timestamp::parse_iso(one["valid_to"].as_str().unwrap()).unwrap();
        let certificates = of_sap(served).into_iter();
        let mut ends: Vec<(String, i64)> =
            certificates.map(|one| (one["subject"].to_string(), end(&one).seconds() - now.seconds())).collect();
        ends.sort();
        ends
    };
    let (theirs, ours) = (ends(&served), ends(&loaded));
    assert_eq!(theirs.len(), ours.len());
    for (theirs, ours) in theirs.iter().zip(&ours) {
        assert_eq!(theirs.0, ours.0);
        assert!((theirs.1 - ours.1).abs() < 60, "{theirs:?} {ours:?}");
    }
}

/// The certificates of SAP's systems.
fn of_sap(served: &Served) -> Vec<Value> {
    let list = control(served, "certificates")["certificates"].as_array().unwrap().clone();
    list.into_iter().filter(|one| one["system"] != "apinizer").collect()
}

/// Dates of the scenario that are no spans.
fn dates(scenario: &str) -> Vec<&str> {
    let is_date = |word: &&str| {
        let digits: Vec<&str> = word.trim_matches(|c: char| !c.is_ascii_digit()).splitn(3, '-').collect();
        digits.len() == 3 && digits[0].len() == 4 && digits[0].bytes().all(|byte| byte.is_ascii_digit())
    };
    scenario
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split([' ', ',', '"']))
        .filter(is_date)
        .collect()
}

#[test]
fn a_service_key_says_it_all_from_a_file_and_from_standard_input() {
    let served = Served::start(&[]);
    let url = crate::played::url(&served);
    let key = json!({ "oauth": { "clientid": "sb-certmimic", "clientsecret": "certmimic-secret", "url": url, "tokenurl": format!("{url}/oauth/token") } });
    let file = temporary("service-key.json", &key.to_string());
    let from_file = crate::process::run(&["capture", "--service-key", file.to_str().unwrap(), "--system", "ci"]);
    assert!(printed(&from_file).contains("smtp.mail.yahoo.com"));
    let mut command = crate::process::certmimic(&["capture", "--service-key", "-", "--system", "ci"]);
    let input = std::fs::File::open(&file).unwrap();
    assert!(printed(&command.stdin(input).output().unwrap()).contains("smtp.mail.yahoo.com"));
}

#[test]
fn of_several_tenants_each_gives_what_it_has_and_none_takes_anothers_place() {
    let key = |name: &str, served: &Served| {
        let url = crate::played::url(served);
        let key = json!({ "clientid": "sb-certmimic", "clientsecret": "certmimic-secret", "url": url, "tokenurl": format!("{url}/oauth/token") });
        temporary(name, &key.to_string())
    };
    let (first, second) = (Served::start(&[]), tenant("second", "certmimic: 1\n"));
    let files = [key("first.json", &first), key("second.json", &second)];
    let files = files.map(|file| file.to_str().unwrap().to_owned());
    let output = crate::process::run(&["capture", "--service-key", &files.join(","), "--system", "ci"]);
    assert!(printed(&output).contains("smtp.mail.yahoo.com"));
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    let left_out = format!("SAP Cloud Integration at {} was left out", crate::played::url(&second));
    assert!(notes.contains(&left_out), "{notes}");
    // A key of SAP's is shown to no endpoint of Apinizer.
    printed(&crate::process::run(&["capture", "--service-key", &files[0]]));
    assert!(asked(&first).iter().all(|(_, path)| !path.starts_with("/apiops")));
}

#[test]
fn a_secret_comes_from_a_variable_or_from_standard_input_and_the_scenario_goes_into_a_file() {
    let served = Served::start(&[]);
    let (url, output) = (crate::played::url(&served), temporary("output.yaml", "old"));
    let options =
        ["capture", "--system", "sap_cloud_integration", "--name", "mine", "--output", output.to_str().unwrap()];
    let mut command = crate::process::certmimic(&options);
    command.env("CERTMIMIC_TENANT_URL", &url).env("CERTMIMIC_TENANT_CLIENT_ID", "sb-certmimic");
    command.env("CERTMIMIC_TENANT_CLIENT_SECRET", "certmimic-secret");
    assert_eq!(printed(&command.output().unwrap()), "");
    let written = std::fs::read_to_string(&output).unwrap();
    assert!(written.starts_with("# Written by certmimic") && written.contains("name: mine"), "{written}");
    let secret = temporary("secret", "certmimic-secret\n");
    let options = ["capture", "--url", &url, "--client-id", "sb-certmimic", "--client-secret", "-", "--system", "ci"];
    let command = &mut crate::process::certmimic(&options);
    assert!(printed(&command.stdin(std::fs::File::open(secret).unwrap()).output().unwrap()).contains("mykeypair"));
}

#[test]
fn credentials_are_told_to_nobody() {
    let encoded = base64::engine::general_purpose::STANDARD.encode("sb-certmimic:certmimic-secret");
    let served = Served::start(&[]);
    let output = ask("capture", &served, &[]);
    assert!(printed(&output).contains("smtp.mail.yahoo.com"));
    for text in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains("certmimic-secret") && !text.contains(&encoded));
    }
}
