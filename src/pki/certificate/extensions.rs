//! Extensions (RFC 5280 section 4.2) as far as the JDK refuses any, and those whose facts are asked for.

use std::net::IpAddr;

use super::fields::{bits, next, object_identifier};
use super::unreadable::{Structure, Unreadable};
use crate::pki::asn1::{self, Element, Reader};
use crate::pki::ber;

const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
const KEY_USAGE: &str = "2.5.29.15";
const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
const ISSUER_ALTERNATIVE_NAME: &str = "2.5.29.18";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";

/// One extension.
pub(super) struct Extension {
    /// Its object identifier, dotted.
    oid: String,
    /// True if nobody may ignore it.
    pub(super) critical: bool,
    value: Vec<u8>,
}

/// Reads them all. None may be there twice, save those that are not critical and make no sense.
pub(super) fn read(mut field: Reader<'_>) -> Result<Vec<Extension>, Unreadable> {
    let list = next(&mut field)?;
    if list.tag != asn1::SEQUENCE {
        return Err(Structure::Extension.into());
    }
    let mut list = list.inside();
    let mut extensions: Vec<Extension> = Vec::new();
    while !list.is_empty() {
        let extension = Extension::of(&next(&mut list)?)?;
        let sound = extension.is_sound();
        if extension.critical && !sound {
            return Err(Structure::CriticalExtension.into());
        }
        if sound && extensions.iter().any(|known| known.oid == extension.oid && known.is_sound()) {
            return Err(Structure::ExtensionTwice.into());
        }
        extensions.push(extension);
    }
    Ok(extensions)
}

/// The subject alternative name, if it holds any name.
pub(super) fn alternative_name(extensions: &[Extension]) -> Option<&Extension> {
    extensions.iter().find(|extension| extension.oid == SUBJECT_ALTERNATIVE_NAME && extension.is_sound())
}

/// The names of the subject alternative name that are e-mail addresses, DNS names, URIs or IP addresses.
pub(super) fn alternative_names(extensions: &[Extension]) -> Vec<String> {
    let list = alternative_name(extensions).and_then(|extension| asn1::only(&extension.value, asn1::SEQUENCE).ok());
    let Some(list) = list else { return Vec::new() };
    let (mut rest, mut names) = (list.inside(), Vec::new());
    while let Ok(name) = rest.any() {
        names.extend(name_of(&name));
    }
    names
}

fn name_of(name: &Element<'_>) -> Option<String> {
    match name.tag {
        0x81 | 0x82 | 0x86 => Some(String::from_utf8_lossy(name.content).into_owned()),
        0x87 => {
            let short = <[u8; 4]>::try_from(name.content).map(IpAddr::from);
            let address = short.or_else(|_| <[u8; 16]>::try_from(name.content).map(IpAddr::from));
            address.ok().map(|address| address.to_string())
        }
        _ => None,
    }
}

/// True if basic constraints say that the subject is a CA.
pub(super) fn authority(extensions: &[Extension]) -> bool {
    let constraints = find(extensions, BASIC_CONSTRAINTS).and_then(|value| asn1::only(value, asn1::SEQUENCE).ok());
    let flag = constraints.and_then(|constraints| constraints.inside().expect(asn1::BOOLEAN).ok());
    flag.is_some_and(|flag| flag.content.first().is_some_and(|&byte| byte != 0))
}

/// Purposes of the extended key usage, dotted.
pub(super) fn extended_key_usage(extensions: &[Extension]) -> Option<Vec<String>> {
    let mut purposes = asn1::only(find(extensions, EXTENDED_KEY_USAGE)?, asn1::SEQUENCE).ok()?.inside();
    let mut dotted = Vec::new();
    while let Ok(purpose) = purposes.expect(asn1::OBJECT_IDENTIFIER) {
        dotted.extend(asn1::dotted(purpose.content));
    }
    Some(dotted)
}

/// The subject key identifier.
pub(super) fn subject_key_identifier(extensions: &[Extension]) -> Option<Vec<u8>> {
    let value = find(extensions, SUBJECT_KEY_IDENTIFIER)?;
    Some(asn1::only(value, asn1::OCTET_STRING).ok()?.content.to_vec())
}

/// The key identifier of the authority key identifier.
pub(super) fn authority_key_identifier(extensions: &[Extension]) -> Option<Vec<u8>> {
    /// `[0]`, implicit
    const KEY_IDENTIFIER: u8 = 0x80;
    let mut parts = asn1::only(find(extensions, AUTHORITY_KEY_IDENTIFIER)?, asn1::SEQUENCE).ok()?.inside();
    Some(parts.optional(KEY_IDENTIFIER).ok()??.content.to_vec())
}

fn find<'e>(extensions: &'e [Extension], oid: &str) -> Option<&'e [u8]> {
    extensions.iter().find(|extension| extension.oid == oid).map(|extension| extension.value.as_slice())
}

impl Extension {
    fn of(field: &Element<'_>) -> Result<Self, Unreadable> {
        if !matches!(field.tag, asn1::SEQUENCE | asn1::SET) {
            return Err(Structure::Extension.into());
        }
        let mut parts = field.inside();
        let oid = object_identifier(&mut parts, Structure::Extension)?;
        let mut value = next(&mut parts)?;
        let mut critical = false;
        if value.tag == asn1::BOOLEAN {
            let [flag] = value.content else { return Err(Structure::Extension.into()) };
            critical = *flag != 0;
            value = next(&mut parts)?;
        }
        let value = octets(value.whole).ok_or(Structure::Extension)?;
        Ok(Self { oid: asn1::dotted(oid).unwrap_or_default(), critical, value })
    }

    /// False if the JDK knows the extension and cannot read its value.
    fn is_sound(&self) -> bool {
        match self.oid.as_str() {
            BASIC_CONSTRAINTS => basic_constraints(&self.value).is_some(),
            KEY_USAGE => {
                asn1::only(&self.value, asn1::BIT_STRING).is_ok_and(|usage| bits(&usage, asn1::BIT_STRING).is_ok())
            }
            EXTENDED_KEY_USAGE => purposes(&self.value).is_some(),
            SUBJECT_KEY_IDENTIFIER => asn1::only(&self.value, asn1::OCTET_STRING).is_ok(),
            SUBJECT_ALTERNATIVE_NAME | ISSUER_ALTERNATIVE_NAME => general_names(&self.value).is_some(),
            oid if STRUCTURED.contains(&oid) => asn1::only(&self.value, asn1::SEQUENCE).is_ok(),
            _ => true,
        }
    }
}

/// What an octet string holds that may come in parts, without indefinite lengths.
fn octets(field: &[u8]) -> Option<Vec<u8>> {
    let whole = ber::to_der(field).ok()?;
    Some(ber::without_indefinite_lengths(asn1::only(&whole, asn1::OCTET_STRING).ok()?.content))
}

/// Other extensions that the JDK knows and that are sequences: name constraints, CRL distribution points, policies and
/// their mappings and constraints, authority key identifier, freshest CRL, authority and subject information.
const STRUCTURED: &[&str] = &[
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.32",
    "2.5.29.33",
    AUTHORITY_KEY_IDENTIFIER,
    "2.5.29.36",
    "2.5.29.46",
    "1.3.6.1.5.5.7.1.1",
    "1.3.6.1.5.5.7.1.11",
];

/// A flag, and a number after it; both may be missing. What is there instead of a flag is not looked at.
fn basic_constraints(value: &[u8]) -> Option<()> {
    let mut parts = asn1::only(value, asn1::SEQUENCE).ok()?.inside();
    if parts.is_empty() {
        return Some(());
    }
    let flag = parts.any().ok()?;
    if flag.tag != asn1::BOOLEAN {
        return Some(());
    }
    let [_] = flag.content else { return None };
    if parts.is_empty() {
        return Some(());
    }
    asn1::signed_32(parts.expect(asn1::INTEGER).ok()?.content).map(|_| ())
}

fn purposes(value: &[u8]) -> Option<()> {
    let mut purposes = asn1::only(value, asn1::SEQUENCE).ok()?.inside();
    while !purposes.is_empty() {
        object_identifier(&mut purposes, Structure::Extension).ok()?;
    }
    Some(())
}

/// At least one name, of one of the nine kinds.
fn general_names(value: &[u8]) -> Option<()> {
    let mut names = asn1::only(value, asn1::SEQUENCE).ok()?.inside();
    let mut any = None;
    while !names.is_empty() {
        let name = names.any().ok()?;
        any = (name.tag & 0xC0 == 0x80 && name.tag & 0x1F <= 8).then_some(());
        any?;
    }
    any
}
