//! The types of the `apinizer` section.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::environment::EnvironmentSection;
use crate::seed::{Generate, Material};

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
    pub generate: Option<Generate>,
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

/// A JWK.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct JwkSection {
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
    /// How it came to be: `COPY_PASTE`, which is the default, `URL`, `CERTIFICATE`, `PUBLIC_KEY`, `PRIVATE_KEY`,
    /// `KEYSTORE`, `GENERATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The object that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceSection>,
    /// The URL that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// `SIGNATURE` or `ENCRYPTION`.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub key_use: Option<String>,
    /// JOSE name of the algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// Key id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// Not to be used before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Not to be used from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// The key as a JWK (RFC 7517).
    pub jwk: Value,
}

/// The object that a JWK follows, and its place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SourceSection {
    /// Its identifier, in place of a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of a certificate of the project, or of `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// The name of a key of the project, or of `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The name of a keystore of the project, or of `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keystore: Option<String>,
    /// The environment.
    pub environment: String,
    /// The alias in a keystore.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
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
