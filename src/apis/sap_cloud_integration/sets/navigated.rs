//! Sets that are only reached by navigation: signing requests, SSH keys, runtimes.

use crate::apis::sap_cloud_integration::edm;
use crate::apis::sap_cloud_integration::state::State;
use crate::odata::EntitySet;
use crate::odata::edm::Set;

/// A set without operations of its own.
pub struct Navigated(pub &'static Set);

/// Signing requests of key pairs.
pub static SIGNING_REQUESTS: Navigated = Navigated(&edm::CERTIFICATE_SIGNING_REQUESTS);

/// Public keys in OpenSSH's format.
pub static SSH_KEYS: Navigated = Navigated(&edm::SSH_KEY_RESOURCES);

/// Runtimes that have a copy of a keystore.
pub static RUNTIMES: Navigated = Navigated(&edm::RUNTIME_SYNC_INFOS);

impl EntitySet<State> for Navigated {
    fn set(&self) -> &'static Set {
        self.0
    }

    fn is_listed(&self, _state: &State) -> bool {
        false
    }
}
