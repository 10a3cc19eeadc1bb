//! Secrets in text of any kind: XML, batches, JSON that is broken, a value by itself.

use super::material::{is_private_base64, is_token};
use super::{MASK, is_secret};
use crate::pki::jwk::PRIVATE_MEMBERS;

/// Longest start tag, behind its name, that is looked for the end of.
const LONGEST_TAG: usize = 1_000;

/// Shortest word that is looked at for what it is.
const SHORTEST: usize = 16;

/// A text with its secrets masked.
pub(super) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (taken, replacement) = step(rest);
        let (piece, after) = rest.split_at(taken);
        shown.push_str(replacement.as_deref().unwrap_or(piece));
        rest = after;
    }
    shown
}

/// How far the next piece reaches, and what stands in its place if that is not itself.
fn step(rest: &str) -> (usize, Option<String>) {
    if let Some(length) = private_block(rest) {
        return (length, Some(MASK.to_owned()));
    }
    let word = word(rest);
    if word.is_empty() {
        // Up to the next character.
        return (rest.chars().next().map_or(0, char::len_utf8), None);
    }
    let (_, after) = rest.split_at(word.len());
    if word.len() >= SHORTEST && is_token(word) {
        return (word.len(), Some(MASK.to_owned()));
    }
    if word.len() >= SHORTEST && is_private_base64(word) {
        return (word.len() + further_lines(after), Some(MASK.to_owned()));
    }
    match value_of(word, after) {
        Some((between, value)) => {
            let kept = after.get(..between).unwrap_or_default();
            (word.len() + between + value, Some(format!("{word}{kept}{MASK}")))
        }
        None => (word.len(), None),
    }
}

/// The length of a private key in PEM (RFC 7468); one that does not end reaches to the end of the text.
fn private_block(rest: &str) -> Option<usize> {
    let label = rest.strip_prefix("-----BEGIN ")?.split_once("-----")?.0;
    if !label.ends_with("PRIVATE KEY") {
        return None;
    }
    let end = format!("-----END {label}-----");
    Some(rest.find(&end).map_or(rest.len(), |at| at + end.len()))
}

/// The letters that names, tokens and Base64 are made of.
fn word(rest: &str) -> &str {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | '=');
    let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or_default();
    // `name=value` is two words, unless the rest is padding.
    match word.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.trim_end_matches('=').is_empty() => name,
        _ if is_secret(word) => word.trim_end_matches('='),
        _ => word,
    }
}

/// Base64 that goes on in the lines below.
fn further_lines(after: &str) -> usize {
    let is_of_lines =
        |c: char| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || matches!(c, '+' | '/' | '=' | '-' | '_');
    let lines = after.find(|c| !is_of_lines(c)).unwrap_or(after.len());
    let begins_with_a_break = after.starts_with(['\r', '\n']);
    if begins_with_a_break { lines } else { 0 }
}

/// Behind a name that says that its value is a secret: how many bytes stand between them, and how long the value is.
fn value_of(name: &str, after: &str) -> Option<(usize, usize)> {
    let name = name.rsplit(['.', '/']).next().unwrap_or(name);
    if name.eq_ignore_ascii_case("authorization") {
        let value = after.strip_prefix(':')?;
        return Some((1, value.find(['\r', '\n']).unwrap_or(value.len())));
    }
    // Of a JSON Web Key that is cut off, or stands in a batch; what OData calls `d` is no text.
    if PRIVATE_MEMBERS.contains(&name) {
        return after.strip_prefix("\":")?.trim_start().starts_with('"').then(|| member(after)).flatten();
    }
    // In Atom, an entry of a key value map, which does not say whether its map is encrypted.
    if name == "value" {
        return element(after);
    }
    if !is_secret(name) {
        return None;
    }
    element(after).or_else(|| member(after))
}

/// `>value<`, the start tag's attributes before it.
fn element(after: &str) -> Option<(usize, usize)> {
    // Bounded, since a text may name secrets without end and have no tag.
    let tag = after.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let attributes = after.get(..tag)?;
    if attributes.ends_with('/')
        || !(attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace()))
    {
        return None;
    }
    let value = after.get(tag + 1..)?;
    let length = value.find('<').unwrap_or(value.len());
    (length > 0 && !attributes.contains('<')).then_some((tag + 1, length))
}

/// `":"value"`, `: value`, `=value`.
fn member(after: &str) -> Option<(usize, usize)> {
    let behind = |text: &str| after.len() - text.len();
    let sign = after.strip_prefix('"').unwrap_or(after).trim_start();
    let value = sign.strip_prefix([':', '='])?.trim_start_matches([' ', '\t']);
    if let Some(quoted) = value.strip_prefix('"') {
        return Some((behind(quoted), unescaped_quote(quoted)));
    }
    if value.starts_with('[') {
        let length = value.find(']').unwrap_or(value.len());
        return Some((behind(value), length));
    }
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '&' | ',' | '}' | '<' | '"');
    let length = value.find(ends).unwrap_or(value.len());
    (length > 0).then_some((behind(value), length))
}

/// How far a string of JSON reaches.
fn unescaped_quote(quoted: &str) -> usize {
    let mut escaped = false;
    let end = quoted.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(quoted.len(), |(at, _)| at)
}
