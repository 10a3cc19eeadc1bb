//! Which algorithms a key of a type may be for: in JOSE's spelling when a JWK is made from something, in Java's when it
//! is generated. Each spelling is refused where the other is asked for.

use super::error::Error;
use super::state::Use;
use super::values::unknown;
use crate::pki::jwk::Material;

/// An algorithm: its name in JOSE, and as the generate endpoint spells it.
type Row = (&'static str, &'static str);

const RSA_SIGNATURE: &[Row] = &[
    ("RS256", "RSA256"),
    ("RS384", "RSA384"),
    ("RS512", "RSA512"),
    ("PS256", "PS256"),
    ("PS384", "PS384"),
    ("PS512", "PS512"),
];
const RSA_ENCRYPTION: &[Row] = &[
    ("RSA1_5", "RSA1_5"),
    ("RSA-OAEP", "RSA_OAEP"),
    ("RSA-OAEP-256", "RSA_OAEP_256"),
    ("RSA-OAEP-384", "RSA_OAEP_384"),
    ("RSA-OAEP-512", "RSA_OAEP_512"),
];
const EC_SIGNATURE: &[Row] = &[("ES256", "ES256"), ("ES384", "ES384"), ("ES512", "ES512"), ("ES256K", "ES256K")];
const AGREEMENT: &[Row] = &[
    ("ECDH-ES", "ECDH_ES"),
    ("ECDH-ES+A128KW", "ECDH_ES_A128KW"),
    ("ECDH-ES+A192KW", "ECDH_ES_A192KW"),
    ("ECDH-ES+A256KW", "ECDH_ES_A256KW"),
    ("ECDH-1PU", "ECDH_1PU"),
    ("ECDH-1PU+A128KW", "ECDH_1PU_A128KW"),
    ("ECDH-1PU+A192KW", "ECDH_1PU_A192KW"),
    ("ECDH-1PU+A256KW", "ECDH_1PU_A256KW"),
];
const OCT_SIGNATURE: &[Row] = &[("HS256", "HS256"), ("HS384", "HS384"), ("HS512", "HS512")];
const OCT_ENCRYPTION: &[Row] = &[
    ("A128KW", "A128KW"),
    ("A192KW", "A192KW"),
    ("A256KW", "A256KW"),
    ("A128GCMKW", "A128GCMKW"),
    ("A192GCMKW", "A192GCMKW"),
    ("A256GCMKW", "A256GCMKW"),
    ("DIR", "DIR"),
    ("PBES2-HS256+A128KW", "PBES2_HS256_A128KW"),
    ("PBES2-HS384+A192KW", "PBES2_HS384_A192KW"),
    ("PBES2-HS512+A256KW", "PBES2_HS512_A256KW"),
];
const OKP_SIGNATURE: &[Row] = &[("EdDSA", "EdDSA")];

/// Types of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// RSA
    Rsa,
    /// Elliptic curves
    Ec,
    /// Symmetric
    Oct,
    /// Edwards and Montgomery curves
    Okp,
}

impl Family {
    /// That of a key.
    pub const fn of(material: &Material) -> Self {
        match material {
            Material::Rsa { .. } => Self::Rsa,
            Material::Ec { .. } => Self::Ec,
            Material::Oct { .. } => Self::Oct,
            Material::Okp { .. } => Self::Okp,
        }
    }

    const fn algorithms(self, key_use: Use) -> &'static [Row] {
        match (self, key_use) {
            (Self::Rsa, Use::Signature) => RSA_SIGNATURE,
            (Self::Rsa, Use::Encryption) => RSA_ENCRYPTION,
            (Self::Ec, Use::Signature) => EC_SIGNATURE,
            (Self::Ec | Self::Okp, Use::Encryption) => AGREEMENT,
            (Self::Oct, Use::Signature) => OCT_SIGNATURE,
            (Self::Oct, Use::Encryption) => OCT_ENCRYPTION,
            (Self::Okp, Use::Signature) => OKP_SIGNATURE,
        }
    }
}

/// The JOSE algorithm of this name, if the key can be for it.
pub fn jose(family: Family, key_use: Use, name: &str) -> Result<&'static str, Error> {
    let rows = family.algorithms(key_use);
    let found = rows.iter().find(|(jose, _)| *jose == name);
    found.map(|(jose, _)| registered(jose)).ok_or_else(|| unknown("algorithm", name, rows.iter().map(|row| row.0)))
}

/// The JOSE algorithm that the generate endpoint means by this name.
pub fn generated(family: Family, key_use: Use, name: &str) -> Result<&'static str, Error> {
    let rows = family.algorithms(key_use);
    let found = rows.iter().find(|(_, spelled)| *spelled == name);
    found.map(|(jose, _)| registered(jose)).ok_or_else(|| unknown("algorithm", name, rows.iter().map(|row| row.1)))
}

/// Both tables spell one name otherwise than its registration does.
fn registered(jose: &'static str) -> &'static str {
    if jose == "DIR" { "dir" } else { jose }
}
