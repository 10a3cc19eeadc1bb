//! Sockets: listeners, the hyper service, limits, graceful stop. The only room that awaits.
//!
//! ```
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let server = certmimic::Server::builder().scenario("quickstart").start().await?;
//! let base = server.url(); // http://127.0.0.1:…: give it to the code under test
//! assert!(base.starts_with("http://127.0.0.1:"));
//! server.stop().await; // or drop it
//! # Ok::<(), certmimic::server::StartError>(())
//! # }).unwrap();
//! ```

mod accept;
mod access_log;
mod body;
mod builder;
mod http1;
mod keeper;
mod origin;
mod outgoing;
mod outside;
#[cfg(feature = "page")]
mod page;
mod refusal;
mod service;
mod shared;
mod signals;
mod state_file;
mod steering;
mod stream;
mod timeouts;
#[cfg(feature = "tls")]
mod tls;
mod world;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::worlds::{self, Worlds};

pub use crate::control::{Coverage, Expectation, Unverified};
pub use access_log::TARGET as ACCESS_LOG;
pub use builder::{Builder, StartError};
use keeper::Keeper;
use shared::Shared;
pub use signals::Signals;
pub use timeouts::Timeouts;
#[cfg(feature = "tls")]
pub use tls::{DEFAULT_NAMES, Identity, TlsError};
pub use world::{ArmError, World};

/// A running server. It has threads of its own, so it serves whatever runtime, or none, the caller has, and several tests
/// can share it. Dropped, it stops at once.
#[derive(Debug)]
pub struct Server {
    addresses: Vec<SocketAddr>,
    urls: Vec<String>,
    control_urls: Vec<String>,
    scenario: String,
    scenarios: Vec<String>,
    shared: Arc<Shared>,
    keeper: Option<Arc<Keeper>>,
    stop: watch::Sender<bool>,
    runtime: Option<Runtime>,
}

impl Server {
    /// A server to be, on a free port of the loopback interface unless told otherwise.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The base URL of the first address: `http://127.0.0.1:8080`.
    pub fn url(&self) -> String {
        self.urls().next().unwrap_or_default()
    }

    /// The base URL of each address that is listened on, in the order given.
    pub fn urls(&self) -> impl Iterator<Item = String> {
        self.urls.iter().cloned()
    }

    /// The base URL of each address that is for the control API only.
    pub fn own_control_urls(&self) -> impl Iterator<Item = String> {
        self.control_urls.iter().cloned()
    }

    /// The base URL of the control API: that of its own address if it has one, else that of the server.
    pub fn control_url(&self) -> String {
        self.control_urls.first().cloned().unwrap_or_else(|| self.url())
    }

    /// The first address that is listened on.
    pub fn addr(&self) -> SocketAddr {
        self.addresses.first().copied().unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0)))
    }

    /// Every address that is listened on, in the order given; those of the control API last.
    pub fn addrs(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// The certificate authority that clients have to trust, in PEM, if it was minted for TLS.
    pub fn certificate_authority(&self) -> Option<&str> {
        self.shared.authority.as_deref()
    }

    /// The name of the scenario that it started with.
    pub fn scenario(&self) -> &str {
        &self.scenario
    }

    /// What it started from, as it was named, in the order in which it composes.
    pub fn scenarios(&self) -> &[String] {
        &self.scenarios
    }

    /// A world by its name, made if there is none: give each test one of its own.
    ///
    /// # Errors
    /// The text is no name, or there are as many worlds as there may be.
    pub fn world(&self, name: &str) -> Result<World, worlds::Error> {
        World::open(&self.shared, &self.url(), name)
    }

    /// Its worlds, to look into or to change from the same process.
    pub fn worlds(&self) -> &Worlds {
        &self.shared.worlds
    }

    /// Stops: no further connections, requests under way get their answers, within the grace period.
    pub async fn stop(self) {
        let Some(runtime) = &self.runtime else { return };
        // Ended in any case: a panic in a connection's task has been reported by then.
        let _ended = runtime.spawn(accept::drained(self.stop.clone(), self.shared.timeouts.grace)).await;
        if let Some(keeper) = self.keeper.clone() {
            // What keeps it from being written is in the log.
            let _saved = runtime.spawn_blocking(move || keeper.save()).await;
        }
    }

    /// Serves until the process is asked to end (SIGTERM, SIGINT), then stops as [`Server::stop`] does. From the moment
    /// that `ready` is called, being asked to end is a regular end.
    ///
    /// # Errors
    /// When signals cannot be watched, or what `ready` returns; nothing is served then. At the end, when the state cannot be
    /// written to its file.
    pub fn run<E: From<io::Error>>(self, ready: impl FnOnce(&Self) -> Result<(), E>) -> Result<(), E> {
        self.run_until(std::future::pending(), ready)
    }

    /// Serves as [`Server::run`] does, at most until something else ends, which gives its name.
    ///
    /// # Errors
    /// As those of [`Server::run`].
    pub fn run_until<E: From<io::Error>>(
        self,
        end: impl Future<Output = &'static str>,
        ready: impl FnOnce(&Self) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(runtime) = &self.runtime else { return Ok(()) };
        let mut signals = Signals::watch(runtime)?;
        ready(&self)?;
        let cause = runtime.block_on(async {
            tokio::select! {
                signal = signals.next() => signal,
                end = end => end,
            }
        });
        tracing::info!("{cause} received, stopping");
        runtime.block_on(accept::drained(self.stop.clone(), self.shared.timeouts.grace));
        let Some(keeper) = &self.keeper else { return Ok(()) };
        keeper.save().map_err(|error| E::from(keeper.told(&error)))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not the blocking way: the caller may itself be on a runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
