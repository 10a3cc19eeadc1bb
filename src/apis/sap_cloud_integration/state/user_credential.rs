//! User credentials: three kinds, each with its rule.

use crate::apis::sap_cloud_integration::error::Error;
use crate::store::{Secret, Text};

/// Most characters of a password (deploying-a-user-credentials-artifact-6912d63).
const LONGEST_PASSWORD: usize = 255;

/// A user's credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCredential {
    /// What they are for.
    pub kind: Kind,
    /// A description.
    pub description: Text,
    /// The user.
    pub user: Option<Text>,
    /// The password.
    pub password: Option<Secret>,
    /// The company's identifier, of SAP SuccessFactors.
    pub company_id: Option<Text>,
}

/// Kinds of user credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// User and password.
    Default,
    /// Those of a company in SAP SuccessFactors.
    SuccessFactors,
    /// Those of SAP Open Connectors.
    OpenConnectors,
}

impl Kind {
    /// The kind with this name, which is in lower case.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Default, Self::SuccessFactors, Self::OpenConnectors].into_iter().find(|kind| kind.as_str() == name)
    }

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::SuccessFactors => "successfactors",
            Self::OpenConnectors => "openconnectors",
        }
    }
}

impl UserCredential {
    /// Refuses what the kind does not allow.
    pub fn check(&self) -> Result<(), Error> {
        let password = self.password.as_ref().map_or("", Secret::reveal);
        if self.kind == Kind::SuccessFactors && self.company_id.as_ref().is_none_or(|company| company.is_empty()) {
            return Err(Error::CompanyMissing);
        }
        if self.kind == Kind::OpenConnectors && !is_of_open_connectors(password) {
            return Err(Error::PasswordPattern);
        }
        if password.chars().count() > LONGEST_PASSWORD {
            return Err(Error::PasswordTooLong);
        }
        Ok(())
    }
}

/// The pattern `User \S{0,44},Organization \S{0,32},Element \S{0,44}` as Java matches it: characters are UTF-16 units, and
/// blanks are those of ASCII.
fn is_of_open_connectors(password: &str) -> bool {
    let mut words = password.split(' ');
    let pieces = [words.next(), words.next(), words.next(), words.next(), words.next()];
    let [Some("User"), Some(user), Some(organization), Some(element), None] = pieces else { return false };
    let fits = |word: &str, most: usize| {
        word.encode_utf16().count() <= most && !word.contains(['\t', '\n', '\u{b}', '\u{c}', '\r'])
    };
    let ends = user.strip_suffix(",Organization").zip(organization.strip_suffix(",Element"));
    ends.is_some_and(|(user, organization)| fits(user, 44) && fits(organization, 32) && fits(element, 44))
}

#[cfg(test)]
mod tests {
    use super::is_of_open_connectors;

    #[test]
    fn the_pattern_of_open_connectors() {
        let of = |user: usize, organization: usize, element: usize| {
            let x = |count| "x".repeat(count);
            format!("User {},Organization {},Element {}", x(user), x(organization), x(element))
        };
        for good in [of(1, 1, 1), of(0, 0, 0), of(44, 32, 44), "User a,b=,Organization ,,Element é".to_owned()] {
            assert!(is_of_open_connectors(&good), "{good}");
        }
        let wrong = ["", "secret", "User a, Organization b,Element c", "user a,Organization b,Element c"];
        let long = [of(45, 1, 1), of(1, 33, 1), of(1, 1, 45), "User a\tb,Organization ,Element ".to_owned()];
        for bad in wrong.map(str::to_owned).into_iter().chain(long).chain([of(1, 1, 1) + " "]) {
            assert!(!is_of_open_connectors(&bad), "{bad}");
        }
    }
}
