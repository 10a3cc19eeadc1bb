//! `keystores.jsonl`: keystore files, each with the entries that Java's `KeyStore` lists in its order, and their chains.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use certmimic::http::Response;
use certmimic::pki::{Content, Digest, Entry, Error, jks, pkcs12};
use libtest_mimic::Trial;
use serde_json::{Map, Value, json};

use crate::certificates::exported;
use crate::differences::Comparison;
use crate::tenant::Tenant;
use crate::trial;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("keystores::entries_are_those_of_the_jdk", &[], entries),
        trial("keystores::cloud_integration_imports_what_the_jdk_lists", &[], import),
        trial("keystores::cloud_integration_takes_the_first_key_of_the_jdk", &[], key_pair),
        trial("keystores::api_management_takes_the_first_key_of_the_jdk", &[], key_store),
        trial("keystores::apinizer_makes_jwks_of_what_the_jdk_lists", &[], jwks),
        trial("keystores::keytool_reads_the_export_of_all_that_was_taken", &["keytool"], export),
        trial("keystores::verdicts_are_those_of_the_jdk_that_is_here", &["java"], verdicts),
    ]
}

struct Row {
    name: String,
    kind: String,
    password: String,
    file: Vec<u8>,
    /// `key`, `cert`, `secret` or `locked` by alias, in the order of the JDK; none if the file cannot be loaded.
    entries: Option<Map<String, Value>>,
    chains: Map<String, Value>,
}

fn rows() -> Vec<Row> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |line: &Value| Row {
        name: text(&line["name"]),
        kind: text(&line["type"]),
        password: text(&line["password"]),
        file: STANDARD.decode(text(&line["file"])).unwrap(),
        entries: line["entries"].as_object().cloned(),
        chains: line["chains"].as_object().cloned().unwrap(),
    };
    let rows: Vec<Row> = crate::lines("keystores.jsonl").iter().map(row).collect();
    assert!(rows.len() > 140 && rows.iter().filter(|row| row.entries.is_some()).count() > 100, "the corpus is there");
    rows
}

impl Row {
    fn read(&self) -> Result<Vec<Entry>, Error> {
        let read = if self.kind == "PKCS12" { pkcs12::read } else { jks::read };
        read(&self.file, Some(&self.password))
    }

    /// The first key pair of the JDK's list: what it is, and its certificate.
    fn first_key(&self) -> Option<(&str, Option<&Value>)> {
        let entries = self.entries.as_ref()?;
        let (alias, kind) = entries.iter().find(|(_, kind)| *kind == "key" || *kind == "locked")?;
        Some((kind.as_str().unwrap(), self.chains[alias].get(0)))
    }
}

/// What there is, in order of aliases; a Java keystore has none.
fn listed(entries: impl Iterator<Item = (String, String)>) -> String {
    let sorted: BTreeMap<_, _> = entries.collect();
    sorted.into_iter().map(|(alias, what)| format!("{alias}: {what}")).collect::<Vec<_>>().join("\n")
}

fn entries() {
    let mut comparison = Comparison::new("keystore reader");
    for row in rows() {
        let jdk = row.entries.as_ref().map(|entries| {
            listed(entries.iter().map(|(alias, kind)| (alias.clone(), format!("{kind} {}", row.chains[alias]))))
        });
        let ours =
            row.read().ok().map(|entries| listed(entries.iter().map(|entry| (entry.alias.clone(), described(entry)))));
        let or_refused = |entries: Option<String>| entries.unwrap_or_else(|| "refused".to_owned());
        comparison.note(&row.name, &or_refused(jdk), &or_refused(ours));
    }
}

/// What an entry is, and the SHA-256 of its certificates.
fn described(entry: &Entry) -> String {
    let (kind, chain) = match &entry.content {
        Content::KeyPair { chain, .. } => ("key", chain.clone()),
        Content::LockedKey { chain, .. } => ("locked", chain.clone()),
        Content::Certificate(certificate) => ("cert", vec![Arc::clone(certificate)]),
        Content::Other => ("secret", Vec::new()),
    };
    let chain: Vec<String> = chain.iter().map(|one| hex::encode(one.fingerprint(Digest::Sha256))).collect();
    format!("{} {}", json!(kind), json!(chain))
}

/// A Java keystore, of which one password opens everything; what has no X.509 certificate is left out.
fn import() {
    let mut comparison = Comparison::new("cloud integration's import");
    for row in rows().iter().filter(|row| row.kind != "PKCS12") {
        let tenant = Tenant::new();
        let body = json!({ "Name": "system", "Password": row.password, "Resource": STANDARD.encode(&row.file) });
        let status = tenant.post("/api/v1/KeystoreResources?returnKeystoreEntries=false", &body).status;
        let aliases = |list: Vec<String>| format!("{list:?}");
        let jdk = match &row.entries {
            Some(entries) if entries.values().all(|kind| kind != "locked") => {
                let has_certificate = |alias: &&String| row.chains[*alias].get(0).is_some();
                let mut held: Vec<String> = entries.keys().filter(has_certificate).cloned().collect();
                held.sort();
                aliases(held)
            }
            _ => "refused".to_owned(),
        };
        let rows = tenant.get("/api/v1/KeystoreEntries")["d"]["results"].as_array().unwrap().clone();
        let stored = rows.iter().map(|row| row["Alias"].as_str().unwrap().to_owned()).collect();
        let ours = if status == 204 { aliases(stored) } else { "refused".to_owned() };
        comparison.note(&row.name, &jdk, &ours);
    }
}

/// What a service that takes one key pair makes of a file: the first key of the JDK's list, which needs a certificate.
fn expected(row: &Row) -> String {
    match row.first_key() {
        Some(("key", Some(certificate))) => certificate.as_str().unwrap().to_owned(),
        _ => "refused".to_owned(),
    }
}

fn key_pair() {
    let mut comparison = Comparison::new("cloud integration's key pairs");
    let tenant = Tenant::new();
    for (number, row) in rows().iter().enumerate().filter(|(_, row)| row.kind == "PKCS12") {
        comparison.note(&row.name, &expected(row), &imported(&tenant, number, row));
    }
}

/// SHA-256 of the certificate of the entry that was made.
fn imported(tenant: &Tenant, number: usize, row: &Row) -> String {
    let alias = format!("k{number}");
    let body =
        json!({ "Hexalias": "00", "Alias": alias, "Password": row.password, "Resource": STANDARD.encode(&row.file) });
    let status = tenant.post("/api/v1/KeyPairResources?fingerprintVerified=true", &body).status.as_u16();
    assert!([204, 400, 413, 415].contains(&status), "{}: {status}", row.name);
    if status != 204 {
        return "refused".to_owned();
    }
    let entry = tenant.get(&format!("/api/v1/KeystoreEntries('{}')", hex::encode(alias)));
    entry["d"]["FingerprintSha256"].as_str().unwrap().replace(':', "").to_lowercase()
}

fn key_store() {
    let mut comparison = Comparison::new("api management's key stores");
    let tenant = Tenant::new();
    for (number, row) in rows().iter().enumerate().filter(|(_, row)| row.kind == "PKCS12") {
        let content = STANDARD.encode(&row.file);
        let body =
            json!({ "name": number.to_string(), "storeName": "keys", "password": row.password, "content": content });
        let status = tenant.post("/apiportal/api/1.0/Management.svc/Certificates", &body).status.as_u16();
        assert!([201, 400].contains(&status), "{}: {status}", row.name);
        let taken = |taken: bool| if taken { "taken" } else { "refused" };
        comparison.note(&row.name, taken(expected(row) != "refused"), taken(status == 201));
    }
}

/// Of each alias a JWK: with its private members for a key, without for a certificate.
fn jwks() {
    let mut comparison = Comparison::new("apinizer's JWKs");
    for row in rows() {
        let tenant = Tenant::new();
        let kind = if row.kind == "PKCS12" { "PKCS12" } else { "JKS" };
        let file = STANDARD.encode(&row.file);
        let held = json!({ "environmentName": "production", "type": kind, "file": file, "password": row.password });
        let keystore = json!({ "name": "k", "keyStoreEnvironmentList": [held] });
        assert_eq!(tenant.post("/apiops/projects/MyProject/keystores/", &keystore).status, 200, "{}", row.name);
        let Some(entries) = &row.entries else {
            let refusal = parse(&tenant, "j", "a", "ES256").diagnosis.map_or("none", |diagnosis| diagnosis.code);
            comparison.note(&row.name, "keystore_unopenable", refusal);
            continue;
        };
        for (number, (alias, kind)) in entries.iter().enumerate() {
            let expected = match kind.as_str().unwrap() {
                "key" => "private",
                "cert" => "public",
                _ => "refused",
            };
            comparison.note(&format!("{}: {alias}", row.name), expected, &jwk(&tenant, alias, number));
        }
    }
}

/// What a JWK that is made of an alias holds. Its algorithm is the first of some that fits the key.
fn jwk(tenant: &Tenant, alias: &str, number: usize) -> String {
    let name = format!("j{number}");
    let made = ["ES256", "RS256", "EdDSA"].iter().any(|algorithm| parse(tenant, &name, alias, algorithm).status == 200);
    if !made {
        return "refused".to_owned();
    }
    let jwk = &tenant.get(&format!("/apiops/projects/MyProject/jwks/{name}/"))["resultList"][0];
    let is_private = ["rsa", "ec", "okp"].iter().any(|family| jwk[*family]["d"].is_string());
    if is_private { "private" } else { "public" }.to_owned()
}

/// Asks for a JWK of an alias.
fn parse(tenant: &Tenant, name: &str, alias: &str, algorithm: &str) -> Response {
    let body = json!({ "name": name, "keyStoreName": "k", "environmentName": "production", "aliasName": alias,
        "useType": "SIGNATURE", "algorithm": algorithm });
    let response = tenant.post("/apiops/projects/MyProject/jwks/parse-from-keystore", &body);
    assert!([200, 400].contains(&response.status.as_u16()), "{alias}: {}", response.status);
    response
}

fn export() {
    let tenant = Tenant::new();
    for (number, row) in rows().iter().enumerate() {
        if row.kind == "PKCS12" {
            imported(&tenant, number, row);
        } else {
            let body = json!({ "Name": "system", "Password": row.password, "Resource": STANDARD.encode(&row.file) });
            tenant.post("/api/v1/KeystoreResources", &body);
        }
    }
    let (stored, listed) = exported(&tenant, "keystores");
    assert!(stored > 50 && listed.contains(&format!("contains {stored} entries")), "{stored} stored\n{listed}");
}

fn verdicts() {
    crate::judged("keystores", &["name", "type", "password", "file"]);
}
