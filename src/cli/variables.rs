//! The environment: which of its variables speak to this program, and which of them say nothing.

use std::env;
use std::ffi::OsStr;

use clap::Command;
use clap::builder::Resettable;

use super::failure::Failure;
use crate::contract::nearest_word;

/// What the names of this program's variables begin with.
const PREFIX: &str = "CERTMIMIC_";

/// Variables that are no options, and what each does.
pub const OTHERS: &[(&str, &str)] = &[
    ("CERTMIMIC_BINARY", "For the packages: the program to start; without it the package's own, or the one on `PATH`."),
    ("CERTMIMIC_IMAGE", "For the compose file that `certmimic init` writes: the image."),
    ("CERTMIMIC_URL", "For the packages, too: a server that runs, to be joined in place of starting one."),
    ("NO_COLOR", "Not empty: no colours in the log, on a terminal either."),
    ("PORT", "The port, where no option says one."),
    ("RUST_LOG", "What is logged; goes before the options."),
];

/// The variables that there are for this program.
#[derive(Debug)]
pub struct Variables(Vec<Variable>);

#[derive(Debug)]
struct Variable {
    name: String,
    value: String,
}

impl Variables {
    /// Those of the environment.
    pub fn of_environment() -> Self {
        let text = |text: &OsStr| text.to_string_lossy().into_owned();
        let all = env::vars_os().map(|(name, value)| Variable { name: text(&name), value: text(&value) });
        Self(all.filter(|variable| variable.name.starts_with(PREFIX)).collect())
    }

    /// The command line, deaf to variables that say nothing.
    pub fn heeded_by(&self, command: Command) -> Command {
        let says_nothing =
            |name: &OsStr| self.0.iter().any(|variable| *variable.name == *name && variable.says_nothing());
        command.mut_subcommands(|command| {
            command.mut_args(|option| {
                if option.get_env().is_some_and(says_nothing) { option.env(Resettable::Reset) } else { option }
            })
        })
    }

    /// A setting that nothing heeds is not on, however much somebody believes in it.
    ///
    /// # Errors
    /// A variable that is known neither to this program nor to its packages.
    pub fn checked(&self, command: &Command) -> Result<(), Failure> {
        let of_options = command.get_subcommands().flat_map(Command::get_arguments);
        let names = of_options.filter_map(|option| option.get_env()?.to_str());
        let known: Vec<&str> = names.chain(OTHERS.iter().map(|(name, _)| *name)).collect();
        let is_unknown = |variable: &&Variable| !variable.says_nothing() && !known.contains(&variable.name.as_str());
        let Some(Variable { name, .. }) = self.0.iter().find(is_unknown) else { return Ok(()) };
        let nearest = nearest_word(name, known.iter().copied()).unwrap_or_default();
        Err(Failure::usage(format!(
            "there is no variable {name}; did you mean {nearest}? Unset it, or correct its name: certmimic COMMAND --help lists them"
        )))
    }
}

impl Variable {
    /// Empty ones are what compose files make of variables that are not set. Links are put there by container engines.
    fn says_nothing(&self) -> bool {
        self.value.is_empty() || self.is_link()
    }

    /// True for what Kubernetes tells every container of a service whose name begins with `certmimic`: `CERTMIMIC_PORT` is
    /// one of these, too, as `tcp://10.0.0.1:8080`.
    fn is_link(&self) -> bool {
        let name = self.name.as_str();
        let is_protocol = |word: &str| ["tcp", "udp", "sctp"].iter().any(|known| word.eq_ignore_ascii_case(known));
        let is_address = self.value.split_once("://").is_some_and(|(scheme, _)| is_protocol(scheme));
        name.ends_with("_SERVICE_HOST")
            || name.ends_with("_SERVICE_PORT")
            || name.contains("_SERVICE_PORT_")
            || (name.ends_with("_PORT") && is_address)
            || name.split("_PORT_").skip(1).any(|rest| rest.split('_').nth(1).is_some_and(is_protocol))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says_nothing(name: &str, value: &str) -> bool {
        Variable { name: name.to_owned(), value: value.to_owned() }.says_nothing()
    }

    #[test]
    fn what_kubernetes_tells_of_a_service_is_no_setting() {
        for (name, value) in [
            ("CERTMIMIC_PORT", "tcp://10.0.0.1:8080"),
            ("CERTMIMIC_SERVICE_HOST", "10.0.0.1"),
            ("CERTMIMIC_SERVICE_PORT", "8080"),
            ("CERTMIMIC_SERVICE_PORT_HTTP", "8080"),
            ("CERTMIMIC_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
            ("CERTMIMIC_PORT_8080_TCP_PROTO", "tcp"),
            ("CERTMIMIC_PORT_8080_TCP_PORT", "8080"),
            ("CERTMIMIC_PORT_8080_TCP_ADDR", "10.0.0.1"),
            ("CERTMIMIC_TLS_PORT_8443_TCP", "tcp://10.0.0.1:8443"),
        ] {
            assert!(says_nothing(name, value), "{name}");
        }
    }

    #[test]
    fn what_somebody_set_is_one() {
        for (name, value) in [
            ("CERTMIMIC_PORT", "8081"),
            ("CERTMIMIC_PORT_FILE", "/tmp/port"),
            ("CERTMIMIC_PUBLIC_URL", "https://tenant.example"),
            ("CERTMIMIC_URL", "http://certmimic:8080"),
            ("CERTMIMIC_PORTS", "8080"),
        ] {
            assert!(!says_nothing(name, value), "{name}");
        }
        assert!(says_nothing("CERTMIMIC_LINT", ""));
    }
}
