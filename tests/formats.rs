//! Real files of every format are read; and no damage to them makes a reader panic or keeps it busy.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::disallowed_methods, missing_docs, reason = "the fixtures are files")]

use certmimic::pki::{Content, Entry, Error, PrivateKey, bundle, certificate_file, jks, pkcs12, ssh};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};

const PASSWORD: Option<&str> = Some("changeit");

type Reader = fn(&[u8]) -> Result<usize, Error>;

/// Files below `fixtures/`, how each is read, and how many things are in it.
const FILES: &[(&str, Reader, usize)] = &[
    ("stores/keystore.jks", store, 1),
    ("stores/keystore.jceks", store, 1),
    ("stores/truststore.jks", store, 1),
    ("stores/keystore.p12", archive, 1),
    ("keys/mykeypair.p12", archive, 1),
    ("keys/legacy.p12", archive, 1),
    ("keys/chain.p12", archive, 1),
    ("chain/chain.p7b", bundle, 3),
    ("chain/chain-pem.p7b", bundle, 3),
    ("chain/chain.pkipath", bundle, 3),
    ("server/chain.pem", bundle, 3),
    ("server/smtp.der", bundle, 1),
    ("keys/id_rsa", ssh_key, 1),
    ("keys/id_ecdsa", ssh_key, 1),
    ("keys/id_ed25519", ssh_key, 1),
    ("keys/id_dsa", ssh_key, 1),
    ("keys/id_rsa.ppk", ssh_key, 1),
    ("keys/id_rsa-v2.ppk", ssh_key, 1),
    ("keys/rsa-pkcs1.pem", pem_key, 1),
    ("keys/ec-sec1.pem", pem_key, 1),
    ("keys/dsa.pem", pem_key, 1),
];

fn store(bytes: &[u8]) -> Result<usize, Error> {
    jks::read(bytes, None).map(|entries| entries.len())
}

fn archive(bytes: &[u8]) -> Result<usize, Error> {
    pkcs12::read(bytes, Some("changeit")).map(|entries| entries.len())
}

fn bundle(bytes: &[u8]) -> Result<usize, Error> {
    bundle::certificates(bytes).map(|certificates| certificates.len())
}

fn ssh_key(bytes: &[u8]) -> Result<usize, Error> {
    ssh::private_key(bytes, PASSWORD).map(|_| 1)
}

fn pem_key(bytes: &[u8]) -> Result<usize, Error> {
    PrivateKey::from_pem(&String::from_utf8_lossy(bytes), PASSWORD).map(|_| 1)
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_file_is_read() {
    for (name, reader, count) in FILES {
        let found = reader(&fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found >= *count, "{name}: {found}");
    }
}

#[test]
fn public_lines_are_those_of_ssh_keygen() {
    for name in ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"] {
        let key = ssh::private_key(&fixture(&format!("keys/{name}")), None).unwrap();
        let line = String::from_utf8(fixture(&format!("keys/{name}.pub"))).unwrap();
        assert_eq!(ssh::public_line(key.public_key(), "certmimic").unwrap(), line.trim_end());
    }
}

#[test]
fn damage_is_an_error_or_goes_unnoticed_but_never_a_panic() {
    for (name, reader, _) in FILES {
        let whole = fixture(name);
        let damage = prop::collection::vec((any::<Index>(), any::<u8>()), 1..4);
        let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&(damage, any::<Index>(), any::<bool>()), |(damage, length, cut)| {
            let mut bytes = whole.clone();
            for (at, byte) in damage {
                bytes[at.index(whole.len())] = byte;
            }
            if cut {
                bytes.truncate(length.index(whole.len()));
            }
            let _ = reader(&bytes);
            Ok(())
        });
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
    }
}

#[test]
fn a_store_survives_writing_in_either_format() {
    let key = PrivateKey::from_pem(&String::from_utf8(fixture("keys/rsa.pem")).unwrap(), None).unwrap();
    let chain = certificate_file::certificates(&fixture("keys/mykeypair.pem")).unwrap();
    let root = certificate_file::certificate(&fixture("ca/root-ca.pem")).unwrap();
    let entry = |alias: &str, content| Entry { alias: alias.to_owned(), created: Some(-1), content };
    let entries = [
        entry("Root", Content::Certificate(root)),
        entry("key \u{0} 😀", Content::KeyPair { key: key.clone(), chain: chain.clone() }),
        entry("secret", Content::Other),
    ];
    for format in [jks::Format::Jks, jks::Format::Jceks] {
        let bytes = jks::write(format, &entries, PASSWORD).unwrap();
        assert_eq!(jks::detect(&bytes), Some(format));
        let read = jks::read(&bytes, PASSWORD).unwrap();
        let aliases: Vec<_> = read.iter().map(|entry| (entry.alias.as_str(), entry.created)).collect();
        assert_eq!(aliases, [("key \u{0} 😀", Some(-1)), ("root", Some(-1))]);
        let Content::KeyPair { key: read_key, chain: read_chain } = &read[0].content else { panic!("no key pair") };
        assert!(*read_key == key && *read_chain == chain);
        assert_eq!(jks::read(&bytes, Some("Changeit")).unwrap_err(), Error::WrongPassword);
        assert_eq!(jks::write(format, &entries, None).unwrap_err(), Error::PasswordRequired);
        assert_eq!(jks::read(&bytes[..bytes.len() - 1], PASSWORD).unwrap_err(), jks_cut());
    }
}

fn jks_cut() -> Error {
    Error::Malformed("truncated keystore".into())
}

#[test]
fn a_hostile_iteration_count_is_refused_and_not_computed() {
    let key = PrivateKey::from_pem(&String::from_utf8(fixture("keys/ec.pem")).unwrap(), None).unwrap();
    let entry = Entry { alias: "k".to_owned(), created: None, content: Content::KeyPair { key, chain: Vec::new() } };
    let bytes = jks::write(jks::Format::Jceks, &[entry], PASSWORD).unwrap();
    // The 10,000 that is written, and as many bytes at most.
    let at = bytes.windows(4).position(|window| window == [0x02, 0x02, 0x27, 0x10]).unwrap();
    let mut costly = bytes[..bytes.len() - 20].to_vec();
    // Salt and count become a shorter salt and a count of four bytes.
    let salt = at - 8;
    costly.splice(salt - 1..at + 4, [6, 1, 2, 3, 4, 5, 6, 0x02, 0x04, 0x7F, 0xFF, 0xFF, 0xFF]);
    costly.extend(trailer(&costly));
    let [Entry { content: Content::LockedKey { reason, .. }, .. }] = &jks::read(&costly, PASSWORD).unwrap()[..] else {
        panic!("a key that is locked was expected");
    };
    assert_eq!(*reason, Error::Unsupported("an iteration count of 2147483647".into()));
}

fn trailer(body: &[u8]) -> [u8; 20] {
    use sha1::Digest;
    let password: Vec<u8> = "changeit".encode_utf16().flat_map(u16::to_be_bytes).collect();
    sha1::Sha1::new().chain_update(password).chain_update(b"Mighty Aphrodite").chain_update(body).finalize().into()
}
