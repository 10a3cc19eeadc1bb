//! BER (X.690) with its indefinite lengths and strings in parts, as bundles and keystores of older tools have them.

use super::Error;
use super::asn1::{self, INTEGER, OCTET_STRING};

const CONSTRUCTED: u8 = 0x20;
const DEEPEST: usize = 32;

/// One tag, length and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    /// Identifier octet.
    pub(super) tag: u8,
    /// The value, without end-of-contents octets.
    pub(super) content: &'a [u8],
    /// All of it: tag, length, value.
    pub(super) encoding: &'a [u8],
}

impl<'a> Element<'a> {
    /// The elements of its value.
    pub(super) fn children(&self) -> Result<Vec<Self>, Error> {
        elements(self.content)
    }

    /// Its elements if it has the given tag.
    pub(super) fn children_of(&self, tag: u8) -> Result<Vec<Self>, Error> {
        self.expect(tag)?;
        self.children()
    }

    /// Its value if it has the given tag.
    pub(super) fn value(&self, tag: u8) -> Result<&'a [u8], Error> {
        self.expect(tag)?;
        Ok(self.content)
    }

    /// The octets of a string that may come in parts, which are octet strings; its tag may be an implicit one.
    pub(super) fn octets(&self, tag: u8) -> Result<Vec<u8>, Error> {
        string_octets(self, tag, 0)
    }

    /// An `INTEGER` that is not negative and fits.
    pub(super) fn unsigned(&self) -> Result<u64, Error> {
        let value = self.value(INTEGER)?;
        let digits = value.strip_prefix(&[0]).unwrap_or(value);
        let negative = value.first().is_none_or(|first| first & 0x80 != 0);
        if negative || digits.len() > 8 {
            return Err(malformed("number out of range"));
        }
        Ok(digits.iter().fold(0, |number, digit| (number << 8) | u64::from(*digit)))
    }

    /// True if its length is not told.
    pub(super) fn is_indefinite(&self) -> bool {
        self.encoding.get(1) == Some(&0x80)
    }

    fn expect(&self, tag: u8) -> Result<(), Error> {
        if self.tag == tag { Ok(()) } else { Err(malformed("unexpected ASN.1 element")) }
    }
}

/// The one element that the bytes are.
pub(super) fn single(bytes: &[u8]) -> Result<Element<'_>, Error> {
    match next(bytes)? {
        (element, []) => Ok(element),
        _ => Err(malformed("bytes after the end of the ASN.1 structure")),
    }
}

/// The first element and what follows it.
pub(super) fn next(bytes: &[u8]) -> Result<(Element<'_>, &[u8]), Error> {
    next_at(bytes, 0)
}

/// Elements one after the other.
pub(super) fn elements(mut bytes: &[u8]) -> Result<Vec<Element<'_>>, Error> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (element, rest) = next(bytes)?;
        found.push(element);
        bytes = rest;
    }
    Ok(found)
}

/// The same structure in DER: definite lengths, primitive strings. The order within sets is left alone.
pub(super) fn to_der(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    re_encode(&single(bytes)?, 0)
}

/// The same element as Java keeps it (`DerValue.toByteArray`): its own length in its shortest form; inside of one of
/// indefinite length, the lengths of its elements too. What is inside of a definite length stays as it is.
pub(super) fn with_definite_lengths(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    definite(&single(bytes)?, 0)
}

fn definite(element: &Element<'_>, depth: usize) -> Result<Vec<u8>, Error> {
    if depth > DEEPEST {
        return Err(malformed("ASN.1 structure is nested too deeply"));
    }
    if !element.is_indefinite() {
        return Ok(asn1::element(element.tag, &[element.content]));
    }
    let parts = element.children()?.iter().map(|child| definite(child, depth + 1)).collect::<Result<Vec<_>, _>>()?;
    Ok(asn1::element(element.tag, &[&parts.concat()]))
}

/// The same element without indefinite lengths anywhere in it, as far as it can be followed; strings in parts stay in parts.
pub(super) fn without_indefinite_lengths(bytes: &[u8]) -> Vec<u8> {
    single(bytes).map_or_else(|_| bytes.to_vec(), |element| flattened(&element, 0))
}

fn flattened(element: &Element<'_>, depth: usize) -> Vec<u8> {
    let children = element.children().ok().filter(|_| element.tag & CONSTRUCTED != 0 && depth < DEEPEST);
    let Some(children) = children else { return element.encoding.to_vec() };
    let parts: Vec<u8> = children.iter().flat_map(|child| flattened(child, depth + 1)).collect();
    let is_flat = !element.is_indefinite() && parts == element.content;
    if is_flat { element.encoding.to_vec() } else { asn1::element(element.tag, &[&parts]) }
}

fn malformed(what: &str) -> Error {
    Error::Malformed(what.into())
}

fn next_at(bytes: &[u8], depth: usize) -> Result<(Element<'_>, &[u8]), Error> {
    let truncated = || malformed("truncated ASN.1 structure");
    if depth > DEEPEST {
        return Err(malformed("ASN.1 structure is nested too deeply"));
    }
    let [tag, length, rest @ ..] = bytes else { return Err(truncated()) };
    if tag & 0x1F == 0x1F {
        return Err(Error::Unsupported("an ASN.1 tag number above 30".into()));
    }
    if *length == 0x80 {
        return indefinite(bytes, *tag, rest, depth);
    }
    let (length, rest) = definite_length(*length, rest)?;
    let (content, rest) = rest.split_at_checked(length).ok_or_else(truncated)?;
    let (encoding, _) = bytes.split_at_checked(bytes.len() - rest.len()).ok_or_else(truncated)?;
    Ok((Element { tag: *tag, content, encoding }, rest))
}

fn definite_length(first: u8, rest: &[u8]) -> Result<(usize, &[u8]), Error> {
    if first < 0x80 {
        return Ok((usize::from(first), rest));
    }
    let (octets, rest) =
        rest.split_at_checked(usize::from(first & 0x7F)).ok_or_else(|| malformed("truncated ASN.1 length"))?;
    if octets.len() > 4 {
        return Err(malformed("ASN.1 length is too large"));
    }
    Ok((octets.iter().fold(0, |length, octet| (length << 8) | usize::from(*octet)), rest))
}

/// An element of indefinite length: elements up to the end-of-contents octets.
fn indefinite<'a>(bytes: &'a [u8], tag: u8, content: &'a [u8], depth: usize) -> Result<(Element<'a>, &'a [u8]), Error> {
    if tag & CONSTRUCTED == 0 {
        return Err(malformed("ASN.1 primitive of indefinite length"));
    }
    let mut rest = content;
    loop {
        if let [0, 0, after @ ..] = rest {
            let (content, _) = content.split_at(content.len() - rest.len());
            let (encoding, _) = bytes.split_at(bytes.len() - after.len());
            return Ok((Element { tag, content, encoding }, after));
        }
        rest = next_at(rest, depth + 1)?.1;
    }
}

fn re_encode(element: &Element<'_>, depth: usize) -> Result<Vec<u8>, Error> {
    if depth > DEEPEST {
        return Err(malformed("ASN.1 structure is nested too deeply"));
    }
    if element.tag == OCTET_STRING | CONSTRUCTED {
        return Ok(asn1::element(OCTET_STRING, &[&string_octets(element, OCTET_STRING, depth)?]));
    }
    if element.tag & CONSTRUCTED == 0 {
        return Ok(asn1::element(element.tag, &[element.content]));
    }
    let parts = element.children()?.iter().map(|child| re_encode(child, depth + 1)).collect::<Result<Vec<_>, _>>()?;
    Ok(asn1::element(element.tag, &[&parts.concat()]))
}

/// Octets of a string that may come in parts, `[0] IMPLICIT` ones included: their parts are octet strings.
fn string_octets(element: &Element<'_>, tag: u8, depth: usize) -> Result<Vec<u8>, Error> {
    if depth > DEEPEST {
        return Err(malformed("ASN.1 structure is nested too deeply"));
    }
    if element.tag == tag {
        return Ok(element.content.to_vec());
    }
    element.expect(tag | CONSTRUCTED)?;
    let parts = element.children()?;
    let octets = parts.iter().map(|part| string_octets(part, OCTET_STRING, depth + 1));
    Ok(octets.collect::<Result<Vec<_>, _>>()?.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn indefinite_lengths_and_strings_in_parts_become_der() {
        let ber = [0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0xAA, 0x04, 0x01, 0xBB, 0, 0, 0x02, 0x81, 0x01, 0x05, 0, 0];
        assert_eq!(to_der(&ber).unwrap(), [0x30, 7, 0x04, 2, 0xAA, 0xBB, 0x02, 1, 5]);
        let children = single(&ber).unwrap().children().unwrap();
        assert_eq!(children[0].tag, 0x24);
        assert_eq!(children[1].unsigned().unwrap(), 5);
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(to_der(&[0x30, 0x80].repeat(10_000)).is_err());
        let nested = (0..100).fold(Vec::new(), |inner, _| asn1::sequence(&[&inner]));
        assert!(to_der(&nested).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(der) = to_der(&bytes) {
                prop_assert_eq!(to_der(&der).unwrap(), der);
            }
        }
    }
}
