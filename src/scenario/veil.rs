//! A line of a scenario as it may be shown: what is wrong with it goes to logs and terminals, its passwords and keys do not.
//!
//! A secret may go on over lines: in a block, in quotes, or further in than its key (YAML 1.2 sections 7.3 and 8.1).

use std::ops::Range;

use crate::pki::jwk::PRIVATE_MEMBERS;
use crate::store::names_a_secret;

/// Keys whose values are secrets beside those whose names say so, and the private members of JWKs: entries of key value maps, and
/// material.
const MATERIAL: [&str; 3] = ["value", "pem", "base64"];

/// How long Base64 is at least: PEM has lines of 64 characters, and no word of a scenario is as long as this.
const BASE64: usize = 40;

/// A line as it may be shown.
pub(super) struct Veiled {
    /// With a `*` for each character of a secret, so that columns stay the same.
    pub line: String,
    secrets: Vec<Range<usize>>,
}

impl Veiled {
    /// True if a secret begins or goes on at a column, from 1.
    pub(super) fn is_secret(&self, column: usize) -> bool {
        column.checked_sub(1).is_some_and(|at| self.secrets.iter().any(|secret| secret.contains(&at)))
    }
}

/// The line of that number, from 1, of a text.
pub(super) fn veiled(text: &str, number: usize) -> Option<Veiled> {
    let lines: Vec<Vec<char>> = text.lines().take(number).map(|line| line.chars().collect()).collect();
    let (line, before) = lines.split_last().filter(|_| lines.len() == number)?;
    let open = before.iter().fold(None, |open, line| values(line, open).1);
    let mut secrets = values(line, open).0;
    if is_base64(line) || is_below_a_secret(line, before) {
        secrets.push(indentation(line)..line.len());
    }
    secrets.extend(keys_in(line));
    let is_veiled = |at: usize| secrets.iter().any(|secret| secret.contains(&at));
    let shown = line.iter().enumerate().map(|(at, sign)| if is_veiled(at) { '*' } else { *sign }).collect();
    // That of a block stands for it.
    secrets.extend(block(line).map(|(_, header)| header..line.len()));
    Some(Veiled { line: shown, secrets })
}

/// True for a text that is a key by its form, wherever it stands.
pub(super) fn is_key(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    text.contains("PRIVATE KEY-----") || keys_in(&characters).next().is_some()
}

/// How a value goes on in the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Up to that quotation mark.
    Quoted(char),
    /// Up to what may follow it within braces.
    Within,
}

/// The secret values of a line, and how the last one goes on, if it does; `open` is how one of the line before does.
fn values(line: &[char], open: Option<Open>) -> (Vec<Range<usize>>, Option<Open>) {
    let (mut found, mut at) = (Vec::new(), 0);
    if let Some(open) = open {
        let end = end(line, 0, open);
        at = end.unwrap_or(line.len());
        found.push(indentation(line)..at);
        if end.is_none() {
            return (found, Some(open));
        }
    }
    while let Some(colon) = next(line, at) {
        let begin = value_begin(line, colon);
        at = colon + 1;
        if begin == line.len() || !is_secret(&key_before(line, colon).0) || begins_block(line, begin) {
            continue;
        }
        let open = opened_at(line, begin);
        // One that nothing else ends, ends with its line.
        let end = open.and_then(|(open, from)| end(line, from, open));
        at = end.unwrap_or(line.len());
        found.push(begin..at);
        if end.is_none() {
            return (found, open.map(|(open, _)| open));
        }
    }
    (found, None)
}

/// What ends a value that begins at a place, if it is not its line; and from where on that may be.
fn opened_at(line: &[char], begin: usize) -> Option<(Open, usize)> {
    match line.get(begin) {
        Some(&quote) if is_quote(quote) => Some((Open::Quoted(quote), begin + 1)),
        _ if is_within(line, begin) => Some((Open::Within, begin + 1)),
        _ => None,
    }
}

fn is_within(line: &[char], begin: usize) -> bool {
    line.iter().take(begin).any(|c| matches!(c, '{' | '['))
}

/// Where a value ends: a quoted one behind its quotes, one within braces before what may follow it there.
fn end(line: &[char], from: usize, open: Open) -> Option<usize> {
    let mut rest = line.iter().enumerate().skip(from);
    let Open::Quoted(quote) = open else { return rest.find(|(_, c)| matches!(c, ',' | '}' | ']')).map(|(at, _)| at) };
    let mut is_escaped = false;
    for (at, &character) in rest {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if quote == '"' => is_escaped = true,
            // Twice is once within single quotes (YAML 1.2 section 7.3.2).
            '\'' if quote == '\'' && line.get(at + 1) == Some(&'\'') => is_escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn next(line: &[char], from: usize) -> Option<usize> {
    line.iter().skip(from).position(|character| *character == ':').map(|at| from + at)
}

fn value_begin(line: &[char], colon: usize) -> usize {
    line.iter().skip(colon + 1).take_while(|c| c.is_whitespace()).count() + colon + 1
}

/// The word before a colon, without the quotes that it may have, and where it begins with them.
fn key_before(line: &[char], colon: usize) -> (String, usize) {
    let before = line.get(..colon).unwrap_or_default();
    let behind = before.iter().rev().take_while(|c| c.is_whitespace() || is_quote(**c)).count();
    let end = colon - behind;
    let of_word = |c: &&char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let length = before.iter().take(end).rev().take_while(of_word).count();
    let begin = end - length;
    let quote = usize::from(begin.checked_sub(1).and_then(|at| line.get(at)).is_some_and(|c| is_quote(*c)));
    (before.iter().take(end).skip(begin).collect(), begin - quote)
}

fn is_secret(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    names_a_secret(key) || MATERIAL.contains(&lower.as_str()) || PRIVATE_MEMBERS.contains(&lower.as_str())
}

/// True for the head of a block, whose text begins on the next line (YAML 1.2 section 8.1.1); a password that begins with such a
/// character and is not in quotes is none.
fn begins_block(line: &[char], begin: usize) -> bool {
    if !matches!(line.get(begin), Some('|' | '>')) {
        return false;
    }
    let head = line.iter().skip(begin + 1);
    let mut after = head.skip_while(|c| matches!(c, '+' | '-' | '1'..='9'));
    let ends_there = after.next().is_none_or(|c| c.is_whitespace());
    // Only a comment may stand behind it.
    ends_there && after.find(|c| !c.is_whitespace()).is_none_or(|c| *c == '#')
}

/// The key of a block of a secret that begins in a line, and the block's head.
fn block(line: &[char]) -> Option<(usize, usize)> {
    let mut colons = line.iter().enumerate().filter(|(_, c)| **c == ':').map(|(at, _)| at);
    let colon = colons.find(|colon| begins_block(line, value_begin(line, *colon)))?;
    let (key, begin) = key_before(line, colon);
    is_secret(&key).then(|| (begin, value_begin(line, colon)))
}

/// True for a line that stands further in than the key of a secret, and goes on with its value.
fn is_below_a_secret(line: &[char], before: &[Vec<char>]) -> bool {
    let own = indentation(line);
    let mut limit = own;
    let mut is_next = true;
    for earlier in before.iter().rev().filter(|line| line.iter().any(|c| !c.is_whitespace())) {
        let indentation = indentation(earlier);
        if indentation >= limit {
            continue;
        }
        match left_open(earlier) {
            Some((key, Left::Text)) if key < own => return true,
            // A mapping has keys of its own.
            Some((key, Left::Nothing)) if key < own && is_next => return !has_key(line),
            _ => {}
        }
        is_next = false;
        limit = indentation;
    }
    false
}

/// What a line leaves to the lines below.
enum Left {
    /// The text of a value.
    Text,
    /// All of a value.
    Nothing,
}

/// Where the key of a secret begins whose value a line leaves open outside of braces and quotes.
fn left_open(line: &[char]) -> Option<(usize, Left)> {
    let colon = line.iter().enumerate().filter(|(_, c)| **c == ':').map(|(at, _)| at);
    let mut keys = colon.map(|colon| (key_before(line, colon), value_begin(line, colon)));
    let ((_, key), begin) = keys.find(|((key, _), _)| is_secret(key))?;
    match line.get(begin) {
        None | Some('#' | '[' | '{') => Some((key, Left::Nothing)),
        Some(&quote) if is_quote(quote) => None,
        _ if is_within(line, begin) => None,
        _ => Some((key, Left::Text)),
    }
}

fn has_key(line: &[char]) -> bool {
    line.iter().enumerate().any(|(at, c)| *c == ':' && line.get(at + 1).is_none_or(|next| next.is_whitespace()))
}

fn indentation(line: &[char]) -> usize {
    line.iter().take_while(|c| c.is_whitespace()).count()
}

const fn is_of_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')
}

/// True for a line of a block of Base64, whose key is on a line before.
fn is_base64(line: &[char]) -> bool {
    let word: Vec<char> = line.iter().filter(|c| !c.is_whitespace()).copied().collect();
    let is_one = line.split(|c| c.is_whitespace()).filter(|word| !word.is_empty()).count() == 1;
    is_one && word.len() >= BASE64 && word.iter().all(|c| is_of_base64(*c))
}

/// Where the Base64 of a SEQUENCE stands, of which keys and keystores are: a path that is as long begins otherwise.
fn keys_in(line: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    line.split(|c| !is_of_base64(*c)).filter_map(move |word| {
        let begin = at;
        at += word.len() + 1;
        (word.len() >= BASE64 && word.starts_with(&['M', 'I'])).then(|| begin..begin + word.len())
    })
}

const fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let lines = (1..=text.lines().count()).map(|number| veiled(text, number).unwrap().line);
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_stands_behind_a_secret_s_name_is_veiled_and_nothing_else() {
        for (line, veiled) in [
            (r#"{"id":"x","secret":"a\"b","sicret":1}"#, r#"{"id":"x","secret":******,"sicret":1}"#),
            ("  - { id: x, secret: geheim, rolls: [a] }", "  - { id: x, secret: ******, rolls: [a] }"),
            ("    client_secret: 'it''s', x", "    client_secret: *******, x"),
            ("password: geheim # not yet", "password: ****************"),
            ("password: ge,h]eim", "password: ********"),
            ("pem: ü-----BEGIN", "pem: ***********"),
            ("secret:", "secret:"),
            ("jwk: { kty: oct, k: geheim }", "jwk: { kty: oct, k: *******}"),
            ("pem: |", "pem: |"),
            ("pem: |2- # of a test", "pem: |2- # of a test"),
            ("password: {geheim", "password: *******"),
            ("password: >geheim", "password: *******"),
            ("password: | geheim", "password: ********"),
            ("{ password: {geheim}, user: x }", "{ password: *******}, user: x }"),
            ("url: https://a.example:80/token: x", "url: https://a.example:80/token: *"),
            ("name: secret", "name: secret"),
        ] {
            assert_eq!(shown(line), veiled);
        }
    }

    #[test]
    fn a_secret_is_veiled_in_all_of_its_lines() {
        for (text, veiled) in [
            ("password: >-\n  ge: heim\n\n  geheim\nuser: x", "password: >-\n  ********\n\n  ******\nuser: x"),
            (
                "a:\n  - secret: |\n      geheim\n       mehr\n    name: x",
                "a:\n  - secret: |\n      ******\n       ****\n    name: x",
            ),
            ("password: \"ge\n heim\\\" \n  mehr\"\nuser: x", "password: ***\n *******\n  *****\nuser: x"),
            ("a: [\n{ secret: 'ge\nheim', id: x }]", "a: [\n{ secret: ***\n*****, id: x }]"),
            ("a: [\n{ secret: ge\nheim, id: x }]", "a: [\n{ secret: **\n****, id: x }]"),
            ("password: ge\n  heim\nuser: x", "password: **\n  ****\nuser: x"),
            ("password:\n  geheim\nuser: x", "password:\n  ******\nuser: x"),
            ("password: [\n  geheim ]", "password: *\n  ********"),
            ("\"secret\":\n  \"geheim\",", "\"secret\":\n  *********"),
        ] {
            assert_eq!(shown(text), veiled);
            assert_eq!(shown(text).chars().count(), text.chars().count());
        }
    }

    #[test]
    fn what_stands_below_and_beside_secrets_is_shown() {
        for text in [
            "user_credentials:\n  - name: a\n    kind: default",
            "private_key:\n  generate:\n    comon_name: a",
            "a:\n  - secret:\n    name: b",
            "certificate: fixtures/certificates/of/partners/that/are/asked/for/partner",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn a_key_is_veiled_without_a_name_before_it() {
        let (digits, stars) = ("MIIEvQIBADANBg+/".repeat(4), "*".repeat(64));
        assert_eq!(shown(&format!("   {digits}")), format!("   {stars}"));
        assert_eq!(shown(&format!("certificate: {digits}, x")), format!("certificate: {stars}, x"));
        assert_eq!(shown("   SecurityMaterialEdit"), "   SecurityMaterialEdit");
        assert!(is_key(&digits) && !is_key("fixture:keys/rsa.pem"));
    }

    #[test]
    fn a_column_is_known_to_be_a_secret_s() {
        let is_secret = |text: &str, line: usize, column: usize| veiled(text, line).unwrap().is_secret(column);
        assert!(is_secret("password: geheim", 1, 11) && !is_secret("password: geheim", 1, 1));
        assert!(is_secret("pem: |\n  x", 1, 6) && is_secret("pem: |\n  x", 2, 3));
        assert!(!is_secret("name: x", 1, 7) && veiled("a", 2).is_none() && veiled("a", 0).is_none());
    }
}
