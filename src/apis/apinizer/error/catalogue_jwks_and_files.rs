//! Rows of the catalogue: JWKs, and the file and package endpoints.

use super::catalogue::bad_request;
use crate::contract::{Evidence, Outcome};

pub(crate) const JWK_NOT_FOUND: Outcome = bad_request(
    "jwk_not_found",
    "JWK (name: {name}) is not found!",
    Evidence::Documented("get-jwk"),
    "The project has no JWK of that name; it may have been renamed.",
);
pub(crate) const JWK_TO_UPDATE_NOT_FOUND: Outcome = bad_request(
    "jwk_to_update_not_found",
    "JWK (name: {name}) is not found! Try create operation.",
    Evidence::Documented("update-jwk"),
    "The project has no JWK of that name; it may have been renamed.",
);
pub(crate) const JWK_EXISTS: Outcome = bad_request(
    "jwk_exists",
    "JWK (name: {name}) is already exist! Try update operation if want to change its value.",
    Evidence::Documented("create-jwk"),
    "Choose another name.",
);
pub(crate) const JWK_NAME_TAKEN: Outcome = bad_request(
    "jwk_name_taken",
    "JWK (name: {name}) is already exist!",
    Evidence::Documented("update-jwk"),
    "Another JWK of the project has that name.",
);
pub(crate) const JWK_NAME_EMPTY: Outcome =
    bad_request("jwk_name_empty", "JWK name can not be empty!", Evidence::Documented("create-jwk"), "Send name.");
pub(crate) const JWK_TYPE_EMPTY: Outcome = bad_request(
    "jwk_type_empty",
    "JWK type can not be empty!",
    Evidence::Documented("generate-jwk"),
    "Send type: RSA, EC, OCT or OKP.",
);
pub(crate) const SOURCE_TYPE_REQUIRED: Outcome = bad_request(
    "source_type_required",
    "Source type is required!",
    Evidence::Documented("create-jwk"),
    "Send sourceType.",
);
pub(crate) const SOURCE_TYPE_UNKNOWN: Outcome = bad_request(
    "source_type_unknown",
    "Unknown source type ({value})! Supported values: {supported}",
    Evidence::Assumed("pattern of import-key-file"),
    "GENERATE has an endpoint of its own.",
);
pub(crate) const SOURCE_FIELD_REQUIRED: Outcome = bad_request(
    "source_field_required",
    "{label} is required for {source} source type!",
    Evidence::Documented("create-jwk"),
    "Only the text for a URL is documented; the others follow its pattern.",
);
pub(crate) const KID_NOT_FOUND: Outcome = bad_request(
    "kid_not_found",
    "JWK with kid ({kid}) is not found!",
    Evidence::Assumed("no page names it"),
    "No key of the set has that kid.",
);
pub(crate) const JWK_UNREADABLE: Outcome = bad_request(
    "jwk_unreadable",
    "JWK could not be parsed: {reason}",
    Evidence::Assumed("no page names it"),
    "Send a JWK or a JWK Set (RFC 7517).",
);
pub(crate) const URL_UNREADABLE: Outcome = bad_request(
    "url_unreadable",
    "JWK could not be read from URL ({url}): {reason}",
    Evidence::Assumed("no page names it"),
    "Register the document in the scenario, or serve it over http on loopback.",
);
pub(crate) const MATERIAL_NOT_IN_ENVIRONMENT: Outcome = bad_request(
    "material_not_in_environment",
    "({name}) has no material for environment ({environment})! Available: {available}",
    Evidence::Documented("docs/export-key-file"),
    "Name an environment that the object has an entry for.",
);
pub(crate) const ALIAS_NOT_FOUND: Outcome = bad_request(
    "keystore_alias_not_found",
    "Alias ({alias}) is not found in Keystore (name: {name})!",
    Evidence::Assumed("no page names it"),
    "The keystore has {aliases}.",
);
pub(crate) const KEYSTORE_UNOPENABLE: Outcome = bad_request(
    "keystore_unopenable",
    "Keystore (name: {name}) could not be opened: {reason}",
    Evidence::Assumed("no page names it"),
    "It is opened with the password of its entry; without one only certificates can be read.",
);
pub(crate) const NO_PEM_KEYS: Outcome = bad_request(
    "no_pem_keys",
    "No PEM-encoded keys found",
    Evidence::Documented("docs/parse-jwk-from-key"),
    "The key must be an RSA, EC or OKP key; secret keys cannot become a JWK.",
);
pub(crate) const EXPIRATION_NOT_AFTER_START: Outcome = bad_request(
    "expiration_not_after_start",
    "expirationTime must be after notBeforeTime!",
    Evidence::Assumed("no page names it"),
    "notBeforeTime is now unless sent.",
);
pub(crate) const ARCHIVE_WITHOUT_MATERIAL: Outcome = bad_request(
    "archive_without_material",
    "This archive holds no importable material for {kind} ({name})! Entries must be named <{kind}Name>-<environmentName>.{extension}, as the export writes them.",
    Evidence::Documented("docs/import-certificate-file"),
    "The part before the dash must be the name that the form sends.",
);
pub(crate) const TRUSTSTORE_EMPTY: Outcome = bad_request(
    "truststore_empty",
    "Environment ({environment}) reported no truststore certificate! The workers may be unreachable, or nothing is deployed to them.",
    Evidence::Documented("docs/export-truststore-file"),
    "No certificate has an entry for the environment.",
);
pub(crate) const TRUSTSTORE_WITHOUT_MATERIAL: Outcome = bad_request(
    "truststore_without_material",
    "Environment ({environment}) returned {count} truststore certificate(s) but none carried exportable material!",
    Evidence::Documented("docs/export-truststore-file"),
    "Only a fault answers this: every stored certificate has material.",
);
pub(crate) const BUNDLE_EMPTY: Outcome = bad_request(
    "bundle_empty",
    "The uploaded bundle holds no certificate file!",
    Evidence::Documented("docs/import-truststore-file"),
    "Send a certificate, or a ZIP with at least one file.",
);
pub(crate) const BUNDLE_WITHOUT_CERTIFICATE: Outcome = bad_request(
    "bundle_without_certificate",
    "No certificate in this bundle could be imported! {reasons}",
    Evidence::Documented("docs/import-truststore-file"),
    "Each file must hold one certificate in PEM or DER.",
);
pub(crate) const PASSPHRASE_MISSING: Outcome = bad_request(
    "passphrase_missing",
    "Package encryption requested but no passphrase was supplied.",
    Evidence::Documented("docs/export-keystore"),
    "Send X-Apinizer-Package-Passphrase: base64 of the passphrase.",
);
pub(crate) const PACKAGE_NOT_ENCRYPTED: Outcome = bad_request(
    "package_not_encrypted",
    "Export package could not be encrypted.",
    Evidence::Documented("docs/export-keystore"),
    "The header is not the base64 of UTF-8 text.",
);
pub(crate) const NOT_A_PACKAGE: Outcome = bad_request(
    "not_a_package",
    "{part} parameter must be in zip file format and must end with zip extension!",
    Evidence::Documented("docs/import-keystore"),
    "Send the file that the export answered, with its .zip name.",
);
pub(crate) const PACKAGE_ENCRYPTED: Outcome = bad_request(
    "package_encrypted",
    "Package is encrypted; a passphrase is required.",
    Evidence::Documented("docs/import-keystore"),
    "Send X-Apinizer-Package-Passphrase: base64 of the passphrase.",
);
pub(crate) const PACKAGE_UNDECRYPTABLE: Outcome = bad_request(
    "package_undecryptable",
    "Package could not be decrypted with the given passphrase.",
    Evidence::Documented("docs/import-keystore"),
    "The passphrase is another than that of the export.",
);
pub(crate) const PACKAGE_UNREADABLE: Outcome = bad_request(
    "package_unreadable",
    "Encrypted package could not be read.",
    Evidence::Documented("docs/import-keystore"),
    "The file is broken, or not an export of this kind of object: {reason}.",
);
pub(crate) const MAPPING_NOT_AN_OBJECT: Outcome = bad_request(
    "mapping_not_an_object",
    "environmentMapping must be a JSON object of \"package environment name\":\"target environment name\" pairs (an empty value means \"do not transfer this environment\"). Received: {received}",
    Evidence::Documented("docs/import-keystore"),
    "Both names are strings.",
);
pub(crate) const REPLACE_UNCOVERED: Outcome = bad_request(
    "replace_uncovered",
    "Replace Existing of {type} '{name}' cannot proceed: the package carries no data for the target environment(s) {environments}, so they would keep their old material while the rest is replaced. Send the certEnvironmentUncoveredAction parameter with either FILL_FROM_PACKAGE (write the package's data onto them) or REMOVE_FROM_TARGET (drop them from the object) and import again.",
    Evidence::Documented("docs/import-keystore"),
    "Send certEnvironmentUncoveredAction.",
);
pub(crate) const NO_MATERIAL: Outcome = bad_request(
    "no_material",
    "({name}) carries no environment material to export!",
    Evidence::Documented("docs/export-key-file"),
    "The object has no environment entry.",
);
pub(crate) const KEYSTORE_NOT_OVERRIDDEN: Outcome = bad_request(
    "keystore_not_overridden",
    "Keystore (name: {name}) is already exist! Send override=true to update it.",
    Evidence::Documented("docs/import-keystore-file"),
    "Send override=true.",
);
pub(crate) const KEY_NOT_OVERRIDDEN: Outcome = bad_request(
    "key_not_overridden",
    "Key (name: {name}) is already exist! Send override=true to update it.",
    Evidence::Documented("docs/import-key-file"),
    "Send override=true.",
);
pub(crate) const JWK_WITHOUT_MATERIAL: Outcome = bad_request(
    "jwk_without_material",
    "JWK (name: {name}) carries no key material to export!",
    Evidence::Documented("docs/export-jwk-file"),
    "publicOnly=true leaves nothing of a symmetric key.",
);
