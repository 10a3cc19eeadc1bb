//! `/requests`: the journal, in JSON, as a table for a terminal, as HAR and as curl lines. Secrets are masked in all of them.

mod curl;
mod filter;
mod har;
mod shown;
mod table;

use std::sync::Arc;

use ::http::StatusCode;
use serde_json::{Value, json};

use super::context::{Context, Format, json_response, text_response};
use super::error::Error;
use crate::http::Response;
use crate::worlds::{Page, Record, World};

pub use filter::Filter;
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
            let requests: Vec<Value> = records.iter().map(|record| shown::whole(record)).collect();
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

/// What there is so far; a server goes on with [`events`].
pub(super) fn stream(context: &Context<'_>) -> Result<Response, Error> {
    let filter = Filter::of(&context.query)?;
    let (text, _) = events(context.world, &filter, filter.since_number());
    Ok(Response::new(StatusCode::OK, "text/event-stream", text))
}

/// The records after a number as server-sent events, and the number of the last of them.
pub fn events(world: &World, filter: &Filter, since: u64) -> (String, u64) {
    let page = world.journal.page_since(since);
    let last = page.records.last().map_or(since, |record| record.number);
    let event =
        |record: &Arc<Record>| format!("id: {}\nevent: request\ndata: {}\n\n", record.number, shown::whole(record));
    (filter.apply(page).records.iter().map(event).collect(), last)
}

fn har_response(records: &[Arc<Record>]) -> Response {
    Response::new(StatusCode::OK, "application/har+json", format!("{:#}\n", har::document(records)))
}
