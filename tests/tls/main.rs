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
mod usage;
#[path = "../tools_formats/workshop.rs"]
#[allow(dead_code, reason = "shared with the tests of the formats")]
mod workshop;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let trials = [clients::trials(), usage::trials(), lifetime::trials()].into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A trial that some tools are needed for.
fn trial(name: &str, tools: &[&str], test: fn()) -> Trial {
    let test = move || {
        test();
        Ok::<(), Failed>(())
    };
    Trial::test(name, test).with_kind(tools.join(" ")).with_ignored_flag(workshop::lacks(tools))
}

/// A server with and without TLS; its authority is in `ca.pem` of the workshop.
fn served(workshop: &workshop::Workshop, options: &[&str]) -> process::Served {
    let file = workshop.path("ca.pem");
    let fixed = ["--tls-listen", "127.0.0.1:0", "--tls-ca-file", file.to_str().unwrap()];
    process::Served::start(&[&fixed, options].concat())
}
