//! `AccessPolicies`: who may see and work with which artifacts.

use super::artifact_references::described;
use super::policy_model::{self, ACCESS_POLICIES, assignments, reference};
use crate::apis::sap_cloud_integration::request::number;
use crate::apis::sap_cloud_integration::state::State;
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Related, Rows, Verb};
use crate::store::Draft;

/// Access policies.
pub struct AccessPolicies;

impl EntitySet<State> for AccessPolicies {
    fn set(&self) -> &'static Set {
        &ACCESS_POLICIES
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.access_policies.iter().map(|policy| policy_model::policy(policy))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(policy_model::policy(state.access_policies.get(number(key, "Id"))?))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let policy = state.access_policies.get(number(key, "Id"))?;
        Ok(Related::Many(match to.name {
            "ArtifactReferences" => Box::new(policy.references.values().map(|one| reference(one))),
            _ => Box::new(assignments(state, policy)),
        }))
    }

    /// A policy with its references, or nothing.
    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let policies = &mut draft.state.access_policies;
        let role_name = body.text("RoleName").unwrap_or_default();
        let id = policies.add(None, role_name, body.text("Description"), cx.now)?;
        for nested in body.nested("ArtifactReferences").unwrap_or_default() {
            policies.refer(id, None, described(nested).reference()?, cx.now)?;
        }
        Ok(Answer::Created(policy_model::policy(policies.get(id)?)))
    }

    fn create_related(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        to: &'static Navigation,
        body: &Body,
    ) -> Result<Answer, Refusal> {
        if to.name != "ArtifactReferences" {
            return Err(cx.dialect.not_implemented(Verb::Create, self.set()));
        }
        let described = described(body).reference()?;
        let made = draft.state.access_policies.refer(number(key, "Id"), None, described, cx.now)?;
        Ok(Answer::Created(reference(&made)))
    }

    /// Only in parts: a `PUT` is not implemented. References are deleted and made anew.
    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        body: &Body,
        merge: bool,
    ) -> Result<Answer, Refusal> {
        if !merge || !body.nested.is_empty() {
            return Err(cx.dialect.not_implemented(Verb::Update, self.set()));
        }
        let (id, policies) = (number(key, "Id"), &mut draft.state.access_policies);
        policies.get(id)?;
        if let Some(role_name) = body.value("RoleName") {
            policies.rename(id, role_name.as_str().unwrap_or_default(), cx.now)?;
        }
        if let Some(description) = body.value("Description") {
            policies.describe(id, description.as_str(), cx.now)?;
        }
        Ok(Answer::NoContent)
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.access_policies.remove(number(key, "Id"))?;
        Ok(Answer::NoContent)
    }
}
