//! JKS and JCEKS against the JDK's keytool.

use libtest_mimic::Trial;
use std::sync::Arc;

use certmimic::pki::jks::{self, Format};
use certmimic::pki::{Content, Entry, Error, PrivateKey};

use crate::trial::trial;
use crate::workshop::Workshop;
use crate::{certificate, key, make_chain};

pub fn trials() -> Vec<Trial> {
    vec![
        trial(
            "java::keytool_opens_what_is_written_and_exports_its_keys",
            TOOLS,
            keytool_opens_what_is_written_and_exports_its_keys,
        ),
        trial(
            "java::keytool_lists_a_store_of_certificates_without_a_password",
            TOOLS,
            keytool_lists_a_store_of_certificates_without_a_password,
        ),
        trial("java::stores_of_keytool_are_read", TOOLS, stores_of_keytool_are_read),
    ]
}

const STORE: &str = "-storepass changeit";
const TOOLS: &[&str] = &["keytool", "openssl"];
const FORMATS: [(Format, &str); 2] = [(Format::Jks, "JKS"), (Format::Jceks, "JCEKS")];

fn entry(alias: &str, content: Content) -> Entry {
    Entry { alias: alias.to_owned(), created: Some(1_768_464_000_000), content }
}

fn keytool_opens_what_is_written_and_exports_its_keys() {
    let workshop = Workshop::new("java-written");
    make_chain(&workshop);
    let chain = ["leaf.pem", "ca.pem", "root.pem"].map(|name| certificate(&workshop, name)).to_vec();
    let key = key(&workshop, "leaf.key");
    let entries = [
        entry("Leaf", Content::KeyPair { key: key.clone(), chain: chain.clone() }),
        entry("größe", Content::Certificate(Arc::clone(&chain[2]))),
    ];
    for (format, name) in FORMATS {
        let bytes = jks::write(format, &entries, Some("changeit")).unwrap();
        assert_eq!(bytes, jks::write(format, &entries, Some("changeit")).unwrap(), "the same input, other bytes");
        workshop.write("store", bytes);
        let listed = workshop.run(&format!("keytool -list -v -keystore store -storetype {name} {STORE}"));
        for part in ["contains 2 entries", "Alias name: leaf", "Certificate chain length: 3", "PrivateKeyEntry"] {
            assert!(listed.contains(part), "{name}: {part}\n{listed}");
        }
        assert!(!workshop.attempt(&format!("keytool -list -keystore store -storetype {name} -storepass wrong1"), "").0);
        exported_key_is(&workshop, name, &key);
    }
}

fn exported_key_is(workshop: &Workshop, format: &str, key: &PrivateKey) {
    workshop.run(&format!(
        "keytool -importkeystore -noprompt -srckeystore store -srcstoretype {format} -srcstorepass changeit \
         -srcalias leaf -destkeystore {format}.p12 -deststoretype PKCS12 -deststorepass changeit"
    ));
    workshop.run(&format!("openssl pkcs12 -in {format}.p12 -passin pass:changeit -nodes -nocerts -out exported.key"));
    assert!(crate::key(workshop, "exported.key") == *key);
}

fn keytool_lists_a_store_of_certificates_without_a_password() {
    let workshop = Workshop::new("java-no-password");
    make_chain(&workshop);
    let entries = ["leaf.pem", "ca.pem"].map(|name| entry(name, Content::Certificate(certificate(&workshop, name))));
    workshop.write("store", jks::write(Format::Jceks, &entries, None).unwrap());
    let listed = workshop.run_with("keytool -list -keystore store -storetype JCEKS", "\n");
    assert!(listed.contains("contains 2 entries"), "{listed}");
    let read = jks::read(&workshop.read("store"), None).unwrap();
    assert_eq!(read.iter().map(|entry| entry.alias.as_str()).collect::<Vec<_>>(), ["ca.pem", "leaf.pem"]);
    assert!(jks::read(&workshop.read("store"), Some("")).is_ok());
}

fn stores_of_keytool_are_read() {
    let workshop = Workshop::new("java-read");
    make_chain(&workshop);
    for (format, name) in FORMATS {
        let store = format!("-keystore {name} -storetype {name} {STORE} -keypass changeit");
        for (alias, kind) in [("rsa", "RSA"), ("ec", "EC"), ("dsa", "DSA")] {
            workshop.run(&format!("keytool -genkeypair {store} -alias {alias} -keyalg {kind} -dname CN={alias}"));
        }
        workshop.run(&format!("keytool -importcert -noprompt {store} -alias root -file root.pem"));
        if format == Format::Jceks {
            workshop.run(&format!("keytool -genseckey {store} -alias aes -keyalg AES -keysize 128"));
            workshop.run(&format!("keytool -genseckey {store} -alias des -keyalg DESede"));
        }
        let bytes = workshop.read(name);
        assert_eq!(jks::detect(&bytes), Some(format));
        let kinds = kinds(&jks::read(&bytes, Some("changeit")).unwrap());
        let expected = ["dsa key 1", "ec key 1", "root certificate", "rsa key 1"];
        let secrets: &[&str] = if format == Format::Jceks { &["aes other", "des other"] } else { &[] };
        assert_eq!(kinds, [secrets, &expected].concat());
        assert_eq!(jks::read(&bytes, Some("wrong")).unwrap_err(), Error::WrongPassword);
        let without = self::kinds(&jks::read(&bytes, None).unwrap());
        assert!(without.contains(&"rsa other".to_owned()) && without.contains(&"root certificate".to_owned()));
        for length in (0..bytes.len()).step_by(37) {
            assert!(jks::read(&bytes[..length], None).is_err(), "cut at {length}");
        }
    }
}

fn kinds(entries: &[Entry]) -> Vec<String> {
    let mut kinds: Vec<String> = entries.iter().map(|entry| format!("{} {}", entry.alias, kind(entry))).collect();
    kinds.sort();
    kinds
}

/// What an entry is; of a key pair, that the key belongs to its certificate, and the length of the chain.
fn kind(entry: &Entry) -> String {
    match &entry.content {
        Content::KeyPair { key, chain } => {
            assert_eq!(key.public_key(), chain[0].public_key());
            format!("key {}", chain.len())
        }
        Content::Certificate(_) => "certificate".to_owned(),
        Content::LockedKey { .. } | Content::Other => "other".to_owned(),
    }
}
