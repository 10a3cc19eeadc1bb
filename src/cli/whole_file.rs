//! Files that are moved into place whole: whoever reads one never reads half of it, and an older one stays until the new one is
//! there.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

/// Writes it.
///
/// # Errors
/// It cannot be written; nothing of it is left behind.
#[expect(clippy::disallowed_methods, reason = "the command line writes files")]
pub fn put(file: &Path, text: &str) -> io::Result<()> {
    let mut draft = OsString::from(file);
    draft.push(".part");
    let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, file));
    if written.is_err() {
        // Often it was not even made.
        let _gone = fs::remove_file(&draft);
    }
    written
}

/// What to do when it cannot be written.
pub fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "make its folder, or name a file in one that exists",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room there, or name a file elsewhere",
        io::ErrorKind::IsADirectory => "name a file, not a folder,",
        _ => "name a file in a writable folder",
    }
}
