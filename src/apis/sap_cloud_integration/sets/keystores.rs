//! `Keystores`: properties, number of entries, entries.

use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{keystore, one_of};
use crate::apis::sap_cloud_integration::state::{State, StoreName};
use crate::apis::sap_cloud_integration::{edm, entities};
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Property, Set};
use crate::odata::{Context, Entity, EntitySet, Key, Related, Rows};

/// Keystores that can be read whole.
const WHOLE: [StoreName; 2] = [StoreName::System, StoreName::Backup];

/// Keystores whose number of entries can be read.
const COUNTED: [StoreName; 2] = [StoreName::System, StoreName::Renewal];

/// Keystores.
pub struct Keystores;

impl EntitySet<State> for Keystores {
    fn set(&self) -> &'static Set {
        &edm::KEYSTORES
    }

    /// Not documented: those that can be read.
    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let rows: Result<Vec<Entity>, Error> = WHOLE.into_iter().map(|name| entity(state, name)).collect();
        Ok(Box::new(rows?.into_iter()))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(entity(state, one_of(key.text("Name"), &WHOLE)?)?)
    }

    /// `Size` is documented for other keystores than the rest.
    fn read_property(
        &self,
        cx: &Context<'_>,
        state: &State,
        key: &Key,
        property: &'static Property,
    ) -> Result<Entity, Refusal> {
        match property.name {
            "Size" => Ok(entity(state, one_of(key.text("Name"), &COUNTED)?)?),
            _ => self.read(cx, state, key),
        }
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let keystore = keystore(state, one_of(key.text("Name"), &WHOLE)?)?;
        Ok(Related::Many(match to.name {
            "Entries" => Box::new(entities::all_entries(&state.behaviour, keystore)),
            // No runtime outside the tenant has a copy.
            _ => Box::new(std::iter::empty()),
        }))
    }
}

fn entity(state: &State, name: StoreName) -> Result<Entity, Error> {
    Ok(entities::keystore(name, keystore(state, name)?))
}
