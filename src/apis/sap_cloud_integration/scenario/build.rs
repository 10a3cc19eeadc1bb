//! Of a section the state.

use std::sync::Arc;

use super::preinstalled;
use super::stamp::{AUTHOR, refused, stamp};
use super::{EntrySection, KeystoreSection, MappingSection, OwnerName, PastSection, Section, StampSection};
use super::{access_policies, artifacts, runtime_locations};
use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::behaviour::Behaviour;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::state::{
    CLOUD, Content, Entry, HistoryEntry, Keystore, Owner, Stamp, State, StoreName,
};
use crate::seed::{Code, Material, Place, Problem, Seeding};
use crate::store::Text;

/// The state that a section describes.
///
/// # Errors
/// The first thing in it that the system would refuse, or that cannot be read.
pub fn build(section: &Section, behaviour: &Behaviour, seeding: &Seeding<'_>, place: &Place) -> Result<State, Problem> {
    let builder = Builder { seeding, limit: behaviour.keystore_limit() };
    let keystores = place.member("keystores");
    let keystore = |name: StoreName, section| builder.keystore(name, section, &keystores.member(name.as_str()));
    let mut system = section.keystores.system.clone();
    if behaviour.preinstalled {
        let listed = |entry: &EntrySection| section.keystores.system.entries.iter().any(|one| one.alias == entry.alias);
        system.entries.extend(preinstalled::entries().into_iter().filter(|entry| !listed(entry)));
    }
    let mut state = State {
        behaviour: Arc::new(behaviour.clone()),
        system: keystore(StoreName::System, &system)?,
        backup: keystore(StoreName::Backup, &section.keystores.backup_admin_system)?,
        renewal: keystore(StoreName::Renewal, &section.keystores.key_renewal)?,
        ..State::default()
    };
    for (index, past) in section.key_history.iter().enumerate() {
        let past = builder.past(past, &place.member("key_history").item(index))?;
        state.history.insert(past.entry.alias.clone(), Arc::new(past));
    }
    for (index, mapping) in section.certificate_user_mappings.iter().enumerate() {
        builder.map(&mut state, mapping, &place.member("certificate_user_mappings").item(index))?;
    }
    artifacts::deploy(&mut state, &section.user_credentials, seeding, &place.member("user_credentials"))?;
    let credentials = &section.oauth2_client_credentials;
    artifacts::deploy(&mut state, credentials, seeding, &place.member("oauth2_client_credentials"))?;
    let last = section.last_access_policy_id;
    state.access_policies =
        access_policies::build(&section.access_policies, last, seeding, &place.member("access_policies"))?;
    artifacts::deploy(&mut state, &section.secure_parameters, seeding, &place.member("secure_parameters"))?;
    state.runtimes = [Text::Static(CLOUD)].into();
    for (index, location) in section.runtime_locations.iter().enumerate() {
        let build = |section: &Section, seeding: &Seeding<'_>, place: &Place| build(section, behaviour, seeding, place);
        let place = place.member("runtime_locations").item(index);
        runtime_locations::locate(&mut state, location, seeding, &place, build)?;
    }
    Ok(state)
}

struct Builder<'a> {
    seeding: &'a Seeding<'a>,
    limit: usize,
}

impl Builder<'_> {
    fn keystore(&self, name: StoreName, section: &KeystoreSection, place: &Place) -> Result<Keystore, Problem> {
        let mut keystore = Keystore::default();
        for (index, entry) in section.entries.iter().enumerate() {
            let place = place.member("entries").item(index);
            let entry = self.entry(name, entry, &place)?;
            if keystore.get(&entry.alias).is_some() {
                let message = format!("the alias {} is already in use in this keystore", entry.alias);
                return Err(Problem::of(Code::DuplicateName, place.member("alias"), message));
            }
            if keystore.size_with(&entry) > self.limit {
                return Err(refused(Error::KeystoreFull { limit: self.limit.to_string() }, &place));
            }
            keystore.put(entry);
        }
        if section.modified.is_some() || !keystore.is_empty() {
            keystore.touch(&self.stamp(section.modified.as_ref(), AUTHOR, &place.member("modified"))?);
        }
        Ok(keystore)
    }

    fn entry(&self, store: StoreName, section: &EntrySection, place: &Place) -> Result<Entry, Problem> {
        let alias = Alias::for_entry(section.alias.clone()).map_err(|error| refused(error, &place.member("alias")))?;
        let owner = owner(store, section, &alias, place)?;
        let identity = format!("sap_cloud_integration/{}/{alias}", store.as_str());
        let content = self.content(section, &identity, place)?;
        let author = if owner == Owner::Sap { owner.as_str() } else { AUTHOR };
        let created = self.stamp(section.created.as_ref(), author, &place.member("created"))?;
        let modified = match &section.modified {
            Some(_) => self.stamp(section.modified.as_ref(), author, &place.member("modified"))?,
            None => created.clone(),
        };
        let activated = match &section.activated {
            Some(_) => Some(self.stamp(section.activated.as_ref(), author, &place.member("activated"))?),
            None => None,
        };
        Ok(Entry { activated, ..Entry::new(alias, owner, content, created, modified) })
    }

    fn content(&self, section: &EntrySection, identity: &str, place: &Place) -> Result<Content, Problem> {
        match (&section.certificate, &section.key_pair) {
            (Some(material), None) => {
                let place = place.member("certificate");
                Ok(Content::Certificate(self.seeding.certificate(material, identity, &place)?))
            }
            (None, Some(material)) => {
                let content =
                    self.key_pair(material, section.password.as_deref(), identity, &place.member("key_pair"))?;
                Ok(content.with_reply(section.ca_reply))
            }
            _ => Err(Problem::new(place.clone(), "expected exactly one of certificate and key_pair")),
        }
    }

    fn key_pair(
        &self,
        material: &Material,
        password: Option<&str>,
        identity: &str,
        place: &Place,
    ) -> Result<Content, Problem> {
        let pair = self.seeding.key_pair(material, password, identity, place)?;
        Content::key_pair(pair.key, &pair.chain)
            .ok_or_else(|| Problem::new(place.clone(), "it holds a private key without its certificate"))
    }

    fn past(&self, section: &PastSection, place: &Place) -> Result<HistoryEntry, Problem> {
        let text = format!("[{}]_{}", section.sequence, section.original_alias);
        let alias = Alias::for_entry(text).map_err(|error| refused(error, &place.member("original_alias")))?;
        let identity = format!("sap_cloud_integration/KeyHistory/{alias}");
        let password = section.password.as_deref();
        let content = self.key_pair(&section.key_pair, password, &identity, &place.member("key_pair"))?;
        let sap = Owner::Sap.as_str();
        let stamp = |section: Option<&StampSection>, name: &str| self.stamp(section, sap, &place.member(name));
        let created = stamp(section.created.as_ref(), "created")?;
        let modified = stamp(section.modified.as_ref(), "modified")?;
        Ok(HistoryEntry {
            entry: Arc::new(Entry::new(alias, Owner::Sap, content, created, modified)),
            activated: stamp(section.activated.as_ref(), "activated")?,
            deactivated: stamp(section.deactivated.as_ref(), "deactivated")?,
            sequence: section.sequence,
            original: section.original_alias.clone().into(),
        })
    }

    fn map(&self, state: &mut State, section: &MappingSection, place: &Place) -> Result<(), Problem> {
        let at = place.member("certificate");
        let identity = format!("sap_cloud_integration/certificate_user_mappings/{}", section.user);
        let certificate = self.seeding.certificate(&section.certificate, &identity, &at)?;
        let content = match &section.certificate {
            Material::Generate(_) => certificate.pem().into_bytes(),
            material => self.seeding.bytes(material, &at)?.into_owned(),
        };
        let created = self.stamp(section.created.as_ref(), AUTHOR, &place.member("created"))?;
        state.map(&section.user, content.clone().into(), certificate.clone(), &created);
        if section.modified.is_some() {
            let modified = self.stamp(section.modified.as_ref(), AUTHOR, &place.member("modified"))?;
            state.map(&section.user, content.into(), certificate, &modified);
        }
        Ok(())
    }

    fn stamp(&self, section: Option<&StampSection>, author: &str, place: &Place) -> Result<Stamp, Problem> {
        stamp(section, author, self.seeding, place)
    }
}

fn owner(store: StoreName, section: &EntrySection, alias: &Alias, place: &Place) -> Result<Owner, Problem> {
    let reserved = alias.reservation().is_some();
    let at_alias = |message: &str| Err(Problem::new(place.member("alias"), message));
    let default = if store == StoreName::Renewal { OwnerName::Sap } else { OwnerName::TenantAdministrator };
    match (store, section.owner.unwrap_or(default)) {
        (StoreName::Renewal, _) if !reserved => at_alias("keystore KeyRenewal has aliases of SAP only: sap_ in front"),
        (StoreName::Backup, OwnerName::Sap) => at_alias("a backup has entries of the tenant administrator only"),
        (_, OwnerName::TenantAdministrator) if reserved => at_alias("this alias is reserved for SAP: add owner: sap"),
        (_, OwnerName::Sap) => Ok(Owner::Sap),
        (_, OwnerName::TenantAdministrator) => Ok(Owner::TenantAdministrator),
    }
}
