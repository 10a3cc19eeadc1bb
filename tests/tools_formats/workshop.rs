//! A directory in which other tools make and check files.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{fs, io::Write};

/// An empty directory of its own for each test.
pub struct Workshop(PathBuf);

impl Workshop {
    pub fn new(name: &str) -> Self {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("formats-{name}"));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).expect("the directory for temporary files is writable");
        Self(directory)
    }

    /// Where a file of it is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    /// Runs a command, whose words are separated by blanks, and gives what it printed; it must succeed.
    pub fn run(&self, command: &str) -> String {
        self.run_with(command, "")
    }

    /// The same with some input. `␣` in a word stands for a blank.
    pub fn run_with(&self, command: &str, input: &str) -> String {
        let (success, printed) = self.attempt(command, input);
        assert!(success, "{command}\n{printed}");
        printed
    }

    /// Whether the command succeeded, and what it printed.
    pub fn attempt(&self, command: &str, input: &str) -> (bool, String) {
        let words: Vec<String> = command.split(' ').map(|word| word.replace('␣', " ")).collect();
        let (program, arguments) = words.split_first().expect("a command has a program");
        let mut process = Command::new(program);
        process.args(arguments).current_dir(&self.0).env("LC_ALL", "C.UTF-8");
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = process.spawn().unwrap_or_else(|error| panic!("{program}: {error}"));
        // A program that does not read its input may have closed it.
        let _ = child.stdin.take().expect("standard input is piped").write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap_or_else(|error| panic!("{program}: {error}"));
        let printed = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&printed).into_owned())
    }
}
