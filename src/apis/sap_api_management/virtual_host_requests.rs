//! `VirtualHostRequests`: one operation that makes, changes and deletes virtual hosts (pages 1085228, 6b9e5a3, 9faf7ce,
//! 2453233). Every request completes at once.

use super::edm::VIRTUAL_HOST_REQUESTS;
use super::error::Error;
use super::state::{HostOperation, HostRequest, State, VirtualHost};
use super::{life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, Dialect, Entity, EntitySet, Entry, Value, Verb};
use crate::store::{Draft, Text};

/// The entity set.
pub struct VirtualHostRequests;

impl EntitySet<State> for VirtualHostRequests {
    fn set(&self) -> &'static Set {
        &VIRTUAL_HOST_REQUESTS
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, _verb: Verb) -> Result<(), Refusal> {
        roles::virtual_host_request(caller)
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        let operation = entry.text("operation").and_then(HostOperation::parse).ok_or(Error::HostOperationUnknown)?;
        let author = life_cycle::author(cx);
        let host = draft.state.request_host(operation, &request(entry), &author, draft.effects.ids)?;
        let id = draft.effects.ids.uuid();
        let history = match operation {
            HostOperation::Delete => host.history.changed(&author),
            HostOperation::Create | HostOperation::Update => host.history.clone(),
        };
        let answer = Allocated {
            id: id.into(),
            host: &host,
            deleted: operation == HostOperation::Delete,
            load_balancer: &draft.state.tenant.load_balancer,
            life_cycle: life_cycle::value(&history),
        };
        Ok(Answer::Created(answer.entity(entry)))
    }
}

fn request(entry: &Entry) -> HostRequest<'_> {
    HostRequest {
        host_id: entry.text("virtualHostId"),
        url: entry.text("virtualHostUrl"),
        default: flag(entry, "isDefaultVirtualHostRequest"),
        custom: flag(entry, "isForCustomDomain"),
        key_store: entry.text("keyStoreName"),
        key_store_alias: entry.text("keyStoreAlias").filter(|alias| !alias.is_empty()),
        client_auth: flag(entry, "isClientAuthEnabled"),
        trust_store: entry.text("trustStore"),
    }
}

fn flag(entry: &Entry, property: &str) -> Option<bool> {
    match entry.value(property) {
        Some(Value::Boolean(value)) => Some(*value),
        _ => None,
    }
}

/// A request that has been carried out.
struct Allocated<'a> {
    id: Text,
    host: &'a VirtualHost,
    deleted: bool,
    load_balancer: &'a Text,
    life_cycle: Value,
}

impl Allocated<'_> {
    /// What was sent comes back as it was sent; of a deletion only the identifiers do.
    fn entity(self, sent: &Entry) -> Entity {
        let echo = |property: &str| match sent.text(property) {
            Some(text) if !self.deleted => Value::from(text.to_owned()),
            _ => Value::Null,
        };
        let unless_deleted = |value: Value| if self.deleted { Value::Null } else { value };
        let is_default = flag(sent, "isDefaultVirtualHostRequest").unwrap_or_default();
        let load_balancer = (self.host.is_custom && !self.deleted).then_some(self.load_balancer);
        Entity::new(
            &VIRTUAL_HOST_REQUESTS,
            vec![
                echo("accountId"),
                Value::from(if self.deleted { 0 } else { VirtualHost::PORT }),
                unless_deleted(Value::from("COMPLETE")),
                Value::from(""),
                Value::String(self.id),
                Value::from(self.host.client_auth && !self.deleted),
                Value::from(is_default),
                Value::from(self.host.is_custom && !self.deleted),
                Value::from(false),
                Value::from(false),
                echo("keyStoreAlias"),
                echo("keyStoreName"),
                self.life_cycle,
                sent.text("operation").map_or(Value::Null, |operation| Value::from(operation.to_owned())),
                echo("trustStore"),
                Value::from(self.host.id.text()),
                unless_deleted(Value::from(&self.host.host)),
                Value::text(load_balancer),
            ],
        )
    }
}
