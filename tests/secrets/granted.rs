//! Requests that are granted, with a secret wherever the systems take one.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::sent::{Sent, canary, fixture, good, multipart};

const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
const CONTENT: &str = "/api/v1";
const PROJECT: &str = "/apiops/projects/MyProject";

/// Requests that take a secret and are granted.
pub fn granted() -> Vec<Sent> {
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
