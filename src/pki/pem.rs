//! PEM (RFC 7468), as leniently as OpenSSL and Java read it; and certificates in any of their textual forms.

use std::sync::Arc;

use super::{Certificate, Error};

/// One PEM block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// `CERTIFICATE`, `PRIVATE KEY`, …
    pub label: String,
    /// The decoded bytes.
    pub bytes: Vec<u8>,
}

/// All blocks of a text in order; text between them is skipped. A block that is not closed or not base64 is an error.
pub fn blocks(_text: &str) -> Result<Vec<Block>, Error> {
    todo!()
}

/// PEM of some bytes: 64 characters a line, `\n`, newline at the end.
pub fn encode(_label: &str, _bytes: &[u8]) -> String {
    todo!()
}

/// One certificate in DER, in PEM (the first block), or as base64 of the DER without armour; white space is allowed.
pub fn certificate(_bytes: &[u8]) -> Result<Arc<Certificate>, Error> {
    todo!()
}

/// All certificates of a PEM text, or the one of a DER file.
pub fn certificates(_bytes: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    todo!()
}
