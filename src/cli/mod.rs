//! The command line: one file a command.
//!
//! Every option is also an environment variable. Exit codes: 0 done, or stopped on request; 2 bad usage or a bad
//! scenario, nothing was started; 1 anything else.

mod addresses;
#[cfg(feature = "tenant")]
mod capture;
mod check;
mod client;
#[cfg(feature = "tenant")]
mod compare;
mod completions;
#[cfg(feature = "tenant")]
mod connection;
mod coverage;
mod failure;
mod fixtures;
mod health;
mod init;
mod input;
mod log;
mod log_lines;
mod logging;
mod openapi;
mod operations;
mod port_file;
#[cfg(feature = "tls")]
mod probe;
#[cfg(feature = "tenant")]
mod progress;
mod ready;
mod scenarios;
mod schema;
mod serve;
mod starting;
#[cfg(feature = "tls")]
mod tls;
#[cfg(feature = "tenant")]
mod told_to_end;
mod variables;
mod whereabouts;
mod whole_file;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use failure::Failure;
pub use variables::OTHERS as OTHER_VARIABLES;
use variables::Variables;

/// Stands in, in tests, for the certificate and keystore management APIs of SAP API Management, SAP Cloud Integration
/// and Apinizer. Without a command it serves.
#[derive(Debug, Parser)]
#[command(name = "certmimic", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(Box<serve::Serve>),
    Init(init::Init),
    Check(check::Check),
    Scenarios(scenarios::Scenarios),
    Fixtures(fixtures::Fixtures),
    /// Print the JSON Schema of scenario files, for completion in editors.
    Schema,
    Operations(operations::Operations),
    #[command(name = "openapi")]
    OpenApi(openapi::OpenApi),
    Health(health::Health),
    Log(log::Log),
    Coverage(coverage::Coverage),
    #[cfg(feature = "tenant")]
    Capture(Box<capture::Capture>),
    #[cfg(feature = "tenant")]
    Compare(Box<compare::Compare>),
    Completions(completions::Completions),
    /// Print the version.
    Version,
}

/// Runs the program with its arguments, its own name first.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let variables = Variables::of_environment();
    let matches = variables.heeded_by(command()).try_get_matches_from(with_command(arguments));
    let line = match matches.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(line) => line,
        Err(usage) => usage.exit(),
    };
    match variables.checked(&command()).and_then(|()| line.command.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The command line's definition.
pub fn command() -> clap::Command {
    CommandLine::command()
}

impl Command {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Serve(command) => command.run(),
            Self::Init(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Scenarios(command) => command.run(),
            Self::Fixtures(command) => command.run(),
            Self::Schema => schema::run(),
            Self::Operations(command) => command.run(),
            Self::OpenApi(command) => command.run(),
            Self::Health(command) => command.run(),
            Self::Log(command) => command.run(),
            Self::Coverage(command) => command.run(),
            #[cfg(feature = "tenant")]
            Self::Capture(command) => command.run(),
            #[cfg(feature = "tenant")]
            Self::Compare(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Version => print(concat!("certmimic ", env!("CARGO_PKG_VERSION"))),
        }
    }
}

/// `certmimic --listen …` means `certmimic serve --listen …`.
fn with_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    const OWN: [&str; 4] = ["-h", "--help", "-V", "--version"];
    let named = arguments.get(1).and_then(|first| first.to_str());
    if named.is_none_or(|first| first.starts_with('-') && !OWN.contains(&first)) {
        arguments.insert(arguments.len().min(1), "serve".into());
    }
    arguments
}

/// Prints a text and the end of its last line to standard output.
fn print(text: &str) -> Result<(), Failure> {
    put(&[text.as_bytes(), b"\n"].concat())
}

/// Writes to standard output. A reader that has gone away is no failure.
fn put(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::other(format!(
            "cannot write to standard output ({error}); let it lead to where there is room, or to /dev/null"
        ))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn completed(line: &str) -> String {
        let arguments = with_command(line.split(' ').map(OsString::from).collect());
        arguments.join(&OsString::from(" ")).into_string().unwrap()
    }

    #[test]
    fn serving_is_what_is_meant_when_no_command_is_named() {
        assert_eq!(completed("certmimic"), "certmimic serve");
        assert_eq!(completed("certmimic --listen x"), "certmimic serve --listen x");
        assert_eq!(completed("certmimic --help"), "certmimic --help");
        assert_eq!(completed("certmimic check x"), "certmimic check x");
        assert_eq!(completed("certmimic help serve"), "certmimic help serve");
    }

    #[test]
    fn options_do_not_contradict_each_other() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn every_option_of_every_command_is_also_a_variable() {
        for command in CommandLine::command().get_subcommands() {
            let options = command.get_arguments().filter(|option| !option.is_positional());
            let without: Vec<_> =
                options.filter(|option| option.get_env().is_none()).map(|o| o.get_id().as_str()).collect();
            assert!(without.iter().all(|id| *id == "help"), "{}: {without:?}", command.get_name());
        }
    }
}
