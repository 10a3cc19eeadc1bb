//! How objects of any kind stand in a scenario: what all their sections say, and the way there and back.

use super::problems::refused;
use crate::apis::apinizer::deployment::check_environments;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::Kind;
use crate::apis::apinizer::state::State;
use crate::seed::{Place, Problem, Seeding};
use crate::store::Text;

/// A kind of objects that scenarios list.
pub trait Listed: Kind {
    /// Its section.
    type Section: 'static;
    /// What the identifiers of its objects derive from, beside project and name.
    const WORD: &'static str;

    /// What the section says that every one says.
    fn identity(section: &Self::Section) -> Identity<'_>;

    /// The refusal of a name that is listed twice.
    fn exists(name: String) -> Error;

    /// The object.
    fn read(section: &Self::Section, head: Head, setting: &Setting<'_>) -> Result<Self, Problem>;

    /// The section that gives the object again. `position` is its place among all, where it has to be told.
    fn section(&self, position: Option<u64>) -> Self::Section;
}

/// What the section of every object says.
pub struct Identity<'s> {
    /// Identifier, if it is given.
    pub id: Option<&'s str>,
    /// Place in the order of creation, if it is given.
    pub position: Option<u64>,
    /// Name.
    pub name: &'s str,
    /// What it is for.
    pub description: &'s str,
}

/// What every object begins with.
pub struct Head {
    /// Identifier.
    pub id: Text,
    /// Owning project.
    pub project: Text,
    /// Name.
    pub name: Text,
    /// What it is for.
    pub description: Text,
}

/// Where an object is listed.
pub struct Setting<'a> {
    /// What is there already.
    pub state: &'a State,
    /// Time, seed and files.
    pub seeding: &'a Seeding<'a>,
    /// The place, for problems.
    pub place: &'a Place,
}

impl Setting<'_> {
    /// Checks that a project reaches these environments.
    pub fn reaches<'n>(&self, project: &str, environments: impl Iterator<Item = &'n Text>) -> Result<(), Problem> {
        let names: Vec<String> = environments.map(Text::to_string).collect();
        let Some(project) = self.state.project(project) else { return Ok(()) };
        check_environments(self.state, project, &names).map_err(|error| refused(error, self.place))
    }
}
