//! `certificates.jsonl`: files in which a certificate may come, each with what `generateCertificate` says of it, the
//! SHA-256 of what it gave, and how many `generateCertificates` gives.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use certmimic::pki::{Digest, certificate_factory, jks};
use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::differences::Comparison;
use crate::tenant::Tenant;
use crate::trial;
use crate::workshop::Workshop;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("certificates::are_those_of_the_jdk", &[], one),
        trial("certificates::bundles_are_those_of_the_jdk", &[], all),
        trial("certificates::cloud_integration_takes_what_the_jdk_takes", &[], cloud_integration),
        trial("certificates::user_mappings_say_what_the_jdk_says", &[], user_mappings),
        trial("certificates::api_management_takes_what_the_jdk_takes", &[], api_management),
        trial("certificates::keytool_reads_the_export_of_all_that_was_taken", &["keytool"], export),
        trial("certificates::verdicts_are_those_of_the_jdk_that_is_here", &["java"], verdicts),
    ]
}

pub struct Row {
    pub name: String,
    pub file: Vec<u8>,
    /// SHA-256 of the certificate, or the message without the exception's name.
    verdict: Result<String, String>,
    all: Option<u64>,
}

pub fn rows() -> Vec<Row> {
    let rows: Vec<Row> = crate::lines("certificates.jsonl").iter().map(row).collect();
    assert!(rows.len() > 300 && rows.iter().filter(|row| row.verdict.is_ok()).count() > 100, "the corpus is there");
    rows
}

fn row(line: &Value) -> Row {
    let text = |member: &str| line[member].as_str().unwrap().to_owned();
    let says = text("says");
    let message = says.split_once(": ").map_or("", |(_, message)| message).to_owned();
    Row {
        name: text("name"),
        file: STANDARD.decode(text("file")).unwrap(),
        verdict: if line["jdk"] == true { Ok(text("sha256")) } else { Err(message) },
        all: line["all"].as_u64(),
    }
}

/// What is said where blocks are cut out of files, whose position in a text of base64 is not told; of what a block holds
/// only that it is refused.
fn comparable(verdict: &Result<String, String>) -> String {
    match verdict {
        Ok(sha256) => sha256.clone(),
        Err(message) if message.starts_with("Could not parse certificate: ") => {
            message.split_once(" at ").map_or(message.as_str(), |(message, _)| message).to_owned()
        }
        Err(_) => "refused".to_owned(),
    }
}

fn one() {
    let mut comparison = Comparison::new("reader");
    for row in rows() {
        let read = certificate_factory::certificate(&row.file);
        let ours = read.map(|read| hex::encode(read.fingerprint(Digest::Sha256))).map_err(|error| error.java_message());
        comparison.note(&row.name, &comparable(&row.verdict), &comparable(&ours));
    }
}

fn all() {
    let mut comparison = Comparison::new("reader of bundles");
    for row in rows() {
        let count = |count: Option<u64>| count.map_or("refused".to_owned(), |count| count.to_string());
        let ours = certificate_factory::certificates(&row.file).ok().map(|found| found.len() as u64);
        comparison.note(&row.name, &count(row.all), &count(ours));
    }
}

fn taken(taken: bool) -> &'static str {
    if taken { "taken" } else { "refused" }
}

/// Uploads all files, each with its number for an alias.
fn upload(tenant: &Tenant, mut note: impl FnMut(&Row, u16)) {
    for (number, row) in rows().into_iter().enumerate() {
        let alias = hex::encode(number.to_string());
        let target = format!("/api/v1/CertificateResources('{alias}')/$value?fingerprintVerified=true");
        let status = tenant.put(&target, row.file.clone()).status.as_u16();
        assert!([204, 400, 413, 415].contains(&status), "{}: {status}", row.name);
        note(&row, status);
    }
}

fn cloud_integration() {
    let mut comparison = Comparison::new("cloud integration");
    upload(&Tenant::new(), |row, status| {
        comparison.note(&row.name, taken(row.verdict.is_ok()), taken(status == 204));
    });
}

fn export() {
    let tenant = Tenant::new();
    let mut taken = 0;
    upload(&tenant, |_, status| taken += u32::from(status == 204));
    let (stored, listed) = exported(&tenant, "certificates");
    assert!(
        taken > 100 && stored == taken as usize && listed.contains(&format!("contains {stored} entries")),
        "{listed}"
    );
}

/// How many certificates there are, chains included, and what keytool says of their export.
pub fn exported(tenant: &Tenant, name: &str) -> (usize, String) {
    let file = tenant.get("/api/v1/KeystoreResources('system')");
    let file = STANDARD.decode(file["d"]["Resource"].as_str().unwrap()).unwrap();
    let stored = jks::read(&file, None).unwrap().len();
    let workshop = Workshop::new(&format!("java-export-{name}"));
    workshop.write("export.jceks", file);
    let listed = workshop.run_with("keytool -J-Duser.language=en -list -storetype JCEKS -keystore export.jceks", "\n");
    (stored, listed)
}

fn user_mappings() {
    let mut comparison = Comparison::new("user mappings");
    let tenant = Tenant::new();
    for row in rows().iter().filter(|row| row.file.len() <= 8192 && !row.file.is_empty()) {
        let body = json!({ "User": "u", "Certificate": STANDARD.encode(&row.file) });
        let response = tenant.post("/api/v1/CertificateUserMappings", &body);
        let answer: Value = serde_json::from_slice(&response.body).unwrap();
        let said = answer["error"]["message"]["value"].as_str().unwrap_or_default();
        let said =
            said.split_once("for the user u is not a X.509 certificate: ").map_or("", |(_, said)| said).to_owned();
        let ours = if response.status == 201 { Ok(String::new()) } else { Err(said) };
        let jdk = row.verdict.clone().map(|_| String::new());
        comparison.note(&row.name, &comparable(&jdk), &comparable(&ours));
    }
}

/// A trust store takes a file with at least one certificate.
fn api_management() {
    let mut comparison = Comparison::new("api management");
    let tenant = Tenant::new();
    for (number, row) in rows().iter().enumerate() {
        let body = json!({ "name": number.to_string(), "storeName": "trusted", "content": STANDARD.encode(&row.file) });
        let status = tenant.post("/apiportal/api/1.0/Management.svc/Certificates", &body).status.as_u16();
        assert!([201, 400].contains(&status), "{}: {status}", row.name);
        comparison.note(&row.name, taken(row.all.is_some_and(|count| count > 0)), taken(status == 201));
    }
}

fn verdicts() {
    crate::judged("certificates", &["name", "file"]);
}
