//! No bytes make reading or checking panic or take long: random ones, truncated and damaged real ones.

use proptest::prelude::*;

use super::{
    Certificate, DistinguishedName, PrivateKey, PublicKey, SignatureAlgorithm, asn1, certificate_factory, pem,
};

const CERTIFICATES: &[&[u8]] = &[
    include_bytes!("../../fixtures/odd/names.pem"),
    include_bytes!("../../fixtures/odd/pss.pem"),
    include_bytes!("../../fixtures/odd/p521.pem"),
    include_bytes!("../../fixtures/odd/p256.pem"),
    include_bytes!("../../fixtures/odd/ed25519.pem"),
    include_bytes!("../../fixtures/odd/v1.pem"),
];

const KEYS: &[&str] = &[
    include_str!("../../fixtures/keys/rsa.pem"),
    include_str!("../../fixtures/keys/ec.pem"),
    include_str!("../../fixtures/keys/ed25519.pem"),
    include_str!("../../fixtures/keys/dsa.pem"),
];

const PROTECTED: &[&str] = &[
    include_str!("../../fixtures/keys/rsa-encrypted.pem"),
    include_str!("../../fixtures/keys/rsa-3des.pem"),
    include_str!("../../fixtures/keys/rsa-traditional.pem"),
];

/// Asks for everything that a certificate has.
fn use_certificate(der: &[u8]) {
    let Ok(certificate) = Certificate::from_der(der) else { return };
    let key = certificate.public_key();
    let _ = (certificate.is_self_signed(), certificate.subject().rfc2253_text(), certificate.subject().attribute("CN"));
    let _ = (key.rsa().is_some(), key.dsa().is_some(), key.bits().len(), certificate.serial_decimal().len());
}

/// Reads a key and signs with it.
fn use_key(der: &[u8]) {
    let Ok(key) = PrivateKey::from_pkcs8(der) else { return };
    let _ = (key.secret().is_ok(), key.rsa().is_ok());
    let Some(algorithm) = SignatureAlgorithm::default_for(key.public_key()) else { return };
    if let Ok(signature) = key.sign(&algorithm, b"message") {
        let _ = key.public_key().verify(&algorithm, b"message", &signature);
    }
}

fn damaged(bytes: &[u8], damage: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, value) in damage {
        let at = at % bytes.len();
        bytes[at] = *value;
    }
    bytes
}

fn damage() -> impl Strategy<Value = Vec<(usize, u8)>> {
    proptest::collection::vec((any::<usize>(), any::<u8>()), 1..4)
}

#[test]
fn truncated_certificates_are_refused() {
    for text in CERTIFICATES {
        let der = certificate_factory::certificate(text).unwrap().der().to_vec();
        for length in 0..der.len() {
            assert!(Certificate::from_der(&der[..length]).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        use_certificate(&bytes);
        use_key(&bytes);
        let _ = (DistinguishedName::from_der(&bytes), PublicKey::from_spki(&bytes), asn1::dotted(&bytes));
        let _ = (SignatureAlgorithm::from_identifier(&bytes), certificate_factory::certificates(&bytes));
    }

    #[test]
    fn random_text(text in "(-----BEGIN (CERTIFICATE|PRIVATE KEY)-----\n)?[ -~\n]{0,80}(-----END (CERTIFICATE|PRIVATE KEY)-----)?") {
        let _ = (pem::blocks(&text), certificate_factory::certificates(text.as_bytes()), PrivateKey::from_pem(&text, Some("x")));
    }

    #[test]
    fn damaged_certificates(which in 0..CERTIFICATES.len(), damage in damage()) {
        use_certificate(&damaged(certificate_factory::certificate(CERTIFICATES[which]).unwrap().der(), &damage));
    }

    #[test]
    fn damaged_keys(which in 0..KEYS.len(), damage in damage()) {
        use_key(&damaged(&pem::blocks(KEYS[which]).unwrap()[0].bytes, &damage));
    }

    #[test]
    fn damaged_protected_keys(which in 0..PROTECTED.len(), damage in damage()) {
        let text = damaged(PROTECTED[which].as_bytes(), &damage);
        let _ = PrivateKey::from_pem(&String::from_utf8_lossy(&text), Some("changeit"));
    }

    #[test]
    fn names_keep_their_values(value in "[ -~éß東]{0,12}") {
        let name = DistinguishedName::from_attributes(&[("O", "x"), ("CN", &value)]).unwrap();
        prop_assert_eq!(name.attribute("CN"), Some(value));
        prop_assert_eq!(&DistinguishedName::from_der(name.der()).unwrap(), &name);
    }
}
