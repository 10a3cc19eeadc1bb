//! A text of a tenant without anything of the tenant: what fills the blanks of a row becomes the blank's name.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::contract::{Operation, Outcome};
use crate::tenant::System;

/// Longest text that is told, in characters.
const LONGEST: usize = 400;

/// The text with the row's own words where it has them; of any other text, without the words of the request, without what
/// stands in quotes, and without whatever looks like a name, an address or a number.
pub(super) fn redacted(text: &str, row: &Outcome, words: &[String], own: &Own) -> String {
    if row.is_text(text) {
        return row.text.to_owned();
    }
    let mut blanks = row.blanks();
    let blank = match (blanks.next(), blanks.next()) {
        (Some(only), None) => format!("{{{only}}}"),
        _ => "{value}".to_owned(),
    };
    let repeated = words.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), &blank));
    let quoted = without_quoted(&repeated, &blank);
    let told: Vec<String> = quoted.split_whitespace().map(|word| harmless(word, &blank, own)).collect();
    told.join(" ").chars().take(LONGEST).collect()
}

/// Shorter words tell nothing of anybody.
const SHORTEST: usize = 3;

/// The words that are the tenant's own: those of what it holds, and of its address, but for those that the catalogue says itself.
#[derive(Debug, Default)]
pub(super) struct Own(BTreeSet<String>);

impl Own {
    /// Of the names of a tenant.
    pub(super) fn of<'n>(names: impl IntoIterator<Item = &'n String>, system: System) -> Self {
        let mut own: BTreeSet<String> = names.into_iter().flat_map(|name| words(name)).collect();
        if let Some(api) = system.api() {
            let shared = api.operations.iter().flat_map(Operation::refusals);
            let rows = api.outcomes.iter().copied().chain(shared);
            let said: BTreeSet<String> = rows.flat_map(|row| words(row.text).chain(words(row.code))).collect();
            own.retain(|word| !said.contains(word));
        }
        Self(own)
    }

    /// True if one of them is in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        words(text).any(|word| self.0.contains(&word))
    }
}

/// The words of a text, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| word.chars().count() >= SHORTEST).map(str::to_lowercase)
}

/// Every text and number of a scenario that may name a thing: those that are longer are certificates and the like.
pub(super) fn names(scenario: &Value) -> BTreeSet<String> {
    const LONGEST_NAME: usize = 250;
    match scenario {
        Value::String(text) if text.len() <= LONGEST_NAME => BTreeSet::from([text.clone()]),
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::Object(members) => {
            // Sentences for people have words of everybody in them.
            members.iter().filter(|(member, _)| *member != "description").flat_map(|(_, value)| names(value)).collect()
        }
        Value::Number(number) => BTreeSet::from([number.to_string()]),
        _ => BTreeSet::new(),
    }
}

/// Whatever stands between two quotation marks is a name.
fn without_quoted(text: &str, blank: &str) -> String {
    let mut told = text.to_owned();
    for mark in ['\'', '"'] {
        let pieces: Vec<&str> = told.split(mark).collect();
        let kept: Vec<&str> = match pieces.as_slice() {
            // A mark by itself is an apostrophe; which of three is one nobody knows.
            [before, after] => vec![before, after],
            [first, .., last] if pieces.len().is_multiple_of(2) => vec![first, blank, last],
            all => all.iter().enumerate().map(|(index, piece)| if index % 2 == 1 { blank } else { *piece }).collect(),
        };
        told = kept.join(&mark.to_string());
    }
    told
}

/// A word, unless it may be somebody's own: one with a digit, a sign of names and addresses, or a capital in its middle.
fn harmless(word: &str, blank: &str, own: &Own) -> String {
    let rest = word.replace(blank, "");
    let inner = rest.trim_matches(|sign: char| !sign.is_alphanumeric());
    let has = |kind: fn(char) -> bool| inner.chars().any(kind);
    let is_name = inner.contains(['@', '/', '\\', '=', '_', ':', '-', '.']);
    let is_camel = has(char::is_lowercase) && inner.chars().skip(1).any(char::is_uppercase);
    let is_own = has(char::is_numeric) || is_name || is_camel || !inner.is_ascii() || own.is_in(inner);
    // What stands around a blank may be the rest of an address.
    if is_own && word.contains(blank) {
        return blank.to_owned();
    }
    if is_own { word.replace(inner, blank) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Api;

    fn row(api: &str, id: &str) -> &'static Outcome {
        Api::named(api).unwrap().row(id).unwrap().outcome()
    }

    #[test]
    fn the_words_of_the_row_stay_and_what_fills_its_blanks_goes() {
        let row = row("ci", "alias_not_found");
        let told = |text: &str| redacted(text, row, &["acme-key".to_owned()], &Own::default());
        assert_eq!(told("Alias 'acme-key' not found in the keystore"), row.text);
        assert_eq!(told("No entry acme-key here"), "No entry {alias} here");
        assert_eq!(told("No entry \"Acme Inc\" of lovelace@acme.example."), "No entry \"{alias}\" of {alias}.");
        assert_eq!(
            told("It's unknown to host7 at 10.0.0.1, see https://acme.example/x"),
            "It's unknown to {alias} at {alias}, see {alias}"
        );
        assert_eq!(told("It's not that of 'acme' or hers"), "It'{alias}' or hers");
        assert_eq!(told("AcmeShop is in acme-prod at acme-key.corp.example"), "{alias} is in {alias} at {alias}");
    }

    #[test]
    fn without_one_blank_a_value_is_called_one() {
        let row = row("apim", "no_such_store");
        assert_eq!(redacted("No store Acme_2026", row, &[], &Own::default()), "No store {value}");
        assert_eq!(redacted(row.text, row, &["store".to_owned()], &Own::default()), row.text);
    }

    #[test]
    fn what_the_tenant_holds_is_known_though_it_is_a_plain_word() {
        let held = serde_json::json!({"stores": [{"name": "shop of ada", "size": 1}], "keystore": ["keystore"]});
        let own = Own::of(&names(&held), System::CloudIntegration);
        let row = row("ci", "alias_not_found");
        assert_eq!(redacted("No such Shop in the keystore", row, &[], &own), "No such {alias} in the keystore");
        assert!(own.is_in("SHOP_GONE") && !own.is_in("KEYSTORE_GONE"));
    }
}
