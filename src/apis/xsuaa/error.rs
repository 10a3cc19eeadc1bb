//! The catalogue: every refusal of the token service, and of bearer tokens at the services behind it.

use crate::contract::{Evidence, Outcome, Reach, Refusal};

/// What can be wrong with a token request, or with the credentials of another request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Unknown client, or wrong secret.
    BadCredentials,
    /// No credentials at all.
    NoCredentials,
    /// The Basic value is not Base64.
    BasicNotBase64,
    /// The Basic value has no colon.
    BasicWithoutColon,
    /// The form names another client than the one that authenticated.
    ClientMismatch,
    /// No `grant_type`.
    MissingGrantType,
    /// A `grant_type` that nobody knows.
    UnsupportedGrantType,
    /// A `grant_type` that exists, but not for these clients.
    UnauthorizedGrantType,
    /// `grant_type=implicit`.
    ImplicitGrant,
    /// A method that no token is had by.
    MethodNotAllowed {
        /// The method.
        method: String,
        /// Those that one is had by.
        allowed: &'static str,
    },
    /// A service was called without an `Authorization` header.
    TokenMissing,
    /// A service was called with credentials that are malformed, unknown or not signed by the token service.
    TokenInvalid,
    /// A service was called with a token after its end.
    TokenExpired,
    /// The test key that signs tokens is not usable.
    NoSigningKey {
        /// Why.
        reason: String,
    },
}

const UAA: Evidence = Evidence::Library("cloudfoundry/uaa TokenEndpoint");

const BAD_CREDENTIALS: Outcome = Outcome {
    id: "bad_credentials",
    status: 401,
    code: "invalid_client",
    text: "Bad credentials",
    evidence: Evidence::Observed("SAP/cloud-sdk-java issue 703"),
    text_evidence: Evidence::Observed("SAP/cloud-sdk-java issue 703"),
    advice: "Use the id and secret of a client that the scenario lists under `clients`.",
    reach: Reach::Client,
};
const NO_CREDENTIALS: Outcome = Outcome {
    id: "no_client_credentials",
    status: 401,
    code: "unauthorized",
    text: "An Authentication object was not found in the SecurityContext",
    evidence: Evidence::Observed("cloudfoundry/uaa issue 976"),
    text_evidence: Evidence::Observed("cloudfoundry/uaa issue 976"),
    advice: "Send client id and secret by Basic authentication or as the form fields client_id and client_secret.",
    reach: Reach::Client,
};
const BASIC_NOT_BASE64: Outcome = Outcome {
    id: "basic_not_base64",
    status: 401,
    code: "invalid_client",
    text: "Failed to decode basic authentication token",
    evidence: Evidence::Library("cloudfoundry/uaa ClientBasicAuthenticationFilter"),
    text_evidence: Evidence::Library("cloudfoundry/uaa ClientBasicAuthenticationFilter"),
    advice: "Encode `<client id>:<client secret>` as Base64.",
    reach: Reach::Client,
};
const BASIC_WITHOUT_COLON: Outcome = Outcome {
    id: "basic_without_colon",
    status: 401,
    code: "invalid_client",
    text: "Invalid basic authentication token",
    evidence: Evidence::Library("cloudfoundry/uaa ClientBasicAuthenticationFilter"),
    text_evidence: Evidence::Library("cloudfoundry/uaa ClientBasicAuthenticationFilter"),
    advice: "Encode `<client id>:<client secret>`, with the colon, as Base64.",
    reach: Reach::Client,
};
const CLIENT_MISMATCH: Outcome = Outcome {
    id: "client_mismatch",
    status: 401,
    code: "invalid_client",
    text: "Given client ID does not match authenticated client",
    evidence: UAA,
    text_evidence: UAA,
    advice: "Leave client_id out of the form when the Authorization header names the client.",
    reach: Reach::Client,
};
const MISSING_GRANT_TYPE: Outcome = Outcome {
    id: "missing_grant_type",
    status: 400,
    code: "invalid_request",
    text: "Missing grant type",
    evidence: UAA,
    text_evidence: UAA,
    advice: "Send grant_type=client_credentials in the query or in a form body.",
    reach: Reach::Client,
};
const UNSUPPORTED_GRANT_TYPE: Outcome = Outcome {
    id: "unsupported_grant_type",
    status: 400,
    code: "unsupported_grant_type",
    text: "Unsupported grant type",
    evidence: UAA,
    text_evidence: UAA,
    advice: "Send grant_type=client_credentials.",
    reach: Reach::Client,
};
const UNAUTHORIZED_GRANT_TYPE: Outcome = Outcome {
    id: "unauthorized_grant_type",
    status: 401,
    code: "invalid_client",
    text: "Unauthorized grant type",
    evidence: Evidence::Library("cloudfoundry/uaa AbstractTokenGranter"),
    text_evidence: Evidence::Library("cloudfoundry/uaa AbstractTokenGranter"),
    advice: "Clients of a service key may only use grant_type=client_credentials.",
    reach: Reach::Client,
};
const IMPLICIT_GRANT: Outcome = Outcome {
    id: "implicit_grant",
    status: 400,
    code: "invalid_grant",
    text: "Implicit grant type not supported from token endpoint",
    evidence: UAA,
    text_evidence: UAA,
    advice: "Send grant_type=client_credentials.",
    reach: Reach::Client,
};
const METHOD_NOT_ALLOWED: Outcome = Outcome {
    id: "token_method_not_allowed",
    status: 405,
    code: "method_not_allowed",
    text: "Request method '{method}' not supported",
    evidence: Evidence::Library("cloudfoundry/uaa HttpMethodNotSupportedAdvice; the text is Spring's"),
    text_evidence: Evidence::Library("cloudfoundry/uaa HttpMethodNotSupportedAdvice; the text is Spring's"),
    advice: "Use POST.",
    reach: Reach::Client,
};
/// A body that is not read because of its length.
pub const BODY_TOO_LARGE: Outcome = Outcome {
    id: "body_too_large",
    status: 413,
    code: "invalid_request",
    text: "The maximum size of {limit} bytes is exceeded.",
    evidence: Evidence::Assumed("a token request has a few hundred bytes; no source names a limit"),
    text_evidence: Evidence::Assumed("a token request has a few hundred bytes; no source names a limit"),
    advice: "Send the parameters of the token request only.",
    reach: Reach::Client,
};
const TOKEN_MISSING: Outcome = Outcome {
    id: "token_missing",
    status: 401,
    code: "",
    text: "",
    evidence: Evidence::Assumed("the usual answer of a resource server, before the OData layer"),
    text_evidence: Evidence::Assumed("the usual answer of a resource server, before the OData layer"),
    advice: "No usable Authorization header: send `Authorization: Bearer <token>` with a token from /oauth/token.",
    reach: Reach::Client,
};
const TOKEN_INVALID: Outcome = Outcome {
    id: "token_invalid",
    status: 401,
    code: "",
    text: "",
    evidence: Evidence::Assumed("the usual answer of a resource server, before the OData layer"),
    text_evidence: Evidence::Assumed("the usual answer of a resource server, before the OData layer"),
    advice: "The credentials are malformed, unknown or not signed by this token service: fetch a token from /oauth/token.",
    reach: Reach::Client,
};
const TOKEN_EXPIRED: Outcome = Outcome {
    id: "token_expired",
    status: 401,
    code: "",
    text: "",
    evidence: Evidence::Assumed("the usual answer of a resource server, before the OData layer"),
    text_evidence: Evidence::Assumed("the usual answer of a resource server, before the OData layer"),
    advice: "The token has expired on this world's clock: fetch a new one from /oauth/token.",
    reach: Reach::Client,
};
const NO_SIGNING_KEY: Outcome = Outcome {
    id: "no_signing_key",
    status: 500,
    code: "server_error",
    text: "{reason}",
    evidence: Evidence::Assumed("cannot happen with the embedded test keys"),
    text_evidence: Evidence::Assumed("cannot happen with the embedded test keys"),
    advice: "Report this as a bug of certmimic.",
    reach: Reach::Client,
};

/// Every row that a client can meet. The missing signing key is not among them: no request leads there.
pub const OUTCOMES: &[&Outcome] = &[
    &BAD_CREDENTIALS,
    &NO_CREDENTIALS,
    &BASIC_NOT_BASE64,
    &BASIC_WITHOUT_COLON,
    &CLIENT_MISMATCH,
    &MISSING_GRANT_TYPE,
    &UNSUPPORTED_GRANT_TYPE,
    &UNAUTHORIZED_GRANT_TYPE,
    &IMPLICIT_GRANT,
    &METHOD_NOT_ALLOWED,
    &BODY_TOO_LARGE,
    &TOKEN_MISSING,
    &TOKEN_INVALID,
    &TOKEN_EXPIRED,
];

/// How many rows, the last ones, are told by the services behind the token service.
const BEHIND: usize = 3;

/// What a token request can be refused for.
pub const TOKEN_REQUEST: &[&Outcome] = OUTCOMES.split_at(OUTCOMES.len() - BEHIND).0;

impl Error {
    fn outcome(&self) -> &'static Outcome {
        match self {
            Self::BadCredentials => &BAD_CREDENTIALS,
            Self::NoCredentials => &NO_CREDENTIALS,
            Self::BasicNotBase64 => &BASIC_NOT_BASE64,
            Self::BasicWithoutColon => &BASIC_WITHOUT_COLON,
            Self::ClientMismatch => &CLIENT_MISMATCH,
            Self::MissingGrantType => &MISSING_GRANT_TYPE,
            Self::UnsupportedGrantType => &UNSUPPORTED_GRANT_TYPE,
            Self::UnauthorizedGrantType => &UNAUTHORIZED_GRANT_TYPE,
            Self::ImplicitGrant => &IMPLICIT_GRANT,
            Self::MethodNotAllowed { .. } => &METHOD_NOT_ALLOWED,
            Self::TokenMissing => &TOKEN_MISSING,
            Self::TokenInvalid => &TOKEN_INVALID,
            Self::TokenExpired => &TOKEN_EXPIRED,
            Self::NoSigningKey { .. } => &NO_SIGNING_KEY,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let outcome = error.outcome();
        match &error {
            Error::MethodNotAllowed { method, .. } => Self::new(outcome, &[("method", method)]),
            Error::NoSigningKey { reason } => Self::new(outcome, &[("reason", reason)]),
            _ => Self::from(outcome),
        }
    }
}
