//! PEM (RFC 7468), as leniently as OpenSSL and Java read it; and certificates in any of their textual forms.

use std::sync::Arc;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Certificate, Error};

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

/// One certificate in DER, in PEM (the first block), or as base64 of the DER without armour; white space is allowed.
pub fn certificate(bytes: &[u8]) -> Result<Arc<Certificate>, Error> {
    let certificates = certificates(bytes)?;
    certificates.into_iter().next().ok_or_else(|| Error::Malformed("there is no certificate in it".to_owned()))
}

/// All certificates of a PEM text, or the one of a DER file.
pub fn certificates(bytes: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    if bytes.first() == Some(&super::asn1::SEQUENCE) && !bytes.is_ascii() {
        return Ok(vec![Certificate::from_der(bytes)?]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Malformed("it is neither DER nor text".to_owned()))?;
    let text = text.trim_start_matches('\u{FEFF}');
    if !text.contains("-----BEGIN ") {
        return Ok(vec![Certificate::from_der(&decode(text)?)?]);
    }
    let certificates = blocks(text)?.into_iter().filter(is_certificate);
    certificates.map(|block| Certificate::from_der(&block.bytes)).collect()
}

fn is_certificate(block: &Block) -> bool {
    matches!(block.label.as_str(), "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DER: &[u8] = include_bytes!("../../fixtures/server/smtp.der");
    const PEM: &str = include_str!("../../fixtures/server/smtp.pem");

    #[test]
    fn a_certificate_in_each_of_its_forms() {
        let base64 = PEM.replace("-----BEGIN CERTIFICATE-----", "").replace("-----END CERTIFICATE-----", "");
        let one_line = base64.replace('\n', "");
        let forms = [
            PEM.to_owned(),
            PEM.replace('\n', "\r\n"),
            PEM.replace('\n', " "),
            format!("subject=x\n\n{PEM}trailing"),
            format!("\u{FEFF}{PEM}"),
            base64,
            one_line.trim_end_matches('=').to_owned(),
            one_line,
        ];
        for form in &forms {
            assert_eq!(&**certificate(form.as_bytes()).unwrap().der(), DER, "{form}");
        }
        assert_eq!(&**certificate(DER).unwrap().der(), DER);
        assert_eq!(encode("CERTIFICATE", DER), PEM);
    }

    #[test]
    fn a_chain_comes_in_its_order() {
        let chain = certificates(include_bytes!("../../fixtures/server/chain.pem")).unwrap();
        let names: Vec<_> = chain.iter().filter_map(|link| link.subject().attribute("CN")).collect();
        assert_eq!(names, ["api.partner.example", "Example Test Issuing CA", "Example Test Root CA"]);
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let open = PEM.replace("-----END", "");
        let key = include_str!("../../fixtures/keys/rsa.pem");
        for bytes in [b"hello".as_slice(), b"", b"0", &DER[..100], open.as_bytes(), key.as_bytes(), &[0xFF, 0xFE]] {
            assert!(matches!(certificate(bytes), Err(Error::Malformed(_))));
        }
        assert!(certificate(&[DER, b"x"].concat()).is_err(), "bytes after the end");
    }

    #[test]
    fn headers_are_kept() {
        let block = &blocks("-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: A,00\r\n\r\nAAAA\n-----END X-----")
            .unwrap()[0];
        assert_eq!((block.header("DEK-Info"), block.bytes.as_slice()), (Some("A,00"), [0, 0, 0].as_slice()));
    }
}
