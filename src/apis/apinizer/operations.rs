//! The operation table.

use super::error::{
    ADMIN_ROLE_MISSING, ALIAS_NOT_FOUND, ALIAS_TAKEN, ARCHIVE_WITHOUT_MATERIAL, BAD_CREDENTIALS, BUNDLE_EMPTY,
    BUNDLE_WITHOUT_CERTIFICATE, CERTIFICATE_EXISTS, CERTIFICATE_NOT_FOUND, CERTIFICATE_UNREADABLE,
    ENVIRONMENT_NOT_FOUND, EXPIRATION_NOT_AFTER_START, FILE_NOT_BASE64, FORM_UNREADABLE, JWK_EXISTS, JWK_NAME_EMPTY,
    JWK_NAME_TAKEN, JWK_NOT_FOUND, JWK_TO_UPDATE_NOT_FOUND, JWK_TYPE_EMPTY, JWK_UNREADABLE, JWK_WITHOUT_MATERIAL,
    KEY_ALGORITHM_REQUIRED, KEY_CONTENT_UNREADABLE, KEY_EXISTS, KEY_NAME_EMPTY, KEY_NAME_TAKEN, KEY_NOT_FOUND,
    KEY_NOT_OVERRIDDEN, KEYSTORE_EXISTS, KEYSTORE_NAME_EMPTY, KEYSTORE_NAME_TAKEN, KEYSTORE_NOT_FOUND,
    KEYSTORE_NOT_OVERRIDDEN, KEYSTORE_UNOPENABLE, KID_NOT_FOUND, MALFORMED_JSON, MAPPING_NOT_AN_OBJECT,
    MATERIAL_NOT_IN_ENVIRONMENT, NO_MATERIAL, NO_PEM_KEYS, NOT_A_PACKAGE, PACKAGE_ENCRYPTED, PACKAGE_NOT_ENCRYPTED,
    PACKAGE_UNDECRYPTABLE, PACKAGE_UNREADABLE, PASSPHRASE_MISSING, PERMISSION_MISSING, PROJECT_NOT_FOUND,
    PROJECT_WITHOUT_ENVIRONMENTS, REPLACE_UNCOVERED, SOURCE_FIELD_REQUIRED, SOURCE_TYPE_REQUIRED, SOURCE_TYPE_UNKNOWN,
    TEXT_UNDECODABLE, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING, TRUSTSTORE_EMPTY, TRUSTSTORE_OF_ADMIN_ONLY,
    UNKNOWN_VALUE, UNSUPPORTED_GRANT_TYPE, URL_UNREADABLE, VALUE_EMPTY,
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
    (form in project: $($row:ident),* $(,)?) => {
        refusals![in project: FORM_UNREADABLE, TEXT_UNDECODABLE, UNKNOWN_VALUE, $($row),*]
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
        refusals![form in project: CERTIFICATE_EXISTS, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE],
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
        refusals![form in project: CERTIFICATE_NOT_FOUND, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE, JWK_UNREADABLE],
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
        refusals![in project: CERTIFICATE_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT],
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
        refusals![in project: MALFORMED_JSON, KEYSTORE_NOT_FOUND, KEYSTORE_NAME_EMPTY, KEYSTORE_NAME_TAKEN, UNKNOWN_VALUE, FILE_NOT_BASE64, ENVIRONMENT_NOT_FOUND, KEYSTORE_UNOPENABLE, ALIAS_NOT_FOUND, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.keystores.delete", "DELETE", "/apiops/projects/{projectName}/keystores/{keystoreName}/"),
        "delete a keystore and take it back from its environments",
        "delete-keystore",
        refusals![in project: KEYSTORE_NOT_FOUND, UNKNOWN_VALUE],
    ),
    row(
        ("apinizer.keys.list", "GET", "/apiops/projects/{projectName}/keys/"),
        "list keys",
        "list-keys",
        refusals![in project: ],
    ),
    row(
        ("apinizer.keys.create", "POST", "/apiops/projects/{projectName}/keys/"),
        "store a key and deploy it",
        "create-key",
        refusals![in project: MALFORMED_JSON, KEY_NAME_EMPTY, UNKNOWN_VALUE, KEY_ALGORITHM_REQUIRED, KEY_EXISTS, ENVIRONMENT_NOT_FOUND, KEY_CONTENT_UNREADABLE],
    ),
    row(
        ("apinizer.keys.get", "GET", "/apiops/projects/{projectName}/keys/{keyName}/"),
        "read a key",
        "get-key",
        refusals![in project: KEY_NOT_FOUND],
    ),
    row(
        ("apinizer.keys.update", "PUT", "/apiops/projects/{projectName}/keys/{keyName}/"),
        "change a key and deploy it; JWKs made from it may follow",
        "update-key",
        refusals![in project: MALFORMED_JSON, KEY_NAME_EMPTY, UNKNOWN_VALUE, KEY_ALGORITHM_REQUIRED, KEY_NOT_FOUND, KEY_NAME_TAKEN, ENVIRONMENT_NOT_FOUND, KEY_CONTENT_UNREADABLE, NO_PEM_KEYS, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.keys.delete", "DELETE", "/apiops/projects/{projectName}/keys/{keyName}/"),
        "delete a key and take it back from its environments",
        "delete-key",
        refusals![in project: KEY_NOT_FOUND, UNKNOWN_VALUE],
    ),
    row(
        ("apinizer.jwks.list", "GET", "/apiops/projects/{projectName}/jwks/"),
        "list JWKs without material",
        "list-jwks",
        refusals![in project: ],
    ),
    row(
        ("apinizer.jwks.create", "POST", "/apiops/projects/{projectName}/jwks/"),
        "make a JWK from a source",
        "create-jwk",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, SOURCE_TYPE_REQUIRED, SOURCE_TYPE_UNKNOWN, URL_UNREADABLE, CERTIFICATE_NOT_FOUND, KEY_NOT_FOUND, KEYSTORE_NOT_FOUND, KEYSTORE_UNOPENABLE, ALIAS_NOT_FOUND, NO_PEM_KEYS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, KID_NOT_FOUND, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.jwks.get", "GET", "/apiops/projects/{projectName}/jwks/{jwkName}/"),
        "read a JWK with its material",
        "get-jwk",
        refusals![in project: JWK_NOT_FOUND],
    ),
    row(
        ("apinizer.jwks.update", "PUT", "/apiops/projects/{projectName}/jwks/{jwkName}/"),
        "rename or describe a JWK, which detaches it from its source",
        "update-jwk",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, JWK_TO_UPDATE_NOT_FOUND, JWK_NAME_TAKEN],
    ),
    row(
        ("apinizer.jwks.delete", "DELETE", "/apiops/projects/{projectName}/jwks/{jwkName}/"),
        "delete a JWK",
        "delete-jwk",
        refusals![in project: JWK_NOT_FOUND],
    ),
    row(
        ("apinizer.jwks.generate", "POST", "/apiops/projects/{projectName}/jwks/generate"),
        "generate a JWK",
        "generate-jwk",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, JWK_TYPE_EMPTY, JWK_EXISTS, UNKNOWN_VALUE, EXPIRATION_NOT_AFTER_START],
    ),
    row(
        ("apinizer.jwks.parse_from_url", "POST", "/apiops/projects/{projectName}/jwks/parse-from-url"),
        "make a JWK from what a URL answers",
        "parse-jwk-from-url",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, URL_UNREADABLE, KID_NOT_FOUND, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.jwks.parse_from_clipboard", "POST", "/apiops/projects/{projectName}/jwks/parse-from-clipboard"),
        "make a JWK from text",
        "parse-jwk-from-clipboard",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, KID_NOT_FOUND, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.jwks.parse_from_certificate", "POST", "/apiops/projects/{projectName}/jwks/parse-from-certificate"),
        "make a JWK from a certificate",
        "parse-jwk-from-certificate",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, CERTIFICATE_NOT_FOUND, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.jwks.parse_from_key", "POST", "/apiops/projects/{projectName}/jwks/parse-from-key"),
        "make a JWK from a key",
        "parse-jwk-from-key",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, KEY_NOT_FOUND, NO_PEM_KEYS, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.jwks.parse_from_keystore", "POST", "/apiops/projects/{projectName}/jwks/parse-from-keystore"),
        "make a JWK from an entry of a keystore",
        "parse-jwk-from-keystore",
        refusals![in project: MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, KEYSTORE_NOT_FOUND, KEYSTORE_UNOPENABLE, ALIAS_NOT_FOUND, JWK_UNREADABLE],
    ),
    row(
        ("apinizer.certificates.import_file", "POST", "/apiops/projects/{projectName}/certificates/import-file/"),
        "store a certificate from a file or an export",
        "docs/import-certificate-file",
        refusals![form in project: MAPPING_NOT_AN_OBJECT, ARCHIVE_WITHOUT_MATERIAL, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE],
    ),
    row(
        (
            "apinizer.truststore.export_file",
            "GET",
            "/apiops/projects/{projectName}/certificates/truststore/{environmentName}/export-file/",
        ),
        "download what an environment trusts",
        "docs/export-truststore-file",
        refusals![in project: ENVIRONMENT_NOT_FOUND, TRUSTSTORE_EMPTY],
    ),
    row(
        (
            "apinizer.truststore.import_file",
            "POST",
            "/apiops/projects/{projectName}/certificates/truststore/{environmentName}/import-file/",
        ),
        "store a bundle of certificates for an environment",
        "docs/import-truststore-file",
        refusals![form in project: ENVIRONMENT_NOT_FOUND, BUNDLE_EMPTY, BUNDLE_WITHOUT_CERTIFICATE],
    ),
    row(
        ("apinizer.keystores.export_package", "GET", "/apiops/projects/{projectName}/keystores/{keystoreName}/export/"),
        "download a keystore as package",
        "docs/export-keystore",
        refusals![in project: KEYSTORE_NOT_FOUND, UNKNOWN_VALUE, PASSPHRASE_MISSING, PACKAGE_NOT_ENCRYPTED],
    ),
    row(
        ("apinizer.keystores.import_package", "POST", "/apiops/projects/{projectName}/keystores/import/"),
        "store a keystore from a package",
        "docs/import-keystore",
        refusals![form in project: NOT_A_PACKAGE, PACKAGE_ENCRYPTED, PACKAGE_UNDECRYPTABLE, PACKAGE_UNREADABLE, MAPPING_NOT_AN_OBJECT, REPLACE_UNCOVERED],
    ),
    row(
        (
            "apinizer.keystores.export_file",
            "GET",
            "/apiops/projects/{projectName}/keystores/{keystoreName}/export-file/",
        ),
        "download the files of a keystore",
        "docs/export-keystore-file",
        refusals![in project: KEYSTORE_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, NO_MATERIAL],
    ),
    row(
        ("apinizer.keystores.import_file", "POST", "/apiops/projects/{projectName}/keystores/import-file/"),
        "store a keystore from a file or an export",
        "docs/import-keystore-file",
        refusals![form in project: MAPPING_NOT_AN_OBJECT, ARCHIVE_WITHOUT_MATERIAL, ENVIRONMENT_NOT_FOUND, KEYSTORE_NOT_OVERRIDDEN, KEYSTORE_NOT_FOUND],
    ),
    row(
        ("apinizer.keys.export_package", "GET", "/apiops/projects/{projectName}/keys/{keyName}/export/"),
        "download a key as package",
        "docs/export-key",
        refusals![in project: KEY_NOT_FOUND, UNKNOWN_VALUE, PASSPHRASE_MISSING, PACKAGE_NOT_ENCRYPTED],
    ),
    row(
        ("apinizer.keys.import_package", "POST", "/apiops/projects/{projectName}/keys/import/"),
        "store a key from a package",
        "docs/import-key",
        refusals![form in project: NOT_A_PACKAGE, PACKAGE_ENCRYPTED, PACKAGE_UNDECRYPTABLE, PACKAGE_UNREADABLE, MAPPING_NOT_AN_OBJECT, KEY_ALGORITHM_REQUIRED, REPLACE_UNCOVERED],
    ),
    row(
        ("apinizer.keys.export_file", "GET", "/apiops/projects/{projectName}/keys/{keyName}/export-file/"),
        "download the files of a key",
        "docs/export-key-file",
        refusals![in project: KEY_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, NO_MATERIAL],
    ),
    row(
        ("apinizer.keys.import_file", "POST", "/apiops/projects/{projectName}/keys/import-file/"),
        "store a key from a file or an export",
        "docs/import-key-file",
        refusals![form in project: MAPPING_NOT_AN_OBJECT, ARCHIVE_WITHOUT_MATERIAL, ENVIRONMENT_NOT_FOUND, KEY_NOT_OVERRIDDEN, KEY_NOT_FOUND, KEY_ALGORITHM_REQUIRED, KEY_CONTENT_UNREADABLE],
    ),
    row(
        ("apinizer.jwks.export_file", "GET", "/apiops/projects/{projectName}/jwks/{jwkName}/export-file/"),
        "download a JWK as JWK Set",
        "docs/export-jwk-file",
        refusals![in project: JWK_NOT_FOUND, UNKNOWN_VALUE, JWK_WITHOUT_MATERIAL],
    ),
    row(
        ("apinizer.jwks.import_file", "POST", "/apiops/projects/{projectName}/jwks/import-file/"),
        "store a JWK from a file",
        "docs/import-jwk-file",
        refusals![form in project: JWK_NAME_TAKEN, JWK_UNREADABLE, KID_NOT_FOUND],
    ),
];
