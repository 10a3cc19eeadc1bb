//! Texts that nobody is shown: whatever a tenant says back, none of them gets into a message or a file.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::store::{HIDDEN, sort_by_key, without_word};

/// Shorter ones would be found in every second word, and are hidden only where they stand as one.
const SHORTEST: usize = 6;

/// The secrets of one run.
#[derive(Default)]
pub struct Secrets(RefCell<Vec<String>>);

impl Secrets {
    /// Remembers a secret, in the forms in which it travels.
    pub fn add(&self, secret: &str) {
        let escaped = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let json = serde_json::Value::from(secret).to_string();
        let json = json.trim_matches('"').to_owned();
        let forms = [secret.to_owned(), STANDARD.encode(secret), escaped, json];
        let mut known = self.0.borrow_mut();
        for form in forms {
            if !form.is_empty() && !known.contains(&form) {
                known.push(form);
            }
        }
        // What contains another goes first.
        sort_by_key(&mut known, |form| std::cmp::Reverse(form.len()));
    }

    /// A text without any of them.
    pub fn hide(&self, text: &str) -> String {
        self.0.borrow().iter().fold(text.to_owned(), |text, secret| {
            if !text.contains(secret.as_str()) {
                text
            } else if secret.len() >= SHORTEST {
                text.replace(secret.as_str(), HIDDEN)
            } else {
                without_word(&text, secret)
            }
        })
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_in_every_form_in_which_it_travels() {
        let secrets = Secrets::default();
        secrets.add("s3cret$/+\"x=");
        for form in ["s3cret$/+\"x=", "s3cret%24%2F%2B%22x%3D", &STANDARD.encode("s3cret$/+\"x="), r#"s3cret$/+\"x="#] {
            assert_eq!(secrets.hide(&format!("a {form} b")), "a … b", "{form}");
        }
        assert_eq!(secrets.hide("nothing"), "nothing");
        assert!(!format!("{secrets:?}").contains("s3cret"));
    }

    #[test]
    fn a_short_secret_is_hidden_where_it_is_a_word() {
        let secrets = Secrets::default();
        secrets.add("s3c!");
        secrets.add("is");
        secrets.add("");
        assert_eq!(secrets.hide("this is s3c!, basis:is s3c!t as3c! is"), "this … …, basis:… s3c!t as3c! …");
    }

    #[test]
    fn what_contains_another_secret_is_hidden_whole() {
        let secrets = Secrets::default();
        secrets.add("secret");
        secrets.add("client:secret");
        assert_eq!(secrets.hide("client:secret"), "…");
    }
}
