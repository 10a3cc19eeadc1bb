//! `faults:`, armed after the question whether they could ever do what they say.

use std::collections::BTreeSet;

use ::http::{HeaderName, HeaderValue, StatusCode};

use super::decode::{Misfit, decode};
use super::located::{Misplaced, flaw, located};
use super::source::Origin;
use super::tree::{Node, Value, parse_json, parse_yaml};
use super::{Flaw, Source};
use crate::contract::nearest_word;
use crate::faults::{Fault, MOST_ARMED, On, Respond};
use crate::seed::{Code, Complaint, Place, Problem};
use crate::state::{APIS, Api, Row, State};

/// Methods that requests to the systems have.
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "MERGE", "DELETE", "OPTIONS"];

/// Headers that say where an answer ends.
const FRAMING: &[&str] = &["Content-Length", "Transfer-Encoding"];

/// Arms the faults of a scenario.
pub(super) fn arm(faults: &[Fault], state: &mut State, place: &Place) -> Result<(), Problem> {
    check_all(faults, state, place)?;
    state.faults.arm(faults.to_vec());
    Ok(())
}

/// Reads one fault, or a list of them, in JSON or YAML.
///
/// # Errors
/// What is wrong with them, by line and column.
pub fn read_faults(text: &str, state: &State) -> Result<Vec<Fault>, Vec<Flaw>> {
    let origins = [Origin::read(&Source::Sent { text: text.to_owned() }).map_err(|flaw| vec![flaw])?];
    let told = |misplaced| vec![flaw(&origins, misplaced)];
    let tree = parse_yaml(text, 0)
        .or_else(|error| parse_json(text, 0).map_err(|_| error))
        .map_err(|error| told(error.into()))?;
    let misfit = |node: &Node, error: Misfit| Misplaced {
        at: error.at.unwrap_or(node.at),
        complaint: error.complaint,
        text: error.text,
    };
    let read = |node: &Node| decode(node).map_err(|error| told(misfit(node, error)));
    let top = Place::default();
    let (faults, checked) = if let Value::Sequence(items) = &tree.value {
        let faults = items.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let checked = check_all(&faults, state, &top);
        (faults, checked)
    } else {
        let fault = read(&tree)?;
        let checked = check_count(std::slice::from_ref(&fault), state, &top).and_then(|()| check(&fault, state, &top));
        (vec![fault], checked)
    };
    checked.map_err(|problem| told(located(&tree, &problem)))?;
    Ok(faults)
}

fn check_all(faults: &[Fault], state: &State, place: &Place) -> Result<(), Problem> {
    check_count(faults, state, place)?;
    let mut ids = BTreeSet::new();
    for (index, fault) in faults.iter().enumerate() {
        let place = place.item(index);
        if !fault.id.is_empty() && !ids.insert(&fault.id) {
            let message = format!("another fault is called \"{}\"", fault.id);
            return Err(Problem::of(Code::DuplicateName, place.member("id"), message));
        }
        check(fault, state, &place)?;
    }
    Ok(())
}

fn check_count(faults: &[Fault], state: &State, place: &Place) -> Result<(), Problem> {
    if !state.faults.overflow_with(faults) {
        return Ok(());
    }
    let message = format!("a world has at most {MOST_ARMED} faults: disarm some first");
    Err(Problem::new(place.clone(), message))
}

/// Refuses a fault that could strike nothing, or that has no effect or an impossible one.
fn check(fault: &Fault, state: &State, place: &Place) -> Result<(), Problem> {
    if !fault.has_effect() {
        let expected = "it has no effect: expected respond, delay, drop, truncate or deployment_fails";
        return Err(Problem::new(place.clone(), expected));
    }
    let apis = apis(&fault.on, &place.member("on"))?;
    if let Some(respond) = &fault.respond {
        check_respond(respond, &apis, &place.member("respond"))?;
    }
    let unknown = |name: &&String| state.apinizer.environment(name).is_none();
    match fault.deployment_fails.keys().find(unknown) {
        Some(name) => {
            let known: Vec<&str> =
                state.apinizer.environments.iter().map(|environment| environment.name.as_str()).collect();
            Err(Problem::unknown(place.member("deployment_fails").member(name), "environment", name, &known))
        }
        None => Ok(()),
    }
}

/// The APIs that a fault can strike.
fn apis(on: &On, place: &Place) -> Result<Vec<&'static Api>, Problem> {
    if on.alias.as_deref() == Some("") {
        return Err(Problem::new(place.member("alias"), "expected a name"));
    }
    if let Some(method) = on.method.as_deref().filter(|method| !METHODS.contains(&method.to_ascii_uppercase().as_str()))
    {
        return Err(Problem::unknown_word(place.member("method"), "method", method, METHODS));
    }
    let mut apis = with_operation(on, place)?;
    let Some(pattern) = &on.path else { return Ok(apis) };
    apis.retain(|api| api.roots.iter().any(|root| pattern.reaches(root)));
    if apis.is_empty() {
        let roots: Vec<&str> = APIS.iter().flat_map(|api| api.roots).copied().collect();
        let message = match &on.operation {
            Some(operation) => format!("no path of \"{}\" is like \"{}\"", operation.as_str(), pattern.as_str()),
            None => format!("no path below {} is like \"{}\"", roots.join(", "), pattern.as_str()),
        };
        return Err(Problem::new(place.member("path"), message));
    }
    Ok(apis)
}

fn with_operation(on: &On, place: &Place) -> Result<Vec<&'static Api>, Problem> {
    let Some(pattern) = &on.operation else { return Ok(APIS.iter().collect()) };
    let has_it = |api: &&Api| api.operations.iter().any(|operation| pattern.matches_word(operation.id));
    let apis: Vec<&Api> = APIS.iter().filter(has_it).collect();
    if apis.is_empty() {
        let known = APIS.iter().flat_map(|api| api.operations).map(|operation| operation.id);
        return Err(unlisted(place.member("operation"), "operation", pattern.as_str(), known));
    }
    Ok(apis)
}

fn check_respond(respond: &Respond, apis: &[&Api], place: &Place) -> Result<(), Problem> {
    match (&respond.outcome, respond.status) {
        (Some(id), None) => check_outcome(respond, id, apis, place)?,
        (None, Some(status)) => check_status(respond, status, place)?,
        _ => return Err(Problem::new(place.clone(), "expected either outcome or status")),
    }
    for (name, value) in &respond.headers {
        if HeaderName::from_bytes(name.as_bytes()).is_err() || HeaderValue::from_str(value).is_err() {
            return Err(Problem::new(place.member("headers").member(name), "no HTTP header can be this"));
        }
        if FRAMING.iter().any(|framing| framing.eq_ignore_ascii_case(name)) {
            let message = "the server says how long the answer is: expected drop or truncate for one that is not whole";
            return Err(Problem::new(place.member("headers").member(name), message));
        }
    }
    Ok(())
}

/// Some API that may be struck has the outcome, and no blank of its text stays empty.
fn check_outcome(respond: &Respond, id: &str, apis: &[&Api], place: &Place) -> Result<(), Problem> {
    let rows: Vec<Row> = apis.iter().filter_map(|api| api.row(id)).collect();
    if rows.is_empty() {
        let known = apis.iter().flat_map(|api| api.rows()).map(|row| row.outcome().id);
        let place = place.member("outcome");
        return Err(match APIS.iter().find(|api| api.row(id).is_some()) {
            Some(other) => {
                let message =
                    format!("no request that this is for has the outcome \"{id}\", which is of {}", other.title);
                Problem::new(place, message)
            }
            None => unlisted(place, "outcome", id, known),
        });
    }
    if respond.body.is_some() || respond.json.is_some() {
        return Err(Problem::new(place.clone(), "a body is for a status: an outcome has its own"));
    }
    let blanks = || rows.iter().flat_map(|row| row.outcome().blanks());
    if let Some(name) = respond.values.keys().find(|name| !blanks().any(|blank| blank == *name)) {
        let message = format!("the text of \"{id}\" has no blank {{{name}}}");
        return Err(Problem::new(place.member("values").member(name), message));
    }
    match blanks().find(|blank| !respond.values.contains_key(*blank)) {
        Some(blank) => {
            let text = rows.first().map_or("", |row| row.outcome().text);
            Err(Problem::new(place.member("values"), format!("expected a value for {{{blank}}} in \"{text}\"")))
        }
        None => Ok(()),
    }
}

fn check_status(respond: &Respond, status: u16, place: &Place) -> Result<(), Problem> {
    let is_final = StatusCode::from_u16(status).is_ok_and(|status| !status.is_informational());
    if !is_final {
        let message = format!("{status} is no HTTP status that ends an exchange: expected 200 to 999");
        return Err(Problem::new(place.member("status"), message));
    }
    if matches!(status, 204 | 304) && (respond.body.is_some() || respond.json.is_some()) {
        return Err(Problem::new(place.clone(), format!("an answer of {status} has no body")));
    }
    if respond.body.is_some() && respond.json.is_some() {
        return Err(Problem::new(place.clone(), "expected either body or json"));
    }
    if !respond.values.is_empty() || !respond.validation_errors.is_empty() {
        return Err(Problem::new(place.clone(), "values and validation_errors are for an outcome"));
    }
    Ok(())
}

/// A name that is none of so many that they are not listed.
fn unlisted(place: Place, what: &str, name: &str, known: impl Iterator<Item = &'static str>) -> Problem {
    let nearest = nearest_word(name, known).unwrap_or_default();
    let message = format!("there is no {what} \"{name}\": did you mean \"{nearest}\"? See certmimic operations");
    let expected = vec![nearest.to_owned()];
    Problem { place, complaint: Complaint { code: Code::UnknownName, message, expected } }
}
