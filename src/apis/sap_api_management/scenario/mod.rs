//! The `sap_api_management` section of a scenario: stores, references, virtual hosts and providers.

mod build;
mod export;
mod key_value_maps;
mod links;
mod provider;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::state::{StoreType, TypeName};
use crate::seed::Generate;

pub use build::build;
pub use export::export;
pub use key_value_maps::{GenericMapSection, MapSection, ValueSection};
pub use provider::known as known_of_provider;

/// What a tenant of SAP API Management holds.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// The tenant's own host names.
    pub tenant: TenantSection,
    /// Certificate stores with their certificates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificate_stores: Vec<StoreSection>,
    /// Certificate store references.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificate_store_references: Vec<ReferenceSection>,
    /// Virtual hosts. If none of them is the default one, `default` below the tenant's domain is added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub virtual_hosts: Vec<HostSection>,
    /// API providers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub api_providers: Vec<ProviderSection>,
    /// Key value maps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_value_maps: Vec<MapSection>,
    /// Key value maps that have a scope in their key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub generic_key_value_maps: Vec<GenericMapSection>,
}

/// Host names that a tenant is given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct TenantSection {
    /// The domain of virtual hosts that have no domain of their own.
    pub domain: String,
    /// The host that the DNS record of a custom domain is to name.
    pub load_balancer: String,
}

/// A certificate store.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StoreSection {
    /// Its name.
    pub name: String,
    /// `KEYSTORE` or `TRUSTSTORE`, or shorter `KS` or `TS`: reading it answers the same word.
    #[serde(rename = "type")]
    pub type_name: TypeName,
    /// Its certificates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<CertificateSection>,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}

/// A certificate of a store, from one of `file`, `pem`, `base64` and `generate`: in a key store a key pair (PKCS#12,
/// or PEM with the private key), in a trust store one certificate or several (PEM or DER).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CertificateSection {
    /// Its name in the store: what virtual hosts call the alias.
    pub name: String,
    /// A path, relative to the scenario file, or `fixture:NAME`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// PEM text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
    /// Base64 of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// A certificate to mint, valid relative to the scenario's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generate: Option<Generate>,
    /// What opens a PKCS#12 file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What the uploader called the format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Kept as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cs_key: Option<String>,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}

/// A certificate store reference.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReferenceSection {
    /// Its name.
    pub name: String,
    /// The store that it points to.
    pub certificate_store_name: String,
    /// The type of a store that is no more; only where `delete_linked_store` lets references dangle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store_type: Option<StoreType>,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}

/// A virtual host, with either an `alias` or a `custom_domain`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct HostSection {
    /// Its identifier; derived from the seed if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name; its identifier if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The first label of its host name, below the tenant's domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Its full host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_domain: Option<String>,
    /// Whether it is the tenant's default one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
    /// The key store: its name, or `ref://` and the name of a reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_store: Option<String>,
    /// The name of the certificate in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_store_alias: Option<String>,
    /// The trust store of client certificates, by name or `ref://`; with one, clients must show a certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_store: Option<String>,
    /// Whether it may name what there is not: its stores, references and alias can be deleted, and references repointed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dangling: bool,
    /// Its path in a project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_path: Option<String>,
    /// Who made and changed it.
    #[serde(skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}

/// An API provider: its name, and its properties as the API has them (`host`, `port`, `sslInfo`, …).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProviderSection {
    /// Its name.
    pub name: String,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
    /// Its properties.
    #[serde(flatten)]
    pub properties: Map<String, Value>,
}

/// Who made and changed something, and when: dates, or spans from the scenario's clock. Without it the scenario did,
/// at its clock's time.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct LifeCycle {
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub created_at: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub changed_at: Option<String>,
    /// Who last changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
}

impl LifeCycle {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for TenantSection {
    fn default() -> Self {
        let tenant = super::state::Tenant::default();
        Self { domain: tenant.domain.to_string(), load_balancer: tenant.load_balancer.to_string() }
    }
}
