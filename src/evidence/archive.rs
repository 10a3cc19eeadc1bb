//! All files of observations and the list of documents, as the program carries them.

use super::check::{Checked, check};
use super::{Date, Document, Observation, documents};
use crate::contract::Outcome;
use crate::scenario::Flaw;

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../evidence/", $name, ".yaml")))),+]
    };
}

/// The files by their names, and their texts.
pub const FILES: &[(&str, &str)] = embedded!(
    "sap_api_management/linked-reference",
    "sap_api_management/mutual-tls",
    "sap_api_management/probe-2026-09",
    "sap_api_management/probe-2026-10-06",
    "sap_api_management/roles",
    "sap_api_management/unknown-virtual-host",
    "sap_cloud_integration/access-policies",
    "sap_cloud_integration/certificate-chain",
    "sap_cloud_integration/oauth2-2026-10-04",
    "sap_cloud_integration/pgp-keyrings",
    "sap_cloud_integration/probe-2026-09",
    "sap_cloud_integration/probe-2026-10-01",
    "sap_cloud_integration/probe-2026-10-04",
    "sap_cloud_integration/roles",
    "xsuaa/cloud-sdk-java-654",
    "xsuaa/cloud-sdk-java-703",
);

const DOCUMENTS: &str = include_str!("../../evidence/documents.yaml");

/// Everything that is known, read.
#[derive(Debug)]
pub struct Archive {
    /// The documents, as they are listed.
    pub documents: Vec<Document>,
    /// What was seen, file by file.
    pub sightings: Vec<Sighting>,
}

/// An observation, with its row and its file.
#[derive(Debug)]
pub struct Sighting {
    /// The row.
    pub row: &'static Outcome,
    /// The name of its file.
    pub file: String,
    /// Where it was seen.
    pub landscape: String,
    /// When it was seen.
    pub date: Option<Date>,
    /// Who saw it.
    pub source: String,
    /// What was seen.
    pub observation: Observation,
}

/// What is known of the age of a row's evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newest<'a> {
    /// The date of the newest.
    Of(&'a Date),
    /// There is evidence, of no known date.
    Undated,
    /// There is none: all of the row is assumed.
    Nothing,
}

impl Archive {
    /// Reads what the program carries.
    ///
    /// # Errors
    /// What is wrong with it, by file, line and column: the project's tests find none.
    pub fn embedded() -> Result<Self, Vec<Flaw>> {
        let documents = documents::read("evidence/documents.yaml", DOCUMENTS).map_err(|flaw| vec![flaw])?;
        let mut sightings = Vec::new();
        for (name, text) in FILES {
            sightings.extend(read(name, text)?);
        }
        Ok(Self { documents, sightings })
    }

    /// What was seen of a row.
    pub fn of<'a>(&'a self, row: &Outcome) -> impl Iterator<Item = &'a Sighting> {
        self.sightings.iter().filter(move |sighting| std::ptr::eq(sighting.row, row))
    }

    /// The newest evidence of a row: what was seen of it, and what it cites.
    pub fn newest(&self, row: &Outcome) -> Newest<'_> {
        let seen = self.of(row).map(|sighting| sighting.date.as_ref());
        let cited = self.documents.iter().filter(|document| document.is_cited_by(row));
        let told = cited.map(|document| document.date.as_ref());
        let dates: Vec<Option<&Date>> = seen.chain(told).collect();
        match dates.iter().flatten().max() {
            Some(date) => Newest::Of(date),
            None if dates.is_empty() => Newest::Nothing,
            None => Newest::Undated,
        }
    }
}

/// The observations of a file, with their rows.
fn read(name: &str, text: &str) -> Result<Vec<Sighting>, Vec<Flaw>> {
    let Checked { observations: file, rows, .. } = check(&format!("evidence/{name}.yaml"), text)?;
    let sighting = |(observation, row)| Sighting {
        row,
        file: name.to_owned(),
        landscape: file.landscape.clone(),
        date: file.date.clone(),
        source: file.source.clone(),
        observation,
    };
    Ok(file.observations.into_iter().zip(rows).map(sighting).collect())
}
