//! Certificates for the trials, made by the library: nothing here depends on today's date.

use std::sync::Arc;

use certmimic::pki::generate::{KeySpec, Template, private_key, self_signed};
use certmimic::pki::{Certificate, DistinguishedName, PrivateKey, SignatureAlgorithm, pem};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;

/// The last second of the year 9999.
pub const NO_END: i64 = 253_402_300_799;

/// A self-signed certificate for localhost until then, and its key.
pub fn pair(seed: u8, not_after: i64) -> (Arc<Certificate>, PrivateKey) {
    let mut rng = ChaCha20Rng::from_seed([seed; 32]);
    let key = private_key(KeySpec::Ec("secp256r1"), true, &mut rng).unwrap();
    let template = Template {
        subject: DistinguishedName::from_attributes(&[("CN", "localhost")]).unwrap(),
        serial: vec![seed],
        not_before: 0,
        not_after,
        ca: false,
        alternative_names: vec!["localhost".to_owned()],
        extended_key_usage: Vec::new(),
        comment: "",
    };
    let algorithm = SignatureAlgorithm::default_for(key.public_key()).unwrap();
    (self_signed(&template, &key, &algorithm).unwrap(), key)
}

/// A key as a PEM file.
pub fn key_pem(key: &PrivateKey) -> String {
    pem::encode("PRIVATE KEY", key.pkcs8())
}
