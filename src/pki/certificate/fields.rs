//! What a certificate's fields are made of, as the JDK takes them off one after the other.

use super::unreadable::{ContentFault, Structure, Unreadable};
use crate::pki::asn1::{self, Element, Reader};

impl From<Structure> for Unreadable {
    fn from(structure: Structure) -> Self {
        Self::Structure(structure)
    }
}

/// An object identifier with its parameters; those that are NULL are none.
#[derive(PartialEq, Eq)]
pub(super) struct Algorithm<'a> {
    /// Content of the object identifier.
    pub(super) oid: &'a [u8],
    /// Encoding of the parameters.
    pub(super) parameters: Option<&'a [u8]>,
}

impl<'a> Algorithm<'a> {
    pub(super) fn of(field: &Element<'a>) -> Result<Self, Unreadable> {
        if field.tag != asn1::SEQUENCE {
            return Err(Structure::Algorithm.into());
        }
        let mut parts = field.inside();
        let oid = object_identifier(&mut parts, Structure::Algorithm)?;
        if parts.is_empty() {
            return Ok(Self { oid, parameters: None });
        }
        let parameters = next(&mut parts)?;
        let is_null = parameters.tag == asn1::NULL;
        if !parts.is_empty() || (is_null && !parameters.content.is_empty()) {
            return Err(Structure::Algorithm.into());
        }
        Ok(Self { oid, parameters: (!is_null).then_some(parameters.whole) })
    }
}

/// What the JDK asks of an object identifier: an end, and no part that begins with a useless octet.
pub(super) fn object_identifier<'a>(fields: &mut Reader<'a>, otherwise: Structure) -> Result<&'a [u8], Unreadable> {
    let content = expect(fields, asn1::OBJECT_IDENTIFIER, otherwise)?.content;
    let ended = content.last().is_some_and(|last| last & 0x80 == 0);
    let starts =
        |at: usize| at.checked_sub(1).and_then(|before| content.get(before)).is_none_or(|before| before & 0x80 == 0);
    let useless = content.iter().enumerate().any(|(at, &byte)| byte == 0x80 && starts(at));
    if ended && !useless { Ok(content) } else { Err(otherwise.into()) }
}

/// The bytes of a bit string, whatever its tag is; bits at its end may be unused.
pub(super) fn bits<'a>(field: &Element<'a>, tag: u8) -> Result<&'a [u8], Unreadable> {
    match field.content.split_first() {
        Some((unused, bytes)) if field.tag == tag && (*unused == 0 || (*unused < 8 && !bytes.is_empty())) => Ok(bytes),
        _ => Err(Structure::BitString.into()),
    }
}

pub(super) fn next<'a>(fields: &mut Reader<'a>) -> Result<Element<'a>, Unreadable> {
    let left = fields.0;
    fields.any().map_err(|error| Unreadable::Content(ContentFault::of(left, &error)))
}

pub(super) fn expect<'a>(fields: &mut Reader<'a>, tag: u8, otherwise: Structure) -> Result<Element<'a>, Unreadable> {
    let field = next(fields)?;
    if field.tag == tag { Ok(field) } else { Err(otherwise.into()) }
}
