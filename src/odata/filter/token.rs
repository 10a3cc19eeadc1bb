//! The words of a filter (OData V2 URI conventions, section 2 of the grammar).

use super::super::Value;
use super::super::uri::literal;
use crate::contract::Refusal;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    Comma,
    Slash,
    Minus,
    Word(&'t str),
    Literal(Value),
}

/// Filters longer than this are refused: reading is linear, but so is the memory it takes.
const LONGEST: usize = 256 * 1024;

/// Splits a text, or says what cannot be read.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    if text.len() > LONGEST {
        return Err("The expression is too long.".to_owned());
    }
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let after_number = tokens.last().is_none_or(|token| !matches!(token, Token::Literal(_) | Token::Close));
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ',' => (Token::Comma, 1),
            '/' => (Token::Slash, 1),
            '\'' => quoted(rest, 0)?,
            '-' if after_number && negative(rest) => number(rest)?,
            '-' => (Token::Minus, 1),
            '0'..='9' => number(rest)?,
            _ if first.is_alphabetic() || first == '_' => word(rest)?,
            _ => return Err(format!("Unknown character `{first}`.")),
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

/// A minus sign right before a number, or before infinity, belongs to it.
fn negative(rest: &str) -> bool {
    let after = rest.get(1..).unwrap_or_default();
    after.starts_with(|next: char| next.is_ascii_digit())
        || after.strip_prefix("INF").is_some_and(|end| !end.starts_with(char::is_alphanumeric))
}

fn number(rest: &str) -> Result<(Token<'_>, usize), String> {
    let mut length = usize::from(rest.starts_with('-'));
    let mut previous = ' ';
    for character in rest.chars().skip(length) {
        let exponent_sign = matches!(character, '+' | '-') && matches!(previous, 'e' | 'E');
        if !character.is_ascii_alphanumeric() && character != '.' && !exponent_sign {
            break;
        }
        length += 1;
        previous = character;
    }
    read_literal(rest.get(..length).unwrap_or_default())
}

/// A string in quotes, of which the first is at `start`; a doubled quote stands for one.
fn quoted(rest: &str, start: usize) -> Result<(Token<'_>, usize), String> {
    let mut at = start + 1;
    loop {
        let found = rest.get(at..).and_then(|text| text.find('\'')).ok_or("A string is not closed.")?;
        at += found + 1;
        if rest.get(at..).is_some_and(|after| after.starts_with('\'')) {
            at += 1;
        } else {
            return read_literal(rest.get(..at).unwrap_or_default());
        }
    }
}

fn read_literal(text: &str) -> Result<(Token<'_>, usize), String> {
    literal::parse(text).map(|value| (Token::Literal(value), text.len())).map_err(|error| Refusal::from(error).text)
}

fn word(rest: &str) -> Result<(Token<'_>, usize), String> {
    let end = rest.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if after.starts_with('\'') {
        return quoted(rest, end);
    }
    match word {
        "true" | "false" | "null" | "INF" | "NaN" => read_literal(word),
        _ => Ok((Token::Word(word), end)),
    }
}
