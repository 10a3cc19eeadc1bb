//! PKCS#12 files of OpenSSL and keytool.

use certmimic::pki::{Content, Entry, Error, pkcs12};
use libtest_mimic::Trial;

use crate::trial::trial;
use crate::workshop::Workshop;
use crate::{certificate, key, make_chain};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("pkcs12::files_of_openssl_are_read", &["openssl"], files_of_openssl_are_read),
        trial(
            "pkcs12::files_of_openssl_are_read_as_java_reads_them",
            &["openssl"],
            files_of_openssl_are_read_as_java_reads_them,
        ),
        trial(
            "pkcs12::keys_without_certificates_and_the_other_way_round",
            &["openssl"],
            keys_without_certificates_and_the_other_way_round,
        ),
        trial("pkcs12::costly_files_are_refused_at_once", &["openssl"], costly_files_are_refused_at_once),
        trial("pkcs12::stores_of_keytool_are_read", &["keytool", "openssl"], stores_of_keytool_are_read),
        trial("pkcs12::ber_with_indefinite_lengths_is_read", &["openssl"], ber_with_indefinite_lengths_is_read),
    ]
}

fn summary(entries: &[Entry]) -> Vec<String> {
    let of = |entry: &Entry| match &entry.content {
        Content::KeyPair { chain, .. } => {
            let names: Vec<_> = chain.iter().map(|it| it.subject().attribute("CN").unwrap_or_default()).collect();
            format!("{}: key, {}", entry.alias, names.join(" < "))
        }
        Content::Certificate(it) => format!("{}: {}", entry.alias, it.subject().attribute("CN").unwrap_or_default()),
        Content::LockedKey { .. } | Content::Other => format!("{}: other", entry.alias),
    };
    entries.iter().map(of).collect()
}

fn files_of_openssl_are_read() {
    let workshop = Workshop::new("pkcs12-openssl");
    make_chain(&workshop);
    workshop.write("others.pem", [workshop.read("root.pem"), workshop.read("ca.pem")].concat());
    let export = "openssl pkcs12 -export -inkey leaf.key -in leaf.pem -certfile others.pem -name My␣key";
    // As Java has aliases: in small letters.
    let full = vec!["my key: key, leaf.example < Test CA < Test root"];
    for (name, options, password) in [
        ("modern", "-passout pass:secret", "secret"),
        ("sha512", "-passout pass:secret -macalg sha512 -keypbe AES-128-CBC -certpbe AES-128-CBC", "secret"),
        ("3des", "-passout pass:secret -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1", "secret"),
        ("empty", "-passout pass:", ""),
    ] {
        workshop.run(&format!("{export} -out {name}.p12 {options}"));
        let bytes = workshop.read(&format!("{name}.p12"));
        assert!(pkcs12::detect(&bytes), "{name}");
        let entries = pkcs12::read(&bytes, Some(password)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(summary(&entries), full, "{name}");
        assert_eq!(pkcs12::read(&bytes, Some("wrong")).unwrap_err(), Error::WrongPassword, "{name}");
    }
    let bytes = workshop.read("3des.p12");
    for length in (0..bytes.len()).step_by(41) {
        let error = pkcs12::read(&bytes[..length], Some("secret")).unwrap_err();
        assert!(matches!(error, Error::Malformed(_)), "cut at {length}: {error:?}");
    }
}

/// What openssl reads and Java does not, or not so (JDK 17).
fn files_of_openssl_are_read_as_java_reads_them() {
    let workshop = Workshop::new("pkcs12-java");
    make_chain(&workshop);
    let export = "openssl pkcs12 -export -inkey leaf.key -in leaf.pem -name k";
    let read = |name: &str, options: &str, password: &str| {
        workshop.run(&format!("{export} -out {name}.p12 {options}"));
        pkcs12::read(&workshop.read(&format!("{name}.p12")), Some(password)).map(|entries| summary(&entries))
    };
    let whole = Ok(vec!["k: key, leaf.example".to_owned()]);
    assert_eq!(read("nomac", "-passout pass:secret -nomac -certpbe NONE", "secret"), whole);
    // The key stays closed, and nothing says so before it is asked for.
    assert_eq!(read("locked", "-passout pass:secret -nomac -certpbe NONE", "wrong"), Ok(vec!["k: other".to_owned()]));
    // A password that is not ASCII is another one to Java's ciphers; a key that is not shrouded is no entry.
    assert_eq!(read("umlaut", "-passout pass:größe", "größe"), Err(Error::WrongPassword));
    assert_eq!(read("plain", "-passout pass:secret -keypbe NONE -certpbe NONE", "secret"), Ok(vec![]));
}

fn keys_without_certificates_and_the_other_way_round() {
    let workshop = Workshop::new("pkcs12-parts");
    make_chain(&workshop);
    workshop.run("openssl pkcs12 -export -nocerts -inkey leaf.key -out key.p12 -passout pass:x -name k");
    let entries = pkcs12::read(&workshop.read("key.p12"), Some("x")).unwrap();
    assert_eq!(summary(&entries), ["k: key, "]);
    workshop.run("openssl pkcs12 -export -nokeys -in ca.pem -out certificate.p12 -passout pass:x");
    let entries = pkcs12::read(&workshop.read("certificate.p12"), Some("x")).unwrap();
    assert_eq!(summary(&entries), [] as [&str; 0], "Java takes a certificate for trusted only where the file says so");
    assert!(matches!(pkcs12::read(&workshop.read("ca.pem"), Some("x")), Err(Error::Malformed(_))));
}

fn costly_files_are_refused_at_once() {
    let workshop = Workshop::new("pkcs12-costly");
    make_chain(&workshop);
    workshop.run("openssl pkcs12 -export -inkey leaf.key -in leaf.pem -out a.p12 -passout pass:x -iter 6000 -nomac");
    let mut bytes = workshop.read("a.p12");
    // INTEGER 6000 → INTEGER 28,000; two more bytes would shift all lengths, so the count is raised within its size first.
    let at = bytes.windows(4).position(|window| window == [0x02, 0x02, 0x17, 0x70]).unwrap();
    bytes.splice(at..at + 4, [0x02, 0x02, 0x6D, 0x60]);
    let opened = pkcs12::read(&bytes, Some("x"));
    assert!(matches!(opened.as_deref(), Ok([Entry { content: Content::LockedKey { .. }, .. }])), "{opened:?}");
    bytes.splice(at + 1..at + 2, [0x04]);
    let opened = pkcs12::read(&bytes, Some("x")).unwrap_or_default();
    assert!(opened.iter().all(|entry| matches!(entry.content, Content::LockedKey { .. })), "{opened:?}");
}

fn stores_of_keytool_are_read() {
    let workshop = Workshop::new("pkcs12-keytool");
    make_chain(&workshop);
    for (name, java) in [("modern", ""), ("legacy", " -J-Dkeystore.pkcs12.legacy")] {
        let store = format!("-keystore {name} -storetype PKCS12 -storepass changeit{java}");
        workshop.run(&format!("keytool -genkeypair {store} -alias rsa -keyalg RSA -dname CN=rsa"));
        workshop.run(&format!("keytool -genkeypair {store} -alias ec -keyalg EC -dname CN=ec"));
        workshop.run(&format!("keytool -importcert -noprompt {store} -alias root -file root.pem"));
        workshop.run(&format!("keytool -genseckey {store} -alias aes -keyalg AES -keysize 128"));
        let mut summary = summary(&pkcs12::read(&workshop.read(name), Some("changeit")).unwrap());
        summary.sort();
        assert_eq!(summary, ["aes: other", "ec: key, ec", "root: Test root", "rsa: key, rsa"], "{name}");
    }
}

fn ber_with_indefinite_lengths_is_read() {
    let workshop = Workshop::new("pkcs12-ber");
    make_chain(&workshop);
    workshop.run("openssl pkcs12 -export -inkey leaf.key -in leaf.pem -out der.p12 -passout pass:x -name k -nomac");
    let bytes = in_ber(&workshop.read("der.p12"), 0);
    assert_ne!(bytes, workshop.read("der.p12"));
    let entries = pkcs12::read(&bytes, Some("x")).unwrap();
    assert_eq!(summary(&entries), ["k: key, leaf.example"]);
    let Content::KeyPair { key: read, chain } = &entries[0].content else { panic!("no key pair") };
    assert!(*read == key(&workshop, "leaf.key"));
    assert_eq!(chain[0], certificate(&workshop, "leaf.pem"));
}

/// The first four levels of some DER with indefinite lengths, and the octet string there, which holds the safes, as well.
fn in_ber(der: &[u8], depth: usize) -> Vec<u8> {
    let mut rest = der;
    let mut ber = Vec::new();
    while !rest.is_empty() {
        let header = if rest[1] < 0x80 { 2 } else { 2 + usize::from(rest[1] & 0x7F) };
        let length = match rest[1] {
            short @ ..0x80 => usize::from(short),
            _ => rest[2..header].iter().fold(0, |length, digit| length << 8 | usize::from(*digit)),
        };
        let (element, after) = rest.split_at(header + length);
        let content = &element[header..];
        match rest[0] {
            tag if tag & 0x20 != 0 && depth < 9 => {
                ber.extend([tag, 0x80]);
                ber.extend(in_ber(content, depth + 1));
                ber.extend([0, 0]);
            }
            0x04 if depth == 3 => {
                let inside = in_ber(content, depth + 1);
                let (first, second) = inside.split_at(inside.len() / 2);
                ber.extend([0x24, 0x80]);
                for part in [first, second] {
                    ber.extend([0x04, 0x82]);
                    ber.extend(u16::try_from(part.len()).unwrap().to_be_bytes());
                    ber.extend(part);
                }
                ber.extend([0, 0]);
            }
            0x80 => {
                ber.extend([0xA0, 0x80, 0x04]);
                ber.extend(&element[1..]);
                ber.extend([0, 0]);
            }
            _ => ber.extend(element),
        }
        rest = after;
    }
    ber
}
