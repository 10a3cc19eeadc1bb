//! Who may read and who may write: role templates of Cloud Foundry, roles of Neo (security-content-e01d3f0,
//! tasks-and-permissions-fda781c).

use super::error::Error;
use crate::contract::{Caller, Refusal};
use crate::odata::Verb;

const READERS: [&str; 3] = ["MonitoringDataRead", "IntegrationOperationServer.read", "NodeManager.read"];
const WRITERS: [&str; 2] = ["SecurityMaterialEdit", "NodeManager.deploysecuritycontent"];

/// Refuses a caller without the role.
pub fn authorise(caller: &Caller, verb: Verb) -> Result<(), Refusal> {
    let roles: &[&str] = match verb {
        Verb::List | Verb::Read => &READERS,
        Verb::Create | Verb::Update | Verb::Delete => &WRITERS,
    };
    if roles.iter().any(|role| caller.has(role)) { Ok(()) } else { Err(Error::RoleMissing.into()) }
}
