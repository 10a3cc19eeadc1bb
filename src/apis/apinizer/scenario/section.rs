//! The types of the `apinizer` section.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::certificates::CertificateSection;
use super::environment::EnvironmentSection;
use super::jwks::JwkSection;
use super::keys::KeySection;
use super::keystores::KeystoreSection;

/// Users, environments and projects with their certificates, keystores, keys and JWKs.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenSection {
    /// What is sent after `Bearer`.
    pub token: String,
    /// The user whose roles it has.
    pub username: String,
    /// When it ends: a date, or a span from the scenario's clock such as `-1s`. Without it, never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub expires: Option<String>,
    /// True if it was taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// True if the token endpoint issued it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub issued: bool,
}

/// A project.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProjectSection {
    /// Identifier, 24 hexadecimal digits; without it, one that derives from the seed and the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = super::identity::IDENTIFIER)))]
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

/// What a URL answers: text, or the path of a file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DocumentSection {
    /// The text itself.
    Text(String),
    /// Path of a file, or `fixture:NAME`.
    File(String),
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_true(value: &bool) -> bool {
    *value
}
