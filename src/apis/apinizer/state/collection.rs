//! The objects of one kind: by project and name, and in the order of their creation.

use std::sync::Arc;

use bytes::Bytes;

use super::certificates::Certificate;
use super::jwks::Jwk;
use super::keys::Key;
use super::keystores::Keystore;
use super::projects::ADMIN_PROJECT;
use crate::apis::apinizer::behaviour::Behaviour;
use crate::store::{Listed, Memo, Table, Text};

/// What a collection needs to know of its objects.
pub trait Item {
    /// Identifier, unique in its kind.
    fn id(&self) -> &Text;
    /// Name of the owning project.
    fn project(&self) -> &Text;
    /// Name, unique in the project and its kind.
    fn name(&self) -> &Text;
}

macro_rules! items {
    ($($item:ty),+) => {$(
        impl Item for $item {
            fn id(&self) -> &Text {
                &self.id
            }
            fn project(&self) -> &Text {
                &self.project
            }
            fn name(&self) -> &Text {
                &self.name
            }
        }
    )+};
}

items!(Certificate, Keystore, Key, Jwk);

/// What the answer to a listing depends on, besides the objects.
#[derive(Debug, PartialEq, Eq)]
pub struct ListForm {
    /// Whose objects it shows.
    pub project: Text,
    /// The switches.
    pub behaviour: Behaviour,
}

/// Objects of one kind. The place of an object in the order stays its own when it is replaced or renamed.
#[derive(Debug, Clone)]
pub struct Collection<T> {
    rows: Listed<u64, Arc<T>, Memo<ListForm, Bytes>>,
    names: Table<Text, Table<Text, u64>>,
    places: Table<Text, u64>,
    next: u64,
}

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self { rows: Listed::default(), names: Table::default(), places: Table::default(), next: 0 }
    }
}

impl<T: Item> Collection<T> {
    /// The object of a project with this name.
    pub fn find(&self, project: &str, name: &str) -> Option<&Arc<T>> {
        self.rows.get(self.names.get(project)?.get(name)?)
    }

    /// The object with this identifier.
    pub fn with_id(&self, id: &str) -> Option<&Arc<T>> {
        self.rows.get(self.places.get(id)?)
    }

    /// The objects of a project, in the order of their creation.
    pub fn of_project(&self, project: &str) -> Vec<&Arc<T>> {
        let Some(names) = self.names.get(project) else { return Vec::new() };
        let mut places: Vec<u64> = names.values().copied().collect();
        places.sort_unstable();
        places.iter().filter_map(|place| self.rows.get(place)).collect()
    }

    /// What a list of the project shows: its own objects, but those of all projects for `admin`.
    pub fn shown_in(&self, project: &str) -> Vec<&Arc<T>> {
        if project == ADMIN_PROJECT { self.all().collect() } else { self.of_project(project) }
    }

    /// All objects, in the order of their creation.
    pub fn all(&self) -> impl Iterator<Item = &Arc<T>> {
        self.rows.values()
    }

    /// Where the answer to a listing is kept, for kinds that show nothing but what they hold themselves.
    pub fn kept_list(&self) -> &Memo<ListForm, Bytes> {
        self.rows.kept()
    }

    /// Adds an object, or replaces the one with its identifier.
    pub fn put(&mut self, item: T) {
        let place = if let Some(place) = self.places.get(item.id().as_str()).copied() {
            if let Some(old) = self.rows.get(&place).cloned() {
                self.forget_name(&old);
            }
            place
        } else {
            self.next += 1;
            self.places.insert(item.id().clone(), self.next);
            self.next
        };
        let mut names = self.names.get(item.project().as_str()).cloned().unwrap_or_default();
        names.insert(item.name().clone(), place);
        self.names.insert(item.project().clone(), names);
        self.rows.insert(place, Arc::new(item));
    }

    /// Removes an object.
    pub fn remove(&mut self, id: &str) {
        let Some(item) = self.places.remove(id).and_then(|place| self.rows.remove(&place)) else { return };
        self.forget_name(&item);
    }

    fn forget_name(&mut self, item: &T) {
        if let Some(mut names) = self.names.get(item.project().as_str()).cloned() {
            names.remove(item.name().as_str());
            self.names.insert(item.project().clone(), names);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone)]
    struct Thing(Text, Text, Text);

    impl Item for Thing {
        fn id(&self) -> &Text {
            &self.0
        }
        fn project(&self) -> &Text {
            &self.1
        }
        fn name(&self) -> &Text {
            &self.2
        }
    }

    fn names(things: &Collection<Thing>, project: &str) -> Vec<String> {
        things.of_project(project).iter().map(|thing| thing.2.to_string()).collect()
    }

    #[test]
    fn objects_keep_their_place_when_replaced_and_renamed() {
        let mut things = Collection::default();
        for (id, name) in [("1", "b"), ("2", "a"), ("3", "c")] {
            things.put(Thing(id.into(), "p".into(), name.into()));
        }
        things.put(Thing("4".into(), "other".into(), "b".into()));
        things.put(Thing("1".into(), "p".into(), "z".into()));
        assert_eq!(names(&things, "p"), ["z", "a", "c"]);
        assert!(things.find("p", "b").is_none() && things.find("other", "b").is_some());
        things.remove("2");
        assert_eq!(names(&things, "p"), ["z", "c"]);
        assert_eq!(things.all().count(), 3);
    }
}
