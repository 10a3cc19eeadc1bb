//! Names that travel: each kind a type of its own, parsed where it enters, never empty.

use std::borrow::Borrow;
use std::fmt;

use crate::store::Text;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Text);

        impl $name {
            /// The name, unless it is empty.
            pub fn parse(text: &str) -> Option<Self> {
                (!text.is_empty()).then(|| Self(Text::from(text.to_owned())))
            }

            /// Its characters.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Its characters, to keep.
            pub const fn text(&self) -> &Text {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of a certificate store.
    StoreName
}

name! {
    /// The name of a certificate store reference.
    ReferenceName
}

name! {
    /// The name of a certificate in its store: what virtual hosts call the alias.
    CertificateName
}

name! {
    /// The identifier of a virtual host.
    HostId
}

name! {
    /// The name of an API provider.
    ProviderName
}

impl HostId {
    /// The identifier of a virtual host that a request makes.
    pub fn of_uuid(uuid: String) -> Self {
        Self(uuid.into())
    }
}

/// What a virtual host says where a store is meant: the store's name, or `ref://` and the name of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreLink {
    /// By its own name.
    Store(StoreName),
    /// Through a reference.
    Reference(ReferenceName),
}

impl StoreLink {
    const SCHEME: &'static str = "ref://";

    /// Reads a link, unless there is no name in it.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(Self::SCHEME) {
            Some(reference) => ReferenceName::parse(reference).map(Self::Reference),
            None => StoreName::parse(text).map(Self::Store),
        }
    }

    /// True if it is the reference of this name.
    pub fn is_reference(&self, name: &str) -> bool {
        matches!(self, Self::Reference(reference) if reference.as_str() == name)
    }

    /// True if it names this store itself.
    pub fn is_store(&self, name: &str) -> bool {
        matches!(self, Self::Store(store) if store.as_str() == name)
    }
}

impl fmt::Display for StoreLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(name) => write!(f, "{name}"),
            Self::Reference(name) => write!(f, "{}{name}", Self::SCHEME),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_shown_as_it_was_sent() {
        for text in ["shop_ts", "ref://shop_ts_ref", "REF://x"] {
            assert_eq!(StoreLink::parse(text).map(|link| link.to_string()).as_deref(), Some(text));
        }
        assert_eq!(StoreLink::parse(""), None);
        assert_eq!(StoreLink::parse("ref://"), None);
    }
}
