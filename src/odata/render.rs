//! Answers in the chosen representation ([MS-ODATA] section 2.2.6), with their headers.

use std::borrow::Cow;

use ::http::StatusCode;
use ::http::header::LOCATION;

use super::dialect::MetadataShape;
use super::edm::{Property, Schema, Set};
use super::error;
use super::format::negotiation::{Chosen, Format};
use super::format::{Atom, Json};
use super::request::VERSION;
use super::service::Session;
use super::shape::Shape;
use super::{Entity, Media, Memo, Value, lexical, metadata, uri};
use crate::contract::Refusal;
use crate::effects::Timestamp;
use crate::http::Response;

/// Writes answers of one request.
pub(super) struct Renderer<'a> {
    root: &'a str,
    base: Cow<'a, str>,
    schema: &'static Schema,
    chosen: &'a Chosen,
    date_offset: bool,
    now: Timestamp,
    metadata: MetadataShape,
}

impl<'a> Renderer<'a> {
    pub(super) fn new<S>(session: &Session<'a, S>, chosen: &'a Chosen) -> Self {
        let base = match chosen.format {
            Format::Json => Cow::Borrowed(""),
            Format::Xml => Cow::Owned(format!("{}/", session.root)),
        };
        Self {
            root: session.root,
            base,
            schema: session.service.schema,
            chosen,
            date_offset: session.dialect.json_date_offset,
            now: session.exchange.now,
            metadata: session.dialect.metadata,
        }
    }

    fn json(&self) -> Json<'_> {
        Json::new(self.root, self.schema, self.date_offset)
    }

    fn atom(&self) -> Atom<'_> {
        Atom::new(&self.base, self.schema, self.now)
    }

    fn ok(&self, body: String) -> Response {
        data(StatusCode::OK, self.chosen.content_type, body)
    }

    /// One entity.
    pub(super) fn entry(&self, entity: &Entity, shape: &Shape) -> Response {
        self.ok(match self.chosen.format {
            Format::Json => self.json().entry(entity, shape),
            Format::Xml => self.atom().entry(entity, shape),
        })
    }

    /// The answer to a create request: the entity, and where it is.
    pub(super) fn created(&self, entity: &Entity) -> Response {
        let mut response = self.entry(entity, &Shape::default());
        response.status = StatusCode::CREATED;
        let mut location = format!("{}/", self.root);
        uri::write_entity(&mut location, entity.set, &entity.values);
        response.with(LOCATION, location)
    }

    /// A feed, to be filled.
    pub(super) fn feed(&self, set: &Set, count: Option<usize>) -> Feed<'_> {
        let writer = match self.chosen.format {
            Format::Json => {
                let mut json = self.json();
                json.begin_feed(count);
                Writer::Json(json)
            }
            Format::Xml => {
                let mut atom = self.atom();
                atom.begin_feed(set, count);
                Writer::Atom(atom)
            }
        };
        Feed { writer, content_type: self.chosen.content_type }
    }

    /// The feed that was kept, if it is what would be written now. Atom shows the time of writing: it is not kept.
    pub(super) fn kept(&self, memo: &Memo) -> Option<Response> {
        let body = match self.chosen.format {
            Format::Json => memo.body(self.root, self.date_offset)?,
            Format::Xml => return None,
        };
        Some(data(StatusCode::OK, self.chosen.content_type, body))
    }

    /// Keeps a feed that was just written.
    pub(super) fn keep(&self, memo: &Memo, feed: &Response) {
        if let Format::Json = self.chosen.format {
            memo.keep(self.root, self.date_offset, &feed.body);
        }
    }

    /// One property.
    pub(super) fn property(&self, property: &Property, value: &Value) -> Response {
        self.ok(match self.chosen.format {
            Format::Json => self.json().property(property, value),
            Format::Xml => self.atom().property(property, value),
        })
    }

    /// Some members of an entity.
    pub(super) fn members(&self, members: &[(&Property, &Value)]) -> Response {
        self.ok(match self.chosen.format {
            Format::Json => self.json().members(members),
            Format::Xml => self.atom().members(members),
        })
    }

    /// The address of one entity.
    pub(super) fn one_link(&self, entity: &Entity) -> Response {
        self.ok(match self.chosen.format {
            Format::Json => self.json().one_link(entity),
            Format::Xml => self.atom().one_link(entity),
        })
    }

    /// The addresses of many entities.
    pub(super) fn many_links(&self, entities: impl Iterator<Item = Entity>, count: Option<usize>) -> Response {
        self.ok(match self.chosen.format {
            Format::Json => self.json().many_links(entities, count),
            Format::Xml => self.atom().many_links(entities, count),
        })
    }

    /// A list of entity sets.
    pub(super) fn service_document(&self, sets: &[&Set]) -> Response {
        let body = match self.chosen.format {
            Format::Json => self.json().service_document(sets),
            Format::Xml => self.atom().service_document(sets),
        };
        Response::new(StatusCode::OK, self.chosen.content_type, body).with(VERSION, "1.0")
    }

    /// The model.
    pub(super) fn metadata(&self) -> Response {
        let document = metadata::document(self.schema, self.metadata);
        Response::new(StatusCode::OK, self.chosen.content_type, document).with(VERSION, "1.0")
    }
}

/// A feed that is being written.
pub(super) struct Feed<'a> {
    writer: Writer<'a>,
    content_type: &'static str,
}

enum Writer<'a> {
    Json(Json<'a>),
    Atom(Atom<'a>),
}

impl Feed<'_> {
    pub(super) fn push(&mut self, entity: &Entity, shape: &Shape) {
        match &mut self.writer {
            Writer::Json(json) => json.feed_entry(entity, shape),
            Writer::Atom(atom) => atom.feed_entry(entity, shape),
        }
    }

    pub(super) fn end(self) -> Response {
        let body = match self.writer {
            Writer::Json(json) => json.end_feed(),
            Writer::Atom(atom) => atom.end_feed(),
        };
        data(StatusCode::OK, self.content_type, body)
    }
}

fn data(status: StatusCode, content_type: &'static str, body: impl Into<bytes::Bytes>) -> Response {
    Response::new(status, content_type, body).with(VERSION, "2.0")
}

/// 204
pub(super) fn no_content() -> Response {
    Response::empty(StatusCode::NO_CONTENT).with(VERSION, "2.0")
}

/// A media resource.
pub(super) fn media(media: Media) -> Response {
    data(StatusCode::OK, media.media_type, media.body)
}

/// A number as plain text.
pub(super) fn count(count: usize) -> Response {
    data(StatusCode::OK, "text/plain;charset=utf-8", count.to_string())
}

/// The plain value of a property; there is none of null.
pub(super) fn property_value(value: &Value) -> Result<Response, Refusal> {
    match value {
        Value::Null | Value::Complex(_) => Err(Refusal::from(&error::ENTITY_NOT_FOUND)),
        Value::Binary(bytes) => Ok(data(StatusCode::OK, "application/octet-stream", bytes.clone())),
        value => {
            let mut text = String::new();
            lexical::write(&mut text, value);
            Ok(data(StatusCode::OK, "text/plain;charset=utf-8", text))
        }
    }
}
