//! What the token service refuses, and what a service behind it refuses bearer tokens for: facts, the rows that answer
//! them, and where those are known from.

use crate::contract::Evidence::{Assumed, Library, Observed};
use crate::contract::{Document, Evidence, Outcome, catalogue, no_code};

/// The sources of what it is built on.
pub(super) const SOURCES: Document = Document("cloudfoundry/uaa");
const UAA: Evidence = Library(SOURCES.at("TokenEndpoint"));
const BASIC_FILTER: Evidence = Library(SOURCES.at("ClientBasicAuthenticationFilter"));
const NO_CREDENTIALS_ISSUE: Document = Document("cloudfoundry/uaa issue 976");
const RESOURCE_SERVER: Evidence = Assumed(
    "as another service on Cloud Foundry answered (sap-tutorials/Tutorials issue 6674, which does not tell what was wrong with the token)",
);

catalogue! {
    /// What can be wrong with a token request, or with the credentials of another request.
    pub enum Error, codes by no_code;

    // Token requests.
    /// Unknown client, or wrong secret.
    BadCredentials = BAD_CREDENTIALS "bad_credentials", 401 "invalid_client", "Bad credentials",
        Observed("xsuaa/cloud-sdk-java-703"),
        "Use the id and secret of a client that the scenario lists under `clients`.";
    /// No credentials at all.
    NoCredentials = NO_CREDENTIALS "no_client_credentials", 401 "unauthorized",
        "An Authentication object was not found in the SecurityContext", Library(NO_CREDENTIALS_ISSUE.at("POST /check_token")),
        "Send client id and secret by Basic authentication or as the form fields client_id and client_secret.";
    /// The Basic value is not Base64.
    BasicNotBase64 = BASIC_NOT_BASE64 "basic_not_base64", 401 "invalid_client",
        "Failed to decode basic authentication token", BASIC_FILTER, "Encode `<client id>:<client secret>` as Base64.";
    /// The Basic value has no colon.
    BasicWithoutColon = BASIC_WITHOUT_COLON "basic_without_colon", 401 "invalid_client",
        "Invalid basic authentication token", BASIC_FILTER,
        "Encode `<client id>:<client secret>`, with the colon, as Base64.";
    /// The form names another client than the one that authenticated.
    ClientMismatch = CLIENT_MISMATCH "client_mismatch", 401 "invalid_client",
        "Given client ID does not match authenticated client", UAA,
        "Leave client_id out of the form when the Authorization header names the client.";
    /// No `grant_type`.
    MissingGrantType = MISSING_GRANT_TYPE "missing_grant_type", 400 "invalid_request", "Missing grant type", UAA,
        "Send grant_type=client_credentials in the query or in a form body.";
    /// A `grant_type` that nobody knows.
    UnsupportedGrantType = UNSUPPORTED_GRANT_TYPE "unsupported_grant_type", 400 "unsupported_grant_type",
        "Unsupported grant type", UAA, "Send grant_type=client_credentials.";
    /// A `grant_type` that exists, but not for these clients.
    UnauthorizedGrantType = UNAUTHORIZED_GRANT_TYPE "unauthorized_grant_type", 401 "invalid_client",
        "Unauthorized grant type", Library(SOURCES.at("AbstractTokenGranter")),
        "Clients of a service key may only use grant_type=client_credentials.";
    /// `grant_type=implicit`.
    ImplicitGrant = IMPLICIT_GRANT "implicit_grant", 400 "invalid_grant",
        "Implicit grant type not supported from token endpoint", UAA, "Send grant_type=client_credentials.";
    /// A method that no token is had by.
    MethodNotAllowed { method: String, allowed: &'static str } = METHOD_NOT_ALLOWED "token_method_not_allowed",
        405 "method_not_allowed", "Request method '{method}' not supported",
        Library(SOURCES.at("HttpMethodNotSupportedAdvice")),
        text Library(Document("Spring").at("HttpRequestMethodNotSupportedException")), "Use POST.";
    /// A body that is not read because of its length.
    BodyTooLarge { limit: String } = BODY_TOO_LARGE "body_too_large", 413 "invalid_request", "The maximum size of {limit} bytes is exceeded.",
        Assumed("a token request has a few hundred bytes; no source names a limit"),
        "Send the parameters of the token request only.";

    // Requests to the services behind.
    /// A service was called without an `Authorization` header.
    TokenMissing = TOKEN_MISSING "token_missing", 401, "", RESOURCE_SERVER,
        "No usable Authorization header: send `Authorization: Bearer <token>` with a token from /oauth/token.";
    /// A service was called with credentials that are malformed, unknown or not signed by the token service.
    TokenInvalid = TOKEN_INVALID "token_invalid", 401, "", RESOURCE_SERVER,
        "The credentials are malformed, unknown or not signed by this token service: fetch a token from /oauth/token.";
    /// A service was called with a token that was issued in another world.
    TokenOfOtherWorld = TOKEN_OF_OTHER_WORLD "token_of_other_world", 401, "",
        Assumed("worlds are certmimic's own; the token of another tenant is one that nobody here signed"),
        "The token was issued in another world of this server: fetch one below the same base URL that it is sent to.";
    /// A service was called with a token that was issued for another system.
    TokenOfOtherSystem = TOKEN_OF_OTHER_SYSTEM "token_of_other_system", 401, "",
        Assumed("services of SAP look for themselves in the audience of a token (SAP/cloud-security-services-integration-library, JwtAudienceValidator); that these two do is not published"),
        "The token was issued for another system: fetch one from /oauth/token, with the client of this system's service key.";
    /// A service was called with a token after its end.
    TokenExpired = TOKEN_EXPIRED "token_expired", 401, "", RESOURCE_SERVER,
        "The token has expired on this world's clock: fetch a new one from /oauth/token.";

    [by faults only]
    /// The test key that signs tokens is not usable.
    NO_SIGNING_KEY "no_signing_key" for NoSigningKey { reason: String }, 500 "server_error", "{reason}",
        Assumed("a failure of the token service; with the embedded test keys it has no such failure of its own"),
        "Only a fault, or a defect of certmimic, answers this.";
}

/// What a token request can be refused for.
pub const TOKEN_REQUEST: &[&Outcome] = &[
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
];

/// The filter in front of the services, which demands CSRF tokens.
pub mod filter {
    use crate::contract::Evidence::Assumed;
    use crate::contract::{catalogue, no_code};

    catalogue! {
        /// What it turns a write away for.
        pub enum Error, codes by no_code;

        /// A write without a valid token. Status and header are what clients in the field wait for.
        TokenRequired = CSRF_TOKEN_REQUIRED "csrf_token_required", 403, "CSRF token validation failed",
            Assumed("clients in the field fetch a token on that status with the header X-CSRF-Token: Required"),
            text Assumed("that of SAP's filter elsewhere"),
            "Fetch a token by a GET with `X-CSRF-Token: Fetch` and send it, with its cookies, in every write.";
    }
}
