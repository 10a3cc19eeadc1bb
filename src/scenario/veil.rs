//! A line of a scenario as it may be shown: what is wrong with it goes to logs and terminals, its passwords and keys do not.

use crate::store::names_a_secret;

/// Keys whose values are secrets beside those whose names say so: entries of key value maps, material, and what a JWK has that is
/// private (RFC 7518 section 6).
const MATERIAL: [&str; 10] = ["value", "pem", "base64", "k", "d", "p", "q", "dp", "dq", "qi"];

/// How long a line of Base64 is at least: PEM has 64 characters, and no word of a scenario is as long as this.
const LINE_OF_BASE64: usize = 40;

/// The line with a `*` for each character of what stands behind a key that names a secret, so that columns stay the same.
pub(super) fn veiled(line: &str) -> String {
    if is_base64(line) {
        return line.chars().map(|c| if c.is_whitespace() { c } else { '*' }).collect();
    }
    let characters: Vec<char> = line.chars().collect();
    let mut shown = characters.clone();
    let mut at = 0;
    while let Some(colon) = next(&characters, at) {
        at = colon + 1;
        let begin = characters.iter().skip(at).take_while(|c| c.is_whitespace()).count() + at;
        if !is_secret(&key_before(&characters, colon)) || begins_block(&characters, begin) {
            continue;
        }
        let end = value_end(&characters, begin);
        shown.iter_mut().take(end).skip(begin).for_each(|character| *character = '*');
        at = end;
    }
    shown.into_iter().collect()
}

fn next(characters: &[char], from: usize) -> Option<usize> {
    characters.iter().skip(from).position(|character| *character == ':').map(|at| from + at)
}

/// The word before a colon, without the quotes that it may have.
fn key_before(characters: &[char], colon: usize) -> String {
    let before = characters.get(..colon).unwrap_or_default();
    let word = before.iter().rev().skip_while(|c| c.is_whitespace() || is_quote(**c));
    let mut word: Vec<char> = word.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).copied().collect();
    word.reverse();
    word.into_iter().collect()
}

fn is_secret(key: &str) -> bool {
    names_a_secret(key) || MATERIAL.contains(&key.to_ascii_lowercase().as_str())
}

/// True for the head of a block, whose text begins on the next line (YAML 1.2 section 8.1.1); a password that begins with such a
/// character and is not in quotes is none.
fn begins_block(characters: &[char], begin: usize) -> bool {
    if !matches!(characters.get(begin), Some('|' | '>')) {
        return false;
    }
    let head = characters.iter().skip(begin + 1);
    let mut after = head.skip_while(|c| matches!(c, '+' | '-' | '1'..='9'));
    let ends_there = after.next().is_none_or(|c| c.is_whitespace());
    // Only a comment may stand behind it.
    ends_there && after.find(|c| !c.is_whitespace()).is_none_or(|c| *c == '#')
}

/// True for a line of a block of Base64, whose key is on a line before.
fn is_base64(line: &str) -> bool {
    let line = line.trim();
    line.len() >= LINE_OF_BASE64 && line.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// Where a value ends: a quoted one with its quotes, one within braces at what may follow it there, any other with its line.
fn value_end(characters: &[char], begin: usize) -> usize {
    let Some(&first) = characters.get(begin) else { return begin };
    let mut rest = characters.iter().enumerate().skip(begin + 1);
    if !is_quote(first) {
        let is_within = characters.iter().take(begin).any(|c| matches!(c, '{' | '['));
        let ends = |c: char| is_within && matches!(c, ',' | '}' | ']');
        return rest.find(|(_, c)| ends(**c)).map_or(characters.len(), |(at, _)| at);
    }
    let mut is_escaped = false;
    for (at, &character) in rest {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if first == '"' => is_escaped = true,
            // Twice is once within single quotes (YAML 1.2 section 7.3.2).
            '\'' if first == '\'' && characters.get(at + 1) == Some(&'\'') => is_escaped = true,
            _ if character == first => return at + 1,
            _ => {}
        }
    }
    characters.len()
}

const fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'')
}

#[cfg(test)]
mod tests {
    use super::veiled;

    #[test]
    fn what_stands_behind_a_secret_s_name_is_veiled_and_nothing_else() {
        for (line, shown) in [
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
            assert_eq!(veiled(line), shown);
            assert_eq!(veiled(line).chars().count(), line.chars().count());
        }
    }

    #[test]
    fn a_line_of_a_key_is_veiled_without_a_name_before_it() {
        let (digits, stars) = ("MIIEvQIBADANBg+/".repeat(4), "*".repeat(64));
        assert_eq!(veiled(&format!("   {digits}")), format!("   {stars}"));
        assert_eq!(veiled("   SecurityMaterialEdit"), "   SecurityMaterialEdit");
    }
}
