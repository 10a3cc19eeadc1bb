//! What a server starts from.

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// The scenarios that compose, in their order.
#[derive(Debug, Clone)]
pub struct Starting(pub Vec<String>);

/// The option that says it.
#[derive(Debug, Args)]
struct StartingOption {
    /// Scenario to start from: the name of a built-in one, or a file; given several times they compose, later wins. In the
    /// variable they are separated by commas, or stand one a line.
    #[arg(long, env = "CERTMIMIC_SCENARIO", value_name = "NAME|FILE", default_value = "quickstart")]
    scenario: Vec<String>,
}

impl Args for Starting {
    fn augment_args(command: Command) -> Command {
        StartingOption::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        StartingOption::augment_args_for_update(command)
    }
}

impl FromArgMatches for Starting {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let StartingOption { scenario } = StartingOption::from_arg_matches(matches)?;
        let from_variable = matches.value_source("scenario") == Some(ValueSource::EnvVariable);
        Ok(Self(if from_variable { scenario.iter().flat_map(|text| separated(text)).collect() } else { scenario }))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A comma may be part of a path, so a text of lines is not taken apart any further: one line with its end will do.
fn separated(text: &str) -> Vec<String> {
    let separator = if text.contains('\n') { '\n' } else { ',' };
    text.split(separator).map(str::trim).filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::separated;

    #[test]
    fn a_variable_names_several_by_commas_or_lines() {
        assert_eq!(separated("quickstart"), ["quickstart"]);
        assert_eq!(separated("quickstart, strict.yaml"), ["quickstart", "strict.yaml"]);
        assert_eq!(separated("quickstart\n  a,b.yaml\n"), ["quickstart", "a,b.yaml"]);
        assert_eq!(separated("a,b.yaml\n"), ["a,b.yaml"]);
    }
}
