//! Java's modified UTF-8 (`java.io.DataInput`): NUL as two bytes, characters beyond the BMP as two surrogates.

use super::{Error, malformed};

/// Text from its bytes. Unpaired surrogates, which Java can hold, become U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Error> {
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let (unit, after) = unit(rest).ok_or_else(|| malformed("alias is not in modified UTF-8"))?;
        units.push(unit);
        rest = after;
    }
    Ok(String::from_utf16_lossy(&units))
}

/// The bytes of a text.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for unit in text.encode_utf16() {
        let [high, middle, low] = [unit >> 12, (unit >> 6) & 0x3F, unit & 0x3F].map(|bits| bits.to_be_bytes()[1]);
        match unit {
            0x0001..=0x007F => bytes.push(low | (middle << 6)),
            0x0000 | 0x0080..=0x07FF => bytes.extend([0xC0 | middle, 0x80 | low]),
            0x0800.. => bytes.extend([0xE0 | high, 0x80 | middle, 0x80 | low]),
        }
    }
    bytes
}

/// The first UTF-16 unit and what follows it.
fn unit(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let continued = |byte: u8| (byte & 0xC0 == 0x80).then_some(u16::from(byte & 0x3F));
    match bytes {
        [first @ ..0x80, rest @ ..] => Some((u16::from(*first), rest)),
        [first @ 0xC0..0xE0, second, rest @ ..] => Some((u16::from(first & 0x1F) << 6 | continued(*second)?, rest)),
        [first @ 0xE0..0xF0, second, third, rest @ ..] => {
            Some((u16::from(first & 0x0F) << 12 | continued(*second)? << 6 | continued(*third)?, rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nul_and_characters_beyond_the_bmp_have_their_own_form() {
        assert_eq!(encode("a\0ü€"), b"a\xC0\x80\xC3\xBC\xE2\x82\xAC");
        assert_eq!(encode("😀"), b"\xED\xA0\xBD\xED\xB8\x80");
        assert_eq!(decode(b"\xED\xA0\xBD").unwrap(), "\u{FFFD}");
        assert!(decode(b"\xC3").is_err());
        assert!(decode(b"\xFF").is_err());
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(text in ".*") {
            prop_assert_eq!(decode(&encode(&text)).unwrap(), text);
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
            let _ = decode(&bytes);
        }
    }
}
