//! `/requests`: the journal, in JSON, as a table for a terminal, as HAR, as Pact and as curl lines. Secrets are masked in all of them.

mod curl;
mod filter;
mod har;
mod pact;
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
const PACT: &str = "application/vnd.pact+json";

const FORMATS: &[Format] = &[
    Format { name: "json", media_type: "application/json" },
    Format { name: "text", media_type: "text/plain" },
    Format { name: "har", media_type: "application/har+json" },
    Format { name: "pact", media_type: PACT },
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
        "pact" => {
            let file = pact::document(&records, context.query.get("consumer"), &context.world.origin().name);
            Response::new(StatusCode::OK, PACT, format!("{file:#}\n"))
        }
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
    let mut events = String::new();
    while following.is_behind() {
        events.push_str(&following.events());
    }
    Ok(Response::new(StatusCode::OK, "text/event-stream", events))
}

/// Records that are told in one go: few enough that nobody else waits for long.
const PORTION: usize = 100;

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
        // A limit is for what there is already: what comes is told, whatever its number.
        let asked_for = filter.apply(world.journal.page_since(since)).records;
        let since = asked_for.first().map_or(since, |record| since.max(record.number.saturating_sub(1)));
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

    /// What was recorded since this was asked last, as server-sent events; of much, the next portion.
    pub fn events(&mut self) -> String {
        let records = self.world.journal.page_since(self.since).records;
        let mut events = String::new();
        for record in records.iter().take(PORTION) {
            self.since = record.number;
            if self.filter.fits(record) {
                events.push_str(&self.event(record));
            }
        }
        events
    }

    /// True if there is more to be told at once.
    pub fn is_behind(&self) -> bool {
        self.world.journal.last() > self.since
    }

    fn event(&self, record: &Record) -> String {
        let brief = self.filter.is_brief();
        let data = if self.as_text { table::lines(record) } else { shown::of(record, brief).to_string() };
        let data = data.trim_end().replace('\n', "\ndata: ");
        format!("id: {}\nevent: request\ndata: {data}\n\n", record.number)
    }

    /// Calls the listener when there may be more, as long as somebody holds it.
    pub fn listen(&self, listener: &Arc<Listener>) {
        self.world.journal.listen(listener);
    }
}

fn har_response(records: &[Arc<Record>]) -> Response {
    Response::new(StatusCode::OK, "application/har+json", format!("{:#}\n", har::document(records)))
}
