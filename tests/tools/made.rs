//! What certmimic makes is accepted: keys and certificates by OpenSSL and keytool.

use std::sync::Arc;

use certmimic::pki::generate::{KeySpec, Template, issued, private_key, self_signed};
use certmimic::pki::{Certificate, DistinguishedName, PrivateKey, SignatureAlgorithm, pem};
use libtest_mimic::Trial;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::trial::trial;
use crate::workshop::Workshop;

pub fn trials() -> Vec<Trial> {
    vec![
        trial("made::openssl_takes_every_key", &["openssl"], openssl_takes_every_key),
        trial(
            "made::openssl_and_keytool_take_certificates_for_every_key",
            &["openssl", "keytool"],
            openssl_and_keytool_take_certificates_for_every_key,
        ),
        trial("made::openssl_takes_every_signature", &["openssl"], openssl_takes_every_signature),
        trial("made::openssl_prints_the_extensions", &["openssl"], openssl_prints_the_extensions),
    ]
}

const SPECS: &[KeySpec] = &[
    KeySpec::Rsa(2048),
    KeySpec::Rsa(3072),
    KeySpec::Rsa(4096),
    KeySpec::Dsa(1024),
    KeySpec::Dsa(2048),
    KeySpec::Dsa(3072),
    KeySpec::Ec("secp192r1"),
    KeySpec::Ec("secp224r1"),
    KeySpec::Ec("secp256r1"),
    KeySpec::Ec("secp384r1"),
    KeySpec::Ec("secp521r1"),
    KeySpec::Ec("secp256k1"),
    KeySpec::Ed25519,
    KeySpec::X25519,
];

/// Every algorithm that `openssl verify` knows, with a key that can make it. DSA with SHA-384 it makes but does not know.
const ALGORITHMS: &[(KeySpec, &[&str])] = &[
    (
        KeySpec::Rsa(2048),
        &["MD5withRSA", "SHA1withRSA", "SHA224withRSA", "SHA384withRSA", "SHA512withRSA", "RSASSA-PSS"],
    ),
    (KeySpec::Dsa(2048), &["SHA1withDSA", "SHA224withDSA", "SHA256withDSA"]),
    (KeySpec::Ec("secp521r1"), &["SHA1withECDSA", "SHA224withECDSA", "SHA256withECDSA", "SHA384withECDSA"]),
    (KeySpec::Ec("secp192r1"), &["SHA1withECDSA", "SHA512withECDSA"]),
];

fn template(common_name: &str) -> Template {
    let attributes =
        [("C", "DE"), ("O", "Example, \"Test\" only"), ("CN", common_name), ("EMAILADDRESS", "a@example.com")];
    Template {
        subject: DistinguishedName::from_attributes(&attributes).unwrap(),
        serial: vec![0x1F, 0x11],
        not_before: 1_577_836_800,
        not_after: 4_102_444_799,
        ca: false,
        alternative_names: ["api.example", "192.0.2.1", "2001:db8::1"].map(str::to_owned).to_vec(),
        extended_key_usage: vec!["1.3.6.1.5.5.7.3.1".to_owned()],
        comment: "",
    }
}

fn key(spec: KeySpec) -> PrivateKey {
    private_key(spec, false, &mut ChaCha20Rng::seed_from_u64(1)).unwrap()
}

fn authority() -> (Arc<Certificate>, PrivateKey) {
    let key = key(KeySpec::Rsa(4096));
    let algorithm = SignatureAlgorithm::default_for(key.public_key()).unwrap();
    let root = Template { ca: true, alternative_names: Vec::new(), extended_key_usage: Vec::new(), ..template("Root") };
    (self_signed(&root, &key, &algorithm).unwrap(), key)
}

fn openssl_takes_every_key() {
    let workshop = Workshop::new("made-keys");
    for spec in SPECS {
        workshop.write("key.pem", pem::encode("PRIVATE KEY", key(*spec).pkcs8()));
        let printed = workshop.run("openssl pkey -in key.pem -check -noout");
        assert!(printed.contains("Key is valid"), "{spec:?}: {printed}");
        workshop.run("openssl pkey -in key.pem -pubout -outform DER -out public.der");
        assert_eq!(workshop.read("public.der"), **key(*spec).public_key().spki(), "{spec:?}");
    }
}

fn openssl_and_keytool_take_certificates_for_every_key() {
    let workshop = Workshop::new("made-certificates");
    let (root, root_key) = authority();
    workshop.write("root.pem", root.pem());
    let algorithm = SignatureAlgorithm::from_java_name("SHA512withRSA").unwrap();
    let mut all = String::new();
    for spec in SPECS {
        let leaf = issued(&template("leaf"), key(*spec).public_key(), &root, &root_key, &algorithm).unwrap();
        workshop.write("leaf.pem", leaf.pem());
        workshop.run("openssl verify -x509_strict -auth_level 0 -CAfile root.pem leaf.pem");
        all.push_str(&leaf.pem());
    }
    workshop.write("all.pem", &all);
    let printed = workshop.run("keytool -printcert -file all.pem");
    let owner = r#"Owner: EMAILADDRESS=a@example.com, CN=leaf, O="Example, \"Test\" only", C=DE"#;
    assert_eq!(printed.matches(owner).count(), SPECS.len(), "{printed}");
    assert_eq!(printed.matches("Serial number: 1f11").count(), SPECS.len());
}

fn openssl_takes_every_signature() {
    let workshop = Workshop::new("made-signatures");
    for (spec, names) in ALGORITHMS {
        for name in *names {
            let algorithm = SignatureAlgorithm::from_java_name(name).unwrap();
            let root = Template { ca: true, ..template("Root") };
            workshop.write("root.pem", self_signed(&root, &key(*spec), &algorithm).unwrap().pem());
            workshop.run("openssl verify -check_ss_sig -auth_level 0 -CAfile root.pem root.pem");
        }
    }
}

fn openssl_prints_the_extensions() {
    let workshop = Workshop::new("made-extensions");
    let (root, root_key) = authority();
    let algorithm = SignatureAlgorithm::default_for(root.public_key()).unwrap();
    let leaf = issued(&template("leaf"), key(KeySpec::Rsa(2048)).public_key(), &root, &root_key, &algorithm).unwrap();
    workshop.write("root.pem", root.pem());
    workshop.write("leaf.pem", leaf.pem());
    let root = workshop.run("openssl x509 -in root.pem -noout -text");
    assert!(root.contains("CA:TRUE") && root.contains("Certificate Sign, CRL Sign"), "{root}");
    let leaf = workshop.run("openssl x509 -in leaf.pem -noout -text");
    for text in [
        "CA:FALSE",
        "Digital Signature, Key Encipherment",
        "TLS Web Server Authentication",
        "DNS:api.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1",
        "Not Before: Jan  1 00:00:00 2020 GMT",
        "Not After : Dec 31 23:59:59 2099 GMT",
    ] {
        assert!(leaf.contains(text), "{text}: {leaf}");
    }
}
