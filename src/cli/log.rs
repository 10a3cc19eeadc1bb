//! `certmimic log`: what a running server was asked, as a table.

use std::io::BufRead as _;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::client::{Answer, Client};
use super::failure::Failure;
use super::print;
use super::whereabouts::Whereabouts;

/// Print what a running server was asked, as a table; refusals with their diagnoses.
#[derive(Debug, Args)]
pub struct Log {
    #[command(flatten)]
    whereabouts: Whereabouts,
    /// Go on as long as the server runs.
    #[arg(long, short, env = "CERTMIMIC_LOG_FOLLOW", value_parser = FalseyValueParser::new())]
    follow: bool,
    /// Only what was refused.
    #[arg(long, env = "CERTMIMIC_LOG_REFUSED", value_parser = FalseyValueParser::new())]
    refused: bool,
}

impl Log {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let url = self.whereabouts.url()?;
        let failed = |why: String| Failure::other(format!("no certmimic tells its log at {url}: {why}"));
        let client = Client::find(&url).map_err(failed)?;
        let refused = if self.refused { "refused=true&" } else { "" };
        let (path, accept) =
            if self.follow { ("/requests/stream", "text/event-stream") } else { ("/requests", "text/plain") };
        let call = format!("{path}?{refused}format=text");
        if !self.follow {
            return print(client.text(&call, accept).map_err(failed)?.trim_end());
        }
        let answer = client.get(&call, accept, true).and_then(Answer::granted).map_err(failed)?;
        for line in answer.body.lines() {
            if let Some(text) = line?.strip_prefix("data: ") {
                print(text)?;
            }
        }
        Ok(())
    }
}
