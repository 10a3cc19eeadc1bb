//! `certmimic health`: a health check without curl, for images that hold nothing else.

use clap::Args;

use super::client::{Answer, Client};
use super::failure::Failure;
use super::whereabouts::Whereabouts;

/// Exit with 0 if a server is ready.
#[derive(Debug, Args)]
pub struct Health {
    #[command(flatten)]
    whereabouts: Whereabouts,
}

impl Health {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let url = self.whereabouts.url()?;
        let not_ready = |why: String| Failure::other(format!("no certmimic is ready at {url}: {why}"));
        let client = Client::find(&url).map_err(not_ready)?;
        client.get("/health", "*/*", false).and_then(Answer::granted).map(drop).map_err(not_ready)
    }
}
