//! The keystore's part of the entity model: types, lengths and associations as a tenant's `$metadata` has them. What
//! stands for itself is in the file of its set.

mod associations;
mod types;

use crate::odata::edm::Set;

pub use associations::{
    CERTIFICATE_OF_ENTRY, CHAIN_OF_KEY_PAIR, CHAIN_RESOURCE_OF_ENTRY, ENTRIES_OF_KEYSTORE, RUNTIMES_OF_KEYSTORE,
    SIGNING_REQUEST_OF_ENTRY, SSH_KEY_OF_ENTRY, association, end,
};
pub use types::{
    ALIAS, CERTIFICATE_CHAIN_RESOURCE, CERTIFICATE_RESOURCE, CERTIFICATE_SIGNING_REQUEST, CERTIFICATE_USER_MAPPING,
    CHAIN_CERTIFICATE, ENTITY_TYPE, HISTORY_KEYSTORE_ENTRY, KEY_PAIR_GENERATION_REQUEST, KEY_PAIR_RESOURCE, KEYSTORE,
    KEYSTORE_ENTRY, KEYSTORE_RESOURCE, PART, PART_BASE, RSA_KEY_GENERATION_REQUEST, RUNTIME_ASSIGNMENT,
    SSH_KEY_GENERATION_REQUEST, SSH_KEY_RESOURCE,
};

macro_rules! sets {
    ($($(#[$doc:meta])* $constant:ident: $name:literal of $entity_type:ident;)*) => {$(
        $(#[$doc])*
        pub static $constant: Set = Set::new($name, &$entity_type);
    )*};
}

sets! {
    /// CA replies to import.
    CERTIFICATE_CHAIN_RESOURCES: "CertificateChainResources" of CERTIFICATE_CHAIN_RESOURCE;
    /// Certificates to import.
    CERTIFICATE_RESOURCES: "CertificateResources" of CERTIFICATE_RESOURCE;
    /// Signing requests; reached by navigation only.
    CERTIFICATE_SIGNING_REQUESTS: "CertificateSigningRequests" of CERTIFICATE_SIGNING_REQUEST;
    /// Certificate-to-user mappings; Neo only.
    CERTIFICATE_USER_MAPPINGS: "CertificateUserMappings" of CERTIFICATE_USER_MAPPING;
    /// Certificates of key pairs' chains.
    CHAIN_CERTIFICATES: "ChainCertificates" of CHAIN_CERTIFICATE;
    /// Replaced key pairs of SAP.
    HISTORY_KEYSTORE_ENTRIES: "HistoryKeystoreEntries" of HISTORY_KEYSTORE_ENTRY;
    /// Key pairs to generate.
    KEY_PAIR_GENERATION_REQUESTS: "KeyPairGenerationRequests" of KEY_PAIR_GENERATION_REQUEST;
    /// Key pairs to import.
    KEY_PAIR_RESOURCES: "KeyPairResources" of KEY_PAIR_RESOURCE;
    /// Entries.
    KEYSTORE_ENTRIES: "KeystoreEntries" of KEYSTORE_ENTRY;
    /// Keystores to import, export, back up and restore.
    KEYSTORE_RESOURCES: "KeystoreResources" of KEYSTORE_RESOURCE;
    /// Keystores.
    KEYSTORES: "Keystores" of KEYSTORE;
    /// Key pairs to make of RSA keys.
    RSA_KEY_GENERATION_REQUESTS: "RSAKeyGenerationRequests" of RSA_KEY_GENERATION_REQUEST;
    /// Runtimes that have a copy of a keystore.
    RUNTIME_SYNC_INFOS: "RuntimeSyncInfos" of RUNTIME_ASSIGNMENT;
    /// Key pairs to make of SSH keys.
    SSH_KEY_GENERATION_REQUESTS: "SSHKeyGenerationRequests" of SSH_KEY_GENERATION_REQUEST;
    /// Public keys for OpenSSH.
    SSH_KEY_RESOURCES: "SSHKeyResources" of SSH_KEY_RESOURCE;
}
