//! The operations, each with what answers it and what it asks of the caller.

use super::access::Access::{
    ExportCertificates, Open, ReadCertificates, ReadSecrets, Token, WriteCertificates, WriteSecrets,
};
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
    TEXT_UNDECODABLE, TOKEN_EXPIRED, TOKEN_INVALID, TOKEN_MISSING, TOKEN_OF_OTHER_SYSTEM, TRUSTSTORE_EMPTY,
    TRUSTSTORE_OF_ADMIN_ONLY, UNKNOWN_VALUE, UNSUPPORTED_GRANT_TYPE, URL_UNREADABLE, VALUE_EMPTY, newer_page, page,
};
use super::kind::{delete, list};
use super::routes::{Route, exported, fetching, fetching_always, issue, read, show, transferred, write};
use super::state::{Certificate, Jwk, Key, Keystore};
use super::{certificates, jwks, keys, keystores, kind, projects, token};
use crate::contract::{Outcome, operations};

/// What every operation but the open ones may find wrong with the caller's token.
const WITH_TOKEN: &[&Outcome] = &[&TOKEN_MISSING, &TOKEN_INVALID, &TOKEN_OF_OTHER_SYSTEM, &TOKEN_EXPIRED];

/// What every operation in a project may find wrong before it begins.
const IN_PROJECT: &[&Outcome] = &[
    &TOKEN_MISSING,
    &TOKEN_INVALID,
    &TOKEN_OF_OTHER_SYSTEM,
    &TOKEN_EXPIRED,
    &VALUE_EMPTY,
    &PROJECT_NOT_FOUND,
    &PERMISSION_MISSING,
];

/// What every operation that takes a form may find wrong with that.
const FORM: &[&Outcome] = &[&FORM_UNREADABLE, &TEXT_UNDECODABLE, &UNKNOWN_VALUE];

operations! {
    /// The emulated operations.
    pub OPERATIONS, "apinizer"; routes ROUTES: Route;
    below "/apiops" {
        "token.create": "POST" "/auth/token"
            "exchange user name and password for a bearer token", page("create-token"), [200],
            [UNSUPPORTED_GRANT_TYPE, BAD_CREDENTIALS]
            => issue(token::create);
        "test.healthcheck": "GET" "/test/healthcheck"
            "say that the server is there", page("healthcheck"), [200],
            []
            => show(Open, projects::healthcheck);
        "test.hello": "GET" "/test/hello/{name}"
            "say hello to somebody with a token", page("secure-hello"), [200],
            [VALUE_EMPTY + WITH_TOKEN]
            => show(Token, projects::hello);
        "project.list": "GET" "/projects/"
            "list the projects of the caller", page("list-projects"), [200],
            [+ WITH_TOKEN]
            => show(Token, projects::list_projects);
        "environment.list": "GET" "/environments/"
            "list all environments", page("list-environments"), [200],
            [ADMIN_ROLE_MISSING + WITH_TOKEN]
            => read(Token, projects::list_environments);
        "environment.list_of_project": "GET" "/environments/{projectName}"
            "list the environments of a project, first generation", page("get-environments-by-project"), [200],
            [VALUE_EMPTY, PROJECT_WITHOUT_ENVIRONMENTS + WITH_TOKEN]
            => read(Token, projects::list_environments_of_project);
        "project.environments": "GET" "/projects/{projectName}/environments/"
            "list the environments of a project, second generation", newer_page("get-environments-by-project"), [200],
            [VALUE_EMPTY, PROJECT_WITHOUT_ENVIRONMENTS + WITH_TOKEN]
            => read(Token, projects::list_environments_of_project);
        "certificate.list": "GET" "/projects/{projectName}/certificates/"
            "list certificates", page("list-certificates"), [200],
            [+ IN_PROJECT]
            => show(ReadCertificates, list::<Certificate>);
        "certificate.create": "POST" "/projects/{projectName}/certificates/"
            "store a certificate and deploy it", page("create-certificate"), [200],
            [CERTIFICATE_EXISTS, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE + IN_PROJECT + FORM]
            => write(WriteCertificates, certificates::create);
        "certificate.read": "GET" "/projects/{projectName}/certificates/{certificateName}/"
            "read a certificate", page("get-certificate"), [200],
            [CERTIFICATE_NOT_FOUND + IN_PROJECT]
            => read(ReadCertificates, kind::read::<Certificate>);
        "certificate.update": "PUT" "/projects/{projectName}/certificates/{certificateName}/"
            "replace a certificate and deploy it; JWKs made from it may follow", page("update-certificate"), [200],
            [CERTIFICATE_NOT_FOUND, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE, JWK_UNREADABLE + IN_PROJECT + FORM]
            => write(WriteCertificates, certificates::update);
        "certificate.delete": "DELETE" "/projects/{projectName}/certificates/{certificateName}/"
            "delete a certificate and take it back from its environments", page("delete-certificate"), [200],
            [CERTIFICATE_NOT_FOUND, UNKNOWN_VALUE + IN_PROJECT]
            => write(WriteCertificates, delete::<Certificate>);
        "certificate.export": "GET" "/projects/{projectName}/certificates/{certificateName}/export/"
            "download a certificate's files as ZIP", page("export-certificate"), [200],
            [CERTIFICATE_NOT_FOUND + IN_PROJECT]
            => read(ExportCertificates, certificates::transfer::export);
        "certificate.export_file": "GET" "/projects/{projectName}/certificates/{certificateName}/export-file/"
            "the same, by its other path", newer_page("export-certificate"), [200],
            [CERTIFICATE_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT + IN_PROJECT]
            => read(ExportCertificates, certificates::transfer::export_file);
        "truststore.list": "GET" "/projects/{projectName}/certificates/truststore/{environmentName}/"
            "list what an environment trusts", page("get-truststore-certificates"), [200],
            [TRUSTSTORE_OF_ADMIN_ONLY, ENVIRONMENT_NOT_FOUND + IN_PROJECT]
            => read(ReadCertificates, certificates::truststore::list);
        "keystore.list": "GET" "/projects/{projectName}/keystores/"
            "list keystores", page("list-keystores"), [200],
            [+ IN_PROJECT]
            => show(ReadSecrets, list::<Keystore>);
        "keystore.create": "POST" "/projects/{projectName}/keystores/"
            "store a keystore and deploy it", page("create-keystore"), [200],
            [MALFORMED_JSON, KEYSTORE_NAME_EMPTY, KEYSTORE_EXISTS, UNKNOWN_VALUE, FILE_NOT_BASE64, ENVIRONMENT_NOT_FOUND + IN_PROJECT]
            => write(WriteSecrets, keystores::create);
        "keystore.read": "GET" "/projects/{projectName}/keystores/{keystoreName}/"
            "read a keystore", page("get-keystore"), [200],
            [KEYSTORE_NOT_FOUND + IN_PROJECT]
            => read(ReadSecrets, kind::read::<Keystore>);
        "keystore.update": "PUT" "/projects/{projectName}/keystores/{keystoreName}/"
            "change a keystore and deploy it; JWKs made from it may follow", page("update-keystore"), [200],
            [MALFORMED_JSON, KEYSTORE_NOT_FOUND, KEYSTORE_NAME_EMPTY, KEYSTORE_NAME_TAKEN, UNKNOWN_VALUE, FILE_NOT_BASE64, ENVIRONMENT_NOT_FOUND, KEYSTORE_UNOPENABLE, ALIAS_NOT_FOUND, JWK_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, keystores::update);
        "keystore.delete": "DELETE" "/projects/{projectName}/keystores/{keystoreName}/"
            "delete a keystore and take it back from its environments", page("delete-keystore"), [200],
            [KEYSTORE_NOT_FOUND, UNKNOWN_VALUE + IN_PROJECT]
            => write(WriteSecrets, delete::<Keystore>);
        "key.list": "GET" "/projects/{projectName}/keys/"
            "list keys", page("list-keys"), [200],
            [+ IN_PROJECT]
            => show(ReadSecrets, list::<Key>);
        "key.create": "POST" "/projects/{projectName}/keys/"
            "store a key and deploy it", page("create-key"), [200],
            [MALFORMED_JSON, KEY_NAME_EMPTY, UNKNOWN_VALUE, KEY_ALGORITHM_REQUIRED, KEY_EXISTS, ENVIRONMENT_NOT_FOUND, KEY_CONTENT_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, keys::create);
        "key.read": "GET" "/projects/{projectName}/keys/{keyName}/"
            "read a key", page("get-key"), [200],
            [KEY_NOT_FOUND + IN_PROJECT]
            => read(ReadSecrets, kind::read::<Key>);
        "key.update": "PUT" "/projects/{projectName}/keys/{keyName}/"
            "change a key and deploy it; JWKs made from it may follow", page("update-key"), [200],
            [MALFORMED_JSON, KEY_NAME_EMPTY, UNKNOWN_VALUE, KEY_ALGORITHM_REQUIRED, KEY_NOT_FOUND, KEY_NAME_TAKEN, ENVIRONMENT_NOT_FOUND, KEY_CONTENT_UNREADABLE, NO_PEM_KEYS, JWK_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, keys::update);
        "key.delete": "DELETE" "/projects/{projectName}/keys/{keyName}/"
            "delete a key and take it back from its environments", page("delete-key"), [200],
            [KEY_NOT_FOUND, UNKNOWN_VALUE + IN_PROJECT]
            => write(WriteSecrets, delete::<Key>);
        "jwk.list": "GET" "/projects/{projectName}/jwks/"
            "list JWKs without material", page("list-jwks"), [200],
            [+ IN_PROJECT]
            => show(ReadSecrets, list::<Jwk>);
        "jwk.create": "POST" "/projects/{projectName}/jwks/"
            "make a JWK from a source", page("create-jwk"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, SOURCE_TYPE_REQUIRED, SOURCE_TYPE_UNKNOWN, URL_UNREADABLE, CERTIFICATE_NOT_FOUND, KEY_NOT_FOUND, KEYSTORE_NOT_FOUND, KEYSTORE_UNOPENABLE, ALIAS_NOT_FOUND, NO_PEM_KEYS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, KID_NOT_FOUND, JWK_UNREADABLE + IN_PROJECT]
            => fetching(jwks::create);
        "jwk.read": "GET" "/projects/{projectName}/jwks/{jwkName}/"
            "read a JWK with its material", page("get-jwk"), [200],
            [JWK_NOT_FOUND + IN_PROJECT]
            => read(ReadSecrets, kind::read::<Jwk>);
        "jwk.update": "PUT" "/projects/{projectName}/jwks/{jwkName}/"
            "rename or describe a JWK, which detaches it from its source", page("update-jwk"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, JWK_TO_UPDATE_NOT_FOUND, JWK_NAME_TAKEN + IN_PROJECT]
            => write(WriteSecrets, jwks::update);
        "jwk.delete": "DELETE" "/projects/{projectName}/jwks/{jwkName}/"
            "delete a JWK", page("delete-jwk"), [200],
            [JWK_NOT_FOUND + IN_PROJECT]
            => write(WriteSecrets, delete::<Jwk>);
        "jwk.generate": "POST" "/projects/{projectName}/jwks/generate"
            "generate a JWK", page("generate-jwk"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, JWK_TYPE_EMPTY, JWK_EXISTS, UNKNOWN_VALUE, EXPIRATION_NOT_AFTER_START + IN_PROJECT]
            => write(WriteSecrets, jwks::generate);
        "jwk.parse_from_url": "POST" "/projects/{projectName}/jwks/parse-from-url"
            "make a JWK from what a URL answers", page("parse-jwk-from-url"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, URL_UNREADABLE, KID_NOT_FOUND, JWK_UNREADABLE + IN_PROJECT]
            => fetching_always(jwks::parse_from_url);
        "jwk.parse_from_clipboard": "POST" "/projects/{projectName}/jwks/parse-from-clipboard"
            "make a JWK from text", page("parse-jwk-from-clipboard"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, KID_NOT_FOUND, JWK_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, jwks::parse_from_clipboard);
        "jwk.parse_from_certificate": "POST" "/projects/{projectName}/jwks/parse-from-certificate"
            "make a JWK from a certificate", page("parse-jwk-from-certificate"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, CERTIFICATE_NOT_FOUND, JWK_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, jwks::parse_from_certificate);
        "jwk.parse_from_key": "POST" "/projects/{projectName}/jwks/parse-from-key"
            "make a JWK from a key", page("parse-jwk-from-key"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, KEY_NOT_FOUND, NO_PEM_KEYS, JWK_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, jwks::parse_from_key);
        "jwk.parse_from_keystore": "POST" "/projects/{projectName}/jwks/parse-from-keystore"
            "make a JWK from an entry of a keystore", page("parse-jwk-from-keystore"), [200],
            [MALFORMED_JSON, JWK_NAME_EMPTY, SOURCE_FIELD_REQUIRED, JWK_EXISTS, UNKNOWN_VALUE, ENVIRONMENT_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, KEYSTORE_NOT_FOUND, KEYSTORE_UNOPENABLE, ALIAS_NOT_FOUND, JWK_UNREADABLE + IN_PROJECT]
            => write(WriteSecrets, jwks::parse_from_keystore);
        "certificate.import_file": "POST" "/projects/{projectName}/certificates/import-file/"
            "store a certificate from a file or an export", newer_page("import-certificate-file"), [200],
            [MAPPING_NOT_AN_OBJECT, ARCHIVE_WITHOUT_MATERIAL, ENVIRONMENT_NOT_FOUND, ALIAS_TAKEN, CERTIFICATE_UNREADABLE + IN_PROJECT + FORM]
            => transferred(certificates::transfer::import_file);
        "truststore.export_file": "GET" "/projects/{projectName}/certificates/truststore/{environmentName}/export-file/"
            "download what an environment trusts", newer_page("export-truststore-file"), [200],
            [ENVIRONMENT_NOT_FOUND, TRUSTSTORE_EMPTY + IN_PROJECT]
            => exported(certificates::truststore::export);
        "truststore.import_file": "POST" "/projects/{projectName}/certificates/truststore/{environmentName}/import-file/"
            "store a bundle of certificates for an environment", newer_page("import-truststore-file"), [200],
            [ENVIRONMENT_NOT_FOUND, BUNDLE_EMPTY, BUNDLE_WITHOUT_CERTIFICATE + IN_PROJECT + FORM]
            => transferred(certificates::truststore::import);
        "keystore.export_package": "GET" "/projects/{projectName}/keystores/{keystoreName}/export/"
            "download a keystore as package", newer_page("export-keystore"), [200],
            [KEYSTORE_NOT_FOUND, UNKNOWN_VALUE, PASSPHRASE_MISSING, PACKAGE_NOT_ENCRYPTED + IN_PROJECT]
            => transferred(keystores::package::export);
        "keystore.import_package": "POST" "/projects/{projectName}/keystores/import/"
            "store a keystore from a package", newer_page("import-keystore"), [200],
            [NOT_A_PACKAGE, PACKAGE_ENCRYPTED, PACKAGE_UNDECRYPTABLE, PACKAGE_UNREADABLE, MAPPING_NOT_AN_OBJECT, REPLACE_UNCOVERED + IN_PROJECT + FORM]
            => transferred(keystores::package::import);
        "keystore.export_file": "GET" "/projects/{projectName}/keystores/{keystoreName}/export-file/"
            "download the files of a keystore", newer_page("export-keystore-file"), [200],
            [KEYSTORE_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, NO_MATERIAL + IN_PROJECT]
            => exported(keystores::transfer::export_file);
        "keystore.import_file": "POST" "/projects/{projectName}/keystores/import-file/"
            "store a keystore from a file or an export", newer_page("import-keystore-file"), [200],
            [MAPPING_NOT_AN_OBJECT, ARCHIVE_WITHOUT_MATERIAL, ENVIRONMENT_NOT_FOUND, KEYSTORE_NOT_OVERRIDDEN, KEYSTORE_NOT_FOUND + IN_PROJECT + FORM]
            => transferred(keystores::transfer::import_file);
        "key.export_package": "GET" "/projects/{projectName}/keys/{keyName}/export/"
            "download a key as package", newer_page("export-key"), [200],
            [KEY_NOT_FOUND, UNKNOWN_VALUE, PASSPHRASE_MISSING, PACKAGE_NOT_ENCRYPTED + IN_PROJECT]
            => transferred(keys::package::export);
        "key.import_package": "POST" "/projects/{projectName}/keys/import/"
            "store a key from a package", newer_page("import-key"), [200],
            [NOT_A_PACKAGE, PACKAGE_ENCRYPTED, PACKAGE_UNDECRYPTABLE, PACKAGE_UNREADABLE, MAPPING_NOT_AN_OBJECT, KEY_ALGORITHM_REQUIRED, REPLACE_UNCOVERED + IN_PROJECT + FORM]
            => transferred(keys::package::import);
        "key.export_file": "GET" "/projects/{projectName}/keys/{keyName}/export-file/"
            "download the files of a key", newer_page("export-key-file"), [200],
            [KEY_NOT_FOUND, MATERIAL_NOT_IN_ENVIRONMENT, NO_MATERIAL + IN_PROJECT]
            => exported(keys::transfer::export_file);
        "key.import_file": "POST" "/projects/{projectName}/keys/import-file/"
            "store a key from a file or an export", newer_page("import-key-file"), [200],
            [MAPPING_NOT_AN_OBJECT, ARCHIVE_WITHOUT_MATERIAL, ENVIRONMENT_NOT_FOUND, KEY_NOT_OVERRIDDEN, KEY_NOT_FOUND, KEY_ALGORITHM_REQUIRED, KEY_CONTENT_UNREADABLE + IN_PROJECT + FORM]
            => transferred(keys::transfer::import_file);
        "jwk.export_file": "GET" "/projects/{projectName}/jwks/{jwkName}/export-file/"
            "download a JWK as JWK Set", newer_page("export-jwk-file"), [200],
            [JWK_NOT_FOUND, UNKNOWN_VALUE, JWK_WITHOUT_MATERIAL + IN_PROJECT]
            => exported(jwks::transfer::export_file);
        "jwk.import_file": "POST" "/projects/{projectName}/jwks/import-file/"
            "store a JWK from a file", newer_page("import-jwk-file"), [200],
            [JWK_NAME_TAKEN, JWK_UNREADABLE, KID_NOT_FOUND + IN_PROJECT + FORM]
            => transferred(jwks::transfer::import_file);
    }
}
