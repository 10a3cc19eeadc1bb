//! Records as lines for a terminal: what is refused has its diagnosis on a second line.

use std::fmt::Write as _;
use std::sync::Arc;

use super::shown::outcome;
use crate::worlds::Record;

/// A table of records.
pub(super) fn of(records: &[Arc<Record>], dropped: u64) -> String {
    let mut table: String = records.iter().map(|record| lines(record)).collect();
    if records.is_empty() {
        table.push_str("no requests\n");
    }
    if dropped > 0 {
        let _infallible = writeln!(table, "({dropped} older ones were forgotten for want of room)");
    }
    table
}

/// The lines of one record.
pub(in crate::control) fn lines(record: &Record) -> String {
    let exchange = &record.exchange;
    let time = exchange.at.iso_millis();
    let clock = time.get(11..23).unwrap_or(&time);
    let status = exchange.answered.as_ref().map_or_else(|| "-".to_owned(), |answer| answer.status.as_u16().to_string());
    let inside = if record.parent.is_some() { "  " } else { "" };
    let method = exchange.asked.method.as_str();
    let path = &exchange.asked.path;
    let operation = exchange.operation.map_or("-", |operation| operation.id);
    let mut lines = format!(
        "{:>5} {clock} {status:>3} {inside}{method:<6} {path}  {operation} {}\n",
        record.number,
        outcome(exchange)
    );
    if let Some(diagnosis) = exchange.answered.as_ref().and_then(|answer| answer.diagnosis.as_ref()) {
        let _infallible = writeln!(lines, "{:>23}{inside}{}", "", diagnosis.line);
    }
    lines
}
