//! The service that the library was asked through: three sets of SAP API Management's model, and a processor that takes every
//! entity that can be read, changes nothing and has no rules.

use std::sync::Arc;

use crate::contract::Refusal;
use crate::effects::{Effects, Ids, Timestamp};
use crate::odata::dialect::RepeatedOptions;
use crate::odata::edm::{Association, ComplexType, End, EntityType, Kind, Navigation, Property, Schema, Set};
use crate::odata::{Answer, Context, Dialect, Entity, EntitySet, Entry, Error, Key, Related, Rows, Service, Value};
use crate::store::{Draft, Holds, Store};

static HISTORY: ComplexType = ComplexType {
    name: "History",
    properties: &[
        Property::new("changed_at", Kind::DateTime),
        Property::string("changed_by", 255),
        Property::new("created_at", Kind::DateTime),
        Property::string("created_by", 255),
    ],
};
static CERTIFICATE: EntityType = EntityType {
    name: "Certificate",
    base: None,
    is_abstract: false,
    key: &["name", "storeName"],
    properties: &[
        Property::string("certName", 256),
        Property::string("csKey", 255),
        Property::string("description", 2048),
        Property::string("format", 256),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 200).required(),
        Property::string("storeName", 200).required(),
        Property::string("password", 256),
        Property::string("storeType", 256),
        Property::string("expiryDate", 256),
        Property::string("issuerEmail", 2048),
        Property::string("subjectEmail", 2048),
        Property::string("signAlgName", 256),
        Property::string("isValid", 256),
        Property::string("validFrom", 256),
        Property::string("version", 256),
        Property::new("content", Kind::Binary),
    ],
    navigation: &[Navigation {
        name: "certificateStore",
        association: "Certificate_CertificateStore",
        from_role: "Certificate",
        to_role: "CertificateStore",
        target: "CertificateStores",
        many: false,
    }],
    media: false,
};
static STORE: EntityType = EntityType {
    name: "CertificateStore",
    base: None,
    is_abstract: false,
    key: &["name"],
    properties: &[
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 200).required(),
        Property::string("storeType", 20),
    ],
    navigation: &[Navigation {
        name: "certificates",
        association: "Certificate_CertificateStore",
        from_role: "CertificateStore",
        to_role: "Certificate",
        target: "Certificates",
        many: true,
    }],
    media: false,
};
static REFERENCE: EntityType = EntityType {
    name: "CertificateStoreReference",
    base: None,
    is_abstract: false,
    key: &["name"],
    properties: &[
        Property::string("certificateStoreName", 200),
        Property::new("life_cycle", Kind::Complex(&HISTORY)),
        Property::string("name", 255).required(),
        Property::string("storeType", 20),
    ],
    navigation: &[],
    media: false,
};
static CERTIFICATES: Set = Set::new("Certificates", &CERTIFICATE);
static STORES: Set = Set::new("CertificateStores", &STORE);
static REFERENCES: Set = Set::new("CertificateStoreReferences", &REFERENCE);
static CERTIFICATE_TO_STORE: Association = Association {
    name: "Certificate_CertificateStore",
    ends: [
        End { role: "Certificate", entity_type: "Certificate", entity_set: "Certificates", multiplicity: "*" },
        End {
            role: "CertificateStore",
            entity_type: "CertificateStore",
            entity_set: "CertificateStores",
            multiplicity: "0..1",
        },
    ],
    set: "Certificate_CertificateStoreSet",
    constraint: None,
};
static SCHEMA: Schema = Schema {
    namespace: "apiportal",
    container: "apiportalContainer",
    entity_types: &[&CERTIFICATE, &STORE, &REFERENCE],
    complex_types: &[&HISTORY],
    associations: &[&CERTIFICATE_TO_STORE],
    entity_sets: &[&CERTIFICATES, &STORES, &REFERENCES],
};

/// A state in which nothing changes but the world's ids.
#[derive(Debug, Clone)]
pub struct Portal(Ids, ());

impl Holds<()> for Portal {
    fn part(&self) -> &() {
        &self.1
    }

    fn draft(&mut self, now: Timestamp) -> (&mut (), Effects<'_>) {
        (&mut self.1, Effects { now, ids: &mut self.0 })
    }
}

pub fn store() -> Store<Portal> {
    Store::new(Arc::new(Portal(Ids::new(1), ())))
}

static ALL_CERTIFICATES: Fixed = Fixed { set: &CERTIFICATES, held: &[&[("name", "partner-ca"), ("storeName", "ts")]] };
static ALL_STORES: Fixed = Fixed { set: &STORES, held: &[&[("name", "ks_1")], &[("name", "ts")], &[("name", "ts_1")]] };
static ALL_REFERENCES: Fixed =
    Fixed { set: &REFERENCES, held: &[&[("certificateStoreName", "ts"), ("name", "reference_ts_1")]] };

pub static SERVICE: Service<()> = Service {
    root: "/apiportal/api/1.0/Management.svc",
    schema: &SCHEMA,
    sets: &[&ALL_CERTIFICATES, &ALL_STORES, &ALL_REFERENCES],
    dialect: |()| Dialect { repeated_options: RepeatedOptions::Refused, ..Dialect::default() },
};

/// A set of these entities, whatever is written to it.
struct Fixed {
    set: &'static Set,
    /// Their properties that are not null.
    held: &'static [&'static [(&'static str, &'static str)]],
}

impl Fixed {
    fn entities(&self) -> impl Iterator<Item = Entity> {
        self.held.iter().map(|held| entity(self.set, |name| Some(held.iter().find(|(known, _)| *known == name)?.1)))
    }

    fn one(&self, key: &Key) -> Result<Entity, Refusal> {
        self.entities().find(|entity| entity.key() == *key).ok_or_else(|| Error::EntityNotFound.into())
    }
}

fn entity<'v>(set: &'static Set, text: impl Fn(&str) -> Option<&'v str>) -> Entity {
    let at = Value::DateTime(Timestamp(0));
    let history = Value::Complex(vec![at.clone(), "me".into(), at, "me".into()]);
    let value = |property: &&Property| match property.kind {
        Kind::Complex(_) => history.clone(),
        _ => text(property.name).map_or(Value::Null, |text| text.to_owned().into()),
    };
    Entity::new(set, set.entity_type.all_properties().iter().map(value).collect())
}

fn created(set: &'static Set, entry: &Entry) -> Answer {
    let keys = set.entity_type.key_names();
    Answer::Created(entity(set, |name| entry.text(name).or_else(|| keys.contains(&name).then_some("new"))))
}

impl EntitySet<()> for Fixed {
    fn set(&self) -> &'static Set {
        self.set
    }

    fn list<'a>(&self, _: &'a Context<'a>, (): &'a ()) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(self.entities().collect::<Vec<_>>().into_iter()))
    }

    fn read(&self, _: &Context<'_>, (): &(), key: &Key) -> Result<Entity, Refusal> {
        self.one(key)
    }

    fn navigate<'a>(
        &self,
        _: &'a Context<'a>,
        (): &'a (),
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let entity = self.one(key)?;
        if !to.many {
            let store = entity.value("storeName").and_then(Value::as_str).unwrap_or_default();
            let key = Key::new(vec![("name", store.to_owned().into())]);
            return Ok(Related::One(ALL_STORES.one(&key).ok()));
        }
        let store = key.text("name").to_owned();
        let holds = move |entity: &Entity| entity.value("storeName").and_then(Value::as_str) == Some(store.as_str());
        Ok(Related::Many(Box::new(ALL_CERTIFICATES.entities().filter(holds))))
    }

    fn create(&self, _: &Context<'_>, _: &mut Draft<'_, ()>, entry: &Entry) -> Result<Answer, Refusal> {
        Ok(created(self.set, entry))
    }

    fn create_related(
        &self,
        _: &Context<'_>,
        _: &mut Draft<'_, ()>,
        key: &Key,
        _: &'static Navigation,
        entry: &Entry,
    ) -> Result<Answer, Refusal> {
        self.one(key)?;
        Ok(created(&CERTIFICATES, entry))
    }

    fn update(&self, _: &Context<'_>, _: &mut Draft<'_, ()>, key: &Key, _: &Entry, _: bool) -> Result<Answer, Refusal> {
        self.one(key).map(|_| Answer::NoContent)
    }

    fn delete(&self, _: &Context<'_>, _: &mut Draft<'_, ()>, key: &Key) -> Result<Answer, Refusal> {
        self.one(key).map(|_| Answer::NoContent)
    }
}
