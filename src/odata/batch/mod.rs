//! `$batch` ([MS-ODATA] section 2.2.7.6; OData V2 batch processing): parts one after the other, a change set in one edit.

mod lines;
mod parse;
mod write;

use std::collections::HashMap;

use ::http::StatusCode;
use ::http::header::{CONTENT_TYPE, LOCATION};

use self::parse::{Operation, Part};
use super::error;
use super::request::{Incoming, VERSION};
use super::service::{Access, Session};
use super::uri;
use crate::contract::{self, Inside, Refusal};
use crate::http::Response;
use crate::store::{Draft, Holds, Store, Turn};

pub use parse::check;

/// Answers a batch. Only what makes it unreadable as a whole is refused here.
pub(super) fn respond<S: 'static, W: Holds<S>>(
    session: &Session<'_, S>,
    incoming: &Incoming<'_>,
    store: &Store<W>,
) -> Result<Response, Refusal> {
    let parts = parse::batch(incoming.body, incoming.header(CONTENT_TYPE).unwrap_or_default(), session.root)?;
    let answers: Vec<Answered> = parts.iter().map(|part| answer(session, part, store)).collect();
    let sets = answers.iter().filter(|answer| matches!(answer, Answered::ChangeSet(_))).count();
    let boundaries = boundaries(session, store, sets + 1)?;
    let (content_type, body) = write::batch(&answers, &boundaries);
    let mut response = Response::empty(StatusCode::ACCEPTED);
    response.body = body.into();
    Ok(response.with(::http::header::CONTENT_TYPE, content_type).with(VERSION, "2.0"))
}

/// The answer to one part.
enum Answered {
    /// To a query, or to a change set that was refused.
    One(Box<Labelled>),
    ChangeSet(Vec<Labelled>),
}

/// A response with what identifies it to the client.
struct Labelled {
    response: Response,
    /// `Content-ID` of the MIME part.
    outer_id: Option<String>,
    /// `Content-ID` among the request's own headers.
    inner_id: Option<String>,
}

/// Draws from the world's ids, so that the same requests get the same bytes.
fn boundaries<S: 'static, W: Holds<S>>(
    session: &Session<'_, S>,
    store: &Store<W>,
    count: usize,
) -> Result<Vec<String>, Refusal> {
    store.edit(|whole| {
        let draft = Draft::of(whole, session.exchange.now);
        Ok((0..count).map(|_| draft.effects.ids.uuid()).collect())
    })
}

fn answer<S: 'static, W: Holds<S>>(session: &Session<'_, S>, part: &Part, store: &Store<W>) -> Answered {
    match part {
        Part::Query(operation) => {
            let mut visit = Visit::arrive(session, operation);
            let response = visit.struck().unwrap_or_else(|| {
                let whole = store.view();
                session.answer(&operation.incoming(&operation.tail), &mut Access::Store { store, whole: &whole })
            });
            visit.leave(Some(&response));
            Answered::One(Box::new(label(operation, response)))
        }
        Part::ChangeSet(operations) => match change_set(session, operations, store) {
            Ok(responses) => Answered::ChangeSet(responses),
            Err(refused) => Answered::One(refused),
        },
    }
}

/// All operations in one edit; the first that is refused undoes the others and answers for all.
fn change_set<S: 'static, W: Holds<S>>(
    session: &Session<'_, S>,
    operations: &[Operation],
    store: &Store<W>,
) -> Result<Vec<Labelled>, Box<Labelled>> {
    // Before the edit begins: what counts faults is an edit, too.
    let mut visits: Vec<Visit<'_>> = operations.iter().map(|operation| Visit::arrive(session, operation)).collect();
    let refused = company(session, operations)
        .or_else(|| visits.iter_mut().enumerate().find_map(|(index, visit)| Some((index, visit.struck()?))));
    let outcome = match refused {
        Some(refused) => Err(Box::new(refused)),
        None => edit(session, operations, store),
    };
    leave(visits, &outcome);
    let responses = outcome.map_err(|refused| Box::new(unlabelled(refused.1)))?;
    Ok(operations.iter().zip(responses).map(|(operation, response)| label(operation, response)).collect())
}

/// The answers to all operations; or which of them was refused, and with what.
type ChangeSet = Result<Vec<Response>, Box<(usize, Response)>>;

fn edit<S: 'static, W: Holds<S>>(session: &Session<'_, S>, operations: &[Operation], store: &Store<W>) -> ChangeSet {
    let turn = operations.iter().find_map(|operation| session.turn(store, &operation.tail));
    let contended = turn.as_ref().is_some_and(Turn::is_contended);
    store.edit(|whole| {
        let mut locations = HashMap::new();
        let mut responses = Vec::with_capacity(operations.len());
        for (index, operation) in operations.iter().enumerate() {
            let tail = resolve(&operation.tail, &locations);
            let incoming = operation.incoming(&tail);
            let response = session
                .run(&incoming, &mut Access::Draft { whole, contended })
                .map_err(|refusal| Box::new((index, session.refusal(&incoming, &refusal))))?;
            remember(&mut locations, operation, &response, session.root);
            responses.push(response);
        }
        Ok(responses)
    })
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
                .map(|inside| (inside, inside.arrive(operation.alone(session.service.root, &exchange.request.origin)))),
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
        let set = uri::first_set(&operation.tail, session.service.schema)?;
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
    Refusal::from(&error::NOT_SUPPORTED)
}
