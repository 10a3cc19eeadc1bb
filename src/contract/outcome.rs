//! Outcomes: one row for each documented answer, with its evidence; and refusals, which are rows with their blanks filled.

use std::fmt;

use serde_json::Value;

use crate::http::Diagnosis;

/// A document that rows cite, by its name in `evidence/documents.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document(pub &'static str);

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited {
    /// The document.
    pub document: Document,
    /// The page, operation, class or sentence in it.
    pub place: &'static str,
}

impl Document {
    /// A place in it.
    pub const fn at(self, place: &'static str) -> Cited {
        Cited { document: self, place }
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.document.0, self.place)
    }
}

/// Where an outcome is known from. The order is the priority when sources disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Seen on a live system; the file of observations below `evidence/`, without its ending.
    Observed(&'static str),
    /// The vendor's machine-readable specification.
    Specified(Cited),
    /// The vendor's documentation.
    Documented(Cited),
    /// Default of the library that the system is built on.
    Library(Cited),
    /// No public source; the reason for the choice.
    Assumed(&'static str),
}

impl Evidence {
    /// One word for tables: `observed`, `specified`, `documented`, `library` or `assumed`.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Observed(_) => "observed",
            Self::Specified(_) => "specified",
            Self::Documented(_) => "documented",
            Self::Library(_) => "library",
            Self::Assumed(_) => "assumed",
        }
    }

    /// The place in a document that it cites; none of what was observed, and of what is assumed.
    pub const fn cited(self) -> Option<Cited> {
        match self {
            Self::Specified(cited) | Self::Documented(cited) | Self::Library(cited) => Some(cited),
            Self::Observed(_) | Self::Assumed(_) => None,
        }
    }

    /// The source, or the reason of an assumption.
    pub fn source(self) -> String {
        match self {
            Self::Observed(text) | Self::Assumed(text) => text.to_owned(),
            Self::Specified(cited) | Self::Documented(cited) | Self::Library(cited) => cited.to_string(),
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind(), self.source())
    }
}

/// One row of an API's catalogue: an answer other than success.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Stable identifier, unique in its API: `snake_case`. It is also the code in the diagnosis header.
    pub id: &'static str,
    /// HTTP status.
    pub status: u16,
    /// The system's symbolic error code; empty where the system sends none (each protocol says what it makes of that).
    pub code: &'static str,
    /// The system's exact text, with `{name}` for each blank. Empty where the system sends no body.
    pub text: &'static str,
    /// Where status and code are known from.
    pub evidence: Evidence,
    /// Where the text is known from; the same, unless it has a source of its own.
    pub text_evidence: Evidence,
    /// What the caller should change, for the diagnosis: one sentence, may use the same blanks.
    pub advice: &'static str,
    /// Who brings it about.
    pub reach: Reach,
}

/// Who brings an outcome about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A client, by what it sends.
    Client,
    /// Only an armed fault: the emulated system has the outcome, but no request earns it here.
    Fault,
}

/// A request that an API turns down: a catalogue row and what fills its blanks.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The row.
    pub outcome: &'static Outcome,
    /// The text with its blanks filled.
    pub text: String,
    /// The advice with its blanks filled.
    pub advice: String,
    /// A whole JSON body to send in place of the protocol's error envelope, where the system does that.
    pub body: Option<String>,
    /// What fills the blanks, for an API that has several texts for one row.
    pub blanks: Vec<(String, String)>,
    /// What comes with it, where a fault says so.
    pub details: Option<Box<Details>>,
}

/// What may come with a refusal beside its text.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// Seconds after which to try again.
    pub retry_after: Option<u32>,
    /// Further members of the error envelope, for systems whose envelope has a place for them.
    pub members: Vec<(&'static str, Value)>,
}

impl Refusal {
    /// Fills the blanks of a row. A blank without a value stays visible, so that a test sees it.
    pub fn new(outcome: &'static Outcome, blanks: &[(&str, &str)]) -> Self {
        Self {
            outcome,
            text: fill(outcome.text, blanks),
            advice: fill(outcome.advice, blanks),
            body: None,
            blanks: blanks.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            details: None,
        }
    }

    /// Seconds after which to try again, where a fault says so.
    pub fn retry_after(&self) -> Option<u32> {
        self.details.as_ref()?.retry_after
    }

    /// The same for developers: stable code, then rule, advice and source in one line.
    pub fn diagnosis(&self) -> Diagnosis {
        let evidence = self.outcome.sources();
        let text = self.text.trim();
        // A text that is a document in itself says nothing in one line.
        let line = if text.is_empty() || text.starts_with('{') {
            format!("{} [{evidence}]", self.advice)
        } else {
            let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
            format!("{text}{stop} {} [{evidence}]", self.advice)
        };
        Diagnosis { code: self.outcome.id, line }
    }
}

/// The evidence of a row in its two parts, as tables and diagnoses show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sources {
    /// Of status and code.
    pub status: Evidence,
    /// Of the text.
    pub text: Evidence,
}

impl fmt::Display for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text == self.status {
            return write!(f, "{}", self.status);
        }
        write!(f, "{}; text {}", self.status, self.text)
    }
}

impl Outcome {
    /// Where it is known from.
    pub const fn sources(&self) -> Sources {
        Sources { status: self.evidence, text: self.text_evidence }
    }

    /// True if a text is the row's, whatever fills its blanks.
    pub fn is_text(&self, text: &str) -> bool {
        let mut pieces = self.text.split('{').enumerate().map(|(index, piece)| match piece.split_once('}') {
            Some((name, literal)) if index > 0 && self.blanks().any(|blank| blank == name) => literal,
            _ => piece,
        });
        let first = pieces.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else { return false };
        let literals: Vec<&str> = pieces.collect();
        let Some((last, middle)) = literals.split_last() else { return rest.is_empty() };
        for literal in middle {
            match rest.split_once(literal) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        rest.ends_with(last)
    }

    /// The names of the blanks in its text, in order.
    pub fn blanks(&self) -> impl Iterator<Item = &'static str> {
        let name = |piece: &'static str| Some(piece.split_once('}')?.0);
        let is_name =
            |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        self.text.split('{').skip(1).filter_map(name).filter(is_name)
    }
}

/// Replaces each `{name}` that has a value, in one pass: a value that itself contains braces is left alone.
pub(crate) fn fill(template: &str, blanks: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, from_brace) = rest.split_at(start);
        filled.push_str(before);
        let blank = from_brace.find('}').and_then(|end| {
            let value = blanks.iter().find(|(name, _)| *name == &from_brace[1..end])?;
            Some((value.1, end))
        });
        let length = if let Some((value, end)) = blank {
            filled.push_str(value);
            end + 1
        } else {
            filled.push('{');
            1
        };
        rest = from_brace.split_at(length).1;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn blanks_are_filled_once_and_unknown_ones_stay() {
        let text = fill("Alias '{alias}' in {store} {other}", &[("alias", "a{store}b"), ("store", "ts")]);
        assert_eq!(text, "Alias 'a{store}b' in ts {other}");
    }

    #[test]
    fn a_lone_brace_is_text() {
        assert_eq!(fill("{", &[]), "{");
        assert_eq!(fill("a{b", &[("b", "x")]), "a{b");
    }
}
