//! Elliptic curves: object identifiers, sizes and the names that the JDK prints (`ECParameterSpec.toString()` of JDK 17).

/// A named curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Curve {
    /// Dotted object identifier.
    pub oid: &'static str,
    /// Bits of the field.
    pub bits: u32,
    /// The JDK's first name: `secp256r1`.
    pub name: &'static str,
    /// The JDK's whole text: `secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)`.
    pub jdk: &'static str,
}

/// The curve with this dotted object identifier.
pub fn by_oid(oid: &str) -> Option<&'static Curve> {
    CURVES.iter().find(|curve| curve.oid == oid)
}

/// The curve with this name, in any letter case: `secp256r1`, `NIST P-256`, `X9.62 prime256v1`, `P-256`, `prime256v1`.
pub fn by_name(name: &str) -> Option<&'static Curve> {
    CURVES.iter().find(|curve| curve.oid == name || curve.names().any(|known| is_called(known, name)))
}

fn is_called(known: &str, name: &str) -> bool {
    let bare = known.trim_start_matches("NIST ").trim_start_matches("X9.62 ");
    known.eq_ignore_ascii_case(name) || bare.eq_ignore_ascii_case(name)
}

impl Curve {
    /// All its names: what stands before, and in, the brackets of the JDK's text.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let (names, _) = self.jdk.split_once(" (").unwrap_or((self.jdk, ""));
        names.split(['[', ']', ',']).map(str::trim).filter(|name| !name.is_empty())
    }
}

const fn curve(oid: &'static str, bits: u32, name: &'static str, jdk: &'static str) -> Curve {
    Curve { oid, bits, name, jdk }
}

const CURVES: &[Curve] = &[
    curve("1.2.840.10045.3.0.5", 191, "X9.62 c2tnb191v1", "X9.62 c2tnb191v1 (1.2.840.10045.3.0.5)"),
    curve("1.2.840.10045.3.0.6", 191, "X9.62 c2tnb191v2", "X9.62 c2tnb191v2 (1.2.840.10045.3.0.6)"),
    curve("1.2.840.10045.3.0.7", 191, "X9.62 c2tnb191v3", "X9.62 c2tnb191v3 (1.2.840.10045.3.0.7)"),
    curve("1.2.840.10045.3.0.11", 239, "X9.62 c2tnb239v1", "X9.62 c2tnb239v1 (1.2.840.10045.3.0.11)"),
    curve("1.2.840.10045.3.0.12", 239, "X9.62 c2tnb239v2", "X9.62 c2tnb239v2 (1.2.840.10045.3.0.12)"),
    curve("1.2.840.10045.3.0.13", 239, "X9.62 c2tnb239v3", "X9.62 c2tnb239v3 (1.2.840.10045.3.0.13)"),
    curve("1.2.840.10045.3.0.18", 359, "X9.62 c2tnb359v1", "X9.62 c2tnb359v1 (1.2.840.10045.3.0.18)"),
    curve("1.2.840.10045.3.0.20", 431, "X9.62 c2tnb431r1", "X9.62 c2tnb431r1 (1.2.840.10045.3.0.20)"),
    curve("1.2.840.10045.3.1.1", 192, "secp192r1", "secp192r1 [NIST P-192,X9.62 prime192v1] (1.2.840.10045.3.1.1)"),
    curve("1.2.840.10045.3.1.2", 192, "X9.62 prime192v2", "X9.62 prime192v2 (1.2.840.10045.3.1.2)"),
    curve("1.2.840.10045.3.1.3", 192, "X9.62 prime192v3", "X9.62 prime192v3 (1.2.840.10045.3.1.3)"),
    curve("1.2.840.10045.3.1.4", 239, "X9.62 prime239v1", "X9.62 prime239v1 (1.2.840.10045.3.1.4)"),
    curve("1.2.840.10045.3.1.5", 239, "X9.62 prime239v2", "X9.62 prime239v2 (1.2.840.10045.3.1.5)"),
    curve("1.2.840.10045.3.1.6", 239, "X9.62 prime239v3", "X9.62 prime239v3 (1.2.840.10045.3.1.6)"),
    curve("1.2.840.10045.3.1.7", 256, "secp256r1", "secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)"),
    curve("1.3.36.3.3.2.8.1.1.1", 160, "brainpoolP160r1", "brainpoolP160r1 (1.3.36.3.3.2.8.1.1.1)"),
    curve("1.3.36.3.3.2.8.1.1.3", 192, "brainpoolP192r1", "brainpoolP192r1 (1.3.36.3.3.2.8.1.1.3)"),
    curve("1.3.36.3.3.2.8.1.1.5", 224, "brainpoolP224r1", "brainpoolP224r1 (1.3.36.3.3.2.8.1.1.5)"),
    curve("1.3.36.3.3.2.8.1.1.7", 256, "brainpoolP256r1", "brainpoolP256r1 (1.3.36.3.3.2.8.1.1.7)"),
    curve("1.3.36.3.3.2.8.1.1.9", 320, "brainpoolP320r1", "brainpoolP320r1 (1.3.36.3.3.2.8.1.1.9)"),
    curve("1.3.36.3.3.2.8.1.1.11", 384, "brainpoolP384r1", "brainpoolP384r1 (1.3.36.3.3.2.8.1.1.11)"),
    curve("1.3.36.3.3.2.8.1.1.13", 512, "brainpoolP512r1", "brainpoolP512r1 (1.3.36.3.3.2.8.1.1.13)"),
    curve("1.3.132.0.1", 163, "sect163k1", "sect163k1 [NIST K-163] (1.3.132.0.1)"),
    curve("1.3.132.0.2", 163, "sect163r1", "sect163r1 (1.3.132.0.2)"),
    curve("1.3.132.0.3", 239, "sect239k1", "sect239k1 (1.3.132.0.3)"),
    curve("1.3.132.0.4", 113, "sect113r1", "sect113r1 (1.3.132.0.4)"),
    curve("1.3.132.0.5", 113, "sect113r2", "sect113r2 (1.3.132.0.5)"),
    curve("1.3.132.0.6", 112, "secp112r1", "secp112r1 (1.3.132.0.6)"),
    curve("1.3.132.0.7", 112, "secp112r2", "secp112r2 (1.3.132.0.7)"),
    curve("1.3.132.0.8", 160, "secp160r1", "secp160r1 (1.3.132.0.8)"),
    curve("1.3.132.0.9", 160, "secp160k1", "secp160k1 (1.3.132.0.9)"),
    curve("1.3.132.0.10", 256, "secp256k1", "secp256k1 (1.3.132.0.10)"),
    curve("1.3.132.0.15", 163, "sect163r2", "sect163r2 [NIST B-163] (1.3.132.0.15)"),
    curve("1.3.132.0.16", 283, "sect283k1", "sect283k1 [NIST K-283] (1.3.132.0.16)"),
    curve("1.3.132.0.17", 283, "sect283r1", "sect283r1 [NIST B-283] (1.3.132.0.17)"),
    curve("1.3.132.0.22", 131, "sect131r1", "sect131r1 (1.3.132.0.22)"),
    curve("1.3.132.0.23", 131, "sect131r2", "sect131r2 (1.3.132.0.23)"),
    curve("1.3.132.0.24", 193, "sect193r1", "sect193r1 (1.3.132.0.24)"),
    curve("1.3.132.0.25", 193, "sect193r2", "sect193r2 (1.3.132.0.25)"),
    curve("1.3.132.0.26", 233, "sect233k1", "sect233k1 [NIST K-233] (1.3.132.0.26)"),
    curve("1.3.132.0.27", 233, "sect233r1", "sect233r1 [NIST B-233] (1.3.132.0.27)"),
    curve("1.3.132.0.28", 128, "secp128r1", "secp128r1 (1.3.132.0.28)"),
    curve("1.3.132.0.29", 128, "secp128r2", "secp128r2 (1.3.132.0.29)"),
    curve("1.3.132.0.30", 160, "secp160r2", "secp160r2 (1.3.132.0.30)"),
    curve("1.3.132.0.31", 192, "secp192k1", "secp192k1 (1.3.132.0.31)"),
    curve("1.3.132.0.32", 224, "secp224k1", "secp224k1 (1.3.132.0.32)"),
    curve("1.3.132.0.33", 224, "secp224r1", "secp224r1 [NIST P-224] (1.3.132.0.33)"),
    curve("1.3.132.0.34", 384, "secp384r1", "secp384r1 [NIST P-384] (1.3.132.0.34)"),
    curve("1.3.132.0.35", 521, "secp521r1", "secp521r1 [NIST P-521] (1.3.132.0.35)"),
    curve("1.3.132.0.36", 409, "sect409k1", "sect409k1 [NIST K-409] (1.3.132.0.36)"),
    curve("1.3.132.0.37", 409, "sect409r1", "sect409r1 [NIST B-409] (1.3.132.0.37)"),
    curve("1.3.132.0.38", 571, "sect571k1", "sect571k1 [NIST K-571] (1.3.132.0.38)"),
    curve("1.3.132.0.39", 571, "sect571r1", "sect571r1 [NIST B-571] (1.3.132.0.39)"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_by_any_of_their_names() {
        for name in ["secp256r1", "NIST P-256", "X9.62 prime256v1", "p-256", "prime256v1", "1.2.840.10045.3.1.7"] {
            assert_eq!(by_name(name).map(|curve| curve.name), Some("secp256r1"), "{name}");
        }
        assert_eq!(by_name("sect233k1").map(|curve| curve.bits), Some(233));
        assert_eq!(by_name("X9.62 c2tnb191v1").map(|curve| curve.name), Some("X9.62 c2tnb191v1"));
        assert_eq!(by_name("NIST"), None);
        assert_eq!(by_name(""), None);
    }
}
