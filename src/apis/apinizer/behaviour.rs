//! Switches: where the sources of this API disagree or are silent, and a test may want the other reading.

use serde::{Deserialize, Serialize};

use crate::contract::switch;

/// `behaviour.apinizer`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Behaviour {
    /// Which generation of the documentation shapes the answers. Requests of both are understood in either.
    pub dialect: Dialect,
    /// Whether a path that is documented with a slash at its end is unknown without it.
    #[serde(alias = "strict-trailing-slash")]
    pub strict_trailing_slash: bool,
    /// Whether an answer says `success` and `status`, rather than the one that its page shows.
    #[serde(alias = "superset-envelope")]
    pub superset_envelope: bool,
    /// The shape of `deploymentResult`.
    #[serde(alias = "deployment-shape")]
    pub deployment_shape: DeploymentShape,
    /// Whether lists of certificates contain `base64EncodedContent`.
    #[serde(alias = "list-includes-content")]
    pub list_includes_content: bool,
    /// Letter case of `sha1Thumbprint`.
    #[serde(alias = "thumbprint-case")]
    pub thumbprint_case: LetterCase,
    /// What the files in a certificate export are.
    #[serde(alias = "export-encoding")]
    pub export_encoding: ExportEncoding,
    /// Whether only the project `admin` may list a truststore.
    #[serde(alias = "truststore-admin-only")]
    pub truststore_admin_only: bool,
    /// What `expires_in` of a token is.
    #[serde(alias = "token-expiry-format")]
    pub token_expiry_format: TokenExpiryFormat,
    /// Whether private and public keys must be PEM, or base64 of PEM.
    #[serde(alias = "strict-key-pem")]
    pub strict_key_pem: bool,
    /// Whether roles are checked.
    #[serde(alias = "enforce-roles")]
    pub enforce_roles: bool,
    /// Whether a write in G2 needs `SECRETS_DEPLOY_UNDEPLOY` besides `SECRETS_MANAGE`.
    #[serde(alias = "enforce-deploy-permission")]
    pub enforce_deploy_permission: bool,
    /// Whether a JWK's URL that the scenario has no document for is really fetched; `http` on loopback only.
    #[serde(alias = "fetch-urls")]
    pub fetch_urls: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            dialect: Dialect::default(),
            strict_trailing_slash: true,
            superset_envelope: false,
            deployment_shape: DeploymentShape::default(),
            list_includes_content: true,
            thumbprint_case: LetterCase::default(),
            export_encoding: ExportEncoding::default(),
            truststore_admin_only: true,
            token_expiry_format: TokenExpiryFormat::default(),
            strict_key_pem: false,
            enforce_roles: true,
            enforce_deploy_permission: false,
            fetch_urls: true,
        }
    }
}

switch! {
    /// Generations of the documentation.
    Dialect {
        /// `apinizer/management-api-docs`, 2025-12.
        #[serde(alias = "G1")]
        G1,
        /// `apinizer/docs`, 2026-01 to 2026-08.
        #[serde(alias = "G2")]
        G2,
    }
}

switch! {
    /// Shapes of `deploymentResult`.
    DeploymentShape {
        /// `environmentResults`, as the operations' own pages show.
        #[serde(alias = "environmentResults")]
        EnvironmentResults,
        /// `detailList` with an item a pod, as the OpenAPI documents show.
        Pods,
    }
}

switch! {
    /// Letter cases of hexadecimal digits.
    LetterCase {
        /// `08DDB8…`
        Upper,
        /// `08ddb8…`
        Lower,
    }
}

switch! {
    /// Encodings of exported certificates.
    ExportEncoding {
        /// Binary, as the page says.
        Der,
        /// Text, as the OpenAPI documents say.
        Pem,
    }
}

switch! {
    /// Meanings of `expires_in`.
    TokenExpiryFormat {
        /// Seconds from now.
        Seconds,
        /// The time of expiry in milliseconds since 1970, as older pages show.
        #[serde(alias = "epoch_millis")]
        EpochMillis,
    }
}
