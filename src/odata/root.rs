//! Where a service is, as its client sees it.

use std::cell::OnceCell;

/// The absolute URI of a service's root, without a slash at its end. Put together when somebody wants to see it whole: answers
/// that were kept are sent without.
#[derive(Debug)]
pub struct Root<'a> {
    origin: &'a str,
    path: &'static str,
    whole: OnceCell<String>,
}

impl<'a> Root<'a> {
    /// A path below what the client's URIs start with.
    pub(super) const fn new(origin: &'a str, path: &'static str) -> Self {
        Self { origin, path, whole: OnceCell::new() }
    }

    /// The whole URI.
    pub fn as_str(&self) -> &str {
        self.whole.get_or_init(|| [self.origin, self.path].concat())
    }
}

impl PartialEq<str> for Root<'_> {
    fn eq(&self, uri: &str) -> bool {
        uri.strip_prefix(self.origin) == Some(self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::Root;

    #[test]
    fn it_is_the_same_in_parts_and_whole() {
        let root = Root::new("http://h/w/a", "/api/v1");
        assert!(root == *"http://h/w/a/api/v1" && root.whole.get().is_none());
        for other in ["http://h/w/a/api/v10", "http://h/w/a/api/v", "http://h/api/v1", "/api/v1", ""] {
            assert!(root != *other, "{other}");
        }
        assert_eq!(root.as_str(), "http://h/w/a/api/v1");
    }
}
