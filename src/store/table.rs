//! A persistent map: cloning one is a pointer copy, so a draft of a large state costs next to nothing.
//!
//! The rows lie in chunks. A change copies the chunk that it is in and the list of chunks, unless nobody else has them. That is
//! slower than a tree where rows are tens of thousands, and a fifth of its code for each type of row.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// How many rows a full chunk has: about as many as there are chunks in a large table.
const FULL: usize = 64;

/// Rows by key, iterated in the order of the keys.
#[derive(Clone)]
pub struct Table<K, V> {
    /// In order, and none without rows.
    chunks: Arc<Vec<Chunk<K, V>>>,
    len: usize,
}

type Chunk<K, V> = Arc<Vec<(K, V)>>;

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { chunks: Arc::default(), len: 0 }
    }
}

/// The rows alone: equal tables may have grown into different chunks.
impl<K: PartialEq, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.rows().eq(other.rows())
    }
}

impl<K: Eq, V: Eq> Eq for Table<K, V> {}

/// The rows alone, too.
impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.rows().map(|(key, value)| (key, value))).finish()
    }
}

impl<K, V> Table<K, V> {
    fn rows(&self) -> impl DoubleEndedIterator<Item = &(K, V)> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// True if there is none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All rows in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.rows().map(|(key, value)| (key, value))
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.rows().map(|(key, _)| key)
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.rows().map(|(_, value)| value)
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    /// The chunk that a key is in or before whose end it would be, and where in it: `Ok` where it is, `Err` where it would be.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> (usize, Result<usize, usize>)
    where
        K: Borrow<Q>,
    {
        let ends_before = |chunk: &Chunk<K, V>| chunk.last().is_some_and(|(last, _)| last.borrow() < key);
        let chunk = self.chunks.partition_point(ends_before);
        let rows = self.chunks.get(chunk).map_or(&[][..], |rows| rows.as_slice());
        (chunk, rows.binary_search_by(|(known, _)| known.borrow().cmp(key)))
    }

    /// The row with this key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (chunk, row) = self.find(key);
        self.chunks.get(chunk)?.get(row.ok()?).map(|(_, value)| value)
    }

    /// True if there is a row with this key.
    pub fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Adds a row, or replaces the one with this key.
    pub fn insert(&mut self, key: K, value: V) {
        let (at, row) = self.find(&key);
        let chunks = Arc::make_mut(&mut self.chunks);
        // What comes after all others is put at the end of the last chunk.
        let at = at.min(chunks.len().saturating_sub(1));
        let Some(chunk) = chunks.get_mut(at) else {
            chunks.push(Arc::new(vec![(key, value)]));
            self.len = 1;
            return;
        };
        let rows = Arc::make_mut(chunk);
        match row {
            Ok(row) => {
                if let Some(known) = rows.get_mut(row) {
                    *known = (key, value);
                }
                return;
            }
            Err(_) if rows.last().is_some_and(|(last, _)| *last < key) => rows.push((key, value)),
            Err(row) => rows.insert(row, (key, value)),
        }
        self.len += 1;
        if rows.len() > FULL {
            let second = rows.split_off(FULL / 2);
            chunks.insert(at + 1, Arc::new(second));
        }
    }

    /// Removes a row and gives it back.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (at, row) = self.find(key);
        let row = row.ok()?;
        let chunks = Arc::make_mut(&mut self.chunks);
        let rows = Arc::make_mut(chunks.get_mut(at)?);
        let (_, removed) = rows.remove(row);
        if rows.is_empty() {
            chunks.remove(at);
        }
        self.len -= 1;
        Some(removed)
    }

    /// The rows from a key on.
    pub fn from_key<'s, Q: Ord + ?Sized + 's>(&'s self, first: &'s Q) -> impl Iterator<Item = (&'s K, &'s V)>
    where
        K: Borrow<Q>,
    {
        let (chunk, Ok(row) | Err(row)) = self.find(first);
        let chunks = self.chunks.get(chunk..).unwrap_or_default();
        chunks.iter().flat_map(|chunk| chunk.iter()).skip(row).map(|(key, value)| (key, value))
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
    use std::collections::BTreeMap;

    use proptest::prelude::*;

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

    #[test]
    fn equal_tables_may_have_grown_into_different_chunks() {
        let rising: Table<u16, u16> = (0..1_000).map(|key| (key, key)).collect();
        let falling: Table<u16, u16> = (0..1_000).rev().map(|key| (key, key)).collect();
        let mut thinned: Table<u16, u16> = (0..2_000).map(|key| (key, key)).collect();
        (1_000..2_000).for_each(|key| assert_eq!(thinned.remove(&key), Some(key)));
        assert_eq!(rising, falling);
        assert_eq!(rising, thinned);
        assert_ne!(rising.chunks.len(), falling.chunks.len());
        thinned.insert(3, 4);
        assert_ne!(rising, thinned);
    }

    #[test]
    fn a_change_leaves_what_it_is_not_in_to_both() {
        let table: Table<u16, u16> = (0..1_000).map(|key| (key, key)).collect();
        let mut other = table.clone();
        other.insert(500, 0);
        let apart = table.chunks.iter().zip(other.chunks.iter()).filter(|(one, other)| !Arc::ptr_eq(one, other));
        assert_eq!(apart.count(), 1);
        assert_eq!((table.get(&500), other.get(&500)), (Some(&500), Some(&0)));
    }

    proptest! {
        /// As the map of the standard library does, whatever is done to it; and what was cloned before stays as it was.
        #[test]
        fn it_does_as_an_ordinary_map_does(steps in proptest::collection::vec((any::<bool>(), 0_u16..400, any::<u8>()), 0..900)) {
            let (mut table, mut map) = (Table::default(), BTreeMap::new());
            let (mut table_before, mut map_before) = (table.clone(), map.clone());
            for (index, (adds, key, value)) in steps.into_iter().enumerate() {
                if index % 100 == 50 {
                    (table_before, map_before) = (table.clone(), map.clone());
                }
                if adds {
                    table.insert(key, value);
                    map.insert(key, value);
                } else {
                    prop_assert_eq!(table.remove(&key), map.remove(&key));
                }
                prop_assert_eq!(table.get(&key), map.get(&key));
                prop_assert_eq!(table.len(), map.len());
            }
            for (table, map) in [(table, map), (table_before, map_before)] {
                prop_assert!(table.iter().eq(map.iter()));
                prop_assert!(table.iter().rev().eq(map.iter().rev()));
                prop_assert!(table.chunks.iter().all(|chunk| !chunk.is_empty() && chunk.len() <= FULL));
                for first in (0..=400).step_by(7) {
                    prop_assert!(table.from_key(&first).eq(map.range(first..)));
                }
            }
        }
    }
}
