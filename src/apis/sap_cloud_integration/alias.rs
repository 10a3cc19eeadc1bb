//! Aliases of keystore entries, and their hexadecimal form in keys: the bytes of the UTF-8 text as hex digits.
//!
//! A front server refuses `/` and `\` in a URI even when they are escaped; that is why keys are in hex.

use std::fmt;

use super::error::Error;
use crate::http::target::has;
use crate::store::Text;

/// Most characters of an alias.
const LONGEST: usize = 250;

/// The name of an entry, unique in its keystore. Aliases that differ in case are different; lists are in the order of
/// the letters, and case decides only between equals.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    folded: Text,
    text: Text,
}

impl Alias {
    /// An alias as it is.
    pub fn new(text: impl Into<Text>) -> Self {
        let text = text.into();
        let is_folded = !has(&text, |byte| !byte.is_ascii() || byte.is_ascii_uppercase());
        let folded = if is_folded { text.clone() } else { text.to_lowercase().into() };
        Self { folded, text }
    }

    /// An alias that an entry may be given.
    pub fn for_entry(text: impl Into<Text>) -> Result<Self, Error> {
        let alias = Self::new(text);
        if alias.text.is_empty() {
            return Err(Error::AliasEmpty);
        }
        if alias.text.chars().count() > LONGEST {
            return Err(Error::AliasTooLong);
        }
        if alias.text.chars().any(char::is_control) {
            return Err(Error::AliasInvalid { alias: alias.to_string() });
        }
        Ok(alias)
    }

    /// An alias that a tenant administrator may give an entry.
    pub fn for_administrator(text: impl Into<Text>) -> Result<Self, Error> {
        let alias = Self::for_entry(text)?;
        alias.refuse_reserved()?;
        Ok(alias)
    }

    /// Refuses an alias that only SAP's own entries may have.
    pub fn refuse_reserved(&self) -> Result<(), Error> {
        match self.reservation() {
            Some(_) => Err(Error::AliasReserved { alias: self.to_string() }),
            None => Ok(()),
        }
    }

    /// What reserves the alias for SAP, if anything does.
    pub fn reservation(&self) -> Option<Reservation> {
        if self.text.starts_with("sap_") {
            return Some(Reservation::Prefix);
        }
        let reserved = ["hcicertificate", "hcicertificate1", "hcimsgcertificate"];
        reserved.contains(&self.text.as_str()).then_some(Reservation::Name)
    }

    /// Its characters, cheap to clone.
    pub const fn text(&self) -> &Text {
        &self.text
    }

    /// Its hexadecimal form.
    pub fn hexalias(&self) -> Hexalias {
        Hexalias(hex::encode_upper(self.text.as_bytes()).into())
    }
}

/// Why an alias belongs to SAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// It begins with `sap_`.
    Prefix,
    /// It is one of three names.
    Name,
}

impl fmt::Display for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// An alias in hex, as answers show it: upper case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hexalias(Text);

impl Hexalias {
    /// Its digits, cheap to clone.
    pub const fn text(&self) -> &Text {
        &self.0
    }

    /// The alias that a key means; digits may be in either case.
    ///
    /// The system decodes with `javax.xml.bind.DatatypeConverter` and lets its exceptions through: length in UTF-16
    /// units first, then the digits. Bytes that are not UTF-8 become U+FFFD, as `new String(bytes, UTF_8)` has it.
    pub fn decode(digits: &str) -> Result<Alias, Error> {
        let mut bytes = vec![0; digits.len() / 2];
        match hex::decode_to_slice(digits, &mut bytes) {
            Ok(()) => Ok(Alias::new(
                String::from_utf8(bytes).unwrap_or_else(|not| String::from_utf8_lossy(not.as_bytes()).into_owned()),
            )),
            Err(_) if digits.encode_utf16().count().is_multiple_of(2) => {
                Err(Error::HexIllegal { hexalias: digits.to_owned() })
            }
            Err(_) => Err(Error::HexOdd { hexalias: digits.to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of the documentation, and three computed from the UTF-8 rule.
    const VECTORS: [(&str, &str); 11] = [
        ("123", "313233"),
        ("my alias", "6D7920616C696173"),
        ("mycertificate", "6D796365727469666963617465"),
        ("mykeypair", "6D796B657970616972"),
        ("smtp.mail.yahoo.com", "736D74702E6D61696C2E7961686F6F2E636F6D"),
        ("baltimore cybertrust root", "62616C74696D6F7265206379626572747275737420726F6F74"),
        ("sap_test_certificate", "7361705F746573745F6365727469666963617465"),
        ("[2]_sap_test", "5B325D5F7361705F74657374"),
        ("id_rsa", "69645F727361"),
        ("ü", "C3BC"),
        ("a/b\\c;d", "612F625C633B64"),
    ];

    #[test]
    fn aliases_and_their_hexadecimal_forms() {
        for (alias, digits) in VECTORS {
            assert_eq!(&**Alias::new(alias).hexalias().text(), digits);
            assert_eq!(Hexalias::decode(digits), Ok(Alias::new(alias)));
            assert_eq!(Hexalias::decode(&digits.to_lowercase()), Ok(Alias::new(alias)));
        }
    }

    #[test]
    fn keys_that_are_no_hex() {
        let odd = |digits: &str| Err(Error::HexOdd { hexalias: digits.to_owned() });
        let illegal = |digits: &str| Err(Error::HexIllegal { hexalias: digits.to_owned() });
        assert_eq!(Hexalias::decode("abc"), odd("abc"));
        assert_eq!(Hexalias::decode("zz"), illegal("zz"));
        assert_eq!(Hexalias::decode("zzz"), odd("zzz"));
        assert_eq!(Hexalias::decode("üü"), illegal("üü"));
        assert_eq!(Hexalias::decode("FF"), Ok(Alias::new("\u{FFFD}")));
    }

    #[test]
    fn aliases_stand_in_the_order_of_their_letters() {
        let mut aliases = ["b", "B", "a", "A", "Z", "_"].map(Alias::new);
        aliases.sort();
        assert_eq!(aliases.map(|alias| alias.to_string()), ["_", "A", "a", "B", "b", "Z"]);
    }

    #[test]
    fn reserved_aliases() {
        assert_eq!(Alias::new("sap_x").reservation(), Some(Reservation::Prefix));
        assert_eq!(Alias::new("hcicertificate1").reservation(), Some(Reservation::Name));
        for free in ["hcicertificate2", "sap", "SAP_x", "x_sap_"] {
            assert_eq!(Alias::new(free).reservation(), None, "{free}");
        }
    }

    #[test]
    fn what_an_entry_may_be_called() {
        assert_eq!(Alias::for_entry(""), Err(Error::AliasEmpty));
        assert_eq!(Alias::for_entry("x".repeat(251)), Err(Error::AliasTooLong));
        assert!(Alias::for_entry("ü".repeat(250)).is_ok());
        assert_eq!(Alias::for_entry("a\nb"), Err(Error::AliasInvalid { alias: "a\nb".to_owned() }));
        assert!(Alias::for_entry("a/b\\c;d e").is_ok());
    }
}
