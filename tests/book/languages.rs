//! Tests and programs in other languages, with their packages as they are in the sources.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::junit;
use crate::page::{Block, Page};
use crate::shell::with_program;
use crate::workshop::{copy, installs, package, succeeds};

/// What is run of each language, and the tools for it.
const LANGUAGES: [(&str, &[&str]); 4] =
    [("python", &["python3"]), ("js", &["node"]), ("java", &["java", "javac"]), ("go", &["go"])];

/// True of the languages that are run here.
pub fn is_known(language: &str) -> bool {
    LANGUAGES.iter().any(|(name, _)| *name == language)
}

/// What a page needs, the shell included.
pub fn tools(page: &Page) -> Vec<&'static str> {
    let mut tools = vec!["sh", "curl"];
    let used = LANGUAGES.iter().filter(|(name, _)| uses(page, name));
    tools.extend(used.flat_map(|(_, tools)| tools.iter().copied()));
    tools
}

fn uses(page: &Page, language: &str) -> bool {
    page.blocks.iter().any(|block| block.language == language)
}

/// What was installed for a page.
#[derive(Default)]
pub struct Prepared {
    python: Option<PathBuf>,
    junit: Option<String>,
}

/// Lays the packages that a page uses where its code finds them.
///
/// # Errors
/// They cannot be installed here.
pub fn prepare(page: &Page, folder: &Path) -> Result<Prepared, String> {
    let mut prepared = Prepared::default();
    if uses(page, "python") {
        prepared.python = Some(pytest()?);
    }
    if uses(page, "js") {
        copy(&package("node"), &folder.join("node_modules/certmimic"));
    }
    if uses(page, "java") {
        prepared.junit = Some(junit::junit()?);
    }
    Ok(prepared)
}

/// The folder of programs of a Python with pytest, installed once.
fn pytest() -> Result<PathBuf, String> {
    static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    INSTALLED.get_or_init(install_pytest).clone()
}

fn install_pytest() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book/python");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    if !programs.join("pytest").exists() {
        installs(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        installs(Command::new(programs.join("python")).args(quiet).args(["pytest>=8.3", "pytest-xdist>=3.6"]))?;
    }
    Ok(programs)
}

impl Prepared {
    /// Lets a command find what was installed.
    pub fn equip(&self, command: &mut Command) {
        if let Some(programs) = &self.python {
            let path = command.get_envs().find(|(name, _)| *name == "PATH").and_then(|(_, value)| value);
            let folders = std::env::split_paths(path.unwrap_or_default()).collect::<Vec<_>>();
            let path = std::env::join_paths(folders.iter().take(1).chain([programs]).chain(&folders)).unwrap();
            command.env("PATH", path).env("PYTHONPATH", package("python").join("src"));
            // What a wheel registers.
            command.env("PYTEST_PLUGINS", "certmimic.pytest_plugin").env("PYTHONDONTWRITEBYTECODE", "1");
        }
    }

    /// Runs a block: as tests if it has any, else as a program.
    pub fn run(&self, block: &Block, file: Option<&str>, folder: &Path, place: &str) {
        match block.language.as_str() {
            "python" => self.python(block, file, folder),
            "js" => node(block, file, folder),
            "java" => self.java(block, file, folder),
            "go" => go(block, file, folder),
            other => panic!("{place}: {other} is not run"),
        }
    }

    fn python(&self, block: &Block, file: Option<&str>, folder: &Path) {
        let file = named(block, file.unwrap_or("test_page.py"), folder);
        let mut command = with_program("python3", folder);
        self.equip(&mut command);
        let is_test = block.code.contains("\ndef test_");
        if !is_test && block.code.contains("\ndef ") {
            return; // What tests import.
        }
        if is_test {
            command.args(["-m", "pytest", "-q", "-p", "no:cacheprovider"])
        } else {
            &mut command
        };
        succeeds(command.arg(file));
    }

    fn java(&self, block: &Block, file: Option<&str>, folder: &Path) {
        let name = file.expect("a class has a file");
        let junit = self.junit.as_deref().unwrap();
        let classes = junit::compile(folder, "src/main", junit, &[named(block, name, folder)]);
        if block.code.contains("@Test") {
            let path = format!("{}:{junit}", classes.display());
            let binary = crate::shell::program();
            junit::run(folder, &classes, &path, &[("CERTMIMIC_BINARY", binary.as_os_str())]);
        }
    }
}

fn node(block: &Block, file: Option<&str>, folder: &Path) {
    let file = named(block, file.unwrap_or("page.test.mjs"), folder);
    if block.code.contains("export ") {
        return; // What tests import.
    }
    let mut command = with_program("node", folder);
    if block.code.contains("test(\"") {
        command.arg("--test");
    }
    succeeds(command.env_remove("NODE_TEST_CONTEXT").arg(file));
}

fn go(block: &Block, file: Option<&str>, folder: &Path) {
    named(block, file.expect("a test has a file"), folder);
    let line = block.code.lines().find(|line| line.starts_with("package ")).expect("a file of Go names its package");
    let copied = fs::read_to_string(package("go").join("certmimic.go")).unwrap();
    fs::write(folder.join("certmimic.go"), copied.replace("\npackage certmimic\n", &format!("\n{line}\n"))).unwrap();
    fs::copy(package("go").join("go.mod"), folder.join("go.mod")).unwrap();
    succeeds(with_program("go", folder).args(["vet", "./..."]));
    succeeds(with_program("go", folder).args(["test", "-count=1", "./..."]));
}

/// The file of a block.
fn named(block: &Block, name: &str, folder: &Path) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, &block.code).unwrap();
    file
}
