//! `certmimic compare`: the documented facts, played to a tenant.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};

use super::connection::Connection;
use super::failure::Failure;
use super::told_to_end::ToldToEnd;
use super::whole_file::{put, remedy};
use super::{print, progress};
use crate::effects::wall_clock;
use crate::evidence::Date;
use crate::tenant::{self, Client, Compared, Order, Pact, Prefix, System, Tally, report};

/// Play the documented facts to a tenant, and say of each whether it answers the same. Nothing is written there without --write.
#[derive(Debug, Args)]
pub struct Compare {
    #[command(flatten)]
    connection: Connection,
    /// Play what is written for, too: in names of its own, which are deleted at the end.
    #[arg(long, env = "CERTMIMIC_COMPARE_WRITE", value_parser = FalseyValueParser::new())]
    write: bool,
    /// What those names begin with: nothing else is ever written or deleted.
    #[arg(long, env = "CERTMIMIC_COMPARE_PREFIX", value_name = "TEXT", default_value_t = Prefix::default(), value_parser = Prefix::parse)]
    prefix: Prefix,
    /// Environment of Apinizer that certificates, keys and keystores of those names may be deployed to; without it none is made.
    #[arg(long, env = "CERTMIMIC_COMPARE_ENVIRONMENT", value_name = "NAME", requires = "write")]
    environment: Option<String>,
    /// Runtime location (Edge Integration Cell) to compare besides the tenant; may be given several times.
    #[arg(
        long,
        env = "CERTMIMIC_COMPARE_RUNTIME_LOCATION",
        value_name = "ID",
        value_delimiter = ',',
        conflicts_with = "pact"
    )]
    runtime_location: Vec<String>,
    /// Pact file to replay in place of the documented facts, such as the one of a journal. What writes is replayed with --write only, if
    /// all that it names begins with the prefix.
    #[arg(long, env = "CERTMIMIC_COMPARE_PACT", value_name = "FILE", conflicts_with_all = ["environment", "evidence"])]
    pact: Option<PathBuf>,
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
        let pact = self.pact.as_deref().map(read_pact).transpose()?;
        let compared = self.compared(pact.as_ref())?;
        // The table has them.
        let notes = compared.notes.iter().filter(|_| !matches!(self.format, Format::Table));
        for note in notes {
            // Nobody is left to tell if even this fails.
            let _told = writeln!(io::stderr(), "certmimic: note: {note}");
        }
        let printed = print(&self.told(&compared));
        let kept = evidence.map_or(Ok(()), |(file, system)| self.write_evidence(&compared, file, system));
        match (printed.and(kept), outcome(&compared)) {
            (Ok(()), outcome) => outcome,
            (Err(failure), outcome) => {
                // What was left behind is to be known whatever else goes wrong.
                if let Err(outcome) = outcome {
                    let _code = outcome.report();
                }
                Err(failure)
            }
        }
    }

    fn compared(&self, pact: Option<&Pact>) -> Result<Compared, Failure> {
        let reached = self.connection.reach()?;
        // Who only reads has nothing to take back.
        let told_to_end = if self.write { Some(ToldToEnd::watch()?) } else { None };
        let ended = || told_to_end.as_ref().is_some_and(ToldToEnd::is_so);
        let watch = progress::Bar::new();
        let clients: Vec<Client<'_>> = reached.iter().map(|one| one.client(&watch)).collect();
        let writes = self.write.then_some(&self.prefix);
        let documented = || {
            let order = Order {
                systems: self.connection.systems(),
                locations: &self.runtime_location,
                writes,
                environment: self.environment.as_deref(),
                ended: &ended,
                now: wall_clock(),
            };
            tenant::compare(&clients, &order)
        };
        let systems = self.connection.systems();
        let replayed = |pact| tenant::replay(&clients, pact, systems, writes, &ended);
        let compared = pact.map_or_else(documented, replayed);
        watch.end();
        compared.map_err(Failure::other)
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

/// What was left behind, and nothing compared, are failures, too: the one is somebody's work, the other would pass for a tenant
/// that is the same.
fn outcome(compared: &Compared) -> Result<(), Failure> {
    let tally = Tally::of(&compared.comparisons);
    let ended = compared.cut_short.iter().map(ToString::to_string);
    let mut told: Vec<String> = ended.chain(compared.left.iter().cloned()).collect();
    if told.is_empty() && tally.compared() == 0 {
        told.push("nothing was compared; the report says why nothing could be tried".to_owned());
    } else if told.is_empty() {
        let of = |system: &System| {
            format!("nothing was compared of {system} that takes a token; the report says why nothing could be tried")
        };
        told.extend(compared.uncompared.iter().map(of));
    }
    if tally.different > 0 {
        told.push(format!("of {} facts that were compared, {} are different", tally.compared(), tally.different));
    }
    if told.is_empty() { Ok(()) } else { Err(Failure::other(told.join("\ncertmimic: "))) }
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the files that it is told to")]
fn read_pact(file: &Path) -> Result<Pact, Failure> {
    let named = file.display();
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("--pact: {named} cannot be read ({error})")))?;
    Pact::parse(&text).map_err(|wrong| Failure::usage(format!("--pact: {named}: {wrong}")))
}
