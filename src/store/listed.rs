//! A table that keeps what is made of all its rows.

use std::borrow::Borrow;
use std::ops::Deref;
use std::sync::Arc;

use super::Table;

/// Rows by key, and what is made of them together (`M`, a [`Memo`](super::Memo)) for as long as they stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<K: Ord, V, M> {
    rows: Table<K, V>,
    /// Shared by copies, and replaced when they part.
    kept: Arc<M>,
}

impl<K: Ord, V, M: Default> Default for Listed<K, V, M> {
    fn default() -> Self {
        Self { rows: Table::default(), kept: Arc::default() }
    }
}

impl<K: Ord, V, M> Deref for Listed<K, V, M> {
    type Target = Table<K, V>;

    fn deref(&self) -> &Table<K, V> {
        &self.rows
    }
}

impl<K: Ord + Clone, V: Clone, M: Default> Listed<K, V, M> {
    /// Where it is kept what is made of these rows.
    pub fn kept(&self) -> &M {
        &self.kept
    }

    /// Adds a row, or replaces the one with this key.
    pub fn insert(&mut self, key: K, value: V) {
        self.kept = Arc::default();
        self.rows.insert(key, value);
    }

    /// Removes a row and gives it back.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let removed = self.rows.remove(key)?;
        self.kept = Arc::default();
        Some(removed)
    }
}

impl<K: Ord + Clone, V: Clone, M: Default> FromIterator<(K, V)> for Listed<K, V, M> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(rows: I) -> Self {
        Self { rows: rows.into_iter().collect(), kept: Arc::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Memo;

    #[test]
    fn what_is_kept_lasts_as_long_as_the_rows_do() {
        let mut rows: Listed<&str, u8, Memo<(), u8>> = [("a", 1), ("b", 2)].into_iter().collect();
        let sum = |rows: &Listed<&str, u8, Memo<(), u8>>| *rows.kept().or_make((), || rows.values().sum());
        assert_eq!(sum(&rows), 3);
        let copy = rows.clone();
        rows.insert("a", 5);
        assert_eq!((sum(&rows), sum(&copy)), (7, 3));
        assert_eq!(copy.kept().get(|()| true), Some(&3), "it is shared by copies");
        assert_eq!((rows.remove("z"), rows.kept().get(|()| true)), (None, Some(&7)));
        assert_eq!((rows.remove("b"), rows.kept().get(|()| true)), (Some(2), None));
    }
}
