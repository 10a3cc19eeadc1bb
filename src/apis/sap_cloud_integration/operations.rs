//! The operations: rows 1 to 25 of the published interface, what is known only from links in answers, and the protocol's own.

use super::error::{
    ACTIVATION_INCOMPLETE, ALIAS_EMPTY, ALIAS_EXISTS, ALIAS_INVALID, ALIAS_NOT_FOUND, ALIAS_RESERVED, ALIAS_TOO_LONG,
    ARTIFACT_EXISTS, ARTIFACT_MISSING, ARTIFACT_NOT_FOUND, ARTIFACT_TYPE_UNKNOWN, BODY_TOO_LARGE, BODY_UNEXPECTED,
    CANNOT_SIGN, CERTIFICATE_INVALID, CHAIN_INVALID, COMMON_NAME_EMPTY, COMPANY_MISSING, CONDITION_ATTRIBUTE_UNKNOWN,
    CONDITION_TYPE_UNKNOWN, COPY_MISSING, COUNTRY_EMPTY, COUNTRY_INVALID, CREDENTIAL_NAME_MISSING, CURVE_NOT_EMULATED,
    CURVE_UNKNOWN, CUSTOM_PARAMETER_RESERVED, CUSTOM_PARAMETER_TWICE, CUSTOM_PARAMETERS_FIXED,
    CUSTOM_PARAMETERS_TOO_MANY, DESCRIPTION_NULL, DESTINATION_EXISTS, DESTINATION_NOT_SAP, ENTRY_EXISTS, ENTRY_MISSING,
    HELP, HEX_ILLEGAL, HEX_ODD, HISTORY_ALIAS_INVALID, ID_NOT_FOUND, IMPORT_INCOMPLETE, IMPORT_OPTION_INVALID,
    KEY_PAIR_STAYS, KEY_SIZE_INVALID, KEY_TOO_SHORT, KEY_TYPE_UNSUPPORTED, KEYSTORE_FULL, KEYSTORE_LOCKED,
    KEYSTORE_LOCKED_423, KEYSTORE_NAME_INVALID, KIND_MISSING, KIND_UNKNOWN, MAPPING_NOT_ALONE, MAPPING_NOT_FOUND,
    MAPPING_NOT_SAVED, NAME_INVALID, NAME_MISMATCH, NAMED_ONLY, NO_BACKUP, NOT_A_CERTIFICATE, NOT_A_CHAIN,
    NOT_A_KEY_PAIR, NOT_A_KEYSTORE, NOT_ADDRESSABLE, NOT_IMPLEMENTED, NOT_PKCS12, NOT_TRUSTED, NOTHING_ASKED,
    OAUTH2_CLIENT_CREDENTIAL_EXISTS, PACKAGE_BY_EXPRESSION, PASSWORD_PATTERN, PASSWORD_TOO_LONG, POLICY_MISSING,
    PROPERTY_EMPTY, PROPERTY_MUST_NOT_BE_EMPTY, PROPERTY_MUST_NOT_BE_NULL, PROPERTY_TOO_LONG, RENAME_ALIAS_MISSING,
    REPLY_KEY_DIFFERS, RESOURCE_NAME_UNSUPPORTED, ROLE_MISSING, ROLE_NAME_EMPTY, ROLE_NAME_TAKEN, RSA_FILE_INVALID,
    RSA_FILE_TOO_LARGE, SAP_OWNED, SEND_AS_PART_OF_UNKNOWN, SIGNATURE_ALGORITHM_UNSUPPORTED, SPECIFICATION,
    SSH_FILE_INVALID, SSH_UNSUPPORTED, SUBJECT_INVALID, USER_EMPTY, VALIDITY_REVERSED, WRONG_PASSWORD,
};
use crate::contract::Evidence::{Assumed, Documented, Observed, Specified};
use crate::contract::{Evidence, Outcome, operations};

const POLICIES: Evidence = Observed("sap_cloud_integration/access-policies");

/// A page of SAP Help.
const fn page(name: &'static str) -> Evidence {
    Documented(HELP.at(name))
}

/// An operation of the specification, or what an example in it shows.
const fn specified(place: &'static str) -> Evidence {
    Specified(SPECIFICATION.at(place))
}

/// What is checked of user credentials that are deployed.
const USER_CREDENTIAL: &[&Outcome] =
    &[&KIND_MISSING, &KIND_UNKNOWN, &DESCRIPTION_NULL, &COMPANY_MISSING, &PASSWORD_PATTERN, &PASSWORD_TOO_LONG];

/// What is checked of references that are created.
const ARTIFACT_REFERENCE: &[&Outcome] = &[
    &ARTIFACT_TYPE_UNKNOWN,
    &CONDITION_ATTRIBUTE_UNKNOWN,
    &CONDITION_TYPE_UNKNOWN,
    &PACKAGE_BY_EXPRESSION,
    &NAMED_ONLY,
];

/// What is checked of secure parameters that are deployed.
const SECURE_PARAMETER: &[&Outcome] =
    &[&PROPERTY_MUST_NOT_BE_NULL, &PROPERTY_MUST_NOT_BE_EMPTY, &PROPERTY_TOO_LONG, &NAME_INVALID];

operations! {
    /// The emulated operations.
    pub OPERATIONS, "ci";
    below "/api/v1" {
    "certificate.import": "PUT" "/CertificateResources({Hexalias})/$value"
        "import or update a certificate", page("import-and-update-certificate-be3a0b9"), [204, 200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, BODY_TOO_LARGE, ALIAS_EMPTY, ALIAS_TOO_LONG, ALIAS_INVALID, ALIAS_RESERVED,
         NOT_A_CERTIFICATE, CERTIFICATE_INVALID, ENTRY_EXISTS, ALIAS_EXISTS, ENTRY_MISSING, SAP_OWNED, KEY_PAIR_STAYS,
         NOT_TRUSTED, KEYSTORE_FULL, KEYSTORE_LOCKED];
    "entry.list": "GET" "/KeystoreEntries"
        "list the entries of a keystore", page("get-all-keystore-entries-2b67349"), [200], [ROLE_MISSING, KEYSTORE_NAME_INVALID];
    "entry.read": "GET" "/KeystoreEntries({Hexalias})"
        "read an entry", page("get-keystore-entry-by-alias-e4526db"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, KEYSTORE_NAME_INVALID, ALIAS_NOT_FOUND];
    "certificate.export": "GET" "/KeystoreEntries({Hexalias})/Certificate/$value"
        "export the certificate of an entry", page("export-certificate-1133cca"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, KEYSTORE_NAME_INVALID, ALIAS_NOT_FOUND];
    "entry.delete": "DELETE" "/KeystoreEntries({Hexalias})"
        "delete an entry", specified("DELETE /KeystoreEntries('{Hexalias}')"), [204, 200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, KEYSTORE_NAME_INVALID, ACTIVATION_INCOMPLETE, ALIAS_RESERVED,
         ALIAS_NOT_FOUND, SAP_OWNED, KEYSTORE_LOCKED];
    "renewal.activate": "DELETE" "/KeystoreEntries({Hexalias})" when "activate=true", "keystoreName=KeyRenewal";
        "put a key pair in use that SAP has prepared", page("activating-a-new-key-pair-provided-by-sap-383be7a"), [204, 200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, ALIAS_NOT_FOUND, KEYSTORE_LOCKED];
    "entry.delete_many": "PUT" "/KeystoreResources({Name})" when "deleteEntries=true";
        "delete many entries", page("trigger-mass-deletion-of-keystore-entries-bee2744"), [200, 204],
        [ROLE_MISSING, KEYSTORE_NAME_INVALID, BODY_UNEXPECTED, ALIAS_RESERVED, SAP_OWNED, KEYSTORE_LOCKED];
    "entry.rename": "PUT" "/KeystoreEntries({Hexalias})"
        "rename an entry", page("rename-the-alias-of-a-keystore-entry-4024577"), [204, 200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, RENAME_ALIAS_MISSING, BODY_UNEXPECTED, ALIAS_TOO_LONG, ALIAS_INVALID,
         ALIAS_RESERVED, ALIAS_NOT_FOUND, SAP_OWNED, ALIAS_EXISTS, KEYSTORE_LOCKED];
    "keystore.read": "GET" "/Keystores({Name})"
        "read a keystore's properties", page("get-keystore-properties-and-entries-bad4cc5"), [200],
        [ROLE_MISSING, KEYSTORE_NAME_INVALID];
    "keystore.size": "GET" "/Keystores({Name})/Size/$value"
        "count the entries of a keystore", specified("GET /Keystores('{KeystoreName}')/Size/$value"), [200],
        [ROLE_MISSING, KEYSTORE_NAME_INVALID];
    "keystore.entries": "GET" "/Keystores({Name})/Entries"
        "list the entries of a keystore", specified("link in the answer to GET /Keystores('{KeystoreName}')"), [200],
        [ROLE_MISSING, KEYSTORE_NAME_INVALID];
    "keystore.list": "GET" "/Keystores"
        "list the keystores", Assumed("the set of GET /Keystores('{KeystoreName}')"), [200], [ROLE_MISSING];
    "key_pair.generate": "POST" "/KeyPairGenerationRequests"
        "generate a key pair", page("generate-a-key-pair-4d3dd24"), [204, 200],
        [ROLE_MISSING, ALIAS_EMPTY, ALIAS_INVALID, ALIAS_RESERVED, COMMON_NAME_EMPTY, COUNTRY_EMPTY, COUNTRY_INVALID,
         SUBJECT_INVALID, KEY_TYPE_UNSUPPORTED, KEY_SIZE_INVALID, CURVE_UNKNOWN, CURVE_NOT_EMULATED,
         SIGNATURE_ALGORITHM_UNSUPPORTED, ALIAS_EXISTS, VALIDITY_REVERSED, KEYSTORE_FULL, KEYSTORE_LOCKED];
    "key_pair.import": "POST" "/KeyPairResources"
        "import a PKCS#12 file", specified("POST /KeyPairResources"), [204, 200],
        [ROLE_MISSING, BODY_TOO_LARGE, ALIAS_EMPTY, ALIAS_INVALID, ALIAS_RESERVED, NOT_PKCS12, WRONG_PASSWORD,
         CHAIN_INVALID, ALIAS_EXISTS, ENTRY_MISSING, SAP_OWNED, NOT_TRUSTED, KEYSTORE_FULL, KEYSTORE_LOCKED];
    "signing_request.create": "GET" "/KeystoreEntries({Hexalias})/SigningRequest/$value"
        "get a certificate signing request", specified("GET /KeystoreEntries('{Hexalias}')/SigningRequest/$value"),
        [200], [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, ALIAS_NOT_FOUND, NOT_A_KEY_PAIR, CANNOT_SIGN];
    "chain.import": "PUT" "/CertificateChainResources({Hexalias})/$value"
        "import a CA's reply", page("updating-a-key-pair-with-a-signing-response-4242f01"), [204, 200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, BODY_TOO_LARGE, ALIAS_RESERVED, ALIAS_NOT_FOUND, SAP_OWNED, NOT_A_KEY_PAIR,
         NOT_A_CHAIN, REPLY_KEY_DIFFERS, CHAIN_INVALID, NOT_TRUSTED, KEYSTORE_FULL, KEYSTORE_LOCKED];
    "chain.list": "GET" "/KeystoreEntries({Hexalias})/ChainCertificates"
        "list the certificates of a chain", specified("GET /KeystoreEntries('{Hexalias}')/ChainCertificates"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, KEYSTORE_NAME_INVALID, ALIAS_NOT_FOUND];
    "chain.read": "GET" "/ChainCertificates({Key})"
        "read a certificate of a chain", specified("address in the answer to …/ChainCertificates"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, KEYSTORE_NAME_INVALID, ALIAS_NOT_FOUND];
    "chain.export": "GET" "/KeystoreEntries({Hexalias})/ChainResource/$value"
        "export a chain as PKCS#7", specified("GET /KeystoreEntries('{Hexalias}')/ChainResource/$value"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, KEYSTORE_NAME_INVALID, ALIAS_NOT_FOUND];
    "ssh_key.export": "GET" "/KeystoreEntries({Hexalias})/Sshkey/$value"
        "export a public key for OpenSSH", page("export-public-key-in-openssh-format-dbf276e"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, ALIAS_NOT_FOUND, SSH_UNSUPPORTED];
    "keystore.import": "POST" "/KeystoreResources"
        "import a keystore, or back up", page("import-back-up-a-keystore-bcff852"), [200, 204],
        [ROLE_MISSING, RESOURCE_NAME_UNSUPPORTED, IMPORT_OPTION_INVALID, BODY_TOO_LARGE, NOT_A_KEYSTORE, WRONG_PASSWORD,
         IMPORT_INCOMPLETE, KEYSTORE_FULL, KEYSTORE_LOCKED];
    "keystore.export": "GET" "/KeystoreResources({Name})"
        "export a keystore's public content", specified("GET /KeystoreResources('{KeystoreName}')"), [200],
        [ROLE_MISSING, KEYSTORE_NAME_INVALID];
    "backup.restore": "PUT" "/KeystoreResources({Name})"
        "bring back backed-up entries", specified("PUT /KeystoreResources('system')"), [200, 204],
        [ROLE_MISSING, KEYSTORE_NAME_INVALID, NOTHING_ASKED, IMPORT_OPTION_INVALID, BODY_UNEXPECTED, NO_BACKUP,
         KEYSTORE_FULL, KEYSTORE_LOCKED];
    "key_pair.from_rsa": "POST" "/RSAKeyGenerationRequests"
        "make a key pair of an RSA key", specified("POST /RSAKeyGenerationRequests"), [204, 200],
        [ROLE_MISSING, ALIAS_EMPTY, ALIAS_INVALID, ALIAS_RESERVED, COMMON_NAME_EMPTY, COUNTRY_EMPTY, COUNTRY_INVALID,
         SUBJECT_INVALID, RSA_FILE_TOO_LARGE, RSA_FILE_INVALID, SIGNATURE_ALGORITHM_UNSUPPORTED, KEY_TOO_SHORT,
         ALIAS_EXISTS, VALIDITY_REVERSED, KEYSTORE_FULL, KEYSTORE_LOCKED_423];
    "key_pair.from_ssh": "POST" "/SSHKeyGenerationRequests"
        "make a key pair of an SSH key", page("creating-a-key-pair-ssh-key-pair-b8a8601"), [200],
        [ROLE_MISSING, COMMON_NAME_EMPTY, COUNTRY_INVALID, SUBJECT_INVALID, SSH_FILE_INVALID, WRONG_PASSWORD,
         ALIAS_INVALID, ALIAS_RESERVED, ALIAS_EXISTS, ENTRY_MISSING, SAP_OWNED, SIGNATURE_ALGORITHM_UNSUPPORTED,
         KEY_TOO_SHORT, VALIDITY_REVERSED, KEYSTORE_FULL, KEYSTORE_LOCKED];
    "history.list": "GET" "/HistoryKeystoreEntries"
        "list SAP's replaced key pairs", specified("GET /HistoryKeystoreEntries"), [200], [ROLE_MISSING];
    "history.read": "GET" "/HistoryKeystoreEntries({Hexalias})"
        "read a replaced key pair", specified("GET /HistoryKeystoreEntries('{Hexalias}')"), [200],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, ALIAS_NOT_FOUND];
    "history.restore": "PUT" "/HistoryKeystoreEntries({Hexalias})"
        "copy a replaced key pair to the renewal keystore",
        page("restore-an-entry-from-the-sap-key-history-keystore-to-the-new-sap-keys-keystore-a0bd675"), [204],
        [ROLE_MISSING, HEX_ODD, HEX_ILLEGAL, COPY_MISSING, BODY_UNEXPECTED, HISTORY_ALIAS_INVALID, ALIAS_NOT_FOUND,
         DESTINATION_NOT_SAP, DESTINATION_EXISTS, KEYSTORE_LOCKED];
    "mapping.list": "GET" "/CertificateUserMappings"
        "list certificate-to-user mappings (Neo)", specified("GET /CertificateUserMappings"), [200],
        [ROLE_MISSING, NOT_ADDRESSABLE];
    "mapping.create": "POST" "/CertificateUserMappings"
        "map a certificate to a user (Neo)", specified("POST /CertificateUserMappings"), [201],
        [ROLE_MISSING, NOT_ADDRESSABLE, USER_EMPTY, MAPPING_NOT_SAVED];
    "mapping.read": "GET" "/CertificateUserMappings({Id})"
        "read a mapping (Neo)", specified("GET /CertificateUserMappings('{Id}')"), [200],
        [ROLE_MISSING, NOT_ADDRESSABLE, MAPPING_NOT_FOUND];
    "mapping.delete": "DELETE" "/CertificateUserMappings({Id})"
        "delete a mapping (Neo)", specified("DELETE /CertificateUserMappings('{Id}')"), [204],
        [ROLE_MISSING, NOT_ADDRESSABLE, MAPPING_NOT_FOUND];
    "user_credential.list": "GET" "/UserCredentials"
        "list user credentials", specified("GET /UserCredentials"), [200], [ROLE_MISSING];
    "user_credential.read": "GET" "/UserCredentials({Name})"
        "read user credentials", specified("GET /UserCredentials('{Name}')"), [200],
        [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "user_credential.create": "POST" "/UserCredentials"
        "deploy user credentials", specified("POST /UserCredentials"), [202],
        [ROLE_MISSING, CREDENTIAL_NAME_MISSING, ARTIFACT_EXISTS + USER_CREDENTIAL];
    "user_credential.update": "PUT" "/UserCredentials({Name})"
        "deploy user credentials anew", specified("PUT /UserCredentials('{Name}')"), [202],
        [ROLE_MISSING, NAME_MISMATCH, ARTIFACT_MISSING + USER_CREDENTIAL];
    "user_credential.delete": "DELETE" "/UserCredentials({Name})"
        "undeploy user credentials", specified("DELETE /UserCredentials('{Name}')"), [202],
        [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "oauth2_client_credential.list": "GET" "/OAuth2ClientCredentials"
        "list OAuth2 client credentials", specified("GET /OAuth2ClientCredentials"), [200], [ROLE_MISSING];
    "oauth2_client_credential.read": "GET" "/OAuth2ClientCredentials({Name})"
        "read OAuth2 client credentials", specified("GET /OAuth2ClientCredentials('{Name}')"), [200],
        [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "oauth2_client_credential.create": "POST" "/OAuth2ClientCredentials"
        "deploy OAuth2 client credentials with custom parameters", specified("POST /OAuth2ClientCredentials"), [202],
        [ROLE_MISSING, PROPERTY_EMPTY, CUSTOM_PARAMETERS_TOO_MANY, CUSTOM_PARAMETER_TWICE, CUSTOM_PARAMETER_RESERVED,
         SEND_AS_PART_OF_UNKNOWN, OAUTH2_CLIENT_CREDENTIAL_EXISTS];
    "oauth2_client_credential.update": "PUT" "/OAuth2ClientCredentials({Name})"
        "deploy OAuth2 client credentials anew", specified("PUT /OAuth2ClientCredentials('{Name}')"), [202],
        [ROLE_MISSING, CUSTOM_PARAMETERS_FIXED, NAME_MISMATCH, PROPERTY_EMPTY, ARTIFACT_NOT_FOUND];
    "oauth2_client_credential.delete": "DELETE" "/OAuth2ClientCredentials({Name})"
        "undeploy OAuth2 client credentials", specified("DELETE /OAuth2ClientCredentials('{Name}')"), [202],
        [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "custom_parameter.list": "GET" "/OAuth2ClientCredentials({Name})/CustomParameters"
        "list the custom parameters of OAuth2 client credentials", specified("link in the answer to GET /OAuth2ClientCredentials('{Name}')"),
        [200], [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "custom_parameter.read": "GET" "/CustomParameters({Key})"
        "read a custom parameter", specified("address in the answer to …/CustomParameters"), [200], [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "secure_parameter.list": "GET" "/SecureParameters"
        "list secure parameters", specified("GET /SecureParameters"), [200], [ROLE_MISSING];
    "secure_parameter.read": "GET" "/SecureParameters({Name})"
        "read a secure parameter", specified("GET /SecureParameters('{Name}')"), [200],
        [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "secure_parameter.create": "POST" "/SecureParameters"
        "deploy a secure parameter", specified("POST /SecureParameters"), [202],
        [ROLE_MISSING, ARTIFACT_EXISTS + SECURE_PARAMETER];
    "secure_parameter.update": "PUT" "/SecureParameters({Name})"
        "deploy a secure parameter anew", specified("PUT /SecureParameters('{Name}')"), [202],
        [ROLE_MISSING, NAME_MISMATCH, ARTIFACT_MISSING + SECURE_PARAMETER];
    "secure_parameter.delete": "DELETE" "/SecureParameters({Name})"
        "undeploy a secure parameter", specified("DELETE /SecureParameters('{Name}')"), [202],
        [ROLE_MISSING, ARTIFACT_NOT_FOUND];
    "access_policy.list": "GET" "/AccessPolicies"
        "list access policies", specified("GET /AccessPolicies"), [200], [ROLE_MISSING];
    "access_policy.read": "GET" "/AccessPolicies({Id})"
        "read an access policy", POLICIES, [200],
        [ROLE_MISSING, ID_NOT_FOUND];
    "access_policy.create": "POST" "/AccessPolicies"
        "create an access policy with its references", specified("POST /AccessPolicies"), [201],
        [ROLE_MISSING, ROLE_NAME_EMPTY, ROLE_NAME_TAKEN + ARTIFACT_REFERENCE];
    "access_policy.patch": "PATCH" "/AccessPolicies({Id})"
        "change an access policy in parts", specified("PATCH /AccessPolicies({Id})"), [204],
        [ROLE_MISSING, ROLE_NAME_EMPTY, ROLE_NAME_TAKEN, ID_NOT_FOUND, NOT_IMPLEMENTED];
    "access_policy.merge": "MERGE" "/AccessPolicies({Id})"
        "change an access policy in parts", POLICIES, [204],
        [ROLE_MISSING, ROLE_NAME_EMPTY, ROLE_NAME_TAKEN, ID_NOT_FOUND, NOT_IMPLEMENTED];
    "access_policy.delete": "DELETE" "/AccessPolicies({Id})"
        "delete an access policy with its references", specified("DELETE /AccessPolicies({Id})"), [204],
        [ROLE_MISSING, ID_NOT_FOUND];
    "artifact_reference.list": "GET" "/ArtifactReferences"
        "list the references of all access policies", specified("GET /ArtifactReferences"), [200], [ROLE_MISSING];
    "artifact_reference.list_of_policy": "GET" "/AccessPolicies({Id})/ArtifactReferences"
        "list the references of an access policy", POLICIES,
        [200], [ROLE_MISSING, ID_NOT_FOUND];
    "artifact_reference.read": "GET" "/ArtifactReferences({Id})"
        "read a reference", specified("address in the answer to …/ArtifactReferences"), [200], [ROLE_MISSING, ID_NOT_FOUND];
    "artifact_reference.create": "POST" "/ArtifactReferences"
        "add a reference to an access policy", specified("POST /ArtifactReferences"), [201],
        [ROLE_MISSING, POLICY_MISSING, ID_NOT_FOUND + ARTIFACT_REFERENCE];
    "artifact_reference.create_in_policy": "POST" "/AccessPolicies({Id})/ArtifactReferences"
        "add a reference to an access policy", Assumed("the set of POST /ArtifactReferences, by its address"), [201],
        [ROLE_MISSING, ID_NOT_FOUND + ARTIFACT_REFERENCE];
    "artifact_reference.delete": "DELETE" "/ArtifactReferences({Id})"
        "delete a reference", specified("DELETE /ArtifactReferences({Id})"), [200], [ROLE_MISSING, ID_NOT_FOUND];
    "artifact_reference.policy": "GET" "/ArtifactReferences({Id})/AccessPolicy"
        "read the access policy of a reference", specified("link in the answer to GET /ArtifactReferences"), [200],
        [ROLE_MISSING, ID_NOT_FOUND];
    "runtime_assignment.list_of_policy": "GET" "/AccessPolicies({Id})/AccessPolicyRuntimeAssignments"
        "list the runtimes that an access policy was sent to", specified("link in the answer to GET /AccessPolicies"), [200],
        [ROLE_MISSING, ID_NOT_FOUND];
    "runtime_assignment.list": "GET" "/AccessPolicyRuntimeAssignments"
        "list the runtimes that access policies were sent to", Assumed("the set of …/AccessPolicyRuntimeAssignments"), [200],
        [ROLE_MISSING];
    "runtime_assignment.read": "GET" "/AccessPolicyRuntimeAssignments({Id})"
        "read a runtime assignment", specified("address in the answer to …/AccessPolicyRuntimeAssignments"), [200],
        [ROLE_MISSING, ID_NOT_FOUND];
    "runtime_assignment.policy": "GET" "/AccessPolicyRuntimeAssignments({Id})/AccessPolicy"
        "read the access policy of a runtime assignment", specified("link in the answer to …/AccessPolicyRuntimeAssignments"), [200],
        [ROLE_MISSING, ID_NOT_FOUND];
    "service_document.read": "GET" "/"
        "list the entity sets; fetch a CSRF token", page("security-content-e01d3f0"), [200], [];
    "metadata.read": "GET" "/$metadata" "read the entity model", page("security-content-e01d3f0"), [200], [];
    "batch.submit": "POST" "/$batch" "several requests in one", page("perform-odata-batch-requests-b0372d4"), [202],
        [MAPPING_NOT_ALONE];
    }
}
