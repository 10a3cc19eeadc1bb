//! Rows of the catalogue: access, tokens, certificates, keystores, keys. Codes and texts as the first generation has them.

use crate::contract::{Evidence, Outcome, Reach};

/// A row with status 400 and code `bad_request`, as the operations' pages answer nearly everything.
pub(super) const fn bad_request(
    id: &'static str,
    text: &'static str,
    evidence: Evidence,
    advice: &'static str,
) -> Outcome {
    row(id, 400, "bad_request", text, evidence, advice)
}

const fn row(
    id: &'static str,
    status: u16,
    code: &'static str,
    text: &'static str,
    evidence: Evidence,
    advice: &'static str,
) -> Outcome {
    Outcome { id, status, code, text, evidence, text_evidence: evidence, advice, reach: Reach::Client }
}

pub(crate) const NO_HANDLER: Outcome = row(
    "no_handler",
    404,
    "not_found",
    "No handler found for {method} {path}",
    Evidence::Assumed("a form other than the documented path answers 404; the page gives no body"),
    "Paths end in a slash except where their page says otherwise.",
);
pub(crate) const METHOD_NOT_ALLOWED: Outcome = row(
    "method_not_allowed",
    405,
    "method_not_allowed",
    "Request method '{method}' is not supported",
    Evidence::Assumed("no page names it; the envelope is the same"),
    "The path exists for {allowed}.",
);
pub(crate) const TOKEN_MISSING: Outcome = row(
    "token_missing",
    401,
    "unauthorized_client",
    "Invalid token",
    Evidence::Documented("list-projects"),
    "Send Authorization: Bearer and a token.",
);
pub(crate) const TOKEN_INVALID: Outcome = row(
    "token_invalid",
    401,
    "unauthorized_client",
    "Invalid token",
    Evidence::Documented("list-projects"),
    "Send Authorization: Bearer and a token that was issued here and not revoked, with one space between them.",
);
pub(crate) const TOKEN_EXPIRED: Outcome = row(
    "token_expired",
    401,
    "unauthorized_client",
    "Invalid token",
    Evidence::Documented("list-projects"),
    "The token has expired by the clock of this world; get another.",
);
pub(crate) const ADMIN_ROLE_MISSING: Outcome = row(
    "admin_role_missing",
    401,
    "unauthorized_client",
    "Invalid token or insufficient permissions",
    Evidence::Documented("list-environments"),
    "Only ROLE_ADMIN may list all environments.",
);
pub(crate) const PERMISSION_MISSING: Outcome = row(
    "permission_missing",
    403,
    "forbidden",
    "You do not have permission to perform this action",
    Evidence::Documented("error-handling"),
    "The operation needs {needed}.",
);
pub(crate) const PROJECT_NOT_FOUND: Outcome = row(
    "project_not_found",
    404,
    "not_found",
    "Project({project}) was not found or user does not have privilege to access it!",
    Evidence::Documented("list-certificates"),
    "The project is unknown, or the user of the token is not a member of it.",
);
pub(crate) const PROJECT_WITHOUT_ENVIRONMENTS: Outcome = bad_request(
    "project_of_environments_not_found",
    "Project not found for name: ({project}) or user has not privilege to access it!",
    Evidence::Documented("get-environments-by-project"),
    "The project is unknown, or the user of the token is not a member of it.",
);
pub(crate) const ENVIRONMENT_NOT_FOUND: Outcome = bad_request(
    "environment_not_found",
    "Environment ({environment}) is not found or user does not have privilege to access it!",
    Evidence::Documented("get-truststore-certificates"),
    "The environment is unknown, or not one of those that the project reaches.",
);
pub(crate) const VALUE_EMPTY: Outcome = bad_request(
    "value_empty",
    "{field} value can not be empty!",
    Evidence::Documented("create-certificate"),
    "Send {field}.",
);
pub(crate) const FORM_UNREADABLE: Outcome = bad_request(
    "form_unreadable",
    "{field} value can not be empty!",
    Evidence::Assumed("a body that is no form has no fields, so the first required one is missing"),
    "The form cannot be read: {reason}.",
);
pub(crate) const TEXT_UNDECODABLE: Outcome = bad_request(
    "text_undecodable",
    "{field} value is not valid {charset}!",
    Evidence::Assumed("no page names it; storing something else than was meant would be worse"),
    "A text is read in the charset of its part, else in that of the field _charset_, else in UTF-8.",
);
/// A body that is not read because of its length.
pub const BODY_TOO_LARGE: Outcome = row(
    "body_too_large",
    413,
    "payload_too_large",
    "Maximum upload size exceeded",
    Evidence::Assumed("no page names a limit; the text is that of Spring's exception for uploads"),
    "No more than {limit} bytes are read.",
);
pub(crate) const MALFORMED_JSON: Outcome = bad_request(
    "malformed_json",
    "Malformed JSON request",
    Evidence::Assumed("no page names it"),
    "The body is not a JSON object of the documented types: {reason}.",
);
pub(crate) const UNKNOWN_VALUE: Outcome = bad_request(
    "unknown_value",
    "Unknown {field} ({value})! Supported values: {supported}",
    Evidence::Documented("docs/import-key-file"),
    "The values are case-sensitive.",
);
pub(crate) const INTERNAL_ERROR: Outcome = row(
    "internal_error",
    500,
    "internal_error",
    "An unexpected error occurred",
    Evidence::Documented("list-projects"),
    "Only a fault, or a defect of the emulator, answers this.",
);
pub(crate) const RATE_LIMIT_EXCEEDED: Outcome = row(
    "rate_limit_exceeded",
    429,
    "rate_limit_exceeded",
    "Rate limit exceeded. Please try again later.",
    Evidence::Documented("error-handling"),
    "Only a fault answers this; the status is assumed.",
);
pub(crate) const VALIDATION_FAILED: Outcome = row(
    "validation_failed",
    400,
    "validation_failed",
    "Validation failed",
    Evidence::Documented("error-handling"),
    "Only a fault answers this.",
);
pub(crate) const UNSUPPORTED_GRANT_TYPE: Outcome = row(
    "unsupported_grant_type",
    400,
    "unsupported_grant_type",
    "GrantType value must be client_credentials!",
    Evidence::Documented("create-token"),
    "Send grant_type=client_credentials as a form, not as JSON.",
);
pub(crate) const BAD_CREDENTIALS: Outcome = row(
    "bad_credentials",
    401,
    "unauthorized_client",
    "Bad credentials",
    Evidence::Documented("create-token"),
    "client_id is a user name of the scenario and client_secret its password; the account must be enabled.",
);
pub(crate) const TOKEN_SERVER_ERROR: Outcome = row(
    "token_server_error",
    500,
    "server_error",
    "An unexpected error occurred",
    Evidence::Documented("create-token"),
    "Only a fault, or a defect of the emulator, answers this.",
);
pub(crate) const CERTIFICATE_NOT_FOUND: Outcome = bad_request(
    "certificate_not_found",
    "Certificate (name: {name}) is not found!",
    Evidence::Documented("get-certificate"),
    "The project has no certificate of that name; names are case-sensitive.",
);
pub(crate) const CERTIFICATE_EXISTS: Outcome = bad_request(
    "certificate_exists",
    "Certificate (name: {name}) is already exist!",
    Evidence::Documented("create-certificate"),
    "Update it with PUT, or choose another name.",
);
pub(crate) const ALIAS_TAKEN: Outcome = bad_request(
    "alias_taken",
    "Alias ({alias}) is already used for another certificate, try changing this value!",
    Evidence::Documented("create-certificate"),
    "An alias is unique in an environment, over all projects.",
);
pub(crate) const CERTIFICATE_UNREADABLE: Outcome = bad_request(
    "certificate_unreadable",
    "Could not parse certificate: {reason}",
    Evidence::Assumed("the page lists the cause without a text; the prefix is that of import-truststore-file"),
    "pemEncodedFile must hold a PEM certificate, armour included.",
);
pub(crate) const TRUSTSTORE_OF_ADMIN_ONLY: Outcome = bad_request(
    "truststore_admin_only",
    "Truststore certificates are only available for admin project!",
    Evidence::Assumed("get-truststore-certificates restricts it without a text"),
    "Ask for the project admin, or switch truststore_admin_only off.",
);
pub(crate) const KEYSTORE_NOT_FOUND: Outcome = bad_request(
    "keystore_not_found",
    "Keystore (name: {name}) is not found!",
    Evidence::Documented("docs/export-keystore"),
    "The project has no keystore of that name; it may have been renamed.",
);
pub(crate) const KEYSTORE_EXISTS: Outcome = bad_request(
    "keystore_exists",
    "Keystore (name: {name}) is already exist! Try update operation if want to change its value.",
    Evidence::Documented("create-keystore"),
    "Update it with PUT, or choose another name.",
);
pub(crate) const KEYSTORE_NAME_TAKEN: Outcome = bad_request(
    "keystore_name_taken",
    "Keystore (name: {name}) is already exist!",
    Evidence::Assumed("modelled on update-jwk"),
    "Another keystore of the project has the new name.",
);
pub(crate) const KEYSTORE_NAME_EMPTY: Outcome = bad_request(
    "keystore_name_empty",
    "Keystore name can not be empty!",
    Evidence::Assumed("pattern of generate-jwk"),
    "Send name.",
);
pub(crate) const FILE_NOT_BASE64: Outcome = bad_request(
    "file_not_base64",
    "file value is not valid base64!",
    Evidence::Assumed("no page names it"),
    "file is the base64 of the keystore file.",
);
pub(crate) const KEY_NOT_FOUND: Outcome = bad_request(
    "key_not_found",
    "Key (name: {name}) is not found!",
    Evidence::Documented("docs/export-key"),
    "The project has no key of that name; it may have been renamed.",
);
pub(crate) const KEY_EXISTS: Outcome = bad_request(
    "key_exists",
    "Key (name: {name}) is already exist! Try update operation if want to change its value.",
    Evidence::Documented("create-key"),
    "Update it with PUT, or choose another name.",
);
pub(crate) const KEY_NAME_TAKEN: Outcome = bad_request(
    "key_name_taken",
    "Key (name: {name}) is already exist!",
    Evidence::Assumed("modelled on update-jwk"),
    "Another key of the project has the new name.",
);
pub(crate) const KEY_NAME_EMPTY: Outcome = bad_request(
    "key_name_empty",
    "Key name can not be empty!",
    Evidence::Assumed("pattern of generate-jwk"),
    "Send name.",
);
pub(crate) const KEY_ALGORITHM_REQUIRED: Outcome = bad_request(
    "key_algorithm_required",
    "algorithm is required for SECRET_KEY! Supported values: {supported}",
    Evidence::Documented("docs/create-key"),
    "Send algorithm.",
);
pub(crate) const KEY_CONTENT_UNREADABLE: Outcome = bad_request(
    "key_content_unreadable",
    "Key content is neither PEM nor valid Base64 for key type {type}! Send the PEM content Base64-encoded.",
    Evidence::Documented("docs/import-key-file"),
    "Send PEM, base64 of PEM or, unless strict_key_pem is on, base64 of DER.",
);
