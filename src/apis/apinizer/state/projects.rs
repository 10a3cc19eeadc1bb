//! Projects and environments: where objects live, and where they are deployed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pki::Certificate;
use crate::store::Text;

/// The project whose objects are everybody's.
pub const ADMIN_PROJECT: &str = "admin";

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its identifier.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// The users who may see it; `None` for everybody.
    pub members: Option<Vec<String>>,
    /// The environments that it reaches; `None` for all.
    pub environments: Option<Vec<String>>,
}

impl Project {
    /// True if the project's objects can be deployed to the environment.
    pub fn reaches(&self, environment: &str) -> bool {
        self.environments.as_ref().is_none_or(|names| names.iter().any(|name| name == environment))
    }
}

/// An environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// Its identifier.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
    /// Its type.
    pub kind: EnvironmentType,
    /// Whether it is published.
    pub status: EnvironmentStatus,
    /// Where its gateway listens.
    pub access_url: Text,
    /// Why nothing can be deployed to it, if so.
    pub deployment_fails: Option<Text>,
    /// Certificate authorities that its truststore holds besides what is deployed.
    pub ca_certificates: Vec<Arc<Certificate>>,
}

/// Types of environments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EnvironmentType {
    /// `PRODUCTION`
    #[default]
    Production,
    /// `SANDBOX`
    Sandbox,
    /// `TEST`
    Test,
}

/// Publication of an environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EnvironmentStatus {
    /// `PUBLISHED`
    #[default]
    Published,
    /// `UNPUBLISHED`
    Unpublished,
    /// `REPUBLISH_REQUIRED`
    RepublishRequired,
}
