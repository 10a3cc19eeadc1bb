//! What an API implements: one [`EntitySet`] for each set of its schema.

use ::http::StatusCode;
use bytes::Bytes;

use super::dialect::Dialect;
use super::edm::{Navigation, Property, Set};
use super::entity::{Entity, Entry, Key};
use super::memo::{Kept, Memo};
use super::options::Options;
use super::request::Verb;
use super::root::Root;
use super::value::Value;
use crate::contract::{Caller, Refusal};
use crate::effects::Timestamp;
use crate::store::Draft;

/// Entities, made one after the other as they are asked for.
pub type Rows<'a> = Box<dyn Iterator<Item = Entity> + 'a>;

/// What is left to do of a write once what takes long is done.
pub type Rest<'a, S> = Box<dyn FnOnce(&mut Draft<'_, S>) -> Result<Answer, Refusal> + 'a>;

/// What a handler knows of the request.
pub struct Context<'a> {
    /// Who sent it.
    pub caller: &'a Caller,
    /// The world's time.
    pub now: Timestamp,
    /// Where the service is.
    pub root: &'a Root<'a>,
    /// Custom query options: those without a dollar sign.
    pub options: &'a Options,
    /// The service's dialect, as its switches are now.
    pub dialect: &'a Dialect,
    /// Whether another user was writing when this write began, to a set that users write to in turns.
    pub contended: bool,
}

/// What a navigation property leads to.
pub enum Related<'a> {
    /// Of a to-many property.
    Many(Rows<'a>),
    /// Of a to-one property; `None` where it leads nowhere.
    One(Option<Entity>),
}

/// A media resource.
#[derive(Debug, Clone)]
pub struct Media {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Bytes,
}

/// What a write answers.
#[derive(Debug)]
pub enum Answer {
    /// 204.
    NoContent,
    /// This status without a body.
    Empty(StatusCode),
    /// 201 with the entity and its address in `Location`.
    Created(Entity),
    /// 200 with one entity.
    Entity(Entity),
    /// 200 with entities of one set.
    Entities(&'static Set, Vec<Entity>),
    /// 200 with some members of an entity and nothing else: `{"d":{"Alias":"id_rsa"}}`.
    Members(&'static Set, Vec<(&'static str, Value)>),
    /// 200 with a body that is not OData's.
    Media(Media),
}

/// The behaviour of one entity set over a state `S`.
///
/// A method that is not overridden answers what the service's dialect says for an operation it does not have.
/// Reads see a state that does not change under them. Writes get a draft: on `Err` nothing of it is kept.
pub trait EntitySet<S>: Sync {
    /// The set of the schema.
    fn set(&self) -> &'static Set;

    /// Whether the service document lists the set: one that a tenant declares but does not serve is left out.
    fn is_listed(&self, _state: &S) -> bool {
        true
    }

    /// Whether the caller may do this at all; checked before anything else of the request.
    ///
    /// # Errors
    /// The refusal for a caller without the role.
    fn authorise(&self, dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        (dialect.authorise)(caller, verb)
    }

    /// `GET /Set`, in the set's default order.
    ///
    /// # Errors
    /// A documented refusal; likewise for every method below.
    fn list<'a>(&self, cx: &'a Context<'a>, _state: &'a S) -> Result<Rows<'a>, Refusal> {
        Err(cx.dialect.not_implemented(Verb::List, self.set()))
    }

    /// Where the feed of [`list`](Self::list) and each of its rows is kept, in a set that may be long.
    fn kept<'a>(&self, _cx: &Context<'_>, _state: &'a S) -> Option<Kept<'a>> {
        None
    }

    /// Where what [`read`](Self::read) shows is kept.
    fn memo_of<'a>(&self, _cx: &Context<'_>, _state: &'a S, _key: &Key) -> Option<&'a Memo> {
        None
    }

    /// `GET /Set(key)`
    fn read(&self, cx: &Context<'_>, _state: &S, _key: &Key) -> Result<Entity, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Read, self.set()))
    }

    /// `GET /Set(key)/Property` and `…/$value`, where a service serves a property of entities that it does not serve
    /// whole.
    fn read_property(
        &self,
        cx: &Context<'_>,
        state: &S,
        key: &Key,
        _property: &'static Property,
    ) -> Result<Entity, Refusal> {
        self.read(cx, state, key)
    }

    /// `GET /Set(key)/Navigation`, and `$expand`
    fn navigate<'a>(
        &self,
        cx: &'a Context<'a>,
        _state: &'a S,
        _key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Read, self.set()))
    }

    /// `GET /Set(key)/$value`
    fn media(&self, cx: &Context<'_>, _state: &S, _key: &Key) -> Result<Media, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Read, self.set()))
    }

    /// `GET /Set(key)/Navigation/$value`
    fn related_media(
        &self,
        cx: &Context<'_>,
        _state: &S,
        _key: &Key,
        _to: &'static Navigation,
    ) -> Result<Media, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Read, self.set()))
    }

    /// Does what [`create`](Self::create) would take long for, on a copy of the state before the edit begins, so that
    /// nobody waits for it; what it returns is done in place of `create`. In a change set nothing is prepared.
    ///
    /// # Errors
    /// As `create`, for what is wrong before the work begins.
    fn prepare<'a>(
        &'a self,
        _cx: &'a Context<'a>,
        _copy: &mut Draft<'_, S>,
        _entry: &'a Entry,
    ) -> Result<Option<Rest<'a, S>>, Refusal> {
        Ok(None)
    }

    /// `POST /Set`
    fn create(&self, cx: &Context<'_>, _draft: &mut Draft<'_, S>, _entry: &Entry) -> Result<Answer, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Create, self.set()))
    }

    /// `POST /Set(key)/Navigation`
    fn create_related(
        &self,
        cx: &Context<'_>,
        _draft: &mut Draft<'_, S>,
        _key: &Key,
        _to: &'static Navigation,
        _entry: &Entry,
    ) -> Result<Answer, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Create, self.set()))
    }

    /// `PUT /Set(key)`, and `MERGE` or `PATCH` if `merge`
    fn update(
        &self,
        cx: &Context<'_>,
        _draft: &mut Draft<'_, S>,
        _key: &Key,
        _entry: &Entry,
        _merge: bool,
    ) -> Result<Answer, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Update, self.set()))
    }

    /// `DELETE /Set(key)`
    fn delete(&self, cx: &Context<'_>, _draft: &mut Draft<'_, S>, _key: &Key) -> Result<Answer, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Delete, self.set()))
    }

    /// `PUT /Set(key)/$value`
    fn put_media(
        &self,
        cx: &Context<'_>,
        _draft: &mut Draft<'_, S>,
        _key: &Key,
        _media: &[u8],
    ) -> Result<Answer, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Update, self.set()))
    }

    /// `DELETE /Set(key)/$value`
    fn delete_media(&self, cx: &Context<'_>, _draft: &mut Draft<'_, S>, _key: &Key) -> Result<Answer, Refusal> {
        Err(cx.dialect.not_implemented(Verb::Delete, self.set()))
    }
}
