//! From state to the section that builds it again.

use std::collections::{BTreeMap, HashSet};

use super::environment::EnvironmentSection;
use super::listed::Listed;
use super::section::{DocumentSection, ProjectSection, Section, TokenSection, UserSection};
use crate::apis::apinizer::kind::Kind;
use crate::apis::apinizer::state::{Certificate, Environment, Jwk, Key, Keystore, Project, State, Token, User};
use crate::effects::Timestamp;
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
        certificates: order::<Certificate>(state),
        keystores: order::<Keystore>(state),
        keys: order::<Key>(state),
        jwks: order::<Jwk>(state),
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

fn order<K: Kind>(state: &State) -> Order<'_> {
    let objects = K::collection(state);
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
        certificates: sections::<Certificate>(state, name, &positions.certificates),
        keystores: sections::<Keystore>(state, name, &positions.keystores),
        keys: sections::<Key>(state, name, &positions.keys),
        jwks: sections::<Jwk>(state, name, &positions.jwks),
    }
}

fn sections<K: Listed>(state: &State, project: &str, order: &Order<'_>) -> Vec<K::Section> {
    let own = K::collection(state).of_project(project).into_iter();
    own.map(|object| object.section(order.get(object.id().as_str()).copied())).collect()
}
