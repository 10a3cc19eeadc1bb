//! `HistoryKeystoreEntries`: SAP's key pairs that were replaced, and their way back.

use super::keystore_entries;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{self, alias, refuse_unless_null};
use crate::apis::sap_cloud_integration::state::{State, StoreName};
use crate::apis::sap_cloud_integration::{edm, entities};
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Media, Related, Rows};
use crate::store::Draft;

/// The history of SAP's keys.
pub struct HistoryKeystoreEntries;

impl EntitySet<State> for HistoryKeystoreEntries {
    fn set(&self) -> &'static Set {
        &edm::HISTORY_KEYSTORE_ENTRIES
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let rows = state.history_in_order().into_iter();
        Ok(Box::new(rows.map(|past| entities::history_entry(&state.behaviour, past))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(entities::history_entry(&state.behaviour, state.past(&alias(key)?)?))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        keystore_entries::related(state, StoreName::History, &state.past(&alias(key)?)?.entry, to)
    }

    fn related_media(
        &self,
        cx: &Context<'_>,
        state: &State,
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Media, Refusal> {
        keystore_entries::media(cx, &state.past(&alias(key)?)?.entry, to)
    }

    /// Copies the entry to the renewal keystore.
    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        body: &Body,
        _merge: bool,
    ) -> Result<Answer, Refusal> {
        let alias = alias(key)?;
        if !cx.options.is_true("copy") {
            return Err(Error::CopyMissing.into());
        }
        refuse_unless_null(body)?;
        let destination = cx.options.first("destinationAlias").filter(|alias| !alias.is_empty());
        draft.state.bring_back(&alias, destination, &request::writer(cx))?;
        Ok(Answer::NoContent)
    }
}
