//! Requests that make no sense to any operation, with secrets in every place.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use certmimic::contract::{Operation, Protocol};
use certmimic::state::Api;
use serde_json::{Value, json};

use crate::sent::{Sent, canary, fixture, multipart};

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

/// Requests to an operation with canaries in every place, in every format.
pub fn nonsense(api: &Api, operation: &Operation) -> Vec<Sent> {
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
