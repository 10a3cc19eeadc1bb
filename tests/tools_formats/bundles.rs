//! PKCS#7 bundles, paths and certification requests.

use libtest_mimic::Trial;
use std::sync::Arc;

use certmimic::pki::{
    Certificate, DistinguishedName, SignatureAlgorithm, bundle, certificate_factory, csr, pem, pkcs7,
};

use crate::trial::trial;
use crate::workshop::Workshop;
use crate::{certificate, key, make_chain};

pub fn trials() -> Vec<Trial> {
    vec![
        trial(
            "bundles::bundles_of_openssl_are_read_in_every_form",
            &["openssl"],
            bundles_of_openssl_are_read_in_every_form,
        ),
        trial(
            "bundles::signed_data_of_indefinite_length_is_read",
            &["openssl"],
            signed_data_of_indefinite_length_is_read,
        ),
        trial(
            "bundles::openssl_and_keytool_read_what_is_written",
            &["openssl", "keytool"],
            openssl_and_keytool_read_what_is_written,
        ),
        trial("bundles::requests_verify", &["openssl", "keytool"], requests_verify),
    ]
}

const NAMES: [&str; 3] = ["leaf.pem", "ca.pem", "root.pem"];

fn chain(workshop: &Workshop) -> Vec<Arc<Certificate>> {
    NAMES.map(|name| certificate(workshop, name)).to_vec()
}

fn bundles_of_openssl_are_read_in_every_form() {
    let workshop = Workshop::new("bundles-read");
    make_chain(&workshop);
    let chain = chain(&workshop);
    let files = "-certfile leaf.pem -certfile ca.pem -certfile root.pem";
    workshop.run(&format!("openssl crl2pkcs7 -nocrl {files} -out bundle.pem"));
    workshop.run(&format!("openssl crl2pkcs7 -nocrl {files} -outform DER -out bundle.der"));
    let der = workshop.read("bundle.der");
    let base64 = workshop.text("bundle.pem").lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let concatenated = NAMES.map(|name| workshop.text(name)).concat();
    let path = path(&chain.iter().rev().map(|it| it.der().to_vec()).collect::<Vec<_>>().concat());
    for (name, bytes) in [
        ("pem", workshop.read("bundle.pem")),
        ("der", der.clone()),
        ("base64", base64.into_bytes()),
        ("concatenated", concatenated.replace('\n', "\r\n").into_bytes()),
        ("der and line end", [der.as_slice(), b"\r\n"].concat()),
    ] {
        assert!(bundle::certificates(&bytes).unwrap() == chain, "{name}");
    }
    let root_first: Vec<_> = chain.iter().rev().cloned().collect();
    assert!(bundle::certificates(&path).unwrap() == root_first);
    assert!(bundle::certificates(chain[0].der()).unwrap() == chain[..1]);
    for length in 0..der.len() {
        assert!(bundle::certificates(&der[..length]).is_err(), "cut at {length}");
    }
}

/// DER of a sequence of more than 255 and fewer than 65,536 bytes.
fn path(content: &[u8]) -> Vec<u8> {
    [&[0x30, 0x82], &u16::try_from(content.len()).unwrap().to_be_bytes()[..], content].concat()
}

fn signed_data_of_indefinite_length_is_read() {
    let workshop = Workshop::new("bundles-stream");
    make_chain(&workshop);
    workshop.write("text", "anything");
    workshop.run(
        "openssl cms -sign -stream -in text -signer leaf.pem -inkey leaf.key -certfile ca.pem -outform DER -out ber",
    );
    let bytes = workshop.read("ber");
    assert_eq!(bytes[1], 0x80, "the length is definite");
    let mut found = bundle::certificates(&bytes).unwrap();
    found.sort_by_key(|it| it.subject().attribute("CN") != Some("leaf.example".to_owned()));
    assert!(found == chain(&workshop)[..2]);
    workshop.run("openssl cms -encrypt -in text -outform DER -out encrypted leaf.pem");
    assert!(bundle::certificates(&workshop.read("encrypted")).is_err());
}

fn openssl_and_keytool_read_what_is_written() {
    let workshop = Workshop::new("bundles-written");
    make_chain(&workshop);
    let chain = chain(&workshop);
    let bytes = pkcs7::encode(&chain);
    workshop.write("bundle.pem", pem::encode("PKCS7", &bytes));
    workshop.run("openssl pkcs7 -in bundle.pem -print_certs -out printed.pem");
    assert!(certificate_factory::certificates(&workshop.read("printed.pem")).unwrap() == chain);
    let printed = workshop.run("keytool -printcert -file bundle.pem");
    assert!(printed.contains("Certificate[3]:"), "{printed}");
    workshop.run(&format!("openssl crl2pkcs7 -nocrl {} -outform DER -out theirs", "-certfile leaf.pem"));
    assert_eq!(pkcs7::encode(&chain[..1]), workshop.read("theirs"));
}

fn requests_verify() {
    let workshop = Workshop::new("bundles-request");
    let attributes = [("C", "DE"), ("O", "Acme, Inc"), ("CN", "request.example"), ("EMAILADDRESS", "a@example.com")];
    let subject = DistinguishedName::from_attributes(&attributes).unwrap();
    for (options, algorithm) in [
        ("-algorithm RSA", "SHA512withRSA"),
        ("-algorithm RSA", "SHA256withRSA"),
        ("-algorithm RSA", "SHA1withRSA"),
        ("-algorithm RSA", "RSASSA-PSS"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "SHA256withECDSA"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-521", "SHA512withECDSA"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-192", "SHA1withECDSA"),
        ("-algorithm ED25519", "Ed25519"),
    ] {
        workshop.run(&format!("openssl genpkey {options} -out key"));
        let key = key(&workshop, "key");
        let named = SignatureAlgorithm::from_java_name(algorithm).unwrap();
        let bytes = csr::create(&key, &subject, &named).unwrap();
        assert_eq!(bytes, csr::create(&key, &subject, &named).unwrap(), "{algorithm} is not deterministic");
        workshop.write("request.pem", pem::encode("CERTIFICATE REQUEST", &bytes));
        let printed = workshop.run("openssl req -verify -noout -subject -in request.pem");
        assert!(printed.contains("O = \"Acme, Inc\", CN = request.example"), "{algorithm}: {printed}");
        if !options.contains("P-192") {
            workshop.run("keytool -printcertreq -file request.pem");
        }
    }
}
