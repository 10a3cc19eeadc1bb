//! How objects of any kind stand in a scenario: what all their sections say, and the way there and back.

use super::problems::each;
use crate::apis::apinizer::kind::Kind;
use crate::apis::apinizer::state::State;
use crate::seed::{Code, Complaint, Place, Problem, Seeding};
use crate::store::Text;

/// A kind of objects that scenarios list.
pub trait Listed: Kind {
    /// Its section.
    type Section: 'static;
    /// What the identifiers of its objects derive from, beside project and name.
    const WORD: &'static str;

    /// What the section says that every one says.
    fn identity(section: &Self::Section) -> Identity<'_>;

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
    /// Checks that a project reaches the environments that are named in a list.
    pub fn reaches_all(&self, project: &str, environments: &[String], place: &Place) -> Result<(), Problem> {
        each(environments, place, |environment, at| self.reaches(project, environment, at))
    }

    /// Checks that a project reaches an environment.
    pub fn reaches(&self, project: &str, environment: &str, place: &Place) -> Result<(), Problem> {
        let Some(project) = self.state.project(project) else { return Ok(()) };
        let known: Vec<&str> = self.state.environments_of(project).map(|known| known.name.as_str()).collect();
        if known.contains(&environment) {
            return Ok(());
        }
        if self.state.environment(environment).is_none() {
            return Err(Problem::unknown(place.clone(), "environment", environment, &known));
        }
        let sentence = format!("the project \"{}\" does not reach the environment \"{environment}\"", project.name);
        let complaint = Complaint::unknown(Code::UnknownName, &sentence, environment, &known);
        Err(Problem { place: place.clone(), complaint })
    }
}
