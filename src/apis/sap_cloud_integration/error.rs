//! What Cloud Integration's security content refuses: facts, the rows that answer them, and where those are known from.
//!
//! The only file with this API's texts. The `code` of an error is the HTTP reason phrase, as the specification's
//! examples show; so a row has only its status.

use crate::contract::Evidence::{Assumed, Documented, Library, Observed, Specified};
use crate::contract::{Document, Evidence, catalogue};

/// SAP Help.
pub(super) const HELP: Document = Document("SAP-docs/btp-integration-suite");
/// The specification of the API.
pub(super) const SPECIFICATION: Document = Document("SAP Business Accelerator Hub, Security Content 1.0.0");
const SPEC: Evidence = Specified(SPECIFICATION.at("responses of the operation"));
const UNPUBLISHED: Evidence = Assumed("the text is not published");
const SILENT: Evidence = Assumed("no published source says what happens; the answer of its neighbours");
const CHAIN: Evidence = Observed("sap_cloud_integration/certificate-chain");
const KEYRINGS: Evidence = Observed("sap_cloud_integration/pgp-keyrings");
const SEPTEMBER: Evidence = Observed("sap_cloud_integration/probe-2026-09");
const REFERENCES: Evidence = Observed("sap_cloud_integration/probe-2026-10-01");
const CREDENTIALS: Evidence = Observed("sap_cloud_integration/probe-2026-10-04");
const CLIENT_CREDENTIALS: Evidence = Observed("sap_cloud_integration/oauth2-2026-10-04");
const OLINGO: Evidence = Library(Document("Apache Olingo 2.0.13").at("odata-core message catalogue"));
const JDK: Evidence = Library(Document("JAXB").at("DatatypeConverter.parseHexBinary"));

const CUSTOM: Evidence = Assumed(
    "the rule is documented (deploying-an-oauth2-client-credentials-artifact-801b106), what the API answers is not",
);

const fn phrase(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Payload Too Large",
        415 => "Unsupported Media Type",
        423 => "Locked",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

catalogue! {
    /// A fact for which a request is refused.
    pub enum Error, codes by phrase;

    // Keys and aliases.
    /// A key of an odd number of hex digits.
    HexOdd { hexalias: String } = HEX_ODD "hex_odd", 500, "hexBinary needs to be even-length: {hexalias}", SPEC,
        "Send the alias as hex: two digits for each byte of its UTF-8 text.";
    /// A key with other characters than hex digits.
    HexIllegal { hexalias: String } = HEX_ILLEGAL "hex_illegal", 500, "contains illegal character for hexBinary: {hexalias}", JDK,
        "Send the alias as hex, not in plain text.";
    /// An empty alias.
    AliasEmpty = ALIAS_EMPTY "alias_empty", 400, "Alias must not be empty", SPEC, text UNPUBLISHED,
        "Give the entry an alias.";
    /// An alias of more than 250 characters.
    AliasTooLong = ALIAS_TOO_LONG "alias_too_long", 400, "Alias must not be longer than 250 characters", SPEC, text UNPUBLISHED,
        "Shorten the alias.";
    /// An alias with control characters.
    AliasInvalid { alias: String } = ALIAS_INVALID "alias_invalid", 400, "The alias \"{alias}\" contains an invalid character",
        SPEC, text UNPUBLISHED, "Leave control characters out of the alias.";
    /// An alias that only SAP may use.
    AliasReserved { alias: String } = ALIAS_RESERVED "alias_reserved", 403, "", SPEC,
        "'{alias}' is reserved for SAP, as are hcicertificate, hcicertificate1, hcimsgcertificate and all with sap_ in front.";
    /// An entry of SAP under an alias that is not reserved.
    SapOwned { alias: String } = SAP_OWNED "sap_owned", 403, "",
        Documented(HELP.at("managing-keystore-entries-2dc8942: entries of SAP cannot be changed; the answer is that of reserved aliases")),
        "'{alias}' belongs to SAP: it can be read and exported, not changed.";
    /// No entry with this alias.
    AliasNotFound { alias: String } = ALIAS_NOT_FOUND "alias_not_found", 404, "Alias '{alias}' not found in the keystore", SPEC,
        "Aliases are compared with regard to case; GET KeystoreEntries lists them.";
    /// Import of a certificate without `update` under an alias in use, as tenants say it.
    EntryExists { alias: String } = ENTRY_EXISTS "entry_exists", 400,
        "Entry with alias \"{alias}\" already exists in keystore \"system\"", SEPTEMBER,
        "Add update=true to replace it.";
    /// An alias in use.
    AliasExists { alias: String } = ALIAS_EXISTS "alias_exists", 400, "Keystore entry with alias \"{alias}\" already exists", SPEC,
        "Choose another alias, or update the entry where the operation can.";
    /// An update of an entry that is not there.
    EntryMissing { alias: String } = ENTRY_MISSING "entry_missing", 400,
        "Entry with alias \"{alias}\" does not exist in keystore \"system\"", SPEC, text UNPUBLISHED,
        "Leave update=true out to create it.";
    /// A name that is no keystore, or none that this operation knows.
    KeystoreNameInvalid { name: String } = KEYSTORE_NAME_INVALID "keystore_name_invalid", 400, "Keystore name '{name}' is invalid.",
        SPEC, "See the operation for the keystores that it can be used with.";

    // Material.
    /// A body that is longer than the operation takes.
    BodyTooLarge { limit: String } = BODY_TOO_LARGE "body_too_large", 413, "The maximum size of {limit} bytes is exceeded.",
        SPEC, text UNPUBLISHED, "Send less: only what the operation needs.";
    /// A keystore that would be too large.
    KeystoreFull { limit: String } = KEYSTORE_FULL "keystore_full", 413,
        "The keystore would exceed its maximum size of {limit} bytes.", SPEC, text UNPUBLISHED,
        "Delete entries; behaviour.sap_cloud_integration.limits sets the maximum.";
    /// A body that is no certificate.
    NotACertificate = NOT_A_CERTIFICATE "not_a_certificate", 415,
        "The request body does not contain an X.509 certificate in a supported format.", SPEC, text UNPUBLISHED,
        "Send one certificate as DER, as PEM, or as base64 of the DER.";
    /// DER, PEM or base64 that is no certificate, or none that Java can hold.
    CertificateInvalid { reason: String } = CERTIFICATE_INVALID "certificate_invalid", 400,
        "Certificate validation failed: {reason}", SPEC, text UNPUBLISHED,
        "It is read as Java's CertificateFactory reads it: the first block counts, whatever its label; BEGIN and END stand on lines of their own, nothing but base64 between them.";
    /// A certificate that would take the place of a key pair.
    KeyPairStays = KEY_PAIR_STAYS "key_pair_stays", 400, "Key Pair entry cannot be overwritten by a certificate entry.",
        Assumed("no source says what the import of a certificate answers here"),
        text Specified(SPECIFICATION.at("a status of the keystore import")),
        "Delete the key pair first, or choose another alias.";
    /// No trust path to a certificate; the entry is in the error's text.
    NotTrusted { entry: String } = NOT_TRUSTED "not_trusted", 409, "{entry}",
        SEPTEMBER, text Assumed("the content is specified, the wrapper is not: behaviour.sap_cloud_integration.conflict_body"),
        "No verified path leads to a root certificate in keystore system. Compare the fingerprint, then repeat with fingerprintVerified=true.";
    /// No PKCS#12 file where one should be.
    NotPkcs12 = NOT_PKCS12 "not_pkcs12", 415, "The property 'Resource' does not contain a PKCS#12 file.", SPEC, text UNPUBLISHED,
        "Send base64 of a .p12 or .pfx file that JDK 17 reads: AES of 128 or 256 bits, triple DES, RC2 or RC4; a MAC by SHA, not PBMAC1.";
    /// No JKS or JCEKS file where one should be.
    NotAKeystore = NOT_A_KEYSTORE "not_a_keystore", 415,
        "The property 'Resource' does not contain a JKS or JCEKS keystore.", SPEC, text UNPUBLISHED,
        "Send base64 of a keystore made with -storetype JKS or JCEKS; keytool's default is PKCS12.";
    /// A CA reply in no known format.
    NotAChain = NOT_A_CHAIN "not_a_chain", 415,
        "The request body does not contain a certificate chain in a supported format.", SPEC, text UNPUBLISHED,
        "Send PKCS#7, SPC, PkiPath or certificates in PEM.";
    /// A password that does not open the file.
    WrongPassword = WRONG_PASSWORD "wrong_password", 400, "The password is not correct.", SPEC, text UNPUBLISHED,
        "One password is for the file and for every key in it; to Java, a password of PKCS#12 is ASCII.";
    /// A chain that does not hold together.
    ChainInvalid { reason: String } = CHAIN_INVALID "chain_invalid", 400, "Certificate chain validation failed: {reason}",
        SPEC, text UNPUBLISHED, "Every certificate must be signed by the next one.";
    /// A CA reply for another key.
    ReplyKeyDiffers = REPLY_KEY_DIFFERS "reply_key_differs", 400,
        "The public key of the CA Reply is different from the public key of the keystore entry", CHAIN,
        "Have the signing request of this entry signed: KeystoreEntries(...)/SigningRequest/$value.";
    /// A certificate entry where only a key pair will do.
    NotAKeyPair { alias: String } = NOT_A_KEY_PAIR "not_a_key_pair", 400, "Alias \"{alias}\" does not represent a Key Pair", SPEC,
        "Only entries of Type 'Key Pair' have a signing request and take a CA reply.";
    /// A key that OpenSSH's format is not offered for.
    SshUnsupported { key_type: String } = SSH_UNSUPPORTED "ssh_unsupported", 400,
        "The public key algorithm {key_type} is not supported for the OpenSSH format.", SPEC, text UNPUBLISHED,
        "The export is available for RSA and DSA keys only.";
    /// A private key that cannot sign a request: a limit of certmimic.
    CannotSign { reason: String } = CANNOT_SIGN "cannot_sign", 400, "The signing request could not be created: {reason}", SILENT,
        "Keys that can sign are RSA, DSA, EC and Ed25519.";

    // Key generation.
    /// No common name.
    CommonNameEmpty = COMMON_NAME_EMPTY "common_name_empty", 400, "Common name must not be empty", SPEC, text UNPUBLISHED,
        "Send CommonName.";
    /// No country.
    CountryEmpty = COUNTRY_EMPTY "country_empty", 400, "Country must not be empty", SPEC, text UNPUBLISHED,
        "Send Country, two letters.";
    /// A country that is not two characters.
    CountryInvalid { country: String } = COUNTRY_INVALID "country_invalid", 400, "Country '{country}' is not a two-character code",
        Assumed("generate-a-key-pair-4d3dd24 says two characters; the text is not published"),
        "Send the ISO 3166 code, such as DE.";
    /// A subject that cannot be encoded.
    SubjectInvalid { reason: String } = SUBJECT_INVALID "subject_invalid", 400, "The subject is invalid: {reason}", SILENT,
        "Country and Email take ASCII only.";
    /// A kind of key that there is not.
    KeyTypeUnsupported { key_type: String } = KEY_TYPE_UNSUPPORTED "key_type_unsupported", 400,
        "Key type '{key_type}' is not supported", SPEC, text UNPUBLISHED, "KeyType is RSA, DSA or EC.";
    /// A size that no such key has.
    KeySizeInvalid { key_type: String, key_size: String } = KEY_SIZE_INVALID "key_size_invalid", 400,
        "Key size {key_size} is not supported for key type '{key_type}'", SPEC, text UNPUBLISHED,
        "RSA: 1024 to 8192; DSA: 1024, 2048, 3072, 4096; EC: 112 to 571, or KeyAlgorithmParameter.";
    /// A signature algorithm that is not one for the key.
    SignatureAlgorithmUnsupported { algorithm: String, key_type: String } = SIGNATURE_ALGORITHM_UNSUPPORTED
        "signature_algorithm_unsupported", 400,
        "Signature algorithm '{algorithm}' is not supported for key type '{key_type}'", SPEC, text UNPUBLISHED,
        "For example SHA-512/RSA, SHA-256/DSA, SHA-512/ECDSA.";
    /// A curve that nobody knows.
    CurveUnknown { curve: String } = CURVE_UNKNOWN "curve_unknown", 400, "Elliptic curve '{curve}' is not supported", SPEC, text UNPUBLISHED,
        "Send a name such as secp256r1 or NIST P-256 as KeyAlgorithmParameter.";
    /// A curve that the system has and certmimic has not.
    CurveNotEmulated { curve: String } = CURVE_NOT_EMULATED "curve_not_emulated", 501,
        "certmimic: elliptic curve '{curve}' is not emulated",
        Assumed("a limit of certmimic, not of the system: no pure Rust library has the curve"),
        "Use one of secp192r1, secp224r1, secp256r1, secp384r1, secp521r1, secp256k1.";
    /// A validity that ends before it begins.
    ValidityReversed = VALIDITY_REVERSED "validity_reversed", 400, "ValidNotAfter must be later than ValidNotBefore", SILENT,
        "Both are /Date(milliseconds)/.";
    /// A file that is no PKCS#1 key in PEM.
    RsaFileInvalid = RSA_FILE_INVALID "rsa_file_invalid", 400, "The property 'RSAFile' does not contain a valid RSA private key.",
        SPEC, text UNPUBLISHED, "Send base64 of a PEM file that begins with -----BEGIN RSA PRIVATE KEY-----.";
    /// A file of more than 10000 bytes.
    RsaFileTooLarge = RSA_FILE_TOO_LARGE "rsa_file_too_large", 400, "The RSA file is larger than 10000 bytes.", SPEC, text UNPUBLISHED,
        "Send the private key alone.";
    /// A hash that is too long for the key.
    KeyTooShort { algorithm: String } = KEY_TOO_SHORT "key_too_short", 400,
        "Signature algorithm '{algorithm}' does not fit to the length of the key", SPEC, text UNPUBLISHED,
        "Use a longer key, or a shorter hash.";
    /// A file that is no SSH key.
    SshFileInvalid { reason: String } = SSH_FILE_INVALID "ssh_file_invalid", 400,
        "The property 'SSHFile' does not contain a valid private key: {reason}", SPEC, text UNPUBLISHED,
        "Send base64 of an OpenSSH key (RSA, DSA, EC) or a PuTTY key (RSA, DSA).";

    // Keystore resources.
    /// A name that nothing can be imported into or backed up to.
    ResourceNameUnsupported { name: String } = RESOURCE_NAME_UNSUPPORTED "resource_name_unsupported", 400,
        "The value '{name}' is not supported for the property 'Name'. Possible name values are 'system' and 'backup_admin_system'.",
        SPEC, "Name is 'system' to import and 'backup_admin_system' to back up.";
    /// An import without statuses of which a part failed.
    ImportIncomplete { alias: String, status: String } = IMPORT_INCOMPLETE "import_incomplete", 400,
        "Keystore entry with alias \"{alias}\" could not be imported: {status}", SPEC, text UNPUBLISHED,
        "Nothing was imported. With returnKeystoreEntries=true the rest is, and every entry has its status.";
    /// An unknown import option.
    ImportOptionInvalid { option: String } = IMPORT_OPTION_INVALID "import_option_invalid", 400,
        "The value '{option}' is not supported for the query parameter 'importOption'.", SILENT,
        "importOption is overwrite, merge or replace for an import, overwrite or replace to restore.";
    /// A restore without a backup.
    NoBackup = NO_BACKUP "no_backup", 404, "No backed up keystore entries owned by tenant administrator exist", SPEC, text UNPUBLISHED,
        "Back up first: POST KeystoreResources {\"Name\":\"backup_admin_system\"}.";
    /// Neither a deletion nor a restore.
    NothingAsked = NOTHING_ASKED "nothing_asked", 400,
        "Either 'deleteEntries=true' or 'retrieveBackup=backup_admin_system' is required.", SILENT,
        "Say which of the two is meant.";
    /// A body that is not the documented one.
    BodyUnexpected { expected: String } = BODY_UNEXPECTED "body_unexpected", 400,
        "The request body is not in the expected format {expected}.", SPEC, text UNPUBLISHED, "Send exactly {expected}.";

    // Rename, activation, history.
    /// A rename to nothing.
    RenameAliasMissing = RENAME_ALIAS_MISSING "rename_alias_missing", 400,
        "The query parameter 'renameAlias' is missing or empty.", SPEC, text UNPUBLISHED, "Add ?renameAlias=<new alias>.";
    /// One half of an activation.
    ActivationIncomplete = ACTIVATION_INCOMPLETE "activation_incomplete", 400,
        "An entry is activated with 'keystoreName=KeyRenewal' and 'activate=true' only.", SILENT,
        "Send both, or neither to delete an entry of keystore system.";
    /// A history alias of another form.
    HistoryAliasInvalid { alias: String } = HISTORY_ALIAS_INVALID "history_alias_invalid", 400,
        "The alias \"{alias}\" is invalid: Alias '{alias}' does not start with '['", SPEC,
        "Aliases of the history are [number]_alias.";
    /// A destination in use.
    DestinationExists { alias: String } = DESTINATION_EXISTS "destination_exists", 400,
        "Entry with alias \"{alias}\" already exists in keystore \"KeyRenewal\"", SPEC, text UNPUBLISHED,
        "Activate or delete that entry first, or name another destinationAlias.";
    /// A destination outside SAP's aliases.
    DestinationNotSap { alias: String } = DESTINATION_NOT_SAP "destination_not_sap", 400,
        "The alias \"{alias}\" is not in the namespace of SAP", SPEC, text UNPUBLISHED, "destinationAlias begins with sap_.";
    /// A history update that copies nothing.
    CopyMissing = COPY_MISSING "copy_missing", 400, "The query parameter 'copy' must be 'true'.", SILENT, "Add ?copy=true.";

    // Locks and limits.
    /// Somebody else writes.
    KeystoreLocked = KEYSTORE_LOCKED "keystore_locked", 503, "The keystore is locked by another user.", SPEC, text UNPUBLISHED,
        "Repeat later. In certmimic: another user's write is under way, or a fault, or behaviour.sap_cloud_integration.locked_by_other_user.";
    /// Somebody else writes, said of RSA requests.
    KeystoreLocked423 = KEYSTORE_LOCKED_423 "keystore_locked_423", 423, "The keystore is locked by another user.",
        SPEC, text UNPUBLISHED, "RSAKeyGenerationRequests answers 423 where all others answer 503.";

    // Certificate-to-user mappings.
    /// A mapping without a certificate.
    MappingNotSaved { user: String, reason: String } = MAPPING_NOT_SAVED "mapping_not_saved", 500,
        "Problem during creating an entity: [NodeManagerApi][CONTENT_STORE][SavingCertificateToUserMappingsFailed]:Cannot save certificate-user mappings\n    [NodeManagerApi][CONTENT_STORE][No509Certificate]:The certificate for the user {user} is not a X.509 certificate: {reason}",
        SPEC, "Certificate is base64 of a PEM file.";
    /// No such mapping.
    MappingNotFound = MAPPING_NOT_FOUND "mapping_not_found", 404, "Requested entity could not be found.", OLINGO,
        "The Id is the lower-case hex MD5 of the certificate's DER.";
    /// A change set with a mapping and anything else.
    MappingNotAlone = MAPPING_NOT_ALONE "mapping_not_alone", 400,
        "A change set with a request for CertificateUserMappings must not contain any other request.",
        Assumed("the rule is documented (security-content-e01d3f0), its answer is not"),
        "Give each certificate-to-user mapping a change set of its own.";
    /// A mapping without a user.
    UserEmpty = USER_EMPTY "user_empty", 400, "Property 'User' must not be empty.", SILENT, "Send User.";

    // Credentials.
    /// No artifact with this name.
    ArtifactNotFound { name: String } = ARTIFACT_NOT_FOUND "artifact_not_found", 404, "Requested entity could not be found.",
        SEPTEMBER, text Assumed("the text was not recorded; the library's for an entity that is not there"),
        "Nothing is deployed as '{name}'; names are compared with regard to case.";
    /// A new artifact under a name in use.
    ArtifactExists { name: String } = ARTIFACT_EXISTS "artifact_exists", 409, "Entity with specified name already exists.", SPEC,
        "'{name}' is in use: PUT updates it. Names are one to a tenant (behaviour.sap_cloud_integration.credential_names).";
    /// An update of an artifact that is not there.
    ArtifactMissing { name: String } = ARTIFACT_MISSING "artifact_missing", 409, "Entity with specified key does not exist.", SPEC,
        "POST creates '{name}'.";
    /// An update that names another artifact than its address does.
    NameMismatch { name: String } = NAME_MISMATCH "name_mismatch", 400,
        "Entity key specified in URI does not match to name from payload.",
        Specified(SPECIFICATION.at("PUT /UserCredentials('{Name}')")),
        "Leave Name out of the body, or make it '{name}': an artifact is not renamed.";
    /// User credentials without a name.
    CredentialNameMissing = CREDENTIAL_NAME_MISSING "credential_name_missing", 500, "Property 'Name' must not be empty or null",
        Assumed("that it is required is specified; the answer is that for Kind"), "Send Name.";
    /// User credentials without a kind.
    KindMissing = KIND_MISSING "kind_missing", 500, "Property 'Kind' must not be empty or null", SEPTEMBER,
        "Kind is default, successfactors or openconnectors.";
    /// A kind that there is not.
    KindUnknown = KIND_UNKNOWN "kind_unknown", 500, "Property 'Kind' must one of [successfactors, default, openconnectors]", CREDENTIALS,
        "Kinds are in lower case.";
    /// User credentials without a description.
    DescriptionNull = DESCRIPTION_NULL "description_null", 500, "Property 'Description' must not be null", SEPTEMBER,
        "Send Description, if only as an empty text.";
    /// Credentials of kind `successfactors` without the company.
    CompanyMissing = COMPANY_MISSING "company_missing", 500, "Property 'CompanyId' must not be empty or null", CREDENTIALS,
        "Kind successfactors needs CompanyId.";
    /// A password of another form than Open Connectors has.
    PasswordPattern = PASSWORD_PATTERN "password_pattern", 500, "Password does not match Open Connectors Credentials pattern.", SPEC,
        "Kind openconnectors needs a Password such as: User <secret>,Organization <secret>,Element <token>";
    /// A password that is too long.
    PasswordTooLong = PASSWORD_TOO_LONG "password_too_long", 500, "Property 'Password' must not be longer than 255 characters",
        Assumed("the limit is documented (deploying-a-user-credentials-artifact-6912d63), what the API answers is not"),
        "Shorten the password.";

    /// A new OAuth2 client credential under a name in use.
    OAuth2ClientCredentialExists { name: String } = OAUTH2_CLIENT_CREDENTIAL_EXISTS "oauth2_client_credential_exists", 409,
        "Entity with the specified name already exist.", SPEC,
        "'{name}' is in use: PUT updates it. Names are one to a tenant (behaviour.sap_cloud_integration.credential_names).";
    /// A property without which there is no credential.
    PropertyEmpty { property: String } = PROPERTY_EMPTY "property_empty", 400,
        "Property '{property}' cannot be empty. Enter a valid value.",
        Specified(SPECIFICATION.at("for ClientSecret; for other properties assumed")),
        "Send {property}; the secret in each update, too.";
    /// An update that mentions custom parameters.
    CustomParametersFixed = CUSTOM_PARAMETERS_FIXED "custom_parameters_fixed", 400,
        "CustomParameters cannot be updated using this operation", CLIENT_CREDENTIALS,
        "Custom parameters come with the POST only, and every PUT removes them: delete the credential and create it anew.";
    /// More custom parameters than there may be.
    CustomParametersTooMany = CUSTOM_PARAMETERS_TOO_MANY "custom_parameters_too_many", 400,
        "CustomParameters cannot be more than 20. Enter a valid value.", CUSTOM, "Send 20 at most.";
    /// A custom parameter that is there already.
    CustomParameterTwice { key: String } = CUSTOM_PARAMETER_TWICE "custom_parameter_twice", 400,
        "Custom parameter '{key}' cannot be specified twice. Enter a valid value.", CUSTOM,
        "Key, Value and SendAsPartOf together tell custom parameters apart.";
    /// A custom parameter that the token request has itself.
    CustomParameterReserved { key: String } = CUSTOM_PARAMETER_RESERVED "custom_parameter_reserved", 400,
        "Custom parameter '{key}' cannot be used. Enter a valid value.", CUSTOM,
        "client_id, client_secret and grant_type are in each token request.";
    /// A part that token requests do not have.
    SendAsPartOfUnknown = SEND_AS_PART_OF_UNKNOWN "send_as_part_of_unknown", 400,
        "Property 'SendAsPartOf' must be one of [body, header, url]. Enter a valid value.",
        Assumed("that these three are taken was observed, what others are answered was not"), "Send body, header or url.";
    /// A property that may not be null.
    PropertyMustNotBeNull { property: String } = PROPERTY_MUST_NOT_BE_NULL "property_must_not_be_null", 400,
        "Property '{property}' must not be null.", SPEC, "Send {property}. Description may be left out, not be null.";
    /// A property that may not be empty.
    PropertyMustNotBeEmpty { property: String } = PROPERTY_MUST_NOT_BE_EMPTY "property_must_not_be_empty", 400,
        "Property '{property}' must not be empty.", SPEC, text UNPUBLISHED, "Send {property}.";
    /// A property that is too long.
    PropertyTooLong { property: String, limit: String } = PROPERTY_TOO_LONG "property_too_long", 400,
        "Property '{property}' must not be longer than {limit} characters.", SPEC, text UNPUBLISHED,
        "Shorten {property}; behaviour.sap_cloud_integration.limits sets the maximum of a secure parameter.";
    /// A name with control characters.
    NameInvalid { name: String } = NAME_INVALID "name_invalid", 400, "Property 'Name' contains an invalid character.",
        SPEC, text UNPUBLISHED, "Leave control characters out of '{name}'.";
    /// A method that what stands in front of a set of credentials does not let through.
    MergeNotAllowed = MERGE_NOT_ALLOWED "merge_not_allowed", 405, "Method Not Allowed",
        CLIENT_CREDENTIALS,
        text Assumed("the text was not recorded"), "Send PUT with all properties; PATCH is not implemented.";

    // Access policies.
    /// No policy, and no reference, with this number.
    IdNotFound { id: String } = ID_NOT_FOUND "id_not_found", 404, "Requested entity could not be found.",
        Observed("sap_cloud_integration/access-policies"), text Assumed("the text was not recorded; the library's for an entity that is not there"),
        "There is no {id}; with a policy its references go, too.";
    /// A policy without a role.
    RoleNameEmpty = ROLE_NAME_EMPTY "role_name_empty", 400, "The role name must not be empty!", SILENT, "Send RoleName.";
    /// A role that has a policy.
    RoleNameTaken { role_name: String } = ROLE_NAME_TAKEN "role_name_taken", 409,
        "The role name {role_name} is already used in another access policy!", SPEC,
        "One policy a role: add references to the one that is there, or choose another role. Names are cut to 200 characters.";
    /// A type that artifacts do not have.
    ArtifactTypeUnknown = ARTIFACT_TYPE_UNKNOWN "artifact_type_unknown", 400,
        "Provided Artifact Type is not allowed! Supported types: [DATA_TYPE, GLOBAL_DATA_STORE, GLOBAL_VARIABLE, INTEGRATION_ADAPTER, INTEGRATION_FLOW, MESSAGE_MAPPING, MESSAGE_QUEUE, MESSAGE_TYPE, ODATA_SERVICE, REST_API_PROVIDER, SCRIPT_COLLECTION, SOAP_API_PROVIDER, VALUE_MAPPING, USER_CREDENTIAL, OAUTH2_CLIENT_CRED, AUTH2_SAML_BEARER_ASSERTION, AUTH2_AUTHORIZATION_CODE, SECURE_PARAMETER, INTEGRATION_PACKAGE, API_ARTIFACT, SERVICE_INTERFACE, FAULT_MESSAGE_TYPE]",
        REFERENCES, "Send one of the types as Type; the specification's GLOBAL_DATASTORE is none.";
    /// A condition on something else than name or identifier.
    ConditionAttributeUnknown = CONDITION_ATTRIBUTE_UNKNOWN "condition_attribute_unknown", 400,
        "Provided Attribute is not allowed! Only ID and Name allowed.", REFERENCES, "ConditionAttribute is Name or ID, in this case.";
    /// A condition that is compared in another way.
    ConditionTypeUnknown = CONDITION_TYPE_UNKNOWN "condition_type_unknown", 400,
        "Provided Condition Type is not allowed! Only 'exactString' and 'regularExpression' are permitted.", REFERENCES,
        "ConditionType is exactString or regularExpression.";
    /// Packages by a pattern.
    PackageByExpression = PACKAGE_BY_EXPRESSION "package_by_expression", 400, "Only exactString is allowed with Integration Package",
        REFERENCES, "Refer to each package by a reference of its own.";
    /// Artifacts by an identifier that they do not have.
    NamedOnly { artifact_type: String } = NAMED_ONLY "named_only", 400,
        "Only Name Attribute is allowed for Artifact Type {artifact_type}!", REFERENCES, "Send ConditionAttribute Name.";
    /// A reference of no policy, or of several.
    PolicyMissing = POLICY_MISSING "policy_missing", 400, "An artifact reference needs exactly one access policy.", SILENT,
        "Send \"AccessPolicy\":{\"Id\":\"101\"} with the number of a policy.";

    // Operations that there are not.
    /// An operation that the set does not have.
    NotImplemented = NOT_IMPLEMENTED "not_implemented", 501, "Not implemented", SEPTEMBER, text OLINGO,
        "See `certmimic operations` for what this set can do.";
    /// A read of a set that is for writing.
    WriteOnly = WRITE_ONLY "write_only", 400, "The request is not supported by the processor.",
        CHAIN, text OLINGO,
        "Certificates are read at KeystoreEntries(...)/Certificate/$value, chains at .../ChainCertificates.";
    /// A set that is in the metadata only.
    NotAddressable { set: String } = NOT_ADDRESSABLE "not_addressable", 404,
        "Could not find an entity set or function import for '{set}'.", CHAIN, text KEYRINGS,
        "The set is reached by navigation only, or exists in the Neo environment only (behaviour.sap_cloud_integration.landscape).";
    /// A set of another API below the same root.
    NotEmulated { set: String } = NOT_EMULATED "not_emulated", 501, "certmimic: {set} is not emulated",
        Assumed("a limit of certmimic: below this root it has Security Content only"),
        "See `certmimic operations` for what there is.";

    // Runtime locations.
    /// No such location, or nothing that one serves.
    LocationUnknown { location: String, known: String } = LOCATION_UNKNOWN "location_unknown", 404, "",
        Assumed("that runtime locations have addresses is documented, what an unknown one answers is not"),
        "Send /location/<id>/api/v1/...; this tenant's runtime locations: {known}. '{location}' was asked for.";

    // Rights.
    /// A caller without the role: turned away by a filter in front, which writes no body.
    RoleMissing = ROLE_MISSING "role_missing", 403 "", "", Observed("sap_cloud_integration/roles"),
        "Reading needs the role MonitoringDataRead, writing SecurityMaterialEdit (Neo: IntegrationOperationServer.read or NodeManager.read, and NodeManager.deploysecuritycontent).";

    [by faults only]
    /// Too many requests. No source shows the answer; what stands in front of the service writes no body.
    RATE_LIMITED "rate_limited", 429 "", "", SPEC, text Assumed("that there is no body"),
        "Only a fault answers this. Wait as long as Retry-After says, then repeat.";
    /// A failure of the service.
    INTERNAL_ERROR "internal_error", 500, "Internal Server Error", SPEC, text UNPUBLISHED,
        "Only a fault answers this.";
    /// A service that is not there: what stands in front of it answers.
    SERVICE_UNAVAILABLE "service_unavailable", 503 "", "",
        Assumed("a front server's answer has no error document; a locked keystore is another row"),
        "Only a fault answers this. Repeat later.";
}
