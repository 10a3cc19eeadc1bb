//! What Apinizer refuses: facts, the rows that answer them, and where those are known from.
//!
//! The only folder with this API's codes and texts. A row has those of the first generation; [`second_generation`] says
//! where the second differs. Nearly every refusal is a `bad_request`, so a row has a code only if its status has another.

pub mod second_generation;

use crate::contract::Evidence::{Assumed, Documented, Library};
use crate::contract::{Document, Evidence, catalogue};

const SPRING: Document = Document("Spring");

/// A page of the documentation of the first generation.
pub(super) const fn page(name: &'static str) -> Evidence {
    Documented(Document("apinizer/management-api-docs").at(name))
}

/// A page of the documentation of the second generation, for what the first does not tell.
pub(super) const fn newer_page(name: &'static str) -> Evidence {
    Documented(Document("apinizer/docs").at(name))
}

const fn usual(status: u16) -> &'static str {
    match status {
        401 => "unauthorized_client",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        413 => "payload_too_large",
        429 => "rate_limit_exceeded",
        500 => "internal_error",
        _ => "bad_request",
    }
}

catalogue! {
    /// Why a request is refused.
    pub enum Error, codes by usual;

    // Paths, tokens and rights.
    /// No operation has this path.
    NoHandler { method: String, path: String } = NO_HANDLER "no_handler", 404, "No handler found for {method} {path}",
        newer_page("api-proxies/settings/update-traffic-log-settings, for a missing slash"),
        text Assumed("the page gives no body"),
        "Paths end in a slash except where their page says otherwise.";
    /// The path exists for other methods.
    MethodNotAllowed { method: String, allowed: String } = METHOD_NOT_ALLOWED "method_not_allowed", 405,
        "Request method '{method}' is not supported", Assumed("no page names it; the envelope is the same"),
        "The path exists for {allowed}.";
    /// No bearer token was sent.
    TokenMissing = TOKEN_MISSING "token_missing", 401, "Invalid token", page("list-projects"),
        "Send Authorization: Bearer and a token.";
    /// The token is unknown or revoked.
    TokenInvalid = TOKEN_INVALID "token_invalid", 401, "Invalid token", page("list-projects"),
        "Send Authorization: Bearer and a token that was issued here and not revoked, with one space between them.";
    /// The token was issued by another system.
    TokenOfOtherSystem = TOKEN_OF_OTHER_SYSTEM "token_of_other_system", 401, "Invalid token", page("list-projects"),
        "The token is one of /oauth/token, for the SAP systems: get one from /apiops/auth/token.";
    /// The token has expired.
    TokenExpired = TOKEN_EXPIRED "token_expired", 401, "Invalid token", page("list-projects"),
        "The token has expired by the clock of this world; get another.";
    /// Only an administrator may do this.
    AdminRoleMissing = ADMIN_ROLE_MISSING "admin_role_missing", 401, "Invalid token or insufficient permissions",
        page("list-environments"), "Only ROLE_ADMIN may list all environments.";
    /// A role is missing; which would do.
    PermissionMissing { needed: &'static str } = PERMISSION_MISSING "permission_missing", 403,
        "You do not have permission to perform this action", page("error-handling"),
        "The operation needs {needed}.";
    /// The project is unknown, or the caller is no member.
    ProjectNotFound { project: String } = PROJECT_NOT_FOUND "project_not_found", 404,
        "Project({project}) was not found or user does not have privilege to access it!",
        page("list-certificates"), "The project is unknown, or the user of the token is not a member of it.";
    /// The same, where the environments of a project are asked for.
    ProjectWithoutEnvironments { project: String } = PROJECT_WITHOUT_ENVIRONMENTS "project_of_environments_not_found",
        400, "Project not found for name: ({project}) or user has not privilege to access it!",
        page("get-environments-by-project"),
        "The project is unknown, or the user of the token is not a member of it.";
    /// The environment is unknown, or the project does not reach it.
    EnvironmentNotFound { environment: String } = ENVIRONMENT_NOT_FOUND "environment_not_found", 400,
        "Environment ({environment}) is not found or user does not have privilege to access it!",
        page("get-truststore-certificates"),
        "The environment is unknown, or not one of those that the project reaches.";

    // Fields and bodies.
    /// A required value is missing or blank.
    ValueEmpty { field: &'static str } = VALUE_EMPTY "value_empty", 400, "{field} value can not be empty!",
        page("create-certificate"), "Send {field}.";
    /// A required value is missing because the form cannot be read.
    FormUnreadable { field: &'static str, reason: String } = FORM_UNREADABLE "form_unreadable", 400,
        "{field} value can not be empty!",
        Assumed("a body that is no form has no fields, so the first required one is missing"),
        text page("create-certificate"),
        "The form cannot be read: {reason}.";
    /// The bytes of a text field are not of its character set.
    TextUndecodable { field: &'static str, charset: &'static str } = TEXT_UNDECODABLE "text_undecodable", 400,
        "{field} value is not valid {charset}!",
        Assumed("no page names it; storing something else than was meant would be worse"),
        "A text is read in the charset of its part, else in that of the field _charset_, else in UTF-8.";
    /// A body that is not read because of its length.
    BodyTooLarge { limit: String } = BODY_TOO_LARGE "body_too_large", 413, "Maximum upload size exceeded",
        Assumed("no page names a limit"), text Library(SPRING.at("MaxUploadSizeExceededException")),
        "No more than {limit} bytes are read.";
    /// The body is not the expected JSON.
    MalformedJson { reason: String } = MALFORMED_JSON "malformed_json", 400, "Malformed JSON request",
        Assumed("no page names it"), "The body is not a JSON object of the documented types: {reason}.";
    /// A value is not one of a fixed set.
    UnknownValue { field: &'static str, value: String, supported: String } = UNKNOWN_VALUE "unknown_value", 400,
        "Unknown {field} ({value})! Supported values: {supported}", newer_page("import-key-file"),
        "The values are case-sensitive.";

    // The token endpoint.
    /// `grant_type` is not `client_credentials`.
    UnsupportedGrantType = UNSUPPORTED_GRANT_TYPE "unsupported_grant_type", 400 "unsupported_grant_type",
        "GrantType value must be client_credentials!", page("create-token"),
        "Send grant_type=client_credentials as a form, not as JSON.";
    /// User name or password is wrong, or the account is disabled.
    BadCredentials = BAD_CREDENTIALS "bad_credentials", 401, "Bad credentials", page("create-token"),
        "client_id is a user name of the scenario and client_secret its password; the account must be enabled.";

    // Certificates.
    /// No such certificate.
    CertificateNotFound { name: String } = CERTIFICATE_NOT_FOUND "certificate_not_found", 400,
        "Certificate (name: {name}) is not found!", page("get-certificate"),
        "The project has no certificate of that name; names are case-sensitive.";
    /// The name of a new certificate is taken.
    CertificateExists { name: String } = CERTIFICATE_EXISTS "certificate_exists", 400,
        "Certificate (name: {name}) is already exist!", page("create-certificate"),
        "Update it with PUT, or choose another name.";
    /// Another certificate has the alias in one of the environments.
    AliasTaken { alias: String } = ALIAS_TAKEN "alias_taken", 400,
        "Alias ({alias}) is already used for another certificate, try changing this value!",
        page("create-certificate"), "An alias is unique in an environment, over all projects.";
    /// The bytes are no certificate.
    CertificateUnreadable { reason: String } = CERTIFICATE_UNREADABLE "certificate_unreadable", 400,
        "Could not parse certificate: {reason}",
        page("create-certificate"), text Assumed("the prefix is that of docs/import-truststore-file"),
        "pemEncodedFile must hold a PEM certificate, armour included.";
    /// Another project than `admin` asked for a truststore.
    TruststoreOfAdminOnly = TRUSTSTORE_OF_ADMIN_ONLY "truststore_admin_only", 400,
        "Truststore certificates are only available for admin project!",
        Assumed("get-truststore-certificates restricts it without a text"),
        "Ask for the project admin, or switch truststore_admin_only off.";

    // Keystores.
    /// No such keystore.
    KeystoreNotFound { name: String } = KEYSTORE_NOT_FOUND "keystore_not_found", 400,
        "Keystore (name: {name}) is not found!", Assumed("400 as for certificates and JWKs; the first generation's pages are silent"),
        text newer_page("export-keystore"),
        "The project has no keystore of that name; it may have been renamed.";
    /// The name of a new keystore is taken.
    KeystoreExists { name: String } = KEYSTORE_EXISTS "keystore_exists", 400,
        "Keystore (name: {name}) is already exist! Try update operation if want to change its value.",
        page("create-keystore"), "Update it with PUT, or choose another name.";
    /// The new name of a keystore is taken.
    KeystoreNameTaken { name: String } = KEYSTORE_NAME_TAKEN "keystore_name_taken", 400,
        "Keystore (name: {name}) is already exist!", Assumed("modelled on update-jwk"),
        "Another keystore of the project has the new name.";
    /// A keystore needs a name.
    KeystoreNameEmpty = KEYSTORE_NAME_EMPTY "keystore_name_empty", 400, "Keystore name can not be empty!",
        Assumed("pattern of generate-jwk"), "Send name.";
    /// The file of a keystore is not base64.
    FileNotBase64 = FILE_NOT_BASE64 "file_not_base64", 400, "file value is not valid base64!",
        Assumed("no page names it"), "file is the base64 of the keystore file.";

    // Keys.
    /// No such key.
    KeyNotFound { name: String } = KEY_NOT_FOUND "key_not_found", 400, "Key (name: {name}) is not found!",
        Assumed("400 as for certificates and JWKs; the first generation's pages are silent"),
        text newer_page("export-key"), "The project has no key of that name; it may have been renamed.";
    /// The name of a new key is taken.
    KeyExists { name: String } = KEY_EXISTS "key_exists", 400,
        "Key (name: {name}) is already exist! Try update operation if want to change its value.",
        page("create-key"), "Update it with PUT, or choose another name.";
    /// The new name of a key is taken.
    KeyNameTaken { name: String } = KEY_NAME_TAKEN "key_name_taken", 400, "Key (name: {name}) is already exist!",
        Assumed("modelled on update-jwk"), "Another key of the project has the new name.";
    /// A key needs a name.
    KeyNameEmpty = KEY_NAME_EMPTY "key_name_empty", 400, "Key name can not be empty!",
        Assumed("pattern of generate-jwk"), "Send name.";
    /// A secret key needs an algorithm.
    KeyAlgorithmRequired { supported: String } = KEY_ALGORITHM_REQUIRED "key_algorithm_required", 400,
        "algorithm is required for SECRET_KEY! Supported values: {supported}", newer_page("create-key"),
        "Send algorithm.";
    /// The material of a key is neither PEM nor base64.
    KeyContentUnreadable { key_type: String } = KEY_CONTENT_UNREADABLE "key_content_unreadable", 400,
        "Key content is neither PEM nor valid Base64 for key type {key_type}! Send the PEM content Base64-encoded.",
        newer_page("import-key-file"), "Send PEM, base64 of PEM or, unless strict_key_pem is on, base64 of DER.";

    // JWKs.
    /// No such JWK.
    JwkNotFound { name: String } = JWK_NOT_FOUND "jwk_not_found", 400, "JWK (name: {name}) is not found!",
        page("get-jwk"), "The project has no JWK of that name; it may have been renamed.";
    /// No such JWK to update.
    JwkToUpdateNotFound { name: String } = JWK_TO_UPDATE_NOT_FOUND "jwk_to_update_not_found", 400,
        "JWK (name: {name}) is not found! Try create operation.", page("update-jwk"),
        "The project has no JWK of that name; it may have been renamed.";
    /// The name of a new JWK is taken.
    JwkExists { name: String } = JWK_EXISTS "jwk_exists", 400,
        "JWK (name: {name}) is already exist! Try update operation if want to change its value.",
        page("create-jwk"), "Choose another name.";
    /// The new name of a JWK is taken.
    JwkNameTaken { name: String } = JWK_NAME_TAKEN "jwk_name_taken", 400, "JWK (name: {name}) is already exist!",
        page("update-jwk"), "Another JWK of the project has that name.";
    /// A JWK needs a name.
    JwkNameEmpty = JWK_NAME_EMPTY "jwk_name_empty", 400, "JWK name can not be empty!", page("create-jwk"),
        "Send name.";
    /// A JWK to generate needs a type.
    JwkTypeEmpty = JWK_TYPE_EMPTY "jwk_type_empty", 400, "JWK type can not be empty!", page("generate-jwk"),
        "Send type: RSA, EC, OCT or OKP.";
    /// A new JWK needs a source type.
    SourceTypeRequired = SOURCE_TYPE_REQUIRED "source_type_required", 400, "Source type is required!",
        page("create-jwk"), "Send sourceType.";
    /// The source type is not one that a JWK can be made from.
    SourceTypeUnknown { value: String, supported: String } = SOURCE_TYPE_UNKNOWN "source_type_unknown", 400,
        "Unknown source type ({value})! Supported values: {supported}", Assumed("pattern of import-key-file"),
        "GENERATE has an endpoint of its own.";
    /// A field that the source type needs is missing.
    SourceFieldRequired { label: &'static str, source: &'static str } = SOURCE_FIELD_REQUIRED "source_field_required",
        400, "{label} is required for {source} source type!", page("create-jwk"),
        "Only the text for a URL is documented; the others follow its pattern.";
    /// No key of the set has the `kid`.
    KidNotFound { kid: String } = KID_NOT_FOUND "kid_not_found", 400, "JWK with kid ({kid}) is not found!",
        Assumed("no page names it"), "No key of the set has that kid.";
    /// The text is no JWK.
    JwkUnreadable { reason: String } = JWK_UNREADABLE "jwk_unreadable", 400, "JWK could not be parsed: {reason}",
        Assumed("no page names it"), "Send a JWK or a JWK Set (RFC 7517).";
    /// The URL gave no JWK.
    UrlUnreadable { url: String, reason: String } = URL_UNREADABLE "url_unreadable", 400,
        "JWK could not be read from URL ({url}): {reason}", Assumed("no page names it"),
        "Register the document in the scenario, or serve it over http on loopback.";
    /// The object has no entry for the environment.
    MaterialNotInEnvironment { name: String, environment: String, available: String } = MATERIAL_NOT_IN_ENVIRONMENT "material_not_in_environment",
        400, "({name}) has no material for environment ({environment})! Available: {available}",
        newer_page("export-key-file"), "Name an environment that the object has an entry for.";
    /// The keystore has no such alias.
    AliasNotFound { alias: String, name: String, aliases: String } = ALIAS_NOT_FOUND "keystore_alias_not_found", 400,
        "Alias ({alias}) is not found in Keystore (name: {name})!", Assumed("no page names it"),
        "The keystore has {aliases}.";
    /// The bytes are no keystore, or its password does not open it.
    KeystoreUnopenable { name: String, reason: String } = KEYSTORE_UNOPENABLE "keystore_unopenable", 400,
        "Keystore (name: {name}) could not be opened: {reason}", Assumed("no page names it"),
        "It is opened with the password of its entry; without one only certificates can be read.";
    /// The key is nothing that a JWK can be made from.
    NoPemKeys = NO_PEM_KEYS "no_pem_keys", 400, "No PEM-encoded keys found", newer_page("parse-jwk-from-key"),
        "The key must be an RSA, EC or OKP key; secret keys cannot become a JWK.";
    /// The validity of a JWK ends before it starts.
    ExpirationNotAfterStart = EXPIRATION_NOT_AFTER_START "expiration_not_after_start", 400,
        "expirationTime must be after notBeforeTime!", Assumed("no page names it"), "notBeforeTime is now unless sent.";

    // Files and packages.
    /// The archive has no file named after the object.
    ArchiveWithoutMaterial { kind: &'static str, name: String, extension: &'static str } = ARCHIVE_WITHOUT_MATERIAL "archive_without_material",
        400,
        "This archive holds no importable material for {kind} ({name})! Entries must be named <{kind}Name>-<environmentName>.{extension}, as the export writes them.",
        newer_page("import-certificate-file"), "The part before the dash must be the name that the form sends.";
    /// The truststore is empty.
    TruststoreEmpty { environment: String } = TRUSTSTORE_EMPTY "truststore_empty", 400,
        "Environment ({environment}) reported no truststore certificate! The workers may be unreachable, or nothing is deployed to them.",
        newer_page("export-truststore-file"), "No certificate has an entry for the environment.";
    /// The archive has no file.
    BundleEmpty = BUNDLE_EMPTY "bundle_empty", 400, "The uploaded bundle holds no certificate file!",
        newer_page("import-truststore-file"), "Send a certificate, or a ZIP with at least one file.";
    /// No file of the archive is a certificate.
    BundleWithoutCertificate { reasons: String } = BUNDLE_WITHOUT_CERTIFICATE "bundle_without_certificate", 400,
        "No certificate in this bundle could be imported! {reasons}", newer_page("import-truststore-file"),
        "Each file must hold one certificate in PEM or DER.";
    /// A package is to be encrypted without a passphrase.
    PassphraseMissing = PASSPHRASE_MISSING "passphrase_missing", 400,
        "Package encryption requested but no passphrase was supplied.", newer_page("export-keystore"),
        "Send X-Apinizer-Package-Passphrase: base64 of the passphrase.";
    /// The passphrase cannot be used.
    PackageNotEncrypted = PACKAGE_NOT_ENCRYPTED "package_not_encrypted", 400, "Export package could not be encrypted.",
        newer_page("export-keystore"), "The header is not the base64 of UTF-8 text.";
    /// The file is no package.
    NotAPackage { part: &'static str } = NOT_A_PACKAGE "not_a_package", 400,
        "{part} parameter must be in zip file format and must end with zip extension!",
        newer_page("import-keystore"), "Send the file that the export answered, with its .zip name.";
    /// The package needs a passphrase.
    PackageEncrypted = PACKAGE_ENCRYPTED "package_encrypted", 400, "Package is encrypted; a passphrase is required.",
        newer_page("import-keystore"), "Send X-Apinizer-Package-Passphrase: base64 of the passphrase.";
    /// The passphrase is wrong.
    PackageUndecryptable = PACKAGE_UNDECRYPTABLE "package_undecryptable", 400,
        "Package could not be decrypted with the given passphrase.", newer_page("import-keystore"),
        "The passphrase is another than that of the export.";
    /// The package is broken.
    PackageUnreadable { reason: String } = PACKAGE_UNREADABLE "package_unreadable", 400,
        "Encrypted package could not be read.", newer_page("import-keystore"),
        "The file is broken, or not an export of this kind of object: {reason}.";
    /// `environmentMapping` is no object of strings.
    MappingNotAnObject { received: String } = MAPPING_NOT_AN_OBJECT "mapping_not_an_object", 400,
        "environmentMapping must be a JSON object of \"package environment name\":\"target environment name\" pairs (an empty value means \"do not transfer this environment\"). Received: {received}",
        newer_page("import-keystore"), "Both names are strings.";
    /// Replacing would leave environments with old material.
    ReplaceUncovered { kind: &'static str, name: String, environments: String } = REPLACE_UNCOVERED "replace_uncovered",
        400,
        "Replace Existing of {kind} '{name}' cannot proceed: the package carries no data for the target environment(s) {environments}, so they would keep their old material while the rest is replaced. Send the certEnvironmentUncoveredAction parameter with either FILL_FROM_PACKAGE (write the package's data onto them) or REMOVE_FROM_TARGET (drop them from the object) and import again.",
        newer_page("import-keystore"), "Send certEnvironmentUncoveredAction.";
    /// The object has no environment entry to export.
    NoMaterial { name: String } = NO_MATERIAL "no_material", 400, "({name}) carries no environment material to export!",
        newer_page("export-key-file"), "The object has no environment entry.";
    /// The keystore exists and is not to be overridden.
    KeystoreNotOverridden { name: String } = KEYSTORE_NOT_OVERRIDDEN "keystore_not_overridden", 400,
        "Keystore (name: {name}) is already exist! Send override=true to update it.",
        newer_page("import-keystore-file"), "Send override=true.";
    /// The key exists and is not to be overridden.
    KeyNotOverridden { name: String } = KEY_NOT_OVERRIDDEN "key_not_overridden", 400,
        "Key (name: {name}) is already exist! Send override=true to update it.", newer_page("import-key-file"),
        "Send override=true.";
    /// The JWK has nothing that may be exported.
    JwkWithoutMaterial { name: String } = JWK_WITHOUT_MATERIAL "jwk_without_material", 400,
        "JWK (name: {name}) carries no key material to export!", newer_page("export-jwk-file"),
        "publicOnly=true leaves nothing of a symmetric key.";

    [by faults only]
    /// The emulator failed.
    INTERNAL_ERROR "internal_error" for Internal, 500, "An unexpected error occurred", page("list-projects"),
        "Only a fault, or a defect of the emulator, answers this.";
    /// Too many requests.
    RATE_LIMIT_EXCEEDED "rate_limit_exceeded", 429, "Rate limit exceeded. Please try again later.",
        Assumed("the code is that of error-handling, whose table has no status for it"),
        text page("error-handling"), "Only a fault answers this.";
    /// Values that the page on errors in general lists one by one.
    VALIDATION_FAILED "validation_failed", 400 "validation_failed", "Validation failed", page("error-handling"),
        "Only a fault answers this.";
    /// A failure of the token endpoint.
    TOKEN_SERVER_ERROR "token_server_error", 500 "server_error", "An unexpected error occurred",
        page("create-token"), "Only a fault, or a defect of the emulator, answers this.";
    /// A truststore of which no certificate can be exported.
    TRUSTSTORE_WITHOUT_MATERIAL "truststore_without_material", 400,
        "Environment ({environment}) returned {count} truststore certificate(s) but none carried exportable material!",
        newer_page("export-truststore-file"), "Only a fault answers this: every stored certificate has material.";
}
