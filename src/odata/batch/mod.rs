//! `$batch` ([MS-ODATA] section 2.2.7.6; OData V2 batch processing): parts one after the other, a change set in one edit.

mod answered;
mod lines;
mod parse;
mod write;

use std::collections::HashMap;

use ::http::StatusCode;
use ::http::header::{CONTENT_TYPE, LOCATION};

use self::answered::{Answered, Labelled};
use self::parse::{Operation, Part};
use super::error::Error;
use super::request::{Incoming, VERSION};
use super::session::{Access, Session};
use super::uri;
use crate::contract::{self, Inside, Refusal};
use crate::http::Response;
use crate::store::{Draft, Holds, Store, Turn};

pub use parse::check;

/// Answers one request, or refuses it.
pub(super) type Run<S, W> = fn(&Session<'_, S>, &Incoming<'_>, &mut Access<'_, W>) -> Result<Response, Refusal>;

/// Answers a batch, each request of it by `run`. Only what makes it unreadable as a whole is refused here.
pub(super) fn respond<S: 'static, W: Holds<S>>(
    session: &Session<'_, S>,
    incoming: &Incoming<'_>,
    store: &Store<W>,
    run: Run<S, W>,
) -> Result<Response, Refusal> {
    let parts = parse::batch(incoming.body, incoming.header(&CONTENT_TYPE).unwrap_or_default(), session.root.as_str())?;
    let batch = Batch { session, store, run };
    let answers: Vec<Answered> = parts.iter().map(|part| batch.answer(part)).collect();
    let sets = answers.iter().filter(|answer| matches!(answer, Answered::ChangeSet(_))).count();
    let (content_type, body) = write::batch(&answers, &batch.boundaries(sets + 1)?);
    let mut response = Response::empty(StatusCode::ACCEPTED);
    response.body = body.into();
    Ok(response.with(CONTENT_TYPE, content_type).with(VERSION, "2.0"))
}

struct Batch<'a, S: 'static, W> {
    session: &'a Session<'a, S>,
    store: &'a Store<W>,
    run: Run<S, W>,
}

/// The answers to all operations; or which of them was refused, and with what.
type ChangeSet = Result<Vec<Response>, Box<(usize, Response)>>;

impl<S: 'static, W: Holds<S>> Batch<'_, S, W> {
    /// Draws from the world's ids, so that the same requests get the same bytes.
    fn boundaries(&self, count: usize) -> Result<Vec<String>, Refusal> {
        self.store.edit(|whole| {
            let draft = Draft::of(whole, self.session.exchange.now);
            Ok((0..count).map(|_| draft.effects.ids.uuid()).collect())
        })
    }

    fn answer(&self, part: &Part) -> Answered {
        match part {
            Part::Query(operation) => Answered::One(Box::new(self.query(operation))),
            Part::ChangeSet(operations) => match self.change_set(operations) {
                Ok(responses) => Answered::ChangeSet(responses),
                Err(refused) => Answered::One(refused),
            },
        }
    }

    fn query(&self, operation: &Operation) -> Labelled {
        let mut visit = Visit::arrive(self.session, operation);
        let response = visit.struck().unwrap_or_else(|| {
            let whole = self.store.view();
            let incoming = operation.incoming(&operation.tail);
            let answer = (self.run)(self.session, &incoming, &mut Access::Store { store: self.store, whole: &whole });
            answer.unwrap_or_else(|refusal| self.session.refusal(&incoming, &refusal))
        });
        visit.leave(Some(&response));
        label(operation, response)
    }

    /// All operations in one edit; the first that is refused undoes the others and answers for all.
    fn change_set(&self, operations: &[Operation]) -> Result<Vec<Labelled>, Box<Labelled>> {
        // Before the edit begins: what counts faults is an edit, too.
        let arrive = |operation| Visit::arrive(self.session, operation);
        let mut visits: Vec<Visit<'_>> = operations.iter().map(arrive).collect();
        let refused = company(self.session, operations)
            .or_else(|| visits.iter_mut().enumerate().find_map(|(index, visit)| Some((index, visit.struck()?))));
        let outcome = match refused {
            Some(refused) => Err(Box::new(refused)),
            None => self.edit(operations),
        };
        leave(visits, &outcome);
        let responses = outcome.map_err(|refused| Box::new(unlabelled(refused.1)))?;
        Ok(operations.iter().zip(responses).map(|(operation, response)| label(operation, response)).collect())
    }

    fn edit(&self, operations: &[Operation]) -> ChangeSet {
        let session = self.session;
        let turn = operations.iter().find_map(|operation| session.turn(self.store, &operation.tail));
        let contended = turn.as_ref().is_some_and(Turn::is_contended);
        self.store.edit(|whole| {
            let mut locations = HashMap::new();
            let mut responses = Vec::with_capacity(operations.len());
            for (index, operation) in operations.iter().enumerate() {
                let tail = resolve(&operation.tail, &locations);
                let incoming = operation.incoming(&tail);
                let response = (self.run)(session, &incoming, &mut Access::Draft { whole, contended })
                    .map_err(|refusal| Box::new((index, session.refusal(&incoming, &refusal))))?;
                remember(&mut locations, operation, &response, session.root.as_str());
                responses.push(response);
            }
            Ok(responses)
        })
    }
}

/// Of a change set that was refused, only one request has an answer; what the others did is undone.
fn leave(visits: Vec<Visit<'_>>, outcome: &ChangeSet) {
    for (index, visit) in visits.into_iter().enumerate() {
        visit.leave(match outcome {
            Ok(responses) => responses.get(index),
            Err(refused) => (refused.0 == index).then_some(&refused.1),
        });
    }
}

/// A request of the batch on its way, told to whoever recognises and records the requests of this exchange.
struct Visit<'a>(Option<(&'a dyn Inside, contract::Part)>);

impl<'a> Visit<'a> {
    fn arrive<S>(session: &Session<'a, S>, operation: &Operation) -> Self {
        let exchange = session.exchange;
        Self(
            exchange
                .inside
                .map(|inside| (inside, inside.arrive(operation.alone(session.path, &exchange.request.origin)))),
        )
    }

    /// The answer of a fault.
    fn struck(&mut self) -> Option<Response> {
        self.0.as_mut()?.1.struck.take()
    }

    fn leave(self, response: Option<&Response>) {
        if let Some((inside, part)) = self.0 {
            inside.leave(part, response);
        }
    }
}

/// The answer to a change set with a request that must be alone in it.
fn company<S: 'static>(session: &Session<'_, S>, operations: &[Operation]) -> Option<(usize, Response)> {
    if operations.len() < 2 {
        return None;
    }
    operations.iter().enumerate().find_map(|(index, operation)| {
        let set = uri::first_set(&operation.tail, session.schema)?;
        let refusal = (session.dialect.alone_in_change_set)(set)?;
        Some((index, session.refusal(&operation.incoming(&operation.tail), &refusal)))
    })
}

fn unlabelled(response: Response) -> Labelled {
    Labelled { response, outer_id: None, inner_id: None }
}

fn label(operation: &Operation, response: Response) -> Labelled {
    Labelled { response, outer_id: operation.outer_id.clone(), inner_id: operation.inner_id.clone() }
}

/// A created entity can be addressed by the `Content-ID` of the request that made it.
fn remember(locations: &mut HashMap<String, String>, operation: &Operation, response: &Response, root: &str) {
    let location = response.headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(tail) = location.and_then(|location| location.strip_prefix(root)) else { return };
    for id in [&operation.outer_id, &operation.inner_id].into_iter().flatten() {
        locations.insert(id.clone(), tail.to_owned());
    }
}

/// A path whose first segment is `$` and a known `Content-ID`, with the address of what was created in its place.
fn resolve(tail: &str, locations: &HashMap<String, String>) -> String {
    let reference = tail.trim_start_matches('/');
    let (first, rest) = reference.split_once('/').unwrap_or((reference, ""));
    match first.strip_prefix('$').and_then(|id| locations.get(id)) {
        Some(location) if rest.is_empty() => location.clone(),
        Some(location) => format!("{location}/{rest}"),
        None => tail.to_owned(),
    }
}

/// The refusal for a batch within a change set.
pub(super) fn nested() -> Refusal {
    Refusal::from(Error::NotSupported)
}
