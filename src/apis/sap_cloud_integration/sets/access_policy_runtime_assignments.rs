//! `AccessPolicyRuntimeAssignments`: the runtimes that access policies were sent to. They cannot be written.

use super::policy_model::{RUNTIME_ASSIGNMENTS, assignment, policy};
use crate::apis::sap_cloud_integration::request::number;
use crate::apis::sap_cloud_integration::state::State;
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Context, Entity, EntitySet, Key, Related, Rows};

/// Runtime assignments of access policies.
pub struct AccessPolicyRuntimeAssignments;

impl EntitySet<State> for AccessPolicyRuntimeAssignments {
    fn set(&self) -> &'static Set {
        &RUNTIME_ASSIGNMENTS
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.access_policies.iter().map(|policy| assignment(policy))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(assignment(state.access_policies.get(number(key, "Id"))?))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        Ok(Related::One(Some(policy(state.access_policies.get(number(key, "Id"))?))))
    }
}
