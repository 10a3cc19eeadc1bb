//! The complex property that says of a credential who deployed it, and how far that is.

use crate::apis::sap_cloud_integration::state::{Stamp, State};
use crate::odata::edm::{ComplexType, Kind, Property};
use crate::odata::{Context, Value};

/// The type of the property.
pub static SECURITY_ARTIFACT_DESCRIPTOR: ComplexType = ComplexType {
    name: "SecurityArtifactDescriptor",
    properties: &[
        Property::string("Type", 1024),
        Property::string("DeployedBy", 1024),
        Property::new("DeployedOn", Kind::DateTime),
        Property::string("Status", 1024),
    ],
};

/// The property. It is read only: what a request says of it is not looked at.
pub const PROPERTY: Property =
    Property::new("SecurityArtifactDescriptor", Kind::Complex(&SECURITY_ARTIFACT_DESCRIPTOR)).required();

/// The property's value for an artifact of this type.
pub fn value(cx: &Context<'_>, state: &State, artifact_type: &'static str, deployed: &Stamp) -> Value {
    Value::Complex(vec![
        artifact_type.into(),
        (&deployed.by).into(),
        Value::DateTime(deployed.at),
        state.deployment_status(deployed, cx.now).into(),
    ])
}
