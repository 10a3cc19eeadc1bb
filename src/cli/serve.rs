//! `certmimic serve`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};

use super::addresses::Addresses;
use super::failure::Failure;
use super::starting::Starting;
use super::{input, logging, port_file, print, ready};
use crate::contract::LintMode;
use crate::seed::span;
use crate::server::{Builder, Server, Timeouts};
use crate::worlds::{Bounds, Limits};

/// Serve scenarios over HTTP until told to end (SIGTERM, SIGINT). This is the default command.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    starting: Starting,
    /// File that keeps the default world beyond the end of the server: read at the start if it is there, written after changes.
    #[arg(long, env = "CERTMIMIC_STATE", value_name = "FILE")]
    state: Option<PathBuf>,
    #[command(flatten)]
    addresses: Addresses,
    #[cfg(feature = "tls")]
    #[command(flatten)]
    tls: super::tls::Tls,
    /// What URIs in answers start with, in place of http:// and the request's host.
    #[arg(long, env = "CERTMIMIC_PUBLIC_URL", value_name = "URL", value_parser = base_url)]
    public_url: Option<String>,
    /// Let X-Forwarded-Proto and X-Forwarded-Host count in URIs in answers.
    #[arg(long, env = "CERTMIMIC_TRUST_FORWARDED", value_parser = FalseyValueParser::new())]
    trust_forwarded: bool,
    #[command(flatten)]
    left_out: LeftOut,
    /// End when standard input does, too: for programs that start a server, which then does not outlive them.
    #[arg(long, env = "CERTMIMIC_END_WITH_INPUT", value_parser = FalseyValueParser::new())]
    end_with_input: bool,
    /// What becomes of requests that pass here and that a real tenant refuses or misreads; without it, as the scenario says.
    #[arg(long, env = "CERTMIMIC_LINT", value_name = "MODE", value_enum)]
    lint: Option<Lint>,
    /// Most worlds beside the default one.
    #[arg(long, env = "CERTMIMIC_WORLDS", value_name = "COUNT", default_value_t = Limits::default().worlds)]
    worlds: usize,
    /// How long a world other than the default one lives that nobody asks anything, such as 10m; without it, to the end.
    #[arg(long, env = "CERTMIMIC_WORLD_TTL", value_name = "SPAN", value_parser = lifetime)]
    world_ttl: Option<Duration>,
    /// Most requests that a world remembers; 0 turns the journal off.
    #[arg(long, env = "CERTMIMIC_JOURNAL", value_name = "COUNT", default_value_t = Limits::default().journal.records)]
    journal: usize,
    /// Most mebibytes of requests and answers that all worlds remember together.
    #[arg(long, env = "CERTMIMIC_JOURNAL_MEMORY", value_name = "MIB", default_value_t = Limits::default().journal.of_all / MIB)]
    journal_memory: usize,
    /// Host whose pages may call the control API from a browser, and under whose name it may be reached there; * for all.
    #[arg(long, env = "CERTMIMIC_ALLOW_HOST", value_name = "NAME", value_delimiter = ',')]
    allow_host: Vec<String>,
    #[command(flatten)]
    logging: logging::Logging,
    #[command(flatten)]
    patience: Patience,
}

/// What certmimic adds to the systems, and need not.
#[derive(Debug, Args)]
struct LeftOut {
    /// Leave the Certmimic-Diagnosis header out of refusals.
    #[arg(long, env = "CERTMIMIC_NO_DIAGNOSIS", value_parser = FalseyValueParser::new())]
    no_diagnosis: bool,
    /// Serve no page for browsers at /.
    #[arg(long, env = "CERTMIMIC_NO_PAGE", value_parser = FalseyValueParser::new())]
    no_page: bool,
}

/// How long to wait for slow clients. For tests of certmimic itself, hence hidden.
#[derive(Debug, Args)]
struct Patience {
    /// For a request's head, and between requests.
    #[arg(long, env = "CERTMIMIC_HEAD_TIMEOUT", value_name = "MILLISECONDS", hide = true)]
    head_timeout: Option<u64>,
    /// For a request's body.
    #[arg(long, env = "CERTMIMIC_BODY_TIMEOUT", value_name = "MILLISECONDS", hide = true)]
    body_timeout: Option<u64>,
    /// For a client to take some more of its answer.
    #[arg(long, env = "CERTMIMIC_WRITE_TIMEOUT", value_name = "MILLISECONDS", hide = true)]
    write_timeout: Option<u64>,
    /// For requests under way when told to end.
    #[arg(long, env = "CERTMIMIC_GRACE", value_name = "MILLISECONDS", hide = true)]
    grace: Option<u64>,
}

const MIB: usize = 1024 * 1024;

impl Serve {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        self.logging.start()?;
        let server = self.builder()?.start_blocking()?;
        server.run_until(input::end(self.end_with_input), |server| {
            #[cfg(feature = "tls")]
            self.tls.write_authority(server)?;
            if let Some(file) = &self.addresses.port_file {
                port_file::write(file, server)?;
            }
            print(&ready::line(server))
        })
    }

    fn limits(&self) -> Limits {
        let journal =
            Bounds { records: self.journal, of_all: self.journal_memory.saturating_mul(MIB), ..Bounds::default() };
        Limits { worlds: self.worlds, idle: self.world_ttl, journal }
    }

    fn builder(&self) -> Result<Builder, Failure> {
        let mut builder = Server::builder()
            .trust_forwarded(self.trust_forwarded)
            .diagnosis(!self.left_out.no_diagnosis)
            .page(!self.left_out.no_page)
            .limits(self.limits())
            .timeouts(self.patience.timeouts());
        if let Some(url) = &self.public_url {
            builder = builder.public_url(url);
        }
        builder = self.starting.0.iter().fold(builder, |builder, scenario| builder.scenario(scenario));
        builder = self.state.iter().fold(builder, Builder::state_file);
        builder = self.addresses.plain.iter().copied().fold(builder, Builder::listen);
        builder = self.addresses.control.iter().copied().fold(builder, Builder::control_listen);
        builder = self.lint.into_iter().fold(builder, |builder, lint| builder.lint(lint.into()));
        builder = self.allow_host.iter().fold(builder, Builder::allow_host);
        #[cfg(feature = "tls")]
        if !self.addresses.tls.is_empty() {
            builder = builder.tls_identity(self.tls.identity()?);
            builder = self.addresses.tls.iter().copied().fold(builder, Builder::tls_listen);
        }
        Ok(builder)
    }
}

/// The modes of lint.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lint {
    Off,
    Warn,
    Error,
}

impl From<Lint> for LintMode {
    fn from(lint: Lint) -> Self {
        match lint {
            Lint::Off => Self::Off,
            Lint::Warn => Self::Warn,
            Lint::Error => Self::Error,
        }
    }
}

fn lifetime(text: &str) -> Result<Duration, String> {
    let millis = span(text)?;
    u64::try_from(millis)
        .map(Duration::from_millis)
        .map_err(|_| "expected a span such as 10m, not a negative one".to_owned())
}

impl Patience {
    fn timeouts(&self) -> Timeouts {
        let or = |given: Option<u64>, default| given.map_or(default, Duration::from_millis);
        let default = Timeouts::default();
        Timeouts {
            head: or(self.head_timeout, default.head),
            body: or(self.body_timeout, default.body),
            write: or(self.write_timeout, default.write),
            fetch: default.fetch,
            grace: or(self.grace, default.grace),
        }
    }
}

fn base_url(text: &str) -> Result<String, String> {
    let is_url = ["http://", "https://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    is_url.then(|| text.to_owned()).ok_or_else(|| "expected a URL such as https://tenant.example".to_owned())
}
