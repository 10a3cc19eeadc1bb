//! Kinds of resources, and which methods and query options each has (OData V2 URI conventions, URI0 to URI50).

use super::edm::Kind as Type;
use super::error::Error;
use super::request::Method;
use super::system_option::SystemOption;
use super::uri::{Address, Resource, Target};

/// A kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    ServiceDocument,
    Metadata,
    Batch,
    Set,
    Entity,
    ToOne,
    ToMany,
    Complex,
    Property,
    /// A property that belongs to the key: it cannot be written.
    KeyProperty,
    PropertyValue,
    Media,
    Count,
    CountOne,
    LinkOne,
    LinkMany,
    LinkCount,
}

/// The kind of a resource.
pub(crate) fn kind_of(resource: &Resource) -> Kind {
    match resource {
        Resource::ServiceDocument => Kind::ServiceDocument,
        Resource::Metadata => Kind::Metadata,
        Resource::Batch => Kind::Batch,
        Resource::Data(address) => kind_of_address(address),
    }
}

fn kind_of_address(address: &Address) -> Kind {
    match (&address.target, address.steps.is_empty()) {
        (Target::Entities, true) => Kind::Set,
        (Target::Entities, false) => Kind::ToMany,
        (Target::Entity, true) => Kind::Entity,
        (Target::Entity, false) => Kind::ToOne,
        (Target::Count { many: true }, _) => Kind::Count,
        (Target::Count { many: false }, _) => Kind::CountOne,
        (Target::Media, _) => Kind::Media,
        (Target::Property { value: true, .. }, _) => Kind::PropertyValue,
        (Target::Property { path, .. }, _) => match path.last().map(|property| (property.kind, property.name)) {
            Some((Type::Complex(_), _)) => Kind::Complex,
            Some((_, name)) if path.len() == 1 && address.set().entity_type.key_names().contains(&name) => {
                Kind::KeyProperty
            }
            _ => Kind::Property,
        },
        (Target::Links { count: true, .. }, _) => Kind::LinkCount,
        (Target::Links { many: true, .. }, _) => Kind::LinkMany,
        (Target::Links { many: false, .. }, _) => Kind::LinkOne,
    }
}

impl Kind {
    /// The methods that the library dispatches for this kind, in the order of `Allow`.
    pub(crate) const fn methods(self) -> &'static [Method] {
        use Method::{Delete, Get, Merge, Post, Put};
        match self {
            Self::ServiceDocument
            | Self::Metadata
            | Self::Count
            | Self::CountOne
            | Self::LinkCount
            | Self::KeyProperty => &[Get],
            Self::Batch => &[Post],
            Self::Set | Self::ToMany | Self::LinkMany => &[Get, Post],
            Self::Entity | Self::ToOne | Self::LinkOne | Self::PropertyValue => &[Get, Put, Merge, Delete],
            Self::Complex | Self::Property => &[Get, Put, Merge],
            Self::Media => &[Get, Put, Delete],
        }
    }

    /// The value of `Allow`.
    pub(crate) fn allow(self) -> String {
        let names: Vec<&str> = self.methods().iter().map(|method| method.names()).collect();
        names.join(", ")
    }

    /// The system query options that the library lets through on a `GET`.
    pub(crate) const fn options(self) -> &'static [SystemOption] {
        use SystemOption::{Expand, Filter, Format, InlineCount, OrderBy, Select, Skip, SkipToken, Top};
        match self {
            Self::Set | Self::ToMany => &[Format, Filter, InlineCount, OrderBy, SkipToken, Skip, Top, Expand, Select],
            Self::Entity | Self::ToOne => &[Format, Filter, Expand, Select],
            Self::LinkMany => &[Format, Filter, InlineCount, OrderBy, SkipToken, Skip, Top],
            Self::LinkOne | Self::Media => &[Format, Filter],
            Self::Count | Self::LinkCount => &[Filter, OrderBy, Skip, Top],
            Self::CountOne => &[Filter],
            Self::ServiceDocument | Self::Complex | Self::Property | Self::KeyProperty => &[Format],
            Self::PropertyValue | Self::Metadata | Self::Batch => &[],
        }
    }

    /// Whether a write may carry the options that a read of the same kind may. Where not, the method is refused.
    const fn writes_with_options(self) -> bool {
        matches!(self, Self::PropertyValue | Self::ToOne)
    }
}

/// Refuses a method that the resource does not have, options on a write, and writes through navigation.
pub(crate) fn check_method(
    kind: Kind,
    method: Method,
    address: Option<&Address>,
    options: &[SystemOption],
) -> Result<(), Error> {
    if !kind.methods().contains(&method) {
        return Err(Error::MethodNotAllowed);
    }
    if kind == Kind::Media && options.contains(&SystemOption::Format) {
        return Err(Error::InvalidSyntax);
    }
    if method == Method::Get {
        return Ok(());
    }
    if !options.is_empty() && !kind.writes_with_options() {
        return Err(Error::MethodNotAllowed);
    }
    check_navigation(kind, address.map_or(0, |address| address.steps.len()))?;
    check_property(kind, method, address)
}

fn check_navigation(kind: Kind, steps: usize) -> Result<(), Error> {
    let most = match kind {
        Kind::ToMany | Kind::LinkOne | Kind::LinkMany => 1,
        _ => 0,
    };
    if steps > most { Err(Error::NotSupported) } else { Ok(()) }
}

/// A key property cannot be written; one that is not nullable cannot be deleted.
fn check_property(kind: Kind, method: Method, address: Option<&Address>) -> Result<(), Error> {
    let Some(Address { target: Target::Property { path, .. }, .. }) = address else { return Ok(()) };
    let keys = address.map(|address| address.set().entity_type.key_names()).unwrap_or_default();
    let of_key = path.len() == 1 && path.iter().any(|property| keys.contains(&property.name));
    let required = path.last().is_some_and(|property| !property.nullable);
    if of_key || (kind == Kind::PropertyValue && method == Method::Delete && required) {
        return Err(Error::MethodNotAllowed);
    }
    Ok(())
}
