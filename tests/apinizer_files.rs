//! Downloads and uploads of Apinizer that belong together: whatever an export gives, the import beside it takes, into a
//! project that has nothing yet, and there it is the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "tests read files")]

#[path = "support/request.rs"]
#[allow(dead_code, reason = "shared with tests that speak JSON")]
mod request;

use bytes::Bytes;
use certmimic::gateway;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use request::request;
use serde_json::{Value, json};

const PROJECTS: &str = "{certmimic: 1, behaviour: {apinizer: {dialect: g2, truststore_admin_only: false}}, \
                        apinizer: {projects: [{name: From}, {name: To}]}}";

/// Base64 of `MyStrongPassphrase`.
const PASSPHRASE: &str = "TXlTdHJvbmdQYXNzcGhyYXNl";

struct Apinizer(Worlds);

impl Apinizer {
    /// With an object of each kind in the project `From`.
    fn seeded() -> Self {
        let sources = [
            Source::BuiltIn("empty".to_owned()),
            Source::Text { name: "projects".to_owned(), text: PROJECTS.to_owned() },
        ];
        let apinizer = Self(Worlds::new(scenario::load(&sources).unwrap()));
        let description = ("certificateDescription", "d".into());
        let environments = ("environmentList", "production,staging".into());
        let certificate = [("certificateName", "c".into()), ("alias", "a".into()), description, environments];
        apinizer.upload("From/certificates/", &certificate, ("pemEncodedFile", "c.pem", fixture("server/smtp.pem")));
        let entry = |environment: &str, file: &str, kind: &str| json!({"environmentName": environment, "keyStoreType": kind, "password": "changeit", "file": base64(file)});
        let stores =
            [entry("production", "stores/keystore.p12", "PKCS12"), entry("staging", "stores/keystore.jks", "JKS")];
        apinizer.post("From/keystores/", &json!({"name": "s", "keyStoreEnvironmentList": stores}));
        let entry = |environment: &str, file: &str| json!({"environmentName": environment, "content": base64(file)});
        let keys = [entry("production", "keys/rsa.pem"), entry("staging", "keys/ec.pem")];
        apinizer
            .post("From/keys/", &json!({"name": "k", "keyType": "PRIVATE_KEY", "cryptoKeyInfoEnvironmentList": keys}));
        let algorithm = json!({"keySize": 2048, "algorithm": "RSA256"});
        apinizer.post("From/jwks/generate", &json!({"name": "j", "type": "RSA", "kid": "one", "rsa": algorithm}));
        apinizer
    }

    fn ask(&self, method: &str, path: &str, content_type: &str, body: impl Into<Bytes>) -> Bytes {
        let headers = [
            ("authorization", "Bearer t"),
            ("x-apinizer-package-passphrase", PASSPHRASE),
            ("content-type", content_type),
        ];
        let request = request(method, &format!("/apiops/projects/{path}"), &headers, body);
        let response = gateway::answer(&self.0, &request);
        assert_eq!(response.status, 200, "{method} {path}: {}", String::from_utf8_lossy(&response.body));
        response.body
    }

    fn post(&self, path: &str, body: &Value) {
        self.ask("POST", path, "application/json", body.to_string());
    }

    fn get(&self, path: &str) -> Bytes {
        self.ask("GET", path, "text/plain", "")
    }

    /// Sends a form with texts and a file: its field, its name, its bytes.
    fn upload(&self, path: &str, texts: &[(&str, String)], (field, name, bytes): (&str, &str, Bytes)) -> Value {
        let part = |head: &str, content: &[u8]| {
            [b"--limit\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat()
        };
        let mut form: Vec<u8> =
            texts.iter().flat_map(|(name, text)| part(&format!("name=\"{name}\""), text.as_bytes())).collect();
        form.extend(part(&format!("name=\"{field}\"; filename=\"{name}\""), &bytes));
        form.extend(b"--limit--\r\n");
        let answer = self.ask("POST", path, "multipart/form-data; boundary=limit", form);
        serde_json::from_slice(&answer).unwrap()
    }
}

fn fixture(file: &str) -> Bytes {
    std::fs::read(format!("{}/fixtures/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap().into()
}

fn base64(file: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(fixture(file))
}

/// An export, the import that takes it, and what shows that both are the same.
struct Pair {
    export: &'static str,
    import: &'static str,
    texts: &'static [(&'static str, &'static str)],
    file: (&'static str, &'static str),
    shown: &'static [&'static str],
}

const FILES_OF_STORE: &[&str] =
    &["keystores/s/export-file/?environmentName=production", "keystores/s/export-file/?environmentName=staging"];
const FILES_OF_KEY: &[&str] =
    &["keys/k/export-file/?environmentName=production", "keys/k/export-file/?environmentName=staging"];

const PAIRS: &[Pair] = &[
    Pair {
        export: "keystores/s/export/",
        import: "keystores/import/",
        texts: &[],
        file: ("keystoreExportFile", "s.zip"),
        shown: FILES_OF_STORE,
    },
    Pair {
        export: "keystores/s/export/?encrypt=true",
        import: "keystores/import/",
        texts: &[],
        file: ("keystoreExportFile", "s.zip"),
        shown: FILES_OF_STORE,
    },
    Pair {
        export: "keystores/s/export-file/",
        import: "keystores/import-file/",
        texts: &[("keystoreName", "s"), ("password", "changeit")],
        file: ("keystoreFile", "s-keystores.zip"),
        shown: FILES_OF_STORE,
    },
    Pair {
        export: "keystores/s/export-file/?environmentName=staging",
        import: "keystores/import-file/",
        texts: &[("keystoreName", "s"), ("password", "changeit"), ("environmentList", "staging")],
        file: ("keystoreFile", "s-staging.jks"),
        shown: &["keystores/s/export-file/?environmentName=staging"],
    },
    Pair {
        export: "keys/k/export/",
        import: "keys/import/",
        texts: &[],
        file: ("keyExportFile", "k.zip"),
        shown: FILES_OF_KEY,
    },
    Pair {
        export: "keys/k/export/?encrypt=true",
        import: "keys/import/",
        texts: &[],
        file: ("keyExportFile", "k.zip"),
        shown: FILES_OF_KEY,
    },
    Pair {
        export: "keys/k/export-file/",
        import: "keys/import-file/",
        texts: &[("keyName", "k"), ("keyType", "PRIVATE_KEY")],
        file: ("keyFile", "k-keys.zip"),
        shown: FILES_OF_KEY,
    },
    Pair {
        export: "jwks/j/export-file/",
        import: "jwks/import-file/",
        texts: &[("jwkName", "j"), ("kid", "one")],
        file: ("jwkFile", "j.json"),
        shown: &["jwks/j/export-file/", "jwks/j/export-file/?publicOnly=true"],
    },
];

#[test]
fn what_an_export_gives_its_import_takes() {
    for Pair { export, import, texts, file: (field, name), shown } in PAIRS {
        let apinizer = Apinizer::seeded();
        let exported = apinizer.get(&format!("From/{export}"));
        let texts: Vec<(&str, String)> = texts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        let imported = apinizer.upload(&format!("To/{import}"), &texts, (field, name, exported));
        assert_eq!(imported, json!({"status": "SUCCESS"}), "{export}");
        for path in *shown {
            assert_eq!(apinizer.get(&format!("From/{path}")), apinizer.get(&format!("To/{path}")), "{export}: {path}");
        }
    }
}

/// Aliases are unique in an environment over all projects: the certificate has to go before it comes back.
#[test]
fn certificates_come_back_from_their_exports() {
    for (export, import, field, texts) in [
        ("c/export/", "import-file/", "certificateFile", &[("certificateName", "c"), ("alias", "a")][..]),
        ("c/export-file/", "import-file/", "certificateFile", &[("certificateName", "c"), ("alias", "a")]),
        ("truststore/staging/export-file/", "truststore/staging/import-file/", "truststoreFile", &[]),
    ] {
        let apinizer = Apinizer::seeded();
        let content = |list: Bytes| {
            let list: Value = serde_json::from_slice(&list).unwrap();
            list["resultList"][0]["certificateEnvironmentList"][0]["base64EncodedContent"].clone()
        };
        let before = content(apinizer.get("From/certificates/truststore/staging/"));
        let exported = apinizer.get(&format!("From/certificates/{export}"));
        apinizer.ask("DELETE", "From/certificates/c/", "text/plain", "");
        let texts: Vec<(&str, String)> = texts.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        let imported = apinizer.upload(&format!("To/certificates/{import}"), &texts, (field, "export.zip", exported));
        assert_eq!(imported["status"], "SUCCESS", "{export}: {imported}");
        assert_eq!(imported.get("unresolvedReferences"), None, "{export}: {imported}");
        let after = content(apinizer.get("To/certificates/truststore/staging/"));
        assert!(before.is_string() && before == after, "{export}");
    }
}
