//! From a section to state, through the rules that requests go through.

use std::sync::Arc;

use bytes::Bytes;

use super::{
    CertificateSection, GenericMapSection, HostSection, LifeCycle, MapSection, ProviderSection, ReferenceSection,
    Section, StoreSection, ValueSection,
};
use super::{links, provider};
use crate::apis::sap_api_management::behaviour::{Behaviour, LinkedStore};
use crate::apis::sap_api_management::edm;
use crate::apis::sap_api_management::error::Error;
use crate::apis::sap_api_management::state::{
    Author, Certificate, CertificateName, CertificateStore, History, HostId, HostRequest, KeyValueMap, MapKey,
    Material, ProviderName, Reference, ReferenceName, State, StoreName, StoreType, Tenant, VirtualHost,
};
use crate::contract::Refusal;
use crate::odata::Memo;
use crate::odata::edm::Set;
use crate::seed::{self, Code, Place, Problem, Seeding, moment};
use crate::store::{Secret, Table, Text};

/// Who makes what a scenario describes.
const AUTHOR: &str = "certmimic";

/// The first label of the default virtual host that is added where a scenario has none.
const DEFAULT_ALIAS: &str = "default";

/// The state that a section describes.
///
/// # Errors
/// What the system would refuse, and where it stands.
pub fn build(section: &Section, behaviour: &Behaviour, seeding: &Seeding<'_>, place: &Place) -> Result<State, Problem> {
    let tenant = Tenant {
        domain: section.tenant.domain.clone().into(),
        load_balancer: section.tenant.load_balancer.clone().into(),
    };
    let mut state = State { behaviour: behaviour.clone(), tenant, ..State::default() };
    let mut builder = Builder { state: &mut state, seeding };
    each(&section.certificate_stores, &place.member("certificate_stores"), |item, at| builder.store(item, at))?;
    each(&section.certificate_store_references, &place.member("certificate_store_references"), |item, at| {
        builder.reference(item, at)
    })?;
    let hosts = place.member("virtual_hosts");
    if !section.virtual_hosts.iter().any(|host| host.default) {
        let default = HostSection { alias: Some(DEFAULT_ALIAS.to_owned()), default: true, ..HostSection::default() };
        builder.host(&default, &hosts)?;
    }
    each(&section.virtual_hosts, &hosts, |item, at| builder.host(item, at))?;
    each(&section.api_providers, &place.member("api_providers"), |item, at| builder.provider(item, at))?;
    each(&section.key_value_maps, &place.member("key_value_maps"), |item, at| builder.map(item, at))?;
    each(&section.generic_key_value_maps, &place.member("generic_key_value_maps"), |item, at| {
        builder.generic_map(item, at)
    })?;
    Ok(state)
}

fn each<T>(items: &[T], place: &Place, mut add: impl FnMut(&T, &Place) -> Result<(), Problem>) -> Result<(), Problem> {
    items.iter().enumerate().try_for_each(|(index, item)| add(item, &place.item(index)))
}

struct Builder<'b> {
    state: &'b mut State,
    seeding: &'b Seeding<'b>,
}

impl Builder<'_> {
    fn store(&mut self, section: &StoreSection, place: &Place) -> Result<(), Problem> {
        let name = name(&section.name, &edm::CERTIFICATE_STORES, StoreName::parse, place)?;
        if self.state.stores.contains(&name) {
            return Err(Problem::twice(place.member("name"), "certificate store", name.as_str()));
        }
        let store = CertificateStore {
            name: name.clone(),
            type_name: section.type_name,
            certificates: Table::default(),
            history: self.history(&section.life_cycle, place)?,
        };
        self.state.stores.insert(name.clone(), Arc::new(store));
        let contents = place.member("certificates");
        each(&section.certificates, &contents, |item, at| self.certificate(&name, item, at))
    }

    /// An expired certificate is accepted: it may have been uploaded before it expired.
    fn certificate(&mut self, store: &StoreName, section: &CertificateSection, place: &Place) -> Result<(), Problem> {
        let name = name(&section.name, &edm::CERTIFICATES, CertificateName::parse, place)?;
        let holder = Arc::clone(self.state.store(store.as_str()).map_err(|error| refused(error, place))?);
        if holder.certificates.contains(&name) {
            return Err(Problem::twice(place.member("name"), "certificate", name.as_str()));
        }
        let text = |text: &Option<String>| text.clone().map(Text::from);
        let certificate = Certificate {
            name,
            material: self.material(&holder, section, place)?,
            description: text(&section.description),
            format: text(&section.format),
            cs_key: text(&section.cs_key),
            history: self.history(&section.life_cycle, place)?,
        };
        self.state.put_certificate(&holder, certificate);
        Ok(())
    }

    /// What the API takes, and besides what it has no form for: minted certificates, and key pairs as PEM text.
    fn material(
        &self,
        store: &CertificateStore,
        section: &CertificateSection,
        place: &Place,
    ) -> Result<Material, Problem> {
        let (file, pem, base64) = (section.file.as_deref(), section.pem.as_deref(), section.base64.as_deref());
        let source = seed::Material::one_of(file, pem, base64, section.generate.as_ref(), place)?;
        let identity = format!("sap_api_management/{}/{}", store.name, section.name);
        let minted = matches!(source, seed::Material::Generate(_));
        let bytes = if minted { Bytes::new() } else { self.seeding.bytes(&source, place)?.into_owned().into() };
        let password = section.password.as_deref();
        match store.store_type() {
            StoreType::KeyStore if minted || bytes.starts_with(b"-----BEGIN ") => {
                let pair = self.seeding.key_pair(&source, password, &identity, place)?;
                Ok(Material::KeyPair { key: pair.key, chain: pair.chain })
            }
            StoreType::TrustStore if minted => {
                let certificate = self.seeding.certificate(&source, &identity, place)?;
                let content = Bytes::from(certificate.pem());
                Ok(Material::Trusted { certificates: vec![certificate], content })
            }
            store_type => {
                Material::read(bytes, password, store_type).map_err(|error| refused(error, &place.member(source.key())))
            }
        }
    }

    fn reference(&mut self, section: &ReferenceSection, place: &Place) -> Result<(), Problem> {
        let name = name(&section.name, &edm::CERTIFICATE_STORE_REFERENCES, ReferenceName::parse, place)?;
        if self.state.references.contains(&name) {
            return Err(Problem::twice(place.member("name"), "reference", name.as_str()));
        }
        let history = self.history(&section.life_cycle, place)?;
        let reference = if let Some((store, store_type)) = self.dangling(section, place)? {
            Reference { name, store, store_type, history, memo: Memo::default() }
        } else {
            let author = Author { name: AUTHOR.into(), now: self.seeding.now };
            let store = section.certificate_store_name.as_str();
            links::store(self.state, store, &place.member("certificate_store_name"))?;
            let made =
                self.state.create_reference(name, Some(store), &author).map_err(|error| refused(error, place))?;
            Reference { history, ..Reference::clone(&made) }
        };
        self.state.references.insert(reference.name.clone(), Arc::new(reference));
        Ok(())
    }

    /// What a reference points to although it is no more: possible only if the switch lets stores in use be deleted.
    fn dangling(&self, section: &ReferenceSection, place: &Place) -> Result<Option<(StoreName, StoreType)>, Problem> {
        let Some(store_type) = section.store_type else {
            return Ok(None);
        };
        let found = self.state.stores.get(section.certificate_store_name.as_str());
        let store = StoreName::parse(&section.certificate_store_name);
        match (found, store, self.state.behaviour.delete_linked_store) {
            (Some(found), _, _) if found.store_type() == store_type => Ok(None),
            (_, Some(store), LinkedStore::Deleted) => Ok(Some((store, store_type))),
            (None, ..) => {
                let place = place.member("certificate_store_name");
                links::store(self.state, &section.certificate_store_name, &place).map(|_| None)
            }
            (Some(found), ..) => {
                let message = format!("the certificate store \"{}\" is no {}", found.name, store_type.name());
                Err(Problem::new(place.member("store_type"), message))
            }
        }
    }

    fn host(&mut self, section: &HostSection, place: &Place) -> Result<(), Problem> {
        let (url, custom) = match (&section.alias, &section.custom_domain) {
            (Some(alias), None) => (alias, false),
            (None, Some(domain)) => (domain, true),
            _ => return Err(Problem::new(place.clone(), "expected exactly one of alias and custom_domain")),
        };
        let derived = || self.seeding.ids.uuid_for(&format!("sap_api_management/virtual_hosts/{url}"));
        let id = HostId::of_uuid(section.id.clone().unwrap_or_else(derived));
        if self.state.hosts.contains(&id) {
            return Err(Problem::twice(place.member("id"), "virtual host", &id.to_string()));
        }
        let request = HostRequest {
            url: Some(url),
            default: Some(section.default),
            custom: Some(custom),
            key_store: section.key_store.as_deref(),
            key_store_alias: section.key_store_alias.as_deref(),
            client_auth: Some(section.trust_store.is_some()),
            trust_store: section.trust_store.as_deref(),
            ..HostRequest::default()
        };
        let history = self.history(&section.life_cycle, place)?;
        let host = self.state.new_host(id, &request, history).map_err(|error| refused(error, place))?;
        if !section.dangling {
            links::check(self.state, section, place)?;
            self.state.check_new_host(&host, &request).map_err(|error| refused(error, place))?;
        }
        self.state.put_host(VirtualHost {
            name: section.name.clone().map_or(host.name, Text::from),
            project_path: section.project_path.clone().map(Text::from),
            ..host
        });
        Ok(())
    }

    fn provider(&mut self, section: &ProviderSection, place: &Place) -> Result<(), Problem> {
        let name = name(&section.name, &edm::API_PROVIDERS, ProviderName::parse, place)?;
        let values = provider::values(&section.properties, place)?;
        let history = self.history(&section.life_cycle, place)?;
        let given =
            |property: &str| values.iter().find(|(given, _)| *given == property).map(|(_, value)| value.clone());
        let author = Author { name: AUTHOR.into(), now: self.seeding.now };
        if self.state.providers.contains(&name) {
            return Err(Problem::twice(place.member("name"), "API provider", name.as_str()));
        }
        let made = self.state.create_provider(name, &given, &author).map_err(|error| refused(error, place))?;
        let provider = crate::apis::sap_api_management::state::Provider { history, ..(*made).clone() };
        self.state.providers.insert(provider.name.clone(), Arc::new(provider));
        Ok(())
    }

    fn map(&mut self, section: &MapSection, place: &Place) -> Result<(), Problem> {
        let key = MapKey { name: map_name(&section.name, place)?, ..MapKey::default() };
        let scope = section.scope.clone().map(Text::from);
        let map = KeyValueMap::new(key, scope, section.encrypted, self.history(&section.life_cycle, place)?);
        let map = self.with_values(map, &section.values, place)?;
        self.state.key_value_maps.add(map).map_err(|error| refused(error, &place.member("name")))?;
        Ok(())
    }

    fn generic_map(&mut self, section: &GenericMapSection, place: &Place) -> Result<(), Problem> {
        for (member, text) in [("scope", &section.scope), ("scope_id", &section.scope_id)] {
            if text.is_empty() {
                return Err(Problem::new(place.member(member), "a text that is not empty is expected"));
            }
        }
        let (scope, scope_id) = (section.scope.clone().into(), section.scope_id.clone().into());
        let key = MapKey { name: map_name(&section.name, place)?, scope, scope_id };
        let map = KeyValueMap::new(key, None, section.encrypted, self.history(&section.life_cycle, place)?);
        let map = self.with_values(map, &section.values, place)?;
        self.state.generic_key_value_maps.add(map).map_err(|error| refused(error, &place.member("name")))?;
        Ok(())
    }

    fn with_values(
        &self,
        mut map: KeyValueMap,
        values: &[ValueSection],
        place: &Place,
    ) -> Result<KeyValueMap, Problem> {
        each(values, &place.member("values"), |value, at| {
            let history = self.history(&value.life_cycle, at)?;
            let added = map.add(&value.name, value.value.clone().map(Secret::new), history);
            added.map_err(|error| refused(error, &at.member("name")))
        })?;
        Ok(map)
    }

    fn history(&self, section: &LifeCycle, place: &Place) -> Result<History, Problem> {
        let place = place.member("life_cycle");
        let at = |text: Option<&String>, member: &str| {
            let time = text.map(|text| moment(text, self.seeding.now)).transpose();
            time.map_err(|message| Problem::new(place.member(member), message))
        };
        let by = |name: Option<&String>| name.cloned().map(Text::from);
        let created_at = at(section.created_at.as_ref(), "created_at")?.unwrap_or(self.seeding.now);
        let created_by = by(section.created_by.as_ref()).unwrap_or(AUTHOR.into());
        Ok(History {
            created_at,
            changed_at: at(section.changed_at.as_ref(), "changed_at")?.unwrap_or(created_at),
            changed_by: by(section.changed_by.as_ref()).unwrap_or_else(|| created_by.clone()),
            created_by,
        })
    }
}

fn map_name(text: &str, place: &Place) -> Result<Text, Problem> {
    let parse = |text: &str| (!text.is_empty()).then(|| Text::from(text.to_owned()));
    name(text, &edm::KEY_MAP_ENTRIES, parse, place)
}

/// A name that is neither empty nor longer than the model has it.
fn name<N>(text: &str, set: &Set, parse: fn(&str) -> Option<N>, place: &Place) -> Result<N, Problem> {
    let place = place.member("name");
    let longest = set.entity_type.property("name").and_then(|property| property.max_length);
    match longest.and_then(|longest| usize::try_from(longest).ok()) {
        Some(longest) if text.chars().count() > longest => {
            Err(Problem::new(place, format!("a name of at most {longest} characters is expected")))
        }
        _ => parse(text).ok_or_else(|| Problem::new(place, "a name that is not empty is expected")),
    }
}

/// What the API would answer, as a problem of the scenario.
fn refused(error: Error, place: &Place) -> Problem {
    let refusal = Refusal::from(error);
    Problem::of(Code::Refused, place.clone(), format!("{} {}", refusal.text, refusal.advice).trim().to_owned())
}
