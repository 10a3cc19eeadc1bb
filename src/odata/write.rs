//! Insert, update and delete requests ([MS-ODATA] sections 2.2.7.1, 2.2.7.3 and 2.2.7.4): the body is read before the
//! edit begins, the edit is one call of the entity set.

use ::http::StatusCode;
use bytes::Bytes;

use super::body;
use super::edm::{Kind as Type, Navigation, Property};
use super::error::Error;
use super::format::negotiation;
use super::plan::Plan;
use super::render::{self, Renderer};
use super::request::{Incoming, Method, Verb};
use super::session::{Access, Session};
use super::shape::Shape;
use super::uri::{Address, Resource, Target};
use super::{Answer, Context, EntitySet, Entry, Key, Rest, Value, lexical};
use crate::contract::Refusal;
use crate::http::Response;
use crate::store::{Draft, Holds, Turn};

/// Answers a write: in its caller's turn where the set has turns, in one edit or in the one that is under way.
pub(super) fn respond<S: 'static, W: Holds<S>>(
    session: &Session<'_, S>,
    plan: &Plan,
    incoming: &Incoming<'_>,
    access: &mut Access<'_, W>,
) -> Result<Response, Refusal> {
    let change = Change::read(session, plan, incoming)?;
    let now = session.exchange.now;
    let answer = match access {
        Access::Store { store, whole } => {
            let turn = session.turn(store, incoming.tail);
            let cx = session.context(&plan.options, turn.as_ref().is_some_and(Turn::is_contended));
            let rest = change.ahead(&cx, *whole)?;
            store.edit(|whole| {
                let mut draft = Draft::of(whole, now);
                match rest {
                    Some(rest) => rest(&mut draft),
                    None => change.apply(&cx, &mut draft),
                }
            })?
        }
        Access::Draft { whole, contended } => {
            let cx = session.context(&plan.options, *contended);
            change.apply(&cx, &mut Draft::of(*whole, now))?
        }
    };
    rendered(session, plan, incoming, answer)
}

/// A write that only needs the state.
struct Change<S: 'static> {
    set: &'static dyn EntitySet<S>,
    key: Option<Key>,
    action: Action,
}

enum Action {
    Create(Entry),
    CreateRelated(&'static Navigation, Entry),
    Update {
        entry: Entry,
        merge: bool,
    },
    Delete,
    PutMedia(Bytes),
    DeleteMedia,
    /// Of links, which no service here has, or of a property.
    Unsupported(Verb),
}

impl<S: 'static> Change<S> {
    /// Reads the body of a write.
    fn read(session: &Session<'_, S>, plan: &Plan, incoming: &Incoming<'_>) -> Result<Self, Refusal> {
        let Resource::Data(address) = &plan.resource else { return Err(Error::MethodNotAllowed.into()) };
        let action = match (&address.target, plan.method) {
            (Target::Links { .. }, method) => Action::Unsupported(method.verb(true)),
            (Target::Entities, _) => create(session, plan, address, incoming)?,
            (Target::Media, Method::Put) => Action::PutMedia(incoming.body.clone()),
            (Target::Media, _) => Action::DeleteMedia,
            (Target::Entity, Method::Delete) => Action::Delete,
            (Target::Entity, method) => {
                let entry = body::entry(incoming.body, plan.body, address.start, session.schema)?;
                Action::Update { entry, merge: method == Method::Merge }
            }
            (Target::Property { .. }, _) if !session.dialect.writes_properties => Action::Unsupported(Verb::Update),
            (Target::Property { path, value }, _) => {
                let entry = property_entry(session, plan, path, *value, incoming.body)?;
                Action::Update { entry, merge: true }
            }
            (Target::Count { .. }, _) => return Err(Error::MethodNotAllowed.into()),
        };
        Ok(Self { set: session.implementation(address.start)?, key: address.key.clone(), action })
    }

    /// Does what takes long, on a copy of the state.
    fn ahead<'c, W: Holds<S>>(&'c self, cx: &'c Context<'c>, whole: &W) -> Result<Option<Rest<'c, S>>, Refusal> {
        let Action::Create(entry) = &self.action else { return Ok(None) };
        self.set.prepare(cx, &mut Draft::of(&mut whole.clone(), cx.now), entry)
    }

    /// Applies it to a draft.
    fn apply(&self, cx: &Context<'_>, draft: &mut Draft<'_, S>) -> Result<Answer, Refusal> {
        let set = self.set;
        match (&self.action, &self.key) {
            (Action::Create(entry), _) => set.create(cx, draft, entry),
            (Action::CreateRelated(to, entry), Some(key)) => set.create_related(cx, draft, key, to, entry),
            (Action::Update { entry, merge }, Some(key)) => set.update(cx, draft, key, entry, *merge),
            (Action::Delete, Some(key)) => set.delete(cx, draft, key),
            (Action::PutMedia(bytes), Some(key)) => set.put_media(cx, draft, key, bytes),
            (Action::DeleteMedia, Some(key)) => set.delete_media(cx, draft, key),
            (Action::Unsupported(verb), _) => Err(cx.dialect.not_implemented(*verb, set.set())),
            (_, None) => Err(Error::MethodNotAllowed.into()),
        }
    }
}

fn create<S>(
    session: &Session<'_, S>,
    plan: &Plan,
    address: &Address,
    incoming: &Incoming<'_>,
) -> Result<Action, Refusal> {
    let set = address.set();
    if set.entity_type.media && address.steps.is_empty() {
        return Ok(Action::Create(Entry::default()));
    }
    let entry = body::entry(incoming.body, plan.body, set, session.schema)?;
    Ok(match address.steps.last() {
        None => Action::Create(entry),
        Some(step) => Action::CreateRelated(step.navigation, entry),
    })
}

/// An entry that mentions one property only.
fn property_entry<S>(
    session: &Session<'_, S>,
    plan: &Plan,
    path: &[&'static Property],
    raw: bool,
    body: &Bytes,
) -> Result<Entry, Refusal> {
    let (Some((first, rest)), Some(last)) = (path.split_first(), path.last()) else {
        return Err(Error::NotSupported.into());
    };
    if !rest.is_empty() {
        return Err(Error::NotSupported.into());
    }
    let value = match (raw, plan.method) {
        (true, Method::Delete) => Value::Null,
        (true, _) => raw_value(last, body)?,
        (false, _) => body::property(body, plan.body, last, session.schema)?,
    };
    Ok(Entry { values: vec![(first, value)], nested: Vec::new() })
}

fn raw_value(property: &Property, body: &Bytes) -> Result<Value, Refusal> {
    if property.kind == Type::Binary {
        return Ok(Value::Binary(body.clone()));
    }
    let text = std::str::from_utf8(body).map_err(|_| Refusal::from(Error::BodyUnreadable))?;
    let invalid = || {
        Refusal::from(Error::BodyValueInvalid {
            property: property.name,
            reason: "its value is not of its type".to_owned(),
        })
    };
    lexical::read(property.kind, text).ok_or_else(invalid)
}

/// The response to a write that has been done.
fn rendered<S>(
    session: &Session<'_, S>,
    plan: &Plan,
    incoming: &Incoming<'_>,
    answer: Answer,
) -> Result<Response, Refusal> {
    let renderer = Renderer::new(session, plan.chosen);
    Ok(match answer {
        Answer::NoContent => render::empty(StatusCode::NO_CONTENT),
        Answer::Empty(status) => render::empty(status),
        Answer::Created(entity) => renderer.created(&entity),
        Answer::Entity(entity) => renderer.entry(&entity, &Shape::default()),
        Answer::Media(media) => render::media(media),
        Answer::Entities(set, entities) => {
            // What was written may be of another kind, a stream for one: the answer is a feed all the same.
            let chosen = negotiation::feed(incoming.accept());
            return Renderer::new(session, chosen).feed(set, None, |feed| {
                for entity in &entities {
                    feed.feed_entry(entity, &Shape::default());
                }
                Ok(())
            });
        }
        Answer::Members(set, members) => {
            let typed = members.iter().filter_map(|(name, value)| Some((set.entity_type.property(name)?, value)));
            renderer.members(&typed.collect::<Vec<_>>())
        }
    })
}
