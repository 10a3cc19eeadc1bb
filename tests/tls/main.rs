//! TLS as other programs see it: the real server, and the clients that people have. A trial whose tools are not there is
//! reported as ignored, with what it needs as its kind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say what it skips")]

mod clients;
mod lifetime;
mod made;
#[path = "../support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;
#[path = "../support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;
mod usage;
#[path = "../tools_formats/workshop.rs"]
#[allow(dead_code, reason = "shared with the tests of the formats")]
mod workshop;

use libtest_mimic::Arguments;
use trial::trial;

fn main() {
    let trials = [clients::trials(), usage::trials(), lifetime::trials()].into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A server with and without TLS; its authority is in `ca.pem` of the workshop.
fn served(workshop: &workshop::Workshop, options: &[&str]) -> process::Served {
    let file = workshop.path("ca.pem");
    let fixed = ["--tls-listen", "127.0.0.1:0", "--tls-ca-file", file.to_str().unwrap()];
    process::Served::start(&[&fixed, options].concat())
}
