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
use crate::contract::Refusal;
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
            if let Some(response) = intercepted(session, operation) {
                return Answered::One(Box::new(label(operation, response)));
            }
            let whole = store.view();
            let response =
                session.answer(&operation.incoming(&operation.tail), &mut Access::Store { store, whole: &whole });
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
    if let Some(refused) = company(session, operations) {
        return Err(Box::new(refused));
    }
    // Before the edit begins: what counts faults is an edit, too.
    if let Some(response) = operations.iter().find_map(|operation| intercepted(session, operation)) {
        return Err(Box::new(unlabelled(response)));
    }
    let turn = operations.iter().find_map(|operation| session.turn(store, &operation.tail));
    let contended = turn.as_ref().is_some_and(Turn::is_contended);
    store.edit(|whole| {
        let mut locations = HashMap::new();
        let mut responses = Vec::with_capacity(operations.len());
        for operation in operations {
            let tail = resolve(&operation.tail, &locations);
            let incoming = operation.incoming(&tail);
            let response = session
                .run(&incoming, &mut Access::Draft { whole, contended })
                .map_err(|refusal| Box::new(unlabelled(session.refusal(&incoming, &refusal))))?;
            remember(&mut locations, operation, &response, session.root);
            responses.push(label(operation, response));
        }
        Ok(responses)
    })
}

/// The answer of a fault to one request.
fn intercepted<S>(session: &Session<'_, S>, operation: &Operation) -> Option<Response> {
    let exchange = session.exchange;
    exchange.interference.part(&|| operation.alone(session.service.root, &exchange.request.origin))
}

/// The answer to a change set with a request that must be alone in it.
fn company<S: 'static>(session: &Session<'_, S>, operations: &[Operation]) -> Option<Labelled> {
    if operations.len() < 2 {
        return None;
    }
    operations.iter().find_map(|operation| {
        let set = uri::first_set(&operation.tail, session.service.schema)?;
        let refusal = (session.dialect.alone_in_change_set)(set)?;
        Some(unlabelled(session.refusal(&operation.incoming(&operation.tail), &refusal)))
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
