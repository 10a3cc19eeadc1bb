//! Who may do what: the roles of service keys (authorization of API access plans), and what nobody may.

use super::behaviour::StoreWrites;
use super::error::Error;
use super::state::State;
use crate::contract::{Caller, Refusal};
use crate::odata::edm::Set;
use crate::odata::{Context, Verb};

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

/// The refusal of a write that the switch does not let through, on stores and certificates alike.
///
/// # Errors
/// The switch does not let it through.
pub fn check_writable(set: &'static Set, cx: &Context<'_>, state: &State, verb: Verb) -> Result<(), Refusal> {
    let allowed = match state.behaviour.store_writes {
        StoreWrites::CreateAndDelete => true,
        StoreWrites::CreateOnly => verb == Verb::Create,
        StoreWrites::ReadOnly => false,
    };
    if allowed { Ok(()) } else { Err(cx.dialect.not_implemented(verb, set)) }
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
