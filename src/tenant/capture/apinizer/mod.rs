//! Apinizer: environments with the authorities that they trust, and projects with their certificates, keystores, keys and
//! JWKs; of both generations of the API.
//!
//! The first generation gives private keys back: none of them gets into the scenario. Something else stands in, as it does for the
//! file of a keystore, which has private keys in it.

mod certificates;
mod jwks;
mod keys;
mod keystores;
mod objects;

use serde_json::{Map, Value, json};

use self::objects::Objects;
use super::reader::{Reader, if_there};
use crate::apis::apinizer::scenario::{EnvironmentSection, ProjectSection, Section, is_identifier};
use crate::scenario;
use crate::tenant::odata::{Entity, segment};
use crate::tenant::{Failure, System};

/// The project whose lists show the objects of all.
const ADMIN: &str = "admin";

/// What the readers of all kinds of objects need.
struct Tenant<'r> {
    reader: &'r Reader<'r>,
    /// Whether it answers as the second generation of the documents says.
    second_generation: bool,
}

/// The section, and the switches that what was read has shown.
pub(super) fn read(reader: &Reader<'_>) -> Result<(Value, Value), Failure> {
    let rows = list(reader, "/apiops/projects/")?;
    let tenant = Tenant { reader, second_generation: rows.iter().any(|row| row.0.contains_key("id")) };
    reader.client.watch().ahead(5 * rows.len());
    let all = tenant.list("environments", "/apiops/environments/")?;
    let (mut projects, mut environments) = (Vec::new(), all);
    for row in &rows {
        let reached = tenant.environments_of(&row.said("name"))?;
        for environment in &reached {
            if !environments.iter().any(|known| known.text("name") == environment.text("name")) {
                environments.push(environment.clone());
            }
        }
        projects.push((row, reached));
    }
    let objects = Objects::read(&tenant, &rows)?;
    let mut section = Section {
        projects: projects.iter().map(|(row, reached)| project(row, reached, &environments, &objects)).collect(),
        ..Section::default()
    };
    section.environments = environments.iter().map(environment).collect();
    certificates::trusted(&tenant, &mut section)?;
    let behaviour = behaviour(&tenant, &objects);
    Ok((scenario::value(&section).unwrap_or_default(), Value::Object(behaviour)))
}

fn behaviour(tenant: &Tenant<'_>, objects: &Objects) -> Map<String, Value> {
    let mut behaviour = Map::new();
    if tenant.second_generation {
        behaviour.insert("dialect".to_owned(), json!("g2"));
    }
    if objects.seen.lower_thumbprints {
        behaviour.insert("thumbprint_case".to_owned(), json!("lower"));
    }
    if objects.seen.no_content {
        behaviour.insert("list_includes_content".to_owned(), json!(false));
    }
    behaviour
}

impl Tenant<'_> {
    /// A list, empty with a note if it cannot be read.
    fn list(&self, what: &str, path: &str) -> Result<Vec<Entity>, Failure> {
        Ok(self.reader.if_any(what, list(self.reader, path))?.unwrap_or_default())
    }

    /// The only object of a list, if it can be read.
    fn one(&self, path: &str) -> Result<Option<Entity>, Failure> {
        Ok(if_there(list(self.reader, path))?.and_then(|rows| rows.into_iter().next()))
    }

    fn environments_of(&self, project: &str) -> Result<Vec<Entity>, Failure> {
        let name = segment(project);
        let path = if self.second_generation {
            format!("/apiops/projects/{name}/environments/")
        } else {
            format!("/apiops/environments/{name}")
        };
        self.list(&format!("the environments of project {project}"), &path)
    }
}

fn list(reader: &Reader<'_>, path: &str) -> Result<Vec<Entity>, Failure> {
    let answer = reader.client.get(System::Apinizer, path)?;
    let expected = || answer.unexpected("a list of Apinizer", &reader.client.secrets);
    let mut document = answer.json(&reader.client.secrets)?;
    let Some(Value::Array(rows)) = document.get_mut("resultList").map(Value::take) else { return Err(expected()) };
    let entity = |row| match row {
        Value::Object(members) => Ok(Entity(members)),
        _ => Err(expected()),
    };
    rows.into_iter().map(entity).collect()
}

fn environment(row: &Entity) -> EnvironmentSection {
    let word = |name: &str| row.0.get(name).cloned().unwrap_or_default();
    EnvironmentSection {
        id: identifier(row, "id"),
        name: row.said("name"),
        description: row.said("description"),
        kind: serde_json::from_value(word("type")).unwrap_or_default(),
        status: serde_json::from_value(word("status")).unwrap_or_default(),
        access_url: row.present("accessUrl"),
        deployment_fails: None,
        ca_certificates: Vec::new(),
    }
}

fn project(row: &Entity, reached: &[Entity], all: &[Entity], objects: &Objects) -> ProjectSection {
    let name = row.said("name");
    let names = |rows: &[Entity]| rows.iter().map(|row| row.said("name")).collect::<Vec<_>>();
    let own = objects.of(&name);
    ProjectSection {
        id: identifier(row, "id").or_else(|| own.project_id.clone()),
        description: row.said("description"),
        members: None,
        environments: (names(reached) != names(all)).then(|| names(reached)),
        certificates: own.certificates.clone(),
        keystores: own.keystores.clone(),
        keys: own.keys.clone(),
        jwks: own.jwks.clone(),
        name,
    }
}

/// An identifier, if it is of the form that all have.
fn identifier(row: &Entity, name: &str) -> Option<String> {
    row.present(name).filter(|id| is_identifier(id))
}
