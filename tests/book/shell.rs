//! Servers, and lines of the shell that talk to them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::languages::Prepared;
use crate::process::Served;
use crate::workshop::command;

/// Where the pages say that the server is.
const USUAL: &str = "127.0.0.1:8080";
const USUAL_TLS: &str = "127.0.0.1:8443";
/// A free port.
const ANY: &str = "127.0.0.1:0";

/// The program.
pub fn program() -> PathBuf {
    let named = std::env::var_os("CERTMIMIC_BINARY").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_certmimic")))
}

/// A command that finds the program on its path, before any other.
pub fn with_program(name: &str, folder: &Path) -> Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = program().parent().map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
    let mut command = command(name, folder);
    command.env("PATH", std::env::join_paths(folders).unwrap()).stdin(Stdio::null());
    command
}

/// Starts a server as the lines say, on free ports. What it logs is in the folder.
pub fn serve(lines: &str, folder: &Path) -> Served {
    assert!(lines.starts_with("certmimic"), "not one command that serves: {lines}");
    let lines = format!("exec {}", lines.replace(USUAL, ANY).replace(USUAL_TLS, ANY));
    let mut shell = with_program("sh", folder);
    shell.args(["-eu", "-c", &lines]);
    if !["--listen ", "--port "].iter().any(|option| lines.contains(option)) {
        shell.env("CERTMIMIC_LISTEN", ANY);
    }
    let log = File::create(folder.join("server.log")).unwrap();
    Served::of(shell.stdout(Stdio::piped()).stderr(log).spawn().unwrap())
}

/// Lines of a page, run against a server; what they print, with the ports that the page knows.
pub struct Ran {
    pub output: Output,
    pub printed: String,
}

/// Runs lines of the shell.
pub fn run(lines: &str, folder: &Path, server: &Served, prepared: &Prepared) -> Ran {
    let plain = server.address.to_string();
    let tls = lines.contains(USUAL_TLS).then(|| format!("127.0.0.1:{}", server.secure_port()));
    let mut lines = lines.replace(USUAL, &plain);
    if let Some(tls) = &tls {
        lines = lines.replace(USUAL_TLS, tls);
    }
    let mut shell = with_program("sh", folder);
    shell.args(["-eu", "-c", &lines]).env("CERTMIMIC_URL", format!("http://{plain}"));
    prepared.equip(&mut shell);
    let output = shell.output().unwrap();
    // Lines of HTTP end otherwise than those of a page.
    let mut printed = String::from_utf8_lossy(&output.stdout).replace('\r', "").replace(&plain, USUAL);
    if let Some(tls) = &tls {
        printed = printed.replace(tls, USUAL_TLS);
    }
    Ran { output, printed }
}

/// True if a text is as expected, where `…` stands for anything.
pub fn fits(text: &str, expected: &str) -> bool {
    let parts: Vec<&str> = expected.trim().split('…').collect();
    let Some((first, rest)) = parts.split_first() else { return false };
    let Some(open) = text.trim().strip_prefix(first) else { return false };
    let Some((last, between)) = rest.split_last() else { return open.is_empty() };
    let Some(mut open) = open.strip_suffix(last) else { return false };
    for part in between {
        let Some((_, later)) = open.split_once(part) else { return false };
        open = later;
    }
    true
}
