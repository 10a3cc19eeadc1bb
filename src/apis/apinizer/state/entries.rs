//! What an object is in each environment: one entry an environment, in the order of the request.

use std::ops::Deref;

use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::values::listed;
use crate::store::Text;

/// What an object is in one environment.
pub trait Entry: Clone {
    /// The environment.
    fn environment(&self) -> &Text;

    /// The same in another environment.
    fn moved(self, environment: Text) -> Self;

    /// Takes over from the entry that it replaces what it does not say itself.
    fn inherit(&mut self, _replaced: &Self) {}
}

/// The entries of an object. Collected from several for one environment, the last stands in the place of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<E>(Vec<E>);

impl<E> Default for Entries<E> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<E: Entry> Entries<E> {
    /// The entry of an environment.
    pub fn find(&self, environment: &str) -> Option<&E> {
        self.0.iter().find(|entry| *entry.environment() == *environment)
    }

    /// The entry of an environment that the object with this name must have.
    ///
    /// # Errors
    /// It has none.
    pub fn of(&self, name: &str, environment: &str) -> Result<&E, Error> {
        self.find(environment).ok_or_else(|| Error::MaterialNotInEnvironment {
            name: name.to_owned(),
            environment: environment.to_owned(),
            available: listed(self.environments().map(Text::as_str)),
        })
    }

    /// The environments, in the order of the entries.
    pub fn environments(&self) -> impl Iterator<Item = &Text> {
        self.0.iter().map(Entry::environment)
    }

    /// Writes an entry over that of its environment, from which it inherits, or adds it.
    pub fn merge(&mut self, mut entry: E) {
        if let Some(replaced) = self.find(entry.environment()) {
            entry.inherit(replaced);
        }
        self.put(entry);
    }

    /// Takes the entry of an environment away.
    pub fn remove(&mut self, environment: &str) {
        self.0.retain(|entry| *entry.environment() != *environment);
    }

    fn put(&mut self, entry: E) {
        match self.0.iter_mut().find(|known| known.environment() == entry.environment()) {
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
    }
}

impl<E> Deref for Entries<E> {
    type Target = [E];

    fn deref(&self) -> &[E] {
        &self.0
    }
}

impl<E: Entry> FromIterator<E> for Entries<E> {
    fn from_iter<I: IntoIterator<Item = E>>(entries: I) -> Self {
        let mut kept = Self::default();
        entries.into_iter().for_each(|entry| kept.put(entry));
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Note(Text, Option<&'static str>);

    impl Entry for Note {
        fn environment(&self) -> &Text {
            &self.0
        }
        fn moved(self, environment: Text) -> Self {
            Self(environment, self.1)
        }
        fn inherit(&mut self, replaced: &Self) {
            self.1 = self.1.or(replaced.1);
        }
    }

    fn note(environment: &'static str, text: Option<&'static str>) -> Note {
        Note(environment.into(), text)
    }

    #[test]
    fn there_is_one_entry_an_environment() {
        let mut entries: Entries<Note> =
            [note("a", Some("1")), note("b", Some("2")), note("a", None)].into_iter().collect();
        assert_eq!(*entries, [note("a", None), note("b", Some("2"))]);
        entries.merge(note("b", None));
        entries.merge(note("c", None));
        assert_eq!(*entries, [note("a", None), note("b", Some("2")), note("c", None)]);
        entries.remove("a");
        assert_eq!(entries.environments().map(Text::as_str).collect::<Vec<_>>(), ["b", "c"]);
        assert!(
            matches!(entries.of("n", "a"), Err(Error::MaterialNotInEnvironment { available, .. }) if available == "b, c")
        );
    }
}
