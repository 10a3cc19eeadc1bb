//! SAP API Management: certificate stores with their certificates, references, virtual hosts, API providers and key value
//! maps.
//!
//! What a store holds cannot be downloaded, or only from trust stores: of a certificate whose bytes are not told, one
//! with the same names and dates stands in.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::facts::{Facts, KeyFacts};
use super::material::{STAND_IN, has_private_key};
use super::reader::Reader;
use crate::apis::sap_api_management::scenario::{
    CertificateSection, GenericMapSection, HostSection, LifeCycle, MapSection, ProviderSection, ReferenceSection,
    Section, StoreSection, TenantSection, ValueSection, known_of_provider,
};
use crate::effects::Timestamp;
use crate::pki::certificate_factory;
use crate::scenario;
use crate::seed::{Generate, Material};
use crate::tenant::odata::{Entity, Service};
use crate::tenant::{Failure, System};

/// Properties of API providers that are secrets.
const SECRETS: [&str; 5] = ["password", "clientSecret", "orgSecret", "userSecret", "keystorePassword"];

/// More virtual hosts than that a tenant has only by agreement.
const USUAL_HOSTS: usize = 3;

/// The section, and the switches that what was read has shown.
pub(super) fn read(reader: &Reader<'_>) -> Result<(Value, Value), Failure> {
    let root = "/apiportal/api/1.0/Management.svc";
    let service = Service { client: reader.client, system: System::ApiManagement, root };
    let (certificate_stores, content_is_shown) = stores(reader, &service)?;
    let references = reader.list(&service, "references", "CertificateStoreReferences")?;
    let hosts = reader.list(&service, "virtual hosts", "VirtualHosts")?;
    let providers = reader.list(&service, "API providers", "APIProviders")?;
    let mut behaviour = Map::new();
    if hosts.len() > USUAL_HOSTS {
        behaviour.insert("virtual_host_limit".to_owned(), json!("unlimited"));
    }
    if content_is_shown {
        behaviour.insert("certificate_content".to_owned(), json!("echo"));
    }
    let names = Known::of(&certificate_stores, &references);
    let tenant = tenant(&hosts);
    let section = Section {
        virtual_hosts: hosts.iter().map(|row| host(row, &tenant, &names)).collect(),
        tenant,
        certificate_stores,
        certificate_store_references: references.iter().map(reference).collect(),
        api_providers: providers.iter().map(|row| provider(reader, row)).collect(),
        key_value_maps: maps(reader, &service)?,
        generic_key_value_maps: generic_maps(reader, &service)?,
    };
    Ok((scenario::value(&section).unwrap_or_default(), Value::Object(behaviour)))
}

/// The stores, and whether certificates show their content.
fn stores(reader: &Reader<'_>, service: &Service<'_>) -> Result<(Vec<StoreSection>, bool), Failure> {
    let rows = service.list("CertificateStores")?;
    let certificates = reader.list(service, "certificates", "Certificates")?;
    let shown = certificates.iter().any(|row| row.text("content").is_some());
    let store = |row: &Entity| {
        let word = row.said("storeType");
        let Ok(type_name) = serde_json::from_value(json!(word)) else {
            reader.note(format!("the store {} was left out: it is of a type {word}", row.said("name")));
            return None;
        };
        let own = certificates.iter().filter(|one| one.text("storeName") == row.text("name"));
        let is_key_store = word.starts_with('K');
        Some(StoreSection {
            name: row.said("name"),
            type_name,
            certificates: own.map(|one| certificate(reader, one, is_key_store)).collect(),
            life_cycle: life_cycle(row),
        })
    };
    Ok((rows.iter().filter_map(store).collect(), shown))
}

fn certificate(reader: &Reader<'_>, row: &Entity, is_key_store: bool) -> CertificateSection {
    let material = content(reader, row).filter(|_| !is_key_store);
    let (pem, base64, generate) = match material {
        Some(Material::Pem(text)) => (Some(text), None, None),
        Some(Material::Base64(text)) => (None, Some(text), None),
        Some(Material::Generate(what)) => (None, None, Some(what)),
        _ => (None, None, Some(stand_in(row))),
    };
    CertificateSection {
        name: row.said("name"),
        file: None,
        pem,
        base64,
        generate,
        password: None,
        description: row.text("description").map(ToOwned::to_owned),
        format: row.text("format").map(ToOwned::to_owned),
        cs_key: row.text("csKey").map(ToOwned::to_owned),
        life_cycle: life_cycle(row),
    }
}

/// What was uploaded, if the tenant shows it; beside a private key, and of what is minted, one certificate is left.
fn content(reader: &Reader<'_>, row: &Entity) -> Option<Material> {
    let bytes = STANDARD.decode(row.text("content")?).ok()?;
    let first = certificate_factory::certificates(&bytes).ok()?.into_iter().next()?;
    match reader.materials.certificate(&first) {
        Material::Pem(_) if !has_private_key(&bytes) => {
            Some(String::from_utf8(bytes).map_or_else(|error| Material::of_bytes(error.as_bytes()), Material::Pem))
        }
        one => Some(one),
    }
}

/// By what a row says. The kind of key is not told: it is taken from how a self-signed certificate is signed.
fn stand_in(row: &Entity) -> Generate {
    let moment = |name| Timestamp(row.number(name).unwrap_or_default());
    let (subject, issuer) = (row.said("subjectEmail"), row.said("issuerEmail"));
    let algorithm = row.said("signAlgName");
    let family = if subject == issuer {
        algorithm.rsplit("with").next().unwrap_or_default().replace("ECDSA", "EC")
    } else {
        "RSA".to_owned()
    };
    let facts = Facts {
        subject: if subject.is_empty() { format!("CN={}", row.said("name")) } else { subject },
        issuer,
        valid: [moment("validFrom"), moment("expiryDate")],
        signature_algorithm: algorithm,
        key: KeyFacts { family, ..KeyFacts::default() },
        ..Facts::default()
    };
    facts.stand_in(&[])
}

fn reference(row: &Entity) -> ReferenceSection {
    ReferenceSection {
        name: row.said("name"),
        certificate_store_name: row.said("certificateStoreName"),
        store_type: None,
        life_cycle: life_cycle(row),
    }
}

/// The domain of virtual hosts without a domain of their own; certmimic's if there is none.
fn tenant(hosts: &[Entity]) -> TenantSection {
    let domain = hosts.iter().filter(|row| !row.flag("isForCustomDomain")).find_map(|row| {
        let host = row.text("virtual_host")?;
        Some(host.split_once('.')?.1.to_owned())
    });
    let usual = TenantSection::default();
    TenantSection { domain: domain.unwrap_or(usual.domain), ..usual }
}

fn host(row: &Entity, tenant: &TenantSection, known: &Known) -> HostSection {
    let name = row.said("virtual_host");
    let alias = name.strip_suffix(tenant.domain.as_str()).and_then(|alias| alias.strip_suffix('.'));
    let alias = alias.filter(|alias| !row.flag("isForCustomDomain") && !alias.contains('.'));
    let id = row.said("id");
    let trust_store = row.present("trustStore").filter(|_| row.flag("isClientAuthEnabled"));
    let (key_store, key_store_alias) = (row.present("keyStoreName"), row.present("keyStoreAlias"));
    HostSection {
        name: row.present("name").filter(|name| *name != id),
        custom_domain: alias.is_none().then(|| name.clone()),
        alias: alias.map(ToOwned::to_owned),
        default: row.flag("isDefault"),
        dangling: !known.holds(key_store.as_deref(), key_store_alias.as_deref())
            || !known.holds(trust_store.as_deref(), None),
        key_store,
        key_store_alias,
        trust_store,
        project_path: row.present("projectPath"),
        life_cycle: life_cycle(row),
        id: Some(id),
    }
}

/// What virtual hosts can name.
struct Known {
    /// Stores, and references with their prefix.
    stores: BTreeSet<String>,
    /// Certificates by the store, or by the reference that leads to it.
    certificates: BTreeSet<(String, String)>,
}

impl Known {
    fn of(stores: &[StoreSection], references: &[Entity]) -> Self {
        let mut known = Self { stores: BTreeSet::new(), certificates: BTreeSet::new() };
        for store in stores {
            let links = references.iter().filter(|row| row.text("certificateStoreName") == Some(&store.name));
            let links = links.map(|row| format!("ref://{}", row.said("name")));
            for link in links.chain([store.name.clone()]) {
                known.certificates.extend(store.certificates.iter().map(|one| (link.clone(), one.name.clone())));
                known.stores.insert(link);
            }
        }
        known
    }

    /// True if what is named is there.
    fn holds(&self, store: Option<&str>, alias: Option<&str>) -> bool {
        let Some(store) = store else { return true };
        let holds = |alias: &str| self.certificates.contains(&(store.to_owned(), alias.to_owned()));
        self.stores.contains(store) && alias.is_none_or(holds)
    }
}

/// Properties by the names of the API, but for what the server sets, and for what nobody knows here: it may be a secret.
fn provider(reader: &Reader<'_>, row: &Entity) -> ProviderSection {
    let mut properties = known_of_provider(&row.0);
    let links = |value: &Value| value.get("__deferred").is_some();
    for (name, _) in row.0.iter().filter(|(_, value)| !value.is_null() && !links(value)) {
        if !name.starts_with("__") && !properties.contains_key(name) {
            reader.note(format!("the property {name} of API providers was left out: it is not known here"));
        }
    }
    properties.retain(|name, _| name != "name" && name != "life_cycle");
    for (name, value) in &mut properties {
        if SECRETS.contains(&name.as_str()) {
            *value = json!(STAND_IN);
        }
    }
    ProviderSection { name: row.said("name"), life_cycle: life_cycle(row), properties }
}

fn maps(reader: &Reader<'_>, service: &Service<'_>) -> Result<Vec<MapSection>, Failure> {
    let rows = reader.list(service, "key value maps", "KeyMapEntries")?;
    let values = if rows.is_empty() {
        Vec::new()
    } else {
        reader.list(service, "values of key value maps", "KeyMapEntryValues")?
    };
    let map = |row: &Entity| {
        let encrypted = row.flag("encrypted");
        let own = values.iter().filter(|value| value.text("map_name") == row.text("name"));
        MapSection {
            name: row.said("name"),
            scope: row.text("scope").map(ToOwned::to_owned),
            encrypted,
            values: own.map(|one| value(one, encrypted)).collect(),
            life_cycle: life_cycle(row),
        }
    };
    Ok(rows.iter().map(map).collect())
}

fn generic_maps(reader: &Reader<'_>, service: &Service<'_>) -> Result<Vec<GenericMapSection>, Failure> {
    let rows = reader.list(service, "generic key value maps", "GenericKeyMapEntries")?;
    let values = if rows.is_empty() {
        Vec::new()
    } else {
        reader.list(service, "values of generic key value maps", "GenericKeyMapEntryValues")?
    };
    let map = |row: &Entity| {
        let encrypted = row.flag("isEncrypted");
        let same = |value: &Entity, name: &str| value.text(name) == row.text(name);
        let own = values.iter().filter(|value| {
            value.text("mapName") == row.text("name") && same(value, "scope") && same(value, "scopeId")
        });
        GenericMapSection {
            name: row.said("name"),
            scope: row.said("scope"),
            scope_id: row.said("scopeId"),
            encrypted,
            values: own.map(|one| value(one, encrypted)).collect(),
            life_cycle: life_cycle(row),
        }
    };
    Ok(rows.iter().map(map).collect())
}

fn value(row: &Entity, encrypted: bool) -> ValueSection {
    let value = row.text("value").map(ToOwned::to_owned);
    let value = if encrypted { Some(STAND_IN.to_owned()) } else { value };
    ValueSection { name: row.said("name"), value, life_cycle: life_cycle(row) }
}

fn life_cycle(row: &Entity) -> LifeCycle {
    let told = row.part("life_cycle");
    let at = |name| told.moment(name).map(Timestamp::iso_millis);
    LifeCycle {
        created_at: at("created_at"),
        created_by: told.present("created_by"),
        changed_at: at("changed_at"),
        changed_by: told.present("changed_by"),
    }
}
