//! Who made and last changed something, and when: the portal's `life_cycle`.

use crate::effects::Timestamp;
use crate::store::Text;

/// Who changes something, and when.
#[derive(Debug, Clone)]
pub struct Author {
    /// The caller's name.
    pub name: Text,
    /// The world's time.
    pub now: Timestamp,
}

/// `life_cycle` of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Text,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Who last changed it.
    pub changed_by: Text,
}

impl History {
    /// Of something new.
    pub fn begin(author: &Author) -> Self {
        Self {
            created_at: author.now,
            created_by: author.name.clone(),
            changed_at: author.now,
            changed_by: author.name.clone(),
        }
    }

    /// After a change: what tells of the creation stays.
    #[must_use]
    pub fn changed(&self, author: &Author) -> Self {
        Self {
            created_at: self.created_at,
            created_by: self.created_by.clone(),
            changed_at: author.now,
            changed_by: author.name.clone(),
        }
    }
}
