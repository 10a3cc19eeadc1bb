//! Entity types: properties in wire order, with the lengths of a tenant's `$metadata`.

use crate::odata::edm::{EntityType, Kind, Navigation, Property};

/// What most types have in common; a type below adds its name and parts.
pub const ENTITY_TYPE: EntityType =
    EntityType { name: "", base: None, is_abstract: false, key: &[], properties: &[], navigation: &[], media: false };

pub static ALIAS: EntityType = EntityType {
    name: "KeystoreEntryAlias",
    is_abstract: true,
    key: &["Hexalias"],
    properties: &[HEXALIAS, ALIAS_TEXT],
    ..ENTITY_TYPE
};

pub static PART_BASE: EntityType = EntityType {
    name: "KeystoreEntryCertificatePartBase",
    base: Some(&ALIAS),
    is_abstract: true,
    properties: &[
        Property::string("KeyType", 30),
        Property::new("KeySize", Kind::Int32),
        VALID_NOT_BEFORE,
        VALID_NOT_AFTER,
        Property::string("SerialNumber", 256),
        Property::string("SignatureAlgorithm", 60),
        Property::string("EllipticCurve", 500),
    ],
    ..ENTITY_TYPE
};

pub static PART: EntityType = EntityType {
    name: "KeystoreEntryCertificatePart",
    base: Some(&PART_BASE),
    is_abstract: true,
    properties: &[
        Property::string("Validity", 1000),
        Property::string("SubjectDN", 50000),
        Property::string("IssuerDN", 50000),
        Property::new("Version", Kind::Int32),
        Property::string("FingerprintSha1", 200),
        Property::string("FingerprintSha256", 200),
        Property::string("FingerprintSha512", 200),
    ],
    ..ENTITY_TYPE
};

pub static KEYSTORE_ENTRY: EntityType = EntityType {
    name: "KeystoreEntry",
    base: Some(&PART),
    properties: &[
        Property::string("Type", 30),
        Property::string("Owner", 30),
        Property::string("LastModifiedBy", 150),
        Property::new("LastModifiedTime", Kind::DateTimeOffset),
        Property::string("CreatedBy", 150),
        Property::new("CreatedTime", Kind::DateTimeOffset),
        Property::string("Status", 500),
    ],
    navigation: &[
        Navigation {
            name: "ChainCertificates",
            association: "CertificateChainOfKeyPair",
            from_role: "r_KeystoreEntry",
            to_role: "r_ChainCertificates",
            target: "ChainCertificates",
            many: true,
        },
        of_entry("Certificate", "A_KeystoreEntry_CertificateResource", "r_Certificate", "CertificateResources"),
        of_entry("Sshkey", "A_KeystoreEntry_SSHKeyResource", "r_Sshkey", "SSHKeyResources"),
        Navigation {
            name: "Keystore",
            association: "EntriesOfKeystore",
            from_role: "r_Entries",
            to_role: "r_Keystore",
            target: "Keystores",
            many: false,
        },
        of_entry(
            "ChainResource",
            "A_KeystoreEntry_CertificateChainResource",
            "r_ChainResource",
            "CertificateChainResources",
        ),
        of_entry(
            "SigningRequest",
            "A_KeystoreEntry_CertificateSigningRequest",
            "r_SigningRequest",
            "CertificateSigningRequests",
        ),
    ],
    ..ENTITY_TYPE
};

pub static HISTORY_KEYSTORE_ENTRY: EntityType = EntityType {
    name: "HistoryKeystoreEntry",
    base: Some(&KEYSTORE_ENTRY),
    properties: &[
        Property::string("ActivatedBy", 150),
        Property::new("ActiveFrom", Kind::DateTimeOffset),
        Property::string("DeactivatedBy", 150),
        Property::new("ActiveUntil", Kind::DateTimeOffset),
        Property::new("ActivationSequenceNumber", Kind::Int32),
        Property::string("OriginalAlias", 250),
    ],
    ..ENTITY_TYPE
};

pub static KEY_PAIR_GENERATION_REQUEST: EntityType = EntityType {
    name: "KeyPairGenerationRequest",
    base: Some(&PART_BASE),
    properties: &[
        Property::string("KeyAlgorithmParameter", 500),
        COMMON_NAME,
        ORGANIZATION_UNIT,
        ORGANIZATION,
        LOCALITY,
        STATE,
        COUNTRY,
        EMAIL,
        Property { max_length: Some(3000), ..Property::new("Extensions", Kind::Binary) },
    ],
    ..ENTITY_TYPE
};

pub static SSH_KEY_GENERATION_REQUEST: EntityType = EntityType {
    name: "SSHKeyGenerationRequest",
    base: Some(&PART_BASE),
    properties: &[
        Property::string("SSHFile", 10000),
        Property::string("Password", 500),
        Property::string("KeyAlgorithmParameter", 500),
        COMMON_NAME,
        ORGANIZATION_UNIT,
        ORGANIZATION,
        LOCALITY,
        STATE,
        COUNTRY,
        EMAIL,
    ],
    ..ENTITY_TYPE
};

pub static RSA_KEY_GENERATION_REQUEST: EntityType = EntityType {
    name: "RSAKeyGenerationRequest",
    base: Some(&ALIAS),
    properties: &[
        Property { max_length: Some(10000), ..Property::new("RSAFile", Kind::Binary).required() },
        Property::string("SignatureAlgorithm", 60),
        VALID_NOT_BEFORE,
        VALID_NOT_AFTER,
        Property::string("SerialNumber", 256),
        COMMON_NAME,
        ORGANIZATION_UNIT,
        ORGANIZATION,
        LOCALITY,
        STATE,
        COUNTRY,
        EMAIL,
    ],
    ..ENTITY_TYPE
};

pub static KEY_PAIR_RESOURCE: EntityType = EntityType {
    name: "KeyPairResource",
    base: Some(&ALIAS),
    properties: &[
        Property { max_length: Some(30072), ..Property::new("Resource", Kind::Binary) },
        Property::string("Password", 500),
    ],
    ..ENTITY_TYPE
};

pub static CERTIFICATE_RESOURCE: EntityType = EntityType {
    name: "CertificateResource",
    base: Some(&ALIAS),
    navigation: &[to_entry("A_KeystoreEntry_CertificateResource", "r_Certificate")],
    media: true,
    ..ENTITY_TYPE
};

pub static CERTIFICATE_CHAIN_RESOURCE: EntityType = EntityType {
    name: "CertificateChainResource",
    base: Some(&ALIAS),
    navigation: &[to_entry("A_KeystoreEntry_CertificateChainResource", "r_ChainResource")],
    media: true,
    ..ENTITY_TYPE
};

pub static SSH_KEY_RESOURCE: EntityType = EntityType {
    name: "SSHKeyResource",
    base: Some(&ALIAS),
    navigation: &[to_entry("A_KeystoreEntry_SSHKeyResource", "r_Sshkey")],
    media: true,
    ..ENTITY_TYPE
};

pub static CERTIFICATE_SIGNING_REQUEST: EntityType = EntityType {
    name: "CertificateSigningRequest",
    key: &["Hexalias"],
    properties: &[HEXALIAS],
    navigation: &[to_entry("A_KeystoreEntry_CertificateSigningRequest", "r_SigningRequest")],
    media: true,
    ..ENTITY_TYPE
};

pub static CHAIN_CERTIFICATE: EntityType = EntityType {
    name: "ChainCertificate",
    key: &["Hexalias", "Index"],
    properties: &[
        HEXALIAS,
        ALIAS_TEXT,
        Property::new("Index", Kind::Int32).required(),
        Property::string("Validity", 1000),
        Property::string("KeyType", 30),
        Property::new("KeySize", Kind::Int32),
        VALID_NOT_BEFORE,
        VALID_NOT_AFTER,
        Property::string("SubjectDN", 50000),
        Property::string("IssuerDN", 50000),
        Property::string("SerialNumber", 66),
        Property::string("SignatureAlgorithm", 60),
        Property::new("Version", Kind::Int32),
        Property::string("FingerprintSha1", 200),
        Property::string("FingerprintSha256", 200),
        Property::string("FingerprintSha512", 200),
    ],
    navigation: &[to_entry("CertificateChainOfKeyPair", "r_ChainCertificates")],
    ..ENTITY_TYPE
};

pub static KEYSTORE: EntityType = EntityType {
    name: "Keystore",
    key: &["Name"],
    properties: &[
        Property::string("Name", 100).required(),
        Property::string("LastModifiedBy", 150),
        Property::new("LastModifiedTime", Kind::DateTimeOffset),
        Property::new("Size", Kind::Int32),
        Property::string("RuntimeIds", 620),
        Property::string("AggregatedStatus", 20),
        Property::string("AggregatedErrors", 5000),
    ],
    navigation: &[
        Navigation {
            name: "Entries",
            association: "EntriesOfKeystore",
            from_role: "r_Keystore",
            to_role: "r_Entries",
            target: "KeystoreEntries",
            many: true,
        },
        Navigation {
            name: "Runtimes",
            association: "RuntimesOfKeystore",
            from_role: "r_Keystore",
            to_role: "r_Runtimes",
            target: "RuntimeSyncInfos",
            many: true,
        },
    ],
    ..ENTITY_TYPE
};

pub static KEYSTORE_RESOURCE: EntityType = EntityType {
    name: "KeystoreResource",
    key: &["Name"],
    properties: &[
        Property::string("Name", 100).required(),
        Property { max_length: Some(6_291_456), ..Property::new("Resource", Kind::Binary) },
        Property::string("Password", 300),
        Property::string("Aliases", 2_097_152),
    ],
    ..ENTITY_TYPE
};

pub static RUNTIME_ASSIGNMENT: EntityType = EntityType {
    name: "RuntimeAssignment",
    key: &["KeystoreName", "RuntimeId"],
    properties: &[
        Property::string("KeystoreName", 30).required(),
        Property::string("RuntimeId", 30).required(),
        Property::string("Status", 20),
        Property::new("StatusUpdatedAt", Kind::Int64),
        Property::string("Errors", 5000),
    ],
    navigation: &[Navigation {
        name: "Keystore",
        association: "RuntimesOfKeystore",
        from_role: "r_Runtimes",
        to_role: "r_Keystore",
        target: "Keystores",
        many: false,
    }],
    ..ENTITY_TYPE
};

pub static CERTIFICATE_USER_MAPPING: EntityType = EntityType {
    name: "CertificateUserMapping",
    key: &["Id"],
    properties: &[
        Property::string("Id", 32).required(),
        Property::string("User", 150),
        Property { max_length: Some(8192), ..Property::new("Certificate", Kind::Binary) },
        Property::string("LastModifiedBy", 150),
        Property::new("LastModifiedTime", Kind::DateTime),
        Property::string("CreatedBy", 150),
        Property::new("CreatedTime", Kind::DateTime),
        Property::new("ValidUntil", Kind::Int64),
    ],
    ..ENTITY_TYPE
};

const HEXALIAS: Property = Property::string("Hexalias", 2000).required();
const ALIAS_TEXT: Property = Property::string("Alias", 250).required();
const VALID_NOT_BEFORE: Property = Property::new("ValidNotBefore", Kind::DateTimeOffset);
const VALID_NOT_AFTER: Property = Property::new("ValidNotAfter", Kind::DateTimeOffset);
const COMMON_NAME: Property = Property::string("CommonName", 500);
const ORGANIZATION_UNIT: Property = Property::string("OrganizationUnit", 500);
const ORGANIZATION: Property = Property::string("Organization", 500);
const LOCALITY: Property = Property::string("Locality", 500);
const STATE: Property = Property::string("State", 500);
const COUNTRY: Property = Property::string("Country", 2);
const EMAIL: Property = Property::string("Email", 500);

const fn of_entry(
    name: &'static str,
    association: &'static str,
    to_role: &'static str,
    target: &'static str,
) -> Navigation {
    Navigation { name, association, from_role: "r_KeystoreEntry", to_role, target, many: false }
}

const fn to_entry(association: &'static str, from_role: &'static str) -> Navigation {
    Navigation {
        name: "KeystoreEntry",
        association,
        from_role,
        to_role: "r_KeystoreEntry",
        target: "KeystoreEntries",
        many: false,
    }
}
