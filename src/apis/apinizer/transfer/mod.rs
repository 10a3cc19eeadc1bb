//! Files and packages (section 10): what only the second generation has.
//!
//! Imports merge by environment and never wipe what they do not name; what they could not carry over is told in
//! `unresolvedReferences`.

pub mod certificates;
pub mod jwks;
pub mod keys;
pub mod keystores;
pub mod packages;
mod sealing;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};

use super::behaviour::Behaviour;
use super::call::parse_flag;
use super::deployment::Deployment;
use super::error::Error;
use super::form::{Form, Upload};
use super::wire::{self, Page};
use crate::http::Response;
use crate::rest::archive::{self, BadArchive, File, file_name};

/// What of an upload goes to one environment. All pieces of one file share its bytes.
struct Piece {
    environment: String,
    content: Bytes,
    file_name: String,
}

/// An upload, by environment, and what of it belongs to none.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Piece>,
    unresolved: Vec<String>,
}

/// The kinds of objects that files are imported for.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    extension: &'static str,
}

impl Pieces {
    /// A single file goes to all environments of the form, the files of an archive to those that they are named after.
    fn read(form: &Form<'_>, upload: &Upload<'_>, object: &str, kind: Kind) -> Result<Self, Error> {
        if archive::is_archive(upload.bytes) {
            let mapping = Mapping::read(form)?;
            return Self::of_archive(upload.bytes, object, kind, &mapping);
        }
        let piece =
            |environment| Piece { environment, content: upload.bytes.clone(), file_name: upload.name.to_owned() };
        let pieces = form.required_environments()?.into_iter().map(piece).collect();
        Ok(Self { pieces, unresolved: Vec::new() })
    }

    fn of_archive(bytes: &[u8], object: &str, kind: Kind, mapping: &Mapping) -> Result<Self, Error> {
        let nothing =
            || Error::ArchiveWithoutMaterial { kind: kind.name, name: object.to_owned(), extension: kind.extension };
        let mut read = Self::default();
        for file in archive::read(bytes).map_err(|_: BadArchive| nothing())? {
            match named_environment(&file.name, object, kind) {
                Some(named) => match mapping.target(named) {
                    Some(environment) => {
                        let content = file.content.into();
                        read.pieces.push(Piece { environment, content, file_name: file.name });
                    }
                    None => read.unresolved.push(left_out(named)),
                },
                None => read.unresolved.push(unnamed(&file.name, object, kind)),
            }
        }
        if read.pieces.is_empty() { Err(nothing()) } else { Ok(read) }
    }

    fn environments(&self) -> Vec<String> {
        self.pieces.iter().map(|piece| piece.environment.clone()).collect()
    }
}

fn left_out(environment: &str) -> String {
    format!("Environment ({environment}) was deliberately left out by the caller's mapping.")
}

fn unnamed(file: &str, object: &str, kind: Kind) -> String {
    format!("Archive entry ({file}) does not name an environment of {} ({object}) and was not imported.", kind.name)
}

/// The environment in `<object>-<environment>.<extension>`.
fn named_environment<'f>(file: &'f str, object: &str, kind: Kind) -> Option<&'f str> {
    let (stem, extension) = file.rsplit_once('.')?;
    let known = match kind.name {
        "keystore" => matches!(extension.to_ascii_lowercase().as_str(), "p12" | "pfx" | "jks"),
        _ => extension.eq_ignore_ascii_case(kind.extension),
    };
    let environment = stem.strip_prefix(&file_name(object))?.strip_prefix('-')?;
    (known && !environment.is_empty()).then_some(environment)
}

/// `environmentMapping`: which environment here is meant by one there.
#[derive(Default)]
struct Mapping(BTreeMap<String, String>);

impl Mapping {
    fn read(form: &Form<'_>) -> Result<Self, Error> {
        let Some(text) = form.text("environmentMapping")? else { return Ok(Self::default()) };
        let map = serde_json::from_str(&text).map_err(|_| Error::MappingNotAnObject { received: text.to_string() })?;
        Ok(Self(map))
    }

    /// The environment to write to; `None` if it was left out.
    fn target(&self, named: &str) -> Option<String> {
        let target = self.0.get(named).map_or(named, String::as_str);
        (!target.is_empty()).then(|| target.to_owned())
    }
}

fn flag(form: &Form<'_>, name: &'static str) -> Result<bool, Error> {
    let text = form.text(name)?;
    Ok(text.map_or(Ok(None), |text| parse_flag(name, &text))?.unwrap_or(false))
}

/// The answer to an import.
fn imported(behaviour: &Behaviour, kind: &str, deployment: &Deployment, unresolved: &[String]) -> Response {
    let mut body = wire::succeeded(behaviour, Page::Status);
    if !deployment.succeeded() {
        body.insert("resultMessage".to_owned(), wire::saved_but_not_deployed(kind, deployment).into());
        body.insert("deploymentResult".to_owned(), deployment.json(behaviour));
    }
    if !unresolved.is_empty() {
        body.insert("unresolvedReferences".to_owned(), json!(unresolved));
    }
    wire::ok(&Value::Object(body))
}

/// An archive; of files with the same name, the later ones get a number.
pub(super) fn zipped(mut files: Vec<File>) -> Result<Vec<u8>, Error> {
    archive::name_apart(&mut files);
    archive::write(&files).map_err(|_| Error::Internal)
}
