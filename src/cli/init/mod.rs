//! `certmimic init`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::{print, schema};

/// The scenario's file.
const SCENARIO: &str = "certmimic.yaml";

/// The schema's file, as the first line of the scenario names it.
const SCHEMA: &str = "certmimic.schema.json";

/// Write a scenario to start from, its schema for editors, and a compose file. Nothing is overwritten.
#[derive(Debug, Args)]
pub struct Init {
    /// Folder for them; it is made if it is not there.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// A file to write.
struct Draft {
    path: PathBuf,
    what: &'static str,
    text: String,
}

impl Init {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let drafts = self.drafts();
        if let Some(draft) = drafts.iter().find(|draft| draft.path.symlink_metadata().is_ok()) {
            return Err(exists(&draft.path));
        }
        fs::create_dir_all(&self.folder).map_err(|error| unwritten(&self.folder, &error))?;
        for (written, draft) in drafts.iter().enumerate() {
            if let Err(error) = write_new(draft) {
                // All or nothing: what is there already would keep the next try from writing.
                drafts.iter().take(written).for_each(|draft| drop(fs::remove_file(&draft.path)));
                return Err(match error.kind() {
                    io::ErrorKind::AlreadyExists => exists(&draft.path),
                    _ => unwritten(&draft.path, &error),
                });
            }
        }
        print(&self.written(&drafts))
    }

    fn drafts(&self) -> [Draft; 3] {
        let draft = |name: &str, what, text| Draft { path: self.place(name), what, text };
        [
            draft(SCENARIO, "the scenario", include_str!("certmimic.yaml").to_owned()),
            draft(SCHEMA, "what editors complete and check it by", schema::text() + "\n"),
            draft("compose.yaml", "the server as a container", compose()),
        ]
    }

    /// What was written, and what comes next.
    fn written(&self, drafts: &[Draft]) -> String {
        let width = drafts.iter().map(|draft| draft.path.display().to_string().len()).max().unwrap_or_default();
        let line = |draft: &Draft| format!("wrote {:width$}  {}", draft.path.display().to_string(), draft.what);
        let lines: Vec<String> = drafts.iter().map(line).collect();
        format!("{}\nnext: certmimic serve --scenario {}", lines.join("\n"), self.place(SCENARIO).display())
    }

    /// Of the folder that one is in, a file has its bare name.
    fn place(&self, name: &str) -> PathBuf {
        if self.folder == Path::new(".") { name.into() } else { self.folder.join(name) }
    }
}

fn compose() -> String {
    include_str!("compose.yaml").replace("{version}", env!("CARGO_PKG_VERSION"))
}

/// Writes a file that is not there yet, whole or not at all.
fn write_new(draft: &Draft) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(&draft.path)?;
    file.write_all(draft.text.as_bytes()).inspect_err(|_| drop(fs::remove_file(&draft.path)))
}

fn exists(path: &Path) -> Failure {
    let path = path.display();
    Failure::usage(format!(
        "{path} exists, and nothing is overwritten; move it away, or name another folder: certmimic init DIR"
    ))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::other(format!(
        "{} cannot be written ({error}); name a folder that can: certmimic init DIR",
        path.display()
    ))
}
