//! Where scenarios come from, and where the files that they name are.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Flaw;
use super::built_in::{built_in, names};
use super::tree::Node;
use crate::seed::{Code, Complaint, Files, Place};

/// Where a scenario comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
    /// A file; what it names is relative to it.
    File(PathBuf),
    /// A built-in scenario by its name.
    BuiltIn(String),
    /// Text that came some other way; what it names is relative to the working directory.
    Text {
        /// What to call it in flaws.
        name: String,
        /// YAML or JSON.
        text: String,
    },
    /// Text that came over the network: it can name no files.
    Sent {
        /// YAML or JSON.
        text: String,
    },
}

impl Source {
    /// What an argument means: a built-in scenario if there is one of that name, else a file.
    pub fn of_argument(argument: &str) -> Self {
        match built_in(argument) {
            Some(_) => Self::BuiltIn(argument.to_owned()),
            None => Self::File(argument.into()),
        }
    }
}

/// Without the text: passwords and keys may be in it.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({self})")
    }
}

/// What it is called.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::BuiltIn(name) | Self::Text { name, .. } => f.write_str(name),
            Self::Sent { .. } => f.write_str("document"),
        }
    }
}

/// A source that has been read.
pub(super) struct Origin {
    /// What flaws call it.
    pub file: String,
    /// What a scenario without a name of its own is called.
    pub stem: String,
    pub text: String,
    base: Base,
}

/// What paths are relative to.
enum Base {
    Directory(PathBuf),
    Nothing,
}

impl Origin {
    pub(super) fn read(source: &Source) -> Result<Self, Flaw> {
        match source {
            Source::File(path) => Self::from_file(path),
            Source::BuiltIn(name) => Self::from_built_in(name),
            Source::Text { name, text } => {
                let base = Base::Directory(PathBuf::new());
                Ok(Self { file: name.clone(), stem: name.clone(), text: text.clone(), base })
            }
            Source::Sent { text } => {
                let file = "document".to_owned();
                Ok(Self { stem: file.clone(), file, text: text.clone(), base: Base::Nothing })
            }
        }
    }

    fn from_file(path: &Path) -> Result<Self, Flaw> {
        let file = path.display().to_string();
        let bytes = read(path).map_err(|error| Flaw::of_file(&file, unread(&file, &error)))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let message = format!("it is not UTF-8 text, from byte {} on", error.utf8_error().valid_up_to());
            Flaw::of_file(&file, Complaint::new(Code::Unreadable, message))
        })?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let directory = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self { file, stem, text, base: Base::Directory(directory) })
    }

    fn from_built_in(name: &str) -> Result<Self, Flaw> {
        let scenario = built_in(name).ok_or_else(|| {
            Flaw::of_file(
                name,
                Complaint::unknown(Code::UnknownName, "there is no such built-in scenario", name, &names()),
            )
        })?;
        let file = format!("scenarios/{name}.yaml");
        Ok(Self { file, stem: name.to_owned(), text: scenario.yaml.to_owned(), base: Base::Nothing })
    }

    fn file(&self, path: &str) -> Result<Vec<u8>, String> {
        match &self.base {
            Base::Directory(directory) => {
                let path = directory.join(path);
                read(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
            }
            Base::Nothing => {
                Err("a document that is sent can name no files: give pem, base64 or fixture:NAME".to_owned())
            }
        }
    }
}

/// The files of composed sources: relative to the one that each place came from.
pub(super) struct OriginFiles<'a> {
    pub origins: &'a [Origin],
    pub tree: &'a Node,
}

impl Files for OriginFiles<'_> {
    fn read(&self, path: &str, place: &Place) -> Result<Vec<u8>, String> {
        match self.origins.get(self.tree.nearest(place).at.source) {
            Some(origin) => origin.file(path),
            None => Err(format!("{path} belongs to no scenario")),
        }
    }
}

/// Why a file cannot be read; of one that is not there, which built-in scenario may have been meant.
fn unread(file: &str, error: &io::Error) -> Complaint {
    if error.kind() == io::ErrorKind::NotFound {
        let sentence = "there is no such file, and no such built-in scenario";
        return Complaint::unknown(Code::Unreadable, sentence, file, &names());
    }
    Complaint::new(Code::Unreadable, format!("it cannot be read: {error}"))
}

#[expect(clippy::disallowed_methods, reason = "the one place where scenarios and what they name are read")]
fn read(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}
