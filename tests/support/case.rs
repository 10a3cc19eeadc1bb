//! A conformance case: its file, and how it is played against the gateway.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use certmimic::contract::Operation;
use certmimic::gateway::{self, Answered, Body};
use certmimic::http::{Request, Response};
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use serde::Deserialize;
use serde_json::Value;

use crate::{compare, xml};

/// The time at which every case starts unless it sets its clock.
const CLOCK: &str = "{certmimic: 1, clock: {now: \"2026-01-15T08:00:00Z\", mode: frozen}}";
/// What a request carries that sets no `Authorization`: a token that names nobody, so no role is missing.
const AUTHORIZATION: &str = "Bearer case";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub fact: String,
    pub source: Vec<String>,
    #[serde(default = "quickstart")]
    pub scenario: String,
    #[serde(default)]
    pub with: Option<Value>,
    pub steps: Vec<Step>,
    #[serde(skip)]
    pub file: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub request: String,
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub json: Option<Value>,
    #[serde(default)]
    pub form: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub base64: Option<String>,
    #[serde(default)]
    pub multipart: Option<Vec<Part>>,
    pub response: Expected,
    #[serde(default)]
    pub save: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub name: String,
    #[serde(default)]
    pub value: Option<String>,
    #[serde(default)]
    pub file: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub status: u16,
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    #[serde(default)]
    pub outcome: Option<String>,
    #[serde(default)]
    pub json: Option<Value>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub xml: Option<String>,
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub empty: bool,
    #[serde(default)]
    pub contains: Vec<String>,
}

fn quickstart() -> String {
    "quickstart".to_owned()
}

/// What was asked and what was answered, for the closure check.
pub struct Exchange {
    pub request: Request,
    pub operation: Option<&'static Operation>,
    pub response: Response,
}

type Variables = BTreeMap<String, String>;

impl Case {
    pub fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut case: Self = serde_saphyr::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        if case.source.is_empty() {
            return Err(format!("{}: a fact names its source", file.display()));
        }
        file.clone_into(&mut case.file);
        Ok(case)
    }

    /// Plays all steps against a world of its own.
    pub fn run(&self, exchanges: &mut Vec<Exchange>) -> Result<(), String> {
        let worlds = Worlds::new(self.load()?);
        let mut variables = Variables::new();
        for (number, step) in self.steps.iter().enumerate() {
            let context = |failure: String| format!("step {} ({}): {failure}", number + 1, step.request);
            let mut request = step.request(&variables).map_err(context)?;
            let Answered { operation, response, .. } = gateway::handle(&worlds, &mut request, Body::Whole);
            let shown = show(&response);
            exchanges.push(Exchange { request, operation, response: response.clone() });
            step.check(&response, &variables).map_err(|failure| context(format!("{failure}\n{shown}")))?;
            for (name, source) in &step.save {
                let value = extract(&response, source).ok_or_else(|| context(format!("no {source}\n{shown}")))?;
                variables.insert(name.clone(), value);
            }
        }
        Ok(())
    }

    fn load(&self) -> Result<scenario::Scenario, String> {
        let mut sources = vec![
            Source::BuiltIn(self.scenario.clone()),
            Source::Text { name: "clock".to_owned(), text: CLOCK.to_owned() },
        ];
        if let Some(Value::Object(with)) = &self.with {
            let mut document = with.clone();
            document.insert("certmimic".to_owned(), 1.into());
            sources.push(Source::Text { name: "with".to_owned(), text: Value::Object(document).to_string() });
        }
        scenario::load(&sources).map_err(|flaws| {
            let lines: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            format!("the scenario does not load: {}", lines.join("\n"))
        })
    }
}

impl Step {
    fn request(&self, variables: &Variables) -> Result<Request, String> {
        let line = filled(&self.request, variables);
        let (method, target) = line.split_once(' ').ok_or("a request is METHOD TARGET")?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (media_type, body) = self.body(variables)?;
        let mut headers = ::http::HeaderMap::new();
        headers.insert("host", "127.0.0.1:8080".parse().unwrap());
        headers.insert("authorization", AUTHORIZATION.parse().unwrap());
        if let Some(media_type) = media_type {
            headers.insert("content-type", media_type.parse().unwrap());
        }
        for (name, value) in &self.headers {
            let name = ::http::HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
            match value {
                None => drop(headers.remove(name)),
                Some(value) => {
                    let value = filled(value, variables).parse().map_err(|_| "not a header value")?;
                    headers.insert(name, value);
                }
            }
        }
        Ok(Request {
            method: method.parse().map_err(|_| "not a method")?,
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body,
            origin: "http://127.0.0.1:8080".into(),
            client_certificate: None,
        })
    }

    fn body(&self, variables: &Variables) -> Result<(Option<String>, Bytes), String> {
        if let Some(json) = &self.json {
            let body = filled_json(json, variables).to_string();
            return Ok((Some("application/json".to_owned()), body.into()));
        }
        if let Some(form) = &self.form {
            let pairs = form.iter().map(|(name, value)| (name, filled(value, variables)));
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            return Ok((Some("application/x-www-form-urlencoded".to_owned()), body.into()));
        }
        if let Some(parts) = &self.multipart {
            let body = multipart(parts, variables)?;
            return Ok((Some("multipart/form-data; boundary=case-boundary".to_owned()), body.into()));
        }
        if let Some(file) = &self.file {
            return Ok((None, fixture(file)?.into()));
        }
        if let Some(text) = &self.base64 {
            return Ok((None, STANDARD.decode(text).map_err(|error| error.to_string())?.into()));
        }
        Ok((None, filled(self.body.as_deref().unwrap_or_default(), variables).into()))
    }

    fn check(&self, response: &Response, variables: &Variables) -> Result<(), String> {
        let expected = &self.response;
        if response.status.as_u16() != expected.status {
            return Err(format!("expected status {}", expected.status));
        }
        if let Some(outcome) = &expected.outcome {
            let code = response.diagnosis.as_ref().map(|diagnosis| diagnosis.code);
            if code != Some(outcome) {
                return Err(format!("expected the outcome {outcome}, got {code:?}"));
            }
        }
        for (name, value) in &expected.headers {
            check_header(response, name, value.as_deref().map(|value| filled(value, variables)).as_deref())?;
        }
        self.check_body(response, variables)
    }

    fn check_body(&self, response: &Response, variables: &Variables) -> Result<(), String> {
        let expected = &self.response;
        let text = || String::from_utf8_lossy(&response.body).into_owned();
        if expected.empty && !response.body.is_empty() {
            return Err("expected no body".to_owned());
        }
        if let Some(json) = &expected.json {
            let actual: Value = serde_json::from_slice(&response.body).map_err(|error| format!("not JSON: {error}"))?;
            compare::json(&filled_json(json, variables), &actual, "")?;
        }
        if let Some(exact) = &expected.text {
            let exact = filled(exact, variables);
            if text() != exact {
                return Err(format!("expected the text {exact:?}"));
            }
        }
        if let Some(document) = &expected.xml {
            xml::compare(&filled(document, variables), &text())?;
        }
        if let Some(file) = &expected.file
            && response.body != fixture(file)?
        {
            return Err(format!("expected the bytes of {file}"));
        }
        for part in &expected.contains {
            let part = filled(part, variables);
            if !text().contains(&part) {
                return Err(format!("expected {part:?} in the body"));
            }
        }
        Ok(())
    }
}

fn check_header(response: &Response, name: &str, expected: Option<&str>) -> Result<(), String> {
    let actual = response.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let fits = match (expected, &actual) {
        (None, None) | (Some("<any>"), Some(_)) => true,
        (Some(expected), Some(actual)) => expected == actual,
        _ => false,
    };
    if fits { Ok(()) } else { Err(format!("expected the header {name}: {expected:?}, got {actual:?}")) }
}

fn multipart(parts: &[Part], variables: &Variables) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(b"--case-boundary\r\n");
        let disposition = format!("Content-Disposition: form-data; name=\"{}\"", part.name);
        body.extend_from_slice(disposition.as_bytes());
        if let Some(file) = &part.file {
            body.extend_from_slice(
                format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream").as_bytes(),
            );
        }
        body.extend_from_slice(b"\r\n\r\n");
        match &part.file {
            Some(file) => body.extend_from_slice(&fixture(file)?),
            None => body.extend_from_slice(filled(part.value.as_deref().unwrap_or_default(), variables).as_bytes()),
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--case-boundary--\r\n");
    Ok(body)
}

fn fixture(name: &str) -> Result<Vec<u8>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
}

fn extract(response: &Response, source: &str) -> Option<String> {
    if let Some(name) = source.strip_prefix("header:") {
        return Some(response.headers.get(name)?.to_str().ok()?.to_owned());
    }
    if source == "body" {
        return Some(String::from_utf8_lossy(&response.body).into_owned());
    }
    let json: Value = serde_json::from_slice(&response.body).ok()?;
    match json.pointer(source)? {
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The text with its variables; with `${base64:FILE}` for a fixture's bytes; with `${bytes:COUNT}` for so many bytes, and
/// `${base64:bytes:COUNT}` for their Base64.
fn filled(text: &str, variables: &Variables) -> String {
    let mut text = text.to_owned();
    for (name, value) in variables {
        text = text.replace(&format!("${{{name}}}"), value);
    }
    let text = replaced(text, "${base64:", |name| STANDARD.encode(material(name)));
    replaced(text, "${bytes:", |count| "x".repeat(count.parse().expect("a count")))
}

fn replaced(mut text: String, opening: &str, with: impl Fn(&str) -> String) -> String {
    while let Some((before, rest)) = text.split_once(opening) {
        let (name, after) = rest.split_once('}').expect("the name ends");
        text = format!("{before}{}{after}", with(name));
    }
    text
}

fn material(name: &str) -> Vec<u8> {
    match name.strip_prefix("bytes:") {
        Some(count) => vec![b'x'; count.parse().expect("a count")],
        None => fixture(name).unwrap_or_else(|error| panic!("{error}")),
    }
}

fn filled_json(json: &Value, variables: &Variables) -> Value {
    match json {
        Value::String(text) => Value::String(filled(text, variables)),
        Value::Array(items) => items.iter().map(|item| filled_json(item, variables)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), filled_json(value, variables))).collect()
        }
        other => other.clone(),
    }
}

fn show(response: &Response) -> String {
    use std::fmt::Write;
    let mut shown = format!("answered {}\n", response.status);
    for (name, value) in &response.headers {
        let _ = writeln!(shown, "{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
    let body = String::from_utf8_lossy(&response.body);
    shown.push_str(&body.chars().take(6000).collect::<String>());
    shown
}
