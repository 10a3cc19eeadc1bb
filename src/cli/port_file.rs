//! The file that tells which ports were picked.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::failure::Failure;
use crate::server::Server;

/// Writes it. It is moved into place whole, so that whoever waits for it never reads half of it.
///
/// # Errors
/// It cannot be written; nothing of it is left behind.
pub fn write(file: &Path, server: &Server) -> Result<(), Failure> {
    let ports: Vec<String> = server.addrs().iter().map(|address| address.port().to_string()).collect();
    put(file, &(ports.join("\n") + "\n")).map_err(|error| {
        let file = file.display();
        Failure::other(format!("cannot write the port to {file} ({error}); {} with --port-file", remedy(&error)))
    })
}

#[expect(clippy::disallowed_methods, reason = "the command line writes files")]
fn put(file: &Path, text: &str) -> io::Result<()> {
    let mut draft = OsString::from(file);
    draft.push(".part");
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, file));
    if written.is_err() {
        // Often it was not even made.
        let _gone = fs::remove_file(&draft);
    }
    written
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "make its folder, or name a file in one that exists",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room there, or name a file elsewhere",
        io::ErrorKind::IsADirectory => "name a file, not a folder,",
        _ => "name a file in a writable folder",
    }
}
