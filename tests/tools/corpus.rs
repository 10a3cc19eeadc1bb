//! Some two hundred certificates made by OpenSSL and keytool, odd ones included: what certmimic reads in each is what
//! OpenSSL and the JDK print.

use std::collections::BTreeMap;
use std::sync::Arc;

use certmimic::effects::Timestamp;
use certmimic::pki::{Certificate, Digest, Error, KeyType};
use libtest_mimic::Trial;

use crate::trial::trial;
use crate::workshop::Workshop;

pub fn trials() -> Vec<Trial> {
    vec![trial(
        "corpus::facts_are_those_that_openssl_and_the_jdk_print",
        &["bash", "openssl", "keytool", "java"],
        facts_are_those_that_openssl_and_the_jdk_print,
    )]
}

/// Signatures that certmimic does not check, by the beginning of the file's name: digests, curves, mask functions.
const NOT_CHECKED: &[&str] = &[
    "rsa-2048-sha512-",
    "rsa-2048-sha3-",
    "pss-mask",
    "ed448",
    "ec-explicit",
    "ec-brainpool",
    "ec-sect",
    "ec-c2",
    "ec-wap",
    "ec-secp112",
    "ec-secp128",
    "ec-secp160",
    "ec-secp192k1",
    "ec-secp224k1",
    "ec-prime239",
    "ec-prime256v1-sha3",
];

/// The certificates by file, and the files that are none to Java.
struct Made {
    certificates: BTreeMap<String, Arc<Certificate>>,
    refused: Vec<String>,
}

fn made(name: &str) -> (Workshop, Made) {
    let workshop = Workshop::new(name);
    workshop.run(concat!("bash ", env!("CARGO_MANIFEST_DIR"), "/tests/tools/corpus.sh ."));
    let files = workshop.run("ls");
    let mut made = Made { certificates: BTreeMap::new(), refused: Vec::new() };
    for file in files.lines().map(str::to_owned) {
        match Certificate::from_der(&workshop.read(&file)) {
            Ok(certificate) => drop(made.certificates.insert(file, certificate)),
            Err(_) => made.refused.push(file),
        }
    }
    assert!(made.certificates.len() >= 200, "the corpus has only {} certificates", made.certificates.len());
    (workshop, made)
}

fn facts_are_those_that_openssl_and_the_jdk_print() {
    let (workshop, Made { certificates, refused }) = made("corpus");
    for (file, certificate) in &certificates {
        signature_holds(file, certificate);
    }
    agrees_with_jdk(&workshop, &certificates, &refused);
    agrees_with_openssl(&workshop, &certificates);
}

/// All are self-signed. Those that cannot be checked are known.
fn signature_holds(file: &str, certificate: &Certificate) {
    match certificate.verify_issued_by(certificate) {
        Ok(()) => {}
        Err(Error::Unsupported(_)) if NOT_CHECKED.iter().any(|known| file.starts_with(known)) => return,
        Err(error) => panic!("{file}: {error}"),
    }
    if !file.contains("sha256") {
        return;
    }
    let mut bytes = certificate.der().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    assert!(!Certificate::from_der(&bytes).is_ok_and(|tampered| tampered.is_self_signed()), "{file}, tampered with");
}

fn agrees_with_jdk(workshop: &Workshop, certificates: &BTreeMap<String, Arc<Certificate>>, ours: &[String]) {
    let printed =
        workshop.run(concat!("java -Dfile.encoding=UTF-8 ", env!("CARGO_MANIFEST_DIR"), "/tests/tools/Facts.java ."));
    let mut refused = Vec::new();
    for line in printed.lines() {
        let (file, facts) = line.split_once('\u{1F}').unwrap_or_else(|| panic!("{line}"));
        if facts.starts_with("refused") {
            refused.push(file);
        } else {
            assert_eq!(ours_as_jdk(&certificates[file]).to_vec(), facts.split('\u{1F}').collect::<Vec<_>>(), "{file}");
        }
    }
    // An unnamed curve, one that the JDK does not know, and a name without attributes.
    assert!(refused == ours && (1..=5).contains(&ours.len()), "the JDK refused {refused:?}");
}

fn ours_as_jdk(certificate: &Certificate) -> [String; 10] {
    let key = certificate.public_key();
    [
        certificate.subject().java_text().to_string(),
        certificate.issuer().java_text().to_string(),
        certificate.serial_hex().to_owned(),
        certificate.signature_algorithm().to_owned(),
        certificate.version().to_string(),
        certificate.not_before().to_string(),
        certificate.not_after().to_string(),
        key.algorithm().to_owned(),
        key.size().map_or_else(String::new, |bits| bits.to_string()),
        key.curve_jdk().unwrap_or_default().to_owned(),
    ]
}

/// File, serial number, dates, fingerprint, and the size of the key where OpenSSL prints one.
fn agrees_with_openssl(workshop: &Workshop, certificates: &BTreeMap<String, Arc<Certificate>>) {
    let script = "for f in *.der; do echo file=$f; \
        openssl x509 -inform DER -in $f -noout -text -serial -dates -dateopt iso_8601 -fingerprint -sha256; done";
    workshop.write("facts.sh", script);
    let printed = workshop.run("bash facts.sh");
    for facts in printed.split("file=").skip(1) {
        let file = facts.lines().next().unwrap();
        let fact =
            |name: &str| facts.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{facts}"));
        let seconds = |name| Timestamp::parse_iso(&fact(name).replace(' ', "T")).map(Timestamp::seconds);
        // What Java refuses, OpenSSL may read.
        let Some(certificate) = certificates.get(file) else { continue };
        assert_eq!(certificate.fingerprint_pairs(Digest::Sha256), fact("sha256 Fingerprint="), "{file}");
        assert_eq!(Some(certificate.not_before()), seconds("notBefore="), "{file}");
        assert_eq!(Some(certificate.not_after()), seconds("notAfter="), "{file}");
        assert_eq!(certificate.serial_hex(), serial(fact("serial=")), "{file}");
        let bits = facts.lines().find_map(|line| line.trim().strip_prefix("Public-Key: (")?.strip_suffix(" bit)"));
        // Of a curve it prints the bits of the order, which differ from the field's now and then.
        if let Some(bits) = bits.filter(|_| certificate.public_key().key_type() != KeyType::Ec) {
            assert_eq!(certificate.public_key().size().map(|size| size.to_string()).as_deref(), Some(bits), "{file}");
        }
    }
}

/// OpenSSL prints whole bytes.
fn serial(printed: &str) -> String {
    let (sign, digits) = printed.strip_prefix('-').map_or(("", printed), |digits| ("-", digits));
    let digits = digits.trim_start_matches('0');
    format!("{sign}{}", if digits.is_empty() { "0" } else { digits })
}
