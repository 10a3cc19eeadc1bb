//! The file that tells which ports were picked.

use std::path::Path;

use super::failure::Failure;
use super::whole_file::{put, remedy};
use crate::server::Server;

/// Writes it.
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
