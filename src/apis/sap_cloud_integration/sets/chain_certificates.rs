//! `ChainCertificates`: the rows that `KeystoreEntries(...)/ChainCertificates` has, under their own addresses.

use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{EXPORTED, alias, keystore_name};
use crate::apis::sap_cloud_integration::state::{State, Status};
use crate::apis::sap_cloud_integration::{edm, entities};
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Context, Entity, EntitySet, Key, Related};

/// Certificates of key pairs' chains. The set itself is not documented; its rows' addresses are, so they can be read.
pub struct ChainCertificates;

impl EntitySet<State> for ChainCertificates {
    fn set(&self) -> &'static Set {
        &edm::CHAIN_CERTIFICATES
    }

    fn read(&self, cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let entry = state.entry(keystore_name(cx, &EXPORTED)?, &alias(key)?)?;
        let index = key.parts().iter().find(|(name, _)| *name == "Index").map(|(_, index)| index);
        let mut rows = entities::chain_certificates(entry).into_iter();
        let row = rows.find(|row| row.value("Index") == index);
        Ok(row.ok_or_else(|| Error::AliasNotFound { alias: entry.alias.to_string() })?)
    }

    fn navigate<'a>(
        &self,
        cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let entry = state.entry(keystore_name(cx, &EXPORTED)?, &alias(key)?)?;
        Ok(Related::One(Some(entities::keystore_entry(&state.behaviour, entry, &Status::Unchanged))))
    }
}
