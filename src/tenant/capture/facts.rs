//! What is told of a certificate where its bytes are not, and how it is said in a scenario.

use crate::effects::Timestamp;
use crate::pki::{Certificate, Digest, PublicKey};
use crate::seed::{Generate, GeneratedKey, serial_number};

/// Facts of a certificate.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Subject, as Java prints it.
    pub subject: String,
    /// Issuer, as Java prints it; empty if it is not told.
    pub issuer: String,
    /// Validity.
    pub valid: [Timestamp; 2],
    /// Serial number in hexadecimal; nothing for one that a stand-in cannot have.
    pub serial: Option<String>,
    /// Java's name of the signature algorithm.
    pub signature_algorithm: String,
    /// Its key.
    pub key: KeyFacts,
    /// DNS names and addresses.
    pub alternative_names: Vec<String>,
    /// Whether it is a certificate authority.
    pub ca: bool,
    /// SHA-256.
    pub fingerprint: Option<String>,
}

/// Facts of a key.
#[derive(Debug, Clone, Default)]
pub(super) struct KeyFacts {
    /// `RSA`, `DSA`, `EC`, `Ed25519`; empty if it is not told.
    pub family: String,
    /// Bits.
    pub size: Option<u32>,
    /// The curve's short name.
    pub curve: Option<String>,
}

impl Facts {
    /// Of a certificate that is there.
    pub(super) fn of(certificate: &Certificate) -> Self {
        let serial = certificate.serial_hex();
        Self {
            subject: certificate.subject().java_text().to_string(),
            issuer: certificate.issuer().java_text().to_string(),
            valid: [certificate.not_before(), certificate.not_after()].map(Timestamp::from_seconds),
            serial: serial_number(serial).is_some().then(|| serial.to_owned()),
            signature_algorithm: certificate.signature_algorithm().to_owned(),
            key: KeyFacts::of(certificate.public_key()),
            alternative_names: certificate.alternative_names(),
            ca: certificate.is_ca(),
            fingerprint: Some(certificate.fingerprint_pairs(Digest::Sha256).to_owned()),
        }
    }

    /// A stand-in: of the same kind, size, subject, issuer and validity, with a key of its own. `issuers` are the facts of
    /// those that are known, the nearest first.
    pub(super) fn stand_in(&self, issuers: &[Self]) -> Generate {
        let (key, _) = self.key.nearest();
        let issuer = match issuers.split_first() {
            Some((issuer, further)) => Some(issuer.stand_in(further)),
            None if self.is_issued_by_another() => Some(self.unknown_issuer()),
            None => None,
        };
        let signing_key = issuer.as_ref().map_or(key, |issuer| issuer.key);
        Generate {
            subject: Some(self.subject.clone()),
            valid: Some(self.valid.map(Timestamp::iso_seconds)),
            key,
            alternative_names: self.alternative_names.clone(),
            ca: self.ca,
            serial: self.serial.clone(),
            signature_algorithm: signs(signing_key, &self.signature_algorithm)
                .then(|| self.signature_algorithm.clone()),
            issuer: issuer.map(Box::new),
            stands_in_for: self.fingerprint.clone(),
            ..Generate::default()
        }
    }

    fn is_issued_by_another(&self) -> bool {
        !self.issuer.is_empty() && self.issuer != self.subject
    }

    /// Of whom only the name is known, and by the signature the kind of key.
    fn unknown_issuer(&self) -> Generate {
        let family = self.signature_algorithm.rsplit("with").next().unwrap_or_default();
        let key = KeyFacts { family: family.replace("ECDSA", "EC"), ..KeyFacts::default() };
        let facts = Self { subject: self.issuer.clone(), valid: self.valid, key, ca: true, ..Self::default() };
        facts.stand_in(&[])
    }
}

impl KeyFacts {
    /// Of a key that is there.
    pub(super) fn of(key: &PublicKey) -> Self {
        let curve = key.curve().map(ToOwned::to_owned);
        Self { family: key.algorithm().to_owned(), size: key.size(), curve }
    }

    /// The kind of key that can be minted and is most like it, and whether it is the same.
    pub(super) fn nearest(&self) -> (GeneratedKey, bool) {
        use GeneratedKey as Key;
        const RSA: [(u32, Key); 4] =
            [(1024, Key::Rsa1024), (2048, Key::Rsa2048), (3072, Key::Rsa3072), (4096, Key::Rsa4096)];
        const DSA: [(u32, Key); 4] =
            [(1024, Key::Dsa1024), (2048, Key::Dsa2048), (3072, Key::Dsa3072), (4096, Key::Dsa4096)];
        const EC: [(u32, Key); 5] =
            [(192, Key::EcP192), (224, Key::EcP224), (256, Key::EcP256), (384, Key::EcP384), (521, Key::EcP521)];
        let sized = |sizes: &[(u32, Key)], usual: Key| match self.size {
            None => (usual, false),
            Some(size) => {
                let fits = sizes.iter().find(|(known, _)| *known >= size).or(sizes.last());
                fits.map_or((usual, false), |(known, key)| (*key, *known == size))
            }
        };
        match (self.family.as_str(), self.curve.as_deref()) {
            ("EC", Some("secp256k1")) => (Key::EcSecp256k1, true),
            ("EC", curve) => {
                let (key, same) = sized(&EC, Key::EcP256);
                (key, same && curve.is_none_or(|curve| curve.starts_with("secp") && curve.ends_with("r1")))
            }
            ("DSA", _) => sized(&DSA, Key::Dsa2048),
            ("Ed25519", _) => (Key::Ed25519, true),
            ("RSA" | "RSASSA-PSS", _) => sized(&RSA, Key::Rsa2048),
            _ => (Key::Rsa2048, false),
        }
    }
}

/// True if a key of that kind makes signatures of that name.
fn signs(key: GeneratedKey, algorithm: &str) -> bool {
    use GeneratedKey as Key;
    let known = crate::pki::SignatureAlgorithm::from_java_name(algorithm).is_some();
    let family = match key {
        Key::Rsa1024 | Key::Rsa2048 | Key::Rsa3072 | Key::Rsa4096 => "RSA",
        Key::Dsa1024 | Key::Dsa2048 | Key::Dsa3072 | Key::Dsa4096 => "DSA",
        Key::EcP192 | Key::EcP224 | Key::EcP256 | Key::EcP384 | Key::EcP521 | Key::EcSecp256k1 => "ECDSA",
        Key::Ed25519 => "Ed25519",
    };
    known && (algorithm.rsplit("with").next() == Some(family) || (family == "RSA" && algorithm == "RSASSA-PSS"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_key_is_found() {
        let nearest = |family: &str, size, curve: Option<&str>| {
            KeyFacts { family: family.to_owned(), size, curve: curve.map(ToOwned::to_owned) }.nearest()
        };
        assert_eq!(nearest("RSA", Some(3072), None), (GeneratedKey::Rsa3072, true));
        assert_eq!(nearest("RSA", Some(2056), None), (GeneratedKey::Rsa3072, false));
        assert_eq!(nearest("RSA", Some(8192), None), (GeneratedKey::Rsa4096, false));
        assert_eq!(nearest("EC", Some(256), Some("secp256r1")), (GeneratedKey::EcP256, true));
        assert_eq!(nearest("EC", Some(256), Some("secp256k1")), (GeneratedKey::EcSecp256k1, true));
        assert_eq!(nearest("EC", Some(256), Some("brainpoolP256r1")), (GeneratedKey::EcP256, false));
        assert_eq!(nearest("", None, None), (GeneratedKey::Rsa2048, false));
    }

    #[test]
    fn an_unknown_issuer_is_minted_with_a_key_that_makes_such_signatures() {
        let facts = Facts {
            subject: "CN=a".to_owned(),
            issuer: "CN=Root".to_owned(),
            signature_algorithm: "SHA384withECDSA".to_owned(),
            key: KeyFacts { family: "RSA".to_owned(), size: Some(2048), curve: None },
            ..Facts::default()
        };
        let stand_in = facts.stand_in(&[]);
        let issuer = stand_in.issuer.unwrap();
        assert_eq!((stand_in.key, issuer.key), (GeneratedKey::Rsa2048, GeneratedKey::EcP256));
        assert_eq!(stand_in.signature_algorithm.as_deref(), Some("SHA384withECDSA"));
        assert_eq!((issuer.subject.as_deref(), issuer.ca), (Some("CN=Root"), true));
        let odd = Facts { signature_algorithm: "MD2withRSA".to_owned(), issuer: String::new(), ..facts };
        assert_eq!(odd.stand_in(&[]).signature_algorithm, None);
    }
}
