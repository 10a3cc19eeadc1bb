//! What other servers have. An emulated system that reads from a URL says what it wants; who really asks is handed in.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

/// Who fetches what other servers have. The caller's thread waits.
pub trait Outside: fmt::Debug + Send + Sync {
    /// What a URL answers.
    ///
    /// # Errors
    /// Nothing, not in time, or something else than was wanted.
    fn fetch(&self, wanted: &Fetch) -> Result<Bytes, Unfetched>;
}

/// What is wanted of another server, and how long to wait for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Where it is.
    pub url: String,
    /// Longest until there is a connection.
    pub connect: Duration,
    /// Longest until the next bytes arrive.
    pub read: Duration,
    /// Most bytes of the body.
    pub most: u64,
}

/// Why something was not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfetched {
    /// There is nobody to fetch it.
    Nobody,
    /// The text is no absolute URL.
    NotAbsolute,
    /// The text is no URL.
    NotAUrl,
    /// The URL is not one that is reached from here.
    OutOfReach,
    /// So many others are being waited for already.
    Busy(usize),
    /// The connection failed; what the operating system says.
    Failed(String),
    /// The other side did not go on in time.
    TooSlow,
    /// It went on and on.
    Endless,
    /// What it answers is not HTTP.
    NotHttp,
    /// It answers with another status than 200.
    Status(u16),
    /// The answer has more bytes than this.
    TooLarge(u64),
    /// The connection ended before the answer did.
    CutOff,
    /// The server that was to fetch it stops.
    Stopping,
}

impl fmt::Display for Unfetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("it is not registered, and without a server nothing is fetched"),
            Self::NotAbsolute => f.write_str("it is no absolute URL"),
            Self::NotAUrl => f.write_str("it is no URL"),
            Self::OutOfReach => f.write_str("it is not registered, and only http on loopback is fetched"),
            Self::Busy(others) => write!(f, "{others} others are being waited for; let some of them end"),
            Self::Failed(reason) => f.write_str(reason),
            Self::TooSlow => f.write_str("it did not answer in time"),
            Self::Endless => f.write_str("the answer does not end"),
            Self::NotHttp => f.write_str("the answer is not HTTP"),
            Self::Status(status) => write!(f, "the answer has status {status}"),
            Self::TooLarge(limit) => write!(f, "the answer is larger than {limit} bytes"),
            Self::CutOff => f.write_str("the answer ends before it is complete"),
            Self::Stopping => f.write_str("certmimic is stopping"),
        }
    }
}

impl std::error::Error for Unfetched {}

/// Fetches nothing: for those who use the emulated systems without a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nobody;

impl Outside for Nobody {
    fn fetch(&self, _: &Fetch) -> Result<Bytes, Unfetched> {
        Err(Unfetched::Nobody)
    }
}
