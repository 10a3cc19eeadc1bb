//! What can be wrong with bytes that should be a certificate, a key or a keystore. Neutral: each API makes its own
//! documented answer of it.

use std::fmt;

use super::certificate::Unreadable;

/// Why material was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The bytes are not of the expected format; what was wrong.
    Malformed(String),
    /// A certificate that Java would not read; why.
    Certificate(Unreadable),
    /// The password does not open it.
    WrongPassword,
    /// It is encrypted and no password was given.
    PasswordRequired,
    /// The format is known, but this variant of it is not supported; which.
    Unsupported(String),
    /// The signature does not belong to the content and the key.
    BadSignature,
}

impl Error {
    /// What Java's exception says where it is known, else the same as [`Display`](fmt::Display).
    pub fn java_message(&self) -> String {
        match self {
            Self::Certificate(why) => why.java_message(),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => f.write_str(what),
            Self::Certificate(why) => why.fmt(f),
            Self::WrongPassword => f.write_str("the password is wrong"),
            Self::PasswordRequired => f.write_str("it is encrypted and no password was given"),
            Self::Unsupported(what) => write!(f, "{what} is not supported"),
            Self::BadSignature => f.write_str("the signature is not valid"),
        }
    }
}

impl std::error::Error for Error {}
