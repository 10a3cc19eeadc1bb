//! `certmimic capture`: a tenant, read-only, as a scenario.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::FalseyValueParser;

use super::connection::Connection;
use super::failure::Failure;
use super::whole_file::{put, remedy};
use super::{print, progress};
use crate::effects::wall_clock;
use crate::tenant::{self, Client, Dates, Names, Wishes};

/// Read a tenant, and write what it holds as a scenario. Nothing but GET requests is sent, and requests for a token.
#[derive(Debug, Args)]
pub struct Capture {
    #[command(flatten)]
    connection: Connection,
    /// File for the scenario; without it, it is printed.
    #[arg(long, short, env = "CERTMIMIC_CAPTURE_OUTPUT", value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the scenario is to be called.
    #[arg(long, env = "CERTMIMIC_CAPTURE_NAME", value_name = "NAME")]
    name: Option<String>,
    /// Write dates as spans from now, and mint certificates anew, so that the scenario never rots.
    #[arg(long, env = "CERTMIMIC_CAPTURE_RELATIVE", value_parser = FalseyValueParser::new())]
    relative: bool,
    /// Write others in place of names, e-mail addresses and hosts, the same one for the same one, and mint certificates anew.
    #[arg(long, env = "CERTMIMIC_CAPTURE_MASK", value_parser = FalseyValueParser::new())]
    mask: bool,
    /// Runtime location (Edge Integration Cell) to read besides the tenant; may be given several times.
    #[arg(long, env = "CERTMIMIC_CAPTURE_RUNTIME_LOCATION", value_name = "ID", value_delimiter = ',')]
    runtime_location: Vec<String>,
}

impl Capture {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let reached = self.connection.reach()?;
        let watch = progress::Bar::new();
        let clients: Vec<Client<'_>> = reached.iter().map(|one| one.client(&watch)).collect();
        let wishes = Wishes {
            systems: self.connection.systems().to_vec(),
            locations: self.runtime_location.clone(),
            name: self.name.clone(),
            dates: if self.relative { Dates::Relative } else { Dates::Absolute },
            names: if self.mask { Names::Masked } else { Names::Plain },
        };
        let captured = tenant::capture(&clients, &wishes, wall_clock());
        watch.end();
        let captured = captured.map_err(Failure::other)?;
        for note in &captured.notes {
            // Nobody is left to tell if even this fails; the file has the notes, too.
            let _told = writeln!(io::stderr(), "certmimic: note: {note}");
        }
        match &self.output {
            None => print(captured.text.trim_end()),
            Some(file) => write(file, &captured.text),
        }
    }
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    put(file, text).map_err(|error| {
        let file = file.display();
        Failure::other(format!("cannot write the scenario to {file} ({error}); {} with --output", remedy(&error)))
    })
}
