//! The character sets that the text of a form comes in (RFC 7578 section 5.1.2): those that clients really declare.

use std::borrow::Cow;

/// A character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// `UTF-8`
    #[default]
    Utf8,
    /// `US-ASCII`
    Ascii,
    /// `ISO-8859-1`, which Java's clients declare unless told otherwise.
    Latin1,
}

impl Charset {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Ascii, Self::Latin1];

    /// Its registered name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Ascii => "US-ASCII",
            Self::Latin1 => "ISO-8859-1",
        }
    }

    /// By its name in any case; `None` if it is none of these.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(name.trim()))
    }

    /// The text that the bytes stand for; `None` if they stand for none.
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Ascii if !bytes.is_ascii() => None,
            Self::Utf8 | Self::Ascii => str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Latin1 => Some(bytes.iter().copied().map(char::from).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reads_its_own_bytes() {
        assert_eq!(Charset::named(" utf-8 "), Some(Charset::Utf8));
        assert_eq!(Charset::named("utf-16"), None);
        assert_eq!(Charset::Utf8.decode(b"\xC3\xBC").as_deref(), Some("ü"));
        assert_eq!(Charset::Utf8.decode(b"\xFC"), None);
        assert_eq!(Charset::Latin1.decode(b"\xFC").as_deref(), Some("ü"));
        assert_eq!(Charset::Ascii.decode(b"\xFC"), None);
        assert_eq!(Charset::Ascii.decode(b"u").as_deref(), Some("u"));
    }
}
