//! One file for each entity set.

mod certificate_chain_resources;
mod certificate_resources;
mod certificate_user_mappings;
mod chain_certificates;
mod history_keystore_entries;
mod key_pair_generation_requests;
mod key_pair_resources;
mod keystore_entries;
mod keystore_resources;
mod keystores;
mod navigated;
mod rsa_key_generation_requests;
mod ssh_key_generation_requests;

use super::state::State;
use crate::odata::EntitySet;

/// One implementation for each set.
pub const ALL: &[&dyn EntitySet<State>] = &[
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
    &navigated::RUNTIMES,
    &navigated::SIGNING_REQUESTS,
    &navigated::SSH_KEYS,
];
