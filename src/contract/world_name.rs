//! Names of worlds and snapshots.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A name that can stand in a path, in a header and, if it has small letters only, in the name of a host.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorldName(Arc<str>);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName;

impl WorldName {
    /// The name of the world that requests without a choice are for.
    pub const DEFAULT: &'static str = "default";

    /// Most characters of a name: the longest label of a host's name has 63 (RFC 1035 section 2.3.4), the rest is for the
    /// identifiers of test runners.
    pub const LONGEST: usize = 128;

    /// Takes 1 to [`WorldName::LONGEST`] letters, digits, `-`, `_` and `.` of ASCII, the first and last of them no dot.
    ///
    /// # Errors
    /// Everything else.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let is_name = (1..=Self::LONGEST).contains(&text.len())
            && text.bytes().all(fits)
            && !text.starts_with('.')
            && !text.ends_with('.');
        if is_name { Ok(Self(text.into())) } else { Err(NotAName) }
    }

    /// The name of the default world.
    pub fn of_default() -> Self {
        Self(Self::DEFAULT.into())
    }

    /// True for the default world's.
    pub fn is_default(&self) -> bool {
        &*self.0 == Self::DEFAULT
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for WorldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for WorldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for WorldName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_stand_in_paths_headers_and_hosts() {
        for good in ["a", "default", "test_rotation-1", "a.b", "0", &"x".repeat(128)] {
            assert_eq!(WorldName::parse(good).map(|name| name.to_string()).as_deref(), Ok(good));
        }
        for bad in ["", ".", "..", ".a", "a.", "a/b", "a b", "ä", "a%20", "a\n", &"x".repeat(129)] {
            assert_eq!(WorldName::parse(bad), Err(NotAName), "{bad:?}");
        }
    }
}
