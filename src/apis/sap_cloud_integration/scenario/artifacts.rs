//! What the sections of security artifacts have in common: a name, who deployed it, and content.

use super::StampSection;
use super::stamp::{AUTHOR, refused, stamp};
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::state::{Artifact, Artifacts, Stamp, State};
use crate::seed::{Code, Place, Problem, Seeding};

/// What a scenario says of one artifact.
pub trait ArtifactSection: Sized {
    /// What is deployed.
    type Content;

    /// The artifacts of this kind.
    fn kept_in(state: &mut State) -> &mut Artifacts<Self::Content>;

    /// Its name.
    fn name(&self) -> &str;

    /// Who deployed it, and when.
    fn deployed(&self) -> Option<&StampSection>;

    /// Whether every word in it is one that can stand there.
    fn check_words(&self, _place: &Place) -> Result<(), Problem> {
        Ok(())
    }

    /// What is deployed, checked as if a request had sent it.
    fn content(&self, state: &State) -> Result<Self::Content, Error>;

    /// The section that builds an artifact again.
    fn of(artifact: &Artifact<Self::Content>, deployed: StampSection) -> Self;
}

/// Deploys what sections describe. What does not say when was deployed long enough ago to be `DEPLOYED`.
pub fn deploy<S: ArtifactSection>(
    state: &mut State,
    sections: &[S],
    seeding: &Seeding<'_>,
    place: &Place,
) -> Result<(), Problem> {
    for (index, section) in sections.iter().enumerate() {
        let place = place.item(index);
        let name = section.name();
        if name.is_empty() {
            return Err(Problem::new(place.member("name"), "a name is expected"));
        }
        if S::kept_in(state).has(name) || state.name_is_taken(name) {
            let message = format!("the name {name} is already in use by other security material");
            return Err(Problem::of(Code::DuplicateName, place.member("name"), message));
        }
        section.check_words(&place)?;
        let content = section.content(state).map_err(|error| refused(error, &place))?;
        let deployed = match section.deployed() {
            Some(section) => stamp(Some(section), AUTHOR, seeding, &place.member("deployed"))?,
            None => Stamp::new(AUTHOR, state.behaviour.deployment_delay.before(seeding.now)),
        };
        S::kept_in(state).deploy(name.to_owned().into(), content, deployed);
    }
    Ok(())
}

/// The sections that build artifacts again.
pub fn sections<S: ArtifactSection>(artifacts: &Artifacts<S::Content>) -> Vec<S> {
    artifacts.iter().map(|artifact| S::of(artifact, StampSection::of(&artifact.deployed))).collect()
}
