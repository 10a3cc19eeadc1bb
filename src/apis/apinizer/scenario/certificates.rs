//! Certificates in a scenario.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::listed::{Head, Identity, Listed, Setting};
use super::problems::each;
use crate::apis::apinizer::state::{Certificate, CertificateEntry, Entries};
use crate::seed::{Generate, Material, Problem};
use crate::store::{Memo, Text};

/// A certificate.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct CertificateSection {
    /// Identifier; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands among those of all projects, if that is not the order in which they are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The same certificate with the same alias in these environments; `entries` where they differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<String>,
    /// Alias in all of `environments`; without it, the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Path of a certificate file, or `fixture:NAME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The certificate as PEM text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pem: Option<String>,
    /// The certificate, to be minted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generate: Option<Generate>,
    /// What differs by environment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<CertificateEntrySection>,
}

/// A certificate in one environment.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CertificateEntrySection {
    /// The environment.
    pub environment: String,
    /// Its alias there.
    pub alias: String,
    /// Where it comes from.
    pub certificate: Material,
}

impl Listed for Certificate {
    type Section = CertificateSection;
    const WORD: &'static str = "certificate";

    fn identity(section: &CertificateSection) -> Identity<'_> {
        let (id, name, description) = (section.id.as_deref(), &section.name, &section.description);
        Identity { id, position: section.position, name, description }
    }

    fn read(section: &CertificateSection, head: Head, setting: &Setting<'_>) -> Result<Self, Problem> {
        setting.reaches_all(&head.project, &section.environments, &setting.place.member("environments"))?;
        each(&section.entries, &setting.place.member("entries"), |entry, at| {
            setting.reaches(&head.project, &entry.environment, &at.member("environment"))
        })?;
        let entries = entries(section, &head.project, setting)?;
        let Head { id, project, name, description } = head;
        Ok(Self { id, project, name, description, entries, shown: Memo::default() })
    }

    fn section(&self, position: Option<u64>) -> CertificateSection {
        let mut section = CertificateSection {
            id: Some(self.id.to_string()),
            position,
            name: self.name.to_string(),
            description: self.description.to_string(),
            ..CertificateSection::default()
        };
        match self.entries.first() {
            Some(first) if self.entries.iter().all(|entry| entry.alias == first.alias && same(entry, first)) => {
                section.environments = self.entries.iter().map(|entry| entry.environment.to_string()).collect();
                section.alias = Some(first.alias.to_string());
                section.pem = Some(first.certificate.pem());
            }
            _ => {
                let entry = |entry: &CertificateEntry| CertificateEntrySection {
                    environment: entry.environment.to_string(),
                    alias: entry.alias.to_string(),
                    certificate: Material::of_certificate(&entry.certificate),
                };
                section.entries = self.entries.iter().map(entry).collect();
            }
        }
        section
    }
}

fn entries(
    section: &CertificateSection,
    project: &str,
    setting: &Setting<'_>,
) -> Result<Entries<CertificateEntry>, Problem> {
    let identity = format!("apinizer/{project}/{}", section.name);
    let mut entries = Vec::new();
    if section.entries.is_empty() {
        let (file, pem) = (section.file.as_deref(), section.pem.as_deref());
        let material = Material::one_of(file, pem, None, section.generate.as_ref(), setting.place)?;
        let certificate = setting.seeding.certificate(&material, &identity, setting.place)?;
        let alias: Text = section.alias.clone().unwrap_or_else(|| section.name.clone()).into();
        entries.extend(section.environments.iter().map(|environment| CertificateEntry {
            environment: environment.clone().into(),
            alias: alias.clone(),
            certificate: Arc::clone(&certificate),
        }));
    }
    each(&section.entries, &setting.place.member("entries"), |entry, at| {
        let identity = format!("{identity}/{}", entry.environment);
        let certificate = setting.seeding.certificate(&entry.certificate, &identity, &at.member("certificate"))?;
        let (environment, alias) = (entry.environment.clone().into(), entry.alias.clone().into());
        entries.push(CertificateEntry { environment, alias, certificate });
        Ok(())
    })?;
    Ok(Entries::from_iter(entries))
}

fn same(one: &CertificateEntry, other: &CertificateEntry) -> bool {
    Arc::ptr_eq(&one.certificate, &other.certificate) || one.certificate.der() == other.certificate.der()
}
