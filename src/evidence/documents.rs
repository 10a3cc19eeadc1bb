//! The documents that rows cite, and where observations were published: `evidence/documents.yaml`.

use serde::Deserialize;

use super::Date;
use crate::contract::{Evidence, Outcome};
use crate::scenario::{Flaw, Written};
use crate::seed::{Code, Place, Problem};

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What rows call it.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Where it is; where observations were published there, their files name this address as their source.
    pub address: String,
    /// Which state of it was read: a commit, a version, or that this was not recorded.
    pub read: String,
    /// The date of that state; left out if it is not known.
    #[serde(default)]
    pub date: Option<Date>,
}

impl Document {
    /// True if a refusal cites it.
    pub fn is_cited_by(&self, row: &Outcome) -> bool {
        self.is_in(row.evidence) || self.is_in(row.text_evidence)
    }

    /// True if it is the one that evidence is from.
    pub fn is_in(&self, evidence: Evidence) -> bool {
        evidence.cited().is_some_and(|cited| cited.document.0 == self.name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    certmimic_documents: u32,
    documents: Vec<Document>,
}

/// Reads the list; flaws call it by its name.
///
/// # Errors
/// What is wrong, by line and column.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Document>, Flaw> {
    let written = Written::parse(name, text)?;
    let list: List = written.read()?;
    let top = Place::default();
    if list.certmimic_documents != super::VERSION {
        let message = format!("this program reads version {}, not {}", super::VERSION, list.certmimic_documents);
        return Err(written.flaw(&Problem::of(Code::WrongVersion, top.member("certmimic_documents"), message)));
    }
    for (index, document) in list.documents.iter().enumerate() {
        let before = list.documents.iter().take(index);
        let place = top.member("documents").item(index);
        if before.clone().any(|other| other.name == document.name) {
            return Err(written.flaw(&Problem::twice(place.member("name"), "document", &document.name)));
        }
        if before.clone().any(|other| other.address == document.address) {
            return Err(written.flaw(&Problem::twice(place.member("address"), "address", &document.address)));
        }
    }
    Ok(list.documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "certmimic_documents: 1\ndocuments:\n  - name: a\n    title: A\n    address: https://a.example\n    \
                        read: commit 1\n    date: 2026-11\n  - name: b\n    title: B\n    address: https://b.example\n    \
                        read: not recorded\n";

    #[test]
    fn documents_have_names_and_addresses_of_their_own() {
        let documents = read("d.yaml", LIST).unwrap();
        assert_eq!(documents.iter().map(|one| one.date.is_some()).collect::<Vec<_>>(), [true, false]);
        let flaw = |from: &str, to: &str| read("d.yaml", &LIST.replace(from, to)).unwrap_err();
        let named_twice = flaw("name: b", "name: a");
        assert_eq!((named_twice.line, named_twice.code), (8, Code::DuplicateName));
        assert_eq!(flaw("https://b", "https://a").line, 10);
        assert_eq!(flaw("documents: 1", "documents: 3").code, Code::WrongVersion);
        assert_eq!(flaw("title: A", "titel: A").code, Code::UnknownKey);
    }
}
