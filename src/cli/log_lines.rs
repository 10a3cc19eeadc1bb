//! Log lines for people: a request reads like a test that ran. On a terminal it has the time of day, and the diagnosis of a refusal
//! on a second line; elsewhere each is one line.

use std::fmt::{self, Write as _};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::effects::wall_clock;
use crate::server::ACCESS_LOG;

/// How they look.
#[derive(Debug, Clone, Copy)]
pub struct Lines {
    /// Whether somebody watches.
    pub terminal: bool,
    /// Whether colours help. They never say anything that words do not.
    pub colours: bool,
}

const DIM: &str = "2";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut told = Told::default();
        event.record(&mut told);
        let time = wall_clock().iso_millis();
        let time = if self.terminal { time.get(11..23).unwrap_or(&time) } else { &time };
        let metadata = event.metadata();
        let line = if metadata.target() == ACCESS_LOG {
            self.request(time, &told)
        } else {
            self.other(time, *metadata.level(), &told)
        };
        writer.write_str(&line)
    }
}

impl Lines {
    fn request(self, time: &str, told: &Told) -> String {
        let refused = told.outcome != "success";
        let colour = match () {
            () if told.by_fault => YELLOW,
            () if refused => RED,
            () => GREEN,
        };
        let (status, outcome) = (self.painted(colour, &told.status), self.painted(colour, &told.outcome));
        let (method, path) = (&told.method, plain(&told.path));
        let by_fault = if told.by_fault { " (by a fault)" } else { "" };
        let operation = if told.operation.is_empty() { String::new() } else { format!("{} ", told.operation) };
        let mut line =
            format!("{} {status} {method:<6} {path}  {operation}{outcome}{by_fault}", self.painted(DIM, time));
        if refused {
            // Below the method.
            line.push_str(if self.terminal { "\n                 " } else { ": " });
            line.push_str(&plain(&told.message));
        }
        line.push('\n');
        line
    }

    fn other(self, time: &str, level: Level, told: &Told) -> String {
        let colour = match level {
            Level::ERROR => RED,
            Level::WARN => YELLOW,
            _ => DIM,
        };
        let level = self.painted(colour, level.as_str());
        format!("{} {level} {}{}\n", self.painted(DIM, time), plain(&told.message), plain(&told.rest))
    }

    fn painted(self, colour: &str, text: &str) -> String {
        if self.colours { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Text without anything that a terminal would obey: a client may have sent it.
fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, letter| {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
        shown
    })
}

/// The fields of an event.
#[derive(Default)]
struct Told {
    message: String,
    method: String,
    path: String,
    status: String,
    operation: String,
    outcome: String,
    by_fault: bool,
    /// Those that have no place of their own.
    rest: String,
}

impl Visit for Told {
    fn record_bool(&mut self, field: &Field, value: bool) {
        match field.name() {
            "by_fault" => self.by_fault = value,
            _ => self.record_debug(field, &value),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let place = match field.name() {
            "message" => &mut self.message,
            "method" => &mut self.method,
            "path" => &mut self.path,
            "status" => &mut self.status,
            "operation" => &mut self.operation,
            "outcome" => &mut self.outcome,
            name => {
                let _infallible = write!(self.rest, " {name}={value:?}");
                return;
            }
        };
        let _infallible = write!(place, "{value:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> Told {
        Told {
            message: "No emulated system answers at /nowhere.".to_owned(),
            method: "GET".to_owned(),
            path: "/nowhere".to_owned(),
            status: "404".to_owned(),
            outcome: "unknown_path".to_owned(),
            ..Told::default()
        }
    }

    #[test]
    fn on_a_terminal_a_diagnosis_stands_below_its_request() {
        let lines = Lines { terminal: true, colours: false };
        let expected = "08:00:00.000 404 GET    /nowhere  unknown_path\n                 No emulated system answers at /nowhere.\n";
        assert_eq!(lines.request("08:00:00.000", &refused()), expected);
        let granted = Told {
            operation: "ci.entry.list".to_owned(),
            outcome: "success".to_owned(),
            status: "200".to_owned(),
            ..refused()
        };
        let expected = "08:00:00.000 200 GET    /nowhere  ci.entry.list success\n";
        assert_eq!(lines.request("08:00:00.000", &granted), expected);
    }

    #[test]
    fn elsewhere_a_request_is_one_line() {
        let lines = Lines { terminal: false, colours: false };
        let expected = "T 404 GET    /nowhere  unknown_path: No emulated system answers at /nowhere.\n";
        assert_eq!(lines.request("T", &refused()), expected);
        let by_fault = Told { by_fault: true, ..refused() };
        assert!(lines.request("T", &by_fault).contains("  unknown_path (by a fault): No emulated"));
    }

    #[test]
    fn colours_are_of_this_program_alone() {
        let lines = Lines { terminal: true, colours: true };
        assert!(lines.request("T", &refused()).contains("\u{1b}[31m404\u{1b}[0m"));
        let hostile = Told { message: "a\u{1b}[2Jb\nc".to_owned(), ..refused() };
        let lines = Lines { terminal: false, colours: false };
        assert!(lines.request("T", &hostile).ends_with(": a\\u{1b}[2Jb\\nc\n"));
    }
}
