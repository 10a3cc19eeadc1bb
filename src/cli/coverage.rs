//! `certmimic coverage`: the documented answers that clients of a running server have met, with an exit code for CI.

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::client::Client;
use super::failure::Failure;
use super::print;
use super::whereabouts::Whereabouts;

/// Print which documented answers the clients of a running server have met, in all its worlds.
#[derive(Debug, Args)]
pub struct Coverage {
    #[command(flatten)]
    whereabouts: Whereabouts,
    /// Only those of one system: its name or short name.
    #[arg(long, env = "CERTMIMIC_COVERAGE_SYSTEM", value_name = "SYSTEM")]
    system: Option<String>,
    /// Exit with 1 if a smaller share was met.
    #[arg(long, env = "CERTMIMIC_COVERAGE_MIN", value_name = "PERCENT", value_parser = percent)]
    min: Option<f64>,
    /// Format.
    #[arg(long, env = "CERTMIMIC_COVERAGE_FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
    Junit,
    Html,
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Junit => "junit",
            Self::Html => "html",
        }
    }
}

impl Coverage {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        print(self.ask(self.format.name())?.trim_end())?;
        let Some(min) = self.min else { return Ok(()) };
        let whole: Value = serde_json::from_str(&self.ask("json")?).map_err(Failure::other)?;
        let met = whole.get("percent").and_then(Value::as_f64).unwrap_or_default();
        if met < min {
            return Err(Failure::other(format!("{met} % of the documented answers were met, less than {min} %")));
        }
        Ok(())
    }

    fn ask(&self, format: &str) -> Result<String, Failure> {
        let url = self.whereabouts.url()?;
        let failed = |why: String| Failure::other(format!("no certmimic tells its coverage at {url}: {why}"));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("worlds", "all").append_pair("format", format);
        query.extend_pairs(self.system.iter().map(|system| ("system", system)));
        let client = Client::find(&url).map_err(failed)?;
        client.text(&format!("/coverage?{}", query.finish()), "*/*").map_err(failed)
    }
}

/// `60`, `60%`.
fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').trim().parse().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "expected a number from 0 to 100, such as 60%".to_owned())
}
