//! Access policies with their references.

use super::super::reader::Reader;
use crate::apis::sap_cloud_integration::scenario::{AccessPolicySection, ArtifactReferenceSection};
use crate::effects::Timestamp;
use crate::tenant::Failure;
use crate::tenant::odata::{Entity, Service};

/// All of them.
pub(super) fn read(reader: &Reader<'_>, service: &Service<'_>) -> Result<Vec<AccessPolicySection>, Failure> {
    let rows = reader.list(service, "access policies", "AccessPolicies")?;
    reader.client.watch().ahead(2 * rows.len());
    rows.iter().map(|row| policy(reader, service, row)).collect()
}

fn policy(reader: &Reader<'_>, service: &Service<'_>, row: &Entity) -> Result<AccessPolicySection, Failure> {
    let id = row.number("Id").unwrap_or_default();
    let of = |path: &str| {
        reader.list(service, &format!("{path} of access policy {id}"), &format!("AccessPolicies({id}L)/{path}"))
    };
    let references = of("ArtifactReferences")?;
    let assignments = of("AccessPolicyRuntimeAssignments")?;
    Ok(AccessPolicySection {
        id: Some(id),
        role_name: row.said("RoleName"),
        description: row.text("Description").map(ToOwned::to_owned),
        artifact_references: references.iter().map(reference).collect(),
        transferred: assignments.first().and_then(|one| one.moment("StatusUpdatedAt")).map(Timestamp::iso_millis),
    })
}

fn reference(row: &Entity) -> ArtifactReferenceSection {
    let text = |name| row.text(name).map(ToOwned::to_owned);
    ArtifactReferenceSection {
        id: row.number("Id"),
        name: text("Name"),
        description: text("Description"),
        artifact_type: row.said("Type"),
        condition_attribute: row.said("ConditionAttribute"),
        condition_value: text("ConditionValue"),
        condition_type: row.said("ConditionType"),
    }
}
