//! Where in a scenario something stands, and what is wrong there.

use std::fmt;

use super::complaint::{Code, Complaint};

/// Where in a scenario something stands: `sap_api_management.certificate_stores[1].name`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place(pub Vec<Step>);

/// One step of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member of a mapping.
    Member(String),
    /// An item of a sequence, from 0.
    Item(usize),
}

impl Place {
    /// The place of a member of this one.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        self.then(Step::Member(name.to_owned()))
    }

    /// The place of an item of this one.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.then(Step::Item(index))
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Member(name) if position == 0 => write!(f, "{name}")?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// What is wrong with a scenario at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub complaint: Complaint,
}

impl Problem {
    /// A problem at a place, in one sentence.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self::of(Code::Invalid, place, message)
    }

    /// A problem of a kind.
    pub fn of(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { place, complaint: Complaint::new(code, message) }
    }

    /// Something is listed twice.
    pub fn twice(place: Place, what: &str, name: &str) -> Self {
        Self::of(Code::DuplicateName, place, format!("the {what} {name} is listed twice"))
    }

    /// Something is named that is not there, of all that is.
    pub fn unknown(place: Place, what: &str, name: &str, known: &[&str]) -> Self {
        let sentence = format!("there is no {what} \"{name}\"");
        Self { place, complaint: Complaint::unknown(Code::UnknownName, &sentence, name, known) }
    }

    /// A word stands where only others can.
    pub fn unknown_word(place: Place, what: &str, word: &str, known: &[&str]) -> Self {
        let sentence = format!("there is no {what} \"{word}\"");
        Self { place, complaint: Complaint::unknown(Code::UnknownWord, &sentence, word, known) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_a_path() {
        let place = Place::default().member("sap_api_management").member("certificate_stores").item(1).member("name");
        assert_eq!(place.to_string(), "sap_api_management.certificate_stores[1].name");
    }
}
