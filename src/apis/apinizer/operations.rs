//! The operation table.

use super::error::{
    ADMIN_ROLE_MISSING, ALIAS_TAKEN, BAD_CREDENTIALS, CERTIFICATE_EXISTS, CERTIFICATE_NOT_FOUND,
    CERTIFICATE_UNREADABLE, ENVIRONMENT_NOT_FOUND, FILE_NOT_BASE64, KEYSTORE_EXISTS, KEYSTORE_NAME_EMPTY,
    KEYSTORE_NAME_TAKEN, KEYSTORE_NOT_FOUND, MALFORMED_JSON, PERMISSION_MISSING, PROJECT_NOT_FOUND,
    PROJECT_WITHOUT_ENVIRONMENTS, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING, TRUSTSTORE_OF_ADMIN_ONLY, UNKNOWN_VALUE,
    UNSUPPORTED_GRANT_TYPE, VALUE_EMPTY,
};
use crate::contract::{Operation, Outcome};

macro_rules! refusals {
    ($($row:ident),* $(,)?) => {
        &[$(&$row),*]
    };
    (in project: $($row:ident),* $(,)?) => {
        &[
            &TOKEN_MISSING,
            &TOKEN_INVALID,
            &TOKEN_EXPIRED,
            &VALUE_EMPTY,
            &PROJECT_NOT_FOUND,
            &PERMISSION_MISSING,
            $(&$row),*
        ]
    };
}

const fn row(
    (id, method, path): (&'static str, &'static str, &'static str),
    summary: &'static str,
    document: &'static str,
    refusals: &'static [&'static Outcome],
) -> Operation {
    Operation { id, method, path, when: &[], summary, document, success: &[200], refusals }
}

/// The emulated operations.
pub const OPERATIONS: &[Operation] = &[
    row(
        ("apinizer.token.create", "POST", "/apiops/auth/token"),
        "exchange user name and password for a bearer token",
        "create-token",
        refusals![UNSUPPORTED_GRANT_TYPE, BAD_CREDENTIALS],
    ),
    row(
        ("apinizer.test.healthcheck", "GET", "/apiops/test/healthcheck"),
        "say that the server is there",
        "healthcheck",
        &[],
    ),
    row(
        ("apinizer.test.hello", "GET", "/apiops/test/hello/{name}"),
        "say hello to somebody with a token",
        "secure-hello",
        refusals![TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, VALUE_EMPTY],
    ),
    row(
        ("apinizer.projects.list", "GET", "/apiops/projects/"),
        "list the projects of the caller",
        "list-projects",
        refusals![TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED],
    ),
    row(
        ("apinizer.environments.list", "GET", "/apiops/environments/"),
        "list all environments",
        "list-environments",
        refusals![TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, ADMIN_ROLE_MISSING],
    ),
    row(
        ("apinizer.environments.list_of_project", "GET", "/apiops/environments/{projectName}"),
        "list the environments of a project, first generation",
        "get-environments-by-project",
        refusals![TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, VALUE_EMPTY, PROJECT_WITHOUT_ENVIRONMENTS],
    ),
    row(
        ("apinizer.projects.environments", "GET", "/apiops/projects/{projectName}/environments/"),
        "list the environments of a project, second generation",
        "docs/get-environments-by-project",
        refusals![TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, VALUE_EMPTY, PROJECT_WITHOUT_ENVIRONMENTS],
    ),
    row(
        ("apinizer.certificates.list", "GET", "/apiops/projects/{projectName}/certificates/"),
        "list certificates",
        "list-certificates",
        refusals![in project:],
    ),
    row(
        ("apinizer.certificates.create", "POST", "/apiops/projects/{projectName}/certificates/"),
        "store a certificate and deploy it",
        "create-certificate",
        refusals![in project: CERTIFICATE_EXISTS, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE],
    ),
    row(
        ("apinizer.certificates.get", "GET", "/apiops/projects/{projectName}/certificates/{certificateName}/"),
        "read a certificate",
        "get-certificate",
        refusals![in project: CERTIFICATE_NOT_FOUND],
    ),
    row(
        ("apinizer.certificates.update", "PUT", "/apiops/projects/{projectName}/certificates/{certificateName}/"),
        "replace a certificate and deploy it; JWKs made from it may follow",
        "update-certificate",
        refusals![in project: CERTIFICATE_NOT_FOUND, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE],
    ),
    row(
        ("apinizer.certificates.delete", "DELETE", "/apiops/projects/{projectName}/certificates/{certificateName}/"),
        "delete a certificate and take it back from its environments",
        "delete-certificate",
        refusals![in project: CERTIFICATE_NOT_FOUND, UNKNOWN_VALUE],
    ),
    row(
        (
            "apinizer.certificates.export",
            "GET",
            "/apiops/projects/{projectName}/certificates/{certificateName}/export/",
        ),
        "download a certificate's files as ZIP",
        "export-certificate",
        refusals![in project: CERTIFICATE_NOT_FOUND],
    ),
    row(
        (
            "apinizer.certificates.export_file",
            "GET",
            "/apiops/projects/{projectName}/certificates/{certificateName}/export-file/",
        ),
        "the same, by its other path",
        "docs/export-certificate",
        refusals![in project: CERTIFICATE_NOT_FOUND],
    ),
    row(
        (
            "apinizer.truststore.list",
            "GET",
            "/apiops/projects/{projectName}/certificates/truststore/{environmentName}/",
        ),
        "list what an environment trusts",
        "get-truststore-certificates",
        refusals![in project: TRUSTSTORE_OF_ADMIN_ONLY, ENVIRONMENT_NOT_FOUND],
    ),
    row(
        ("apinizer.keystores.list", "GET", "/apiops/projects/{projectName}/keystores/"),
        "list keystores",
        "list-keystores",
        refusals![in project:],
    ),
    row(
        ("apinizer.keystores.create", "POST", "/apiops/projects/{projectName}/keystores/"),
        "store a keystore and deploy it",
        "create-keystore",
        refusals![in project: MALFORMED_JSON, KEYSTORE_NAME_EMPTY, KEYSTORE_EXISTS, UNKNOWN_VALUE, FILE_NOT_BASE64, ENVIRONMENT_NOT_FOUND],
    ),
    row(
        ("apinizer.keystores.get", "GET", "/apiops/projects/{projectName}/keystores/{keystoreName}/"),
        "read a keystore",
        "get-keystore",
        refusals![in project: KEYSTORE_NOT_FOUND],
    ),
    row(
        ("apinizer.keystores.update", "PUT", "/apiops/projects/{projectName}/keystores/{keystoreName}/"),
        "change a keystore and deploy it; JWKs made from it may follow",
        "update-keystore",
        refusals![in project: MALFORMED_JSON, KEYSTORE_NOT_FOUND, KEYSTORE_NAME_EMPTY, KEYSTORE_NAME_TAKEN, UNKNOWN_VALUE, FILE_NOT_BASE64, ENVIRONMENT_NOT_FOUND],
    ),
    row(
        ("apinizer.keystores.delete", "DELETE", "/apiops/projects/{projectName}/keystores/{keystoreName}/"),
        "delete a keystore and take it back from its environments",
        "delete-keystore",
        refusals![in project: KEYSTORE_NOT_FOUND, UNKNOWN_VALUE],
    ),
];
