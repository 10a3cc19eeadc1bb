//! The `auth` and `clients` sections of a scenario.

use serde::{Deserialize, Serialize};

use super::state::{Client, State};
use crate::contract::{AuthMode, WorldName};
use crate::seed::{Place, Problem};

/// How strictly credentials are checked.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// `any`: credentials must be there, none is refused; `required`: only known ones; `off`: none needed.
    #[serde(default)]
    pub mode: AuthMode,
}

/// An OAuth client of the SAP systems.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientSection {
    /// Client id.
    pub id: String,
    /// Client secret.
    pub secret: String,
    /// Roles as the systems name them: `APIPortal.Administrator`, `SecurityMaterialEdit`, …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The world that its requests are for, where neither path, header nor host says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world: Option<String>,
}

/// Roles that the emulated SAP systems check.
pub const ROLES: &[&str] = &[
    "APIPortal.Administrator",
    "APIPortal.Guest",
    "APIManagement.SelfService.Administrator",
    "MonitoringDataRead",
    "SecurityMaterialEdit",
    "IntegrationOperationServer.read",
    "NodeManager.read",
    "NodeManager.deploysecuritycontent",
];

/// Puts clients into the state.
///
/// # Errors
/// A client without an id, one that is listed twice, or a role that no system checks.
pub fn build(auth: &Auth, clients: &[ClientSection], state: &mut State, place: &Place) -> Result<(), Problem> {
    state.mode = auth.mode;
    for (index, client) in clients.iter().enumerate() {
        let place = place.item(index);
        if client.id.is_empty() {
            return Err(Problem::new(place.member("id"), "a client needs an id that is not empty"));
        }
        if state.clients.contains(client.id.as_str()) {
            return Err(Problem::twice(place.member("id"), "client", &client.id));
        }
        let mut roles = client.roles.iter().enumerate();
        if let Some((position, role)) = roles.find(|(_, role)| !ROLES.contains(&role.as_str())) {
            return Err(Problem::unknown_word(
                place.member("roles").item(position),
                "role that a system checks",
                role,
                ROLES,
            ));
        }
        if client.world.as_deref().is_some_and(|name| WorldName::parse(name).is_err()) {
            let message = "this is no name of a world; expected letters, digits, '-', '_' and '.'";
            return Err(Problem::new(place.member("world"), message));
        }
        state.add_client(Client {
            id: client.id.clone().into(),
            secret: client.secret.clone().into(),
            roles: client.roles.clone(),
            world: client.world.clone(),
        });
    }
    Ok(())
}

/// The sections that build this state again.
pub fn export(state: &State) -> (Auth, Vec<ClientSection>) {
    let section = |client: &std::sync::Arc<Client>| ClientSection {
        id: client.id.to_string(),
        secret: client.secret.to_string(),
        roles: client.roles.clone(),
        world: client.world.clone(),
    };
    // The first client of the scenario stays first: it is who opaque tokens stand for.
    let (first, others): (Vec<_>, Vec<_>) =
        state.clients.values().partition(|client| Some(&client.id) == state.first_client.as_ref());
    (Auth { mode: state.mode }, first.into_iter().chain(others).map(section).collect())
}
