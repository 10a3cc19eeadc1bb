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
            pause = if self.attempt(move || keeper.save()).await { PAUSE } else { PAUSE_AFTER_FAILURE };
        }
    }

    /// True if it was written. A defect is told in health like whatever else keeps it from being written.
    async fn attempt(&self, write: impl FnOnce() -> io::Result<()> + Send + 'static) -> bool {
        let written = spawn_blocking(write).await;
        if written.is_err() {
            self.kept.note(Some("a defect in certmimic; its log has the message".to_owned()));
        }
        matches!(written, Ok(Ok(())))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Source, load};

    #[tokio::test]
    async fn a_panic_while_writing_is_told_until_it_is_written() {
        let folder = std::env::temp_dir();
        let file = folder.join(format!("certmimic-keeper-{}.yaml", std::process::id()));
        let worlds = Worlds::new(load(&[Source::BuiltIn("empty".to_owned())]).unwrap());
        let kept = Arc::new(Kept::new(file.display().to_string()));
        let keeper = Arc::new(Keeper::new(StateFile::new(&file), &worlds, Arc::clone(&kept)));
        assert!(!keeper.attempt(|| panic!("a defect")).await);
        assert!(kept.problem().is_some_and(|problem| problem.contains("a defect in certmimic")));
        worlds.default_world().store.change(|state| state.sessions = 7);
        let again = Arc::clone(&keeper);
        assert!(keeper.attempt(move || again.save()).await);
        assert_eq!(kept.problem(), None);
        std::fs::remove_file(file).unwrap();
    }
}
