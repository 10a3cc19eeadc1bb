//! From state to the section that builds it again.

use super::provider;
use super::{
    CertificateSection, GenericMapSection, HostSection, LifeCycle, MapSection, ProviderSection, ReferenceSection,
    Section, StoreSection, TenantSection, ValueSection,
};
use crate::apis::sap_api_management::state::{
    Certificate, CertificateStore, History, KeyValue, KeyValueMap, Material, Provider, Reference, State, StoreLink,
    VirtualHost,
};
use crate::seed;
use crate::store::Text;

/// The section that builds this state again.
pub fn export(state: &State) -> Section {
    Section {
        tenant: TenantSection {
            domain: state.tenant.domain.to_string(),
            load_balancer: state.tenant.load_balancer.to_string(),
        },
        certificate_stores: state.stores.values().map(|item| store(item)).collect(),
        certificate_store_references: state.references.values().map(|item| reference(state, item)).collect(),
        virtual_hosts: state.hosts.values().map(|item| host(state, item)).collect(),
        api_providers: state.providers.values().map(|item| api_provider(item)).collect(),
        key_value_maps: state.key_value_maps.iter().map(|item| map(item)).collect(),
        generic_key_value_maps: state.generic_key_value_maps.iter().map(|item| generic_map(item)).collect(),
    }
}

fn store(store: &CertificateStore) -> StoreSection {
    StoreSection {
        name: store.name.to_string(),
        type_name: store.type_name,
        certificates: store.certificates.values().map(|item| certificate(item)).collect(),
        life_cycle: life_cycle(&store.history),
    }
}

fn certificate(certificate: &Certificate) -> CertificateSection {
    let source = match &certificate.material {
        Material::KeyPair { key, chain } => seed::Material::of_key_pair(key, chain),
        // The bytes that were uploaded, since the API can give them back.
        Material::Trusted { content, .. } => match std::str::from_utf8(content) {
            Ok(text) => seed::Material::Pem(text.to_owned()),
            Err(_) => seed::Material::of_bytes(content),
        },
    };
    let (pem, base64) = match source {
        seed::Material::Pem(text) => (Some(text), None),
        seed::Material::Base64(text) => (None, Some(text)),
        seed::Material::File(_) | seed::Material::Generate(_) => (None, None),
    };
    CertificateSection {
        name: certificate.name.to_string(),
        file: None,
        pem,
        base64,
        generate: None,
        password: None,
        description: text(certificate.description.as_ref()),
        format: text(certificate.format.as_ref()),
        cs_key: text(certificate.cs_key.as_ref()),
        life_cycle: life_cycle(&certificate.history),
    }
}

fn reference(state: &State, reference: &Reference) -> ReferenceSection {
    let points_to = state.stores.get(&reference.store).map(|store| store.store_type());
    ReferenceSection {
        name: reference.name.to_string(),
        certificate_store_name: reference.store.to_string(),
        store_type: (points_to != Some(reference.store_type)).then_some(reference.store_type),
        life_cycle: life_cycle(&reference.history),
    }
}

fn host(state: &State, host: &VirtualHost) -> HostSection {
    let below = host.host.strip_suffix(state.tenant.domain.as_str()).and_then(|alias| alias.strip_suffix('.'));
    let link = |link: Option<&StoreLink>| link.map(ToString::to_string);
    HostSection {
        id: Some(host.id.to_string()),
        name: (host.name != *host.id.text()).then(|| host.name.to_string()),
        alias: below.filter(|_| !host.is_custom).map(ToOwned::to_owned),
        custom_domain: host.is_custom.then(|| host.host.to_string()),
        default: host.is_default,
        key_store: link(host.key_store.as_ref()),
        key_store_alias: text(host.key_store_alias.as_ref()),
        trust_store: link(host.trust_store.as_ref()),
        dangling: !state.is_whole(host),
        project_path: text(host.project_path.as_ref()),
        life_cycle: life_cycle(&host.history),
    }
}

fn api_provider(provider: &Provider) -> ProviderSection {
    ProviderSection {
        name: provider.name.to_string(),
        life_cycle: life_cycle(&provider.history),
        properties: provider::properties(&provider.values),
    }
}

fn map(map: &KeyValueMap) -> MapSection {
    MapSection {
        name: map.key.name.to_string(),
        scope: text(map.scope.as_ref()),
        encrypted: map.encrypted,
        values: map.values.values().map(|item| value(item)).collect(),
        life_cycle: life_cycle(&map.history),
    }
}

fn generic_map(map: &KeyValueMap) -> GenericMapSection {
    GenericMapSection {
        name: map.key.name.to_string(),
        scope: map.key.scope.to_string(),
        scope_id: map.key.scope_id.to_string(),
        encrypted: map.encrypted,
        values: map.values.values().map(|item| value(item)).collect(),
        life_cycle: life_cycle(&map.history),
    }
}

fn value(value: &KeyValue) -> ValueSection {
    ValueSection {
        name: value.name.to_string(),
        value: value.value.as_ref().map(|secret| secret.reveal().to_owned()),
        life_cycle: life_cycle(&value.history),
    }
}

fn life_cycle(history: &History) -> LifeCycle {
    LifeCycle {
        created_at: Some(history.created_at.iso_millis()),
        created_by: Some(history.created_by.to_string()),
        changed_at: Some(history.changed_at.iso_millis()),
        changed_by: Some(history.changed_by.to_string()),
    }
}

fn text(text: Option<&Text>) -> Option<String> {
    text.map(ToString::to_string)
}
