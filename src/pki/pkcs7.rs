//! Bundles of certificates: PKCS#7 `SignedData` (RFC 2315; also SPC), in BER as well as DER, and PkiPath.

use std::sync::Arc;

use super::{Certificate, Error};

/// All certificates of a bundle in the order of the file: PKCS#7 or SPC (DER or BER), PkiPath, a single certificate; each
/// binary, in PEM (labels `PKCS7`, `CMS`, `CERTIFICATE`, several blocks), or as base64 without armour.
pub fn certificates(_bytes: &[u8]) -> Result<Vec<Arc<Certificate>>, Error> {
    todo!()
}

/// DER of a PKCS#7 `SignedData` that holds nothing but these certificates, in this order.
pub fn encode(_certificates: &[Arc<Certificate>]) -> Vec<u8> {
    todo!()
}
