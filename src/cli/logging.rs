//! The log: to standard error, as text or JSON.

use std::io::{self, IsTerminal as _};

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{ParseError, Targets};
use tracing_subscriber::prelude::*;

use super::failure::Failure;
use super::log_lines::Lines;
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
        let terminal = io::stderr().is_terminal();
        let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false);
        let lines = match self.log_format {
            Format::Text => lines.event_format(Lines { terminal, colours: terminal && !without_colours() }).boxed(),
            Format::Json => lines.json().flatten_event(true).boxed(),
        };
        tracing_subscriber::registry().with(lines).with(self.filter()?).init();
        std::panic::set_hook(Box::new(|panic| tracing::error!("a defect in certmimic: {panic}")));
        Ok(())
    }

    fn filter(&self) -> Result<Targets, Failure> {
        #[expect(clippy::disallowed_methods, reason = "a convention of Rust programs, not an option of this one")]
        let wanted = std::env::var("RUST_LOG").ok().filter(|wanted| !wanted.is_empty());
        let usual = Targets::new().with_default(LevelFilter::INFO);
        match wanted {
            Some(wanted) => wanted.parse().map_err(|error: ParseError| {
                Failure::usage(format!(
                    "RUST_LOG cannot be read ({error}); write it as in RUST_LOG=info,certmimic=debug"
                ))
            }),
            None if self.log_requests => Ok(usual.with_target(ACCESS_LOG, LevelFilter::DEBUG)),
            None => Ok(usual),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a convention of programs, not an option of this one")]
fn without_colours() -> bool {
    std::env::var("NO_COLOR").is_ok_and(|said| !said.is_empty())
}
