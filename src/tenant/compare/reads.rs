//! Facts of reading what is there: every `GET` of the operation tables, for a few things of each kind.
//!
//! What is there is known from the twin, so that all of it is planned before the tenant is asked anything more.

use std::collections::{BTreeMap, BTreeSet};

use http::HeaderValue;
use http::header::ACCEPT;
use serde_json::Value;

use super::fact::{Alike, Fact, located};
use super::verdict::{Comparison, Verdict};
use crate::contract::{Operation, Protocol};
use crate::state::Api;
use crate::tenant::client::Client;
use crate::tenant::odata::segment;
use crate::tenant::{Asking, Failure, System};

/// Most things of a kind that are read.
const MOST: usize = 3;

/// Members that say what kind of thing an entity is: of each kind one is read before others are.
const KINDS: [&str; 8] =
    ["Type", "KeyType", "Owner", "storeType", "keyType", "type", "sourceType", "isDefaultVirtualHost"];

/// The set whose entities a tenant numbers by itself, and that nothing of a scenario tells: of them the shape is compared.
const NUMBERED: &str = "AccessPolicyRuntimeAssignments";

/// What is read of a system, and the operations that there is nothing for.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Those that can be read.
    pub facts: Vec<Fact>,
    /// Those without anything to read.
    pub nothing: Vec<Comparison>,
}

/// Plans them.
pub(super) fn reads(
    twin: &Client<'_>,
    system: System,
    location: Option<&str>,
    known: &BTreeSet<&str>,
) -> Result<Reads, Failure> {
    let Some(api) = system.api() else { return Ok(Reads::default()) };
    let planner = Planner { twin, system, location, api };
    let rows: Vec<&'static Operation> = api.operations.iter().filter(|row| row.method == "GET").collect();
    let targets = match api.protocol {
        Protocol::OData => planner.of_sets(&rows)?,
        Protocol::Rest => planner.of_paths(&rows)?,
    };
    let mut reads = Reads::default();
    for (row, targets) in rows.into_iter().zip(targets) {
        if targets.is_empty() && !known.contains(row.id) {
            reads.nothing.push(nothing_to_read(system, location, row));
        }
        reads.facts.extend(targets.into_iter().map(|target| Fact {
            operation: Some(row),
            alike: alike(api, row),
            ..Fact::reading(row.summary.to_owned(), system, asked(located(location, &target)))
        }));
    }
    Ok(reads)
}

fn nothing_to_read(system: System, location: Option<&str>, row: &'static Operation) -> Comparison {
    Comparison {
        system,
        operation: Some(row),
        fact: row.summary.to_owned(),
        request: format!("{} {}", row.method, located(location, row.path)),
        outcome: String::new(),
        verdict: Verdict::NotTried("nothing is there to be read".to_owned()),
        said: None,
        words: Vec::new(),
        by_nobody: false,
        switches: Vec::new(),
    }
}

/// A `GET` of what is there, in the format that it comes in.
fn asked(target: String) -> Asking {
    let last = target.rsplit('/').next().unwrap_or_default();
    let accepted = match last {
        "$metadata" => Some("application/xml"),
        "$value" | "$count" => Some("*/*"),
        _ => None,
    };
    let mut asking = Asking::json(target);
    if let Some(accepted) = accepted {
        asking.headers = vec![(ACCEPT, HeaderValue::from_static(accepted))];
    }
    asking
}

/// Of what tells of the service itself, a tenant has more than certmimic.
fn alike(api: &Api, row: &Operation) -> Alike {
    match row.path.trim_end_matches('/') {
        path if path.ends_with("/$metadata") || api.roots.contains(&path) => Alike::AtLeast,
        path if path.ends_with(NUMBERED) => Alike::Shape,
        _ => Alike::Values,
    }
}

struct Planner<'p> {
    twin: &'p Client<'p>,
    system: System,
    location: Option<&'p str>,
    api: &'static Api,
}

impl Planner<'_> {
    /// The entities of a list that the twin answers; none where it refuses.
    fn list(&self, target: &str) -> Result<Vec<Value>, Failure> {
        let answer = self.twin.get(self.system, &located(self.location, target))?;
        let document: Value = serde_json::from_slice(answer.response.body()).unwrap_or_default();
        let places = ["/d/results", "/d", "/resultList"];
        let list = places.iter().find_map(|place| document.pointer(place)?.as_array());
        Ok(list.cloned().unwrap_or_default())
    }

    /// The targets of each row: an entity is addressed as its own list addresses it.
    fn of_sets(&self, rows: &[&'static Operation]) -> Result<Vec<Vec<String>>, Failure> {
        let mut keys: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut targets = vec![Vec::new(); rows.len()];
        // Lists may be reached by the keys of others only.
        loop {
            let before = keys.len();
            for (row, targets) in rows.iter().zip(&mut targets) {
                if targets.is_empty() {
                    *targets = self.keyed(row, rows, &keys);
                    self.learn(targets, &mut keys)?;
                }
            }
            if keys.len() == before {
                return Ok(targets);
            }
        }
    }

    /// The targets of a row with the keys that are known.
    fn keyed(&self, row: &Operation, rows: &[&Operation], keys: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
        let root = self.root(row);
        let rest = row.path.strip_prefix(root).unwrap_or(row.path);
        let Some((set, template, after)) = keyed_segment(rest) else { return vec![row.path.to_owned()] };
        let own = keys.get(set);
        // A set that nothing lists has the keys of the first one whose keys are of the same name, unless that says nothing.
        let borrowed = || {
            let alike = rows.iter().filter_map(|other| keyed_segment(other.path.strip_prefix(root)?));
            alike
                .filter(|(_, other, _)| *other == template && template != "{Key}")
                .find_map(|(other, ..)| keys.get(other))
        };
        let found = own.or_else(borrowed);
        found.into_iter().flatten().map(|key| format!("{root}/{set}{key}{after}")).collect()
    }

    /// Adds the keys of the entities in lists.
    fn learn(&self, targets: &[String], keys: &mut BTreeMap<&str, Vec<String>>) -> Result<(), Failure> {
        for target in targets.iter().filter(|target| !target.contains('$')) {
            for entity in chosen(self.list(target)?) {
                let uri = entity.pointer("/__metadata/uri").and_then(Value::as_str).unwrap_or_default();
                let address = uri.rsplit('/').next().unwrap_or_default();
                let Some(at) = address.find('(') else { continue };
                let (set, key) = address.split_at(at);
                let known =
                    self.api.operations.iter().filter_map(|row| keyed_segment(row.path.strip_prefix(self.root(row))?));
                let Some((set, ..)) = known.into_iter().find(|(known, ..)| *known == set && set != NUMBERED) else {
                    continue;
                };
                let list = keys.entry(set).or_default();
                if list.len() < MOST && !list.iter().any(|known| known == key) {
                    list.push(key.to_owned());
                }
            }
        }
        Ok(())
    }

    fn root(&self, row: &Operation) -> &'static str {
        self.api.roots.iter().find(|root| row.path.starts_with(**root)).copied().unwrap_or_default()
    }

    /// The targets of each row: a name is one of the list that its place in the path is below.
    fn of_paths(&self, rows: &[&'static Operation]) -> Result<Vec<Vec<String>>, Failure> {
        rows.iter().map(|row| self.below(String::new(), row.path, rows, MOST)).collect()
    }

    /// What comes of a path whose beginning is settled.
    fn below(&self, settled: String, rest: &str, rows: &[&Operation], most: usize) -> Result<Vec<String>, Failure> {
        let Some((before, after)) = rest.split_once('{') else { return Ok(vec![settled + rest]) };
        let Some((parameter, after)) = after.split_once('}') else { return Ok(Vec::new()) };
        let prefix = settled + before;
        let mut targets: Vec<String> = Vec::new();
        for entity in self.named(&prefix, parameter, after, rows)? {
            if targets.len() >= most {
                break;
            }
            let Some(name) = entity.get("name").or_else(|| entity.get("environmentName")).and_then(Value::as_str)
            else {
                continue;
            };
            let left = most - targets.len();
            targets.extend(self.below(format!("{prefix}{}", segment(name)), after, rows, left)?);
        }
        Ok(targets)
    }

    /// The entities whose names a parameter may have: those of the list before it, or else of the list of its name. All of
    /// them where something below them is to be found, since most may be empty.
    fn named(&self, before: &str, parameter: &str, after: &str, rows: &[&Operation]) -> Result<Vec<Value>, Failure> {
        for list in [before, of_names(parameter)] {
            if is_answered(self.api, rows, list) {
                let entities = self.list(list)?;
                if !entities.is_empty() {
                    return Ok(if after.contains('{') { entities } else { chosen(entities) });
                }
            }
        }
        Ok(Vec::new())
    }
}

/// The list that has a name if no list stands before it in its path.
fn of_names(parameter: &str) -> &'static str {
    match parameter {
        "projectName" => "/apiops/projects/",
        "environmentName" => "/apiops/environments/",
        _ => "",
    }
}

/// True if a row answers a path with a list of what may follow it.
fn is_answered(api: &Api, rows: &[&Operation], path: &str) -> bool {
    let segments = |path: &str| path.split('/').map(ToOwned::to_owned).collect::<Vec<_>>();
    let sent = segments(path);
    let fits = |row: &&&Operation| {
        let template = segments(row.path);
        template.len() == sent.len()
            && template.iter().zip(&sent).all(|(template, sent)| template == sent || template.starts_with('{'))
    };
    api.roots.iter().any(|root| path.starts_with(root)) && rows.iter().any(|row| fits(&row) && row.path.ends_with('/'))
}

/// Set, template of the key, and what follows, of a path below a root.
fn keyed_segment(rest: &str) -> Option<(&str, &str, &str)> {
    let rest = rest.strip_prefix('/')?;
    let (set, after) = rest.split_once('(').filter(|(set, _)| !set.contains('/'))?;
    let (template, after) = after.split_once(')')?;
    Some((set, template, after))
}

/// A few of many: one of each kind first.
fn chosen(entities: Vec<Value>) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let (mut first, mut further) = (Vec::new(), Vec::new());
    for entity in entities {
        let kind: Vec<String> = KINDS.iter().filter_map(|name| entity.get(*name)).map(ToString::to_string).collect();
        if seen.insert(kind) { first.push(entity) } else { further.push(entity) }
    }
    first.extend(further);
    first.truncate(MOST);
    first
}
