//! `ArtifactReferences`: which artifacts an access policy is about.

use ::http::StatusCode;

use super::policy_model::{ARTIFACT_REFERENCES, policy, reference};
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::number;
use crate::apis::sap_cloud_integration::state::{Described, State};
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Related, Rows, Value};
use crate::store::Draft;

/// References of access policies.
pub struct ArtifactReferences;

impl EntitySet<State> for ArtifactReferences {
    fn set(&self) -> &'static Set {
        &ARTIFACT_REFERENCES
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.access_policies.references().map(|one| reference(one))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(reference(state.access_policies.reference(number(key, "Id"))?.1))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        Ok(Related::One(Some(policy(state.access_policies.reference(number(key, "Id"))?.0))))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let described = described(body).reference()?;
        let made = draft.state.access_policies.refer(parent(body)?, None, described, cx.now)?;
        Ok(Answer::Created(reference(&made)))
    }

    /// The specification has 200 for this deletion alone.
    fn delete(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.access_policies.remove_reference(number(key, "Id"), cx.now)?;
        Ok(Answer::Empty(StatusCode::OK))
    }
}

/// What a body says of a reference.
pub fn described(body: &Body) -> Described<'_> {
    Described {
        name: body.text("Name"),
        description: body.text("Description"),
        artifact_type: body.text("Type"),
        condition_attribute: body.text("ConditionAttribute"),
        condition_value: body.text("ConditionValue"),
        condition_type: body.text("ConditionType"),
    }
}

/// The policy that a body names: `{"AccessPolicy":{"Id":"101"}}`, or an array of that one.
fn parent(body: &Body) -> Result<i64, Error> {
    match body.nested("AccessPolicy") {
        Some([policy]) => match policy.value("Id") {
            Some(Value::Int64(id)) => Ok(*id),
            _ => Err(Error::PolicyMissing),
        },
        _ => Err(Error::PolicyMissing),
    }
}
