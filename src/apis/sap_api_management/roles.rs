//! Who may do what: the roles of service keys (authorization of API access plans).

use super::error::Error;
use crate::contract::{Caller, Refusal};
use crate::odata::Verb;

/// Everything on `Management.svc`.
pub const ADMINISTRATOR: &str = "APIPortal.Administrator";
/// Reading on `Management.svc`.
pub const GUEST: &str = "APIPortal.Guest";
/// Virtual host requests on `Configuration.svc`, and the list of virtual hosts.
pub const SELF_SERVICE: &str = "APIManagement.SelfService.Administrator";

/// References, stores, certificates and providers.
///
/// # Errors
/// The caller may not do this.
pub fn portal_entity(caller: &Caller, verb: Verb) -> Result<(), Refusal> {
    one_of(caller, if is_read(verb) { &[ADMINISTRATOR, GUEST] } else { &[ADMINISTRATOR] })
}

/// Virtual hosts, read side: a self-service key may list them, not read one.
///
/// # Errors
/// The caller may not do this.
pub fn virtual_host(caller: &Caller, verb: Verb) -> Result<(), Refusal> {
    let roles: &[&str] = match verb {
        Verb::List => &[ADMINISTRATOR, GUEST, SELF_SERVICE],
        Verb::Read => &[ADMINISTRATOR, GUEST],
        // The portal does not offer these: who may change virtual hosts at all is told so.
        Verb::Create | Verb::Update | Verb::Delete => &[ADMINISTRATOR, SELF_SERVICE],
    };
    one_of(caller, roles)
}

/// Virtual host requests.
///
/// # Errors
/// The caller may not do this.
pub fn virtual_host_request(caller: &Caller) -> Result<(), Refusal> {
    one_of(caller, &[SELF_SERVICE])
}

/// `Configuration.svc/$metadata`, which no role of a tenant opens.
///
/// # Errors
/// The caller is one whose roles are known.
pub fn configuration_metadata(caller: &Caller) -> Result<(), Refusal> {
    one_of(caller, &[])
}

const fn is_read(verb: Verb) -> bool {
    matches!(verb, Verb::List | Verb::Read)
}

fn one_of(caller: &Caller, roles: &[&str]) -> Result<(), Refusal> {
    if caller.unrestricted || roles.iter().any(|role| caller.has(role)) {
        return Ok(());
    }
    Err(Error::RoleMissing.into())
}
