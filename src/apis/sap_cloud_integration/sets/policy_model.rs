//! The model of access policies, their references and their runtime assignments, which lead to each other.

use crate::apis::sap_cloud_integration::edm::{ENTITY_TYPE, association, end};
use crate::apis::sap_cloud_integration::state::{AccessPolicy, ArtifactReference, State};
use crate::odata::edm::{Association, End, EntityType, Kind, Navigation, Property, Set};
use crate::odata::{Entity, Value};
use crate::store::Text;

const REFERENCES: &str = "r_AccessPolicy_2_r_ArtifactReferences";
const ASSIGNMENTS: &str = "r_AccessPolicy_2_r_AccessPolicyRuntimeAssignments";
const POLICY_END: End = end("r_AccessPolicy", "AccessPolicy", "AccessPolicies", "1");

/// A policy.
pub static ACCESS_POLICY: EntityType = EntityType {
    name: "AccessPolicy",
    key: &["Id"],
    properties: &[ID, Property::new("RoleName", Kind::String), Property::new("Description", Kind::String)],
    navigation: &[
        to_many("ArtifactReferences", REFERENCES, "r_ArtifactReferences"),
        to_many("AccessPolicyRuntimeAssignments", ASSIGNMENTS, "r_AccessPolicyRuntimeAssignments"),
    ],
    ..ENTITY_TYPE
};

/// A reference to artifacts.
pub static ARTIFACT_REFERENCE: EntityType = EntityType {
    name: "ArtifactReference",
    key: &["Id"],
    properties: &[
        ID,
        Property::new("Name", Kind::String),
        Property::new("Description", Kind::String),
        Property::new("Type", Kind::String),
        Property::new("ConditionAttribute", Kind::String),
        Property::new("ConditionValue", Kind::String),
        Property::new("ConditionType", Kind::String),
    ],
    navigation: &[to_policy(REFERENCES, "r_ArtifactReferences")],
    ..ENTITY_TYPE
};

/// A runtime that a policy was sent to.
pub static RUNTIME_ASSIGNMENT: EntityType = EntityType {
    name: "AccessPolicyRuntimeAssignment",
    key: &["Id"],
    properties: &[
        ID,
        Property::new("RuntimeLocationId", Kind::String),
        Property::new("TransferStatus", Kind::String),
        Property::new("TransferErrors", Kind::String),
        Property::new("StatusUpdatedAt", Kind::DateTime),
    ],
    navigation: &[to_policy(ASSIGNMENTS, "r_AccessPolicyRuntimeAssignments")],
    ..ENTITY_TYPE
};

const ID: Property = Property::new("Id", Kind::Int64).required();

/// From a policy to its references.
pub static REFERENCES_OF_POLICY: Association =
    association(REFERENCES, [POLICY_END, end("r_ArtifactReferences", "ArtifactReference", "ArtifactReferences", "*")]);

/// From a policy to the runtimes that it was sent to.
pub static ASSIGNMENTS_OF_POLICY: Association = association(
    ASSIGNMENTS,
    [
        POLICY_END,
        end("r_AccessPolicyRuntimeAssignments", "AccessPolicyRuntimeAssignment", "AccessPolicyRuntimeAssignments", "*"),
    ],
);

/// Policies.
pub static ACCESS_POLICIES: Set = Set::new("AccessPolicies", &ACCESS_POLICY);

/// References. The specification spells the way to their policy with a letter too few.
pub static ARTIFACT_REFERENCES: Set =
    Set::spelled("ArtifactReferences", &ARTIFACT_REFERENCE, &[("AcessPolicy", "AccessPolicy")]);

/// Runtime assignments.
pub static RUNTIME_ASSIGNMENTS: Set = Set::new("AccessPolicyRuntimeAssignments", &RUNTIME_ASSIGNMENT);

const fn to_many(name: &'static str, association: &'static str, to_role: &'static str) -> Navigation {
    Navigation { name, association, from_role: "r_AccessPolicy", to_role, target: name, many: true }
}

const fn to_policy(association: &'static str, from_role: &'static str) -> Navigation {
    Navigation {
        name: "AccessPolicy",
        association,
        from_role,
        to_role: "r_AccessPolicy",
        target: "AccessPolicies",
        many: false,
    }
}

/// A policy as an answer shows it.
pub fn policy(policy: &AccessPolicy) -> Entity {
    let values = vec![Value::Int64(policy.id), (&policy.role_name).into(), Value::text(policy.description.as_ref())];
    Entity::new(&ACCESS_POLICIES, values)
}

/// A reference as an answer shows it.
pub fn reference(reference: &ArtifactReference) -> Entity {
    let values = vec![
        Value::Int64(reference.id),
        Value::text(reference.name.as_ref()),
        Value::text(reference.description.as_ref()),
        (&reference.artifact_type).into(),
        (&reference.condition_attribute).into(),
        Value::text(reference.condition_value.as_ref()),
        (&reference.condition_type).into(),
    ];
    Entity::new(&ARTIFACT_REFERENCES, values)
}

/// The runtimes that a policy was sent to. Their numbers follow from that of the policy.
pub fn assignments<'a>(state: &'a State, policy: &'a AccessPolicy) -> impl Iterator<Item = Entity> + 'a {
    let first = policy.id.saturating_mul(runtimes(state));
    (first..).zip(state.runtimes.iter()).map(|(id, runtime)| assignment(id, runtime, policy))
}

/// The number of the policy that an assignment with this number is of.
pub fn policy_of_assignment(state: &State, id: i64) -> i64 {
    id.div_euclid(runtimes(state))
}

fn runtimes(state: &State) -> i64 {
    i64::try_from(state.runtimes.len()).unwrap_or(1).max(1)
}

fn assignment(id: i64, runtime: &Text, policy: &AccessPolicy) -> Entity {
    let values =
        vec![Value::Int64(id), runtime.into(), "SUCCESS".into(), Value::Null, Value::DateTime(policy.transferred)];
    Entity::new(&RUNTIME_ASSIGNMENTS, values)
}
