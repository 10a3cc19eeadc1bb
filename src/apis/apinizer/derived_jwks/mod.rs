//! What becomes of the JWKs that were made from an object when it is changed or deleted (sections 6.5 and 6.6).

pub mod material;

use std::sync::Arc;

use super::behaviour::Dialect;
use super::call::Call;
use super::error::Error;
use super::state::{Jwk, State};
use super::values::{given, unknown};
pub use material::open;
use material::remake;

/// What an update does to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUpdate {
    /// They keep material and link: a later update may still take them along.
    Keep,
    /// They keep their material, the link is cut.
    Nullify,
    /// They are made anew from the changed object.
    Remake(Scope),
}

/// Which of them an update takes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those of the object's own project.
    SameProject,
    /// All.
    AllProjects,
}

/// What a deletion does to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// They stay, the link is cut.
    Nullify,
    /// They go, too.
    Delete,
}

impl OnUpdate {
    /// What the query asks for. The parameter of the second generation wins over those of the first.
    pub fn of(call: &Call<'_>) -> Result<Self, Error> {
        match given(call.query.first("jwkUpdateAction")) {
            Some("NULLIFY") => return Ok(Self::Nullify),
            Some("UPDATE") => return Ok(Self::Remake(scope(call)?.unwrap_or(Scope::SameProject))),
            Some(other) => return Err(unknown("jwkUpdateAction", other, ["NULLIFY", "UPDATE"])),
            None => {}
        }
        match (call.flag("updateReferencedJwks")?, call.dialect()) {
            (Some(true), _) => scope(call)?.map(Self::Remake).ok_or(Error::ValueEmpty { field: "updateScope" }),
            (None, Dialect::G2) => Ok(Self::Nullify),
            (Some(false), _) | (None, Dialect::G1) => Ok(Self::Keep),
        }
    }

    /// Does it to the JWKs of the object with this identifier.
    pub fn apply(self, state: &mut State, id: &str, project: &str) -> Result<(), Error> {
        match self {
            Self::Keep => {}
            Self::Nullify => nullify(state, id),
            Self::Remake(scope) => {
                let in_scope = |jwk: &Jwk| scope == Scope::AllProjects || jwk.project == *project;
                for jwk in made_from(state, id).into_iter().filter(in_scope) {
                    if let Some(made) = remake(state, &jwk)? {
                        state.jwks.put(made);
                    }
                }
            }
        }
        Ok(())
    }
}

impl OnDelete {
    /// What the query asks for.
    pub fn of(call: &Call<'_>) -> Result<Self, Error> {
        match given(call.query.first("jwkDeleteAction")) {
            None | Some("NULLIFY") => Ok(Self::Nullify),
            Some("DELETE") => Ok(Self::Delete),
            Some(other) => Err(unknown("jwkDeleteAction", other, ["NULLIFY", "DELETE"])),
        }
    }

    /// Does it to the JWKs of the object with this identifier.
    pub fn apply(self, state: &mut State, id: &str) {
        match self {
            Self::Nullify => nullify(state, id),
            Self::Delete => {
                for jwk in made_from(state, id) {
                    state.jwks.remove(&jwk.id);
                }
            }
        }
    }
}

fn scope(call: &Call<'_>) -> Result<Option<Scope>, Error> {
    match given(call.query.first("updateScope")) {
        None => Ok(None),
        Some("SAME_PROJECT") => Ok(Some(Scope::SameProject)),
        Some("ALL_PROJECTS") => Ok(Some(Scope::AllProjects)),
        Some(other) => Err(unknown("updateScope", other, ["SAME_PROJECT", "ALL_PROJECTS"])),
    }
}

fn nullify(state: &mut State, id: &str) {
    for jwk in made_from(state, id) {
        state.jwks.put(Jwk { source: None, ..jwk });
    }
}

fn made_from(state: &State, id: &str) -> Vec<Jwk> {
    let follows = |jwk: &&Arc<Jwk>| jwk.source.as_ref().is_some_and(|source| source.id == *id);
    state.jwks.all().filter(follows).map(|jwk| Jwk::clone(jwk)).collect()
}
