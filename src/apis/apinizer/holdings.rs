//! The certificates of all projects and environments, for a list over all systems.

use std::sync::Arc;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::derived_jwks::open;
use super::state::{Certificate, CertificateEntry, Environment, Keystore, KeystoreEntry, State};
use crate::contract::{Holding, HoldingKind};
use crate::pki::{Certificate as X509, Content};

/// Every certificate object, every entry of a keystore that its password opens, and what the environments trust.
pub fn holdings(state: &State) -> Vec<Holding> {
    let certificates = state.certificates.all().flat_map(|certificate| of_certificate(certificate));
    let keystores = state.keystores.all().flat_map(|keystore| of_keystore(keystore));
    let environments = state.environments.iter().flat_map(|environment| of_environment(environment));
    certificates.chain(keystores).chain(environments).collect()
}

fn of_certificate(object: &Certificate) -> Vec<Holding> {
    let path = format!("/apiops/projects/{}/certificates/{}/", segment(&object.project), segment(&object.name));
    let holding = |entry: &CertificateEntry| Holding {
        place: format!("project {}, certificate {}, environment {}", object.project, object.name, entry.environment),
        alias: entry.alias.to_string(),
        kind: HoldingKind::Certificate,
        chain: vec![Arc::clone(&entry.certificate)],
        path: path.clone(),
    };
    object.entries.iter().map(holding).collect()
}

fn of_keystore(object: &Keystore) -> Vec<Holding> {
    let path = format!("/apiops/projects/{}/keystores/{}/", segment(&object.project), segment(&object.name));
    let in_environment = |entry: &KeystoreEntry| -> Vec<Holding> {
        let place = format!("project {}, keystore {}, environment {}", object.project, object.name, entry.environment);
        // What its password does not open is no error of whoever asks for the list.
        let entries = open(entry).unwrap_or_default();
        let held = entries.into_iter().filter_map(|held| {
            let (kind, chain) = match held.content {
                Content::KeyPair { chain, .. } | Content::LockedKey { chain, .. } => (HoldingKind::KeyPair, chain),
                Content::Certificate(certificate) => (HoldingKind::Certificate, vec![certificate]),
                Content::Other => return None,
            };
            let holding = Holding { place: place.clone(), alias: held.alias, kind, chain, path: path.clone() };
            (!holding.chain.is_empty()).then_some(holding)
        });
        held.collect()
    };
    object.entries.iter().flat_map(in_environment).collect()
}

fn of_environment(environment: &Environment) -> Vec<Holding> {
    let holding = |(index, certificate): (usize, &Arc<X509>)| Holding {
        place: format!("truststore of environment {}", environment.name),
        alias: format!("ca-{}", index + 1),
        kind: HoldingKind::Certificate,
        chain: vec![Arc::clone(certificate)],
        path: format!("/apiops/projects/admin/certificates/truststore/{}/", segment(&environment.name)),
    };
    environment.ca_certificates.iter().enumerate().map(holding).collect()
}

fn segment(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
