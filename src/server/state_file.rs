//! A file that holds a world: read at the start, replaced whole after changes.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::scenario::{self, Flaw, Form, Scenario, Source, export, write};

/// Most links one after the other that are followed: systems follow as many.
const MOST_LINKS: usize = 40;

/// A file that holds a world.
#[derive(Debug, Clone)]
pub struct StateFile {
    path: PathBuf,
    /// Where the next content is written before it takes the file's place: in the same folder, as only that can be done at once.
    draft: PathBuf,
}

impl StateFile {
    /// The file at a path; of a link, what it leads to at last, which need not be there yet.
    pub fn new(path: &Path) -> Self {
        let step = |path: &PathBuf| Some(path.parent()?.join(path.read_link().ok()?));
        let led_to = || std::iter::successors(Some(path.to_path_buf()), step).take(MOST_LINKS).last();
        let path = path.canonicalize().ok().or_else(led_to).unwrap_or_else(|| path.to_path_buf());
        let mut draft = path.clone().into_os_string();
        draft.push(".part");
        Self { path, draft: draft.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The world in it; none if there is no such file, or nothing in it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Option<Scenario>, Vec<Flaw>> {
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Ok(file) if file.is_file() && file.len() == 0 => Ok(None),
            _ => scenario::load(&[Source::File(self.path.clone())]).map(Some),
        }
    }

    /// Replaces its content at once: whoever reads it finds the world as it was or as it is.
    ///
    /// # Errors
    /// It cannot be written. It is as it was then.
    pub fn write(&self, scenario: &Scenario) -> io::Result<()> {
        let form =
            if self.path.extension().is_some_and(|extension| extension == "json") { Form::Json } else { Form::Yaml };
        let text = write(&export(scenario), form).map_err(io::Error::other)?;
        let written = self.write_draft(text.as_bytes()).and_then(|()| fs::rename(&self.draft, &self.path));
        if written.is_err() {
            // There may be none; and what cannot be written is told already.
            let _left = fs::remove_file(&self.draft);
        }
        written.map(|()| self.settle())
    }

    fn write_draft(&self, content: &[u8]) -> io::Result<()> {
        // One may be left of a server that was killed. Made anew, it has our mode and is nobody's link.
        match fs::remove_file(&self.draft) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = for_its_owner(OpenOptions::new().write(true).create_new(true)).open(&self.draft)?;
        file.write_all(content)?;
        file.sync_all()
    }

    /// Makes the new name last, too, where the system can.
    #[expect(clippy::disallowed_methods, reason = "a folder is opened to be synchronised, not read")]
    fn settle(&self) {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _not_everywhere = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Private keys and passwords are in it: nobody else may read it.
#[cfg(unix)]
fn for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

#[cfg(not(unix))]
fn for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}
