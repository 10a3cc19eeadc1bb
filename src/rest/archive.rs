//! ZIP archives: written so that the same content gives the same bytes, read with bounds.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Cursor, Read as _, Write as _};
use std::iter;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, at the root of the archive.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Why an archive was not read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadArchive {
    /// It is no ZIP archive, or a broken one; what was wrong.
    Malformed(String),
    /// It unpacks to more than the bounds allow.
    TooLarge,
}

impl fmt::Display for BadArchive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => f.write_str(what),
            Self::TooLarge => f.write_str("the archive unpacks to more than is allowed"),
        }
    }
}

/// What a small upload may unpack to: against archives that are made to fill the memory.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
const MOST_FILES: usize = 2_000;

/// True if the bytes begin like an archive, also like an empty one.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Replaces what file systems reserve in a file name: `/ \ : * ? " < > |` and control characters.
pub fn file_name(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect()
}

/// Makes each file's name one that file systems take, and that no file before it has: later ones get a number.
pub fn name_apart(files: &mut [File]) {
    let mut taken = BTreeSet::new();
    for file in files {
        let name = file_name(&file.name);
        let (stem, extension) = name.rfind('.').map_or((name.as_str(), ""), |dot| name.split_at(dot));
        let numbered = (2_u32..).map(|number| format!("{stem}-{number}{extension}"));
        let free = iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name));
        file.name = free.unwrap_or_default();
        taken.insert(file.name.clone());
    }
}

/// Writes an archive.
pub fn write(files: &[File]) -> Result<Vec<u8>, BadArchive> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        archive.start_file(file.name.as_str(), options).map_err(malformed)?;
        archive.write_all(&file.content).map_err(|error| malformed(error.into()))?;
    }
    Ok(archive.finish().map_err(malformed)?.into_inner())
}

/// Reads all files of an archive; folders are skipped, and of a path the last part is the name.
pub fn read(bytes: &[u8]) -> Result<Vec<File>, BadArchive> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(malformed)?;
    if archive.len() > MOST_FILES {
        return Err(BadArchive::TooLarge);
    }
    let (mut files, mut left) = (Vec::new(), MOST_BYTES);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(malformed)?;
        if entry.is_dir() {
            continue;
        }
        let path = entry.name().map_err(malformed)?.into_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut content = Vec::new();
        // The size in the directory may lie: what counts is what comes out.
        entry.take(left + 1).read_to_end(&mut content).map_err(|error| malformed(error.into()))?;
        left = left.checked_sub(content.len() as u64).ok_or(BadArchive::TooLarge)?;
        files.push(File { name, content });
    }
    Ok(files)
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn malformed(error: ZipError) -> BadArchive {
    BadArchive::Malformed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, content: &[u8]) -> File {
        File { name: name.to_owned(), content: content.to_vec() }
    }

    #[test]
    fn what_was_written_is_read_and_the_bytes_are_the_same_each_time() {
        let files = [file("a-prod.cer", b"one"), file("ü.cer", &[0; 5_000])];
        let archive = write(&files).unwrap();
        assert_eq!(archive, write(&files).unwrap());
        assert_eq!(read(&archive).unwrap(), files);
        assert!(is_archive(&archive) && is_archive(&write(&[]).unwrap()));
    }

    #[test]
    fn hostile_archives_are_refused() {
        assert!(matches!(read(b"PK\x03\x04 nothing more"), Err(BadArchive::Malformed(_))));
        let bomb = write(&[file("zeros", &vec![0; usize::try_from(MOST_BYTES).unwrap() + 1])]).unwrap();
        assert!(bomb.len() < 100_000);
        assert_eq!(read(&bomb), Err(BadArchive::TooLarge));
    }

    #[test]
    fn names_lose_what_file_systems_reserve() {
        assert_eq!(file_name("a/b:c\"d\n.cer"), "a_b_c_d_.cer");
    }

    #[test]
    fn no_two_files_keep_one_name() {
        let mut files = ["a:b.cer", "a_b-2.cer", "a_b.cer", "a?b.cer", "c", "c"].map(|name| file(name, b""));
        name_apart(&mut files);
        assert_eq!(files.map(|file| file.name), ["a_b.cer", "a_b-2.cer", "a_b-3.cer", "a_b-4.cer", "c", "c-2"]);
    }
}
