//! The blocks of a file as the JDK's `X509Factory` takes them, one after the other.
//!
//! - A file that begins with a SEQUENCE's tag is DER or BER: one element, whose lengths may be indefinite or longer than
//!   they need be. What follows it is looked at only for a further block.
//! - Anything else is searched for five hyphens at the beginning of the file or of a line, so text before a block does no
//!   harm, and blanks or a byte order mark before its hyphens hide it. None: nothing was found, which is no fault after
//!   the last block.
//! - That line has to be `-----BEGIN <label>-----`, blanks at its end apart. **Any label will do**: the first block is
//!   taken to be the certificate, even if it is called a private key.
//! - Up to the next hyphen all is base64; tabs, line ends and blanks in it do not count, anything else that is no base64
//!   does, header lines (`Proc-Type:`) among it. Padding may be missing, but not half of it.
//! - From that hyphen to the end of the line has to be `-----END <label>-----` with the same label.

use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine};

use super::unreadable::Unreadable;
use crate::pki::asn1;

/// What is left of a file.
pub(crate) struct Blocks<'a>(&'a [u8]);

impl<'a> Blocks<'a> {
    /// Those of a whole file.
    pub(crate) fn of(file: &'a [u8]) -> Self {
        Self(file)
    }

    /// The bytes that the next block holds; `None` if there is no further one.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, Unreadable> {
        if self.0.first() == Some(&asn1::SEQUENCE) {
            let length = ber_length(self.0, 0)?;
            let (block, rest) = self.0.split_at_checked(length).ok_or_else(incomplete)?;
            self.0 = rest;
            return Ok(Some(block.to_vec()));
        }
        let Some(block) = hyphens(self.0) else {
            self.0 = &[];
            return Ok(None);
        };
        let (header, rest) = header(block)?;
        let (base64, rest) = split_at_byte(rest, |byte| byte == b'-').ok_or(Unreadable::IncompleteBlock)?;
        let (footer, rest) = footer(rest, header.ends_with_return);
        self.0 = rest;
        check_lines(&header.line, &footer)?;
        decode(base64).map(Some)
    }
}

fn incomplete() -> Unreadable {
    Unreadable::Encoding("Incomplete BER/DER data".to_owned())
}

/// From the five hyphens at the beginning of a line on.
fn hyphens(text: &[u8]) -> Option<&[u8]> {
    const HYPHENS: &[u8] = b"-----";
    let begins_line =
        |at: usize| at.checked_sub(1).is_none_or(|before| matches!(text.get(before), Some(b'\r' | b'\n')));
    let starts = (0..text.len()).filter(|&at| begins_line(at));
    starts.filter_map(|at| text.get(at..)).find(|line| line.starts_with(HYPHENS))
}

struct Header {
    line: String,
    /// A carriage return without a line feed: then the footer's line ends with one, too.
    ends_with_return: bool,
}

fn header(block: &[u8]) -> Result<(Header, &[u8]), Unreadable> {
    let (line, rest) = split_at_byte(block, |byte| matches!(byte, b'\r' | b'\n')).ok_or(Unreadable::IncompleteBlock)?;
    let line = latin1(line);
    match rest {
        [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Ok((Header { line, ends_with_return: false }, rest)),
        [b'\r', rest @ ..] if !rest.is_empty() => Ok((Header { line, ends_with_return: true }, rest)),
        _ => Err(Unreadable::IncompleteBlock),
    }
}

/// The footer's line, without its end, and what follows it.
fn footer(text: &[u8], ends_with_return: bool) -> (String, &[u8]) {
    let ends = |byte| byte == b'\n' || (ends_with_return && byte == b'\r');
    let (line, rest) = split_at_byte(text, ends).unwrap_or((text, &[]));
    let line: Vec<u8> = line.iter().copied().filter(|&byte| byte != b'\r').collect();
    (latin1(&line), rest.get(1..).unwrap_or_default())
}

fn check_lines(header: &str, footer: &str) -> Result<(), Unreadable> {
    let between = |line: &str, begin: &str| Some(line.strip_prefix(begin)?.strip_suffix("-----")?.to_owned());
    let begun = between(header, "-----BEGIN ").ok_or_else(|| Unreadable::Header(header.to_owned()))?;
    let ended = between(footer, "-----END ").ok_or_else(|| Unreadable::Footer(footer.to_owned()))?;
    if begun == ended {
        return Ok(());
    }
    Err(Unreadable::LabelsDiffer { header: header.to_owned(), footer: footer.to_owned() })
}

/// Each byte as the character with its number; what Java calls white space taken off the end.
fn latin1(line: &[u8]) -> String {
    let line: String = line.iter().copied().map(char::from).collect();
    line.trim_end_matches(|end| matches!(end, '\t'..='\r' | '\u{1C}'..=' ')).to_owned()
}

fn decode(base64: &[u8]) -> Result<Vec<u8>, Unreadable> {
    const BASIC: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let digits: Vec<u8> = base64.iter().copied().filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r' | b' ')).collect();
    let half_padded = digits.ends_with(b"=") && !digits.len().is_multiple_of(4);
    let refused = |what: String| Err(Unreadable::Base64(what));
    match BASIC.decode(digits) {
        Ok(_) if half_padded => refused("Input byte array has wrong 4-byte ending unit".to_owned()),
        Ok(bytes) => Ok(bytes),
        Err(DecodeError::InvalidByte(_, b'=')) => refused("Input byte array has incorrect ending byte".to_owned()),
        Err(DecodeError::InvalidByte(_, byte)) => refused(format!("Illegal base64 character {}", signed_hex(byte))),
        Err(_) => refused("Last unit does not have enough valid bits".to_owned()),
    }
}

/// A byte is a signed number in Java.
fn signed_hex(byte: u8) -> String {
    let number = i8::from_be_bytes([byte]);
    format!("{}{:x}", if number < 0 { "-" } else { "" }, number.unsigned_abs())
}

fn split_at_byte(text: &[u8], is_end: impl Fn(u8) -> bool) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|&byte| is_end(byte))?;
    text.split_at_checked(at)
}

/// More nesting than any certificate has; the JDK has no bound but its stack.
const DEEPEST: usize = 64;

/// How many bytes the first element has, with its tag and its length.
fn ber_length(bytes: &[u8], depth: usize) -> Result<usize, Unreadable> {
    let refused = |what: &str| Err(Unreadable::Encoding(what.to_owned()));
    let Some((&tag, rest)) = bytes.split_first() else { return refused("BER/DER tag info absent") };
    if tag & 0x1F == 0x1F {
        return refused("Multi octets tag not supported");
    }
    let Some((&first, rest)) = rest.split_first() else { return refused("BER/DER length info absent") };
    match first {
        0..0x80 => Ok(usize::from(first) + 2),
        0x80 if tag & 0x20 == 0 => refused("Non constructed encoding must have definite length"),
        0x80 if depth == DEEPEST => refused("Invalid BER/DER data (too deep)"),
        0x80 => indefinite_length(rest, depth).map(|length| length + 2),
        0x81..=0x84 => definite_length(rest, usize::from(first & 0x7F)),
        _ => refused("Invalid BER/DER data (too huge?)"),
    }
}

fn definite_length(rest: &[u8], count: usize) -> Result<usize, Unreadable> {
    let incomplete = || Unreadable::Encoding("Incomplete BER/DER length info".to_owned());
    let digits = rest.get(..count).ok_or_else(incomplete)?;
    if count == 4 && digits.first().is_some_and(|&first| first > 0x7F) {
        return Err(Unreadable::Encoding("Invalid BER/DER data (a little huge?)".to_owned()));
    }
    Ok(digits.iter().fold(0, |length, &digit| length << 8 | usize::from(digit)) + 2 + count)
}

/// Elements up to the first with the tag 0, which has to say its length, too.
fn indefinite_length(content: &[u8], depth: usize) -> Result<usize, Unreadable> {
    let mut length = 0;
    loop {
        let rest = content.get(length..).unwrap_or_default();
        let element = ber_length(rest, depth + 1)?;
        length += element;
        if length > content.len() {
            return Err(incomplete());
        }
        if rest.first() == Some(&0) {
            return Ok(length);
        }
    }
}
