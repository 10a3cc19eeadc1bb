//! What is wrong with something that was written, for people and for programs.

use crate::contract::{closest, expectation};

/// What is wrong, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// The kind of mistake.
    pub code: Code,
    /// One sentence.
    pub message: String,
    /// What would do: words, the nearest first, or one description. Empty where the sentence says all.
    pub expected: Vec<String>,
}

/// Kinds of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A file that cannot be read, or not as what it is to be.
    Unreadable,
    /// Text that is neither YAML nor JSON.
    Syntax,
    /// A key that is not known here.
    UnknownKey,
    /// A word that is none of those that can stand here.
    UnknownWord,
    /// A name of something that is not there.
    UnknownName,
    /// A key that must be there.
    MissingKey,
    /// A key that is there twice.
    DuplicateKey,
    /// A name that is there twice.
    DuplicateName,
    /// A value of another type.
    WrongType,
    /// A version of the format that is not read.
    WrongVersion,
    /// What the system would refuse.
    Refused,
    /// A value that does not do for another reason.
    Invalid,
}

impl Code {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Unreadable,
        Self::Syntax,
        Self::UnknownKey,
        Self::UnknownWord,
        Self::UnknownName,
        Self::MissingKey,
        Self::DuplicateKey,
        Self::DuplicateName,
        Self::WrongType,
        Self::WrongVersion,
        Self::Refused,
        Self::Invalid,
    ];

    /// Its name, which stays the same from version to version.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown_key",
            Self::UnknownWord => "unknown_word",
            Self::UnknownName => "unknown_name",
            Self::MissingKey => "missing_key",
            Self::DuplicateKey => "duplicate_key",
            Self::DuplicateName => "duplicate_name",
            Self::WrongType => "wrong_type",
            Self::WrongVersion => "wrong_version",
            Self::Refused => "refused",
            Self::Invalid => "invalid",
        }
    }

    /// What it stands for.
    pub const fn means(self) -> &'static str {
        match self {
            Self::Unreadable => "a file that cannot be read, or not as what it is to be",
            Self::Syntax => "text that is neither YAML nor JSON",
            Self::UnknownKey => "a key that is not known here",
            Self::UnknownWord => "a word that is none of those that can stand here",
            Self::UnknownName => "a name of something that is not there",
            Self::MissingKey => "a key that must be there",
            Self::DuplicateKey => "a key that is there twice",
            Self::DuplicateName => "a name that is there twice",
            Self::WrongType => "a value of another type",
            Self::WrongVersion => "a version of the format that is not read",
            Self::Refused => "what the system would refuse over its API",
            Self::Invalid => "a value that does not do for another reason",
        }
    }
}

impl Complaint {
    /// One that is all in its sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), expected: Vec::new() }
    }

    /// One about a word that is none of those that are known: `sentence` says so, and is completed by what may have been meant.
    pub fn unknown(code: Code, sentence: &str, word: &str, known: &[&str]) -> Self {
        let expected = closest(word, known).into_iter().map(ToOwned::to_owned).collect();
        Self { code, message: format!("{sentence}: {}", expectation(word, known)), expected }
    }
}
