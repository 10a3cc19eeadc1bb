//! A persistent map: cloning one is a pointer copy, so a draft of a large state costs next to nothing.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Bound;

use rpds::RedBlackTreeMapSync;

/// Rows by key, iterated in the order of the keys.
#[derive(Clone, PartialEq, Eq)]
pub struct Table<K: Ord, V> {
    rows: RedBlackTreeMapSync<K, V>,
}

impl<K: Ord, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { rows: RedBlackTreeMapSync::new_sync() }
    }
}

/// The rows alone: equal tables may have grown into different trees.
impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.rows.iter()).finish()
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    /// The row with this key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.rows.get(key)
    }

    /// True if there is a row with this key.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.rows.contains_key(key)
    }

    /// Adds a row, or replaces the one with this key.
    pub fn insert(&mut self, key: K, value: V) {
        self.rows.insert_mut(key, value);
    }

    /// Removes a row and gives it back.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let removed = self.rows.get(key).cloned();
        self.rows.remove_mut(key);
        removed
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.size()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.rows.iter()
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.rows.keys()
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.rows.values()
    }

    /// The rows from a key on.
    pub fn from_key<'s, Q: Ord + ?Sized + 's>(&'s self, first: &'s Q) -> impl Iterator<Item = (&'s K, &'s V)>
    where
        K: Borrow<Q>,
    {
        self.rows.range((Bound::Included(first), Bound::Unbounded))
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(rows: I) -> Self {
        let mut table = Self::default();
        for (key, value) in rows {
            table.insert(key, value);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_in_the_order_of_their_keys_and_clones_are_apart() {
        let table: Table<String, i32> = [("b".to_owned(), 2), ("a".to_owned(), 1)].into_iter().collect();
        let mut other = table.clone();
        assert_eq!(other.remove("a"), Some(1));
        assert_eq!(other.remove("a"), None);
        assert_eq!(table.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(other.len(), 1);
    }
}
