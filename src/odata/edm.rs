//! The entity data model of a service, as constants ([MS-ODATA] section 2.1; CSDL 2.0).
//!
//! Parsing, rendering and `$metadata` are all driven by it.

use std::sync::OnceLock;

/// A service's model.
#[derive(Debug)]
pub struct Schema {
    /// Namespace of every type.
    pub namespace: &'static str,
    /// Name of the entity container.
    pub container: &'static str,
    /// Entity types, base types before those derived from them.
    pub entity_types: &'static [&'static EntityType],
    /// Complex types.
    pub complex_types: &'static [&'static ComplexType],
    /// Associations between entity types.
    pub associations: &'static [&'static Association],
    /// Entity sets, in the order of the service document.
    pub entity_sets: &'static [&'static Set],
}

impl Schema {
    /// The set with this name.
    pub fn set(&self, name: &str) -> Option<&'static Set> {
        self.entity_sets.iter().copied().find(|set| set.name == name)
    }
}

/// A named collection of entities.
#[derive(Debug)]
pub struct Set {
    /// Its name, the first segment of its URIs.
    pub name: &'static str,
    /// The type of its entities.
    pub entity_type: &'static EntityType,
    /// What bodies may call a navigation property beside its name: that, and the name.
    spellings: &'static [(&'static str, &'static str)],
    layout: OnceLock<Layout>,
}

impl Set {
    /// A set of entities of a type.
    pub const fn new(name: &'static str, entity_type: &'static EntityType) -> Self {
        Self::spelled(name, entity_type, &[])
    }

    /// A set of entities of a type whose navigation properties bodies may call otherwise, too.
    #[must_use]
    pub const fn spelled(
        name: &'static str,
        entity_type: &'static EntityType,
        spellings: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, entity_type, spellings, layout: OnceLock::new() }
    }

    /// The navigation property that a body calls so.
    pub fn navigation_in_body(&self, name: &str) -> Option<&'static Navigation> {
        let spelled = self.spellings.iter().find(|(spelling, _)| *spelling == name);
        self.entity_type.navigation(spelled.map_or(name, |(_, name)| *name))
    }

    /// What its entities are made of, found out once.
    pub fn layout(&self) -> &Layout {
        self.layout.get_or_init(|| Layout::of(self.entity_type))
    }
}

/// A type with those that it derives from, laid flat to be written quickly.
#[derive(Debug)]
pub struct Layout {
    /// All properties in wire order.
    pub members: Vec<Member>,
    /// All navigation properties.
    pub references: Vec<Reference>,
    /// Names of the key properties, and where among the members they stand.
    pub key: Vec<(&'static str, usize)>,
}

/// A property in its place.
#[derive(Debug)]
pub struct Member {
    /// The property.
    pub property: &'static Property,
    /// What stands before its value in JSON: `,"name":`
    pub opening: String,
}

/// A navigation property in its place.
#[derive(Debug)]
pub struct Reference {
    /// The property.
    pub navigation: &'static Navigation,
    /// What stands before it in JSON: `,"name":`
    pub opening: String,
    /// What stands after the entity's address where it is deferred: `/name"}}`
    pub ending: String,
}

impl Layout {
    fn of(entity_type: &EntityType) -> Self {
        let member = |property: &'static Property| Member { property, opening: format!(",\"{}\":", property.name) };
        let reference = |navigation: &'static Navigation| Reference {
            navigation,
            opening: format!(",\"{}\":", navigation.name),
            ending: format!("/{}\"}}}}", navigation.name),
        };
        let key = entity_type.key_names().iter();
        Self {
            members: entity_type.wire_properties().map(member).collect(),
            references: entity_type.wire_navigation().map(reference).collect(),
            key: key.filter_map(|name| Some((*name, entity_type.position(name)?))).collect(),
        }
    }
}

/// The type of an entity.
#[derive(Debug)]
pub struct EntityType {
    /// Name without the namespace.
    pub name: &'static str,
    /// The type it derives from.
    pub base: Option<&'static EntityType>,
    /// True if it exists for others to derive from and no set holds it.
    pub is_abstract: bool,
    /// Names of the key properties; empty if the base type has them.
    pub key: &'static [&'static str],
    /// Properties that this type adds, in wire order, after those of its base.
    pub properties: &'static [Property],
    /// Navigation properties that this type adds.
    pub navigation: &'static [Navigation],
    /// True if the entity is a media link entry (`m:HasStream`).
    pub media: bool,
}

/// How many types an entity type may derive from, itself included.
const LINEAGE: usize = 8;

impl EntityType {
    /// All properties in wire order, those of the base type first, without collecting them.
    pub fn wire_properties(&self) -> impl Iterator<Item = &'static Property> + use<> {
        self.layers(|layer| layer.properties)
    }

    /// All navigation properties, those of the base type first, without collecting them.
    pub fn wire_navigation(&self) -> impl Iterator<Item = &'static Navigation> + use<> {
        self.layers(|layer| layer.navigation)
    }

    /// Where among [`Self::wire_properties`] a property stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.wire_properties().position(|property| property.name == name)
    }

    fn layers<T: 'static>(&self, part: fn(&Self) -> &'static [T]) -> impl Iterator<Item = &'static T> + use<T> {
        let mut layers: [&'static [T]; LINEAGE] = [&[]; LINEAGE];
        let mut next = Some(self);
        for layer in layers.iter_mut().rev() {
            let Some(entity_type) = next else { break };
            *layer = part(entity_type);
            next = entity_type.base;
        }
        layers.into_iter().flatten()
    }

    /// All properties in wire order, those of the base type first.
    pub fn all_properties(&self) -> Vec<&'static Property> {
        let mut properties = self.base.map(Self::all_properties).unwrap_or_default();
        properties.extend(self.properties);
        properties
    }

    /// All navigation properties, those of the base type first.
    pub fn all_navigation(&self) -> Vec<&'static Navigation> {
        let mut navigation = self.base.map(Self::all_navigation).unwrap_or_default();
        navigation.extend(self.navigation);
        navigation
    }

    /// The property with this name, its own or inherited.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        let own = self.properties.iter().find(|property| property.name == name);
        own.or_else(|| self.base?.property(name))
    }

    /// The navigation property with this name, its own or inherited.
    pub fn navigation(&self, name: &str) -> Option<&'static Navigation> {
        let own = self.navigation.iter().find(|navigation| navigation.name == name);
        own.or_else(|| self.base?.navigation(name))
    }

    /// Names of the key properties, its own or inherited.
    pub fn key_names(&self) -> &'static [&'static str] {
        match (self.key, self.base) {
            ([], Some(base)) => base.key_names(),
            (key, _) => key,
        }
    }
}

/// A structural property.
#[derive(Debug, PartialEq, Eq)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it may be null.
    pub nullable: bool,
    /// Facet `MaxLength`: characters of a string, bytes of a binary.
    pub max_length: Option<u32>,
    /// Whether the set itself refuses, or cuts, a string that is too long.
    pub own_length: bool,
}

impl Property {
    /// A nullable property without a length.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, nullable: true, max_length: None, own_length: false }
    }

    /// A nullable string of at most `max_length` characters.
    pub const fn string(name: &'static str, max_length: u32) -> Self {
        Self { max_length: Some(max_length), ..Self::new(name, Kind::String) }
    }

    /// The same, not null.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { nullable: false, ..self }
    }

    /// The same, whose length the set itself looks after.
    #[must_use]
    pub const fn of_own_length(self) -> Self {
        Self { own_length: true, ..self }
    }
}

/// Primitive types in use, and complex ones.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// `Edm.Binary`
    Binary,
    /// `Edm.Boolean`
    Boolean,
    /// `Edm.Byte`
    Byte,
    /// `Edm.DateTime`
    DateTime,
    /// `Edm.DateTimeOffset`
    DateTimeOffset,
    /// `Edm.Decimal`
    Decimal,
    /// `Edm.Double`
    Double,
    /// `Edm.Guid`
    Guid,
    /// `Edm.Int16`
    Int16,
    /// `Edm.Int32`
    Int32,
    /// `Edm.Int64`
    Int64,
    /// `Edm.String`
    String,
    /// `Edm.Time`
    Time,
    /// A complex type of the schema.
    Complex(&'static ComplexType),
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Complex(one), Self::Complex(other)) => one.name == other.name,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

impl Eq for Kind {}

impl Kind {
    /// Its name as in `$metadata`; of a complex type, without the namespace.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Binary => "Edm.Binary",
            Self::Boolean => "Edm.Boolean",
            Self::Byte => "Edm.Byte",
            Self::DateTime => "Edm.DateTime",
            Self::DateTimeOffset => "Edm.DateTimeOffset",
            Self::Decimal => "Edm.Decimal",
            Self::Double => "Edm.Double",
            Self::Guid => "Edm.Guid",
            Self::Int16 => "Edm.Int16",
            Self::Int32 => "Edm.Int32",
            Self::Int64 => "Edm.Int64",
            Self::String => "Edm.String",
            Self::Time => "Edm.Time",
            Self::Complex(complex) => complex.name,
        }
    }
}

/// The type of a structured value without a key.
#[derive(Debug)]
pub struct ComplexType {
    /// Name without the namespace.
    pub name: &'static str,
    /// Its members, in wire order.
    pub properties: &'static [Property],
}

/// A navigation property: from one end of an association to the other.
#[derive(Debug, PartialEq, Eq)]
pub struct Navigation {
    /// Its name.
    pub name: &'static str,
    /// Name of the association.
    pub association: &'static str,
    /// Role of the entity that has the property.
    pub from_role: &'static str,
    /// Role of what it leads to.
    pub to_role: &'static str,
    /// Name of the set that it leads to.
    pub target: &'static str,
    /// True if it leads to many.
    pub many: bool,
}

/// An association between two entity types.
#[derive(Debug)]
pub struct Association {
    /// Name without the namespace.
    pub name: &'static str,
    /// Its two ends.
    pub ends: [End; 2],
    /// Name of the association set, and the referential constraint if there is one.
    pub set: &'static str,
    /// `(principal role, principal property, dependent role, dependent property)`.
    pub constraint: Option<[&'static str; 4]>,
}

/// One end of an association.
#[derive(Debug)]
pub struct End {
    /// Role.
    pub role: &'static str,
    /// Name of the entity type.
    pub entity_type: &'static str,
    /// Name of the entity set.
    pub entity_set: &'static str,
    /// `0..1`, `1` or `*`.
    pub multiplicity: &'static str,
}
