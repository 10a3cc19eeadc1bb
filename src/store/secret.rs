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

/// What stands in place of a secret in a text.
pub const HIDDEN: &str = "…";

/// The text without a word wherever no letter and no digit adjoins it.
pub fn without_word(text: &str, word: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in text.match_indices(word) {
        let (before, rest) = text.split_at(at);
        let after = rest.strip_prefix(word).unwrap_or_default();
        let adjoins = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        shown.push_str(before.get(from..).unwrap_or_default());
        shown.push_str(if adjoins { word } else { HIDDEN });
        from = at + word.len();
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
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

    #[test]
    fn a_word_is_hidden_where_nothing_adjoins_it() {
        assert_eq!(without_word("is this \"is\", basis: isis, is", "is"), "… this \"…\", basis: isis, …");
        assert_eq!(without_word("nothing", "is"), "nothing");
    }
}
