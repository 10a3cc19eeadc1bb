//! What is made holds: the same for the same seed, verified, and read back as it was asked for. `tests/tools.rs` shows
//! it to OpenSSL and keytool.

use rand_core::SeedableRng;

use super::*;
use crate::pki::KeyType;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn template(common_name: &str) -> Template {
    let attributes =
        [("C", "DE"), ("ST", "Bayern"), ("L", "Walldorf"), ("O", "Example"), ("OU", "x"), ("CN", common_name)];
    let attributes: Vec<_> = attributes.into_iter().chain([("EMAILADDRESS", "a@example.com")]).collect();
    Template {
        subject: DistinguishedName::from_attributes(&attributes).unwrap(),
        serial: vec![0xFF, 1, 2],
        not_before: 1_768_464_000,
        not_after: 4_102_444_800,
        ca: false,
        alternative_names: vec!["api.example".to_owned(), "192.0.2.1".to_owned()],
        extended_key_usage: vec!["1.3.6.1.5.5.7.3.1".to_owned()],
        comment: "",
    }
}

const SPECS: &[(KeySpec, KeyType, u32)] = &[
    (KeySpec::Rsa(2048), KeyType::Rsa, 2048),
    (KeySpec::Rsa(3072), KeyType::Rsa, 3072),
    (KeySpec::Rsa(4096), KeyType::Rsa, 4096),
    (KeySpec::Dsa(1024), KeyType::Dsa, 1024),
    (KeySpec::Dsa(2048), KeyType::Dsa, 2048),
    (KeySpec::Dsa(3072), KeyType::Dsa, 3072),
    (KeySpec::Ec("secp192r1"), KeyType::Ec, 192),
    (KeySpec::Ec("secp224r1"), KeyType::Ec, 224),
    (KeySpec::Ec("secp256r1"), KeyType::Ec, 256),
    (KeySpec::Ec("secp384r1"), KeyType::Ec, 384),
    (KeySpec::Ec("secp521r1"), KeyType::Ec, 521),
    (KeySpec::Ec("secp256k1"), KeyType::Ec, 256),
    (KeySpec::Ed25519, KeyType::Okp, 255),
    (KeySpec::X25519, KeyType::Okp, 255),
];

#[test]
fn keys_repeat_with_the_seed_and_are_as_asked() {
    for &(spec, family, size) in SPECS {
        let key = private_key(spec, false, &mut rng(1)).unwrap();
        assert!(key == private_key(spec, false, &mut rng(1)).unwrap(), "{spec:?}");
        assert!(key == PrivateKey::from_pkcs8(key.pkcs8()).unwrap(), "{spec:?}");
        assert_eq!((key.public_key().key_type(), key.public_key().size()), (family, Some(size)), "{spec:?}");
        let others = (2..6).filter(|&seed| private_key(spec, false, &mut rng(seed)).unwrap() != key).count();
        assert!(others >= 2, "{spec:?}: only {others} of 4 other seeds gave another key");
    }
}

#[test]
fn every_key_that_signs_makes_a_certificate_that_verifies() {
    for &(spec, family, _) in SPECS {
        let key = private_key(spec, false, &mut rng(3)).unwrap();
        let Some(algorithm) = SignatureAlgorithm::default_for(key.public_key()) else {
            assert_eq!(spec, KeySpec::X25519);
            continue;
        };
        let made = self_signed(&template("x"), &key, &algorithm).unwrap();
        assert_eq!(made, self_signed(&template("x"), &key, &algorithm).unwrap(), "{spec:?}");
        assert_eq!(made.public_key(), key.public_key());
        assert_eq!(made.public_key().key_type(), family);
        assert_eq!(made.signature_algorithm(), algorithm.java_name());
        assert!(made.is_self_signed(), "{spec:?}");
        let mut bytes = made.der().to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        assert!(!Certificate::from_der(&bytes).is_ok_and(|tampered| tampered.is_self_signed()), "{spec:?}");
    }
}

#[test]
fn rsa_signs_with_every_digest() {
    let key = private_key(KeySpec::Rsa(2048), false, &mut rng(3)).unwrap();
    for name in ["MD5withRSA", "sha1WITHrsa", "SHA224withRSA", "SHA384withRSA", "SHA512withRSA", "RSASSA-PSS"] {
        let algorithm = SignatureAlgorithm::from_java_name(name).unwrap();
        let made = self_signed(&template("x"), &key, &algorithm).unwrap();
        assert!(made.is_self_signed(), "{name}");
        assert!(name.eq_ignore_ascii_case(made.signature_algorithm()));
    }
    let wrong = SignatureAlgorithm::from_java_name("SHA256withECDSA").unwrap();
    assert!(matches!(self_signed(&template("x"), &key, &wrong), Err(Error::Unsupported(_))));
}

#[test]
fn a_certificate_says_what_its_template_says() {
    let key = private_key(KeySpec::Ec("secp256r1"), false, &mut rng(1)).unwrap();
    let ca_key = private_key(KeySpec::Rsa(2048), false, &mut rng(2)).unwrap();
    let algorithm = SignatureAlgorithm::default_for(ca_key.public_key()).unwrap();
    let ca = self_signed(&Template { ca: true, ..template("Root") }, &ca_key, &algorithm).unwrap();
    let made = issued(&template("leaf"), key.public_key(), &ca, &ca_key, &algorithm).unwrap();
    assert!(ca.is_ca() && !made.is_ca() && !made.is_self_signed());
    assert_eq!(made.verify_issued_by(&ca), Ok(()));
    assert_eq!(ca.verify_issued_by(&made), Err(Error::BadSignature));
    assert_eq!(
        &**made.subject().java_text(),
        "EMAILADDRESS=a@example.com, CN=leaf, OU=x, O=Example, L=Walldorf, ST=Bayern, C=DE"
    );
    assert_eq!((made.version(), made.serial_hex(), made.serial_decimal()), (3, "7F0102", "8323330"));
    assert_eq!((made.not_before(), made.not_after()), (1_768_464_000, 4_102_444_800));
    assert_eq!(made.extended_key_usage(), Some(["1.3.6.1.5.5.7.3.1".to_owned()].as_slice()));
}

#[test]
fn serial_numbers_are_positive_and_times_of_any_year_are_written() {
    assert_eq!(serial(&[]), [2, 1, 1]);
    assert_eq!(serial(&[0x80]), [2, 1, 1]);
    assert_eq!(serial(&[0xFF; 30])[1], 20);
    assert_eq!(time(2_524_607_999), *b"\x17\x0D491231235959Z");
    assert_eq!(time(2_524_608_000), *b"\x18\x0F20500101000000Z");
    assert_eq!(time(-631_152_001), *b"\x18\x0F19491231235959Z");
    assert_eq!(time(i64::MAX), *b"\x18\x0F99991231235959Z");
    assert_eq!(time(i64::MIN), *b"\x18\x0F00000101000000Z");
}

#[test]
fn what_cannot_be_made_is_refused() {
    for spec in
        [KeySpec::Rsa(512), KeySpec::Rsa(100_000), KeySpec::Dsa(512), KeySpec::Ec("sect233k1"), KeySpec::Ec("x")]
    {
        assert!(matches!(private_key(spec, true, &mut rng(1)), Err(Error::Unsupported(_))), "{spec:?}");
    }
}

#[test]
fn fresh_keys_come_from_the_generator() {
    let pooled = private_key(KeySpec::Rsa(2048), false, &mut rng(1)).unwrap();
    let fresh = private_key(KeySpec::Rsa(2048), true, &mut rng(1)).unwrap();
    assert!(pooled != fresh && fresh == private_key(KeySpec::Rsa(2048), true, &mut rng(1)).unwrap());
    assert_eq!(fresh.public_key().size(), Some(2048));
}
