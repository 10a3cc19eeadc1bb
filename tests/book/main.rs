//! What the README and the pages of the book show is run, page by page and from top to bottom, in a folder where nothing else is:
//! files are written, servers started, lines of the shell and tests in other languages run, answers compared; then the commands that
//! stand in its sentences and tables. The drills in `examples/` are run, too.
//!
//! A block whose first line is a comment with a file's name is that file. What stands before a block in a comment says more:
//! `serves`: a server that the page goes on with; `answers`: what the block before prints, `…` for whatever there is no need to
//! know; `not run: REASON`. `CERTMIMIC_BINARY` names another program than that of this build.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files and its environment")]

mod drills;
#[path = "../support/junit.rs"]
mod junit;
mod languages;
#[path = "../support/page.rs"]
#[allow(dead_code, reason = "shared with the test of the pages")]
mod page;
#[path = "../support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;
mod shell;
#[path = "../support/trial.rs"]
#[allow(dead_code, reason = "shared with the tests of other programs")]
mod trial;
mod walk;
#[path = "../support/workshop.rs"]
#[allow(dead_code, reason = "shared with the tests of the packages")]
mod workshop;

use libtest_mimic::Arguments;
use page::Page;
use trial::attempt;

fn main() {
    let names = std::iter::once("README.md".to_owned()).chain(page::book());
    let pages = names.map(|name| Page::read(&name)).filter(walk::has_something_to_run);
    let mut trials: Vec<_> = pages
        .map(|page| {
            let (name, tools) = (page.name.clone(), languages::tools(&page));
            attempt(&name, &tools, move || walk::walk(&page))
        })
        .collect();
    trials.extend(drills::all().into_iter().map(|drill| {
        let name = drill.clone();
        attempt(&name, &["sh", "curl"], move || {
            drills::run(&drill);
            Ok(())
        })
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
