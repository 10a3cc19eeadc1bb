//! How a process is asked to end.

use std::io;

use tokio::runtime::Runtime;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGTERM and SIGINT, watched since this was made. Explicitly, since the first process of a container ignores signals
/// that it does not handle.
#[cfg(unix)]
#[derive(Debug)]
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

#[cfg(unix)]
impl Signals {
    /// Watches from now on.
    pub fn watch(runtime: &Runtime) -> io::Result<Self> {
        let _on_its_event_loop = runtime.enter();
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for the next one; its name.
    pub async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

/// What a console sends, where there are no signals.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Nothing has to be watched before it is waited for.
    pub const fn watch(_: &Runtime) -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next one; its name.
    pub async fn next(&mut self) -> &'static str {
        match tokio::signal::ctrl_c().await {
            Ok(()) => "Ctrl-C",
            // There is no console, so none can come.
            Err(_) => std::future::pending().await,
        }
    }
}
