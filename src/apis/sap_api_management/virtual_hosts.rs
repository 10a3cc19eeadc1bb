//! `VirtualHosts`: the read side. Changes go through [`VirtualHostRequests`](super::virtual_host_requests).

use super::edm::VIRTUAL_HOSTS;
use super::state::{State, StoreLink, VirtualHost};
use super::{life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::Set;
use crate::odata::{self, Context, Dialect, Entity, EntitySet, Key, Rows, Value, Verb};

/// The entity set.
pub struct VirtualHosts;

impl EntitySet<State> for VirtualHosts {
    fn set(&self) -> &'static Set {
        &VIRTUAL_HOSTS
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::virtual_host(caller, verb)
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.hosts.values().map(|host| entity(host))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let host = state.hosts.get(key.text("id"));
        host.map(|host| entity(host)).ok_or_else(|| odata::Error::EntityNotFound.into())
    }
}

/// The text of a link as it was sent.
pub(super) fn link(link: Option<&StoreLink>) -> Value {
    Value::text(link.map(ToString::to_string))
}

fn entity(host: &VirtualHost) -> Entity {
    Entity::new(
        &VIRTUAL_HOSTS,
        vec![
            Value::from(host.id.text()),
            Value::from(host.client_auth),
            Value::from(host.is_default),
            Value::from(host.is_custom),
            // Every virtual host is reached over TLS.
            Value::from(true),
            Value::text(host.key_store_alias.as_ref()),
            link(host.key_store.as_ref()),
            life_cycle::value(&host.history),
            Value::from(&host.name),
            Value::text(host.project_path.as_ref()),
            link(host.trust_store.as_ref()),
            Value::from(&host.host),
            Value::from(VirtualHost::PORT),
        ],
    )
}
