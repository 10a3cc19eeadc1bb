//! Facts as OpenSSL 3 and keytool of JDK 17 print them for the files of `fixtures/`.

use super::*;
use crate::pki::KeyType;

macro_rules! fixture {
    ($path:literal) => {
        crate::pki::certificate_file::certificate(include_bytes!(concat!("../../../fixtures/", $path))).unwrap()
    };
}

#[test]
fn facts_of_a_root_certificate() {
    let root = fixture!("ca/partner-ca.pem");
    let name = r#"CN=Partner Test CA, OU=For tests only, O="Partner, Inc.", C=DE"#;
    assert_eq!((&**root.subject().java_text(), &**root.issuer().java_text()), (name, name));
    assert_eq!(root.serial_hex(), "715D329125845F8D5373553043CAD501613B0500");
    assert_eq!(root.signature_algorithm(), "SHA256withRSA");
    assert_eq!((root.version(), root.not_before(), root.not_after()), (3, 1_577_836_800, 4_102_444_799));
    assert_eq!((root.public_key().key_type(), root.public_key().size()), (KeyType::Rsa, Some(2048)));
    assert_eq!((root.public_key().algorithm(), root.public_key().curve()), ("RSA", None));
    assert!(root.is_ca() && root.is_self_signed());
    assert_eq!(root.extended_key_usage(), None);
}

#[test]
fn fingerprints() {
    let root = fixture!("ca/partner-ca.pem");
    assert_eq!(root.fingerprint_pairs(Digest::Md5), "47:8E:59:E3:13:D6:C0:BE:D1:13:32:CD:E0:6B:E4:93");
    assert_eq!(root.fingerprint_pairs(Digest::Sha1), "8A:9E:BB:EB:AB:3A:2B:B8:25:21:FB:19:32:34:CB:17:7B:85:53:BA");
    assert_eq!(
        root.fingerprint_pairs(Digest::Sha256),
        "50:3B:E5:C1:8A:AF:DF:AA:F7:3B:1B:32:05:F9:0D:48:7F:41:9A:08:84:A2:93:26:CC:D3:E7:B7:03:D1:DA:EC"
    );
    assert_eq!(root.fingerprint_pairs(Digest::Sha512).len(), 191);
    assert_eq!(root.fingerprint(Digest::Sha512)[..4], [0x33, 0x9F, 0xF7, 0x5C]);
}

#[test]
fn facts_of_a_server_certificate() {
    let server = fixture!("server/smtp.pem");
    let subject = "CN=smtp.mail.yahoo.com, O=Example Mail, L=Sunnyvale, ST=California, C=US";
    assert_eq!(&**server.subject().java_text(), subject);
    assert_eq!(&**server.issuer().java_text(), "CN=Example Test Root CA, O=Example Trust, C=US");
    assert_eq!(server.serial_decimal(), "682878853343292239258545497797195794061061336305");
    assert!(!server.is_ca() && !server.is_self_signed());
    let purposes = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"].map(str::to_owned);
    assert_eq!(server.extended_key_usage(), Some(purposes.as_slice()));
    assert_eq!(server.verify_issued_by(&fixture!("ca/root-ca.pem")), Ok(()));
    assert_eq!(server.verify_issued_by(&fixture!("ca/partner-ca.pem")), Err(Error::BadSignature));
    assert_eq!(server, fixture!("server/smtp.der"));
    assert_eq!(server.pem().as_bytes(), include_bytes!("../../../fixtures/server/smtp.pem"));
}

#[test]
fn kinds_of_keys_and_signatures() {
    let p256 = "secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)";
    let p521 = "secp521r1 [NIST P-521] (1.3.132.0.35)";
    let rows = [
        (fixture!("odd/p256.pem"), "SHA256withECDSA", "EC", 256, Some("secp256r1"), Some(p256)),
        (fixture!("odd/p521.pem"), "SHA512withECDSA", "EC", 521, Some("secp521r1"), Some(p521)),
        (fixture!("odd/dsa.pem"), "SHA256withDSA", "DSA", 2048, None, None),
        (fixture!("odd/pss.pem"), "RSASSA-PSS", "RSA", 2048, None, None),
        (fixture!("odd/ed25519.pem"), "Ed25519", "Ed25519", 255, None, None),
    ];
    for (certificate, signature, algorithm, size, curve, jdk) in rows {
        let key = certificate.public_key();
        assert_eq!(certificate.signature_algorithm(), signature);
        assert_eq!((key.algorithm(), key.size(), key.curve(), key.curve_jdk()), (algorithm, Some(size), curve, jdk));
        assert!(certificate.is_self_signed(), "{signature}");
    }
}

#[test]
fn odd_ones() {
    assert_eq!(fixture!("odd/v1.pem").version(), 1);
    let negative = fixture!("odd/negative-serial.pem");
    assert_eq!((negative.serial_hex(), negative.serial_decimal()), ("-1F11", "-7953"));
    assert_eq!(fixture!("odd/future.pem").not_after(), 253_402_300_799);
    let subject = concat!(
        r#"EMAILADDRESS=a@example.com, CN="say \"hi\"" + UID=u-1, DC=example, OU="two  blanks", OU=" leading #1", "#,
        r#"O="Müller, Söhne & Co.", C=DE"#
    );
    assert_eq!(&**fixture!("odd/names.pem").subject().java_text(), subject);
}

#[test]
fn serial_numbers() {
    let rows: &[(&[u8], &str, &str)] = &[
        (&[0], "0", "0"),
        (&[0x00, 0xC8, 0xEE], "C8EE", "51438"),
        (&[0x03, 0x3A, 0xF1], "33AF1", "211697"),
        (&[0x80], "-80", "-128"),
        (&[0xFF], "-1", "-1"),
        (&[0xFF, 0x00], "-100", "-256"),
        (&[0x01, 0, 0, 0, 0, 0, 0, 0, 0], "10000000000000000", "18446744073709551616"),
    ];
    for (bytes, hex, decimal) in rows {
        assert_eq!((serial_hex(bytes), serial_decimal(bytes)), ((*hex).to_owned(), (*decimal).to_owned()));
    }
}
