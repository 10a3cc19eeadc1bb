//! Form fields: from the multipart body first, then from the query string, where the OpenAPI documents put them.
//!
//! A field that is sent twice counts as it was sent first, as Java's `getParameter` has it; only the lists of
//! `environmentList` are joined. Assumed: no page says it.

use std::borrow::Cow;
use std::collections::HashSet;

use ::http::header::CONTENT_TYPE;
use bytes::Bytes;

use super::error::Error;
use super::values::{flag, given, required, unknown};
use crate::http::Request;
use crate::http::charset::Charset;
use crate::http::multipart::{self, Form as Parts, Limits, NotText, Part};
use crate::rest::Pairs;

/// The fields of a request.
pub struct Form<'a> {
    parts: Parts,
    /// Why there are no parts, if the body is no form.
    unreadable: Option<multipart::Error>,
    query: &'a Pairs,
}

/// A file of a form.
pub struct Upload<'a> {
    /// Its name, as far as the client sent one.
    pub name: &'a str,
    /// Its bytes; never empty.
    pub bytes: &'a Bytes,
}

/// Most bytes of a text field: what Tomcat takes for the texts of a form unless told otherwise (`maxPostSize`).
const MOST_TEXT: usize = 2 * 1024 * 1024;

impl<'a> Form<'a> {
    /// Reads the fields. A body that is no form, or is cut off, has none: then the first required field is missing.
    pub fn read(request: &Request, query: &'a Pairs) -> Self {
        let content_type = request.header(&CONTENT_TYPE).unwrap_or_default();
        match Parts::parse(content_type, &request.body, Limits::default()) {
            Ok(parts) => Self { parts, unreadable: None, query },
            Err(error) => Self { parts: Parts::default(), unreadable: Some(error), query },
        }
    }

    /// A text field, unless it is blank. Of several, the first.
    pub fn text(&self, name: &'static str) -> Result<Option<Cow<'_, str>>, Error> {
        let part = self.parts.first(name).map(|part| self.decoded(name, part)).transpose()?;
        let value = part.or_else(|| self.query.first(name).map(Cow::Borrowed));
        Ok(value.filter(|text| given(Some(text)).is_some()))
    }

    /// A text field that must be there.
    pub fn required(&self, name: &'static str) -> Result<String, Error> {
        let value = self.text(name)?;
        let value = required(name, value.as_deref()).map_err(|missing| self.explained(missing, name))?;
        Ok(value.to_owned())
    }

    /// A boolean, false if it is absent.
    pub fn flag(&self, name: &'static str) -> Result<bool, Error> {
        let text = self.text(name)?;
        Ok(text.map_or(Ok(None), |text| flag(name, &text))?.unwrap_or(false))
    }

    /// A file that must be there and not be empty. Of several, the first.
    pub fn file(&self, name: &'static str) -> Result<Upload<'_>, Error> {
        let part = self.parts.first(name).filter(|part| !part.bytes.is_empty());
        let part = part.ok_or_else(|| self.explained(Error::ValueEmpty { field: name }, name))?;
        Ok(Upload { name: part.file_name.as_deref().unwrap_or_default(), bytes: &part.bytes })
    }

    /// `environmentList`: names between commas, each once; repeated fields are one list.
    pub fn environments(&self) -> Result<Vec<String>, Error> {
        const NAME: &str = "environmentList";
        let mut lists = self.parts.all(NAME).map(|part| self.decoded(NAME, part)).collect::<Result<Vec<_>, _>>()?;
        if lists.is_empty() {
            lists = self.query.all(NAME).map(Cow::Borrowed).collect();
        }
        let mut known = HashSet::new();
        let names = lists.iter().flat_map(|list| list.split(',')).map(str::trim);
        Ok(names.filter(|name| !name.is_empty() && known.insert(*name)).map(str::to_owned).collect())
    }

    /// `environmentList` where it is required.
    pub fn required_environments(&self) -> Result<Vec<String>, Error> {
        const NAME: &str = "environmentList";
        let names = self.environments()?;
        if names.is_empty() { Err(self.explained(Error::ValueEmpty { field: NAME }, NAME)) } else { Ok(names) }
    }

    fn decoded<'p>(&self, field: &'static str, part: &'p Part) -> Result<Cow<'p, str>, Error> {
        if part.bytes.len() > MOST_TEXT {
            let reason = format!("the field is longer than {MOST_TEXT} bytes");
            return Err(Error::FormUnreadable { field, reason });
        }
        self.parts.text(part).map_err(|error| match error {
            NotText::UnknownCharset(name) => unknown("charset", &name, Charset::ALL.map(Charset::name)),
            NotText::Undecodable(charset) => Error::TextUndecodable { field, charset: charset.name() },
        })
    }

    /// The refusal of a missing field, which says so if all of them are missing because the body is no form.
    fn explained(&self, missing: Error, field: &'static str) -> Error {
        match &self.unreadable {
            Some(error) => Error::FormUnreadable { field, reason: error.to_string() },
            None => missing,
        }
    }
}
