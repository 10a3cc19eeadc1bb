//! Where the default world is kept beyond the end of the server, and whether that works.

use parking_lot::RwLock;

/// The file that the default world is kept in.
#[derive(Debug)]
pub struct Kept {
    file: String,
    problem: RwLock<Option<String>>,
}

impl Kept {
    /// A file that could be written when the server started.
    pub fn new(file: String) -> Self {
        Self { file, problem: RwLock::default() }
    }

    /// The file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Why what changed last is not in it.
    pub fn problem(&self) -> Option<String> {
        self.problem.read().clone()
    }

    /// Notes how writing it went: false if it went the same way before.
    pub fn note(&self, problem: Option<String>) -> bool {
        let before = std::mem::replace(&mut *self.problem.write(), problem);
        before.is_some() != self.problem.read().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_turn_of_things_is_news() {
        let kept = Kept::new("state.yaml".to_owned());
        assert!(!kept.note(None));
        assert!(kept.note(Some("disk full".to_owned())));
        assert!(!kept.note(Some("disk still full".to_owned())));
        assert_eq!(kept.problem().as_deref(), Some("disk still full"));
        assert!(kept.note(None) && kept.problem().is_none());
    }
}
