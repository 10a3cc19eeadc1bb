//! The operations of the token service.

use super::error::{SOURCES, TOKEN_REQUEST};
use crate::contract::Evidence::{Documented, Library};
use crate::contract::{Document, Evidence, operations};

const HELP: Document = Document("SAP-docs/btp-integration-suite");
const CLOUD_FOUNDRY: Evidence = Documented(HELP.at("accessing-api-management-apis-programmatically-24a2c37"));
const NEO: Evidence = Documented(
    HELP.at("setting-up-oauth-inbound-authentication-with-client-credentials-grant-for-api-clients-040d811"),
);

operations! {
    /// The operation table.
    pub OPERATIONS, "oauth";
    below "" {
        "token.issue": "POST" "/oauth/token"
            "issue a token to a client", CLOUD_FOUNDRY, [200], [+ TOKEN_REQUEST];
        "token.issue_by_get": "GET" "/oauth/token"
            "issue a token to a client, all parameters in the query", CLOUD_FOUNDRY, [200], [+ TOKEN_REQUEST];
        "token.issue_on_neo": "POST" "/oauth2/api/v1/token"
            "issue a token to a client, as the Neo environment does", NEO, [200], [+ TOKEN_REQUEST];
        "key.list": "GET" "/token_keys"
            "list the public keys that tokens are signed with, as a JWK Set", Library(SOURCES.at("Token Key endpoint")), [200], [];
    }
}
