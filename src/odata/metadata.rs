//! The service metadata document (CSDL 2.0 in EDMX 1.0; [MS-ODATA] section 2.2.3.7.2), rendered once a process for
//! each model and shape.

use std::sync::OnceLock;

use bytes::Bytes;

use super::dialect::MetadataShape;
use super::edm::{Association, EntityType, Kind, Navigation, Property, Schema};

const METADATA: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";

struct Rendered {
    schema: &'static Schema,
    shape: MetadataShape,
    document: Bytes,
}

/// More than there are models and shapes; what finds no place is rendered each time.
static DOCUMENTS: [OnceLock<Rendered>; 16] = [const { OnceLock::new() }; 16];

/// The document of a model.
pub(crate) fn document(schema: &'static Schema, shape: MetadataShape) -> Bytes {
    for place in &DOCUMENTS {
        let render = || Rendered { schema, shape, document: Bytes::from(Edmx::render(schema, shape)) };
        let rendered = place.get_or_init(render);
        if std::ptr::eq(rendered.schema, schema) && rendered.shape == shape {
            return rendered.document.clone();
        }
    }
    Bytes::from(Edmx::render(schema, shape))
}

struct Edmx {
    out: String,
    namespace: &'static str,
}

impl Edmx {
    fn render(schema: &'static Schema, shape: MetadataShape) -> String {
        let mut edmx = Self { out: String::with_capacity(32 * 1024), namespace: schema.namespace };
        edmx.push(&["<?xml version='1.0' encoding='utf-8'?>"]);
        edmx.push(&["<edmx:Edmx xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\" Version=\"1.0\">"]);
        edmx.push(&["<edmx:DataServices xmlns:m=\"", METADATA, "\" m:DataServiceVersion=\"1.0\">"]);
        edmx.push(&["<Schema xmlns=\"http://schemas.microsoft.com/ado/2008/09/edm\" Namespace=\""]);
        edmx.push(&[schema.namespace, "\">"]);
        for entity_type in schema.entity_types {
            match shape {
                MetadataShape::Inherited => edmx.derived(entity_type),
                MetadataShape::Flat if entity_type.is_abstract => {}
                MetadataShape::Flat => edmx.complete(entity_type),
            }
        }
        for complex in schema.complex_types {
            edmx.push(&["<ComplexType Name=\"", complex.name, "\">"]);
            complex.properties.iter().for_each(|property| edmx.property(property));
            edmx.push(&["</ComplexType>"]);
        }
        schema.associations.iter().for_each(|association| edmx.association(association));
        edmx.container(schema);
        edmx.push(&["</Schema></edmx:DataServices></edmx:Edmx>"]);
        edmx.out
    }

    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
    }

    /// A type with what it adds to its base.
    fn derived(&mut self, entity_type: &EntityType) {
        self.push(&["<EntityType Name=\"", entity_type.name, "\""]);
        if let Some(base) = entity_type.base {
            let namespace = self.namespace;
            self.push(&[" BaseType=\"", namespace, ".", base.name, "\""]);
        }
        if entity_type.is_abstract {
            self.push(&[" Abstract=\"true\""]);
        }
        self.stream_and_key(entity_type, entity_type.key);
        entity_type.properties.iter().for_each(|property| self.property(property));
        entity_type.navigation.iter().for_each(|navigation| self.navigation(navigation));
        self.push(&["</EntityType>"]);
    }

    /// A type with all that it has.
    fn complete(&mut self, entity_type: &EntityType) {
        self.push(&["<EntityType Name=\"", entity_type.name, "\""]);
        self.stream_and_key(entity_type, entity_type.key_names());
        entity_type.wire_properties().for_each(|property| self.property(property));
        entity_type.wire_navigation().for_each(|navigation| self.navigation(navigation));
        self.push(&["</EntityType>"]);
    }

    fn stream_and_key(&mut self, entity_type: &EntityType, key: &[&str]) {
        self.push(&[if entity_type.media { " m:HasStream=\"true\">" } else { ">" }]);
        if !key.is_empty() {
            self.push(&["<Key>"]);
            for name in key {
                self.push(&["<PropertyRef Name=\"", name, "\"/>"]);
            }
            self.push(&["</Key>"]);
        }
    }

    fn property(&mut self, property: &Property) {
        self.push(&["<Property Name=\"", property.name, "\" Type=\""]);
        if let Kind::Complex(_) = property.kind {
            let namespace = self.namespace;
            self.push(&[namespace, "."]);
        }
        self.push(&[property.kind.name(), "\""]);
        if !property.nullable {
            self.push(&[" Nullable=\"false\""]);
        }
        if let Some(length) = property.max_length {
            self.push(&[" MaxLength=\"", &length.to_string(), "\""]);
        }
        self.push(&["/>"]);
    }

    fn navigation(&mut self, navigation: &Navigation) {
        let namespace = self.namespace;
        self.push(&["<NavigationProperty Name=\"", navigation.name]);
        self.push(&["\" Relationship=\"", namespace, ".", navigation.association]);
        self.push(&["\" FromRole=\"", navigation.from_role, "\" ToRole=\"", navigation.to_role, "\"/>"]);
    }

    fn association(&mut self, association: &Association) {
        let namespace = self.namespace;
        self.push(&["<Association Name=\"", association.name, "\">"]);
        for end in &association.ends {
            self.push(&["<End Type=\"", namespace, ".", end.entity_type, "\" Multiplicity=\"", end.multiplicity]);
            self.push(&["\" Role=\"", end.role, "\"/>"]);
        }
        if let Some([principal, referenced, dependent, referring]) = association.constraint {
            self.push(&["<ReferentialConstraint><Principal Role=\"", principal, "\"><PropertyRef Name=\""]);
            self.push(&[referenced, "\"/></Principal><Dependent Role=\"", dependent, "\"><PropertyRef Name=\""]);
            self.push(&[referring, "\"/></Dependent></ReferentialConstraint>"]);
        }
        self.push(&["</Association>"]);
    }

    fn container(&mut self, schema: &Schema) {
        let namespace = self.namespace;
        self.push(&["<EntityContainer Name=\"", schema.container, "\" m:IsDefaultEntityContainer=\"true\">"]);
        for set in schema.entity_sets {
            self.push(&["<EntitySet Name=\"", set.name, "\" EntityType=\"", namespace, ".", set.entity_type.name]);
            self.push(&["\"/>"]);
        }
        for association in schema.associations {
            self.push(&["<AssociationSet Name=\"", association.set, "\" Association=\"", namespace, "."]);
            self.push(&[association.name, "\">"]);
            for end in &association.ends {
                self.push(&["<End EntitySet=\"", end.entity_set, "\" Role=\"", end.role, "\"/>"]);
            }
            self.push(&["</AssociationSet>"]);
        }
        self.push(&["</EntityContainer>"]);
    }
}
