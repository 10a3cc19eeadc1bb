//! Whether somebody has told the program to end, for commands that have something to finish first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tokio::runtime::Builder;

use super::failure::Failure;
use crate::server::Signals;

/// Whether it has been told so since this was made.
#[derive(Debug)]
pub struct ToldToEnd(Arc<AtomicBool>);

impl ToldToEnd {
    /// Watches from now on: the first SIGTERM or SIGINT is remembered, and the second ends the program where it is.
    pub fn watch() -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().enable_io().build().map_err(|error| unwatched(&error))?;
        let mut signals = Signals::watch(&runtime).map_err(|error| unwatched(&error))?;
        let told = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&told);
        // It goes with the process: nothing else ends a wait for signals.
        let watch = move || {
            runtime.block_on(signals.next());
            heard.store(true, Ordering::Relaxed);
            runtime.block_on(signals.next());
            std::process::exit(1);
        };
        let watching = thread::Builder::new().name("certmimic-signals".to_owned()).spawn(watch);
        watching.map(|_detached| Self(told)).map_err(|error| unwatched(&error))
    }

    /// Whether it has.
    pub fn is_so(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

fn unwatched(error: &io::Error) -> Failure {
    Failure::other(format!("signals cannot be watched ({error}); nothing was asked of the tenant"))
}
