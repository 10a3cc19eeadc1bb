//! The certificates of all keystores, for a list over all systems.

use std::sync::Arc;

use super::state::{Entry, State, StoreName};
use crate::contract::{Holding, HoldingKind};

/// Every entry of every keystore.
pub fn holdings(state: &State) -> Vec<Holding> {
    let current =
        [(StoreName::System, &state.system), (StoreName::Backup, &state.backup), (StoreName::Renewal, &state.renewal)];
    let current = current.into_iter().flat_map(|(name, keystore)| keystore.entries().map(move |entry| (name, entry)));
    let past = state.history.values().map(|past| (StoreName::History, &past.entry));
    current.chain(past).map(|(name, entry)| holding(name, entry)).collect()
}

fn holding(store: StoreName, entry: &Arc<Entry>) -> Holding {
    let hexalias = entry.hexalias.text();
    let path = match store {
        StoreName::System => format!("/api/v1/KeystoreEntries('{hexalias}')"),
        StoreName::History => format!("/api/v1/HistoryKeystoreEntries('{hexalias}')"),
        other => format!("/api/v1/KeystoreEntries('{hexalias}')?keystoreName={}", other.as_str()),
    };
    Holding {
        place: format!("keystore {}", store.as_str()),
        alias: entry.alias.to_string(),
        kind: if entry.content.is_key_pair() { HoldingKind::KeyPair } else { HoldingKind::Certificate },
        chain: entry.content.chain().cloned().collect(),
        path,
    }
}
