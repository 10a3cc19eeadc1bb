//! `AccessPolicyRuntimeAssignments`: the runtimes that access policies were sent to. They cannot be written.

use super::policy_model::{RUNTIME_ASSIGNMENTS, assignments, policy, policy_of_assignment};
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::number;
use crate::apis::sap_cloud_integration::state::State;
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Context, Entity, EntitySet, Key, Related, Rows, Value};

/// Runtime assignments of access policies.
pub struct AccessPolicyRuntimeAssignments;

impl EntitySet<State> for AccessPolicyRuntimeAssignments {
    fn set(&self) -> &'static Set {
        &RUNTIME_ASSIGNMENTS
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.access_policies.iter().flat_map(|policy| assignments(state, policy))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let id = number(key, "Id");
        let policy = state.access_policies.get(policy_of_assignment(state, id))?;
        let found = assignments(state, policy).find(|row| row.value("Id") == Some(&Value::Int64(id)));
        Ok(found.ok_or_else(|| Error::IdNotFound { id: id.to_string() })?)
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let id = policy_of_assignment(state, number(key, "Id"));
        Ok(Related::One(Some(policy(state.access_policies.get(id)?))))
    }
}
