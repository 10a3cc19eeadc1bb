//! Arithmetic of DSA keys.

use dsa::BoxedUint;

use super::super::Error;
use super::super::asn1;
use super::LARGEST;

/// DSA parameters `p`, `q`, `g`, all as wide as `p`, and `q` as wide as it is.
pub(in super::super) fn components([p, q, g]: [&[u8]; 3]) -> Result<dsa::Components, Error> {
    let wrong = || Error::Unsupported("such DSA parameters".to_owned());
    let (bits, q_bits) = (asn1::bit_length(p), asn1::bit_length(q));
    let odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
    if bits > LARGEST || q_bits < 2 || q_bits >= bits || !odd(p) || !odd(q) {
        return Err(wrong());
    }
    let numbers = (number(p, bits), number(q, q_bits), number(g, bits));
    let (Some(p), Some(q), Some(g)) = numbers else { return Err(wrong()) };
    dsa::Components::from_components_unchecked(p, q, g).map_err(|_| wrong())
}

/// A number of so many bits; `None` if it needs more.
pub(in super::super) fn number(bytes: &[u8], bits: u32) -> Option<BoxedUint> {
    BoxedUint::from_be_slice(bytes, bits).ok()
}

/// `y` of the key with secret number `x`, as bytes.
pub(super) fn public(parameters: [&[u8]; 3], x: &[u8]) -> Result<Vec<u8>, Error> {
    use ecdsa::elliptic_curve::bigint::modular::{BoxedMontyForm, BoxedMontyParams};
    let components = components(parameters)?;
    let unusable = || Error::Malformed("the DSA key is not a working one".to_owned());
    let x = number(x, components.q().bits_precision()).ok_or_else(unusable)?;
    let parameters = BoxedMontyParams::new_vartime(components.p().clone());
    let y = BoxedMontyForm::new((**components.g()).clone(), &parameters).pow(&x).retrieve();
    Ok(y.to_be_bytes().to_vec())
}
