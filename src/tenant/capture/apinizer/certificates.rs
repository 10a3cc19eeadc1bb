//! Certificates, and the authorities that environments trust besides.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{ADMIN, Tenant};
use crate::apis::apinizer::scenario::{CertificateEntrySection, CertificateSection, Section};
use crate::effects::Timestamp;
use crate::pki::{Certificate, certificate_factory};
use crate::seed::Material;
use crate::tenant::Failure;
use crate::tenant::capture::facts::Facts;
use crate::tenant::odata::{Entity, segment};

const ENTRIES: &str = "certificateEnvironmentList";
const CONTENT: &str = "base64EncodedContent";

/// What lists of certificates show of the tenant's switches.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// Whether thumbprints are in lower case.
    pub lower_thumbprints: bool,
    /// Whether lists are without content.
    pub no_content: bool,
}

/// Rows with their content: read one by one where a list has none.
pub(super) fn whole(
    tenant: &Tenant<'_>,
    project: &str,
    rows: Vec<(Option<u64>, Entity)>,
    seen: &mut Seen,
) -> Result<Vec<(Option<u64>, Entity)>, Failure> {
    let mut whole = Vec::new();
    for (place, row) in rows {
        let entries = entries(&row);
        let mut prints = entries.iter().filter_map(|entry| entry.text("sha1Thumbprint"));
        seen.lower_thumbprints |= prints.any(|print| print.bytes().any(|digit| digit.is_ascii_lowercase()));
        let lacks = entries.iter().any(|entry| entry.text(CONTENT).is_none());
        let path = format!("/apiops/projects/{}/certificates/{}/", segment(project), segment(&row.said("name")));
        let read = if lacks { tenant.one(&path)? } else { None };
        seen.no_content |= read.is_some();
        whole.push((place, read.unwrap_or(row)));
    }
    Ok(whole)
}

/// A certificate.
pub(super) fn section(tenant: &Tenant<'_>, row: &Entity, place: Option<u64>) -> CertificateSection {
    let entries = entries(row);
    let section = CertificateSection {
        position: place,
        name: row.said("name"),
        description: row.said("description"),
        ..CertificateSection::default()
    };
    let alias = |entry: &Entity| entry.text("alias").map(ToOwned::to_owned);
    let same = |one: &Entity| {
        let first = entries.first();
        first.is_some_and(|first| first.0.get(CONTENT) == one.0.get(CONTENT) && alias(first) == alias(one))
    };
    if let (Some(first), true) = (entries.first(), entries.iter().all(same)) {
        let environments = entries.iter().map(|entry| entry.said("environmentName")).collect();
        let section = CertificateSection { environments, alias: alias(first), ..section };
        return match material(tenant, first) {
            Material::Generate(what) => CertificateSection { generate: Some(what), ..section },
            Material::Pem(pem) => CertificateSection { pem: Some(pem), ..section },
            Material::File(_) | Material::Base64(_) => section,
        };
    }
    let entry = |entry: &Entity| CertificateEntrySection {
        environment: entry.said("environmentName"),
        alias: entry.said("alias"),
        certificate: material(tenant, entry),
    };
    CertificateSection { entries: entries.iter().map(entry).collect(), ..section }
}

/// The authorities of each environment: what its truststore has that is no certificate of a project.
pub(super) fn trusted(tenant: &Tenant<'_>, section: &mut Section) -> Result<(), Failure> {
    if !section.projects.iter().any(|project| project.name == ADMIN) {
        return Ok(());
    }
    for index in 0..section.environments.len() {
        let Some(name) = section.environments.get(index).map(|environment| environment.name.clone()) else { continue };
        let path = format!("/apiops/projects/{ADMIN}/certificates/truststore/{}/", segment(&name));
        let rows = tenant.list(&format!("the truststore of environment {name}"), &path)?;
        let deployed: Vec<(String, String)> = deployed(section, &name);
        let authority = |row: &Entity, entry: &Entity| {
            let is_deployed = deployed.contains(&(entry.said("alias"), row.said("name")));
            (!is_deployed).then(|| material(tenant, entry))
        };
        let mut authorities = Vec::new();
        for row in &rows {
            authorities.extend(entries(row).iter().filter_map(|entry| authority(row, entry)));
        }
        if let Some(environment) = section.environments.get_mut(index) {
            environment.ca_certificates = authorities;
        }
    }
    Ok(())
}

/// Aliases and names of the certificates that projects have in an environment.
fn deployed(section: &Section, environment: &str) -> Vec<(String, String)> {
    let certificates = section.projects.iter().flat_map(|project| &project.certificates);
    let in_environment = |one: &CertificateSection| {
        let shared =
            one.environments.iter().any(|name| name == environment).then(|| one.alias.clone().unwrap_or_default());
        let own = one.entries.iter().find(|entry| entry.environment == environment).map(|entry| entry.alias.clone());
        Some((shared.or(own)?, one.name.clone()))
    };
    certificates.filter_map(in_environment).collect()
}

fn entries(row: &Entity) -> Vec<Entity> {
    let list = row.0.get(ENTRIES).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_object).cloned().map(Entity).collect()
}

fn material(tenant: &Tenant<'_>, entry: &Entity) -> Material {
    match certificate(entry) {
        Some(certificate) => tenant.reader.materials.certificate(&certificate),
        None => Material::Generate(facts(entry).stand_in(&[])),
    }
}

fn certificate(entry: &Entity) -> Option<Arc<Certificate>> {
    let bytes = STANDARD.decode(entry.text(CONTENT)?).ok()?;
    certificate_factory::certificate(&bytes).ok()
}

/// What an entry says of its certificate.
fn facts(entry: &Entity) -> Facts {
    let moment = |name| entry.text(name).and_then(Timestamp::parse_iso).unwrap_or(Timestamp(0));
    Facts { subject: entry.said("subjectDn"), valid: [moment("startDate"), moment("endDate")], ..Facts::default() }
}
