//! `certmimic compare`: the documented facts, played to a tenant.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};

use super::connection::Connection;
use super::failure::Failure;
use super::told_to_end::ToldToEnd;
use super::{print, progress};
use crate::effects::wall_clock;
use crate::tenant::{self, Client, Compared, Tally, report};

/// Play the documented facts to a tenant, and say of each whether it answers the same. Nothing is written there.
#[derive(Debug, Args)]
pub struct Compare {
    #[command(flatten)]
    connection: Connection,
    /// Format.
    #[arg(long, env = "CERTMIMIC_COMPARE_FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Json,
    Junit,
}

impl Compare {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let reached = self.connection.reach()?;
        let told_to_end = ToldToEnd::watch()?;
        let watch = progress::Bar::new();
        let clients: Vec<Client<'_>> = reached.iter().map(|one| one.client(&watch)).collect();
        let compared = tenant::compare(&clients, self.connection.systems(), &|| told_to_end.is_so(), wall_clock());
        watch.end();
        let compared = compared.map_err(Failure::other)?;
        for note in &compared.notes {
            // Nobody is left to tell if even this fails; the report has the notes, too.
            let _told = writeln!(io::stderr(), "certmimic: note: {note}");
        }
        print(&self.told(&compared))?;
        outcome(&compared)
    }

    fn told(&self, compared: &Compared) -> String {
        match self.format {
            Format::Table => report::table(compared),
            Format::Json => format!("{:#}", report::json(compared)),
            Format::Junit => report::junit(compared).trim_end().to_owned(),
        }
    }
}

/// Nothing compared is a failure: it would pass for a tenant that is the same.
fn outcome(compared: &Compared) -> Result<(), Failure> {
    let tally = Tally::of(&compared.comparisons);
    match (&compared.cut_short, tally.compared(), tally.different) {
        (Some(failure), ..) => Err(Failure::other(failure)),
        (None, 0, _) => Err(Failure::other("nothing was compared; see above why nothing could be tried")),
        (None, _, 0) => Ok(()),
        (None, _, different) => Err(Failure::other(format!("{different} facts are different at the tenant"))),
    }
}
