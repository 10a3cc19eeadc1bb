//! The steps that are measured: one request, or some that belong together. A step knows its number, so that those which
//! change something can keep out of each other's way; what it makes it takes back.

use std::fmt::Write as _;

use crate::cases::Step;
use crate::wire::Exchange;

const API_MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
const CLOUD_INTEGRATION: &str = "/api/v1";
const PROJECT: &str = "/apiops/projects/MyProject";
const CONTROL: &str = "/_certmimic";
/// One of the entries that the smallest world has, too.
const ONE: usize = 5;
/// What a batch has.
const PARTS: usize = 50;
const PEM: &str = include_str!("../../fixtures/server/smtp.pem");
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MIXED: &str = "multipart/mixed; boundary=b";
const FORM_DATA: &str = "multipart/form-data; boundary=b";

fn get(path: &str) -> Exchange {
    Exchange::new("GET", path, &[("Authorization", "Bearer bench")], b"")
}

fn send(method: &str, path: &str, media_type: &str, body: &str) -> Exchange {
    let headers = [("Authorization", "Bearer bench"), ("Content-Type", media_type)];
    Exchange::new(method, path, &headers, body.as_bytes())
}

fn delete(path: &str) -> Exchange {
    Exchange::new("DELETE", path, &[("Authorization", "Bearer bench")], b"")
}

fn reference_path(number: usize) -> String {
    format!("{API_MANAGEMENT}/CertificateStoreReferences('r{number:04}')")
}

fn hex_alias(number: usize) -> String {
    hex::encode_upper(format!("e{number:04}"))
}

pub fn reference(_: usize) -> Step {
    vec![get(&reference_path(ONE))]
}

pub fn keystore_entry(_: usize) -> Step {
    vec![get(&format!("{CLOUD_INTEGRATION}/KeystoreEntries('{}')", hex_alias(ONE)))]
}

pub fn certificate(_: usize) -> Step {
    vec![get(&format!("{PROJECT}/certificates/c{ONE:04}/"))]
}

/// The same in a world of the step's own.
pub fn reference_in_a_world(number: usize) -> Step {
    vec![get(&format!("/w/w{number:03}{}", reference_path(ONE)))]
}

/// A list in a world of the step's own, whatever the scenario.
pub fn references_in_a_world(number: usize) -> Step {
    vec![get(&format!("/w/w{number:03}{API_MANAGEMENT}/CertificateStoreReferences"))]
}

pub fn references(_: usize) -> Step {
    vec![get(&format!("{API_MANAGEMENT}/CertificateStoreReferences"))]
}

pub fn keystore_entries(_: usize) -> Step {
    vec![get(&format!("{CLOUD_INTEGRATION}/KeystoreEntries"))]
}

pub fn certificates(_: usize) -> Step {
    vec![get(&format!("{PROJECT}/certificates/"))]
}

/// The list right after one of its entries has changed; the change itself is not timed.
pub fn keystore_entries_after_a_change(number: usize) -> Step {
    vec![import(number).untimed(), get(&format!("{CLOUD_INTEGRATION}/KeystoreEntries"))]
}

pub fn one_of_the_references(_: usize) -> Step {
    vec![get(&format!("{API_MANAGEMENT}/CertificateStoreReferences?$filter=name%20eq%20'r{ONE:04}'"))]
}

pub fn all_of_the_references(_: usize) -> Step {
    vec![get(&format!("{API_MANAGEMENT}/CertificateStoreReferences?$filter=startswith(name,'r')"))]
}

pub fn keystore_with_entries(_: usize) -> Step {
    vec![get(&format!("{CLOUD_INTEGRATION}/Keystores('system')?$expand=Entries"))]
}

pub fn metadata(_: usize) -> Step {
    vec![get(&format!("{CLOUD_INTEGRATION}/$metadata"))]
}

/// Reads in a batch.
pub fn batch_of_reads(_: usize) -> Step {
    let part = format!(
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
         GET KeystoreEntries('{}') HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n",
        hex_alias(ONE)
    );
    let body = part.repeat(PARTS) + "--b--\r\n";
    vec![send("POST", &format!("{CLOUD_INTEGRATION}/$batch"), MIXED, &body)]
}

/// Imports in one change set.
pub fn batch_of_imports(_: usize) -> Step {
    let mut body = "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n".to_owned();
    for part in 0..PARTS {
        write!(
            body,
            "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
             PUT CertificateResources('{}')/$value?fingerprintVerified=true&update=true HTTP/1.1\r\n\
             Accept: application/json\r\nContent-Type: application/pkix-cert\r\n\r\n{PEM}\r\n",
            hex_alias(part)
        )
        .unwrap();
    }
    body += "--c--\r\n--b--\r\n";
    vec![send("POST", &format!("{CLOUD_INTEGRATION}/$batch"), MIXED, &body)]
}

fn import(number: usize) -> Exchange {
    let path = format!("{CLOUD_INTEGRATION}/CertificateResources('{}')/$value", hex_alias(number % 10));
    send("PUT", &format!("{path}?fingerprintVerified=true&update=true"), "application/pkix-cert", PEM)
}

pub fn certificate_import(number: usize) -> Step {
    vec![import(number)]
}

pub fn reference_life(number: usize) -> Step {
    let body = format!(r#"{{"name":"x{number:04}","certificateStoreName":"ts"}}"#);
    let one = format!("{API_MANAGEMENT}/CertificateStoreReferences('x{number:04}')");
    vec![
        send("POST", &format!("{API_MANAGEMENT}/CertificateStoreReferences"), JSON, &body),
        send("PUT", &one, JSON, r#"{"certificateStoreName":"ts"}"#),
        delete(&one),
    ]
}

pub fn token(_: usize) -> Step {
    let body = b"grant_type=client_credentials&client_id=bench&client_secret=secret";
    vec![Exchange::new("POST", "/oauth/token", &[("Content-Type", FORM)], body)]
}

pub fn apinizer_token(_: usize) -> Step {
    let body = b"grant_type=client_credentials&client_id=bench&client_secret=secret";
    vec![Exchange::new("POST", "/apiops/auth/token", &[("Content-Type", FORM)], body)]
}

fn certificate_form(fields: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        write!(body, "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").unwrap();
    }
    let file = "name=\"pemEncodedFile\"; filename=\"smtp.pem\"\r\nContent-Type: application/octet-stream";
    body + &format!("--b\r\nContent-Disposition: form-data; {file}\r\n\r\n{PEM}\r\n--b--\r\n")
}

fn new_certificate(name: &str) -> Exchange {
    let fields = [
        ("certificateName", name),
        ("alias", name),
        ("certificateDescription", "d"),
        ("environmentList", "production"),
    ];
    send("POST", &format!("{PROJECT}/certificates/"), FORM_DATA, &certificate_form(&fields))
}

pub fn certificate_create(number: usize) -> Step {
    let name = format!("x{number:04}");
    vec![new_certificate(&name), delete(&format!("{PROJECT}/certificates/{name}/")).untimed()]
}

/// A certificate is made, a JWK of it, and both are replaced by one request.
pub fn certificate_with_its_jwk(number: usize) -> Step {
    let name = format!("x{number:04}");
    let jwk = format!(
        r#"{{"name":"{name}","certificateName":"{name}","environmentName":"production","useType":"SIGNATURE","algorithm":"RS256"}}"#
    );
    let fields = [("alias", name.as_str()), ("certificateDescription", "d"), ("environmentList", "production")];
    let replace = format!("{PROJECT}/certificates/{name}/?updateReferencedJwks=true&updateScope=SAME_PROJECT");
    vec![
        new_certificate(&name),
        send("POST", &format!("{PROJECT}/jwks/parse-from-certificate"), JSON, &jwk),
        send("PUT", &replace, FORM_DATA, &certificate_form(&fields)),
        delete(&format!("{PROJECT}/jwks/{name}/")).untimed(),
        delete(&format!("{PROJECT}/certificates/{name}/")).untimed(),
    ]
}

pub fn zip_export(_: usize) -> Step {
    vec![get(&format!("{PROJECT}/certificates/c{ONE:04}/export/"))]
}

pub fn key_pair(_: usize) -> Step {
    let body = r#"{"Hexalias":"00","Alias":"pair","KeySize":4096,"CommonName":"bench","Country":"DE"}"#;
    vec![
        send("POST", &format!("{CLOUD_INTEGRATION}/KeyPairGenerationRequests"), JSON, body),
        delete(&format!("{CLOUD_INTEGRATION}/KeystoreEntries('{}')", hex::encode_upper("pair"))).untimed(),
    ]
}

/// Of the calls that steer a world, each comes after a change, so that there is something to keep or to put back.
fn after_a_change(number: usize, exchange: Exchange) -> Step {
    vec![import(number).untimed(), exchange]
}

pub fn reset(number: usize) -> Step {
    after_a_change(number, send("POST", &format!("{CONTROL}/reset"), JSON, ""))
}

pub fn snapshot(number: usize) -> Step {
    after_a_change(number, send("PUT", &format!("{CONTROL}/snapshots/one"), JSON, ""))
}

pub fn restore(number: usize) -> Step {
    let mut step = after_a_change(number, send("POST", &format!("{CONTROL}/snapshots/one/restore"), JSON, ""));
    step.insert(0, send("PUT", &format!("{CONTROL}/snapshots/one"), JSON, "").untimed());
    step
}

pub fn fork(number: usize) -> Step {
    let body = format!(r#"{{"name":"fork{number:04}","from":"world:default"}}"#);
    let mut step = after_a_change(number, send("POST", &format!("{CONTROL}/worlds"), JSON, &body));
    step.push(delete(&format!("{CONTROL}/worlds/fork{number:04}")).untimed());
    step
}
