//! The certificates of all stores, for a list over all systems.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::state::{Certificate, CertificateStore, Material, State};
use crate::contract::{Holding, HoldingKind};

/// Every certificate: of a file with several, each.
pub fn holdings(state: &State) -> Vec<Holding> {
    let of_store = |store: &CertificateStore| -> Vec<Holding> {
        store.certificates.values().flat_map(|certificate| of_certificate(store, certificate)).collect()
    };
    state.stores.values().flat_map(|store| of_store(store)).collect()
}

fn of_certificate(store: &CertificateStore, certificate: &Certificate) -> Vec<Holding> {
    let holding = |kind, chain| Holding {
        place: format!("{} {}", store.store_type().name(), store.name),
        alias: certificate.name.to_string(),
        kind,
        chain,
        path: format!(
            "/apiportal/api/1.0/Management.svc/Certificates(name='{}',storeName='{}')",
            key(certificate.name.as_str()),
            key(store.name.as_str())
        ),
    };
    match &certificate.material {
        Material::KeyPair { chain, .. } => vec![holding(HoldingKind::KeyPair, chain.clone())],
        Material::Trusted { certificates, .. } => {
            certificates.iter().map(|one| holding(HoldingKind::Certificate, vec![one.clone()])).collect()
        }
    }
}

/// A text as the literal of a key: quotes doubled, then escaped.
fn key(text: &str) -> String {
    utf8_percent_encode(&text.replace('\'', "''"), NON_ALPHANUMERIC).to_string()
}
