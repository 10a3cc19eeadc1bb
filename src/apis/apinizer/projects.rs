//! Projects, environments, and the two endpoints to test a connection with (sections 4 and 5).

use serde_json::{Value, json};

use super::access::{is_admin, is_member};
use super::answer::{self, Page};
use super::behaviour::Dialect;
use super::call::Call;
use super::error::Error;
use super::state::{Environment, Project, State};
use crate::http::Response;

/// `GET /apiops/test/healthcheck`
pub fn healthcheck(_: &State, _: &Call<'_>) -> Response {
    answer::text("OK".to_owned())
}

/// `GET /apiops/test/hello/{name}`
pub fn hello(_: &State, call: &Call<'_>) -> Response {
    answer::text(format!("Hello {}", call.parameter("name")))
}

/// `GET /apiops/projects/`: those that the caller is a member of.
pub fn list_projects(state: &State, call: &Call<'_>) -> Response {
    let own = state.projects.iter().filter(|project| is_member(&call.behaviour, &call.caller, project));
    let items: Vec<Value> = own.map(|project| project_json(project, call.dialect())).collect();
    answer::list(&call.behaviour, Page::Status, &items)
}

/// `GET /apiops/environments/`: the first generation has it for administrators only, the second checks no role.
pub fn list_environments(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    if call.dialect() == Dialect::G1 && !is_admin(&call.behaviour, &call.caller) {
        return Err(Error::AdminRoleMissing);
    }
    let environments = state.environments.iter();
    let items: Vec<Value> = environments.map(|environment| environment_json(environment, call.dialect())).collect();
    Ok(answer::list(&call.behaviour, Page::Usual, &items))
}

/// The environments that a project reaches, by the paths of both generations.
pub fn list_environments_of_project(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let name = call.project();
    let project = state.project(name).filter(|project| is_member(&call.behaviour, &call.caller, project));
    let project = project.ok_or_else(|| Error::ProjectWithoutEnvironments { project: name.to_owned() })?;
    let items = state.environments_of(project).map(|environment| {
        let mut item = environment_json(environment, call.dialect());
        if let (Dialect::G2, Some(members)) = (call.dialect(), item.as_object_mut()) {
            members.insert("deployed".to_owned(), Value::Null);
            members.insert("redeployRequired".to_owned(), Value::Null);
        }
        item
    });
    Ok(answer::list(&call.behaviour, Page::Usual, &items.collect::<Vec<_>>()))
}

fn project_json(project: &Project, dialect: Dialect) -> Value {
    match dialect {
        Dialect::G1 => json!({ "name": &*project.name, "description": &*project.description }),
        Dialect::G2 => json!({
            "id": &*project.id,
            "name": &*project.name,
            "description": &*project.description,
            "relativePath": format!("/{}", project.name),
            "enableRelativePath": false,
            "tags": [],
        }),
    }
}

fn environment_json(environment: &Environment, dialect: Dialect) -> Value {
    let mut members = serde_json::Map::new();
    if dialect == Dialect::G2 {
        members.insert("id".to_owned(), json!(&*environment.id));
    }
    members.insert("name".to_owned(), json!(&*environment.name));
    members.insert("description".to_owned(), json!(&*environment.description));
    members.insert("type".to_owned(), json!(environment.kind));
    members.insert("status".to_owned(), json!(environment.status));
    members.insert("accessUrl".to_owned(), json!(&*environment.access_url));
    Value::Object(members)
}
