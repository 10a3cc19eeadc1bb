//! From the section to state, by the rules that the API's own operations follow.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::environment::EnvironmentSection;
use super::identity::identifier;
use super::jwks;
use super::section::{
    CertificateSection, DocumentSection, JwkSection, KeyEntrySection, KeySection, KeystoreEntrySection,
    KeystoreSection, ProjectSection, Section, TokenSection, UserSection,
};
use crate::apis::apinizer::access::ROLES;
use crate::apis::apinizer::behaviour::Behaviour;
use crate::apis::apinizer::deployment::check_environments;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::key_material::is_readable;
use crate::apis::apinizer::keystores::{decode, store_type};
use crate::apis::apinizer::state::{
    ADMIN_PROJECT, Algorithm, Certificate, CertificateEntry, Entries, Environment, Key, KeyEntry, KeyType, Keystore,
    KeystoreEntry, Project, State, Token, User,
};
use crate::apis::apinizer::values::listed;
use crate::contract::{AuthMode, Refusal};
use crate::seed::{Material, Place, Problem, Seeding, moment};
use crate::store::Text;

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
    builder.objects(&section.projects, &projects)?;
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
            return Err(twice("user", &user.username, place));
        }
        if let Some(index) = user.roles.iter().position(|role| !ROLES.contains(&role.as_str())) {
            let message = format!("there is no such role: expected one of {}", ROLES.join(", "));
            return Err(Problem::new(place.member("roles").item(index), message));
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
            return Err(Problem::new(place.member("token"), "the token is listed twice"));
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
        let known = self.state.users.contains(name);
        if known { Ok(()) } else { Err(Problem::new(place.clone(), format!("there is no user {name}"))) }
    }

    fn environment(&mut self, section: &EnvironmentSection, place: &Place) -> Result<(), Problem> {
        if self.state.environment(&section.name).is_some() {
            return Err(twice("environment", &section.name, place));
        }
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
            return Err(twice("project", &section.name, place));
        }
        let hexadecimal = |id: &String| id.len() == 24 && id.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !section.id.as_ref().is_none_or(hexadecimal) {
            return Err(Problem::new(place.member("id"), "a project's identifier is 24 hexadecimal digits"));
        }
        let members = section.members.as_deref().unwrap_or_default();
        each(members, &place.member("members"), |name, at| self.known_user(name, at))?;
        each(section.environments.as_deref().unwrap_or_default(), &place.member("environments"), |name, at| {
            let known = self.state.environment(name).is_some();
            if known { Ok(()) } else { Err(Problem::new(at.clone(), format!("there is no environment {name}"))) }
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

    fn objects(&mut self, projects: &[ProjectSection], place: &Place) -> Result<(), Problem> {
        for (project, one, at) in in_order(projects, place, "certificates", |it| &it.certificates, |it| it.position) {
            self.certificate(project, one, &at)?;
        }
        for (project, one, at) in in_order(projects, place, "keystores", |it| &it.keystores, |it| it.position) {
            self.keystore(project, one, &at)?;
        }
        for (project, one, at) in in_order(projects, place, "keys", |it| &it.keys, |it| it.position) {
            self.key(project, one, &at)?;
        }
        // After all others: a JWK may follow an object of `admin`, wherever that is listed.
        for (project, one, at) in in_order(projects, place, "jwks", |it| &it.jwks, |it| it.position) {
            self.jwk(project, one, &at)?;
        }
        Ok(())
    }

    fn certificate(&mut self, project: &str, section: &CertificateSection, place: &Place) -> Result<(), Problem> {
        let name = named(&section.name, place)?;
        if self.state.certificates.find(project, name).is_some() {
            return Err(refused(Error::CertificateExists { name: name.to_owned() }, place));
        }
        let entries = self.certificate_entries(project, section, place)?;
        self.reaches(project, entries.environments(), place)?;
        let certificate = Certificate {
            id: identifier(self.seeding, section.id.as_deref(), &format!("{project}/certificate/{name}")),
            project: project.to_owned().into(),
            name: name.to_owned().into(),
            description: section.description.clone().into(),
            entries,
        };
        self.state.put_certificate(certificate).map_err(|error| refused(error, place))
    }

    fn certificate_entries(
        &self,
        project: &str,
        section: &CertificateSection,
        place: &Place,
    ) -> Result<Entries<CertificateEntry>, Problem> {
        let identity = format!("apinizer/{project}/{}", section.name);
        let mut entries = Vec::new();
        if section.entries.is_empty() {
            let (file, pem) = (section.file.as_deref(), section.pem.as_deref());
            let material = Material::one_of(file, pem, None, section.generate.as_ref(), place)?;
            let certificate = self.seeding.certificate(&material, &identity, place)?;
            let alias: Text = section.alias.clone().unwrap_or_else(|| section.name.clone()).into();
            entries.extend(section.environments.iter().map(|environment| CertificateEntry {
                environment: environment.clone().into(),
                alias: alias.clone(),
                certificate: Arc::clone(&certificate),
            }));
        }
        each(&section.entries, &place.member("entries"), |entry, at| {
            let identity = format!("{identity}/{}", entry.environment);
            let certificate = self.seeding.certificate(&entry.certificate, &identity, &at.member("certificate"))?;
            let (environment, alias) = (entry.environment.clone().into(), entry.alias.clone().into());
            entries.push(CertificateEntry { environment, alias, certificate });
            Ok(())
        })?;
        Ok(Entries::from_iter(entries))
    }

    fn keystore(&mut self, project: &str, section: &KeystoreSection, place: &Place) -> Result<(), Problem> {
        let name = named(&section.name, place)?;
        if self.state.keystores.find(project, name).is_some() {
            return Err(refused(Error::KeystoreExists { name: name.to_owned() }, place));
        }
        let mut entries = Vec::new();
        for environment in &section.environments {
            entries.push(self.keystore_entry(&section.in_environment(environment), place)?);
        }
        each(&section.entries, &place.member("entries"), |entry, at| {
            entries.push(self.keystore_entry(entry, at)?);
            Ok(())
        })?;
        let entries = Entries::from_iter(entries);
        self.reaches(project, entries.environments(), place)?;
        self.state.keystores.put(Keystore {
            id: identifier(self.seeding, section.id.as_deref(), &format!("{project}/keystore/{name}")),
            project: project.to_owned().into(),
            name: name.to_owned().into(),
            description: section.description.clone().into(),
            entries,
        });
        Ok(())
    }

    fn keystore_entry(&self, section: &KeystoreEntrySection, place: &Place) -> Result<KeystoreEntry, Problem> {
        let material = Material::one_of(section.file.as_deref(), None, section.base64.as_deref(), None, place)?;
        // Base64 is kept as it is written, as the API keeps it.
        let file = match &material {
            Material::Base64(text) => text.clone(),
            _ => STANDARD.encode(self.seeding.bytes(&material, place)?),
        };
        Ok(KeystoreEntry {
            environment: section.environment.clone().into(),
            store_type: store_type(&section.store_type).map_err(|error| refused(error, &place.member("type")))?,
            bytes: decode(&file).map_err(|error| refused(error, place))?,
            file: file.into(),
            password: section.password.clone().map(Text::from),
            alias: section.alias.clone().map(Text::from),
            file_name: section.file_name.clone().map(Text::from),
        })
    }

    fn key(&mut self, project: &str, section: &KeySection, place: &Place) -> Result<(), Problem> {
        let name = named(&section.name, place)?;
        if self.state.keys.find(project, name).is_some() {
            return Err(refused(Error::KeyExists { name: name.to_owned() }, place));
        }
        let unknown = |member: &str, value: &str| {
            Problem::new(place.member(member), format!("there is no {member} {value} of keys"))
        };
        let key_type = KeyType::from_name(&section.key_type).ok_or_else(|| unknown("type", &section.key_type))?;
        let algorithm = |value: &String| Algorithm::from_name(value).ok_or_else(|| unknown("algorithm", value));
        let algorithm = section.algorithm.as_ref().map(algorithm).transpose()?;
        if key_type == KeyType::Secret && algorithm.is_none() {
            let supported = listed(Algorithm::ALL.map(Algorithm::name));
            return Err(refused(Error::KeyAlgorithmRequired { supported }, place));
        }
        let mut entries = Vec::new();
        let identity = format!("apinizer/{project}/key/{name}");
        each(&section.entries, &place.member("entries"), |entry, at| {
            entries.extend(self.key_entries(entry, key_type, &identity, at)?);
            Ok(())
        })?;
        let entries = Entries::from_iter(entries);
        self.reaches(project, entries.environments(), place)?;
        self.state.keys.put(Key {
            id: identifier(self.seeding, section.id.as_deref(), &format!("{project}/key/{name}")),
            project: project.to_owned().into(),
            name: name.to_owned().into(),
            description: section.description.clone().into(),
            key_type,
            algorithm,
            entries,
        });
        Ok(())
    }

    fn key_entries(
        &self,
        section: &KeyEntrySection,
        key_type: KeyType,
        identity: &str,
        place: &Place,
    ) -> Result<Vec<KeyEntry>, Problem> {
        let mut entry = KeyEntry {
            secret: section.secret.clone().map(Text::from),
            alias: section.alias.clone().map(Text::from),
            file_name: section.file_name.clone().map(Text::from),
            ..KeyEntry::default()
        };
        match &section.private_key {
            Some(Material::Generate(what)) => {
                let minted = self.seeding.mint(what, identity, &place.member("private_key"))?;
                entry.private_key = Some(STANDARD.encode(minted.key.pkcs8()).into());
                entry.public_key = Some(STANDARD.encode(minted.key.public_key().spki()).into());
            }
            Some(material) => entry.private_key = Some(self.text(material, key_type, &place.member("private_key"))?),
            None => {}
        }
        if let Some(material) = &section.public_key {
            entry.public_key = Some(self.text(material, key_type, &place.member("public_key"))?);
        }
        let in_environment = |name: &String| KeyEntry { environment: name.clone().into(), ..entry.clone() };
        Ok(section.environments.iter().map(in_environment).collect())
    }

    /// Key material as the API keeps it: text as it is written, binary files in base64.
    fn text(&self, material: &Material, key_type: KeyType, place: &Place) -> Result<Text, Problem> {
        let text = if let Material::Base64(text) = material {
            text.clone()
        } else {
            let bytes = self.seeding.bytes(material, place)?;
            std::str::from_utf8(&bytes).map_or_else(|_| STANDARD.encode(&bytes), str::to_owned)
        };
        if is_readable(&text, false) {
            return Ok(text.into());
        }
        Err(refused(Error::KeyContentUnreadable { key_type: key_type.name().to_owned() }, place))
    }

    fn jwk(&mut self, project: &str, section: &JwkSection, place: &Place) -> Result<(), Problem> {
        let name = named(&section.name, place)?;
        if self.state.jwks.find(project, name).is_some() {
            return Err(refused(Error::JwkExists { name: name.to_owned() }, place));
        }
        let jwk = jwks::read(self.state, self.seeding, project, section, place)?;
        self.state.jwks.put(jwk);
        Ok(())
    }

    fn document(&mut self, url: &str, section: &DocumentSection, place: &Place) -> Result<(), Problem> {
        let bytes = match section {
            DocumentSection::Text(text) => text.clone().into_bytes(),
            DocumentSection::File(path) => self.seeding.bytes(&Material::File(path.clone()), place)?.into_owned(),
        };
        self.state.documents.insert(url.to_owned().into(), bytes.into());
        Ok(())
    }

    fn reaches<'n>(
        &self,
        project: &str,
        environments: impl Iterator<Item = &'n Text>,
        place: &Place,
    ) -> Result<(), Problem> {
        let names: Vec<String> = environments.map(Text::to_string).collect();
        let Some(project) = self.state.project(project) else { return Ok(()) };
        check_environments(self.state, project, &names).map_err(|error| refused(error, place))
    }
}

impl KeystoreSection {
    fn in_environment(&self, environment: &str) -> KeystoreEntrySection {
        KeystoreEntrySection {
            environment: environment.to_owned(),
            store_type: self.store_type.clone(),
            file: self.file.clone(),
            base64: self.base64.clone(),
            password: self.password.clone(),
            alias: self.alias.clone(),
            file_name: None,
        }
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

fn each<T>(
    items: &[T],
    place: &Place,
    mut build: impl FnMut(&T, &Place) -> Result<(), Problem>,
) -> Result<(), Problem> {
    items.iter().enumerate().try_for_each(|(index, item)| build(item, &place.item(index)))
}

/// The objects of one kind in all projects, each with its project and its place, in the order of their creation.
fn in_order<'p, T>(
    projects: &'p [ProjectSection],
    place: &Place,
    kind: &str,
    of: impl Fn(&'p ProjectSection) -> &'p [T],
    position: impl Fn(&T) -> Option<u64>,
) -> Vec<(&'p str, &'p T, Place)> {
    let mut all = Vec::new();
    for (index, project) in projects.iter().enumerate() {
        let place = place.item(index).member(kind);
        let objects = of(project).iter().enumerate();
        all.extend(objects.map(|(index, object)| (project.name.as_str(), object, place.item(index))));
    }
    all.sort_by_key(|(_, object, _)| position(object).unwrap_or(u64::MAX));
    all
}

fn named<'n>(name: &'n str, place: &Place) -> Result<&'n str, Problem> {
    if name.trim().is_empty() { Err(Problem::new(place.member("name"), "a name is needed")) } else { Ok(name) }
}

fn twice(what: &str, name: &str, place: &Place) -> Problem {
    Problem::new(place.clone(), format!("the {what} {name} is listed twice"))
}

fn refused(error: Error, place: &Place) -> Problem {
    Problem::new(place.clone(), Refusal::from(error).text)
}
