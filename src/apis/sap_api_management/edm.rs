//! The entity data model of both services: what is emulated of it, in the order in which the portal sends it.
//!
//! Names, types and lengths of `apiportal` are those of the published `$metadata`. Of `apimgmtconfiguration` only the
//! samples of the virtual host pages are public.

use crate::odata::edm::{Association, ComplexType, End, EntityType, Kind, Navigation, Property, Schema, Set};

/// `Management.svc`.
pub static MANAGEMENT: Schema = Schema {
    namespace: "apiportal",
    container: "apiportalContainer",
    entity_types: &[
        &API_PROVIDER,
        &CERTIFICATE,
        &CERTIFICATE_STORE,
        &CERTIFICATE_STORE_REFERENCE,
        &GENERIC_KEY_MAP_ENTRY,
        &GENERIC_KEY_MAP_ENTRY_VALUE,
        &KEY_MAP_ENTRY,
        &KEY_MAP_ENTRY_VALUE,
        &VIRTUAL_HOST,
    ],
    complex_types: &[&HISTORY, &SSL_INFO],
    associations: &[&CERTIFICATE_TO_STORE, &GENERIC_VALUES_OF_MAP, &VALUES_OF_MAP],
    entity_sets: &[
        &API_PROVIDERS,
        &CERTIFICATES,
        &CERTIFICATE_STORES,
        &CERTIFICATE_STORE_REFERENCES,
        &GENERIC_KEY_MAP_ENTRIES,
        &GENERIC_KEY_MAP_ENTRY_VALUES,
        &KEY_MAP_ENTRIES,
        &KEY_MAP_ENTRY_VALUES,
        &VIRTUAL_HOSTS,
    ],
};

/// `Configuration.svc`.
pub static CONFIGURATION: Schema = Schema {
    namespace: "apimgmtconfiguration",
    container: "apimgmtconfigurationContainer",
    entity_types: &[&VIRTUAL_HOST_REQUEST],
    complex_types: &[&HISTORY],
    associations: &[],
    entity_sets: &[&VIRTUAL_HOST_REQUESTS],
};

/// Backends of proxies.
pub static API_PROVIDERS: Set = Set::new("APIProviders", &API_PROVIDER);
/// The contents of stores.
pub static CERTIFICATES: Set = Set::new("Certificates", &CERTIFICATE);
/// Key stores and trust stores.
pub static CERTIFICATE_STORES: Set = Set::new("CertificateStores", &CERTIFICATE_STORE);
/// Names that point to stores.
pub static CERTIFICATE_STORE_REFERENCES: Set = Set::new("CertificateStoreReferences", &CERTIFICATE_STORE_REFERENCE);
/// Key value maps.
pub static KEY_MAP_ENTRIES: Set = Set::new("KeyMapEntries", &KEY_MAP_ENTRY);
/// Their values.
pub static KEY_MAP_ENTRY_VALUES: Set = Set::new("KeyMapEntryValues", &KEY_MAP_ENTRY_VALUE);
/// Key value maps that have a scope in their key.
pub static GENERIC_KEY_MAP_ENTRIES: Set = Set::new("GenericKeyMapEntries", &GENERIC_KEY_MAP_ENTRY);
/// Their values.
pub static GENERIC_KEY_MAP_ENTRY_VALUES: Set = Set::new("GenericKeyMapEntryValues", &GENERIC_KEY_MAP_ENTRY_VALUE);
/// Virtual hosts, to read.
pub static VIRTUAL_HOSTS: Set = Set::new("VirtualHosts", &VIRTUAL_HOST);
/// Virtual hosts, to change.
pub static VIRTUAL_HOST_REQUESTS: Set = Set::new("VirtualHostRequests", &VIRTUAL_HOST_REQUEST);

/// `CertificateStore/certificates`
pub const CONTENTS: &str = "certificates";
/// `Certificate/certificateStore`
pub const CONTAINER: &str = "certificateStore";

static HISTORY: ComplexType = ComplexType {
    name: "History",
    properties: &[
        Property::new("changed_at", Kind::DateTime),
        Property::string("changed_by", 255),
        Property::new("created_at", Kind::DateTime),
        Property::string("created_by", 255),
    ],
};

/// How a provider's backend is reached over TLS.
pub static SSL_INFO: ComplexType = ComplexType {
    name: "SSLInfo",
    properties: &[
        Property::string("ciphers", 255),
        Property::new("clientAuthEnabled", Kind::Boolean),
        Property::new("enabled", Kind::Boolean),
        Property::new("ignoreValidationErrors", Kind::Boolean),
        Property::string("keyAlias", 255),
        Property::string("keyStore", 255),
        Property::string("protocols", 255),
        Property::string("trustStore", 255),
    ],
};

static CERTIFICATE_STORE_REFERENCE: EntityType = EntityType {
    name: "CertificateStoreReference",
    base: None,
    is_abstract: false,
    key: &["name"],
    properties: &[
        Property::string("certificateStoreName", 200),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 255).required(),
        Property::string("storeType", 20),
    ],
    navigation: &[],
    media: false,
};

static CERTIFICATE_STORE: EntityType = EntityType {
    name: "CertificateStore",
    base: None,
    is_abstract: false,
    key: &["name"],
    properties: &[
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 200).required(),
        Property::string("storeType", 20),
    ],
    navigation: &[Navigation {
        name: CONTENTS,
        association: "Certificate_CertificateStore_Many_ZeroToOne0",
        from_role: "CertificateStore",
        to_role: "Certificate",
        target: "Certificates",
        many: true,
    }],
    media: false,
};

static CERTIFICATE: EntityType = EntityType {
    name: "Certificate",
    base: None,
    is_abstract: false,
    key: &["name", "storeName"],
    properties: &[
        Property::string("certName", 256),
        Property::string("csKey", 255),
        Property::string("description", 2048),
        Property::string("format", 256),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 200).required(),
        Property::string("storeName", 200).required(),
        Property::string("password", 256),
        Property::string("storeType", 256),
        Property::string("expiryDate", 256),
        Property::string("issuerEmail", 2048),
        Property::string("subjectEmail", 2048),
        Property::string("signAlgName", 256),
        Property::string("isValid", 256),
        Property::string("validFrom", 256),
        Property::string("version", 256),
        Property::new("content", Kind::Binary),
    ],
    navigation: &[Navigation {
        name: CONTAINER,
        association: "Certificate_CertificateStore_Many_ZeroToOne0",
        from_role: "Certificate",
        to_role: "CertificateStore",
        target: "CertificateStores",
        many: false,
    }],
    media: false,
};

static CERTIFICATE_TO_STORE: Association = Association {
    name: "Certificate_CertificateStore_Many_ZeroToOne0",
    ends: [
        End { role: "Certificate", entity_type: "Certificate", entity_set: "Certificates", multiplicity: "*" },
        End {
            role: "CertificateStore",
            entity_type: "CertificateStore",
            entity_set: "CertificateStores",
            multiplicity: "0..1",
        },
    ],
    set: "Certificate_CertificateStore_Many_ZeroToOne0Set",
    constraint: Some(["CertificateStore", "name", "Certificate", "storeName"]),
};

const CLASSIC_VALUES: &str = "KeyMapEntry_KeyMapEntryValue_One_Many0";
const GENERIC_VALUES: &str = "GenericKeyMapEntry_GenericKeyMapEntryValue_One_Many0";

static KEY_MAP_ENTRY: EntityType = EntityType {
    name: "KeyMapEntry",
    base: None,
    is_abstract: false,
    key: &["name"],
    properties: &[
        Property::string("name", 255).required(),
        Property::new("encrypted", Kind::Boolean),
        Property::string("scope", 255),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
    ],
    navigation: &[Navigation {
        name: "keyMapEntryValues",
        association: CLASSIC_VALUES,
        from_role: "KeyMapEntry",
        to_role: "KeyMapEntryValue",
        target: "KeyMapEntryValues",
        many: true,
    }],
    media: false,
};

static KEY_MAP_ENTRY_VALUE: EntityType = EntityType {
    name: "KeyMapEntryValue",
    base: None,
    is_abstract: false,
    key: &["map_name", "name"],
    properties: &[
        Property::string("map_name", 255).required(),
        Property::string("name", 255).required(),
        Property::string("value", 10240),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
    ],
    navigation: &[Navigation {
        name: "keyMapEntry",
        association: CLASSIC_VALUES,
        from_role: "KeyMapEntryValue",
        to_role: "KeyMapEntry",
        target: "KeyMapEntries",
        many: false,
    }],
    media: false,
};

static GENERIC_KEY_MAP_ENTRY: EntityType = EntityType {
    name: "GenericKeyMapEntry",
    base: None,
    is_abstract: false,
    key: &["name", "scope", "scopeId"],
    properties: &[
        Property::string("name", 255).required(),
        Property::string("scope", 60).required(),
        Property::string("scopeId", 255).required(),
        Property::new("isEncrypted", Kind::Boolean),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
    ],
    navigation: &[Navigation {
        name: "genericKeyMapEntryValues",
        association: GENERIC_VALUES,
        from_role: "GenericKeyMapEntry",
        to_role: "GenericKeyMapEntryValue",
        target: "GenericKeyMapEntryValues",
        many: true,
    }],
    media: false,
};

static GENERIC_KEY_MAP_ENTRY_VALUE: EntityType = EntityType {
    name: "GenericKeyMapEntryValue",
    base: None,
    is_abstract: false,
    key: &["mapName", "name", "scope", "scopeId"],
    properties: &[
        Property::string("mapName", 255).required(),
        Property::string("name", 255).required(),
        Property::string("scope", 60).required(),
        Property::string("scopeId", 255).required(),
        Property::string("value", 10240),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
    ],
    navigation: &[Navigation {
        name: "genericKeyMapEntry",
        association: GENERIC_VALUES,
        from_role: "GenericKeyMapEntryValue",
        to_role: "GenericKeyMapEntry",
        target: "GenericKeyMapEntries",
        many: false,
    }],
    media: false,
};

static VALUES_OF_MAP: Association = Association {
    name: CLASSIC_VALUES,
    ends: [
        End { role: "KeyMapEntry", entity_type: "KeyMapEntry", entity_set: "KeyMapEntries", multiplicity: "1" },
        End {
            role: "KeyMapEntryValue",
            entity_type: "KeyMapEntryValue",
            entity_set: "KeyMapEntryValues",
            multiplicity: "*",
        },
    ],
    set: "KeyMapEntry_KeyMapEntryValue_One_Many0Set",
    constraint: None,
};

static GENERIC_VALUES_OF_MAP: Association = Association {
    name: GENERIC_VALUES,
    ends: [
        End {
            role: "GenericKeyMapEntry",
            entity_type: "GenericKeyMapEntry",
            entity_set: "GenericKeyMapEntries",
            multiplicity: "1",
        },
        End {
            role: "GenericKeyMapEntryValue",
            entity_type: "GenericKeyMapEntryValue",
            entity_set: "GenericKeyMapEntryValues",
            multiplicity: "*",
        },
    ],
    set: "GenericKeyMapEntry_GenericKeyMapEntryValue_One_Many0Set",
    constraint: None,
};

static VIRTUAL_HOST: EntityType = EntityType {
    name: "VirtualHost",
    base: None,
    is_abstract: false,
    key: &["id"],
    properties: &[
        Property::string("id", 36).required(),
        Property::new("isClientAuthEnabled", Kind::Boolean),
        Property::new("isDefault", Kind::Boolean),
        Property::new("isForCustomDomain", Kind::Boolean),
        Property::new("isSSL", Kind::Boolean),
        Property::string("keyStoreAlias", 256),
        Property::string("keyStoreName", 256),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 255),
        Property::string("projectPath", 255),
        Property::string("trustStore", 256),
        Property::string("virtual_host", 2048),
        Property::new("virtual_port", Kind::Int32),
    ],
    navigation: &[],
    media: false,
};

static API_PROVIDER: EntityType = EntityType {
    name: "APIProvider",
    base: None,
    is_abstract: false,
    key: &["name"],
    properties: &[
        Property::string("destType", 30),
        Property::new("isOnPremise", Kind::Boolean),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 200).required(),
        Property::string("region", 100),
        Property::string("rt_auth", 255),
        Property::new("sslInfo", Kind::Complex(&SSL_INFO)),
        Property::new("url", Kind::String),
        Property::string("title", 255),
        Property::string("description", 16000),
        Property::string("host", 2048),
        Property::new("port", Kind::Int32),
        Property::new("useSSL", Kind::Boolean),
        Property::new("trustAll", Kind::Boolean),
        Property::string("userName", 2048),
        Property::string("password", 126),
        Property::new("clientSecret", Kind::String),
        Property::new("clientId", Kind::String),
        Property::new("tokenUrl", Kind::String),
        Property::string("authType", 126),
        Property::string("pathPrefix", 2048),
        Property::new("timeout", Kind::Int32),
        Property::new("cockpit_url", Kind::String),
        Property::string("cloudConnectorLocation", 2048),
        Property::new("orgSecret", Kind::String),
        Property::new("userSecret", Kind::String),
        Property::new("keystorePassword", Kind::String),
        Property::new("keystoreLocation", Kind::String),
    ],
    navigation: &[],
    media: false,
};

static VIRTUAL_HOST_REQUEST: EntityType = EntityType {
    name: "VirtualHostRequest",
    base: None,
    is_abstract: false,
    key: &["id"],
    properties: &[
        Property::new("accountId", Kind::String),
        Property::new("allocatedPort", Kind::Int32),
        Property::new("allocationStatus", Kind::String),
        Property::new("clusterName", Kind::String),
        Property::new("id", Kind::String).required(),
        Property::new("isClientAuthEnabled", Kind::Boolean),
        Property::new("isDefaultVirtualHostRequest", Kind::Boolean),
        Property::new("isForCustomDomain", Kind::Boolean),
        Property::new("isForNonSni", Kind::Boolean),
        Property::new("isTLS", Kind::Boolean),
        Property::string("keyStoreAlias", 256),
        Property::string("keyStoreName", 256),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::new("operation", Kind::String),
        Property::string("trustStore", 256),
        Property::new("virtualHostId", Kind::String),
        Property::new("virtualHostUrl", Kind::String),
        Property::new("lbHost", Kind::String),
    ],
    navigation: &[],
    media: false,
};
