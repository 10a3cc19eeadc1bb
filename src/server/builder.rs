//! What a server is told before it starts, and what can keep it from starting.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, available_parallelism};

use tokio::runtime::{self, Runtime};
use tokio::sync::{Semaphore, oneshot, watch};

use super::Server;
use super::accept::{self, Security};
use super::keeper::Keeper;
use super::origin::Origin;
use super::outside::{Lane, MOST_FETCHES};
use super::shared::{Shared, Surface};
use super::state_file::StateFile;
use super::steering::MOST_CALLS;
use super::timeouts::Timeouts;
#[cfg(feature = "tls")]
use super::tls::{self, Identity, TlsError};
use crate::contract::LintMode;
use crate::control::Guard;
use crate::scenario::{self, Flaw, Scenario, Source};
use crate::state::State;
use crate::worlds::{Kept, Limits, Worlds};

/// A server to be.
#[derive(Debug, Clone)]
pub struct Builder {
    scenarios: Vec<Source>,
    state_file: Option<PathBuf>,
    listen: Vec<SocketAddr>,
    control_listen: Vec<SocketAddr>,
    #[cfg(feature = "tls")]
    tls_listen: Vec<SocketAddr>,
    #[cfg(feature = "tls")]
    identity: Identity,
    origin: Origin,
    diagnosis: bool,
    #[cfg(feature = "page")]
    page: bool,
    timeouts: Timeouts,
    lint: Option<LintMode>,
    limits: Limits,
    guard: Guard,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            scenarios: Vec::new(),
            state_file: None,
            listen: Vec::new(),
            control_listen: Vec::new(),
            #[cfg(feature = "tls")]
            tls_listen: Vec::new(),
            #[cfg(feature = "tls")]
            identity: Identity::default(),
            origin: Origin::default(),
            diagnosis: true,
            #[cfg(feature = "page")]
            page: true,
            timeouts: Timeouts::default(),
            lint: None,
            limits: Limits::default(),
            guard: Guard::default(),
        }
    }
}

/// Threads that answer: more gain nothing at the load of a test suite, and each costs memory and time to start.
const MOST_WORKERS: usize = 4;

/// Threads for expensive work, such as key generation. They exist only while there is such work.
const MOST_BLOCKING: usize = 32;

impl Builder {
    /// Adds a scenario: a built-in one by name, or a file. Several compose, later wins; without any it is `quickstart`.
    #[must_use]
    pub fn scenario(mut self, name_or_file: &str) -> Self {
        self.scenarios.push(Source::of_argument(name_or_file));
        self
    }

    /// Adds a scenario as YAML or JSON text.
    #[must_use]
    pub fn scenario_text(mut self, text: impl Into<String>) -> Self {
        self.scenarios.push(Source::Text { name: "scenario".to_owned(), text: text.into() });
        self
    }

    /// Keeps the default world in a file: it starts as the file says, if there is one, and is written there within a second after
    /// each change, and when the server stops (not when it is dropped). The scenario is what a reset goes back to. Private keys
    /// and passwords are in the file.
    #[must_use]
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Adds an address to listen on; port 0 is a free one.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen.push(address);
        self
    }

    /// Adds an address to listen on for the control API, which is then at no other; port 0 is a free one.
    #[must_use]
    pub fn control_listen(mut self, address: SocketAddr) -> Self {
        self.control_listen.push(address);
        self
    }

    /// Lets pages of a host, and browsers that reached the server under its name, call the control API; `*` lets all.
    #[must_use]
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.guard.allowed_hosts.push(host.into());
        self
    }

    /// Adds an address to listen on for TLS; port 0 is a free one.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls_listen(mut self, address: SocketAddr) -> Self {
        self.tls_listen.push(address);
        self
    }

    /// The certificate for TLS; without it one is minted for [`DEFAULT_NAMES`](super::DEFAULT_NAMES).
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls_identity(mut self, identity: Identity) -> Self {
        self.identity = identity;
        self
    }

    /// What URIs in answers start with, in place of `http://` and the request's host.
    #[must_use]
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.origin.public_url = Some(url.into().trim_end_matches('/').to_owned());
        self
    }

    /// Whether `X-Forwarded-Proto` and `X-Forwarded-Host` count in URIs in answers.
    #[must_use]
    pub fn trust_forwarded(mut self, trust: bool) -> Self {
        self.origin.trust_forwarded = trust;
        self
    }

    /// Whether refusals carry a `Certmimic-Diagnosis` header; they do by default.
    #[must_use]
    pub fn diagnosis(mut self, diagnosis: bool) -> Self {
        self.diagnosis = diagnosis;
        self
    }

    /// Whether browsers meet a page at `/` that shows the world and steers it; they do by default.
    #[cfg(feature = "page")]
    #[must_use]
    pub fn page(mut self, page: bool) -> Self {
        self.page = page;
        self
    }

    /// How long to wait for slow clients.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// What becomes of requests that pass here and that a real tenant refuses or misreads, whatever the scenario says.
    #[must_use]
    pub fn lint(mut self, mode: LintMode) -> Self {
        self.lint = Some(mode);
        self
    }

    /// How many worlds there may be, how long idle ones live, how much their journals hold.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Starts. When this returns, connections are accepted.
    ///
    /// # Errors
    /// A scenario with flaws, or an address that cannot be listened on. Nothing is running then.
    pub async fn start(self) -> Result<Server, StartError> {
        // Loading may open keystores: not on the caller's runtime. Nor may a runtime be dropped there.
        let (tell, told) = oneshot::channel();
        let start = move || {
            // Nobody waits for it any more if this was given up.
            let _gone = tell.send(self.start_blocking());
        };
        thread::Builder::new().name("certmimic-start".to_owned()).spawn(start).map_err(StartError::Runtime)?;
        told.await.unwrap_or_else(|panicked| Err(StartError::Runtime(io::Error::other(panicked))))
    }

    /// Starts, from outside any runtime.
    ///
    /// # Errors
    /// As [`Builder::start`].
    pub fn start_blocking(self) -> Result<Server, StartError> {
        let prepared = self.prepare()?;
        Ok(prepared.start(runtime().map_err(StartError::Runtime)?))
    }

    fn prepare(mut self) -> Result<Prepared, StartError> {
        if self.scenarios.is_empty() {
            self.scenarios.push(Source::of_argument("quickstart"));
        }
        let scenario = self.linted(scenario::load(&self.scenarios).map_err(StartError::Scenario)?);
        let file = self.state_file.as_deref().map(StateFile::new);
        let kept = file.as_ref().map(StateFile::read).transpose().map_err(StartError::Scenario)?.flatten();
        let kept = kept.map(|kept| self.linted(kept).state);
        let (mut doors, authority) = self.tls_doors()?;
        if self.listen.is_empty() && doors.is_empty() {
            self.listen.push(SocketAddr::from(([127, 0, 0, 1], 0)));
        }
        let surface = self.surface();
        let plain = self.listen.iter().map(|address| Door::bind(*address, surface, Security::Plain, "--listen"));
        doors.splice(0..0, plain.collect::<Result<Vec<_>, _>>()?);
        let control = self.control_listen.iter();
        let control =
            control.map(|address| Door::bind(*address, Surface::Control, Security::Plain, "--control-listen"));
        doors.extend(control.collect::<Result<Vec<_>, _>>()?);
        let resumed = file.map(|file| Resumed::begin(file, kept, &scenario)).transpose()?;
        Ok(Prepared { builder: self, scenario, resumed, doors, authority })
    }

    fn linted(&self, mut scenario: Scenario) -> Scenario {
        if let Some(lint) = self.lint {
            Arc::make_mut(&mut scenario.state).lint = lint;
        }
        scenario
    }

    /// What is answered where the emulated systems are.
    const fn surface(&self) -> Surface {
        if self.control_listen.is_empty() { Surface::Everything } else { Surface::Systems }
    }

    /// The listeners for TLS, and the authority that their certificate was minted by.
    #[cfg(feature = "tls")]
    fn tls_doors(&self) -> Result<(Vec<Door>, Option<String>), StartError> {
        if self.tls_listen.is_empty() {
            return Ok((Vec::new(), None));
        }
        let tls = tls::set_up(&self.identity).map_err(StartError::Tls)?;
        let secure = || Security::Tls(tls.acceptor.clone());
        let doors =
            self.tls_listen.iter().map(|address| Door::bind(*address, self.surface(), secure(), "--tls-listen"));
        Ok((doors.collect::<Result<_, _>>()?, tls.authority))
    }

    #[cfg(not(feature = "tls"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "with TLS it has use for both")]
    fn tls_doors(&self) -> Result<(Vec<Door>, Option<String>), StartError> {
        Ok((Vec::new(), None))
    }
}

/// An address that is ours, and what is spoken there.
struct Door {
    listener: TcpListener,
    address: SocketAddr,
    surface: Surface,
    security: Security,
}

impl Door {
    /// Takes an address, which was said by an option.
    fn bind(
        address: SocketAddr,
        surface: Surface,
        security: Security,
        option: &'static str,
    ) -> Result<Self, StartError> {
        let failed = |error| StartError::Listen { address, option, error };
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address, surface, security })
    }

    fn url(&self) -> String {
        let scheme = if matches!(self.security, Security::Plain) { "http" } else { "https" };
        format!("{scheme}://{}", self.address)
    }
}

/// A world that is kept in a file.
struct Resumed {
    file: StateFile,
    state: Arc<State>,
}

impl Resumed {
    /// The world as it was kept, or as the scenario has it, if that can be written: better no server than one that keeps nothing.
    fn begin(file: StateFile, kept: Option<Arc<State>>, scenario: &Scenario) -> Result<Self, StartError> {
        let state = kept.unwrap_or_else(|| Arc::clone(&scenario.state));
        let world = Scenario { state: Arc::clone(&state), ..scenario.clone() };
        match file.write(&world) {
            Ok(()) => Ok(Self { file, state }),
            Err(error) => Err(StartError::State { file: file.path().to_owned(), error }),
        }
    }
}

/// Everything that can fail is done: the scenario is loaded, the addresses are ours.
struct Prepared {
    builder: Builder,
    scenario: Scenario,
    resumed: Option<Resumed>,
    doors: Vec<Door>,
    authority: Option<String>,
}

impl Prepared {
    fn start(self, runtime: Runtime) -> Server {
        let Self { builder, scenario, resumed, doors, authority } = self;
        let (stop, stopped) = watch::channel(false);
        let name = scenario.name.clone();
        let scenarios = builder.scenarios.iter().map(ToString::to_string).collect();
        let outside = Lane::new(runtime.handle().clone(), builder.timeouts.fetch, stop.clone());
        let worlds = Worlds::reaching(Arc::new(outside), builder.limits, scenario);
        let (worlds, keeper) = match resumed {
            None => (worlds, None),
            Some(Resumed { file, state }) => {
                let kept = Arc::new(Kept::new(file.path().display().to_string()));
                let worlds = worlds.resumed(state, Arc::clone(&kept));
                let keeper = Arc::new(Keeper::new(file, &worlds, kept));
                runtime.spawn(Arc::clone(&keeper).watch(stopped.clone()));
                (worlds, Some(keeper))
            }
        };
        let shared = Arc::new(Shared {
            worlds,
            origin: builder.origin,
            diagnosis: builder.diagnosis,
            #[cfg(feature = "page")]
            page: builder.page,
            timeouts: builder.timeouts,
            authority,
            guard: builder.guard,
            lane: Arc::new(Semaphore::new(MOST_CALLS)),
            stop: stop.clone(),
        });
        let (control, systems): (Vec<&Door>, Vec<&Door>) =
            doors.iter().partition(|door| door.surface == Surface::Control);
        let control_urls = control.iter().map(|door| door.url()).collect();
        let addresses = systems.iter().chain(&control).map(|door| door.address).collect();
        let urls = systems.iter().map(|door| door.url()).collect();
        for Door { listener, surface, security, .. } in doors {
            runtime.spawn(accept::accept(listener, surface, security, Arc::clone(&shared), stopped.clone()));
        }
        Server {
            addresses,
            urls,
            control_urls,
            scenario: name,
            scenarios,
            shared,
            keeper,
            stop,
            runtime: Some(runtime),
        }
    }
}

fn runtime() -> io::Result<Runtime> {
    let workers = available_parallelism().map_or(1, |cores| cores.get().min(MOST_WORKERS));
    runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .max_blocking_threads(MOST_BLOCKING + MOST_FETCHES)
        .thread_name("certmimic")
        .enable_all()
        .build()
}

/// Why a server did not start.
#[derive(Debug)]
pub enum StartError {
    /// The scenario has flaws.
    Scenario(Vec<Flaw>),
    /// An address cannot be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// The option of the command line that says it.
        option: &'static str,
        /// What the operating system says.
        error: io::Error,
    },
    /// The file that is to keep the state cannot be written.
    State {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The certificate for TLS or its key cannot be used.
    #[cfg(feature = "tls")]
    Tls(TlsError),
    /// The threads could not be made.
    Runtime(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario(flaws) => {
                let lines: Vec<String> = flaws.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::Listen { address, option, error } if error.kind() == io::ErrorKind::AddrInUse => {
                write!(
                    f,
                    "{address} is in use; stop what listens there, or choose another port with {option} ({}:0 takes a free one)",
                    shown(address.ip())
                )
            }
            Self::Listen { address, option, error } => {
                write!(f, "cannot listen on {address} ({error}); choose another address with {option}")
            }
            Self::State { file, error } => f.write_str(&state_unwritten(file, error)),
            #[cfg(feature = "tls")]
            Self::Tls(error) => error.fmt(f),
            Self::Runtime(error) => write!(f, "cannot start threads ({error}); raise the limit on processes or memory"),
        }
    }
}

/// An IP address as it stands before a port.
fn shown(ip: IpAddr) -> String {
    if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() }
}

/// A file that is mounted into a container by itself cannot be replaced by another one.
fn state_unwritten(file: &Path, error: &io::Error) -> String {
    let file = file.display();
    let advice = match error.kind() {
        io::ErrorKind::ResourceBusy => "mount the folder that it is in, not the file alone",
        _ => "name a file in a folder that is there and can be written, with --state",
    };
    format!("the state cannot be written to {file} ({error}); {advice}")
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Scenario(_) => None,
            Self::Listen { error, .. } | Self::State { error, .. } | Self::Runtime(error) => Some(error),
            #[cfg(feature = "tls")]
            Self::Tls(error) => Some(error),
        }
    }
}
