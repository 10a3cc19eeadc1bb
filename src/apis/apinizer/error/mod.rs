//! Everything that this API refuses, and its catalogue: the only folder with its codes and texts.
//!
//! A row has the code and the text of the first generation. [`second_generation`] says where the second differs.

mod catalogue;
mod catalogue_jwks_and_files;
mod second_generation;

use crate::contract::{Outcome, Refusal};

pub use catalogue::BODY_TOO_LARGE;
pub(crate) use catalogue::*;
pub(crate) use catalogue_jwks_and_files::*;
pub(super) use second_generation::in_second_generation;

/// Every row of the catalogue.
pub const OUTCOMES: &[&Outcome] = &[
    &NO_HANDLER,
    &METHOD_NOT_ALLOWED,
    &TOKEN_MISSING,
    &TOKEN_INVALID,
    &TOKEN_EXPIRED,
    &ADMIN_ROLE_MISSING,
    &PERMISSION_MISSING,
    &PROJECT_NOT_FOUND,
    &PROJECT_WITHOUT_ENVIRONMENTS,
    &ENVIRONMENT_NOT_FOUND,
    &VALUE_EMPTY,
    &FORM_UNREADABLE,
    &TEXT_UNDECODABLE,
    &BODY_TOO_LARGE,
    &MALFORMED_JSON,
    &UNKNOWN_VALUE,
    &UNSUPPORTED_GRANT_TYPE,
    &BAD_CREDENTIALS,
    &CERTIFICATE_NOT_FOUND,
    &CERTIFICATE_EXISTS,
    &ALIAS_TAKEN,
    &CERTIFICATE_UNREADABLE,
    &TRUSTSTORE_OF_ADMIN_ONLY,
    &KEYSTORE_NOT_FOUND,
    &KEYSTORE_EXISTS,
    &KEYSTORE_NAME_TAKEN,
    &KEYSTORE_NAME_EMPTY,
    &FILE_NOT_BASE64,
    &KEY_NOT_FOUND,
    &KEY_EXISTS,
    &KEY_NAME_TAKEN,
    &KEY_NAME_EMPTY,
    &KEY_ALGORITHM_REQUIRED,
    &KEY_CONTENT_UNREADABLE,
    &JWK_NOT_FOUND,
    &JWK_TO_UPDATE_NOT_FOUND,
    &JWK_EXISTS,
    &JWK_NAME_TAKEN,
    &JWK_NAME_EMPTY,
    &JWK_TYPE_EMPTY,
    &SOURCE_TYPE_REQUIRED,
    &SOURCE_TYPE_UNKNOWN,
    &SOURCE_FIELD_REQUIRED,
    &KID_NOT_FOUND,
    &JWK_UNREADABLE,
    &URL_UNREADABLE,
    &MATERIAL_NOT_IN_ENVIRONMENT,
    &ALIAS_NOT_FOUND,
    &KEYSTORE_UNOPENABLE,
    &NO_PEM_KEYS,
    &EXPIRATION_NOT_AFTER_START,
    &ARCHIVE_WITHOUT_MATERIAL,
    &TRUSTSTORE_EMPTY,
    &BUNDLE_EMPTY,
    &BUNDLE_WITHOUT_CERTIFICATE,
    &PASSPHRASE_MISSING,
    &PACKAGE_NOT_ENCRYPTED,
    &NOT_A_PACKAGE,
    &PACKAGE_ENCRYPTED,
    &PACKAGE_UNDECRYPTABLE,
    &PACKAGE_UNREADABLE,
    &MAPPING_NOT_AN_OBJECT,
    &REPLACE_UNCOVERED,
    &NO_MATERIAL,
    &KEYSTORE_NOT_OVERRIDDEN,
    &KEY_NOT_OVERRIDDEN,
    &JWK_WITHOUT_MATERIAL,
    // Only faults answer with the rows from here on.
    &INTERNAL_ERROR,
    &RATE_LIMIT_EXCEEDED,
    &VALIDATION_FAILED,
    &TOKEN_SERVER_ERROR,
    &TRUSTSTORE_WITHOUT_MATERIAL,
];

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// No operation has this path.
    NoHandler { method: String, path: String },
    /// The path exists for other methods.
    MethodNotAllowed { method: String, allowed: String },
    /// No bearer token was sent.
    TokenMissing,
    /// The token is unknown or revoked.
    TokenInvalid,
    /// The token has expired.
    TokenExpired,
    /// Only an administrator may do this.
    AdminRoleMissing,
    /// A role is missing; which would do.
    PermissionMissing { needed: &'static str },
    /// The project is unknown, or the caller is no member.
    ProjectNotFound { project: String },
    /// The same, where the environments of a project are asked for.
    ProjectWithoutEnvironments { project: String },
    /// The environment is unknown, or the project does not reach it.
    EnvironmentNotFound { environment: String },
    /// A required value is missing or blank.
    ValueEmpty { field: &'static str },
    /// A required value is missing because the form cannot be read.
    FormUnreadable { field: &'static str, reason: String },
    /// The bytes of a text field are not of its character set.
    TextUndecodable { field: &'static str, charset: &'static str },
    /// The body is not the expected JSON.
    MalformedJson { reason: String },
    /// A value is not one of a fixed set.
    UnknownValue { field: &'static str, value: String, supported: String },
    /// The emulator failed.
    Internal,
    /// `grant_type` is not `client_credentials`.
    UnsupportedGrantType,
    /// User name or password is wrong, or the account is disabled.
    BadCredentials,
    /// No such certificate.
    CertificateNotFound { name: String },
    /// The name of a new certificate is taken.
    CertificateExists { name: String },
    /// Another certificate has the alias in one of the environments.
    AliasTaken { alias: String },
    /// The bytes are no certificate.
    CertificateUnreadable { reason: String },
    /// Another project than `admin` asked for a truststore.
    TruststoreOfAdminOnly,
    /// No such keystore.
    KeystoreNotFound { name: String },
    /// The name of a new keystore is taken.
    KeystoreExists { name: String },
    /// The new name of a keystore is taken.
    KeystoreNameTaken { name: String },
    /// A keystore needs a name.
    KeystoreNameEmpty,
    /// The file of a keystore is not base64.
    FileNotBase64,
    /// No such key.
    KeyNotFound { name: String },
    /// The name of a new key is taken.
    KeyExists { name: String },
    /// The new name of a key is taken.
    KeyNameTaken { name: String },
    /// A key needs a name.
    KeyNameEmpty,
    /// A secret key needs an algorithm.
    KeyAlgorithmRequired { supported: String },
    /// The material of a key is neither PEM nor base64.
    KeyContentUnreadable { key_type: String },
    /// No such JWK.
    JwkNotFound { name: String },
    /// No such JWK to update.
    JwkToUpdateNotFound { name: String },
    /// The name of a new JWK is taken.
    JwkExists { name: String },
    /// The new name of a JWK is taken.
    JwkNameTaken { name: String },
    /// A JWK needs a name.
    JwkNameEmpty,
    /// A JWK to generate needs a type.
    JwkTypeEmpty,
    /// A new JWK needs a source type.
    SourceTypeRequired,
    /// The source type is not one that a JWK can be made from.
    SourceTypeUnknown { value: String, supported: String },
    /// A field that the source type needs is missing.
    SourceFieldRequired { label: &'static str, source: &'static str },
    /// No key of the set has the `kid`.
    KidNotFound { kid: String },
    /// The text is no JWK.
    JwkUnreadable { reason: String },
    /// The URL gave no JWK.
    UrlUnreadable { url: String, reason: String },
    /// The object has no entry for the environment.
    MaterialNotInEnvironment { name: String, environment: String, available: String },
    /// The keystore has no such alias.
    AliasNotFound { alias: String, name: String, aliases: String },
    /// The bytes are no keystore, or its password does not open it.
    KeystoreUnopenable { name: String, reason: String },
    /// The key is nothing that a JWK can be made from.
    NoPemKeys,
    /// The validity of a JWK ends before it starts.
    ExpirationNotAfterStart,
    /// The archive has no file named after the object.
    ArchiveWithoutMaterial { kind: &'static str, name: String, extension: &'static str },
    /// The truststore is empty.
    TruststoreEmpty { environment: String },
    /// The archive has no file.
    BundleEmpty,
    /// No file of the archive is a certificate.
    BundleWithoutCertificate { reasons: String },
    /// A package is to be encrypted without a passphrase.
    PassphraseMissing,
    /// The passphrase cannot be used.
    PackageNotEncrypted,
    /// The file is no package.
    NotAPackage { part: &'static str },
    /// The package needs a passphrase.
    PackageEncrypted,
    /// The passphrase is wrong.
    PackageUndecryptable,
    /// The package is broken.
    PackageUnreadable { reason: String },
    /// `environmentMapping` is no object of strings.
    MappingNotAnObject { received: String },
    /// Replacing would leave environments with old material.
    ReplaceUncovered { kind: &'static str, name: String, environments: String },
    /// The object has no environment entry to export.
    NoMaterial { name: String },
    /// The keystore exists and is not to be overridden.
    KeystoreNotOverridden { name: String },
    /// The key exists and is not to be overridden.
    KeyNotOverridden { name: String },
    /// The JWK has nothing that may be exported.
    JwkWithoutMaterial { name: String },
}

impl Error {
    /// The row of the catalogue.
    pub(super) const fn outcome(&self) -> &'static Outcome {
        match self {
            Self::NoHandler { .. } => &NO_HANDLER,
            Self::MethodNotAllowed { .. } => &METHOD_NOT_ALLOWED,
            Self::TokenMissing => &TOKEN_MISSING,
            Self::TokenInvalid => &TOKEN_INVALID,
            Self::TokenExpired => &TOKEN_EXPIRED,
            Self::AdminRoleMissing => &ADMIN_ROLE_MISSING,
            Self::PermissionMissing { .. } => &PERMISSION_MISSING,
            Self::ProjectNotFound { .. } => &PROJECT_NOT_FOUND,
            Self::ProjectWithoutEnvironments { .. } => &PROJECT_WITHOUT_ENVIRONMENTS,
            Self::EnvironmentNotFound { .. } => &ENVIRONMENT_NOT_FOUND,
            Self::ValueEmpty { .. } => &VALUE_EMPTY,
            Self::FormUnreadable { .. } => &FORM_UNREADABLE,
            Self::TextUndecodable { .. } => &TEXT_UNDECODABLE,
            Self::MalformedJson { .. } => &MALFORMED_JSON,
            Self::UnknownValue { .. } => &UNKNOWN_VALUE,
            Self::Internal => &INTERNAL_ERROR,
            Self::UnsupportedGrantType => &UNSUPPORTED_GRANT_TYPE,
            Self::BadCredentials => &BAD_CREDENTIALS,
            Self::CertificateNotFound { .. } => &CERTIFICATE_NOT_FOUND,
            Self::CertificateExists { .. } => &CERTIFICATE_EXISTS,
            Self::AliasTaken { .. } => &ALIAS_TAKEN,
            Self::CertificateUnreadable { .. } => &CERTIFICATE_UNREADABLE,
            Self::TruststoreOfAdminOnly => &TRUSTSTORE_OF_ADMIN_ONLY,
            Self::KeystoreNotFound { .. } => &KEYSTORE_NOT_FOUND,
            Self::KeystoreExists { .. } => &KEYSTORE_EXISTS,
            Self::KeystoreNameTaken { .. } => &KEYSTORE_NAME_TAKEN,
            Self::KeystoreNameEmpty => &KEYSTORE_NAME_EMPTY,
            Self::FileNotBase64 => &FILE_NOT_BASE64,
            Self::KeyNotFound { .. } => &KEY_NOT_FOUND,
            Self::KeyExists { .. } => &KEY_EXISTS,
            Self::KeyNameTaken { .. } => &KEY_NAME_TAKEN,
            Self::KeyNameEmpty => &KEY_NAME_EMPTY,
            Self::KeyAlgorithmRequired { .. } => &KEY_ALGORITHM_REQUIRED,
            Self::KeyContentUnreadable { .. } => &KEY_CONTENT_UNREADABLE,
            Self::JwkNotFound { .. } => &JWK_NOT_FOUND,
            Self::JwkToUpdateNotFound { .. } => &JWK_TO_UPDATE_NOT_FOUND,
            Self::JwkExists { .. } => &JWK_EXISTS,
            Self::JwkNameTaken { .. } => &JWK_NAME_TAKEN,
            Self::JwkNameEmpty => &JWK_NAME_EMPTY,
            Self::JwkTypeEmpty => &JWK_TYPE_EMPTY,
            Self::SourceTypeRequired => &SOURCE_TYPE_REQUIRED,
            Self::SourceTypeUnknown { .. } => &SOURCE_TYPE_UNKNOWN,
            Self::SourceFieldRequired { .. } => &SOURCE_FIELD_REQUIRED,
            Self::KidNotFound { .. } => &KID_NOT_FOUND,
            Self::JwkUnreadable { .. } => &JWK_UNREADABLE,
            Self::UrlUnreadable { .. } => &URL_UNREADABLE,
            Self::MaterialNotInEnvironment { .. } => &MATERIAL_NOT_IN_ENVIRONMENT,
            Self::AliasNotFound { .. } => &ALIAS_NOT_FOUND,
            Self::KeystoreUnopenable { .. } => &KEYSTORE_UNOPENABLE,
            Self::NoPemKeys => &NO_PEM_KEYS,
            Self::ExpirationNotAfterStart => &EXPIRATION_NOT_AFTER_START,
            Self::ArchiveWithoutMaterial { .. } => &ARCHIVE_WITHOUT_MATERIAL,
            Self::TruststoreEmpty { .. } => &TRUSTSTORE_EMPTY,
            Self::BundleEmpty => &BUNDLE_EMPTY,
            Self::BundleWithoutCertificate { .. } => &BUNDLE_WITHOUT_CERTIFICATE,
            Self::PassphraseMissing => &PASSPHRASE_MISSING,
            Self::PackageNotEncrypted => &PACKAGE_NOT_ENCRYPTED,
            Self::NotAPackage { .. } => &NOT_A_PACKAGE,
            Self::PackageEncrypted => &PACKAGE_ENCRYPTED,
            Self::PackageUndecryptable => &PACKAGE_UNDECRYPTABLE,
            Self::PackageUnreadable { .. } => &PACKAGE_UNREADABLE,
            Self::MappingNotAnObject { .. } => &MAPPING_NOT_AN_OBJECT,
            Self::ReplaceUncovered { .. } => &REPLACE_UNCOVERED,
            Self::NoMaterial { .. } => &NO_MATERIAL,
            Self::KeystoreNotOverridden { .. } => &KEYSTORE_NOT_OVERRIDDEN,
            Self::KeyNotOverridden { .. } => &KEY_NOT_OVERRIDDEN,
            Self::JwkWithoutMaterial { .. } => &JWK_WITHOUT_MATERIAL,
        }
    }

    /// What fills the row's blanks.
    pub(super) fn blanks(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::NoHandler { method, path } => vec![("method", method), ("path", path)],
            Self::MethodNotAllowed { method, allowed } => vec![("method", method), ("allowed", allowed)],
            Self::PermissionMissing { needed } => vec![("needed", needed)],
            Self::ProjectNotFound { project } | Self::ProjectWithoutEnvironments { project } => {
                vec![("project", project)]
            }
            Self::EnvironmentNotFound { environment } | Self::TruststoreEmpty { environment } => {
                vec![("environment", environment)]
            }
            Self::ValueEmpty { field } => vec![("field", field)],
            Self::FormUnreadable { field, reason } => vec![("field", field), ("reason", reason)],
            Self::TextUndecodable { field, charset } => vec![("field", field), ("charset", charset)],
            Self::MalformedJson { reason }
            | Self::CertificateUnreadable { reason }
            | Self::JwkUnreadable { reason }
            | Self::PackageUnreadable { reason } => vec![("reason", reason)],
            Self::UnknownValue { field, value, supported } => {
                vec![("field", field), ("value", value), ("supported", supported)]
            }
            Self::CertificateNotFound { name }
            | Self::CertificateExists { name }
            | Self::KeystoreNotFound { name }
            | Self::KeystoreExists { name }
            | Self::KeystoreNameTaken { name }
            | Self::KeyNotFound { name }
            | Self::KeyExists { name }
            | Self::KeyNameTaken { name }
            | Self::JwkNotFound { name }
            | Self::JwkToUpdateNotFound { name }
            | Self::JwkExists { name }
            | Self::JwkNameTaken { name }
            | Self::NoMaterial { name }
            | Self::KeystoreNotOverridden { name }
            | Self::KeyNotOverridden { name }
            | Self::JwkWithoutMaterial { name } => vec![("name", name)],
            Self::AliasTaken { alias } => vec![("alias", alias)],
            Self::KeyAlgorithmRequired { supported } => vec![("supported", supported)],
            Self::KeyContentUnreadable { key_type } => vec![("type", key_type)],
            Self::SourceTypeUnknown { value, supported } => vec![("value", value), ("supported", supported)],
            Self::SourceFieldRequired { label, source } => vec![("label", label), ("source", source)],
            Self::KidNotFound { kid } => vec![("kid", kid)],
            Self::UrlUnreadable { url, reason } => vec![("url", url), ("reason", reason)],
            Self::MaterialNotInEnvironment { name, environment, available } => {
                vec![("name", name), ("environment", environment), ("available", available)]
            }
            Self::AliasNotFound { alias, name, aliases } => {
                vec![("alias", alias), ("name", name), ("aliases", aliases)]
            }
            Self::KeystoreUnopenable { name, reason } => vec![("name", name), ("reason", reason)],
            Self::ArchiveWithoutMaterial { kind, name, extension } => {
                vec![("kind", kind), ("name", name), ("extension", extension)]
            }
            Self::BundleWithoutCertificate { reasons } => vec![("reasons", reasons)],
            Self::NotAPackage { part } => vec![("part", part)],
            Self::MappingNotAnObject { received } => vec![("received", received)],
            Self::ReplaceUncovered { kind, name, environments } => {
                vec![("type", kind), ("name", name), ("environments", environments)]
            }
            _ => Vec::new(),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::new(error.outcome(), &error.blanks())
    }
}
