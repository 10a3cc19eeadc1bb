//! The ways in which Java prints a distinguished name: `X500Name.toString()` and `X500Principal.getName()`.
//!
//! Learned by printing names with JDK 17 (`sun.security.x509.AVA`), odd ones included; `tests` holds its answers.

use super::asn1::{self, Element};

/// One attribute of a relative distinguished name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attribute<'a> {
    /// Content of its object identifier.
    pub(super) oid: &'a [u8],
    /// Its value.
    pub(super) value: Element<'a>,
}

/// UTF8String
pub(super) const UTF8_STRING: u8 = 0x0C;
/// PrintableString
pub(super) const PRINTABLE_STRING: u8 = 0x13;
/// TeletexString; in practice ISO 8859-1
const TELETEX_STRING: u8 = 0x14;
/// IA5String
pub(super) const IA5_STRING: u8 = 0x16;
/// GeneralString
const GENERAL_STRING: u8 = 0x1B;
/// UniversalString, UTF-32
const UNIVERSAL_STRING: u8 = 0x1C;
/// BMPString, UTF-16
const BMP_STRING: u8 = 0x1E;

/// Attribute types that Java knows by name: OID and names, the one that it prints first.
pub(super) const KEYWORDS: &[(&str, &[&str])] = &[
    ("2.5.4.3", &["CN", "commonName"]),
    ("2.5.4.6", &["C", "countryName"]),
    ("2.5.4.7", &["L", "localityName"]),
    ("2.5.4.8", &["ST", "S", "stateOrProvinceName"]),
    ("2.5.4.10", &["O", "organizationName"]),
    ("2.5.4.11", &["OU", "organizationalUnitName"]),
    ("2.5.4.9", &["STREET", "streetAddress"]),
    ("0.9.2342.19200300.100.1.25", &["DC", "domainComponent"]),
    ("0.9.2342.19200300.100.1.1", &["UID", "userId"]),
    ("1.2.840.113549.1.9.1", &["EMAILADDRESS", "EMAIL", "E"]),
    ("2.5.4.12", &["T", "title"]),
    ("2.5.4.4", &["SURNAME", "SN"]),
    ("2.5.4.42", &["GIVENNAME", "GN"]),
    ("2.5.4.43", &["INITIALS"]),
    ("2.5.4.44", &["GENERATION", "generationQualifier"]),
    ("2.5.4.46", &["DNQ", "DNQUALIFIER"]),
    ("2.5.4.5", &["SERIALNUMBER"]),
    ("1.3.6.1.4.1.42.2.11.2.1", &["IP"]),
];

/// Those that RFC 2253 knows too; Java adds none of its own there.
const RFC2253_KEYWORDS: &[&str] = &["CN", "C", "L", "ST", "O", "OU", "STREET", "DC", "UID"];

/// Characters that make Java quote a value.
const QUOTED: &str = ",+=\n<>#;\\\"";
/// Characters that Java escapes in RFC 2253 form.
const ESCAPED: &str = ",=+<>#;\"\\";

/// Most specific first, joined by `, `; attributes of one part by ` + `, in encoded order.
pub(super) fn java(parts: &[Vec<Attribute<'_>>]) -> String {
    join(parts, ", ", " + ", java_attribute)
}

/// The form of RFC 2253: joined by `,` and `+`.
pub(super) fn rfc2253(parts: &[Vec<Attribute<'_>>]) -> String {
    join(parts, ",", "+", rfc2253_attribute)
}

/// A form in which equal names are equal texts. Values are in hex, so that none can look like a joint.
pub(super) fn canonical(parts: &[Vec<Attribute<'_>>]) -> String {
    join(parts, ",", "+", |attribute| {
        let value = value(attribute).unwrap_or_else(|| hex::encode(attribute.value.whole));
        let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}={}", hex::encode(attribute.oid), hex::encode(words.to_lowercase()))
    })
}

/// The text of a value, if it is of a string type.
pub(super) fn value(attribute: &Attribute<'_>) -> Option<String> {
    let bytes = attribute.value.content;
    Some(match attribute.value.tag {
        UTF8_STRING => String::from_utf8_lossy(bytes).into_owned(),
        PRINTABLE_STRING | IA5_STRING | GENERAL_STRING => bytes.iter().map(|&byte| ascii(byte)).collect(),
        TELETEX_STRING => bytes.iter().map(|&byte| char::from(byte)).collect(),
        UNIVERSAL_STRING => bytes.chunks(4).map(utf32).collect(),
        BMP_STRING => utf16(bytes),
        _ => return None,
    })
}

const fn ascii(byte: u8) -> char {
    if byte.is_ascii() { byte as char } else { char::REPLACEMENT_CHARACTER }
}

fn utf32(unit: &[u8]) -> char {
    let unit: Option<[u8; 4]> = unit.try_into().ok();
    unit.and_then(|unit| char::from_u32(u32::from_be_bytes(unit))).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn utf16(bytes: &[u8]) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| u16::from_be_bytes(pair));
    let text = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    text.chain(odd.first().map(|_| char::REPLACEMENT_CHARACTER)).collect()
}

fn join(parts: &[Vec<Attribute<'_>>], comma: &str, plus: &str, print: impl Fn(&Attribute<'_>) -> String) -> String {
    let part = |attributes: &Vec<Attribute<'_>>| attributes.iter().map(&print).collect::<Vec<_>>().join(plus);
    parts.iter().rev().map(part).collect::<Vec<_>>().join(comma)
}

fn keyword(dotted: &str) -> Option<&'static str> {
    KEYWORDS.iter().find(|(oid, _)| *oid == dotted).and_then(|(_, names)| names.first().copied())
}

fn java_attribute(attribute: &Attribute<'_>) -> String {
    let dotted = asn1::dotted(attribute.oid).unwrap_or_default();
    let name = keyword(&dotted).map_or_else(|| format!("OID.{dotted}"), str::to_owned);
    match value(attribute) {
        Some(value) => format!("{name}={}", java_value(&value)),
        None => format!("{name}=#{}", hex::encode(attribute.value.whole)),
    }
}

/// Quotes where Java does: special characters, a leading or trailing blank, two blanks in a row. A value that is in
/// quotes already is left so, though what stands inside is escaped.
fn java_value(value: &str) -> String {
    let count = value.chars().count();
    let already = count > 1 && value.starts_with('"') && value.ends_with('"');
    let mut text = String::with_capacity(value.len() + 2);
    for (position, character) in value.chars().enumerate() {
        let outer = already && (position == 0 || position == count - 1);
        if !outer && (character == '"' || character == '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    if already || !needs_quotes(value) { text } else { format!("\"{text}\"") }
}

fn needs_quotes(value: &str) -> bool {
    let blank = |character: char| character == ' ' || character == '\n';
    let doubled = || value.chars().zip(value.chars().skip(1)).any(|(one, next)| blank(one) && blank(next));
    value.contains(|character| QUOTED.contains(character))
        || value.starts_with(blank)
        || value.ends_with(blank)
        || doubled()
}

fn rfc2253_attribute(attribute: &Attribute<'_>) -> String {
    let dotted = asn1::dotted(attribute.oid).unwrap_or_default();
    match keyword(&dotted).filter(|name| RFC2253_KEYWORDS.contains(name)) {
        Some(name) if is_string(attribute) => format!("{name}={}", rfc2253_value(attribute.value.content)),
        Some(name) => format!("{name}=#{}", hex::encode(attribute.value.whole)),
        None => format!("{dotted}=#{}", hex::encode(attribute.value.whole)),
    }
}

/// UniversalString is no string here, though it is one to [`value`].
fn is_string(attribute: &Attribute<'_>) -> bool {
    attribute.value.tag != UNIVERSAL_STRING && value(attribute).is_some()
}

/// Java takes the bytes of every string type as UTF-8 here, BMPString and TeletexString too.
fn rfc2253_value(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for character in String::from_utf8_lossy(bytes).chars() {
        match character {
            '\0' => text.push_str("\\00"),
            special if ESCAPED.contains(special) => text.extend(['\\', special]),
            plain => text.push(plain),
        }
    }
    escape_outer_blanks(&text)
}

fn escape_outer_blanks(text: &str) -> String {
    let blank = |character: char| character == ' ' || character == '\r';
    let lead = text.len() - text.trim_start_matches(blank).len();
    let trail = text.trim_end_matches(blank).len();
    let outer = |at: usize| at < lead || at >= trail;
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if outer(at) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::pki::DistinguishedName;

    /// DER in hex, then what JDK 17 prints: `X500Name.toString()` and `X500Principal.getName()`; anything outside
    /// printable ASCII as `\u{…}`. Made by `fixtures/make.sh`.
    const JDK: &str = include_str!("../../fixtures/odd/names.tsv");

    #[test]
    fn every_name_prints_as_the_jdk_prints_it() {
        for line in JDK.lines() {
            let [der, java, rfc2253] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let name = DistinguishedName::from_der(&hex::decode(der).unwrap()).unwrap();
            assert_eq!(escaped(name.java_text()), java, "{der}");
            assert_eq!(escaped(&name.rfc2253_text()), rfc2253, "{der}");
        }
    }

    fn escaped(text: &str) -> String {
        let plain = |character: &char| (' '..='~').contains(character);
        let escape = |character: char| format!("\\u{{{:x}}}", u32::from(character));
        text.chars()
            .map(|character| if plain(&character) { character.to_string() } else { escape(character) })
            .collect()
    }
}
