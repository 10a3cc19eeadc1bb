//! The query option `keystoreName`: which keystores an operation can be used with.

use super::error::Error;
use super::state::{Keystore, State, StoreName};
use crate::odata::Context;

/// Keystores that can be listed.
pub const LISTED: [StoreName; 3] = [StoreName::System, StoreName::Backup, StoreName::Renewal];

/// Keystores of which certificates and chains can be exported.
pub const EXPORTED: [StoreName; 4] = [StoreName::System, StoreName::Backup, StoreName::Renewal, StoreName::History];

/// The keystore that a request names, `system` if it names none.
pub fn of_request(cx: &Context<'_>, allowed: &[StoreName]) -> Result<StoreName, Error> {
    cx.options.first("keystoreName").map_or(Ok(StoreName::System), |name| one_of(name, allowed))
}

/// The keystore of this name, if it is allowed.
pub fn one_of(name: &str, allowed: &[StoreName]) -> Result<StoreName, Error> {
    let found = StoreName::parse(name).filter(|store| allowed.contains(store));
    found.ok_or_else(|| Error::KeystoreNameInvalid { name: name.to_owned() })
}

/// The keystore itself. The history has entries of its own kind and is none.
pub fn keystore(state: &State, name: StoreName) -> Result<&Keystore, Error> {
    match name {
        StoreName::System => Ok(&state.system),
        StoreName::Backup => Ok(&state.backup),
        StoreName::Renewal => Ok(&state.renewal),
        StoreName::History => Err(Error::KeystoreNameInvalid { name: name.as_str().to_owned() }),
    }
}
