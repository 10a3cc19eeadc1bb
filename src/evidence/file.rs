//! A file of observations: one source, seen once.

use serde::{Deserialize, Serialize};

use super::Date;
use crate::scenario::{Flaw, Written};
use crate::seed::{Code, Place, Problem};

/// The version of the format that is read and written.
pub const VERSION: u32 = 1;

/// What one source tells of refusals of a real system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observations {
    /// The version of the format: [`VERSION`].
    pub certmimic_evidence: u32,
    /// The system, by its name in scenarios.
    pub system: String,
    /// Where it was seen, as the observer names it; `unknown` if nobody says.
    pub landscape: String,
    /// When it was seen; left out if nobody says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The program that saw it, or the address of what was published.
    pub source: String,
    /// What was seen.
    pub observations: Vec<Observation>,
}

/// One refusal as it was seen. What the source does not tell is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The operation, as `certmimic operations` names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The outcome, as `certmimic operations` names it.
    pub outcome: String,
    /// HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The symbolic code; empty if it was seen that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The text, with the name of the blank, `{name}`, for what filled it; empty if it was seen that there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What a reader has to know of how it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Observations {
    /// Reads a file's text; flaws call it by its name.
    ///
    /// # Errors
    /// What is wrong, by line and column.
    pub fn read(name: &str, text: &str) -> Result<Self, Flaw> {
        Self::of(&Written::parse(name, text)?)
    }

    /// Reads what is parsed.
    ///
    /// # Errors
    /// What is wrong, by line and column.
    pub(super) fn of(written: &Written) -> Result<Self, Flaw> {
        let read: Self = written.read()?;
        let top = Place::default();
        if read.certmimic_evidence != VERSION {
            let message = format!("this program reads version {VERSION}, not {}", read.certmimic_evidence);
            let place = top.member("certmimic_evidence");
            return Err(written.flaw(&Problem::of(Code::WrongVersion, place, message)));
        }
        let named = [("system", &read.system), ("landscape", &read.landscape), ("source", &read.source)];
        if let Some((key, _)) = named.iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(written.flaw(&Problem::new(top.member(key), "expected a name")));
        }
        Ok(read)
    }

    /// The text of a file.
    ///
    /// # Errors
    /// What the writer cannot write.
    pub fn write(&self) -> Result<String, String> {
        // By way of values, as scenarios are: a writer for each type would be program that is hardly used.
        let values = serde_json::to_value(self).map_err(|error| error.to_string())?;
        serde_saphyr::to_string(&values).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "certmimic_evidence: 1\nsystem: sap_api_management\nlandscape: cf-eu10\ndate: 2026-11-29\n\
                        source: certmimic compare 0.1.0\nobservations:\n  - operation: apim.store.create\n    \
                        outcome: store_exists\n    status: 400\n    code: \"1: #\"\n    text: \"a {name}\\nb\"\n";

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let read = Observations::read("a.yaml", FILE).unwrap();
        assert_eq!(read.observations[0].text.as_deref(), Some("a {name}\nb"));
        assert_eq!((read.observations[0].status, read.observations[0].note.clone()), (Some(400), None));
        let written = read.write().unwrap();
        assert_eq!(Observations::read("b.yaml", &written).unwrap(), read, "{written}");
        assert!(!written.contains("note"), "{written}");
    }

    #[test]
    fn what_does_not_fit_is_told_with_file_line_and_column() {
        let flaw = |from: &str, to: &str| Observations::read("a.yaml", &FILE.replace(from, to)).unwrap_err();
        let of_key = flaw("outcome", "outcom");
        assert_eq!((of_key.file.as_str(), of_key.line, of_key.column), ("a.yaml", 8, 5));
        assert!(of_key.message.contains("did you mean \"outcome\"?"), "{of_key}");
        let of_date = flaw("2026-11-29", "29 November");
        assert_eq!((of_date.line, of_date.column), (4, 7));
        assert!(of_date.message.contains("expected one like 2026-11-29"), "{of_date}");
        assert_eq!(
            flaw("evidence: 1", "evidence: 2").message,
            "certmimic_evidence: this program reads version 1, not 2"
        );
        assert_eq!(flaw("cf-eu10", "\" \"").message, "landscape: expected a name");
        assert_eq!(flaw("source: certmimic compare 0.1.0", "").line, 1);
        assert!(Observations::read("a.yaml", "a: [").is_err_and(|flaw| flaw.line > 0));
    }
}
