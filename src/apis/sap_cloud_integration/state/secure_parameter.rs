//! Secure parameters: a value that integration flows read and nobody else.

use crate::apis::sap_cloud_integration::error::Error;
use crate::store::{Secret, Text};

/// Most characters of a name.
const LONGEST_NAME: usize = 150;
/// Most characters of a description.
const LONGEST_DESCRIPTION: usize = 1024;

/// A secure parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecureParameter {
    /// A description.
    pub description: Option<Text>,
    /// The value.
    pub value: Secret,
}

impl SecureParameter {
    /// Refuses what is empty or too long; the value may have so many characters.
    pub fn check(&self, name: &str, value_length: usize) -> Result<(), Error> {
        check("Name", name, LONGEST_NAME)?;
        if name.chars().any(char::is_control) {
            return Err(Error::NameInvalid { name: name.to_owned() });
        }
        check("SecureParam", self.value.reveal(), value_length)?;
        self.description.as_ref().map_or(Ok(()), |text| refuse_longer("Description", text, LONGEST_DESCRIPTION))
    }
}

fn check(property: &str, text: &str, limit: usize) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::PropertyMustNotBeEmpty { property: property.to_owned() });
    }
    refuse_longer(property, text, limit)
}

fn refuse_longer(property: &str, text: &str, limit: usize) -> Result<(), Error> {
    if text.chars().count() <= limit {
        return Ok(());
    }
    Err(Error::PropertyTooLong { property: property.to_owned(), limit: limit.to_string() })
}
