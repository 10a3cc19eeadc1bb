//! The extensions of a new certificate (RFC 5280 section 4.2).

use std::net::IpAddr;

use sha1::Digest;

use super::Template;
use crate::pki::{KeyType, PublicKey, asn1};

const IA5_STRING: u8 = 0x16;

/// All of them, as one SEQUENCE.
pub(super) fn extensions(template: &Template, key: &PublicKey, issuer_identifier: &[u8]) -> Vec<u8> {
    let mut all = vec![
        extension("2.5.29.14", false, &asn1::element(asn1::OCTET_STRING, &[&key_identifier(key)])),
        extension("2.5.29.35", false, &asn1::sequence(&[&asn1::element(0x80, &[issuer_identifier])])),
        extension("2.5.29.19", true, &basic_constraints(template.ca)),
        extension("2.5.29.15", true, &key_usage(template.ca, key)),
    ];
    if !template.extended_key_usage.is_empty() {
        all.push(extension("2.5.29.37", false, &extended_key_usage(&template.extended_key_usage)));
    }
    if !template.alternative_names.is_empty() {
        let critical = template.subject.is_empty();
        all.push(extension("2.5.29.17", critical, &alternative_names(&template.alternative_names)));
    }
    if !template.comment.is_empty() {
        let comment = asn1::element(IA5_STRING, &[template.comment.as_bytes()]);
        all.push(extension("2.16.840.1.113730.1.13", false, &comment));
    }
    asn1::sequence(&all.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// SHA-1 of the key's bits (section 4.2.1.2, method 1).
pub(super) fn key_identifier(key: &PublicKey) -> Vec<u8> {
    sha1::Sha1::digest(key.bits()).to_vec()
}

fn extension(oid: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let oid = asn1::object_identifier(&asn1::undotted(oid).unwrap_or_default());
    let critical: &[u8] = if critical { &[asn1::BOOLEAN, 1, 0xFF] } else { &[] };
    asn1::sequence(&[&oid, critical, &asn1::element(asn1::OCTET_STRING, &[value])])
}

fn basic_constraints(ca: bool) -> Vec<u8> {
    asn1::sequence(if ca { &[&[asn1::BOOLEAN, 1, 0xFF]] } else { &[] })
}

/// A CA signs certificates and lists; others sign, and with RSA also encipher keys. Bits count from the left.
fn key_usage(ca: bool, key: &PublicKey) -> Vec<u8> {
    let (unused, bits) = match (ca, key.key_type(), key.algorithm()) {
        (true, ..) => (1, 0b0000_0110),
        (_, KeyType::Rsa, "RSA") => (5, 0b1010_0000),
        (_, _, "X25519") => (3, 0b0000_1000),
        _ => (7, 0b1000_0000),
    };
    asn1::element(asn1::BIT_STRING, &[&[unused, bits]])
}

fn extended_key_usage(purposes: &[String]) -> Vec<u8> {
    let purposes: Vec<_> = purposes.iter().filter_map(|purpose| asn1::undotted(purpose)).collect();
    asn1::sequence(&[&purposes.iter().flat_map(|purpose| asn1::object_identifier(purpose)).collect::<Vec<_>>()])
}

/// DNS names and addresses; of an e-mail address and a URI their own kind is made.
fn alternative_names(names: &[String]) -> Vec<u8> {
    let name = |name: &String| match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => asn1::element(0x87, &[&address.octets()]),
        Ok(IpAddr::V6(address)) => asn1::element(0x87, &[&address.octets()]),
        Err(_) if name.contains("://") => asn1::element(0x86, &[name.as_bytes()]),
        Err(_) if name.contains('@') => asn1::element(0x81, &[name.as_bytes()]),
        Err(_) => asn1::element(0x82, &[name.as_bytes()]),
    };
    asn1::sequence(&[&names.iter().flat_map(name).collect::<Vec<_>>()])
}
