//! Lint: what passes here, and what a real tenant refuses or misreads. It looks at requests only, before they are answered.

use ::http::header::{CONTENT_TYPE, COOKIE, HeaderName};
use serde_json::Value;

use super::csrf;
use crate::contract::{Caller, Credentials, CsrfPolicy, LintMode, Meaning, Protocol};
use crate::effects::Timestamp;
use crate::http::{Diagnosis, Request, Response, target};
use crate::state::{Api, State};

/// The header that carries what was found.
pub const HEADER: HeaderName = HeaderName::from_static("certmimic-lint");

/// A request, as the rules see it.
pub struct Subject<'a> {
    pub api: &'static Api,
    pub state: &'a State,
    pub request: &'a Request,
    pub meaning: &'a Meaning,
    pub caller: &'a Caller,
    pub policy: Option<CsrfPolicy>,
}

/// A rule.
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// What a tenant does, and what to change: one sentence each.
    pub line: &'static str,
    finds: fn(&Subject<'_>) -> bool,
}

/// All rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: "write_without_csrf_token",
        line: "A tenant refuses a write without a CSRF token; the switch `csrf` lets it pass here. Fetch one by a GET with \
               `X-CSRF-Token: Fetch` and send it with every write.",
        finds: |subject| {
            let lenient = matches!(subject.policy, Some(CsrfPolicy::Off | CsrfPolicy::SessionsOnly { .. }));
            lenient && csrf::writes(&subject.request.method) && !csrf::has_token(subject.request)
        },
    },
    Rule {
        code: "csrf_token_without_cookie",
        line: "A tenant takes a CSRF token only with the cookies of the session that it was fetched in; the switch \
               `csrf_session` lets it pass here. Send the cookies back.",
        finds: |subject| {
            let unbound = !matches!(
                subject.policy,
                None | Some(CsrfPolicy::Always { bound: true } | CsrfPolicy::SessionsOnly { bound: true })
            );
            let sent = csrf::writes(&subject.request.method) && csrf::has_token(subject.request);
            unbound && sent && !subject.request.headers.contains_key(COOKIE)
        },
    },
    Rule {
        code: "missing_trailing_slash",
        line: "The documented path ends in a slash; the switch `strict_trailing_slash` lets it pass here. Add the slash.",
        finds: |subject| {
            let rest = subject.api.protocol == Protocol::Rest;
            let documented = subject.meaning.row().is_some_and(|row| row.path.ends_with('/'));
            rest && documented && !subject.request.path.ends_with('/')
        },
    },
    Rule {
        code: "iso_date_in_json",
        line: "OData V2 writes dates in JSON as `/Date(milliseconds)/`; a tenant refuses or misreads one in ISO form. Send \
               that form.",
        finds: |subject| {
            subject.api.protocol == Protocol::OData && json(subject.request).is_some_and(|body| has_iso_date(&body))
        },
    },
    Rule {
        code: "member_left_out",
        line: "The body has no members where the documented one has a member that is null: not every tenant takes it so. \
               Send the documented body.",
        finds: |subject| {
            let is_put = subject.request.method == ::http::Method::PUT;
            let empty =
                json(subject.request).is_some_and(|body| body.as_object().is_some_and(serde_json::Map::is_empty));
            subject.api.protocol == Protocol::OData && is_put && empty
        },
    },
    Rule {
        code: "query_option_not_supported",
        line: "A tenant was seen to refuse this system query option on this resource; the switch `query_options` lets it pass \
               here. Do without it.",
        finds: |subject| {
            let tolerated = (subject.api.tolerated_options)(subject.state, subject.meaning);
            let query = target::query(&subject.request.query).unwrap_or_default();
            query.iter().any(|(name, _)| tolerated.contains(&name.as_ref()))
        },
    },
    Rule {
        code: "unknown_credentials",
        line: "The scenario lists nobody with these credentials; a tenant answers 401. List the client under `clients` and \
               fetch a token, or set `auth: { mode: off }` if that is not what is tested.",
        finds: |subject| subject.caller.unrestricted && subject.caller.credentials != Credentials::Anonymous,
    },
];

/// The rules that a request breaks; none where lint is off.
pub fn findings(subject: &Subject<'_>) -> Vec<&'static Rule> {
    if subject.state.lint == LintMode::Off {
        return Vec::new();
    }
    RULES.iter().filter(|rule| (rule.finds)(subject)).collect()
}

/// The answer to a request that breaks a rule, where that is an error.
pub fn refuse(
    state: &State,
    found: &[&'static Rule],
    refused: impl FnOnce(&Diagnosis) -> Response,
) -> Option<Response> {
    let rule = found.first().filter(|_| state.lint == LintMode::Error)?;
    Some(refused(&Diagnosis { code: rule.code, line: rule.line.to_owned() }))
}

/// An answer with what was found: a header for each. Its status stays what it is.
pub fn note(response: &mut Response, found: &[&'static Rule]) {
    for rule in found {
        response.add(HEADER, format!("{}; {}", rule.code, rule.line));
        response.lint.push(rule.code);
    }
}

fn json(request: &Request) -> Option<Value> {
    let content_type = request.header(&CONTENT_TYPE)?;
    if !content_type.contains("json") {
        return None;
    }
    serde_json::from_slice(&request.body).ok()
}

fn has_iso_date(value: &Value) -> bool {
    match value {
        Value::String(text) => is_iso_date(text),
        Value::Array(items) => items.iter().any(has_iso_date),
        Value::Object(members) => members.values().any(has_iso_date),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `2026-01-15T08:00:00`, whatever follows.
fn is_iso_date(text: &str) -> bool {
    let start = text.get(..19).unwrap_or_default();
    Timestamp::parse_iso(&format!("{start}Z")).is_some()
}
