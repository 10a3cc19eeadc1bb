//! Patterns with `*` and `**`.

use serde::{Deserialize, Serialize};

/// A text in which `*` stands for other text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Pattern(String);

impl From<&str> for Pattern {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Pattern {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True if a word fits: `*` stands for any characters.
    pub fn matches_word(&self, word: &str) -> bool {
        fits(&self.0, word, |_| true)
    }

    /// True if a path fits: `*` stands for any characters but slashes, `**` for any.
    pub fn matches_path(&self, path: &str) -> bool {
        fits(&self.0, path, |letter| letter != '/')
    }

    /// True if a path that begins like this may fit.
    pub fn reaches(&self, beginning: &str) -> bool {
        let tokens = tokens(&self.0);
        !positions(&tokens, beginning, |letter| letter != '/').is_empty()
    }
}

fn fits(pattern: &str, text: &str, within_star: fn(char) -> bool) -> bool {
    let tokens = tokens(pattern);
    positions(&tokens, text, within_star).contains(&tokens.len())
}

/// Steps through the text with all positions of the pattern that fit what was read: linear in both, whatever is sent.
fn positions(tokens: &[Token], text: &str, within_star: fn(char) -> bool) -> Vec<usize> {
    let mut here = closure(tokens, [0].into());
    for letter in text.chars() {
        let mut next = vec![];
        for position in here {
            match tokens.get(position) {
                Some(Token::Letter(expected)) if *expected == letter => next.push(position + 1),
                Some(Token::Star) if within_star(letter) => next.push(position),
                Some(Token::Stars) => next.push(position),
                _ => {}
            }
        }
        here = closure(tokens, next);
    }
    here
}

enum Token {
    Letter(char),
    Star,
    Stars,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for letter in pattern.chars() {
        match (letter, tokens.last()) {
            ('*', Some(Token::Stars)) => {}
            ('*', Some(Token::Star)) => {
                tokens.pop();
                tokens.push(Token::Stars);
            }
            ('*', _) => tokens.push(Token::Star),
            _ => tokens.push(Token::Letter(letter)),
        }
    }
    tokens
}

/// With the positions behind stars, which may stand for nothing; each once, in order.
fn closure(tokens: &[Token], positions: Vec<usize>) -> Vec<usize> {
    let mut reached = positions;
    let mut index = 0;
    while let Some(position) = reached.get(index).copied() {
        if matches!(tokens.get(position), Some(Token::Star | Token::Stars)) {
            reached.push(position + 1);
        }
        index += 1;
    }
    reached.sort_unstable();
    reached.dedup();
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_text() {
        let word = |pattern: &str, word: &str| Pattern(pattern.to_owned()).matches_word(word);
        assert!(word("ci.certificate.import", "ci.certificate.import") && word("ci.*", "ci.certificate.import"));
        assert!(word("*.import", "ci.certificate.import") && word("*", "") && !word("ci.*", "apim.store.read"));
        assert!(!word("ci.certificate", "ci.certificate.import") && !word("", "x") && word("", ""));
        let path = |pattern: &str, path: &str| Pattern(pattern.to_owned()).matches_path(path);
        assert!(path("/apiops/**", "/apiops/projects/x/keys/") && path("/apiops/*/x", "/apiops/projects/x"));
        assert!(!path("/apiops/*", "/apiops/projects/x") && path("/**/keys/", "/apiops/projects/x/keys/"));
        assert!(path("/api/v1/KeystoreEntries('*')", "/api/v1/KeystoreEntries('6D79')"));
    }

    #[test]
    fn a_pattern_reaches_what_it_may_fit_in_the_end() {
        let reaches = |pattern: &str, root: &str| Pattern(pattern.to_owned()).reaches(root);
        assert!(reaches("/apiops/**", "/apiops") && reaches("/apiops", "/apiops") && reaches("**/keys/", "/apiops"));
        assert!(reaches("/api/*/KeystoreEntries", "/api/v1") && !reaches("/*", "/api/v1"));
        assert!(!reaches("", "/apiops") && !reaches("KeystoreEntries", "/api/v1") && !reaches("/api", "/apiops"));
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = Pattern("*a".repeat(200));
        assert!(!pattern.matches_word(&"a".repeat(199)) && pattern.matches_word(&"a".repeat(5_000)));
    }
}
