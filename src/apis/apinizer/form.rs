//! Form fields: from the multipart body first, then from the query string, where the OpenAPI documents put them.

use std::borrow::Cow;

use bytes::Bytes;

use super::call::{given, required};
use super::error::Error;
use crate::http::Request;
use crate::http::multipart::{Form as Parts, Limits};
use crate::rest::Pairs;

/// The fields of a request.
pub struct Form<'a> {
    parts: Parts,
    query: &'a Pairs,
}

/// A file of a form.
pub struct Upload<'a> {
    /// Its name, as far as the client sent one.
    pub name: &'a str,
    /// Its bytes; never empty.
    pub bytes: &'a Bytes,
}

impl<'a> Form<'a> {
    /// Reads the fields. A body that is no form, or is cut off, has none: then the first required field is missing.
    pub fn read(request: &Request, query: &'a Pairs) -> Self {
        let content_type = request.header("content-type").unwrap_or_default();
        let parts = Parts::parse(content_type, &request.body, Limits::default()).unwrap_or_default();
        Self { parts, query }
    }

    /// A text field, unless it is blank. Of several, the first.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        let part = self.parts.first(name).map(|part| String::from_utf8_lossy(&part.bytes));
        let value = part.or_else(|| self.query.first(name).map(Cow::Borrowed))?;
        given(Some(&value))?;
        Some(value)
    }

    /// A text field that must be there.
    pub fn required(&self, name: &'static str) -> Result<String, Error> {
        let value = self.text(name);
        required(name, value.as_deref()).map(str::to_owned)
    }

    /// A file that must be there and not be empty.
    pub fn file(&self, name: &'static str) -> Result<Upload<'_>, Error> {
        let part = self.parts.first(name).filter(|part| !part.bytes.is_empty());
        let part = part.ok_or(Error::ValueEmpty { field: name })?;
        Ok(Upload { name: part.file_name.as_deref().unwrap_or_default(), bytes: &part.bytes })
    }

    /// `environmentList`: names between commas, each once; repeated fields are one list.
    pub fn environments(&self) -> Vec<String> {
        const NAME: &str = "environmentList";
        let parts: Vec<_> = self.parts.all(NAME).map(|part| String::from_utf8_lossy(&part.bytes)).collect();
        let lists = if parts.is_empty() { self.query.all(NAME).map(Cow::Borrowed).collect() } else { parts };
        let mut names: Vec<String> = Vec::new();
        for name in lists.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// `environmentList` where it is required.
    pub fn required_environments(&self) -> Result<Vec<String>, Error> {
        let names = self.environments();
        if names.is_empty() { Err(Error::ValueEmpty { field: "environmentList" }) } else { Ok(names) }
    }
}
