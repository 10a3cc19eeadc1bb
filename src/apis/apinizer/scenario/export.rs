//! From state to the section that builds it again.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::environment::EnvironmentSection;
use super::section::{
    CertificateEntrySection, CertificateSection, DocumentSection, JwkSection, KeyEntrySection, KeySection,
    KeystoreEntrySection, KeystoreSection, ProjectSection, Section, SourceSection, TokenSection, UserSection,
};
use crate::apis::apinizer::state::{
    Certificate, CertificateEntry, Collection, Environment, Item, Jwk, Key, KeyEntry, Keystore, KeystoreEntry, Project,
    State, Token, User,
};
use crate::effects::Timestamp;
use crate::pki::jwk;
use crate::seed::Material;
use crate::store::Text;

/// The section that builds this state again.
pub fn export(state: &State) -> Section {
    let issued: HashSet<&Text> = state.issued().collect();
    let personal = state.tokens.values().filter(|token| !issued.contains(&token.value));
    let personal = personal.map(|one| token(one, false));
    let issued = state.issued().filter_map(|value| state.tokens.get(value.as_str())).map(|one| token(one, true));
    let documents = state.documents.iter();
    let positions = Positions {
        certificates: order(state, &state.certificates),
        keystores: order(state, &state.keystores),
        keys: order(state, &state.keys),
        jwks: order(state, &state.jwks),
    };
    Section {
        users: state.users.values().map(|one| user(one)).collect(),
        tokens: personal.chain(issued).collect(),
        environments: state.environments.iter().map(|one| environment(one)).collect(),
        projects: state.projects.iter().map(|one| project(state, one, &positions)).collect(),
        documents: documents
            .map(|(url, bytes)| (url.to_string(), DocumentSection::Text(String::from_utf8_lossy(bytes).into_owned())))
            .collect(),
    }
}

/// The place of each object in the order of creation, by its identifier. Empty where the projects have that order already.
type Order<'s> = BTreeMap<&'s str, u64>;

struct Positions<'s> {
    certificates: Order<'s>,
    keystores: Order<'s>,
    keys: Order<'s>,
    jwks: Order<'s>,
}

fn order<'s, T: Item>(state: &State, objects: &'s Collection<T>) -> Order<'s> {
    let listed = state.projects.iter().flat_map(|project| objects.of_project(&project.name)).map(|one| one.id());
    if objects.all().map(|one| one.id()).eq(listed) {
        return Order::default();
    }
    objects.all().map(|one| one.id().as_str()).zip(0..).collect()
}

fn user(user: &User) -> UserSection {
    UserSection {
        username: user.username.to_string(),
        password: user.password.to_string(),
        roles: user.roles.clone(),
        enabled: user.enabled,
    }
}

fn token(token: &Token, issued: bool) -> TokenSection {
    TokenSection {
        token: token.value.to_string(),
        username: token.username.to_string(),
        expires: token.expires.map(Timestamp::iso_millis),
        revoked: token.revoked,
        issued,
    }
}

fn environment(environment: &Environment) -> EnvironmentSection {
    EnvironmentSection {
        id: Some(environment.id.to_string()),
        name: environment.name.to_string(),
        description: environment.description.to_string(),
        kind: environment.kind,
        status: environment.status,
        access_url: Some(environment.access_url.to_string()),
        deployment_fails: environment.deployment_fails.as_ref().map(Text::to_string),
        ca_certificates: environment.ca_certificates.iter().map(|one| Material::of_certificate(one)).collect(),
    }
}

fn project(state: &State, project: &Project, positions: &Positions<'_>) -> ProjectSection {
    let name = &project.name;
    ProjectSection {
        id: Some(project.id.to_string()),
        name: name.to_string(),
        description: project.description.to_string(),
        members: project.members.clone(),
        environments: project.environments.clone(),
        certificates: sections(&state.certificates, name, &positions.certificates, certificate),
        keystores: sections(&state.keystores, name, &positions.keystores, keystore),
        keys: sections(&state.keys, name, &positions.keys, key),
        jwks: sections(&state.jwks, name, &positions.jwks, jwk_section),
    }
}

fn sections<T: Item, S>(
    objects: &Collection<T>,
    project: &str,
    order: &Order<'_>,
    section: fn(&T, Option<u64>) -> S,
) -> Vec<S> {
    let own = objects.of_project(project).into_iter();
    own.map(|one| section(one, order.get(one.id().as_str()).copied())).collect()
}

fn certificate(certificate: &Certificate, position: Option<u64>) -> CertificateSection {
    let mut section = CertificateSection {
        id: Some(certificate.id.to_string()),
        position,
        name: certificate.name.to_string(),
        description: certificate.description.to_string(),
        ..CertificateSection::default()
    };
    match certificate.entries.first() {
        Some(first) if certificate.entries.iter().all(|entry| entry.alias == first.alias && same(entry, first)) => {
            section.environments = certificate.entries.iter().map(|entry| entry.environment.to_string()).collect();
            section.alias = Some(first.alias.to_string());
            section.pem = Some(first.certificate.pem());
        }
        _ => {
            let entry = |entry: &CertificateEntry| CertificateEntrySection {
                environment: entry.environment.to_string(),
                alias: entry.alias.to_string(),
                certificate: Material::of_certificate(&entry.certificate),
            };
            section.entries = certificate.entries.iter().map(entry).collect();
        }
    }
    section
}

fn same(one: &CertificateEntry, other: &CertificateEntry) -> bool {
    Arc::ptr_eq(&one.certificate, &other.certificate) || one.certificate.der() == other.certificate.der()
}

fn keystore(keystore: &Keystore, position: Option<u64>) -> KeystoreSection {
    let entry = |entry: &KeystoreEntry| KeystoreEntrySection {
        environment: entry.environment.to_string(),
        store_type: entry.store_type.name().to_owned(),
        file: None,
        base64: Some(entry.file.to_string()),
        password: entry.password.as_ref().map(Text::to_string),
        alias: entry.alias.as_ref().map(Text::to_string),
        file_name: entry.file_name.as_ref().map(Text::to_string),
    };
    KeystoreSection {
        id: Some(keystore.id.to_string()),
        position,
        name: keystore.name.to_string(),
        description: keystore.description.to_string(),
        entries: keystore.entries.iter().map(entry).collect(),
        ..KeystoreSection::default()
    }
}

fn key(key: &Key, position: Option<u64>) -> KeySection {
    let text = |text: &Text| Material::Base64(text.to_string());
    let entry = |entry: &KeyEntry| KeyEntrySection {
        environments: vec![entry.environment.to_string()],
        private_key: entry.private_key.as_ref().map(text),
        public_key: entry.public_key.as_ref().map(text),
        secret: entry.secret.as_ref().map(Text::to_string),
        alias: entry.alias.as_ref().map(Text::to_string),
        file_name: entry.file_name.as_ref().map(Text::to_string),
    };
    KeySection {
        id: Some(key.id.to_string()),
        position,
        name: key.name.to_string(),
        description: key.description.to_string(),
        key_type: key.key_type.name().to_owned(),
        algorithm: key.algorithm.map(|algorithm| algorithm.name().to_owned()),
        entries: key.entries.iter().map(entry).collect(),
    }
}

fn jwk_section(one: &Jwk, position: Option<u64>) -> JwkSection {
    let time = |seconds| Timestamp::from_seconds(seconds).iso_seconds();
    JwkSection {
        id: Some(one.id.to_string()),
        position,
        name: one.name.to_string(),
        description: one.description.to_string(),
        source_type: Some(one.source_type.name().to_owned()),
        source: one.source.as_ref().map(|source| SourceSection {
            id: Some(source.id.to_string()),
            environment: source.environment.to_string(),
            alias: source.alias.as_ref().map(Text::to_string),
            ..SourceSection::default()
        }),
        source_url: one.source_url.as_ref().map(Text::to_string),
        key_use: one.key_use.map(|key_use| key_use.name().to_owned()),
        algorithm: one.algorithm.as_ref().map(Text::to_string),
        kid: one.kid.as_ref().map(Text::to_string),
        not_before: one.not_before.map(time),
        expires: one.expires.map(time),
        jwk: jwk::Jwk::new(one.material.clone()).to_json(),
    }
}
