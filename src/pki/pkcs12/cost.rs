//! What opening a file would cost, before it is opened: iteration counts are chosen by whoever made the file.

use crate::pki::Error;
use crate::pki::asn1::{INTEGER, OCTET_STRING};
use crate::pki::ber::{self, Element};

/// Of all password hashes of a file together.
const MAX_ITERATIONS: u64 = 5_000_000;
/// Of one scrypt; OpenSSL takes 16 MiB.
const MAX_SCRYPT_BYTES: u64 = 256 * 1024 * 1024;
const MAX_DEPTH: usize = 24;

/// Refuses a file whose visible parts ask for too much. What is inside of encrypted parts is bounded by the library, key by
/// key.
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    match iterations(file, 0) {
        Some(0..=MAX_ITERATIONS) => Ok(()),
        _ => Err(Error::Unsupported("a PKCS#12 file with such costly password hashes".into())),
    }
}

/// The iterations of some elements and those inside of them, octet strings included; `None` if scrypt asks for too much.
fn iterations(bytes: &[u8], depth: usize) -> Option<u64> {
    let Ok(elements) = ber::elements(bytes) else { return Some(0) };
    let mut sum = own_iterations(&elements)?;
    for element in elements.iter().filter(|element| depth < MAX_DEPTH && may_nest(element)) {
        sum = sum.saturating_add(iterations(element.content, depth + 1)?);
    }
    Some(sum)
}

/// Salt, then count: PBKDF2, PBES1 and the MAC alike. Salt, then three numbers: scrypt.
fn own_iterations(elements: &[Element<'_>]) -> Option<u64> {
    let salt = elements.iter().position(|element| element.tag == OCTET_STRING);
    let numbers = elements.iter().skip(salt.map_or(usize::MAX, |salt| salt + 1)).take_while(|it| it.tag == INTEGER);
    // Numbers of other sizes are no counts; the library would refuse them.
    let numbers: Vec<u64> = numbers.map(|number| number.unsigned().unwrap_or(0)).collect();
    match numbers.as_slice() {
        [cost, block, parallel] => {
            let bytes = cost.saturating_mul(*block).saturating_mul(128);
            (bytes <= MAX_SCRYPT_BYTES).then(|| cost.saturating_mul(*parallel))
        }
        [count, ..] if u32::try_from(*count).is_ok() => Some(*count),
        _ => Some(0),
    }
}

fn may_nest(element: &Element<'_>) -> bool {
    element.tag & 0x20 != 0 || element.tag == OCTET_STRING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::asn1;

    fn parameters(count: &[u8]) -> Vec<u8> {
        asn1::sequence(&[&asn1::element(OCTET_STRING, &[&[1; 8]]), &asn1::unsigned(count)])
    }

    #[test]
    fn counts_add_up_through_octet_strings() {
        let cheap = parameters(&[0x0F, 0x42, 0x40]);
        assert_eq!(iterations(&cheap, 0), Some(1_000_000));
        let hidden = asn1::sequence(&[&asn1::element(OCTET_STRING, &[&cheap.repeat(5)])]);
        assert_eq!(check(&hidden), Ok(()));
        assert!(check(&hidden.repeat(2)).is_err());
        assert!(check(&parameters(&[0x7F, 0xFF, 0xFF, 0xFF])).is_err());
    }

    #[test]
    fn scrypt_is_bounded_by_memory() {
        let scrypt = |cost: &[u8]| {
            let numbers = [cost, &[8], &[1]].map(asn1::unsigned).concat();
            asn1::sequence(&[&asn1::element(OCTET_STRING, &[&[1; 8]]), &numbers])
        };
        assert_eq!(check(&scrypt(&[0x40, 0x00])), Ok(()));
        assert!(check(&scrypt(&[0x10, 0x00, 0x00])).is_err());
    }
}
