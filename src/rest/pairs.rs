//! Names with values: query strings and `application/x-www-form-urlencoded` bodies, as Apinizer reads them (WHATWG URL
//! section 5).

/// Decoded pairs in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads pairs; nothing in them can be wrong, and `+` stands for a space.
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The first value of a name.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a name.
    pub fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded() {
        let pairs = Pairs::parse(b"a=1&b=x+y%2B&a=2&c");
        assert_eq!(pairs.first("a"), Some("1"));
        assert_eq!(pairs.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(pairs.first("b"), Some("x y+"));
        assert_eq!(pairs.first("c"), Some(""));
        assert_eq!(pairs.first("d"), None);
    }
}
