//! Files and packages (section 10): what only the second generation has.
//!
//! Imports merge by environment and never wipe what they do not name; what they could not carry over is told in
//! `unresolvedReferences`.

pub mod merge;
pub mod packages;
mod sealing;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};

use super::answer::{self, Page};
use super::call::Call;
use super::deployment::Deployment;
use super::error::Error;
use super::form::{Form, Upload};
use super::kind::Kind;
use crate::http::Response;
use crate::rest::archive::{self, BadArchive, File, file_name};

/// What of an upload goes to one environment. All pieces of one file share its bytes.
pub struct Piece {
    /// The environment.
    pub environment: String,
    /// What goes to it.
    pub content: Bytes,
    /// The name of the file that it came in.
    pub file_name: String,
}

/// An upload, by environment, and what of it belongs to none.
#[derive(Default)]
pub struct Pieces {
    /// What goes to some environment.
    pub pieces: Vec<Piece>,
    /// What went nowhere, each with the reason.
    pub unresolved: Vec<String>,
}

/// How the files of a kind of objects are named: `<object>-<environment>.<extension>`.
#[derive(Clone, Copy)]
pub struct FileNames {
    /// What refusals call the kind.
    pub kind: &'static str,
    /// The extension that exports write.
    pub extension: &'static str,
    /// Others that imports know.
    pub others: &'static [&'static str],
}

impl FileNames {
    /// The environment in the name of a file of this object.
    fn environment<'f>(self, file: &'f str, object: &str) -> Option<&'f str> {
        let (stem, extension) = file.rsplit_once('.')?;
        let mut known = self.others.iter().chain([&self.extension]);
        let environment = stem.strip_prefix(&file_name(object))?.strip_prefix('-')?;
        (known.any(|known| extension.eq_ignore_ascii_case(known)) && !environment.is_empty()).then_some(environment)
    }
}

impl Pieces {
    /// A single file goes to all environments of the form, the files of an archive to those that they are named after.
    pub fn read(form: &Form<'_>, upload: &Upload<'_>, object: &str, names: FileNames) -> Result<Self, Error> {
        if archive::is_archive(upload.bytes) {
            let mapping = Mapping::read(form)?;
            return Self::of_archive(upload.bytes, object, names, &mapping);
        }
        let piece =
            |environment| Piece { environment, content: upload.bytes.clone(), file_name: upload.name.to_owned() };
        let pieces = form.required_environments()?.into_iter().map(piece).collect();
        Ok(Self { pieces, unresolved: Vec::new() })
    }

    fn of_archive(bytes: &[u8], object: &str, names: FileNames, mapping: &Mapping) -> Result<Self, Error> {
        let nothing =
            || Error::ArchiveWithoutMaterial { kind: names.kind, name: object.to_owned(), extension: names.extension };
        let mut read = Self::default();
        for file in archive::read(bytes).map_err(|_: BadArchive| nothing())? {
            match names.environment(&file.name, object) {
                Some(there) => match mapping.target(there) {
                    Some(environment) => {
                        let content = file.content.into();
                        read.pieces.push(Piece { environment, content, file_name: file.name });
                    }
                    None => read.unresolved.push(left_out(there)),
                },
                None => read.unresolved.push(unnamed(&file.name, object, names)),
            }
        }
        if read.pieces.is_empty() { Err(nothing()) } else { Ok(read) }
    }

    /// Where they go.
    pub fn environments(&self) -> Vec<String> {
        self.pieces.iter().map(|piece| piece.environment.clone()).collect()
    }
}

fn left_out(environment: &str) -> String {
    format!("Environment ({environment}) was deliberately left out by the caller's mapping.")
}

fn unnamed(file: &str, object: &str, names: FileNames) -> String {
    format!("Archive entry ({file}) does not name an environment of {} ({object}) and was not imported.", names.kind)
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

/// The answer to an import.
pub fn imported<K: Kind>(call: &Call<'_>, deployment: &Deployment, unresolved: &[String]) -> Response {
    let mut body = answer::succeeded(&call.behaviour, Page::Status);
    if !deployment.succeeded() {
        body.insert("resultMessage".to_owned(), answer::saved_but_not_deployed(K::NAME, deployment).into());
        body.insert("deploymentResult".to_owned(), deployment.json(&call.behaviour));
    }
    if !unresolved.is_empty() {
        body.insert("unresolvedReferences".to_owned(), json!(unresolved));
    }
    answer::ok(&Value::Object(body))
}

/// An archive; of files with the same name, the later ones get a number.
pub fn zipped(mut files: Vec<File>) -> Result<Vec<u8>, Error> {
    archive::name_apart(&mut files);
    archive::write(&files).map_err(|_| Error::Internal)
}
