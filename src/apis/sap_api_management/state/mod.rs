//! State and rules, without HTTP. Each file has the rules of one kind of entity as methods of [`State`].

mod certificates;
mod contents;
mod history;
mod hosts;
mod key_value_maps;
mod material;
mod names;
mod providers;
mod references;
mod requests;
mod store_type;
mod stores;

use std::sync::Arc;

use super::behaviour::Behaviour;
use crate::odata::Memo;
use crate::store::{Listed, Table, Text};

pub use certificates::{Certificate, Description, Replacement, Upload};
pub use history::{Author, History};
pub use hosts::VirtualHost;
pub use key_value_maps::{KeyValue, KeyValueMap, KeyValueMaps, MapKey};
pub use material::Material;
pub use names::{CertificateName, HostId, ProviderName, ReferenceName, StoreLink, StoreName};
pub use providers::Provider;
pub use references::{Reference, Repoint};
pub use requests::{HostOperation, HostRequest};
pub use store_type::{StoreType, TypeName};
pub use stores::CertificateStore;

/// All state of this API in a world.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The switches.
    pub behaviour: Behaviour,
    /// The tenant's own names.
    pub tenant: Tenant,
    /// Certificate stores with their contents.
    pub stores: Table<StoreName, Arc<CertificateStore>>,
    /// Certificate store references.
    pub references: Listed<ReferenceName, Arc<Reference>, Memo>,
    /// Virtual hosts.
    pub hosts: Table<HostId, Arc<VirtualHost>>,
    /// API providers.
    pub providers: Table<ProviderName, Arc<Provider>>,
    /// Key value maps.
    pub key_value_maps: KeyValueMaps,
    /// Key value maps that have a scope in their key.
    pub generic_key_value_maps: KeyValueMaps,
}

/// Host names that a tenant is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// The domain of virtual hosts that have no domain of their own.
    pub domain: Text,
    /// The host that a custom domain's DNS record is to name.
    pub load_balancer: Text,
}

impl Default for Tenant {
    fn default() -> Self {
        Self { domain: "apis.certmimic.example".into(), load_balancer: "lb.certmimic.example".into() }
    }
}
