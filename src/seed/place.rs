//! Where in a scenario something stands, and what is wrong there.

use std::fmt;

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
    /// What is wrong and what was expected, in one sentence.
    pub message: String,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
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
