//! Distinguished names (X.501): reading, making and comparing them. [`name_text`](super::name_text) prints them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Error;
use super::asn1::{self, Reader};
use super::name_reading::{self, Value};
use super::name_text::{self, Attribute};

/// A name: relative distinguished names in encoded order.
#[derive(Debug, Clone)]
pub struct DistinguishedName {
    der: Arc<[u8]>,
    java_text: Arc<str>,
    /// Of the canonical form: tells most names apart without computing it again.
    hash: u64,
}

impl PartialEq for DistinguishedName {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for DistinguishedName {}

impl DistinguishedName {
    /// Reads the DER of a Name.
    pub fn from_der(der: &[u8]) -> Result<Self, Error> {
        let parts = parts(der)?;
        let mut hasher = DefaultHasher::new();
        name_text::canonical(&parts).hash(&mut hasher);
        Ok(Self { der: der.into(), java_text: name_text::java(&parts).into(), hash: hasher.finish() })
    }

    /// A name from attributes in encoded order, each a short name (`CN`, `OU`, `EMAILADDRESS`, …) or a dotted OID, with
    /// its value. Country is a PrintableString, e-mail an IA5String, all else UTF8String, as OpenSSL and Java encode them.
    pub fn from_attributes(attributes: &[(&str, &str)]) -> Result<Self, Error> {
        let single = |(name, value): &(&str, &str)| Ok(set(&[attribute(name, &Value::Text((*value).to_owned()))?]));
        Self::from_sets(&attributes.iter().map(single).collect::<Result<Vec<_>, Error>>()?)
    }

    /// A name from its text as [`DistinguishedName::java_text`] prints it.
    pub fn from_java_text(text: &str) -> Result<Self, Error> {
        let encoded = |part: Vec<(&str, Value)>| {
            let attributes: Result<Vec<_>, Error> = part.iter().map(|(name, value)| attribute(name, value)).collect();
            Ok(set(&attributes?))
        };
        Self::from_sets(&name_reading::read(text)?.into_iter().map(encoded).collect::<Result<Vec<_>, Error>>()?)
    }

    fn from_sets(sets: &[Vec<u8>]) -> Result<Self, Error> {
        Self::from_der(&asn1::sequence(&sets.iter().map(Vec::as_slice).collect::<Vec<_>>()))
    }

    /// Its DER bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Most specific first, `CN=b, O="VeriSign, Inc.", C=DE`: the form of `sun.security.x509.X500Name.toString()`.
    pub fn java_text(&self) -> &Arc<str> {
        &self.java_text
    }

    /// RFC 2253, as `X500Principal.getName()` prints it.
    pub fn rfc2253_text(&self) -> String {
        parts(&self.der).map(|parts| name_text::rfc2253(&parts)).unwrap_or_default()
    }

    /// Value of the first attribute with this short name (`CN`), most specific first.
    pub fn attribute(&self, short_name: &str) -> Option<String> {
        let oid = oid_of(short_name)?;
        let parts = parts(&self.der).ok()?;
        parts.iter().rev().flatten().find(|attribute| attribute.oid == oid).and_then(name_text::value)
    }

    /// True if it has no attributes.
    pub fn is_empty(&self) -> bool {
        self.java_text.is_empty()
    }

    /// True if both are the same name though not the same bytes: letter case, string types and runs of blanks do not
    /// count (RFC 5280 section 7.1, as `X500Principal.equals` does it).
    pub fn same_name(&self, other: &Self) -> bool {
        self.hash == other.hash && (self == other || self.canonical() == other.canonical())
    }

    fn canonical(&self) -> String {
        parts(&self.der).map(|parts| name_text::canonical(&parts)).unwrap_or_default()
    }
}

/// The relative distinguished names in encoded order.
fn parts(der: &[u8]) -> Result<Vec<Vec<Attribute<'_>>>, Error> {
    let mut names = asn1::only(der, asn1::SEQUENCE)?.inside();
    let mut parts = Vec::new();
    while !names.is_empty() {
        parts.push(relative(names.expect(asn1::SET)?.inside())?);
    }
    Ok(parts)
}

fn relative(mut set: Reader<'_>) -> Result<Vec<Attribute<'_>>, Error> {
    let mut attributes = Vec::new();
    while !set.is_empty() {
        let mut pair = set.expect(asn1::SEQUENCE)?.inside();
        let oid = pair.expect(asn1::OBJECT_IDENTIFIER)?.content;
        attributes.push(Attribute { oid, value: pair.any()? });
        pair.end()?;
    }
    Ok(attributes)
}

/// An attribute of a name to be made, encoded.
fn attribute(name: &str, value: &Value) -> Result<Vec<u8>, Error> {
    let oid = oid_of(name).ok_or_else(|| Error::Unsupported(format!("the name attribute {name}")))?;
    let value = match value {
        Value::Text(text) if text.is_ascii() => asn1::element(string_tag(&oid), &[text.as_bytes()]),
        // Only a UTF8String can hold it.
        Value::Text(text) => asn1::element(name_text::UTF8_STRING, &[text.as_bytes()]),
        Value::Encoded(der) => der.clone(),
    };
    Ok(asn1::sequence(&[&asn1::object_identifier(&oid), &value]))
}

fn set(attributes: &[Vec<u8>]) -> Vec<u8> {
    asn1::element(asn1::SET, &attributes.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn oid_of(name: &str) -> Option<Vec<u8>> {
    let name = name.trim();
    let dotted = name.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("OID.")).and_then(|_| name.get(4..));
    let known = |(_, names): &&(&str, &[&str])| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let known = name_text::KEYWORDS.iter().find(known).map(|(oid, _)| *oid);
    asn1::undotted(known.or(dotted).unwrap_or(name))
}

fn string_tag(oid: &[u8]) -> u8 {
    const PRINTABLE: &[&str] = &["2.5.4.6", "2.5.4.5", "2.5.4.46"];
    const IA5: &[&str] = &["1.2.840.113549.1.9.1", "0.9.2342.19200300.100.1.25"];
    match asn1::dotted(oid).as_deref() {
        Some(oid) if PRINTABLE.contains(&oid) => name_text::PRINTABLE_STRING,
        Some(oid) if IA5.contains(&oid) => name_text::IA5_STRING,
        _ => name_text::UTF8_STRING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_names_print_most_specific_first() {
        let attributes = [("C", "DE"), ("ST", "Bayern"), ("L", "München"), ("O", "VeriSign, Inc."), ("CN", "b")];
        let name = DistinguishedName::from_attributes(&attributes).unwrap();
        assert_eq!(&**name.java_text(), r#"CN=b, O="VeriSign, Inc.", L=München, ST=Bayern, C=DE"#);
        assert_eq!(name.rfc2253_text(), r"CN=b,O=VeriSign\, Inc.,L=München,ST=Bayern,C=DE");
        assert_eq!(name.attribute("cn").as_deref(), Some("b"));
        assert_eq!(name.attribute("OU"), None);
        assert!(name.der().windows(4).any(|bytes| bytes == [0x13, 2, b'D', b'E']), "country is a PrintableString");
    }

    #[test]
    fn unknown_attributes_are_refused_and_dotted_ones_taken() {
        assert!(DistinguishedName::from_attributes(&[("FOO", "x")]).is_err());
        let name = DistinguishedName::from_attributes(&[("1.2.3", "x"), ("OID.1.2.4", "y")]).unwrap();
        assert_eq!(&**name.java_text(), "OID.1.2.4=y, OID.1.2.3=x");
    }

    #[test]
    fn names_are_compared_without_letter_case_blanks_and_string_type() {
        let utf8 = DistinguishedName::from_attributes(&[("CN", "Test  Root ")]).unwrap();
        let printable =
            asn1::sequence(&[&asn1::object_identifier(&[0x55, 4, 3]), &asn1::element(0x13, &[b"test root"])]);
        let printable = asn1::sequence(&[&asn1::element(asn1::SET, &[&printable])]);
        assert!(utf8.same_name(&DistinguishedName::from_der(&printable).unwrap()));
        assert!(!utf8.same_name(&DistinguishedName::from_attributes(&[("CN", "Test")]).unwrap()));
    }
}
