//! Keeps the default world in a file while the server runs, so that it outlives it.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use super::state_file::StateFile;
use crate::worlds::{Kept, Worlds};

/// How long a change may wait to be written: with what writing takes, less than the second that is promised.
const PAUSE: Duration = Duration::from_millis(200);

/// How long the next try waits after one that failed.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Keeps a world in a file.
#[derive(Debug)]
pub struct Keeper {
    file: StateFile,
    world: Arc<crate::worlds::World>,
    kept: Arc<Kept>,
    /// The revision that is in the file. Held while writing, so that an older one never replaces a newer one.
    written: Mutex<u64>,
}

impl Keeper {
    /// One for the default world, which is in the file as it is now.
    pub fn new(file: StateFile, worlds: &Worlds, kept: Arc<Kept>) -> Self {
        let world = Arc::clone(worlds.default_world());
        let written = Mutex::new(world.store.revision());
        Self { file, world, kept, written }
    }

    /// Writes after changes until told to stop.
    pub async fn watch(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut pause = PAUSE;
        loop {
            tokio::select! {
                // Also when nobody is left who could tell.
                _ = stop.wait_for(|stopped| *stopped) => return,
                () = sleep(pause) => {}
            }
            let keeper = Arc::clone(&self);
            let written = spawn_blocking(move || keeper.save()).await;
            pause = if matches!(written, Ok(Ok(()))) { PAUSE } else { PAUSE_AFTER_FAILURE };
        }
    }

    /// Writes the world, if it is another one than the file has.
    ///
    /// # Errors
    /// The file cannot be written: the log says so once, and health as long as it lasts.
    pub fn save(&self) -> io::Result<()> {
        let mut written = self.written.lock();
        // Read first: what changes in between is written the next time.
        let revision = self.world.store.revision();
        if *written == revision {
            return Ok(());
        }
        let outcome = self.file.write(&self.world.as_scenario());
        let file = self.kept.file();
        match &outcome {
            Ok(()) => {
                *written = revision;
                if self.kept.note(None) {
                    tracing::info!("the state is in {file} again");
                }
            }
            Err(error) => {
                if self.kept.note(Some(error.to_string())) {
                    tracing::error!("the state cannot be written to {file} ({error}); it is tried again every second");
                }
            }
        }
        outcome
    }

    /// Why the file could not be written, with its name.
    pub fn told(&self, error: &io::Error) -> io::Error {
        let file = self.kept.file();
        io::Error::new(
            error.kind(),
            format!("the state cannot be written to {file} ({error}); what changed last is lost"),
        )
    }
}
