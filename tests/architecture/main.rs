//! The house rules that no compiler checks: floors, sizes, words.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say what it skips")]

mod imports;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use certmimic::contract::Outcome;

use imports::{Crate, circles};
use sources::{production, room, shown, sources, tests};

/// Every room with its floor. An arrow inside a floor must be one of [`ARROWS`].
const FLOORS: &[(&str, u8)] = &[
    ("pki", 0),
    ("http", 0),
    ("effects", 0),
    ("store", 0),
    ("contract", 0),
    ("odata", 1),
    ("rest", 1),
    ("seed", 1),
    ("faults", 1),
    ("apis", 2),
    ("state", 3),
    ("scenario", 4),
    ("worlds", 4),
    ("evidence", 4),
    ("control", 5),
    ("gateway", 5),
    ("cli", 6),
    ("server", 6),
    ("tenant", 6),
];

/// The arrows inside a floor.
const ARROWS: &[(&str, &str)] = &[
    ("store", "effects"),
    ("contract", "http"),
    ("contract", "store"),
    ("contract", "effects"),
    ("contract", "pki"),
    ("faults", "seed"),
    ("worlds", "scenario"),
    ("evidence", "scenario"),
    ("gateway", "control"),
    ("cli", "server"),
    ("cli", "tenant"),
];

/// Longest a source file, or one of tests, may be, in lines.
const LONGEST_FILE: usize = 500;
/// Longest a function may be, in lines.
const LONGEST_FUNCTION: usize = 80;
/// The median function may have at most so many lines.
const MEDIAN_FUNCTION: usize = 10;

#[test]
fn uses_go_down_the_floors() {
    let floor: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in sources() {
        let room = room(&file);
        let Some(from) = floor.get(room.as_str()) else { continue };
        for used in used_rooms(&production(&file)) {
            let Some(to) = floor.get(used.as_str()) else { continue };
            let allowed = to < from || used == room || ARROWS.contains(&(room.as_str(), used.as_str()));
            if !allowed {
                wrong.push(format!("{} uses crate::{used}", shown(&file)));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that go up or across:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_takes_part_in_a_circle() {
    let found = circles(&Crate::read(&sources()).arrows());
    assert_eq!(found, BTreeSet::new(), "files that import each other");
}

#[test]
fn every_room_has_a_floor() {
    let rooms: BTreeSet<String> = sources().iter().map(|file| room(file)).collect();
    let known: BTreeSet<String> =
        FLOORS.iter().map(|(room, _)| (*room).to_owned()).chain(["lib".to_owned(), "main".to_owned()]).collect();
    assert_eq!(rooms.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn no_api_imports_another() {
    let apis = ["apinizer", "sap_api_management", "sap_cloud_integration", "xsuaa"];
    for file in sources() {
        let Some(own) = apis.iter().find(|api| shown(&file).starts_with(&format!("src/apis/{api}/"))) else { continue };
        let text = production(&file);
        for other in apis.iter().filter(|api| *api != own) {
            assert!(!text.contains(&format!("apis::{other}")), "{} imports {other}", shown(&file));
        }
    }
}

#[test]
fn sockets_and_locks_stay_in_their_rooms() {
    for file in sources() {
        let (text, name) = (production(&file), shown(&file));
        let outer = name.starts_with("src/server/") || name == "src/main.rs" || name.starts_with("src/cli/");
        if !outer {
            // An address is data.
            let text = text.replace("std::net::IpAddr", "");
            for word in ["hyper::", "hyper_util::", "tokio::", "std::net", "async fn", ".await"] {
                assert!(!text.contains(word), "{name} says {word}");
            }
        }
        let holds_locks = name.starts_with("src/store/") || name.starts_with("src/worlds/") || outer;
        if !holds_locks {
            for word in ["Mutex", "RwLock"] {
                assert!(!text.contains(word), "{name} says {word}");
            }
        }
    }
}

#[test]
fn the_neutral_rooms_import_nothing_of_ours() {
    for file in sources() {
        let own = room(&file);
        if own == "pki" || own == "http" {
            let used: Vec<String> = used_rooms(&production(&file)).into_iter().filter(|used| *used != own).collect();
            assert!(used.is_empty(), "{} uses {used:?}", shown(&file));
        }
    }
}

#[test]
fn files_open_with_their_idea_and_can_be_held_in_mind() {
    for file in sources().into_iter().chain(tests()) {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = shown(&file);
        assert!(text.starts_with("//! "), "{name} does not say what it is");
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{name} has {lines} lines");
        let stem = file.file_stem().unwrap().to_string_lossy();
        for vague in ["util", "utils", "helper", "helpers", "common", "manager", "misc"] {
            assert_ne!(stem, vague, "{name} is named for no idea");
        }
    }
}

#[test]
fn functions_are_small() {
    let mut lengths = Vec::new();
    for file in sources() {
        for (function, length) in functions(&production(&file)) {
            assert!(length <= LONGEST_FUNCTION, "{}: {function} has {length} lines", shown(&file));
            lengths.push(length);
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= MEDIAN_FUNCTION, "the median function has {median} lines");
}

#[test]
fn codes_and_texts_of_a_catalogue_stand_in_its_error_file_only() {
    let own = certmimic::state::APIS.iter().flat_map(|api| api.outcomes.iter().copied());
    let rows: Vec<&Outcome> = own.chain(certmimic::odata::OUTCOMES.iter().copied()).collect();
    // Only codes that look like one: `bad_request` and the like are words of the protocol.
    let codes: BTreeSet<&str> = rows.iter().map(|row| row.code).filter(|code| is_symbolic(code)).collect();
    let texts: BTreeSet<&str> = rows.iter().map(|row| row.text).filter(|text| is_sentence(text)).collect();
    assert!(codes.len() > 20 && texts.len() > 100, "the catalogues have codes and texts");
    let mut told = Vec::new();
    for file in sources() {
        let name = shown(&file);
        let expects = name.ends_with("/tests.rs") || name.contains("/tests/");
        if name.ends_with("/error.rs") || name.contains("/error/") || expects {
            continue;
        }
        let source = production(&file);
        let said = codes.iter().chain(&texts).filter(|words| source.contains(&format!("\"{}\"", escaped(words))));
        told.extend(said.map(|words| format!("{name} says {words}")));
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn identifiers_of_operations_stand_in_one_file() {
    let operations = certmimic::state::APIS.iter().flat_map(|api| api.operations);
    let sources: Vec<(String, String)> = sources().iter().map(|file| (shown(file), production(file))).collect();
    for id in operations.map(|row| row.id) {
        let (_, short) = id.split_once('.').unwrap();
        let quoted = [format!("\"{id}\""), format!("\"{short}\"")];
        let files = sources.iter().filter(|(_, text)| quoted.iter().any(|id| text.contains(id)));
        let mut tables = files.map(|(name, _)| name).filter(|name| !name.ends_with("/operations.rs")).peekable();
        assert!(tables.peek().is_none(), "{id} stands in {:?}", tables.collect::<Vec<_>>());
    }
}

#[test]
fn outcome_and_operation_identifiers_are_unique() {
    let (mut operations, mut resources) = (BTreeSet::new(), BTreeSet::new());
    for api in certmimic::state::APIS {
        let mut outcomes = BTreeSet::new();
        for outcome in api.outcomes {
            assert!(outcomes.insert(outcome.id), "{}: the outcome {} is there twice", api.name, outcome.id);
        }
        for operation in api.operations {
            assert!(operations.insert(operation.id), "the operation {} is there twice", operation.id);
            let words: Vec<&str> = operation.id.split('.').collect();
            assert!(words.len() == 3 && words[0] == api.short, "{} is not <api>.<resource>.<verb>", operation.id);
            resources.insert(words[1]);
            assert!(api.roots.iter().any(|root| operation.path.starts_with(root)), "{} is below no root", operation.id);
        }
    }
    let plural = |resource: &&&str| resource.strip_suffix('s').is_some_and(|singular| resources.contains(singular));
    assert_eq!(resources.iter().filter(plural).collect::<Vec<_>>(), Vec::<&&str>::new(), "resources are singular");
}

/// A text that nothing else would say by chance.
fn is_sentence(text: &str) -> bool {
    text.len() > 12 && text.contains(' ')
}

/// A text as a literal has it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn is_symbolic(code: &str) -> bool {
    code.len() > 8 && code.contains('_') && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

fn used_rooms(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (position, _) in text.match_indices("crate::") {
        let rest = &text[position + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            rooms.insert(word);
        }
    }
    rooms
}

/// Functions by name with their length in lines, the braces' lines included; rustfmt's layout is relied on.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        let Some(name) = function_name(code) else { continue };
        let end = lines[start..].iter().position(|line| {
            line.len() - line.trim_start().len() == indent && (line.trim() == "}" || line.trim_end().ends_with(';'))
        });
        // A body on one line ends where it starts.
        let one_line = code.ends_with('}');
        found.push((name, if one_line { 1 } else { end.map_or(1, |end| end + 1) }));
    }
    found
}

fn function_name(code: &str) -> Option<String> {
    let code = code.strip_prefix("pub(super) ").or_else(|| code.strip_prefix("pub(crate) ")).unwrap_or(code);
    let code = code.strip_prefix("pub ").unwrap_or(code);
    let code = code.strip_prefix("const ").unwrap_or(code);
    let code = code.strip_prefix("async ").unwrap_or(code);
    let rest = code.strip_prefix("fn ")?;
    Some(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}
