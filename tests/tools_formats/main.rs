//! Files of `certmimic::pki` as other programs see them, and theirs as it sees them: keytool, OpenSSL, ssh-keygen, puttygen.
//! A trial whose tool is missing is reported as ignored.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::disallowed_methods, missing_docs, reason = "other programs work with files")]

mod bundles;
mod java;
mod pkcs12;
mod ssh;
mod tokens;
#[path = "../support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;
mod workshop;

use std::sync::Arc;

use certmimic::pki::{Certificate, PrivateKey, certificate_file};
use libtest_mimic::Arguments;
use workshop::Workshop;

fn main() {
    let trials = [bundles::trials(), java::trials(), pkcs12::trials(), ssh::trials(), tokens::trials()];
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().flatten().collect()).exit();
}

/// Has OpenSSL make a root, an intermediate and a leaf with its key (`root.pem`, `ca.pem`, `leaf.pem`, `leaf.key`).
fn make_chain(workshop: &Workshop) {
    let ca = "-addext basicConstraints=critical,CA:TRUE -days 3650";
    workshop.run(&format!(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=Test␣root {ca}"
    ));
    workshop.run(&format!(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem \
         -subj /CN=Test␣CA {ca} -CA root.pem -CAkey root.key"
    ));
    workshop.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -keyout leaf.key -out leaf.pem -subj /C=DE/O=Acme,␣Inc/CN=leaf.example \
         -days 365 -CA ca.pem -CAkey ca.key",
    );
}

fn certificate(workshop: &Workshop, name: &str) -> Arc<Certificate> {
    certificate_file::certificate(&workshop.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn key(workshop: &Workshop, name: &str) -> PrivateKey {
    PrivateKey::from_pem(&workshop.text(name), None).unwrap_or_else(|error| panic!("{name}: {error}"))
}
