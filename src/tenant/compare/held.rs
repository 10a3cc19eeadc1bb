//! What the twin can know of: what was captured. What capture has left out, or could not read, is nobody's difference.

use std::collections::BTreeSet;

use crate::http::target::decode_leniently;

/// What was captured.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// All names and numbers in it.
    pub names: BTreeSet<String>,
    /// True if something was left out, or could not be read.
    pub is_partial: bool,
}

impl Held {
    /// True of an entity that may be in it, by its address or its name.
    pub(super) fn may_have(&self, identity: &str) -> bool {
        let last = identity.rsplit('/').next().unwrap_or(identity);
        let keys = last.split_once('(').map(|(_, keys)| keys.trim_end_matches(')'));
        match keys {
            Some(keys) => keys.split(',').all(|key| self.has(key.split_once('=').map_or(key, |(_, value)| value))),
            None => self.has(identity),
        }
    }

    /// A name as it is, or in hexadecimal digits.
    fn has(&self, key: &str) -> bool {
        let name = decode_leniently(key.trim_end_matches('L').trim_matches('\'')).into_owned();
        let in_hex = || hex::decode(&name).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        self.names.contains(&name) || in_hex().is_some_and(|name| self.names.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_known_by_all_of_their_keys() {
        let names = ["shop", "a b", "101"].map(ToOwned::to_owned).into();
        let held = Held { names, is_partial: true };
        for known in
            ["/s/Stores('shop')", "/s/Entries('73686F70')", "/s/A(name='a%20b',of='shop')", "/s/P(101L)", "shop"]
        {
            assert!(held.may_have(known), "{known}");
        }
        for unknown in ["/s/Stores('other')", "/s/A(name='x',of='shop')", "other"] {
            assert!(!held.may_have(unknown), "{unknown}");
        }
    }
}
