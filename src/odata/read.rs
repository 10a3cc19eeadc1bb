//! Retrieve requests ([MS-ODATA] section 2.2.7.2): from an address to entities, and from entities to an answer.

use std::cell::Cell;

use super::edm::{Property, Set};
use super::error::Error;
use super::options::Query;
use super::plan::Plan;
use super::render::{self, Renderer};
use super::resource::Kind;
use super::session::Session;
use super::shape::Shape;
use super::uri::{Address, Resource, Step, Target};
use super::{Context, Entity, Inline, Kept, Key, Media, Memo, Related, Rows, Value};
use crate::contract::Refusal;
use crate::http::Response;

/// Entities that one answer may expand: nested `$expand` multiplies.
const MOST_EXPANDED: usize = 200_000;

/// Answers a `GET`.
pub(super) fn respond<S: 'static>(session: &Session<'_, S>, plan: &Plan, state: &S) -> Result<Response, Refusal> {
    let cx = session.context(&plan.options, false);
    let reader = Reader { session, cx: &cx, state, expanded: Cell::new(0) };
    let renderer = Renderer::new(session, plan.chosen);
    match &plan.resource {
        Resource::ServiceDocument => Ok(renderer.service_document(&listed(session, state))),
        Resource::Metadata => Ok(renderer.metadata()),
        Resource::Batch => Err(Error::MethodNotAllowed.into()),
        Resource::Data(address) => reader.data(plan, address, &renderer),
    }
}

/// The sets of the service document, in the order of the model.
fn listed<S: 'static>(session: &Session<'_, S>, state: &S) -> Vec<&'static Set> {
    let is_listed = |set: &&Set| session.implementation(set).is_ok_and(|found| found.is_listed(state));
    session.schema.entity_sets.iter().copied().filter(is_listed).collect()
}

struct Reader<'r, S: 'static> {
    session: &'r Session<'r, S>,
    cx: &'r Context<'r>,
    state: &'r S,
    expanded: Cell<usize>,
}

impl<'r, S: 'static> Reader<'r, S> {
    fn data(&self, plan: &Plan, address: &Address, renderer: &Renderer<'_>) -> Result<Response, Refusal> {
        match (&address.target, plan.kind) {
            (Target::Entities, _) => self.feed(plan, address, renderer),
            (Target::Entity, _) => self.entry(plan, address, renderer),
            (Target::Property { path, value }, _) => self.property(address, path, *value, &plan.query, renderer),
            (Target::Media, _) => self.media(address).map(render::media),
            (Target::Links { .. }, Kind::LinkOne) => Ok(renderer.one_link(&self.one(address, &plan.query)?)),
            (Target::Links { .. }, Kind::LinkMany) => {
                let (count, rows) = self.page(&plan.query, address, self.many(address)?);
                Ok(renderer.many_links(rows, count))
            }
            (Target::Count { .. } | Target::Links { .. }, _) => self.count(address, &plan.query).map(render::count),
        }
    }

    fn entry(&self, plan: &Plan, address: &Address, renderer: &Renderer<'_>) -> Result<Response, Refusal> {
        let memo = self.memo(plan, address);
        if let Some(response) = memo.and_then(|memo| renderer.kept(memo)) {
            return Ok(response);
        }
        let mut entity = self.one(address, &plan.query)?;
        self.expand(&mut entity, &plan.query.shape)?;
        let response = renderer.entry(&entity, &plan.query.shape);
        if let Some(memo) = memo {
            renderer.keep(memo, &response.body);
        }
        Ok(response)
    }

    fn feed(&self, plan: &Plan, address: &Address, renderer: &Renderer<'_>) -> Result<Response, Refusal> {
        if let Some(response) = self.kept(plan, address).and_then(|kept| renderer.feed_of_kept(kept)) {
            return Ok(response);
        }
        let (count, rows) = self.page(&plan.query, address, self.many(address)?);
        let shape = &plan.query.shape;
        let flat = shape.is_flat();
        renderer.feed(address.set(), count, |feed| {
            for mut entity in rows {
                if !flat {
                    self.expand(&mut entity, shape)?;
                }
                feed.feed_entry(&entity, shape);
            }
            Ok(())
        })
    }

    /// Where one entity is kept, as a request without options sees it.
    fn memo(&self, plan: &Plan, address: &Address) -> Option<&'r Memo> {
        let key = address.key.as_ref().filter(|_| shows_all(plan, address))?;
        self.session.implementation(address.start).ok()?.memo_of(self.cx, self.state, key)
    }

    /// Where a whole set is kept, as a request without options sees it.
    fn kept(&self, plan: &Plan, address: &Address) -> Option<Kept<'r>> {
        if address.key.is_some() || !shows_all(plan, address) {
            return None;
        }
        self.session.implementation(address.start).ok()?.kept(self.cx, self.state)
    }

    fn count(&self, address: &Address, query: &Query) -> Result<usize, Refusal> {
        match self.locate(address)? {
            Related::Many(rows) => Ok(self.page(query, address, rows).1.count()),
            Related::One(entity) => Ok(usize::from(entity.is_some())),
        }
    }

    fn many(&self, address: &Address) -> Result<Rows<'r>, Refusal> {
        match self.locate(address)? {
            Related::Many(rows) => Ok(rows),
            Related::One(entity) => Ok(Box::new(entity.into_iter())),
        }
    }

    /// The entity at an address, if the filter holds for it.
    fn one(&self, address: &Address, query: &Query) -> Result<Entity, Refusal> {
        let found = match self.locate(address)? {
            Related::One(entity) => entity,
            Related::Many(mut rows) => rows.next(),
        };
        let holds = |entity: &Entity| match &query.filter {
            None => true,
            Some(filter) => {
                let paths = Shape::of_paths(&filter.paths(), address.set(), self.session.schema);
                filter.holds(&self.with_inline(entity.clone(), &paths))
            }
        };
        found.filter(holds).ok_or_else(|| Refusal::from(Error::EntityNotFound))
    }

    /// The rows that a query asks for, and how many there are before paging if it asks for that. Without an order and
    /// a count, no more rows are made than are shown.
    fn page<'q>(&'q self, query: &'q Query, address: &Address, rows: Rows<'r>) -> (Option<usize>, Rows<'q>)
    where
        'r: 'q,
    {
        let rows: Rows<'q> = self.related(query, address, rows);
        let rows: Rows<'q> = match &query.filter {
            None => rows,
            Some(filter) => Box::new(rows.filter(|entity| filter.holds(entity))),
        };
        let (count, rows): (_, Rows<'q>) = if query.order.is_some() || query.count {
            let mut all: Vec<Entity> = rows.collect();
            if let Some(order) = &query.order {
                order.sort(&mut all);
            }
            (query.count.then_some(all.len()), Box::new(all.into_iter()))
        } else {
            (None, rows)
        };
        if query.skip == 0 && query.top.is_none() {
            return (count, rows);
        }
        (count, Box::new(rows.skip(query.skip).take(query.top.unwrap_or(usize::MAX))))
    }

    /// The rows with what the filter and the order need of other entities.
    fn related<'q>(&'q self, query: &Query, address: &Address, rows: Rows<'r>) -> Rows<'q>
    where
        'r: 'q,
    {
        let filter = query.filter.iter().flat_map(|filter| filter.paths());
        let order = query.order.iter().flat_map(|order| order.paths());
        let paths: Vec<_> = filter.chain(order).collect();
        if paths.is_empty() {
            return rows;
        }
        let shape = Shape::of_paths(&paths, address.set(), self.session.schema);
        Box::new(rows.map(move |entity| self.with_inline(entity, &shape)))
    }

    /// An entity that leads nowhere where following it is refused: then nothing can hold for what it leads to.
    fn with_inline(&self, mut entity: Entity, shape: &Shape) -> Entity {
        if self.expand(&mut entity, shape).is_err() {
            entity.inline.clear();
        }
        entity
    }

    fn locate(&self, address: &Address) -> Result<Related<'r>, Refusal> {
        match &address.key {
            None => self.session.implementation(address.start)?.list(self.cx, self.state).map(Related::Many),
            Some(key) => self.follow(address.start, key, &address.steps),
        }
    }

    /// What navigating from one entity leads to; without a step, the entity itself.
    fn follow(&self, start: &'static Set, key: &Key, steps: &[Step]) -> Result<Related<'r>, Refusal> {
        let session = self.session;
        let Some((last, before)) = steps.split_last() else {
            let entity = session.implementation(start)?.read(self.cx, self.state, key)?;
            return Ok(Related::One(Some(entity)));
        };
        let (set, key) = self.owner(start, key, before)?;
        let related = session.implementation(set)?.navigate(self.cx, self.state, &key, last.navigation)?;
        match (related, &last.key) {
            (Related::Many(mut rows), Some(key)) => Ok(Related::One(rows.find(|entity| entity.key() == *key))),
            (related, _) => Ok(related),
        }
    }

    /// The set and key of the one entity that the steps lead to.
    fn owner(&self, start: &'static Set, key: &Key, steps: &[Step]) -> Result<(&'static Set, Key), Refusal> {
        if steps.is_empty() {
            return Ok((start, key.clone()));
        }
        match self.follow(start, key, steps)? {
            Related::One(Some(entity)) => Ok((entity.set, entity.key())),
            _ => Err(Error::EntityNotFound.into()),
        }
    }

    fn media(&self, address: &Address) -> Result<Media, Refusal> {
        let not_found = || Refusal::from(Error::EntityNotFound);
        let key = address.key.as_ref().ok_or_else(not_found)?;
        let session = self.session;
        let Some((last, before)) = address.steps.split_last() else {
            return session.implementation(address.start)?.media(self.cx, self.state, key);
        };
        if let Some(key) = &last.key {
            return session.implementation(last.set)?.media(self.cx, self.state, key);
        }
        let (set, key) = self.owner(address.start, key, before)?;
        session.implementation(set)?.related_media(self.cx, self.state, &key, last.navigation)
    }

    fn property(
        &self,
        address: &Address,
        path: &[&'static Property],
        value_only: bool,
        query: &Query,
        renderer: &Renderer<'_>,
    ) -> Result<Response, Refusal> {
        let (Some((first, rest)), Some(property)) = (path.split_first(), path.last()) else {
            return Err(Error::EntityNotFound.into());
        };
        let entity = match (&address.key, address.steps.as_slice()) {
            (Some(key), []) => {
                let set = self.session.implementation(address.start)?;
                set.read_property(self.cx, self.state, key, first)?
            }
            _ => self.one(address, query)?,
        };
        let mut owner = *first;
        let mut value = entity.value(first.name).unwrap_or(&Value::Null);
        for member in rest {
            value = member_of(owner, value, member);
            owner = member;
        }
        if value_only { render::property_value(value) } else { Ok(renderer.property(property, value)) }
    }

    /// Fills in the navigation properties that the shape expands.
    fn expand(&self, entity: &mut Entity, shape: &Shape) -> Result<(), Refusal> {
        if shape.is_flat() {
            return Ok(());
        }
        entity.inline.clear();
        let key = entity.key();
        let implementation = self.session.implementation(entity.set)?;
        for (navigation, inner) in shape.expanded(entity.set.entity_type) {
            let inline = match implementation.navigate(self.cx, self.state, &key, navigation)? {
                Related::One(None) => Inline::One(None),
                Related::One(Some(one)) => Inline::One(Some(Box::new(self.expanded(one, inner)?))),
                Related::Many(rows) => {
                    Inline::Many(rows.map(|one| self.expanded(one, inner)).collect::<Result<_, _>>()?)
                }
            };
            entity.inline.push((navigation, inline));
        }
        Ok(())
    }

    fn expanded(&self, mut entity: Entity, shape: &Shape) -> Result<Entity, Refusal> {
        self.expanded.set(self.expanded.get() + 1);
        if self.expanded.get() > MOST_EXPANDED {
            return Err(Error::TooDeep.into());
        }
        self.expand(&mut entity, shape)?;
        Ok(entity)
    }
}

/// Whether a request has neither options nor steps.
fn shows_all(plan: &Plan, address: &Address) -> bool {
    plan.query.given.is_empty() && address.steps.is_empty()
}

fn member_of<'v>(owner: &Property, value: &'v Value, member: &Property) -> &'v Value {
    let (super::edm::Kind::Complex(complex), Value::Complex(values)) = (owner.kind, value) else { return &Value::Null };
    let position = complex.properties.iter().position(|property| property.name == member.name);
    position.and_then(|at| values.get(at)).unwrap_or(&Value::Null)
}
