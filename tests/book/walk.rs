//! A page from top to bottom, as somebody does who tries everything that it says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::languages::{self, Prepared};
use crate::page::{Block, Page};
use crate::process::Served;
use crate::shell::{self, Ran};

/// True if something of the page is run.
pub fn has_something_to_run(page: &Page) -> bool {
    page.blocks.iter().any(|block| runs(block) && (block.language == "sh" || languages::is_known(&block.language)))
}

/// True unless the page says that it is not, or that it is how all tests are run.
fn runs(block: &Block) -> bool {
    !block.mark.as_deref().is_some_and(|mark| mark.starts_with("not run: ") || mark == "tests")
}

/// Does what the page says.
///
/// # Errors
/// A tool that it needs is not there.
pub fn walk(page: &Page) -> Result<(), String> {
    let folder = folder(&page.name);
    let prepared = languages::prepare(page, &folder)?;
    let mut walk = Walk { page, folder, prepared, server: None, before: None };
    page.blocks.iter().filter(|block| runs(block)).for_each(|block| walk.step(block));
    walk.commands();
    Ok(())
}

/// True for a command within a sentence or a table, as it stands: nothing in it stands for something else.
fn is_command(word: &str) -> bool {
    let stands_for_another = |part: &str| part.chars().all(|one| one.is_ascii_uppercase()) && part.len() > 2;
    let is_whole = !word.contains(['…', '[']) && !word.split([' ', '=', '/']).any(stands_for_another);
    is_whole && ["curl ", "certmimic "].iter().any(|program| word.starts_with(program))
}

struct Walk<'p> {
    page: &'p Page,
    folder: PathBuf,
    prepared: Prepared,
    server: Option<Served>,
    before: Option<Ran>,
}

impl Walk<'_> {
    fn step(&mut self, block: &Block) {
        let mark = block.mark.as_deref();
        if mark == Some("answers") {
            return self.compare(block);
        }
        let file = file_name(block);
        if let Some(name) = &file {
            let path = self.folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &block.code).unwrap();
        }
        match block.language.as_str() {
            "sh" if mark == Some("serves") => {
                drop(self.server.take());
                self.server = Some(shell::serve(&block.code, &self.folder));
            }
            "sh" => self.lines(block),
            language if languages::is_known(language) => {
                self.prepared.run(block, file.as_deref(), &self.folder, &self.page.place(block));
            }
            _ => {}
        }
    }

    /// Those within sentences, each once, in a folder of their own.
    fn commands(&mut self) {
        self.folder = self.folder.join("commands");
        fs::create_dir_all(&self.folder).unwrap();
        let mut done = BTreeSet::new();
        for word in self.page.words.iter().filter(|word| is_command(word)) {
            if done.insert(word) {
                self.command(word);
            }
        }
    }

    fn command(&mut self, word: &str) {
        if word.starts_with("certmimic serve") {
            drop(shell::serve(word, &self.folder));
            return;
        }
        let ran = self.run(&word.replace("curl ", "curl -s --fail-with-body "));
        let code = ran.output.status.code();
        // A gate may be shut.
        let is_fine = code == Some(0) || code == Some(1) && word.contains(" --min ");
        let errors = String::from_utf8_lossy(&ran.output.stderr);
        assert!(is_fine, "{}: {word}\n{}\n{errors}", self.page.name, ran.printed);
    }

    fn run(&mut self, lines: &str) -> Ran {
        let server = self.server.get_or_insert_with(|| shell::serve("certmimic serve", &self.folder));
        shell::run(lines, &self.folder, server, &self.prepared)
    }

    fn lines(&mut self, block: &Block) {
        let ran = self.run(&block.code);
        assert!(
            ran.output.status.success(),
            "{}: {}\n{}\n{}\n{}",
            self.page.place(block),
            block.code,
            ran.printed,
            String::from_utf8_lossy(&ran.output.stderr),
            fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
        );
        self.before = Some(ran);
    }

    fn compare(&mut self, block: &Block) {
        let place = self.page.place(block);
        let ran = self.before.take().unwrap_or_else(|| panic!("{place}: nothing was run before"));
        assert!(
            shell::fits(&ran.printed, &block.code),
            "{place}: expected\n{}\nbut printed was\n{}",
            block.code,
            ran.printed
        );
    }
}

/// The file that a block is: named in a comment on its first line.
fn file_name(block: &Block) -> Option<String> {
    let line = block.code.lines().next()?;
    let name = line.strip_prefix("# ").or_else(|| line.strip_prefix("// "))?.split_whitespace().next()?;
    let is_name = name.contains('.') && name.chars().all(|one| one.is_alphanumeric() || "._-/".contains(one));
    (is_name && Path::new(name).extension().is_some()).then(|| name.to_owned())
}

/// An empty folder for a page.
fn folder(page: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book").join(page.replace('/', "-"));
    let _from_an_earlier_run = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
