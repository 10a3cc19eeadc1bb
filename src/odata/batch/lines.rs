//! The lines of a multipart body (RFC 2046 section 5.1), ended by CRLF or LF, with their numbers for refusals.

/// A line, with its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'b> {
    pub(super) bytes: &'b [u8],
    /// From 1.
    pub(super) number: usize,
}

impl<'b> Line<'b> {
    /// Its text without the white space at its end; nothing for what is not text.
    pub(super) fn text(&self) -> &'b str {
        std::str::from_utf8(self.bytes).unwrap_or_default().trim_end()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

/// All lines of a body.
pub(super) fn lines(body: &[u8]) -> Vec<Line<'_>> {
    body.split_inclusive(|byte| *byte == b'\n').zip(1..).map(|(bytes, number)| Line { bytes, number }).collect()
}

/// The bytes of lines that follow each other, without the end of the last: it belongs to the delimiter.
pub(super) fn joined(lines: &[Line<'_>]) -> Vec<u8> {
    let mut bytes: Vec<u8> = lines.iter().flat_map(|line| line.bytes).copied().collect();
    if bytes.ends_with(b"\n") {
        bytes.pop();
        if bytes.ends_with(b"\r") {
            bytes.pop();
        }
    }
    bytes
}
