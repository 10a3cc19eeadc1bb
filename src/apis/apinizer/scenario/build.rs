//! From the section to state, by the rules that the API's own operations follow.

use std::sync::Arc;

use super::environment::EnvironmentSection;
use super::identity::{self, identifier};
use super::listed::{Head, Identity, Listed, Setting};
use super::problems::{each, refused};
use super::section::{DocumentSection, ProjectSection, Section, TokenSection, UserSection};
use crate::apis::apinizer::access::ROLES;
use crate::apis::apinizer::behaviour::Behaviour;
use crate::apis::apinizer::kind::is_taken;
use crate::apis::apinizer::state::{
    ADMIN_PROJECT, Certificate, Environment, Jwk, Key, Keystore, Project, State, Token, User,
};
use crate::contract::AuthMode;
use crate::seed::{Code, Material, Place, Problem, Seeding, moment};
use crate::store::{Text, sort_by_key};

/// The state that a section describes.
///
/// # Errors
/// What the API itself would refuse, and what only a scenario can get wrong: a name twice, an unknown role.
pub fn build(
    section: &Section,
    behaviour: &Behaviour,
    auth_mode: AuthMode,
    seeding: &Seeding<'_>,
    place: &Place,
) -> Result<State, Problem> {
    let mut state = State::default();
    state.auth_mode = auth_mode;
    state.behaviour = behaviour.clone();
    let mut builder = Builder { state: &mut state, seeding };
    each(&section.users, &place.member("users"), |user, at| builder.user(user, at))?;
    each(&section.tokens, &place.member("tokens"), |token, at| builder.token(token, at))?;
    each(&section.environments, &place.member("environments"), |one, at| builder.environment(one, at))?;
    let projects = place.member("projects");
    if !section.projects.iter().any(|project| project.name == ADMIN_PROJECT) {
        builder.project(&admin(), &projects)?;
    }
    each(&section.projects, &projects, |project, at| builder.project(project, at))?;
    builder.objects::<Certificate>(listed(section, &projects, "certificates", |it| &it.certificates))?;
    builder.objects::<Keystore>(listed(section, &projects, "keystores", |it| &it.keystores))?;
    builder.objects::<Key>(listed(section, &projects, "keys", |it| &it.keys))?;
    // After all others: a JWK may follow an object of `admin`, wherever that is listed.
    builder.objects::<Jwk>(listed(section, &projects, "jwks", |it| &it.jwks))?;
    for (url, document) in &section.documents {
        builder.document(url, document, &place.member("documents").member(url))?;
    }
    Ok(state)
}

struct Builder<'b, 's> {
    state: &'b mut State,
    seeding: &'b Seeding<'s>,
}

impl Builder<'_, '_> {
    fn user(&mut self, user: &UserSection, place: &Place) -> Result<(), Problem> {
        if self.state.users.contains(user.username.as_str()) {
            return Err(Problem::twice(place.member("username"), "user", &user.username));
        }
        let mut roles = user.roles.iter().enumerate();
        if let Some((index, role)) = roles.find(|(_, role)| !ROLES.contains(&role.as_str())) {
            return Err(Problem::unknown_word(place.member("roles").item(index), "role", role, ROLES));
        }
        let username: Text = user.username.clone().into();
        let entry = User {
            username: username.clone(),
            password: user.password.clone().into(),
            roles: user.roles.clone(),
            enabled: user.enabled,
        };
        self.state.users.insert(username, Arc::new(entry));
        Ok(())
    }

    fn token(&mut self, token: &TokenSection, place: &Place) -> Result<(), Problem> {
        if self.state.tokens.contains(token.token.as_str()) {
            return Err(Problem::of(Code::DuplicateName, place.member("token"), "the token is listed twice"));
        }
        // The token endpoint also issues them to users that are not listed, where any is let in.
        if !token.issued {
            self.known_user(&token.username, &place.member("username"))?;
        }
        let at = |message| Problem::new(place.member("expires"), message);
        let expires = token.expires.as_ref().map(|text| moment(text, self.seeding.now)).transpose().map_err(at)?;
        let entry = Token {
            value: token.token.clone().into(),
            username: token.username.clone().into(),
            expires,
            revoked: token.revoked,
        };
        if token.issued {
            self.state.issue(entry);
        } else {
            self.state.tokens.insert(entry.value.clone(), Arc::new(entry));
        }
        Ok(())
    }

    fn known_user(&self, name: &str, place: &Place) -> Result<(), Problem> {
        if self.state.users.contains(name) {
            return Ok(());
        }
        let known: Vec<&str> = self.state.users.keys().map(Text::as_str).collect();
        Err(Problem::unknown(place.clone(), "user", name, &known))
    }

    fn environment(&mut self, section: &EnvironmentSection, place: &Place) -> Result<(), Problem> {
        if self.state.environment(&section.name).is_some() {
            return Err(Problem::twice(place.member("name"), "environment", &section.name));
        }
        identity::check(section.id.as_deref(), "an environment", place)?;
        let mut ca_certificates = Vec::new();
        each(&section.ca_certificates, &place.member("ca_certificates"), |material, at| {
            let identity = format!("apinizer/{}/ca/{}", section.name, ca_certificates.len());
            ca_certificates.push(self.seeding.certificate(material, &identity, at)?);
            Ok(())
        })?;
        let access_url = || format!("https://{}.gateway.example", section.name.to_ascii_lowercase());
        self.state.environments.push(Arc::new(Environment {
            id: identifier(self.seeding, section.id.as_deref(), &format!("environment/{}", section.name)),
            name: section.name.clone().into(),
            description: section.description.clone().into(),
            kind: section.kind,
            status: section.status,
            access_url: section.access_url.clone().unwrap_or_else(access_url).into(),
            deployment_fails: section.deployment_fails.clone().map(Text::from),
            ca_certificates,
        }));
        Ok(())
    }

    fn project(&mut self, section: &ProjectSection, place: &Place) -> Result<(), Problem> {
        if self.state.project(&section.name).is_some() {
            return Err(Problem::twice(place.member("name"), "project", &section.name));
        }
        identity::check(section.id.as_deref(), "a project", place)?;
        let members = section.members.as_deref().unwrap_or_default();
        each(members, &place.member("members"), |name, at| self.known_user(name, at))?;
        each(section.environments.as_deref().unwrap_or_default(), &place.member("environments"), |name, at| {
            let known: Vec<&str> =
                self.state.environments.iter().map(|environment| environment.name.as_str()).collect();
            if known.contains(&name.as_str()) {
                Ok(())
            } else {
                Err(Problem::unknown(at.clone(), "environment", name, &known))
            }
        })?;
        self.state.projects.push(Arc::new(Project {
            id: identifier(self.seeding, section.id.as_deref(), &format!("project/{}", section.name)),
            name: section.name.clone().into(),
            description: section.description.clone().into(),
            members: section.members.clone(),
            environments: section.environments.clone(),
        }));
        Ok(())
    }

    /// The objects of one kind in all projects.
    fn objects<'p, K: Listed>(
        &mut self,
        listed: impl Iterator<Item = (&'p ProjectSection, &'p K::Section, Place)>,
    ) -> Result<(), Problem> {
        let mut listed: Vec<_> = listed.collect();
        sort_by_key(&mut listed, |(_, section, _)| K::identity(section).position.unwrap_or(u64::MAX));
        listed.iter().try_for_each(|(project, section, place)| self.object::<K>(&project.name, section, place))
    }

    fn object<K: Listed>(&mut self, project: &str, section: &K::Section, place: &Place) -> Result<(), Problem> {
        let Identity { id, name, description, .. } = K::identity(section);
        if name.trim().is_empty() {
            return Err(Problem::new(place.member("name"), "a name is needed"));
        }
        if is_taken::<K>(self.state, project, name) {
            return Err(Problem::twice(place.member("name"), K::WORD, name));
        }
        let head = Head {
            id: identifier(self.seeding, id, &format!("{project}/{}/{name}", K::WORD)),
            project: project.to_owned().into(),
            name: name.to_owned().into(),
            description: description.to_owned().into(),
        };
        let object = K::read(section, head, &Setting { state: self.state, seeding: self.seeding, place })?;
        object.put(self.state).map_err(|error| refused(error, place))
    }

    fn document(&mut self, url: &str, section: &DocumentSection, place: &Place) -> Result<(), Problem> {
        let bytes = match section {
            DocumentSection::Text(text) => text.clone().into_bytes(),
            DocumentSection::File(path) => self.seeding.bytes(&Material::File(path.clone()), place)?.into_owned(),
        };
        self.state.documents.insert(url.to_owned().into(), bytes.into());
        Ok(())
    }
}

fn admin() -> ProjectSection {
    ProjectSection {
        id: None,
        name: ADMIN_PROJECT.to_owned(),
        description: String::new(),
        members: None,
        environments: None,
        certificates: Vec::new(),
        keystores: Vec::new(),
        keys: Vec::new(),
        jwks: Vec::new(),
    }
}

/// What all projects list of one kind, each with its project and its place.
fn listed<'p, T: 'p>(
    section: &'p Section,
    projects: &'p Place,
    member: &'p str,
    of: fn(&'p ProjectSection) -> &'p [T],
) -> impl Iterator<Item = (&'p ProjectSection, &'p T, Place)> {
    section.projects.iter().enumerate().flat_map(move |(index, project)| {
        let place = projects.item(index).member(member);
        let objects = of(project).iter().enumerate();
        objects.map(move |(index, object)| (project, object, place.item(index)))
    })
}
