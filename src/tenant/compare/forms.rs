//! Forms: what stands in place of texts that no two systems have in common. How a date, a fingerprint or an address is written is
//! a fact; which one it is, is none.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::state::APIS;

/// Shorter Base64 may be a word.
const LONG: usize = 40;

/// Most digits of a moment in seconds.
const SECONDS: usize = 10;

/// The form of a text; the text itself if it has none.
pub(super) fn of_text(text: &str) -> String {
    address(text)
        .or_else(|| odata_date(text))
        .or_else(|| iso_date(text))
        .or_else(|| identifier(text))
        .or_else(|| digits(text))
        .or_else(|| material(text))
        .unwrap_or_else(|| text.to_owned())
}

/// The form of bytes that are no text, or may not be shown.
pub(super) fn of_bytes(bytes: &[u8]) -> &'static str {
    match bytes {
        [] => "",
        [b'P', b'K', ..] => "<ZIP archive>",
        [0x30, ..] => "<DER>",
        [0xFE, 0xED, 0xFE, 0xED, ..] => "<JKS>",
        [0xCE, 0xCE, 0xCE, 0xCE, ..] => "<JCEKS>",
        [b'-', b'-', b'-', b'-', b'-', ..] => "<PEM>",
        _ => "<bytes>",
    }
}

/// A link is told by what follows the host: how a tenant calls itself is its own business.
fn address(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let path = rest.find('/').and_then(|at| rest.get(at..))?;
    let root = APIS.iter().flat_map(|api| api.roots).filter_map(|root| path.find(root)).min()?;
    path.get(root..).map(ToOwned::to_owned)
}

/// `/Date(1768464000000)/`, `/Date(1768464000000+0000)/`
fn odata_date(text: &str) -> Option<String> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let (digits, offset) = inner.split_at(inner.find('+').unwrap_or(inner.len()));
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // Milliseconds of this century have more digits than seconds.
    let unit = if (2..=SECONDS).contains(&digits.len()) { " seconds" } else { "" };
    is_number.then(|| format!("/Date(…{unit}{offset})/"))
}

/// `2026-01-15T08:00:00.000Z` with its digits as zeros.
fn iso_date(text: &str) -> Option<String> {
    const FORM: &str = "0000-00-00T00:00:00";
    let zeros: String = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let rest = zeros.strip_prefix(FORM)?;
    rest.chars().all(|letter| "0.:+-Z".contains(letter)).then_some(zeros)
}

/// A UUID, or an identifier of 24 digits.
fn identifier(text: &str) -> Option<String> {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    (is_hex && (groups == [8, 4, 4, 4, 12] || groups == [24])).then(|| "<identifier>".to_owned())
}

/// A fingerprint or a serial number: hexadecimal digits, how many, and how they are written.
fn digits(text: &str) -> Option<String> {
    if let Some(serial) = text.strip_prefix("0x") {
        let is_hex = !serial.is_empty() && serial.bytes().all(|byte| byte.is_ascii_hexdigit());
        return is_hex.then(|| format!("<0x and hexadecimal digits{}>", letter_case(serial)));
    }
    let separator = if text.contains(':') { ", in pairs" } else { "" };
    let plain = text.replace(':', "");
    let length = plain.len();
    let is_hex = plain.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex || !matches!(length, 32 | 40 | 56 | 64 | 96 | 128) {
        return None;
    }
    let case = letter_case(&plain);
    Some(format!("<{length} hexadecimal digits{case}{separator}>"))
}

fn letter_case(digits: &str) -> &'static str {
    let has = |kind: fn(&char) -> bool| digits.chars().any(|digit| kind(&digit));
    match (has(char::is_ascii_uppercase), has(char::is_ascii_lowercase)) {
        (true, false) => ", upper case",
        (false, true) => ", lower case",
        _ => "",
    }
}

/// Certificates and keys, in PEM, Base64 or the format of OpenSSH.
fn material(text: &str) -> Option<String> {
    if text.contains("-----BEGIN ") {
        let labels = text.split("-----BEGIN ").skip(1).filter_map(|part| part.split("-----").next());
        return Some(format!("<PEM: {}>", labels.collect::<Vec<_>>().join(", ")));
    }
    if let Some(kind) = text.split(' ').next().filter(|kind| kind.starts_with("ssh-") || kind.starts_with("ecdsa-")) {
        return Some(format!("<OpenSSH: {kind}>"));
    }
    // Joined, the words of a sentence without punctuation would be digits of Base64, too.
    if text.trim().contains(' ') {
        return None;
    }
    let joined: String = text.split_ascii_whitespace().collect();
    let bytes = (joined.len() >= LONG).then(|| STANDARD.decode(&joined).ok()).flatten()?;
    let lines = if text.trim_end().contains('\n') { " in lines" } else { "" };
    let of = match of_bytes(&bytes) {
        "<bytes>" => String::new(),
        form => format!(" of {}", form.trim_matches(['<', '>'])),
    };
    Some(format!("<Base64{of}{lines}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_anybodys_own_becomes_its_form() {
        for (text, form) in [
            ("https://t.example:443/w/a/api/v1/KeystoreEntries('6D')", "/api/v1/KeystoreEntries('6D')"),
            ("/Date(1768464000000)/", "/Date(…)/"),
            ("/Date(1768464000)/", "/Date(… seconds)/"),
            ("/Date(1768464000000+0000)/", "/Date(…+0000)/"),
            ("2026-01-15T08:00:00.000Z", "0000-00-00T00:00:00.000Z"),
            ("0f0c6c1e-5b7e-4e36-9d3e-0b8c7a1d2e3f", "<identifier>"),
            ("65f0c0ffee65f0c0ffee0001", "<identifier>"),
            ("E7EFD6F28C9B0671F5BA2D1E6C76A210C88F61D0", "<40 hexadecimal digits, upper case>"),
            ("e7efd6f28c9b0671f5ba2d1e6c76a210c88f61d0", "<40 hexadecimal digits, lower case>"),
            (
                "A7:EF:D6:F2:8C:9B:06:71:F5:BA:2D:1E:6C:76:A2:10:C8:8F:61:D0",
                "<40 hexadecimal digits, upper case, in pairs>",
            ),
            ("0x3BE9A31F50", "<0x and hexadecimal digits, upper case>"),
            ("-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n", "<PEM: CERTIFICATE>"),
            ("ssh-rsa AAAA x", "<OpenSSH: ssh-rsa>"),
            ("MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa", "<Base64 of DER>"),
        ] {
            assert_eq!(of_text(text), form, "{text}");
        }
    }

    #[test]
    fn what_is_said_stays() {
        for text in [
            "",
            "Key Pair",
            "CN=a, O=b",
            "https://backend.example/x",
            "Alias 'x' not found in the keystore",
            "/Date(x)/",
            "2026-01-15",
            "1768464000000",
            "sap_cloudintegrationcertificate",
            "No backed up keystore entries owned by tenant administrator exist",
        ] {
            assert_eq!(of_text(text), text);
        }
    }
}
