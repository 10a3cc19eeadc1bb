//! The cell that holds a world's state: readers hold a snapshot, writers edit a draft and commit it whole.
//!
//! Snapshot, restore, fork and reset each keep or put back one [`Arc`].

mod listed;
mod memo;
mod order;
mod secret;
mod table;
mod text;
mod turn;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{Mutex, RwLock};

use crate::effects::{Effects, Timestamp};

pub use listed::Listed;
pub use memo::Memo;
pub use order::{sort_by, sort_by_key};
pub use secret::{HIDDEN, Secret, names_a_secret, without_word};
pub use table::Table;
pub use text::Text;
pub use turn::Turn;

/// Holds the head of a state's history.
#[derive(Debug)]
pub struct Store<S> {
    head: RwLock<Arc<S>>,
    writer: Mutex<()>,
    turns: turn::Turns,
    revision: AtomicU64,
}

impl<S: Clone> Store<S> {
    /// A store that starts with the given state.
    pub const fn new(state: Arc<S>) -> Self {
        Self {
            head: RwLock::new(state),
            writer: Mutex::new(()),
            turns: turn::Turns::new(),
            revision: AtomicU64::new(0),
        }
    }

    /// The state as it is now; later edits do not change what the caller holds.
    pub fn view(&self) -> Arc<S> {
        self.head.read().clone()
    }

    /// Changes a draft and commits it. On `Err` the draft is dropped and the state is as before.
    /// Edits are one after the other; readers never wait for them.
    pub fn edit<T, E>(&self, change: impl FnOnce(&mut S) -> Result<T, E>) -> Result<T, E> {
        let _turn = self.writer.lock();
        let mut draft = S::clone(&self.head.read());
        let result = change(&mut draft)?;
        let committed = Arc::new(draft);
        self.replace(committed);
        Ok(result)
    }

    /// Changes the state in an edit that cannot fail.
    pub fn change<T>(&self, change: impl FnOnce(&mut S) -> T) -> T {
        let changed: Result<T, Infallible> = self.edit(|state| Ok(change(state)));
        changed.unwrap_or_else(|never| match never {})
    }

    /// Begins a user's turn to write, where a second user is to be refused. It holds up no edit.
    pub fn turn(&self, user: &str) -> Turn<'_> {
        self.turns.begin(user)
    }

    /// Another store that starts from the state as it is now.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self::new(self.view())
    }

    /// Puts a state back.
    pub fn restore(&self, state: Arc<S>) {
        let _turn = self.writer.lock();
        self.replace(state);
    }

    /// How often the state was replaced by another one: whoever saw the same number before has missed nothing.
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::Relaxed)
    }

    fn replace(&self, state: Arc<S>) {
        // The old head is dropped after the lock is released: freeing a large state takes time.
        let _previous = std::mem::replace(&mut *self.head.write(), state);
        self.revision.fetch_add(1, Ordering::Relaxed);
    }
}

/// A state that has a part of type `P`: what an API needs to know of the whole.
pub trait Holds<P>: Clone {
    /// The part, to read.
    fn part(&self) -> &P;

    /// The part, to change, and the effects that a command at `now` may draw on.
    fn draft(&mut self, now: Timestamp) -> (&mut P, Effects<'_>);
}

/// An API's part of a draft, with the effects of the command that edits it.
pub struct Draft<'a, P> {
    /// The editable copy.
    pub state: &'a mut P,
    /// Time, identifiers and randomness.
    pub effects: Effects<'a>,
}

impl<'a, P> Draft<'a, P> {
    /// The part `P` of a draft of the whole.
    pub fn of<S: Holds<P>>(whole: &'a mut S, now: Timestamp) -> Self {
        let (state, effects) = whole.draft(now);
        Self { state, effects }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_edit_leaves_no_trace() {
        let store = Store::new(Arc::new(vec![1]));
        let before = store.view();
        let refused: Result<(), &str> = store.edit(|draft| {
            draft.push(2);
            Err("no")
        });
        assert_eq!(refused, Err("no"));
        assert!(Arc::ptr_eq(&before, &store.view()));
    }

    #[test]
    fn a_fork_goes_its_own_way_and_restore_puts_back() {
        let store = Store::new(Arc::new(vec![1]));
        let (fork, before) = (store.fork(), store.view());
        fork.edit(|draft| {
            draft.push(2);
            Ok::<_, ()>(())
        })
        .unwrap();
        assert_eq!((*store.view()).as_slice(), [1]);
        assert_eq!((*fork.view()).as_slice(), [1, 2]);
        fork.restore(before);
        assert_eq!((*fork.view()).as_slice(), [1]);
    }
}
