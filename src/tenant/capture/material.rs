//! How certificates and keys get into the scenario.

use std::sync::Arc;

use super::facts::Facts;
use crate::effects::Ids;
use crate::pki::generate::private_key;
use crate::pki::{Certificate, PrivateKey};
use crate::seed::{GeneratedKey, Material};

/// What stands in for a secret.
pub(super) const STAND_IN: &str = "certmimic-stand-in";

/// How certificates and keys get into the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Materials {
    /// Certificates byte for byte; for a key pair, whose private key nobody can read, one stands in.
    AsTheyAre,
    /// For all of them something stands in, which can have another name and another date.
    StandIns,
}

impl Materials {
    /// A certificate without its key.
    pub(super) fn certificate(self, certificate: &Arc<Certificate>) -> Material {
        match self {
            Self::AsTheyAre => Material::of_certificate(certificate),
            Self::StandIns => Material::Generate(Facts::of(certificate).stand_in(&[])),
        }
    }
}

/// True if a private key stands in a file beside what was read of it: such a file is not taken byte for byte.
pub(super) fn has_private_key(file: &[u8]) -> bool {
    const END: &[u8] = b"PRIVATE KEY-----";
    file.windows(END.len()).any(|part| part == END)
}

/// A private key that stands in for another, the same for the same identity.
pub(super) fn minted_key(kind: GeneratedKey, identity: &str) -> Option<PrivateKey> {
    private_key(kind.spec(), false, &mut Ids::new(0).rng_for(identity)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_is_found_wherever_it_stands_in_a_file() {
        for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
            let file =
                format!("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n-----BEGIN {label}-----\n");
            assert!(has_private_key(file.as_bytes()), "{label}");
        }
        for file in ["", "PRIVATE KEY", "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----"] {
            assert!(!has_private_key(file.as_bytes()), "{file}");
        }
    }
}
