//! Policies that a scenario sets and the gateway applies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Evidence, Outcome, Reach};

/// How strictly credentials are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuthMode {
    /// Credentials must be there; those of somebody that the scenario does not list are accepted with every role.
    #[default]
    Any,
    /// Only credentials that the scenario lists, or that were issued for them and have not expired.
    Required,
    /// No credentials are needed, and none are looked at.
    Off,
}

/// Which writes need a CSRF token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsrfPolicy {
    /// None. Tokens are still handed out to those who ask.
    Off,
    /// Those of callers without a bearer token: browsers' and Basic sessions.
    SessionsOnly {
        /// Whether the token counts only together with the cookie of its session.
        bound: bool,
    },
    /// All.
    Always {
        /// Whether the token counts only together with the cookie of its session.
        bound: bool,
    },
}

/// A write without a valid token. The status and the header are what clients in the field wait for; the text is that of
/// SAP's filter elsewhere.
pub const CSRF_TOKEN_REQUIRED: Outcome = Outcome {
    id: "csrf_token_required",
    status: 403,
    code: "",
    text: "CSRF token validation failed",
    evidence: Evidence::Observed(
        "terraform-provider-sap-integration-suite retries on 403 with X-CSRF-Token: Required; the text is assumed",
    ),
    text_evidence: Evidence::Observed(
        "terraform-provider-sap-integration-suite retries on 403 with X-CSRF-Token: Required; the text is assumed",
    ),
    advice: "Fetch a token by a GET with `X-CSRF-Token: Fetch` and send it, with its cookies, in every write.",
    reach: Reach::Client,
};
