//! Turns: one user writes at a time, and a second one can tell.
//!
//! An edit never fails because of another edit; systems that lock for a user need to know more. A turn is no part of the
//! state: no snapshot has it, and it ends with whoever holds it.

use parking_lot::Mutex;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<Option<Holder>>);

#[derive(Debug)]
struct Holder {
    user: String,
    /// Turns of this user that are under way: nobody waits for oneself.
    turns: usize,
}

/// A user's turn to write, for as long as it is kept.
#[derive(Debug)]
#[must_use = "a turn ends when it is dropped"]
pub struct Turn<'s> {
    turns: &'s Turns,
    contended: bool,
}

impl Turns {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    pub(super) fn begin(&self, user: &str) -> Turn<'_> {
        let mut holder = self.0.lock();
        let contended = match holder.as_mut() {
            Some(holder) if holder.user != user => true,
            Some(holder) => {
                holder.turns += 1;
                false
            }
            None => {
                *holder = Some(Holder { user: user.to_owned(), turns: 1 });
                false
            }
        };
        Turn { turns: self, contended }
    }
}

impl Turn<'_> {
    /// True if another user's turn was under way when this one began. Such a turn is in nobody's way itself.
    pub const fn is_contended(&self) -> bool {
        self.contended
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.contended {
            return;
        }
        let mut holder = self.turns.0.lock();
        match holder.as_mut() {
            Some(holder) if holder.turns > 1 => holder.turns -= 1,
            _ => *holder = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_user_is_told_and_the_same_user_is_not() {
        let turns = Turns::new();
        let (first, again) = (turns.begin("a"), turns.begin("a"));
        assert!(!first.is_contended() && !again.is_contended());
        drop(first);
        assert!(turns.begin("b").is_contended(), "a is still at it");
        drop(again);
        assert!(!turns.begin("b").is_contended(), "nobody is");
    }

    #[test]
    fn a_turn_that_came_too_late_holds_nobody_up() {
        let turns = Turns::new();
        let first = turns.begin("a");
        let late = turns.begin("b");
        drop(first);
        assert!(late.is_contended(), "what it found does not change");
        assert!(!turns.begin("c").is_contended());
        drop(late);
        let next = turns.begin("c");
        assert!(turns.begin("b").is_contended());
        drop(next);
    }
}
