//! The log: to standard error, as text or JSON.

use std::io::{self, IsTerminal as _};

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;

use super::failure::Failure;
use crate::server::ACCESS_LOG;

/// What is logged, and how. `RUST_LOG` goes before all.
#[derive(Debug, Args)]
pub struct Logging {
    /// Form of the log lines.
    #[arg(long, env = "CERTMIMIC_LOG_FORMAT", value_name = "FORMAT", value_enum, default_value_t)]
    log_format: Format,
    /// Log every request; without it, those that are refused.
    #[arg(long, env = "CERTMIMIC_LOG_REQUESTS", value_parser = FalseyValueParser::new())]
    log_requests: bool,
}

/// Form of the log lines.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl Logging {
    /// Starts the log, panics included.
    pub fn start(&self) -> Result<(), Failure> {
        let log = tracing_subscriber::fmt()
            .with_env_filter(self.filter()?)
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal());
        match self.log_format {
            Format::Text => log.init(),
            Format::Json => log.json().flatten_event(true).init(),
        }
        std::panic::set_hook(Box::new(|panic| tracing::error!("a defect in certmimic: {panic}")));
        Ok(())
    }

    fn filter(&self) -> Result<EnvFilter, Failure> {
        let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).try_from_env();
        let wanted = if self.log_requests { format!("info,{ACCESS_LOG}=debug") } else { "info".to_owned() };
        match filter {
            Ok(filter) => Ok(filter),
            Err(error) if is_about_value(&error) => Err(Failure::usage(format!(
                "RUST_LOG cannot be read ({error}); write it as in RUST_LOG=info,certmimic=debug"
            ))),
            Err(_) => EnvFilter::try_new(wanted).map_err(Failure::usage),
        }
    }
}

/// Whether the variable is set, but wrong.
fn is_about_value(error: &tracing_subscriber::filter::FromEnvError) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(<dyn std::error::Error>::is::<tracing_subscriber::filter::ParseError>)
}
