//! Answers in the chosen representation ([MS-ODATA] section 2.2.6), with their headers.

use std::sync::Arc;

use ::http::header::LOCATION;
use ::http::{HeaderValue, StatusCode};
use bytes::Bytes;

use super::dialect::MetadataShape;
use super::edm::{Property, Schema, Set};
use super::error::Error;
use super::format::negotiation::{Format, Offer};
use super::format::{Atom, Json, Representation, feed_of_documents};
use super::memo::Form;
use super::request::VERSION;
use super::root::Root;
use super::session::Session;
use super::shape::Shape;
use super::{Entity, Kept, Media, Memo, Value, lexical, metadata, uri};
use crate::contract::Refusal;
use crate::effects::Timestamp;
use crate::http::Response;

/// Writes answers of one request.
pub(super) struct Renderer<'a> {
    root: &'a Root<'a>,
    schema: &'static Schema,
    chosen: &'static Offer,
    date_offset: bool,
    now: Timestamp,
    metadata: MetadataShape,
}

impl<'a> Renderer<'a> {
    pub(super) fn new<S>(session: &Session<'a, S>, chosen: &'static Offer) -> Self {
        Self {
            root: session.root,
            schema: session.schema,
            chosen,
            date_offset: session.dialect.json_date_offset,
            now: session.exchange.now,
            metadata: session.dialect.metadata,
        }
    }

    /// A document in the chosen representation, and what its writer returns.
    fn document<T>(&self, write: impl FnOnce(&mut dyn Representation) -> T) -> (String, T) {
        match self.chosen.format {
            Format::Json => {
                let mut json = Json::new(self.root.as_str(), self.schema, self.date_offset);
                let written = write(&mut json);
                (json.end(), written)
            }
            Format::Xml => {
                let base = format!("{}/", self.root.as_str());
                let mut atom = Atom::new(&base, self.schema, self.now);
                let written = write(&mut atom);
                (atom.end(), written)
            }
        }
    }

    fn ok(&self, write: impl FnOnce(&mut dyn Representation)) -> Response {
        data(StatusCode::OK, &self.chosen.content_type, self.document(write).0)
    }

    /// A document that shows no entity: in JSON such a one is of the first version.
    fn part(&self, write: impl FnOnce(&mut dyn Representation)) -> Response {
        match self.chosen.format {
            Format::Json => self.first_version(write),
            Format::Xml => self.ok(write),
        }
    }

    fn first_version(&self, write: impl FnOnce(&mut dyn Representation)) -> Response {
        versioned(StatusCode::OK, &self.chosen.content_type, &FIRST_VERSION, self.document(write).0)
    }

    /// One entity.
    pub(super) fn entry(&self, entity: &Entity, shape: &Shape) -> Response {
        self.ok(|document| document.entry(entity, shape))
    }

    /// The answer to a create request: the entity, and where it is.
    pub(super) fn created(&self, entity: &Entity) -> Response {
        let mut response = self.entry(entity, &Shape::default());
        response.status = StatusCode::CREATED;
        let mut location = format!("{}/", self.root.as_str());
        uri::write_entity(&mut location, entity.set, &entity.values);
        response.with(LOCATION, location)
    }

    /// A feed, filled by `fill` unless that is refused.
    pub(super) fn feed(
        &self,
        set: &Set,
        count: Option<usize>,
        fill: impl FnOnce(&mut dyn Representation) -> Result<(), Refusal>,
    ) -> Result<Response, Refusal> {
        let (body, filled) = self.document(|feed| {
            feed.begin_feed(set, count);
            fill(feed)?;
            feed.end_feed();
            Ok(())
        });
        filled.map(|()| data(StatusCode::OK, &self.chosen.content_type, body))
    }

    /// The document that was kept, if it is what would be written now. Atom shows the time of writing: it is not kept.
    pub(super) fn kept(&self, memo: &Memo) -> Option<Response> {
        let body = match self.chosen.format {
            Format::Json => self.document_of(memo)?.clone(),
            Format::Xml => return None,
        };
        Some(data(StatusCode::OK, &self.chosen.content_type, body))
    }

    /// Keeps a document that was just written.
    pub(super) fn keep(&self, memo: &Memo, document: &Bytes) {
        if let Format::Json = self.chosen.format {
            memo.keep(Form::new(self.root, self.date_offset), document.clone());
        }
    }

    /// A whole set from what is kept of it; what is not kept yet is, afterwards.
    pub(super) fn feed_of_kept(&self, set: Kept<'_>) -> Option<Response> {
        let Format::Json = self.chosen.format else { return None };
        if let Some(kept) = self.kept(set.feed) {
            return Some(kept);
        }
        let (memo, form) = (set.feed, Form::new(self.root, self.date_offset));
        let documents = set.documents(Arc::clone(&form), |entity| self.entry(&entity, &Shape::default()).body);
        let feed = Bytes::from(feed_of_documents(&documents));
        memo.keep(form, feed.clone());
        Some(data(StatusCode::OK, &self.chosen.content_type, feed))
    }

    fn document_of<'m>(&self, memo: &'m Memo) -> Option<&'m Bytes> {
        memo.get(|form| form.is(self.root, self.date_offset))
    }

    /// One property.
    pub(super) fn property(&self, property: &Property, value: &Value) -> Response {
        self.part(|document| document.property(property, value))
    }

    /// Some members of an entity.
    pub(super) fn members(&self, members: &[(&Property, &Value)]) -> Response {
        self.ok(|document| document.members(members))
    }

    /// The address of one entity.
    pub(super) fn one_link(&self, entity: &Entity) -> Response {
        self.part(|document| document.one_link(entity))
    }

    /// The addresses of many entities.
    pub(super) fn many_links(&self, mut entities: impl Iterator<Item = Entity>, count: Option<usize>) -> Response {
        self.part(|document| document.many_links(&mut entities, count))
    }

    /// A list of entity sets.
    pub(super) fn service_document(&self, sets: &[&Set]) -> Response {
        self.first_version(|document| document.service_document(sets))
    }

    /// The model.
    pub(super) fn metadata(&self) -> Response {
        let document = metadata::document(self.schema, self.metadata);
        versioned(StatusCode::OK, &self.chosen.content_type, &FIRST_VERSION, document)
    }
}

static FIRST_VERSION: HeaderValue = HeaderValue::from_static("1.0");
static SECOND_VERSION: HeaderValue = HeaderValue::from_static("2.0");
static PLAIN_TEXT: HeaderValue = HeaderValue::from_static("text/plain;charset=utf-8");
static OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

fn data(status: StatusCode, content_type: &HeaderValue, body: impl Into<Bytes>) -> Response {
    versioned(status, content_type, &SECOND_VERSION, body)
}

fn versioned(
    status: StatusCode,
    content_type: &HeaderValue,
    version: &HeaderValue,
    body: impl Into<Bytes>,
) -> Response {
    let mut response = Response::typed(status, content_type.clone(), body);
    response.headers.insert(VERSION, version.clone());
    response
}

/// 204
pub(super) fn empty(status: StatusCode) -> Response {
    Response::empty(status).with(VERSION, "2.0")
}

/// A media resource.
pub(super) fn media(media: Media) -> Response {
    data(StatusCode::OK, &HeaderValue::from_static(media.media_type), media.body)
}

/// A number as plain text.
pub(super) fn count(count: usize) -> Response {
    data(StatusCode::OK, &PLAIN_TEXT, count.to_string())
}

/// The plain value of a property; there is none of null.
pub(super) fn property_value(value: &Value) -> Result<Response, Refusal> {
    match value {
        Value::Null | Value::Complex(_) => Err(Error::EntityNotFound.into()),
        Value::Binary(bytes) => Ok(data(StatusCode::OK, &OCTETS, bytes.clone())),
        value => {
            let mut text = String::new();
            lexical::write(&mut text, value);
            Ok(data(StatusCode::OK, &PLAIN_TEXT, text))
        }
    }
}
