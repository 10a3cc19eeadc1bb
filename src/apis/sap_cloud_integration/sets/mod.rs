//! One file for each entity set.

mod access_policies;
mod access_policy_runtime_assignments;
mod artifact_references;
mod certificate_chain_resources;
mod certificate_resources;
mod certificate_user_mappings;
mod chain_certificates;
mod custom_parameters;
mod descriptor;
mod history_keystore_entries;
mod key_pair_generation_requests;
mod key_pair_resources;
mod keystore_entries;
mod keystore_resources;
mod keystores;
mod navigated;
mod oauth2_client_credentials;
mod policy_model;
mod rsa_key_generation_requests;
mod secure_parameters;
mod ssh_key_generation_requests;
mod user_credentials;

use super::edm;
use super::state::State;
use crate::odata::EntitySet;
use crate::odata::edm::Schema;

pub use oauth2_client_credentials::OAUTH2_CLIENT_CREDENTIALS;
pub use policy_model::{ACCESS_POLICIES, ARTIFACT_REFERENCES};
pub use secure_parameters::SECURE_PARAMETERS;
pub use user_credentials::USER_CREDENTIALS;

/// One implementation for each set.
pub const ALL: &[&dyn EntitySet<State>] = &[
    &access_policies::AccessPolicies,
    &access_policy_runtime_assignments::AccessPolicyRuntimeAssignments,
    &artifact_references::ArtifactReferences,
    &certificate_chain_resources::CertificateChainResources,
    &certificate_resources::CertificateResources,
    &certificate_user_mappings::CertificateUserMappings,
    &chain_certificates::ChainCertificates,
    &history_keystore_entries::HistoryKeystoreEntries,
    &key_pair_generation_requests::KeyPairGenerationRequests,
    &key_pair_resources::KeyPairResources,
    &keystore_entries::KeystoreEntries,
    &keystore_resources::KeystoreResources,
    &keystores::Keystores,
    &rsa_key_generation_requests::RsaKeyGenerationRequests,
    &ssh_key_generation_requests::SshKeyGenerationRequests,
    &custom_parameters::CustomParameters,
    &oauth2_client_credentials::OAuth2ClientCredentials,
    &secure_parameters::SecureParameters,
    &user_credentials::UserCredentials,
    &navigated::RUNTIMES,
    &navigated::SIGNING_REQUESTS,
    &navigated::SSH_KEYS,
];

/// The model of the service.
pub static SCHEMA: Schema = Schema {
    namespace: "com.sap.hci.api",
    container: "EntityContainer",
    entity_types: &[
        &edm::ALIAS,
        &edm::PART_BASE,
        &edm::PART,
        &edm::KEYSTORE_ENTRY,
        &edm::HISTORY_KEYSTORE_ENTRY,
        &edm::KEY_PAIR_GENERATION_REQUEST,
        &edm::SSH_KEY_GENERATION_REQUEST,
        &edm::RSA_KEY_GENERATION_REQUEST,
        &edm::KEY_PAIR_RESOURCE,
        &edm::CERTIFICATE_RESOURCE,
        &edm::CERTIFICATE_CHAIN_RESOURCE,
        &edm::SSH_KEY_RESOURCE,
        &edm::CERTIFICATE_SIGNING_REQUEST,
        &edm::CHAIN_CERTIFICATE,
        &edm::KEYSTORE,
        &edm::KEYSTORE_RESOURCE,
        &edm::RUNTIME_ASSIGNMENT,
        &edm::CERTIFICATE_USER_MAPPING,
        &policy_model::ACCESS_POLICY,
        &policy_model::ARTIFACT_REFERENCE,
        &policy_model::RUNTIME_ASSIGNMENT,
        &custom_parameters::CUSTOM_PARAMETER,
        &oauth2_client_credentials::OAUTH2_CLIENT_CREDENTIAL,
        &secure_parameters::SECURE_PARAMETER,
        &user_credentials::USER_CREDENTIAL,
    ],
    complex_types: &[&descriptor::SECURITY_ARTIFACT_DESCRIPTOR],
    associations: &[
        &edm::CERTIFICATE_OF_ENTRY,
        &edm::CHAIN_RESOURCE_OF_ENTRY,
        &edm::SIGNING_REQUEST_OF_ENTRY,
        &edm::SSH_KEY_OF_ENTRY,
        &edm::CHAIN_OF_KEY_PAIR,
        &edm::ENTRIES_OF_KEYSTORE,
        &edm::RUNTIMES_OF_KEYSTORE,
        &oauth2_client_credentials::PARAMETERS_OF_CREDENTIAL,
        &policy_model::REFERENCES_OF_POLICY,
        &policy_model::ASSIGNMENTS_OF_POLICY,
    ],
    entity_sets: &[
        &policy_model::ACCESS_POLICIES,
        &policy_model::RUNTIME_ASSIGNMENTS,
        &policy_model::ARTIFACT_REFERENCES,
        &edm::CERTIFICATE_CHAIN_RESOURCES,
        &edm::CERTIFICATE_RESOURCES,
        &edm::CERTIFICATE_SIGNING_REQUESTS,
        &edm::CERTIFICATE_USER_MAPPINGS,
        &edm::CHAIN_CERTIFICATES,
        &custom_parameters::CUSTOM_PARAMETERS,
        &edm::HISTORY_KEYSTORE_ENTRIES,
        &edm::KEY_PAIR_GENERATION_REQUESTS,
        &edm::KEY_PAIR_RESOURCES,
        &edm::KEYSTORE_ENTRIES,
        &edm::KEYSTORE_RESOURCES,
        &edm::KEYSTORES,
        &oauth2_client_credentials::OAUTH2_CLIENT_CREDENTIALS,
        &edm::RSA_KEY_GENERATION_REQUESTS,
        &edm::RUNTIME_SYNC_INFOS,
        &secure_parameters::SECURE_PARAMETERS,
        &edm::SSH_KEY_GENERATION_REQUESTS,
        &edm::SSH_KEY_RESOURCES,
        &user_credentials::USER_CREDENTIALS,
    ],
};
