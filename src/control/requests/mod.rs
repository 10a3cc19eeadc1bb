//! `/requests`: the journal, in JSON, as a table for a terminal, as HAR and as curl lines. Secrets are masked in all of them.

mod curl;
mod filter;
mod har;
mod shown;
mod table;

use std::sync::Arc;

use ::http::StatusCode;
use serde_json::{Value, json};

use super::context::{Context, Format, Query, json_response, text_response};
use super::error::Error;
use crate::http::Response;
use crate::worlds::{Listener, Page, Record, World};

pub(super) use curl::quoted;
use filter::Filter;
pub(super) use filter::{operations, system};
pub(super) use shown::{outcome, summary};
pub(super) use table::lines;

const PLAIN: &str = "text/plain; charset=utf-8";

const FORMATS: &[Format] = &[
    Format { name: "json", media_type: "application/json" },
    Format { name: "text", media_type: "text/plain" },
    Format { name: "har", media_type: "application/har+json" },
];

const FORMATS_OF_ONE: &[Format] = &[
    Format { name: "json", media_type: "application/json" },
    Format { name: "curl", media_type: "text/plain" },
    Format { name: "har", media_type: "application/har+json" },
];

pub(super) fn list(context: &Context<'_>) -> Result<Response, Error> {
    let filter = Filter::of(&context.query)?;
    let format = context.format(FORMATS)?;
    let Page { records, dropped } = filter.apply(context.world.journal.page_since(filter.since_number()));
    Ok(match format {
        "text" => text_response(PLAIN, table::of(&records, dropped)),
        "har" => har_response(&records),
        _ => {
            let requests: Vec<Value> = records.iter().map(|record| shown::of(record, filter.is_brief())).collect();
            json_response(&json!({"requests": requests, "dropped": dropped}))
        }
    })
}

pub(super) fn read(context: &Context<'_>) -> Result<Response, Error> {
    let number = context.path.get("number");
    let found = number.parse().ok().and_then(|number| context.world.journal.find(number));
    let record = found.ok_or_else(|| Error::UnknownRequest { number: number.to_owned() })?;
    Ok(match context.format(FORMATS_OF_ONE)? {
        "curl" => text_response(PLAIN, curl::line(&record.exchange.asked) + "\n"),
        "har" => har_response(&[record]),
        _ => json_response(&shown::whole(&record)),
    })
}

#[expect(clippy::unnecessary_wraps, reason = "every call has this form")]
pub(super) fn clear(context: &Context<'_>) -> Result<Response, Error> {
    context.world.journal.clear();
    Ok(json_response(&json!({"requests": [], "dropped": 0})))
}

/// What there is so far; a server goes on with [`Following`].
pub(super) fn stream(context: &Context<'_>) -> Result<Response, Error> {
    let mut following = Following::of(context.world, &context.query, None)?;
    Ok(Response::new(StatusCode::OK, "text/event-stream", following.events()))
}

/// The journal of a world, followed as it goes on.
#[derive(Debug)]
pub struct Following {
    world: Arc<World>,
    filter: Filter,
    since: u64,
    /// Lines for a terminal in place of JSON.
    as_text: bool,
}

impl Following {
    /// From where the request says: `?since=`, or the last event that a reader saw before its connection broke.
    pub(super) fn of(world: &Arc<World>, query: &Query<'_>, last_event: Option<&str>) -> Result<Self, Error> {
        let filter = Filter::of(query)?;
        let since = last_event.and_then(|number| number.parse().ok()).unwrap_or_else(|| filter.since_number());
        let as_text = match query.get("format") {
            None | Some("json") => false,
            Some("text") => true,
            Some(other) => {
                let expected = "json or text".to_owned();
                return Err(Error::BadValue { name: "format", value: other.to_owned(), expected });
            }
        };
        Ok(Self { world: Arc::clone(world), filter, since, as_text })
    }

    /// What was recorded since this was asked last, as server-sent events.
    pub fn events(&mut self) -> String {
        let (events, last) = events(&self.world, &self.filter, self.since, self.as_text);
        self.since = last;
        events
    }

    /// Calls the listener when there may be more, as long as somebody holds it.
    pub fn listen(&self, listener: &Arc<Listener>) {
        self.world.journal.listen(listener);
    }
}

/// The records after a number as server-sent events, and the number of the last of them.
fn events(world: &World, filter: &Filter, since: u64, as_text: bool) -> (String, u64) {
    let page = world.journal.page_since(since);
    let last = page.records.last().map_or(since, |record| record.number);
    let event = |record: &Arc<Record>| {
        let data = if as_text { table::lines(record) } else { shown::of(record, filter.is_brief()).to_string() };
        let data = data.trim_end().replace('\n', "\ndata: ");
        format!("id: {}\nevent: request\ndata: {data}\n\n", record.number)
    };
    (filter.apply(page).records.iter().map(event).collect(), last)
}

fn har_response(records: &[Arc<Record>]) -> Response {
    Response::new(StatusCode::OK, "application/har+json", format!("{:#}\n", har::document(records)))
}
