//! Facts: what is asked, and what the documents say that comes of it.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::names::{Names, carried};
use crate::apis::sap_cloud_integration::LOCATIONS;
use crate::contract::Operation;
use crate::scenario;
use crate::tenant::{Asking, Failure, System, Who};

/// One request, and what is compared of its answers.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// What is to be seen, in a sentence.
    pub sentence: String,
    /// The system.
    pub system: System,
    /// The operation that the request means; none of a request that means none.
    pub operation: Option<&'static Operation>,
    /// The request.
    pub asking: Asking,
    /// How much of the answers has to be alike.
    pub alike: Alike,
    /// The name of the thing that a write is about.
    pub name: Option<String>,
    /// What to delete if the write has made something.
    pub undo: Option<String>,
    /// Sent without the CSRF token that writes get.
    pub without_csrf: bool,
}

impl Fact {
    /// The same at a runtime location.
    pub(super) fn at(mut self, location: Option<&str>) -> Self {
        self.asking.target = located(location, &self.asking.target);
        self.undo = self.undo.map(|target| located(location, &target));
        self
    }

    /// Of a request that writes nothing.
    pub(super) const fn reading(sentence: String, system: System, asking: Asking) -> Self {
        let (operation, name, undo) = (None, None, None);
        Self { sentence, system, operation, asking, alike: Alike::Values, name, undo, without_csrf: false }
    }
}

/// A path of the tenant as it is at a runtime location.
pub(super) fn located(location: Option<&str>, path: &str) -> String {
    location.map_or_else(|| path.to_owned(), |id| format!("{LOCATIONS}/{id}{path}"))
}

/// How much of two answers has to be alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Alike {
    /// All that stands in them.
    #[default]
    Values,
    /// How they are built: which of many entities come is nobody's promise.
    Shape,
    /// What certmimic has; a tenant has more sets, types and entities.
    AtLeast,
}

/// A fact as it is written down.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    /// What is to be seen, in a sentence.
    pub fact: String,
    /// Method, path and query.
    pub request: String,
    /// The operation that it means, if it means one.
    #[serde(default)]
    pub operation: Option<String>,
    /// The refusal that certmimic answers with, or the status of its success: held against it by a test.
    pub outcome: String,
    /// Headers beside `Accept: application/json`; null takes that one away.
    #[serde(default)]
    pub headers: std::collections::BTreeMap<String, Option<String>>,
    /// Without a token.
    #[serde(default)]
    pub as_nobody: bool,
    /// The body, as JSON.
    #[serde(default)]
    pub json: Option<Value>,
    /// The body, as a text.
    #[serde(default)]
    pub body: Option<String>,
    /// The body, as a file that the program carries.
    #[serde(default)]
    pub file: Option<String>,
    /// The body, as the fields of a form with files.
    #[serde(default)]
    pub multipart: Vec<Field>,
    /// The name of the thing that a write is about.
    #[serde(default)]
    pub of: Option<String>,
    /// The path of what the write makes, or may make: it is deleted at the end.
    #[serde(default)]
    pub undo: Option<String>,
    /// Sent without the CSRF token that writes get.
    #[serde(default)]
    pub without_csrf: bool,
    /// How much has to be alike.
    #[serde(default)]
    pub alike: Alike,
}

/// A field of a form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    /// What it is called.
    pub name: String,
    /// What is in it, as a text.
    #[serde(default)]
    pub value: Option<String>,
    /// What is in it, as a file that the program carries.
    #[serde(default)]
    pub file: Option<String>,
}

/// Where a fact names the environment that things are deployed to.
const INTO: &str = "${environment}";

/// What stands between the fields of a form.
const BOUNDARY: &str = "certmimic-compare";

/// What the file of a system says, of one for each in the order of [`System::ALL`]. It is read as scenarios are: a reader of YAML
/// for each type would be program that is hardly used.
pub(super) fn read<T: DeserializeOwned>(system: System, files: [&str; 3]) -> Result<T, Failure> {
    let files = System::ALL.into_iter().zip(files).filter(|(of, _)| *of == system);
    let text: String = files.map(|(_, text)| text).collect();
    let read = scenario::Written::parse("facts", &text).and_then(|parsed| parsed.read());
    read.map_err(|flaw| Failure::NoScenario(vec![format!("the facts of {system} cannot be read: {flaw}")]))
}

/// The facts of a system that need nothing to be there and leave nothing behind.
pub(super) fn written(system: System) -> Result<Vec<Written>, Failure> {
    read(
        system,
        [
            include_str!("facts/sap_api_management.yaml"),
            include_str!("facts/sap_cloud_integration.yaml"),
            include_str!("facts/apinizer.yaml"),
        ],
    )
}

impl Written {
    /// The operation, if it succeeds.
    pub(super) fn succeeds_with(&self) -> Option<&str> {
        self.operation.as_deref().filter(|_| self.outcome.starts_with('2'))
    }

    /// True if what it makes is deployed to an environment of the tenant.
    pub(super) fn is_deployed(&self) -> bool {
        let in_form = self.multipart.iter().filter_map(|field| field.value.as_deref());
        let in_json = self.json.as_ref().map(Value::to_string).unwrap_or_default();
        in_json.contains(INTO) || in_form.into_iter().any(|value| value.contains(INTO))
    }

    /// The fact with names in its blanks; `None` if it is not written as facts are.
    pub(super) fn with(&self, system: System, names: &Names) -> Option<Fact> {
        let operation = match &self.operation {
            Some(id) => Some(system.api()?.operations.iter().find(|row| row.id == *id)?),
            None => None,
        };
        let (method, target) = self.request.split_once(' ')?;
        let mut asking = Asking::json(names.fill(target));
        asking.method = Method::from_bytes(method.as_bytes()).ok()?;
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.to_ascii_lowercase().as_bytes()).ok()?;
            asking.headers.retain(|(known, _)| *known != name);
            if let Some(value) = value {
                asking.headers.push((name, HeaderValue::from_str(&names.fill(value)).ok()?));
            }
        }
        if self.as_nobody {
            asking.who = Who::Nobody;
        }
        if let Some(json) = &self.json {
            asking.headers.push((http::header::CONTENT_TYPE, HeaderValue::from_static("application/json")));
            asking.body = names.fill(&json.to_string()).into();
        }
        if let Some(body) = &self.body {
            asking.body = names.fill(body).into();
        }
        if let Some(file) = &self.file {
            asking.body = Bytes::from_static(carried(file));
        }
        if !self.multipart.is_empty() {
            let of_form = format!("multipart/form-data; boundary={BOUNDARY}");
            asking.headers.push((http::header::CONTENT_TYPE, HeaderValue::from_str(&of_form).ok()?));
            asking.body = form(&self.multipart, names);
        }
        Some(Fact {
            operation,
            alike: self.alike,
            name: self.of.as_deref().map(|name| names.of(name)),
            undo: self.undo.as_deref().map(|target| names.fill(target)),
            without_csrf: self.without_csrf,
            ..Fact::reading(self.fact.clone(), system, asking)
        })
    }
}

/// The fields of a form, one after the other.
fn form(fields: &[Field], names: &Names) -> Bytes {
    let mut body = Vec::new();
    for Field { name, value, file } in fields {
        let of_file = file.as_deref().map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{of_file}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        match (value, file) {
            (Some(value), _) => body.extend_from_slice(names.fill(value).as_bytes()),
            (None, Some(file)) => body.extend_from_slice(carried(file)),
            (None, None) => {}
        }
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body.into()
}
