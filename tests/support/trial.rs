//! Trials with other programs. What is not installed, and cannot be, makes a trial ignored: it has not passed.

use std::process::{Command, Stdio};

use libtest_mimic::{Completion, Trial};

/// A trial that some tools are needed for; they are its kind.
pub fn trial(name: &str, tools: &[&str], test: fn()) -> Trial {
    attempt(name, tools, move || {
        test();
        Ok(())
    })
}

/// A trial that may find out only as it goes that something is missing, and says what.
pub fn attempt(name: &str, tools: &[&str], test: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    let run = || Ok(test().map_or_else(Completion::ignored_with, |()| Completion::Completed));
    Trial::ignorable_test(name, run).with_kind(tools.join(" ")).with_ignored_flag(tools.iter().any(|tool| lacks(tool)))
}

/// True if a tool is not installed.
fn lacks(tool: &str) -> bool {
    let mut probe = Command::new(tool);
    probe.arg("-V").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_err()
}
