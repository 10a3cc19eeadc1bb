//! The page, in a real browser: Chromium, driven by Playwright, judged by axe. Each trial is a scene of `scenes.mjs`, played
//! against a server of its own. Where the browser or the packages cannot be had, the trials are reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test may read files and its environment, and say what it skips"
)]

#[path = "../support/process.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod process;
mod world;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Arguments, Failed, Trial};
use process::Served;

/// A scenario, written.
type World = fn() -> String;

/// The scenes, each with the world that it is played in.
const SCENES: &[(&str, World)] = &[
    ("opens", world::tenant),
    ("lists_certificates_by_what_ends_first", world::tenant),
    ("moves_the_clock", world::tenant),
    ("shows_what_was_refused_and_why", world::tenant),
    ("arms_and_disarms_faults", world::tenant),
    ("takes_coverage_in_as_it_happens", world::tenant),
    ("forks_keeps_resets_and_drops_worlds", world::tenant),
    ("loads_and_saves_the_state", world::tenant),
    ("follows_what_others_do", world::tenant),
    ("runs_nothing_that_a_name_says", world::hostile),
    ("passes_axe", world::tenant),
    ("is_used_by_keyboard_alone", world::tenant),
    ("fits_narrow_and_wide_windows", world::tenant),
    ("bears_thousands_of_rows", world::crowded),
    ("has_curl_lines_that_work", world::tenant),
];

fn main() {
    let arguments = Arguments::from_args();
    let workshop = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    // To list trials, nothing has to be installed.
    let ready = arguments.list || is_ready(&workshop);
    let mut trials: Vec<Trial> = SCENES.iter().map(|(name, world)| trial(name, *world, &workshop, ready)).collect();
    if std::env::var_os("UPDATE_IMAGES").is_some() {
        trials.push(trial("pictures", world::tenant, &workshop, ready));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(name: &'static str, world: World, workshop: &Path, ready: bool) -> Trial {
    let workshop = workshop.to_owned();
    let test = move || play(name, &world(), &workshop);
    Trial::test(name, test).with_kind("chromium npm").with_ignored_flag(!ready)
}

fn play(name: &str, world: &str, workshop: &Path) -> Result<(), Failed> {
    let scenario = workshop.join(format!("{name}.yaml"));
    std::fs::write(&scenario, world).unwrap();
    let served = Served::start(&["--scenario", scenario.to_str().unwrap()]);
    let base = format!("http://{}", served.address);
    let images = project().join("docs/images");
    let mut node = Command::new("node");
    node.arg("play.mjs").args([name, &base]).arg(browser().unwrap()).arg(images).current_dir(workshop);
    let Output { status, stdout, stderr } = node.output().unwrap();
    let said = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if status.success() { Ok(()) } else { Err(said.into()) }
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The browser, if there is one.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

/// Copies the scenes to where their packages are, which are installed if they are not there yet.
fn is_ready(workshop: &Path) -> bool {
    if browser().is_none() {
        eprintln!("ignored: no chromium; the page is not tested (apt-get install chromium)");
        return false;
    }
    std::fs::create_dir_all(workshop).unwrap();
    for file in ["package.json", "play.mjs", "scenes.mjs"] {
        std::fs::copy(project().join("tests/page").join(file), workshop.join(file)).unwrap();
    }
    let installed = ["playwright-core", "axe-core"];
    if installed.iter().all(|package| workshop.join("node_modules").join(package).exists()) {
        return true;
    }
    let install = ["install", "--no-audit", "--no-fund", "--loglevel=error"];
    let done = Command::new("npm").args(install).current_dir(workshop).output();
    let done = done.is_ok_and(|output| output.status.success());
    if !done {
        eprintln!("ignored: npm cannot install playwright-core and axe-core; the page is not tested");
    }
    done
}
