//! PEM (RFC 7468), as leniently as OpenSSL reads it.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::error::Error;

/// One PEM block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// `CERTIFICATE`, `PRIVATE KEY`, …
    pub label: String,
    /// Headers before the base64 (RFC 1421): `Proc-Type`, `DEK-Info`. Certificates have none.
    pub headers: Vec<(String, String)>,
    /// The decoded bytes.
    pub bytes: Vec<u8>,
}

impl Block {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Padding may be missing and left-over bits may be set: Java and OpenSSL do not mind.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// All blocks of a text in order; text between them is skipped. A block that is not closed or not base64 is an error.
pub fn blocks(text: &str) -> Result<Vec<Block>, Error> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((label, after)) = opening(rest) {
        let end = format!("-----END {label}-----");
        let (body, after) = after
            .split_once(end.as_str())
            .ok_or_else(|| Error::Malformed(format!("the PEM block {label} is not closed")))?;
        let (headers, body) = headers(body);
        blocks.push(Block { label: label.to_owned(), headers, bytes: decode(body)? });
        rest = after;
    }
    Ok(blocks)
}

/// The label of the next opening line, and what follows it.
fn opening(text: &str) -> Option<(&str, &str)> {
    let (_, after) = text.split_once("-----BEGIN ")?;
    match after.split_once("-----") {
        Some((label, body)) if !label.contains('\n') => Some((label, body)),
        _ => opening(after),
    }
}

/// Splits off the headers: lines with a colon, a backslash or leading blank continuing them, up to a blank line.
fn headers(body: &str) -> (Vec<(String, String)>, &str) {
    let body = body.trim_start();
    let first_line = body.lines().next().unwrap_or_default();
    if !first_line.contains(':') {
        return (Vec::new(), body);
    }
    let blank = ["\n\n", "\r\n\r\n", "\n\r\n"].iter().filter_map(|gap| body.find(gap)).min().unwrap_or(body.len());
    let (head, base64) = body.split_at_checked(blank).unwrap_or((body, ""));
    let headers = head.lines().filter_map(|line| line.split_once(':'));
    (headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect(), base64)
}

/// Base64 with any white space in it, padded or not.
pub fn decode(base64: &str) -> Result<Vec<u8>, Error> {
    let digits: Vec<u8> = base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    LENIENT.decode(digits).map_err(|error| Error::Malformed(format!("it is not base64: {error}")))
}

/// PEM of some bytes: 64 characters a line, `\n`, newline at the end.
pub fn encode(label: &str, bytes: &[u8]) -> String {
    let digits = LENIENT.encode(bytes);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = digits.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_openssl_writes() {
        let der = include_bytes!("../../fixtures/server/smtp.der");
        assert_eq!(encode("CERTIFICATE", der), include_str!("../../fixtures/server/smtp.pem"));
    }

    #[test]
    fn headers_are_kept() {
        let block = &blocks("-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: A,00\r\n\r\nAAAA\n-----END X-----")
            .unwrap()[0];
        assert_eq!((block.header("DEK-Info"), block.bytes.as_slice()), (Some("A,00"), [0, 0, 0].as_slice()));
    }
}
