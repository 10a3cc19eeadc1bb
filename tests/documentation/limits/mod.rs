//! `docs/limits.md`: every bound with its value. The values are read from the constants in `src`, so no number is written
//! twice; a constant whose name says that it is a bound and that is no row here fails the test.

mod server;
mod systems;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::time::Duration;

use certmimic::server::Timeouts;

use crate::sources::{production, shown, sources};
use crate::{keep, project};

/// Words in the names of constants that are bounds.
const CONVENTION: [&str; 7] = ["MOST", "LONGEST", "LARGEST", "DEEPEST", "LIMIT", "TIMEOUT", "MAX"];

/// A part of the page.
struct Part {
    title: &'static str,
    rows: &'static [Row],
}

/// A bound: what it is of, how much it is, how to set it, and what one gets beyond it.
struct Row {
    what: &'static str,
    value: Value,
    set: &'static str,
    beyond: &'static str,
}

/// Where a value is taken from.
enum Value {
    /// A constant, by its file below `src` and its name.
    Bytes(&'static str, &'static str),
    Count(&'static str, &'static str),
    Time(&'static str, &'static str),
    /// What a server waits unless told otherwise.
    Patience(fn(Timeouts) -> Duration),
    /// What a library that reads a format has as its bound.
    Of(fn() -> u64),
    /// Words: a bound that depends on a switch, or that there is none.
    Words(&'static str),
}

use Value::{Bytes, Count, Of, Patience, Time, Words};

const fn row(what: &'static str, value: Value, set: &'static str, beyond: &'static str) -> Row {
    Row { what, value, set, beyond }
}

/// All of them, in the order of the page.
fn parts() -> impl Iterator<Item = &'static Part> {
    server::PARTS.iter().chain(systems::PARTS)
}

#[test]
fn the_page_of_limits_has_every_one() {
    let constants = constants();
    let mut page = String::from(
        "# Limits\n\nWhat certmimic takes, how long it waits, and what one gets beyond that. The numbers are read from the source \
         when this page is made. Where a limit can be set, the third column says by what: an option of `certmimic serve` and its \
         variable, a switch of the scenario's `behaviour`, or a member of the request. Variables that end in `_TIMEOUT`, and \
         `CERTMIMIC_GRACE`, take milliseconds.\n",
    );
    for part in parts() {
        write!(page, "\n## {}\n\n| what | limit | set by | beyond it |\n|---|---|---|---|\n", part.title).unwrap();
        for Row { what, value, set, beyond } in part.rows {
            writeln!(page, "| {what} | {} | {set} | {beyond} |", told(value, &constants)).unwrap();
        }
    }
    keep(&project().join("docs/limits.md"), &page);
}

#[test]
fn every_constant_that_is_a_bound_is_a_row() {
    let rows: Vec<(String, String)> =
        parts().flat_map(|part| part.rows).filter_map(|row| constant(&row.value)).collect();
    let listed: BTreeSet<&(String, String)> = rows.iter().collect();
    assert_eq!(listed.len(), rows.len(), "one constant is the limit of two rows");
    let constants = constants();
    let missing: Vec<_> = constants.keys().filter(|constant| !listed.contains(constant)).collect();
    assert!(missing.is_empty(), "say in tests/documentation/limits what one gets beyond {missing:?}");
}

#[test]
fn every_code_that_the_limits_name_is_one() {
    let code: String = sources().iter().map(|file| production(file)).collect();
    for Row { what, beyond, .. } in parts().flat_map(|part| part.rows) {
        let named = beyond.split('`').skip(1).step_by(2).filter(|word| word.contains('_'));
        for word in named {
            assert!(code.contains(&format!("\"{word}\"")), "{what}: no refusal is called {word}");
        }
    }
}

/// File and name of the constant that a value is.
fn constant(value: &Value) -> Option<(String, String)> {
    match value {
        Bytes(file, name) | Count(file, name) | Time(file, name) => Some((format!("src/{file}"), (*name).to_owned())),
        Patience(_) | Of(_) | Words(_) => None,
    }
}

fn told(value: &Value, constants: &BTreeMap<(String, String), u64>) -> String {
    let of = || {
        let (file, name) = constant(value).unwrap();
        constants.get(&(file, name)).copied().unwrap_or_else(|| panic!("{:?} is no constant", constant(value)))
    };
    match value {
        Bytes(..) => size(of()),
        Count(..) => grouped(of()),
        Time(..) => span(of()),
        Patience(of) => span(u64::try_from(of(Timeouts::default()).as_millis()).unwrap()),
        Of(value) => grouped(value()),
        Words(words) => (*words).to_owned(),
    }
}

/// All constants of `src` that are bounds by their names; spans in milliseconds.
fn constants() -> BTreeMap<(String, String), u64> {
    let mut found = BTreeMap::new();
    for file in sources() {
        for line in production(&file).lines() {
            let Some((name, rest)) = line.split_once("const ").and_then(|(_, rest)| rest.split_once(": ")) else {
                continue;
            };
            let Some((_, value)) = rest.split_once(" = ") else { continue };
            if name.split('_').any(|word| CONVENTION.contains(&word)) {
                let value =
                    evaluated(value.trim_end_matches(';')).unwrap_or_else(|| panic!("{}: {line}", shown(&file)));
                found.insert((shown(&file), name.to_owned()), value);
            }
        }
    }
    assert!(found.len() > 40, "the constants are found");
    found
}

/// A product, a shifted number, or a span.
fn evaluated(text: &str) -> Option<u64> {
    if let Some((unit, number)) = text.strip_prefix("Duration::from_").and_then(|rest| rest.split_once('(')) {
        let factor = match unit {
            "millis" => 1,
            "secs" => 1_000,
            "mins" => 60_000,
            "hours" => 3_600_000,
            _ => return None,
        };
        return Some(evaluated(number.trim_end_matches(')'))? * factor);
    }
    if let Some((number, by)) = text.split_once(" << ") {
        return Some(evaluated(number)? << evaluated(by)?);
    }
    text.split(" * ").map(|factor| factor.replace('_', "").parse::<u64>().ok()).product()
}

fn size(bytes: u64) -> String {
    let units = [(1024 * 1024, "MiB"), (1024, "KiB")];
    let whole = units.iter().find(|(unit, _)| bytes.is_multiple_of(*unit));
    whole
        .map_or_else(|| format!("{} bytes", grouped(bytes)), |(unit, name)| format!("{} {name}", grouped(bytes / unit)))
}

fn span(millis: u64) -> String {
    let units = [(3_600_000, "h"), (60_000, "min"), (1_000, "s")];
    let whole = units.iter().find(|(unit, _)| millis.is_multiple_of(*unit));
    whole.map_or_else(|| format!("{millis} ms"), |(unit, name)| format!("{} {name}", millis / unit))
}

/// With a comma after every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[test]
fn constants_are_evaluated_as_the_compiler_does() {
    assert_eq!(evaluated("16 * 1024 * 1024"), Some(16 * 1024 * 1024));
    assert_eq!(evaluated("64 << 20"), Some(64 << 20));
    assert_eq!(evaluated("Duration::from_mins(5)"), Some(300_000));
    assert_eq!((evaluated("200_000"), evaluated("size_of::<Record>()")), (Some(200_000), None));
    assert_eq!(
        (size(16 * 1024 * 1024), size(64 * 1024), size(30_072)),
        ("16 MiB".into(), "64 KiB".into(), "30,072 bytes".into())
    );
    assert_eq!((span(30_000), span(300_000), span(50)), ("30 s".into(), "5 min".into(), "50 ms".into()));
}
