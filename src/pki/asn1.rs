//! DER (X.690) as far as certificates, names and keys need it: a reader that borrows, and writers that own.
//!
//! The reader checks lengths and nothing else; what an element means is for the caller. It never recurses, so no input
//! can make it deep.

use super::Error;

/// INTEGER
pub const INTEGER: u8 = 0x02;
/// BOOLEAN
pub const BOOLEAN: u8 = 0x01;
/// BIT STRING
pub const BIT_STRING: u8 = 0x03;
/// OCTET STRING
pub const OCTET_STRING: u8 = 0x04;
/// NULL
pub const NULL: u8 = 0x05;
/// OBJECT IDENTIFIER
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// SEQUENCE, constructed
pub const SEQUENCE: u8 = 0x30;
/// SET, constructed
pub const SET: u8 = 0x31;

/// One element: tag, content, and the two with the length between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// Identifier octet.
    pub tag: u8,
    /// Content octets.
    pub content: &'a [u8],
    /// All octets.
    pub whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub const fn inside(&self) -> Reader<'a> {
        Reader(self.content)
    }
}

/// Elements one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// True if nothing is left.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element, whatever it is.
    pub fn any(&mut self) -> Result<Element<'a>, Error> {
        let whole = self.0;
        let cut = || Error::Malformed("it ends inside an element".to_owned());
        let (&tag, rest) = whole.split_first().ok_or_else(cut)?;
        if tag & 0x1F == 0x1F {
            return Err(Error::Malformed("it has a tag of more than one byte".to_owned()));
        }
        let (length, rest) = length(rest)?;
        let (content, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        self.0 = rest;
        let (whole, _) = whole.split_at_checked(whole.len() - rest.len()).ok_or_else(cut)?;
        Ok(Element { tag, content, whole })
    }

    /// The next element if it has this tag; it stays if it has another.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Error> {
        if self.0.first() == Some(&tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// The next element, which must have this tag.
    pub fn expect(&mut self, tag: u8) -> Result<Element<'a>, Error> {
        let found = self.any()?;
        if found.tag == tag {
            return Ok(found);
        }
        Err(Error::Malformed(format!("an element has tag {:#04x} instead of {tag:#04x}", found.tag)))
    }

    /// Refuses anything that is left.
    pub fn end(&self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::Malformed("there are bytes after its end".to_owned())) }
    }
}

/// Definite lengths of up to four bytes; the indefinite form is not DER.
fn length(bytes: &[u8]) -> Result<(usize, &[u8]), Error> {
    let wrong = || Error::Malformed("an element has a length that DER does not allow".to_owned());
    let (&first, rest) = bytes.split_first().ok_or_else(wrong)?;
    if first < 0x80 {
        return Ok((usize::from(first), rest));
    }
    let count = usize::from(first & 0x7F);
    if count == 0 || count > 4 {
        return Err(wrong());
    }
    let (digits, rest) = rest.split_at_checked(count).ok_or_else(wrong)?;
    Ok((digits.iter().fold(0, |sum, &digit| sum << 8 | usize::from(digit)), rest))
}

/// The one element that some bytes are.
pub fn only(bytes: &[u8], tag: u8) -> Result<Element<'_>, Error> {
    let mut reader = Reader(bytes);
    let element = reader.expect(tag)?;
    reader.end()?;
    Ok(element)
}

/// The bits of a BIT STRING whose number is a multiple of eight.
pub fn bits<'a>(element: &Element<'a>) -> Result<&'a [u8], Error> {
    match element.content.split_first() {
        Some((0, bytes)) => Ok(bytes),
        _ => Err(Error::Malformed("a bit string is not made of whole bytes".to_owned())),
    }
}

/// An unsigned big-endian number without its leading zeros.
pub fn magnitude(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// How many bits an unsigned big-endian number has.
pub fn bit_length(bytes: &[u8]) -> u32 {
    let digits = magnitude(bytes);
    let Some(first) = digits.first() else { return 0 };
    u32::try_from(digits.len()).map_or(u32::MAX, |count| count.saturating_mul(8)) - first.leading_zeros()
}

/// A signed number of an INTEGER's content, if it is one of 32 bits.
pub fn signed_32(content: &[u8]) -> Option<i32> {
    let (&first, rest) = content.split_first()?;
    let start = i64::from(i8::from_be_bytes([first]));
    let number = rest.iter().try_fold(start, |sum, &byte| {
        let next = (sum << 8) | i64::from(byte);
        i32::try_from(next).is_ok().then_some(next)
    });
    i32::try_from(number?).ok()
}

/// The dotted text of an object identifier; parts beyond 128 bits make it `None`, as does a part that is not closed.
pub fn dotted(content: &[u8]) -> Option<String> {
    let mut parts: Vec<u128> = Vec::new();
    let mut part: u128 = 0;
    for &byte in content {
        part = part.checked_mul(128)?.checked_add(u128::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            parts.push(std::mem::take(&mut part));
        }
    }
    let (&first, rest) = parts.split_first()?;
    if content.last().is_none_or(|&last| last & 0x80 != 0) {
        return None;
    }
    let root = (first / 40).min(2);
    let arcs = [root, first - root * 40].into_iter().chain(rest.iter().copied());
    Some(arcs.map(|arc| arc.to_string()).collect::<Vec<_>>().join("."))
}

/// The content of an object identifier from its dotted text.
pub fn undotted(text: &str) -> Option<Vec<u8>> {
    let arcs: Vec<u128> = text.split('.').map(|arc| arc.parse().ok()).collect::<Option<_>>()?;
    let [root, second, rest @ ..] = arcs.as_slice() else { return None };
    if *root > 2 || (*root < 2 && *second > 39) {
        return None;
    }
    let mut content = base128(root * 40 + second);
    content.extend(rest.iter().flat_map(|&arc| base128(arc)));
    Some(content)
}

fn base128(mut arc: u128) -> Vec<u8> {
    let mut digits = vec![low7(arc)];
    while arc > 0x7F {
        arc >>= 7;
        digits.push(low7(arc) | 0x80);
    }
    digits.reverse();
    digits
}

const fn low7(arc: u128) -> u8 {
    (arc & 0x7F) as u8
}

/// An element from its tag and the parts of its content.
pub fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let mut bytes = vec![tag];
    if let Ok(short @ 0..0x80) = u8::try_from(length) {
        bytes.push(short);
    } else {
        let length = length.to_be_bytes();
        let digits = magnitude(&length);
        bytes.push(0x80 | u8::try_from(digits.len()).unwrap_or_default());
        bytes.extend_from_slice(digits);
    }
    bytes.extend(parts.iter().copied().flatten());
    bytes
}

/// A SEQUENCE of elements.
pub fn sequence(elements: &[&[u8]]) -> Vec<u8> {
    element(SEQUENCE, elements)
}

/// A non-negative INTEGER from its magnitude.
pub fn unsigned(magnitude_bytes: &[u8]) -> Vec<u8> {
    match magnitude(magnitude_bytes) {
        digits @ [0x00..=0x7F, ..] => element(INTEGER, &[digits]),
        digits => element(INTEGER, &[&[0], digits]),
    }
}

/// A BIT STRING of whole bytes.
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    element(BIT_STRING, &[&[0], bytes])
}

/// An OBJECT IDENTIFIER from its content.
pub fn object_identifier(content: &[u8]) -> Vec<u8> {
    element(OBJECT_IDENTIFIER, &[content])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers_in_both_forms() {
        for text in ["1.2.840.113549.1.1.11", "2.5.4.3", "2.999.1", "0.9.2342.19200300.100.1.1", "1.3.101.112"] {
            assert_eq!(undotted(text).as_deref().and_then(dotted).as_deref(), Some(text));
        }
        assert_eq!(undotted("1.2.840.113549").unwrap(), [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D]);
        assert_eq!(dotted(&[]), None);
        assert_eq!(dotted(&[0x2A, 0x86]), None);
        assert_eq!(undotted("3.1"), None);
    }

    #[test]
    fn long_lengths_and_cut_elements() {
        let long = element(OCTET_STRING, &[&[7; 300]]);
        assert_eq!(long.get(..4), Some([0x04, 0x82, 0x01, 0x2C].as_slice()));
        assert_eq!(only(&long, OCTET_STRING).unwrap().content, [7; 300]);
        assert!(only(&long[..299], OCTET_STRING).is_err());
        assert!(Reader(&[0x30, 0x80, 0, 0]).any().is_err());
        assert!(Reader(&[0x1F, 0x01, 0x00]).any().is_err());
    }

    #[test]
    fn numbers() {
        assert_eq!(unsigned(&[]), [2, 1, 0]);
        assert_eq!(unsigned(&[0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0, 0x7F]), [2, 1, 0x7F]);
        assert_eq!(bit_length(&[0, 0, 1, 0]), 9);
        assert_eq!(bit_length(&[0]), 0);
    }
}
