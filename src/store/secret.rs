//! Text that nobody is shown: no answer, no log and no debugging output has it.

use std::fmt;

use super::Text;

/// A password, or what serves as one. Only the export of a whole world reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Text);

impl Secret {
    /// Of this text.
    pub fn new(text: impl Into<Text>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// True for a name whose value is a secret: by how it ends, since `TokenServiceUrl` is none and `client_secret` is one.
pub fn names_a_secret(name: &str) -> bool {
    const ENDS: [&str; 14] = [
        "password",
        "passwd",
        "passphrase",
        "pass",
        "secret",
        "token",
        "assertion",
        "privatekey",
        "secretkey",
        "apikey",
        "accesskey",
        "secureparam",
        "secureparameter",
        "credentials",
    ];
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_output_has_no_secret() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
