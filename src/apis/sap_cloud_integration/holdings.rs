//! The certificates of all keystores, for a list over all systems.

use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::locations::ROOT;
use super::state::{Entry, Location, State, StoreName};
use crate::contract::{Holding, HoldingKind};
use crate::store::Text;

/// Every entry of every keystore, those of runtime locations included.
pub fn holdings(state: &State) -> Vec<Holding> {
    let of_location = |(id, location): (&Text, &Arc<Location>)| {
        let prefix = format!("{ROOT}/{}", utf8_percent_encode(id, NON_ALPHANUMERIC));
        let named = |holding: Holding| Holding {
            place: format!("location {id}, {}", holding.place),
            path: [prefix.as_str(), &holding.path].concat(),
            ..holding
        };
        own(&location.own).into_iter().map(named).collect::<Vec<_>>()
    };
    own(state).into_iter().chain(state.locations.iter().flat_map(of_location)).collect()
}

fn own(state: &State) -> Vec<Holding> {
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
