//! Elliptic curves by size and by the names that the JDK and its providers know.

use super::error::Error;

/// The smallest and the largest size that is documented.
const SIZES: std::ops::RangeInclusive<i32> = 112..=571;

/// Curves that certmimic has, with their other names.
const CURVES: [(&str, &[&str]); 6] = [
    ("secp192r1", &["nist p-192", "p-192", "x9.62 prime192v1", "prime192v1", "1.2.840.10045.3.1.1"]),
    ("secp224r1", &["nist p-224", "p-224", "1.3.132.0.33"]),
    ("secp256r1", &["nist p-256", "p-256", "x9.62 prime256v1", "prime256v1", "1.2.840.10045.3.1.7"]),
    ("secp384r1", &["nist p-384", "p-384", "1.3.132.0.34"]),
    ("secp521r1", &["nist p-521", "p-521", "1.3.132.0.35"]),
    ("secp256k1", &["1.3.132.0.10"]),
];

/// Beginnings of the names of curves that the system knows, and certmimic does not: binary fields, short and Koblitz
/// prime fields, brainpool.
const NOT_EMULATED: [&str; 11] = [
    "secp112r",
    "secp128r",
    "secp160",
    "secp192k1",
    "secp224k1",
    "sect",
    "nist b-",
    "nist k-",
    "x9.62 c2",
    "x9.62 prime",
    "brainpoolp",
];

/// The curve for a size.
pub fn of_size(bits: i32) -> Result<&'static str, Error> {
    if !SIZES.contains(&bits) {
        return Err(Error::KeySizeInvalid { key_type: "EC".to_owned(), key_size: bits.to_string() });
    }
    Ok(match bits {
        ..=192 => "secp192r1",
        193..=224 => "secp224r1",
        225..=256 => "secp256r1",
        257..=384 => "secp384r1",
        _ => "secp521r1",
    })
}

/// The curve with a name, in any case.
pub fn named(name: &str) -> Result<&'static str, Error> {
    let folded = name.trim().to_lowercase();
    let found = CURVES.into_iter().find(|(short, others)| *short == folded || others.contains(&folded.as_str()));
    if let Some((short, _)) = found {
        return Ok(short);
    }
    let curve = name.to_owned();
    let known = NOT_EMULATED.iter().any(|beginning| folded.starts_with(beginning));
    Err(if known { Error::CurveNotEmulated { curve } } else { Error::CurveUnknown { curve } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_mapped_to_the_next_curve() {
        let mapped = [112, 192, 193, 224, 225, 256, 384, 385, 571].map(|bits| of_size(bits).unwrap());
        let expected = ["192", "192", "224", "224", "256", "256", "384", "521", "521"];
        assert_eq!(mapped.map(|curve| &curve[4..7]), expected);
        assert!(of_size(111).is_err());
        assert!(of_size(572).is_err());
    }

    #[test]
    fn names() {
        for name in ["secp256r1", "NIST P-256", "X9.62 prime256v1", "SECP256R1"] {
            assert_eq!(named(name), Ok("secp256r1"));
        }
        assert_eq!(named("sect233k1"), Err(Error::CurveNotEmulated { curve: "sect233k1".to_owned() }));
        assert_eq!(named("curve9000"), Err(Error::CurveUnknown { curve: "curve9000".to_owned() }));
    }
}
