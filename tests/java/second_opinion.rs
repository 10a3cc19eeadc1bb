//! What certificates say, by x509-parser: a second reader of whatever both can read, in which a slip of ours would show.

use certmimic::pki::{Certificate, certificate_factory};
use libtest_mimic::Trial;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{ParsedExtension, X509Extension};
use x509_parser::prelude::FromDer as _;

use crate::certificates::rows;
use crate::differences::Comparison;
use crate::trial;

pub fn trials() -> Vec<Trial> {
    vec![trial("second_opinion::fields_are_those_of_x509_parser", &[], fields)]
}

fn fields() {
    let mut comparison = Comparison::new("fields");
    let mut read_by_both = 0;
    for row in rows() {
        let Ok(ours) = certificate_factory::certificate(&row.file) else { continue };
        let Ok((_, theirs)) = X509Certificate::from_der(ours.der()) else { continue };
        read_by_both += 1;
        comparison.note(&row.name, &of_x509_parser(&theirs), &of_certmimic(&ours));
    }
    assert!(read_by_both > 80, "{read_by_both}");
}

fn of_certmimic(certificate: &Certificate) -> String {
    described(&Fields {
        version: i64::from(certificate.version()),
        serial: certificate.serial_hex().to_lowercase(),
        subject: certificate.subject().der(),
        issuer: certificate.issuer().der(),
        validity: [certificate.not_before(), certificate.not_after()],
        public_key: certificate.public_key().spki(),
        is_ca: certificate.is_ca(),
        subject_key_identifier: certificate.subject_key_identifier(),
        authority_key_identifier: certificate.authority_key_identifier(),
    })
}

fn of_x509_parser(certificate: &X509Certificate<'_>) -> String {
    let validity = certificate.validity();
    let extension = |found: fn(&ParsedExtension<'_>) -> bool| {
        certificate.extensions().iter().map(X509Extension::parsed_extension).find(|extension| found(extension))
    };
    let is_ca = matches!(
        extension(|extension| matches!(extension, ParsedExtension::BasicConstraints(_))),
        Some(ParsedExtension::BasicConstraints(constraints)) if constraints.ca
    );
    let subject_key = extension(|extension| matches!(extension, ParsedExtension::SubjectKeyIdentifier(_)));
    let authority_key = extension(|extension| matches!(extension, ParsedExtension::AuthorityKeyIdentifier(_)));
    described(&Fields {
        version: i64::from(certificate.version().0) + 1,
        serial: signed_hex(certificate.raw_serial()),
        subject: certificate.subject().as_raw(),
        issuer: certificate.issuer().as_raw(),
        validity: [validity.not_before.timestamp(), validity.not_after.timestamp()],
        public_key: certificate.public_key().raw,
        is_ca,
        subject_key_identifier: subject_key.and_then(|extension| match extension {
            ParsedExtension::SubjectKeyIdentifier(identifier) => Some(identifier.0),
            _ => None,
        }),
        authority_key_identifier: authority_key.and_then(|extension| match extension {
            ParsedExtension::AuthorityKeyIdentifier(authority) => authority.key_identifier.as_ref().map(|key| key.0),
            _ => None,
        }),
    })
}

struct Fields<'a> {
    version: i64,
    serial: String,
    subject: &'a [u8],
    issuer: &'a [u8],
    validity: [i64; 2],
    public_key: &'a [u8],
    is_ca: bool,
    subject_key_identifier: Option<&'a [u8]>,
    authority_key_identifier: Option<&'a [u8]>,
}

fn described(fields: &Fields<'_>) -> String {
    let identifier = |bytes: Option<&[u8]>| bytes.map(hex::encode);
    format!(
        "version {}, serial {}, subject {}, issuer {}, validity {:?}, key {}, CA {}, subject key {:?}, authority key {:?}",
        fields.version,
        fields.serial,
        hex::encode(fields.subject),
        hex::encode(fields.issuer),
        fields.validity,
        hex::encode(fields.public_key),
        fields.is_ca,
        identifier(fields.subject_key_identifier),
        identifier(fields.authority_key_identifier),
    )
}

/// A two's complement number as `BigInteger.toString(16)` prints it.
fn signed_hex(bytes: &[u8]) -> String {
    let is_negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
    let mut magnitude = bytes.to_vec();
    if is_negative {
        let mut carry = true;
        for byte in magnitude.iter_mut().rev() {
            let (sum, overflowed) = (!*byte).overflowing_add(u8::from(carry));
            (*byte, carry) = (sum, overflowed);
        }
    }
    let hex = hex::encode(magnitude);
    let digits = hex.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    format!("{}{digits}", if is_negative { "-" } else { "" })
}
