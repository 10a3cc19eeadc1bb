//! The `apinizer` section of a scenario.

mod build;
mod environment;
mod export;
mod jwks;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::seed::Material;

pub use build::build;
pub use environment::EnvironmentSection;
pub use export::export;
pub use jwks::{JwkSection, SourceSection};

/// Users, environments and projects with their certificates, keystores, keys and JWKs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// Accounts of the console; user name and password are what the token endpoint asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<UserSection>,
    /// Personal access tokens, and tokens that were issued.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<TokenSection>,
    /// Environments: a name, or a mapping for more than that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<EnvironmentSection>,
    /// Projects. `admin`, whose objects are everybody's, is there also if it is not listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectSection>,
    /// What URLs answer that JWKs are read from, without any network.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<String, DocumentSection>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserSection {
    /// `client_id` at the token endpoint.
    pub username: String,
    /// `client_secret` at the token endpoint.
    pub password: String,
    /// Roles: `ROLE_ADMIN`, `ROLE_API_SECURITY`, `ROLE_MANAGE_PROXIES`, `ROLE_DEPLOY_UNDEPLOY_PROXIES`; `SECRETS_VIEW`,
    /// `SECRETS_MANAGE`, `SECRETS_DEPLOY_UNDEPLOY`, `SECRETS_EXPORT_IMPORT`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// False if the account is disabled or locked.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub enabled: bool,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenSection {
    /// What is sent after `Bearer`.
    pub token: String,
    /// The user whose roles it has.
    pub username: String,
    /// When it ends: a date, or a span from the scenario's clock such as `-1s`. Without it, never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// True if it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// True if the token endpoint issued it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub issued: bool,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectSection {
    /// Identifier, 24 hexadecimal digits; without it, one that derives from the seed and the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The users who may see it. Without it: everybody; only administrators for `admin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    /// The environments that it reaches. Without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environments: Option<Vec<String>>,
    /// Certificates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<CertificateSection>,
    /// Keystores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keystores: Vec<KeystoreSection>,
    /// Keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<KeySection>,
    /// JWKs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jwks: Vec<JwkSection>,
}

/// A certificate.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CertificateSection {
    /// Identifier; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands among those of all projects, if that is not the order in which they are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The same certificate with the same alias in these environments; `entries` where they differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<String>,
    /// Alias in all of `environments`; without it, the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Path of a certificate file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The certificate as PEM text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
    /// The certificate, to be minted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generate: Option<crate::seed::Generate>,
    /// What differs by environment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<CertificateEntrySection>,
}

/// A certificate in one environment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificateEntrySection {
    /// The environment.
    pub environment: String,
    /// Its alias there.
    pub alias: String,
    /// Where it comes from.
    pub certificate: Material,
}

/// A keystore.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeystoreSection {
    /// Identifier; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands among those of all projects, if that is not the order in which they are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The same file in these environments; `entries` where they differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<String>,
    /// `JKS` or `PKCS12`.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub store_type: String,
    /// Path of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Base64 of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// The password that opens it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The alias that is stored with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// What differs by environment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<KeystoreEntrySection>,
}

/// A keystore in one environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeystoreEntrySection {
    /// The environment.
    pub environment: String,
    /// `JKS` or `PKCS12`.
    #[serde(rename = "type")]
    pub store_type: String,
    /// Path of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Base64 of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// The password that opens it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The alias that is stored with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The name under which it was uploaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

/// A key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeySection {
    /// Identifier; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands among those of all projects, if that is not the order in which they are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// `RSA` or `EC`; or `PRIVATE_KEY`, `PUBLIC_KEY`, `SECRET_KEY`.
    #[serde(rename = "type")]
    pub key_type: String,
    /// Of a secret key: `AES`, `DES`, `DESede`, `RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// What it is in each environment.
    pub entries: Vec<KeyEntrySection>,
}

/// A key in some environments.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeyEntrySection {
    /// The environments.
    pub environments: Vec<String>,
    /// The private key. If it is generated, the public one comes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_key: Option<Material>,
    /// The public key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<Material>,
    /// A secret key, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The alias that is stored with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The name under which it was uploaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

/// What a URL answers: text, or the path of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DocumentSection {
    /// The text itself.
    Text(String),
    /// Path of a file.
    File(String),
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_true(value: &bool) -> bool {
    *value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apis::apinizer::Behaviour;
    use crate::contract::AuthMode;
    use crate::effects::{Ids, Timestamp};
    use crate::seed::{Files, Place, Seeding};

    struct NoFiles;

    impl Files for NoFiles {
        fn read(&self, path: &str, _: &Place) -> Result<Vec<u8>, String> {
            Err(format!("{path} is not there"))
        }
    }

    const SECTION: &str = r#"{
        "users": [{"username": "ada", "password": "x", "roles": ["ROLE_ADMIN"], "enabled": false}],
        "tokens": [{"token": "apnz_1", "username": "ada", "expires": "+1d"}, {"token": "t", "username": "ada", "issued": true}],
        "environments": ["prod", {"name": "test", "type": "TEST", "deployment_fails": "down"}],
        "documents": {"https://example.com/keys": {"text": "{}"}},
        "projects": [{"name": "p", "members": ["ada"], "environments": ["test"],
            "certificates": [{"name": "c", "environments": ["test"], "generate": {"common_name": "c.example", "key": "ec-p256"}}],
            "keystores": [{"name": "s", "environments": ["test"], "type": "JKS", "base64": "SGVs\nbG8=", "password": "y"}],
            "keys": [{"name": "k", "type": "EC", "entries": [{"environments": ["test"],
                "private_key": {"generate": {"common_name": "k", "key": "ec-p256"}}}]}],
            "jwks": [{"name": "j", "source_type": "CERTIFICATE", "source": {"certificate": "c", "environment": "test"},
                "jwk": {"kty": "oct", "k": "AAAA", "kid": "one"}}]}]
    }"#;

    fn exported(section: &Section) -> Section {
        let ids = Ids::new(7);
        let seeding = Seeding { now: Timestamp::from_seconds(1_768_464_000), ids: &ids, files: &NoFiles };
        let state = build(section, &Behaviour::default(), AuthMode::Any, &seeding, &Place::default());
        export(&state.unwrap_or_else(|problem| panic!("{}: {}", problem.place, problem.message)))
    }

    #[test]
    fn the_order_of_creation_over_all_projects_survives() {
        let section = r#"{"environments": ["e"], "projects": [
            {"name": "p", "keystores": [{"name": "late", "position": 9, "environments": ["e", "e"], "type": "JKS", "base64": "AAAA"}]},
            {"name": "q", "keystores": [{"name": "early", "position": 3, "environments": ["e"], "type": "JKS", "base64": "AAAA"}]}]}"#;
        let first = exported(&serde_json::from_str(section).unwrap());
        let keystores: Vec<_> = first.projects.iter().flat_map(|project| &project.keystores).collect();
        assert_eq!(keystores.iter().map(|one| one.position).collect::<Vec<_>>(), [Some(1), Some(0)]);
        assert_eq!(keystores[0].entries.len(), 1);
        assert_eq!(exported(&first), first);
    }

    #[test]
    fn what_is_exported_builds_the_same_state() {
        let section: Section = serde_json::from_str(SECTION).unwrap();
        let first = exported(&section);
        assert_eq!(first.projects.len(), 2);
        assert_eq!(exported(&first), first);
        let text = serde_json::to_string(&first).unwrap();
        assert_eq!(serde_json::from_str::<Section>(&text).unwrap(), first);
    }
}
