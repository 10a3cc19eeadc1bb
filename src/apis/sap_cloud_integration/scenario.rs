//! The `sap_cloud_integration` section of a scenario.

mod preinstalled;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::alias::Alias;
use super::behaviour::Behaviour;
use super::error::Error;
use super::state::{Content, Entry, HistoryEntry, Keystore, Owner, Stamp, State, StoreName};
use crate::contract::Refusal;
use crate::pki::pem;
use crate::seed::{Material, Place, Problem, Seeding, moment};

/// Who made what a scenario does not say who made.
const AUTHOR: &str = "scenario";

/// SAP Cloud Integration: keystores, and the certificate-to-user mappings of Neo.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// The keystores.
    pub keystores: Keystores,
    /// SAP's key pairs that were replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_history: Vec<PastSection>,
    /// Which user a client certificate stands for; only in `landscape: neo`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificate_user_mappings: Vec<MappingSection>,
}

/// The keystores by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Keystores {
    /// The tenant keystore in use.
    pub system: KeystoreSection,
    /// The last backup of the tenant administrator's entries.
    #[serde(skip_serializing_if = "KeystoreSection::is_untouched")]
    pub backup_admin_system: KeystoreSection,
    /// Key pairs that SAP has prepared.
    #[serde(rename = "KeyRenewal", alias = "key_renewal", skip_serializing_if = "KeystoreSection::is_untouched")]
    pub key_renewal: KeystoreSection,
}

/// A keystore.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeystoreSection {
    /// Its entries.
    pub entries: Vec<EntrySection>,
    /// Who changed it last; without it the scenario, if it has entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
}

/// An entry: a certificate, or a key pair.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EntrySection {
    /// Its alias.
    pub alias: String,
    /// The certificate of a certificate entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Material>,
    /// The private key and chain of a key pair: PKCS#12, JKS, or PEM with the private key first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_pair: Option<Material>,
    /// What opens the key pair's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Who may change it; without it the tenant administrator, in keystore `KeyRenewal` SAP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerName>,
    /// Who made it, and when; without it the scenario, or SAP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<StampSection>,
    /// Who changed it last, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
    /// Who put a key pair of SAP in use, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activated: Option<StampSection>,
    /// Whether a CA's reply was imported for the key pair.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ca_reply: bool,
}

/// Owners of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnerName {
    /// SAP: it can be read, not changed.
    Sap,
    /// The tenant administrator.
    TenantAdministrator,
}

/// Somebody at some time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StampSection {
    /// User or OAuth client.
    pub by: String,
    /// A date, or a span from the scenario's clock.
    pub at: String,
}

/// A key pair of SAP that was replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastSection {
    /// The alias that it had.
    pub original_alias: String,
    /// Its number among those of that alias, from 1: its alias in the history is `[number]_original alias`.
    pub sequence: i32,
    /// The private key and chain.
    pub key_pair: Material,
    /// What opens the key pair's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Who made it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<StampSection>,
    /// Who changed it last, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
    /// Who put it in use, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activated: Option<StampSection>,
    /// Who replaced it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deactivated: Option<StampSection>,
}

/// A user and the client certificate that stands for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingSection {
    /// The user.
    pub user: String,
    /// The certificate.
    pub certificate: Material,
    /// Who made it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<StampSection>,
    /// Who changed it last, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
}

impl KeystoreSection {
    fn is_untouched(&self) -> bool {
        *self == Self::default()
    }
}

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
                return Err(Problem::new(place.member("alias"), message));
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
        let Some(section) = section else {
            return Ok(Stamp::new(author.to_owned(), self.seeding.now));
        };
        let at = moment(&section.at, self.seeding.now);
        let at = at.map_err(|message| Problem::new(place.member("at"), message))?;
        Ok(Stamp::new(section.by.clone(), at))
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

fn refused(error: Error, place: &Place) -> Problem {
    let refusal = Refusal::from(error);
    Problem::new(place.clone(), if refusal.text.is_empty() { refusal.advice } else { refusal.text })
}

/// The section that builds this state again.
pub fn export(state: &State) -> Section {
    Section {
        keystores: Keystores {
            system: keystore_section(&state.system),
            backup_admin_system: keystore_section(&state.backup),
            key_renewal: keystore_section(&state.renewal),
        },
        key_history: state.history.values().map(|past| past_section(past)).collect(),
        certificate_user_mappings: state
            .mappings
            .values()
            .map(|mapping| MappingSection {
                user: mapping.user.to_string(),
                certificate: Material::of_bytes(&mapping.content),
                created: Some(stamp_section(&mapping.created)),
                modified: Some(stamp_section(&mapping.modified)),
            })
            .collect(),
    }
}

fn keystore_section(keystore: &Keystore) -> KeystoreSection {
    let entries = keystore.entries().map(|entry| entry_section(entry)).collect();
    KeystoreSection { entries, modified: keystore.modified().map(stamp_section) }
}

fn entry_section(entry: &Entry) -> EntrySection {
    let (certificate, key_pair, ca_reply) = match &entry.content {
        Content::Certificate(certificate) => (Some(Material::of_certificate(certificate)), None, false),
        Content::KeyPair { replied, .. } => (None, key_pair_material(&entry.content), *replied),
    };
    EntrySection {
        alias: entry.alias.to_string(),
        certificate,
        key_pair,
        password: None,
        owner: Some(match entry.owner {
            Owner::Sap => OwnerName::Sap,
            Owner::TenantAdministrator => OwnerName::TenantAdministrator,
        }),
        created: Some(stamp_section(&entry.created)),
        modified: Some(stamp_section(&entry.modified)),
        activated: entry.activated.as_ref().map(stamp_section),
        ca_reply,
    }
}

fn key_pair_material(content: &Content) -> Option<Material> {
    let chain: Vec<_> = content.chain().cloned().collect();
    Some(Material::of_key_pair(content.key()?, &chain))
}

fn past_section(past: &HistoryEntry) -> PastSection {
    PastSection {
        original_alias: past.original.to_string(),
        sequence: past.sequence,
        key_pair: key_pair_material(&past.entry.content).unwrap_or_else(|| {
            // The history has key pairs only; a certificate would be said as what it is.
            Material::Pem(pem::encode("CERTIFICATE", past.entry.content.certificate().der()))
        }),
        password: None,
        created: Some(stamp_section(&past.entry.created)),
        modified: Some(stamp_section(&past.entry.modified)),
        activated: Some(stamp_section(&past.activated)),
        deactivated: Some(stamp_section(&past.deactivated)),
    }
}

fn stamp_section(stamp: &Stamp) -> StampSection {
    StampSection { by: stamp.by.to_string(), at: stamp.at.iso_millis() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effects::{Ids, Timestamp};
    use crate::seed::Files;

    struct NoFiles;

    impl Files for NoFiles {
        fn read(&self, path: &str, _place: &Place) -> Result<Vec<u8>, String> {
            Err(format!("there is no {path}"))
        }
    }

    fn built(section: &Section) -> Result<State, Problem> {
        let seeding = Seeding { now: Timestamp(1_768_464_000_000), ids: &Ids::new(7), files: &NoFiles };
        build(section, &Behaviour::default(), &seeding, &Place::default().member("sap_cloud_integration"))
    }

    fn read(json: &serde_json::Value) -> Section {
        serde_json::from_value(json.clone()).unwrap()
    }

    fn everything() -> serde_json::Value {
        let key_pair = serde_json::json!({ "generate": { "common_name": "a", "key": "ec-p256" } });
        serde_json::json!({
            "keystores": {
                "system": { "entries": [
                    { "alias": "pair", "key_pair": key_pair, "ca_reply": true, "modified": { "by": "b", "at": "-1d" } },
                    { "alias": "certificate", "certificate": key_pair },
                    { "alias": "sap_key", "key_pair": key_pair, "owner": "sap", "activated": { "by": "b", "at": "now" } },
                ] },
                "backup_admin_system": { "entries": [{ "alias": "pair", "key_pair": key_pair }] },
                "KeyRenewal": { "entries": [{ "alias": "sap_key", "key_pair": key_pair }] },
            },
            "key_history": [{ "original_alias": "sap_key", "sequence": 1, "key_pair": key_pair }],
            "certificate_user_mappings": [{ "user": "u", "certificate": key_pair }],
        })
    }

    #[test]
    fn what_is_exported_builds_the_same_again() {
        let section = export(&built(&read(&everything())).unwrap());
        assert_eq!(section.keystores.system.entries.len(), 3);
        assert_eq!(section.key_history.len(), 1);
        assert_eq!(export(&built(&section).unwrap()), section);
    }

    #[test]
    fn what_the_system_would_refuse_is_refused_at_its_place() {
        let certificate = serde_json::json!({ "generate": { "common_name": "a", "key": "ec-p256" } });
        let of = |store: &str, entries: serde_json::Value| {
            let section = read(&serde_json::json!({ "keystores": { store: { "entries": entries } } }));
            let problem = built(&section).unwrap_err();
            (problem.place.to_string(), problem.message)
        };
        let entry = |alias: &str| serde_json::json!({ "alias": alias, "certificate": certificate });
        let (place, message) = of("system", serde_json::json!([entry("a"), entry("a")]));
        assert_eq!(place, "sap_cloud_integration.keystores.system.entries[1].alias");
        assert!(message.contains("already in use"), "{message}");
        assert!(of("system", serde_json::json!([entry("sap_x")])).1.contains("owner: sap"));
        assert!(of("system", serde_json::json!([entry("")])).1.contains("empty"));
        assert!(of("KeyRenewal", serde_json::json!([entry("mine")])).1.contains("sap_"));
        assert!(of("system", serde_json::json!([{ "alias": "a" }])).1.contains("exactly one of"));
    }
}
