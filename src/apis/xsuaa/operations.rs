//! The operations of the token service.

use super::error::TOKEN_REQUEST;
use crate::contract::Operation;

/// The operation table.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        id: "oauth.token.issue",
        method: "POST",
        path: "/oauth/token",
        when: &[],
        summary: "Issue a token to a client",
        document: "accessing-api-management-apis-programmatically-24a2c37",
        success: &[200],
        refusals: TOKEN_REQUEST,
    },
    Operation {
        id: "oauth.token.issue_by_get",
        method: "GET",
        path: "/oauth/token",
        when: &[],
        summary: "Issue a token to a client, all parameters in the query",
        document: "accessing-api-management-apis-programmatically-24a2c37",
        success: &[200],
        refusals: TOKEN_REQUEST,
    },
    Operation {
        id: "oauth.token.issue_on_neo",
        method: "POST",
        path: "/oauth2/api/v1/token",
        when: &[],
        summary: "Issue a token to a client, as the Neo environment does",
        document: "setting-up-oauth-inbound-authentication-with-client-credentials-grant-for-api-clients-040d811",
        success: &[200],
        refusals: TOKEN_REQUEST,
    },
    Operation {
        id: "oauth.keys.read",
        method: "GET",
        path: "/token_keys",
        when: &[],
        summary: "The public key that tokens are signed with, as a JWK Set",
        document: "cloudfoundry/uaa, Token Key endpoint",
        success: &[200],
        refusals: &[],
    },
];
