//! Finds the end of a serialised Java object (Java Object Serialization Specification, section 6.4).
//!
//! JCEKS keeps a secret key as such an object and does not say how long it is. Nothing is built from it.

use std::rc::Rc;

use super::{Error, malformed};

const DEEPEST: usize = 32;

const NULL: u8 = 0x70;
const REFERENCE: u8 = 0x71;
const CLASS_DESCRIPTION: u8 = 0x72;
const OBJECT: u8 = 0x73;
const STRING: u8 = 0x74;
const ARRAY: u8 = 0x75;
const CLASS: u8 = 0x76;
const BLOCK_DATA: u8 = 0x77;
const END_BLOCK_DATA: u8 = 0x78;
const BLOCK_DATA_LONG: u8 = 0x7A;
const LONG_STRING: u8 = 0x7C;
const PROXY_CLASS_DESCRIPTION: u8 = 0x7D;
const ENUM: u8 = 0x7E;

const WRITE_METHOD: u8 = 0x01;
const SERIALIZABLE: u8 = 0x02;
const EXTERNALIZABLE: u8 = 0x04;
const EXTERNAL_BLOCK_DATA: u8 = 0x08;

/// What follows the one object that the bytes begin with.
pub(super) fn skip_object(bytes: &[u8]) -> Result<&[u8], Error> {
    let rest =
        bytes.strip_prefix(&[0xAC, 0xED, 0x00, 0x05]).ok_or_else(|| malformed("secret key without stream header"))?;
    let mut walk = Walk { rest, handles: Vec::new() };
    walk.content(0)?;
    Ok(walk.rest)
}

/// What has to be known of a class to step over its instances.
struct Class {
    name: Vec<u8>,
    flags: u8,
    field_types: Vec<u8>,
    parent: Option<Rc<Class>>,
}

struct Walk<'a> {
    rest: &'a [u8],
    /// What may be referred to later, in order; only classes matter.
    handles: Vec<Option<Rc<Class>>>,
}

impl<'a> Walk<'a> {
    /// Any content; true if it was the end of a block.
    fn content(&mut self, depth: usize) -> Result<bool, Error> {
        if depth > DEEPEST {
            return Err(malformed("secret key is nested too deeply"));
        }
        let kind = self.byte()?;
        match kind {
            NULL => {}
            REFERENCE => self.skip(4)?,
            CLASS_DESCRIPTION | PROXY_CLASS_DESCRIPTION => {
                self.class_of(kind, depth)?;
            }
            OBJECT => self.object(depth)?,
            STRING => self.string()?,
            LONG_STRING => {
                self.handles.push(None);
                let length = u64::from_be_bytes(self.array()?);
                self.skip(usize::try_from(length).map_err(|_| truncated())?)?;
            }
            ARRAY => self.array_object(depth)?,
            CLASS => {
                self.class(depth)?;
                self.handles.push(None);
            }
            ENUM => {
                self.class(depth)?;
                self.handles.push(None);
                self.content(depth + 1)?;
            }
            BLOCK_DATA => {
                let length = self.byte()?;
                self.skip(usize::from(length))?;
            }
            BLOCK_DATA_LONG => {
                let length = self.number()?;
                self.skip(length)?;
            }
            END_BLOCK_DATA => return Ok(true),
            _ => return Err(malformed("secret key is not a serialised object")),
        }
        Ok(false)
    }

    fn string(&mut self) -> Result<(), Error> {
        self.handles.push(None);
        self.text().map(|_| ())
    }

    fn object(&mut self, depth: usize) -> Result<(), Error> {
        let class = self.class(depth)?;
        self.handles.push(None);
        let mut lineage: Vec<_> = std::iter::successors(class.as_ref(), |class| class.parent.as_ref()).collect();
        lineage.reverse();
        lineage.into_iter().try_for_each(|class| self.values_of(class, depth))
    }

    /// The values that one class of an object's lineage has written.
    fn values_of(&mut self, class: &Class, depth: usize) -> Result<(), Error> {
        if class.flags & SERIALIZABLE != 0 {
            for kind in &class.field_types {
                self.value(*kind, depth)?;
            }
            if class.flags & WRITE_METHOD != 0 { self.annotation(depth) } else { Ok(()) }
        } else if class.flags & EXTERNALIZABLE == 0 {
            Ok(())
        } else if class.flags & EXTERNAL_BLOCK_DATA != 0 {
            self.annotation(depth)
        } else {
            Err(Error::Unsupported("an externalised secret key".into()))
        }
    }

    fn array_object(&mut self, depth: usize) -> Result<(), Error> {
        let class = self.class(depth)?.ok_or_else(|| malformed("array without class"))?;
        self.handles.push(None);
        let count = self.number()?;
        let kind = *class.name.get(1).ok_or_else(|| malformed("array of no type"))?;
        match width(kind) {
            Some(width) => self.skip(count.checked_mul(width).ok_or_else(truncated)?),
            None => (0..count).try_for_each(|_| self.value(kind, depth)),
        }
    }

    fn value(&mut self, kind: u8, depth: usize) -> Result<(), Error> {
        match width(kind) {
            Some(width) => self.skip(width),
            None if matches!(kind, b'L' | b'[') => self.content(depth + 1).map(|_| ()),
            None => Err(malformed("field of unknown type")),
        }
    }

    fn class(&mut self, depth: usize) -> Result<Option<Rc<Class>>, Error> {
        let kind = self.byte()?;
        self.class_of(kind, depth + 1)
    }

    /// A class description, its first byte being read already.
    fn class_of(&mut self, kind: u8, depth: usize) -> Result<Option<Rc<Class>>, Error> {
        if depth > DEEPEST {
            return Err(malformed("secret key is nested too deeply"));
        }
        match kind {
            NULL => Ok(None),
            REFERENCE => {
                let handle = self.number()?.checked_sub(0x007E_0000);
                let class = handle.and_then(|handle| self.handles.get(handle)).cloned().flatten();
                class.map(Some).ok_or_else(|| malformed("reference to no class"))
            }
            CLASS_DESCRIPTION => self.described_class(depth).map(Some),
            PROXY_CLASS_DESCRIPTION => Err(Error::Unsupported("a secret key behind a proxy".into())),
            _ => Err(malformed("class description expected")),
        }
    }

    fn described_class(&mut self, depth: usize) -> Result<Rc<Class>, Error> {
        let name = self.text()?.to_vec();
        let _serial_version: [u8; 8] = self.array()?;
        let handle = self.handles.len();
        self.handles.push(None);
        let flags = self.byte()?;
        let count = u16::from_be_bytes(self.array()?);
        let mut field_types = Vec::new();
        for _ in 0..count {
            let kind = self.byte()?;
            self.text()?;
            if matches!(kind, b'L' | b'[') {
                self.content(depth + 1)?;
            }
            field_types.push(kind);
        }
        self.annotation(depth)?;
        let parent = self.class(depth)?;
        let class = Rc::new(Class { name, flags, field_types, parent });
        if let Some(slot) = self.handles.get_mut(handle) {
            *slot = Some(Rc::clone(&class));
        }
        Ok(class)
    }

    /// Contents up to the end of the block.
    fn annotation(&mut self, depth: usize) -> Result<(), Error> {
        while !self.content(depth + 1)? {}
        Ok(())
    }

    fn byte(&mut self) -> Result<u8, Error> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    fn number(&mut self) -> Result<usize, Error> {
        usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| truncated())
    }

    fn text(&mut self) -> Result<&'a [u8], Error> {
        let length = u16::from_be_bytes(self.array()?);
        let (text, rest) = self.rest.split_at_checked(usize::from(length)).ok_or_else(truncated)?;
        self.rest = rest;
        Ok(text)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    fn skip(&mut self, length: usize) -> Result<(), Error> {
        self.rest = self.rest.split_at_checked(length).ok_or_else(truncated)?.1;
        Ok(())
    }
}

fn truncated() -> Error {
    malformed("truncated secret key")
}

/// Bytes of a value of a primitive type; `None` for objects and arrays.
const fn width(kind: u8) -> Option<usize> {
    match kind {
        b'B' | b'Z' => Some(1),
        b'C' | b'S' => Some(2),
        b'F' | b'I' => Some(4),
        b'D' | b'J' => Some(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `new Pair(new byte[]{1, 2}, new byte[]{3})` with `class Base { int n; }`, `class Pair extends Base { byte[] a, b; }`.
    fn two_arrays() -> Vec<u8> {
        let mut bytes =
            b"\xAC\xED\x00\x05\x73\x72\x00\x04Pair12345678\x02\x00\x02[\x00\x01at\x00\x02[B[\x00\x01bq\x00\x7E\x00\x01"
                .to_vec();
        bytes.extend(b"\x78r\x00\x04Base12345678\x02\x00\x01I\x00\x01nxp\x00\x00\x00\x07");
        bytes.extend(
            b"ur\x00\x02[B12345678\x02\x00\x00xp\x00\x00\x00\x02\x01\x02uq\x00\x7E\x00\x04\x00\x00\x00\x01\x03",
        );
        bytes
    }

    #[test]
    fn the_end_is_found_through_references_and_parent_classes() {
        let mut bytes = two_arrays();
        bytes.extend(b"next");
        assert_eq!(skip_object(&bytes).unwrap(), b"next");
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = two_arrays();
        for length in 0..bytes.len() {
            assert!(skip_object(&bytes[..length]).is_err(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..150) {
            let mut damaged = two_arrays();
            damaged.splice(at.min(damaged.len()).., bytes);
            let _ = skip_object(&damaged);
        }
    }
}
