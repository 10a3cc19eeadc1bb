//! Virtual hosts: where a tenant's proxies are reached, and which stores their TLS uses.

use super::{History, HostId, StoreLink};
use crate::store::Text;

/// A virtual host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualHost {
    /// Its identifier.
    pub id: HostId,
    /// Its name; that of one made by a request is its identifier.
    pub name: Text,
    /// The full host name.
    pub host: Text,
    /// Whether it is the tenant's default one; exactly one is.
    pub is_default: bool,
    /// Whether the host name is the customer's own, not one below the tenant's domain.
    pub is_custom: bool,
    /// Where its certificate and key come from.
    pub key_store: Option<StoreLink>,
    /// The name of that certificate in the key store.
    pub key_store_alias: Option<Text>,
    /// Whether clients must show a certificate.
    pub client_auth: bool,
    /// Whom client certificates must come from; `None` without client authentication.
    pub trust_store: Option<StoreLink>,
    /// Of no use here; kept for what is seeded.
    pub project_path: Option<Text>,
    /// Who made and changed it.
    pub history: History,
}

impl VirtualHost {
    /// The port of every virtual host.
    pub const PORT: i32 = 443;

    /// What it says of stores.
    pub fn links(&self) -> impl Iterator<Item = &StoreLink> {
        self.key_store.iter().chain(&self.trust_store)
    }
}
