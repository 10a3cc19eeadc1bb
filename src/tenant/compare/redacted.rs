//! A text of a tenant without anything of the tenant: what fills the blanks of a row becomes the blank's name.

use crate::contract::Outcome;

/// Longest text that is told, in characters.
const LONGEST: usize = 400;

/// The text with the row's own words where it has them; of any other text, without the words of the request, without what
/// stands in quotes, and without whatever looks like a name, an address or a number.
pub(super) fn redacted(text: &str, row: &Outcome, words: &[String]) -> String {
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
    let told: Vec<String> = quoted.split_whitespace().map(|word| harmless(word, &blank)).collect();
    told.join(" ").chars().take(LONGEST).collect()
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
fn harmless(word: &str, blank: &str) -> String {
    let rest = word.replace(blank, "");
    let inner = rest.trim_matches(|sign: char| !sign.is_alphanumeric());
    let has = |kind: fn(char) -> bool| inner.chars().any(kind);
    let is_name = inner.contains(['@', '/', '\\', '=', '_', ':', '-', '.']);
    let is_camel = has(char::is_lowercase) && inner.chars().skip(1).any(char::is_uppercase);
    let is_own = has(char::is_numeric) || is_name || is_camel || !inner.is_ascii();
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
        let told = |text: &str| redacted(text, row, &["acme-key".to_owned()]);
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
        assert_eq!(redacted("No store Acme_2026", row, &[]), "No store {value}");
        assert_eq!(redacted(row.text, row, &["store".to_owned()]), row.text);
    }
}
