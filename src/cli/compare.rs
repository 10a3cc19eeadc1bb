//! `certmimic compare`: the documented facts, played to a tenant.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::connection::Connection;
use super::failure::Failure;
use super::told_to_end::ToldToEnd;
use super::whole_file::{put, remedy};
use super::{print, progress};
use crate::effects::wall_clock;
use crate::evidence::Date;
use crate::tenant::{self, Client, Compared, System, Tally, report};

/// Play the documented facts to a tenant, and say of each whether it answers the same. Nothing is written there.
#[derive(Debug, Args)]
pub struct Compare {
    #[command(flatten)]
    connection: Connection,
    /// Format.
    #[arg(long, env = "CERTMIMIC_COMPARE_FORMAT", value_enum, default_value_t = Format::Table)]
    format: Format,
    /// File for what was seen of refusals, with nothing of the tenant in it, to be sent to the project. Of one system.
    #[arg(long, env = "CERTMIMIC_COMPARE_EVIDENCE", value_name = "FILE", requires = "system")]
    evidence: Option<PathBuf>,
    /// How that file calls where the tenant is, such as cf-eu10.
    #[arg(long, env = "CERTMIMIC_COMPARE_LANDSCAPE", value_name = "NAME", default_value = "unknown")]
    landscape: String,
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
        let evidence = match &self.evidence {
            Some(file) => Some((file, self.observed()?)),
            None => None,
        };
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
        if let Some((file, system)) = evidence {
            self.write_evidence(&compared, file, system)?;
        }
        outcome(&compared)
    }

    /// The one system that observations are of.
    fn observed(&self) -> Result<System, Failure> {
        match self.connection.systems() {
            [system] => Ok(*system),
            _ => Err(Failure::usage("--evidence is a file of one system; name that one with --system")),
        }
    }

    fn write_evidence(&self, compared: &Compared, file: &Path, system: System) -> Result<(), Failure> {
        let observations = report::evidence(compared, system, &self.landscape, Date::of(wall_clock()));
        let text = observations.write().map_err(Failure::other)?;
        put(file, &text).map_err(|error| {
            let file = file.display();
            Failure::other(format!(
                "cannot write what was seen to {file} ({error}); {} with --evidence",
                remedy(&error)
            ))
        })
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
