//! What the text of a key holds: PEM, base64 of PEM, or base64 of DER.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::pki::{Certificate, PrivateKey, PublicKey, pem};

enum Decoded {
    Pem(String),
    Der(Vec<u8>),
}

/// True if the text is something that a key can be sent as; `strict` asks for PEM, as it is or in base64.
pub fn is_readable(text: &str, strict: bool) -> bool {
    match decode(text) {
        Some(Decoded::Pem(_)) => true,
        Some(Decoded::Der(_)) => !strict,
        None => false,
    }
}

/// The private key that a text holds.
pub fn private_key(text: &str) -> Option<PrivateKey> {
    match decode(text)? {
        Decoded::Pem(text) => PrivateKey::from_pem(&text, None).ok(),
        Decoded::Der(der) => PrivateKey::from_pkcs8(&der).ok().or_else(|| {
            // PKCS#1 and SEC1 without armour: with the armour of either, one of them reads.
            let read = |label| PrivateKey::from_pem(&pem::encode(label, &der), None).ok();
            read("RSA PRIVATE KEY").or_else(|| read("EC PRIVATE KEY"))
        }),
    }
}

/// The public key that a text holds: of its own, or of a certificate.
pub fn public_key(text: &str) -> Option<PublicKey> {
    match decode(text)? {
        Decoded::Pem(text) => pem::blocks(&text).ok()?.iter().find_map(|block| match block.label.as_str() {
            "PUBLIC KEY" => PublicKey::from_spki(&block.bytes).ok(),
            "CERTIFICATE" => Some(Certificate::from_der(&block.bytes).ok()?.public_key().clone()),
            _ => None,
        }),
        Decoded::Der(der) => {
            PublicKey::from_spki(&der).ok().or_else(|| Some(Certificate::from_der(&der).ok()?.public_key().clone()))
        }
    }
}

/// The text as PEM, if it holds any.
pub fn as_pem(text: &str) -> Option<String> {
    match decode(text)? {
        Decoded::Pem(text) => Some(text),
        Decoded::Der(_) => None,
    }
}

/// What the text encodes, be it PEM or not.
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    Some(match decode(text)? {
        Decoded::Pem(text) => text.into_bytes(),
        Decoded::Der(der) => der,
    })
}

fn decode(text: &str) -> Option<Decoded> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    if text.contains("-----BEGIN ") {
        return Some(Decoded::Pem(text.to_owned()));
    }
    let compact: String = text.split_whitespace().collect();
    let bytes = GeneralPurpose::new(&STANDARD, LENIENT).decode(compact).ok()?;
    match String::from_utf8(bytes) {
        Ok(text) if text.contains("-----BEGIN ") => Some(Decoded::Pem(text)),
        Ok(text) => Some(Decoded::Der(text.into_bytes())),
        Err(error) => Some(Decoded::Der(error.into_bytes())),
    }
}
