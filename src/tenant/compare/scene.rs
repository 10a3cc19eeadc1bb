//! Scenes: facts of writing, each of which builds on those before it.

use serde::Deserialize;

use super::cleanup::Made;
use super::fact::{Fact, Written, read};
use super::names::Names;
use super::player::{Player, not_tried};
use super::thing::Thing;
use super::verdict::Comparison;
use crate::tenant::{Failure, System};

/// A scene as it is written down.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scene {
    /// What it is about.
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the file"))]
    pub scene: String,
    /// Its facts.
    pub steps: Vec<Written>,
}

/// The scenes of a system.
pub(super) fn scenes(system: System) -> Result<Vec<Scene>, Failure> {
    read(
        system,
        [
            include_str!("facts/sap_api_management_writes.yaml"),
            include_str!("facts/sap_cloud_integration_writes.yaml"),
            include_str!("facts/apinizer_writes.yaml"),
        ],
    )
}

/// Plays a scene until both sides no longer stand alike; the rest of it would tell nothing.
pub(super) fn play(
    player: Player<'_>,
    facts: &[Fact],
    made: &mut Made,
    ended: &dyn Fn() -> bool,
    comparisons: &mut Vec<Comparison>,
) -> Result<(), Failure> {
    let mut facts = facts.iter();
    for fact in facts.by_ref() {
        if ended() {
            return Err(Failure::Ended);
        }
        if let (Some(target), Some(name)) = (&fact.undo, &fact.name) {
            made.note(Thing { system: fact.system, target: target.clone(), name: name.clone() });
        }
        let (comparison, _) = player.play(fact)?;
        let has_done = comparison.said.as_ref().is_some_and(|said| said.status < 300);
        if has_done && fact.asking.method == http::Method::DELETE {
            made.is_gone(&fact.asking.target, fact.name.as_deref().unwrap_or_default());
        }
        let stand_alike = has_done == comparison.outcome.starts_with('2');
        comparisons.push(comparison);
        if !stand_alike {
            break;
        }
    }
    comparisons.extend(facts.map(|fact| not_tried(fact, "what it builds on went otherwise".to_owned())));
    Ok(())
}

/// The facts of a scene with names in their blanks.
pub(super) fn filled(scene: &Scene, system: System, names: &Names) -> Vec<Fact> {
    scene.steps.iter().filter_map(|written| written.with(system, names)).collect()
}

/// The facts of writing where nothing may be written.
pub(super) fn left_out(facts: &[Fact], why: &str) -> Vec<Comparison> {
    facts.iter().map(|fact| not_tried(fact, why.to_owned())).collect()
}

impl Scene {
    /// True if what it makes is deployed to an environment of the tenant.
    pub(super) fn is_deployed(&self) -> bool {
        self.steps.iter().any(Written::is_deployed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::compare::number;

    /// Every fact can be asked for, and what is made can be taken back.
    #[test]
    fn whatever_may_make_a_thing_says_how_to_take_it_back() {
        let names = Names::new(&super::super::Prefix::default(), "0");
        for system in System::ALL {
            for scene in scenes(system).unwrap() {
                let facts = filled(&scene, system, &names);
                assert_eq!(facts.len(), scene.steps.len(), "{}", scene.scene);
                let mut undone: Vec<&str> = Vec::new();
                for fact in facts.iter().filter(|fact| !fact.asking.method.is_safe()) {
                    let name = fact.name.as_deref().unwrap_or_else(|| panic!("{}: of what name?", fact.sentence));
                    let is_numbered = number::stands_in(&fact.asking.target) && names.are(name);
                    assert!(is_numbered || names.are_in(&fact.asking, name), "{}", fact.sentence);
                    undone.extend(&fact.undo.iter().map(String::as_str).collect::<Vec<_>>());
                    let hex = hex::encode_upper(name);
                    let is_undone = undone
                        .iter()
                        .any(|target| target.contains(name) || target.contains(&hex) || number::stands_in(target));
                    let makes = matches!(fact.asking.method.as_str(), "POST" | "PUT");
                    // An update of what is not there is refused, or makes it.
                    assert!(is_undone || !makes, "{}", fact.sentence);
                }
            }
        }
    }
}
