//! `certmimic compare` against a certmimic: all is the same, or else exactly what was turned is different.

use serde_json::Value;

use crate::capturing::{everything, everything_of_apinizer};
use crate::played::{ask, asked, control, printed, refused, temporary, tenant};
use crate::process::Served;

const TURNED: &str = "
certmimic: 1
behaviour:
  sap_api_management: { single_get: bad-request }
  sap_cloud_integration: { json_date_offset: \"+0000\" }
  apinizer: { strict_trailing_slash: false }
";

const LOCATIONS: &str = "
certmimic: 1
clients: [{ id: sb-certmimic, secret: certmimic-secret, roles: [MonitoringDataRead, SecurityMaterialEdit] }]
sap_cloud_integration:
  user_credentials: [{ name: in the cloud }]
  runtime_locations:
    - id: edge-1
      keystores: { system: { entries: [{ alias: smtp, certificate: \"fixture:server/smtp.pem\" }] } }
      user_credentials: [{ name: at the edge }]
    - { id: edge-2 }
";

/// What it found, as JSON.
fn compared(served: &Served, options: &[&str]) -> (Option<i32>, Value) {
    let output = ask("compare", served, &[&["--format", "json"], options].concat());
    let found = serde_json::from_slice(&output.stdout);
    (output.status.code(), found.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr))))
}

/// The facts with that verdict.
fn facts<'f>(found: &'f Value, verdict: &str) -> Vec<&'f Value> {
    found["facts"].as_array().unwrap().iter().filter(|fact| fact["verdict"] == verdict).collect()
}

#[test]
fn a_tenant_that_is_certmimic_is_the_same_and_nothing_is_written_there() {
    let served = Served::start(&[]);
    let (code, found) = compared(&served, &[]);
    assert_eq!((code, &found["different"], &found["cut_short"]), (Some(0), &Value::from(0), &Value::Null), "{found:#}");
    for system in ["sap_api_management", "sap_cloud_integration", "apinizer"] {
        let same = facts(&found, "same").into_iter().filter(|fact| fact["system"] == system).count();
        assert!(same >= 30, "{system}: {same}");
    }
    for (method, path) in asked(&served) {
        let is_token = method == "POST" && ["/oauth/token", "/apiops/auth/token"].contains(&path.as_str());
        assert!(method == "GET" || is_token, "{method} {path}");
    }
}

#[test]
fn a_tenant_with_everything_is_the_same_too() {
    let served = tenant("compared-everything", &everything());
    let (code, found) = compared(&served, &[]);
    assert_eq!(code, Some(0), "{:#?}", facts(&found, "different"));
}

#[test]
fn three_switches_that_are_turned_are_found_and_nothing_else() {
    let file = temporary("turned.yaml", TURNED);
    let served = Served::start(&["--scenario", "quickstart", "--scenario", file.to_str().unwrap()]);
    let (code, found) = compared(&served, &[]);
    assert_eq!(code, Some(1));
    for fact in facts(&found, "different") {
        let first = &fact["differences"][0];
        let told = (first["at"].as_str().unwrap(), fact["request"].as_str().unwrap());
        let is_turned = match fact["system"].as_str().unwrap() {
            "sap_api_management" => {
                told.0 == "status" && told.1.contains("CertificateStoreReferences('certmimic-test-")
            }
            "sap_cloud_integration" => first["came"] == "\"/Date(…+0000)/\"",
            _ => told == ("status", "GET /apiops/projects"),
        };
        assert!(is_turned, "{fact:#}");
    }
    let mut systems: Vec<&str> =
        facts(&found, "different").iter().map(|fact| fact["system"].as_str().unwrap()).collect();
    systems.dedup();
    assert_eq!(systems, ["sap_api_management", "sap_cloud_integration", "apinizer"]);
}

#[test]
fn what_was_seen_is_written_without_anything_of_the_tenant() {
    let turned =
        everything().replace("certificate_content: echo", "certificate_content: echo, single_get: bad-request");
    let served = tenant("observed", &turned);
    let file = temporary("observed-evidence.yaml", "");
    let options = ["--system", "apim", "--evidence", file.to_str().unwrap(), "--landscape", "cf-eu10"];
    assert_eq!(ask("compare", &served, &options).status.code(), Some(1));
    let text = std::fs::read_to_string(&file).unwrap();
    let seen = certmimic::evidence::Observations::read("seen", &text).unwrap();
    assert_eq!((seen.system.as_str(), seen.landscape.as_str()), ("sap_api_management", "cf-eu10"));
    let of =
        |operation: &str| seen.observations.iter().find(|one| one.operation.as_deref() == Some(operation)).unwrap();
    let reference = of("apim.reference.read");
    assert_eq!((reference.outcome.as_str(), reference.status), ("no_such_reference", Some(400)));
    assert!(seen.observations.len() > 15, "{text}");
    for own in ["certmimic-test", "shop", "acme", "gateway", "canary", "127.0.0.1", "ts_ref"] {
        assert!(!text.contains(own), "{own} in {text}");
    }
    let two = refused(&ask("compare", &served, &["--system", "apim,ci", "--evidence", file.to_str().unwrap()]));
    assert!(two.contains("--evidence is a file of one system"), "{two}");
}

#[test]
fn it_is_told_in_a_table_and_to_ci_systems() {
    let served = Served::start(&[]);
    let table = printed(&ask("compare", &served, &["--system", "ci"]));
    assert!(table.starts_with("SAP Cloud Integration\n  same       ci."), "{table}");
    assert!(table.lines().last().unwrap().contains(" facts: ") && table.contains(", 0 different, "), "{table}");
    let junit = printed(&ask("compare", &served, &["--system", "ci", "--format", "junit"]));
    assert!(junit.contains("<testsuites name=\"certmimic compare\" tests=\""), "{junit}");
    assert!(junit.contains("failures=\"0\"") && junit.contains("<skipped message=\"nothing is there to be read\"/>"));
}

#[test]
fn nothing_of_a_tenants_secrets_is_told_even_where_it_differs() {
    let plain = tenant("compared-secrets", &everything());
    let dates = everything_of_apinizer("{ dialect: g2 }")
        .replace("landscape: neo", "landscape: neo, json_date_offset: \"+0000\"");
    let turned = tenant("compared-secrets-turned", &dates);
    for (served, format) in [(&plain, "table"), (&turned, "json"), (&turned, "junit")] {
        let output = ask("compare", served, &["--format", format]);
        let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(told.len() > 10_000, "{told}");
        for secret in ["canary", "Y2FuYXJ5", "certmimic-secret", "PRIVATE KEY"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
    }
}

#[test]
fn what_is_written_for_is_played_too_and_nothing_stays_behind() {
    let served = Served::start(&[]);
    let before = control(&served, "state");
    let options = ["--write", "--prefix", "certmimic-of-ours-", "--environment", "staging"];
    let (code, found) = compared(&served, &options);
    assert_eq!(code, Some(0), "{:#?}", facts(&found, "different"));
    let writes = |operation: &str| {
        let is_write = |fact: &&Value| !fact["request"].as_str().unwrap().starts_with("GET");
        let is_of = |fact: &&Value| fact["operation"].as_str().is_some_and(|id| id.starts_with(operation));
        facts(&found, "same").into_iter().filter(is_write).filter(is_of).count()
    };
    for operation in [
        "apim.store.",
        "apim.key_map.",
        "apim.key_map_value.",
        "apim.generic_key_map.",
        "apim.provider.",
        "ci.certificate.",
        "ci.user_credential.",
        "ci.oauth2_client_credential.",
        "ci.secure_parameter.",
        "ci.access_policy.",
        "apinizer.certificate.",
        "apinizer.key.",
        "apinizer.keystore.",
        "apinizer.jwk.",
    ] {
        assert!(writes(operation) >= 3, "{operation} {found:#}");
    }
    assert!(writes("") > 120, "{}", writes(""));
    assert_eq!(found["left_behind"], Value::Array(Vec::new()));
    let after = control(&served, "state");
    for system in ["sap_api_management", "sap_cloud_integration", "apinizer"] {
        assert!(!after[system].to_string().contains("certmimic-of-ours-"), "{system}");
    }
    let projects = [&before, &after].map(|state| state["apinizer"]["projects"].to_string());
    assert_eq!(projects[0], projects[1]);
    let options = ["--write", "--prefix", "a-"];
    assert!(refused(&ask("compare", &served, &options)).contains("expected 8 to 32 letters"));
}

#[test]
fn nothing_is_deployed_to_an_environment_that_is_not_named() {
    let served = Served::start(&[]);
    let (code, found) = compared(&served, &["--write", "--system", "apinizer"]);
    assert_eq!(code, Some(0), "{:#?}", facts(&found, "different"));
    let why = "it deploys to an environment; name one with --environment";
    let left_out = facts(&found, "not tried").into_iter().filter(|fact| fact["why"] == why);
    assert!(left_out.count() > 25, "{found:#}");
    for (method, path) in asked(&served) {
        let of_jwks = path.starts_with("/apiops/projects/admin/jwks/");
        let makes = method != "GET" && method != "DELETE" && path != "/apiops/auth/token";
        assert!(of_jwks || !makes, "{method} {path}");
    }
}

#[test]
fn policies_of_others_stay_though_they_are_told_apart_by_numbers() {
    let others = "certmimic: 1\nclients: [{ id: sb-certmimic, secret: certmimic-secret, roles: [MonitoringDataRead, SecurityMaterialEdit] }]\nsap_cloud_integration:\n  access_policies: [{ id: 101, role_name: certmimic-test }, { id: 102, role_name: shop }]\n";
    let served = tenant("compared-policies", others);
    let before = control(&served, "state")["sap_cloud_integration"]["access_policies"].clone();
    assert_eq!(before.as_array().map(Vec::len), Some(2), "{before}");
    let (code, found) = compared(&served, &["--write", "--system", "ci"]);
    assert_eq!(code, Some(0), "{:#?}", facts(&found, "different"));
    let patched = facts(&found, "same").into_iter().filter(|fact| fact["operation"] == "ci.access_policy.patch");
    assert_eq!(patched.count(), 2, "{found:#}");
    assert_eq!(control(&served, "state")["sap_cloud_integration"]["access_policies"], before);
    for (method, path) in asked(&served).into_iter().filter(|(method, _)| method != "GET") {
        assert!(!["(101", "(102"].iter().any(|number| path.contains(number)), "{method} {path}");
    }
}

#[test]
fn runtime_locations_that_are_named_are_compared_too() {
    let served = tenant("compared-locations", LOCATIONS);
    let options = ["--system", "ci", "--runtime-location", "edge-1", "--write"];
    let (code, found) = compared(&served, &options);
    assert_eq!(code, Some(0), "{:#?}", facts(&found, "different"));
    let at = |request: &str| {
        let is_there = |fact: &&Value| fact["request"].as_str().unwrap().contains(request);
        facts(&found, "same").into_iter().filter(is_there).count()
    };
    assert!(at("GET /location/edge-1/api/v1/") >= 30, "{found:#}");
    assert_eq!(at("GET /location/edge-1/api/v1/KeystoreEntries('736D7470')/Certificate/$value"), 1, "{found:#}");
    assert_eq!(at("POST /location/edge-1/api/v1/UserCredentials"), at("POST /api/v1/UserCredentials"));
    assert!(at("POST /location/edge-1/api/v1/UserCredentials") >= 3, "{found:#}");
    assert!(asked(&served).iter().all(|(_, path)| !path.contains("edge-2")));
    assert_eq!(found["left_behind"], Value::Array(Vec::new()));
    assert!(!control(&served, "state")["sap_cloud_integration"].to_string().contains("certmimic-test-"));

    let (_, found) = compared(&served, &["--system", "ci"]);
    assert!(facts(&found, "same").iter().all(|fact| !fact["request"].as_str().unwrap().contains("/location/")));
    let unknown = refused(&ask("compare", &served, &["--system", "ci", "--runtime-location", "edge-3"]));
    assert!(unknown.contains("/location/edge-3/api/v1/"), "{unknown}");
}

#[test]
fn a_pact_file_of_the_journal_is_replayed() {
    let served = Served::start(&[]);
    let read = |path: &str| {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
        );
        served.exchange(request)
    };
    read("/api/v1/KeystoreEntries?$select=Alias,Hexalias");
    read("/api/v1/KeystoreEntries('6D796B657970616972')");
    read("/api/v1/UserCredentials('nobody')");
    read("/apiops/projects/");
    let write = "POST /api/v1/UserCredentials HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    served.exchange(write);
    let pact = temporary("journal.pact.json", &control(&served, "requests?format=pact").to_string());
    let options = ["--pact", pact.to_str().unwrap()];
    let (code, found) = compared(&served, &options);
    assert_eq!((code, &found["same"], &found["not_tried"]), (Some(0), &Value::from(4), &Value::from(1)), "{found:#}");
    assert_eq!(facts(&found, "not tried")[0]["why"], "it writes, which --write allows");

    let other = Served::start(&["--scenario", "empty"]);
    let (code, found) = compared(&other, &options);
    let different = facts(&found, "different");
    assert_eq!((code, different.len()), (Some(1), 2), "{found:#}");
    let [listed, read] = [0, 1].map(|number| &different[number]["differences"][0]);
    assert_eq!(*listed, serde_json::json!({"at": "/d/results", "expected": "1 or more items", "came": "0 items"}));
    assert_eq!(*read, serde_json::json!({"at": "status", "expected": "200", "came": "404"}));

    let none = temporary("none.pact.json", "[]");
    let told = refused(&ask("compare", &served, &["--pact", none.to_str().unwrap()]));
    assert!(told.contains("expected a Pact file of interactions over HTTP"), "{told}");
}

#[test]
fn what_writes_is_replayed_if_all_that_it_names_is_the_runs_own() {
    let recorded = Served::start(&[]);
    let management = "/apiportal/api/1.0/Management.svc";
    let send = |method: &str, path: &str, body: &str| {
        let length = body.len();
        recorded.exchange(format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    };
    let stores = format!("{management}/CertificateStores");
    let own = "{\"name\":\"certmimic-test-of-a-client\",\"storeType\":\"TRUSTSTORE\"}";
    send("POST", &stores, own);
    send("POST", &stores, own);
    send("GET", &format!("{stores}('certmimic-test-of-a-client')"), "");
    send("POST", &stores, "{\"name\":\"shop\",\"storeType\":\"TRUSTSTORE\"}");
    send("DELETE", &format!("{stores}('ts_1')"), "");
    send("DELETE", &format!("{stores}('certmimic-test-nothing')"), "");
    send("DELETE", "/api/v1/AccessPolicies(101L)", "");
    send("GET", "/api/v1/UserCredentials('nobody')", "");
    let jwk = "{\"name\":\"certmimic-test-of-a-client\",\"type\":\"EC\",\"ec\":{\"curveType\":\"P256\"}}";
    send("POST", "/apiops/projects/admin/jwks/generate", jwk);
    let pact = temporary("writes.pact.json", &control(&recorded, "requests?format=pact").to_string());
    let options = ["--pact", pact.to_str().unwrap()];

    // Without --write only what reads is sent, and the store that it reads is not there.
    let served = Served::start(&[]);
    let (_, found) = compared(&served, &options);
    assert_eq!((facts(&found, "not tried").len(), facts(&found, "different").len()), (7, 1), "{found:#}");
    assert!(asked(&served).iter().all(|(method, path)| method == "GET" || path.ends_with("/token")));

    let before = control(&served, "state");
    let (code, found) = compared(&served, &[options.as_slice(), &["--write"]].concat());
    assert_eq!((code, &found["same"], &found["different"]), (Some(0), &Value::from(6), &Value::from(0)), "{found:#}");
    let why: Vec<&str> = facts(&found, "not tried").into_iter().map(|fact| fact["why"].as_str().unwrap()).collect();
    let expected = [
        "it would write shop, which does not begin with certmimic-test-",
        "it would write ts_1, which does not begin with certmimic-test-",
        "it does not name what it would write: expected RoleName",
    ];
    assert_eq!(why, expected);
    let after = control(&served, "state");
    // Beside tokens.
    for held in ["/sap_api_management", "/apinizer/projects"] {
        assert_eq!(after.pointer(held), before.pointer(held), "{held}");
    }
    for (method, path) in asked(&served) {
        let own = path.contains("certmimic-test-") || method == "POST";
        assert!(method == "GET" || own, "{method} {path}");
    }
}

#[test]
fn what_was_there_before_a_replay_stays() {
    let there = "certmimic: 1\nclients: [{ id: sb-certmimic, secret: certmimic-secret, roles: [APIPortal.Administrator] }]\nsap_api_management:\n  certificate_stores: [{ name: certmimic-test-there, type: TRUSTSTORE }]\n";
    let served = tenant("compared-there", there);
    let store = |name: &str| {
        serde_json::json!({
            "description": name,
            "request": {
                "method": "POST",
                "path": "/apiportal/api/1.0/Management.svc/CertificateStores",
                "headers": {"accept": ["application/json"], "content-type": ["application/json"]},
                "body": {"content": {"name": name, "storeType": "TRUSTSTORE"}, "encoded": false},
            },
            "response": {"status": if name.ends_with("-there") { 400 } else { 201 }},
        })
    };
    let file = serde_json::json!({"interactions": [store("certmimic-test-there"), store("certmimic-test-new")]});
    let pact = temporary("there.pact.json", &file.to_string());
    let before = control(&served, "state")["sap_api_management"].clone();
    let (_, found) = compared(&served, &["--pact", pact.to_str().unwrap(), "--write"]);
    assert_eq!(facts(&found, "not tried").len(), 0, "{found:#}");
    assert_eq!(control(&served, "state")["sap_api_management"], before);
    assert!(before.to_string().contains("certmimic-test-there"), "{before}");
    let deleted: Vec<String> =
        asked(&served).into_iter().filter(|(method, _)| method == "DELETE").map(|(_, path)| path).collect();
    assert_eq!(deleted, ["/apiportal/api/1.0/Management.svc/CertificateStores('certmimic-test-new')"]);
}

#[test]
fn nothing_compared_is_a_failure() {
    let served = Served::start(&[]);
    let empty = temporary("empty.pact.json", "{\"interactions\": []}");
    let output = ask("compare", &served, &["--pact", empty.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(refused(&output).contains("nothing was compared"), "{}", refused(&output));
    // Of one of two systems.
    let interaction = |path: &str, pending: bool| {
        let request = serde_json::json!({"method": "GET", "path": path, "headers": {"accept": "application/json"}});
        serde_json::json!({"request": request, "response": {"status": 200}, "pending": pending})
    };
    let two = [interaction("/api/v1/KeystoreEntries", false), interaction("/apiops/projects/", true)];
    let two = temporary("two.pact.json", &serde_json::json!({"interactions": two}).to_string());
    let options = ["--pact", two.to_str().unwrap()];
    let told = refused(&ask("compare", &served, &options));
    assert!(told.contains("nothing was compared of Apinizer"), "{told}");
    printed(&ask("compare", &served, &[options.as_slice(), &["--system", "ci"]].concat()));
}
