//! `KeystoreEntries`: list, read, export, rename, delete; activation of SAP's prepared key pairs.

use std::sync::Arc;

use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{EXPORTED, LISTED, alias, keystore_name, refuse_unless_one_null};
use crate::apis::sap_cloud_integration::state::{Entry, State, Status, StoreName};
use crate::apis::sap_cloud_integration::{edm, entities, export, request};
use crate::contract::Refusal;
use crate::odata::edm::{Navigation, Set};
use crate::odata::{Answer, Context, EntitySet, Entry as Body, Kept, Key, Media, Memo, Related, Rows, kept_rows};
use crate::store::Draft;

/// Entries of the keystores `system`, `backup_admin_system` and `KeyRenewal`.
pub struct KeystoreEntries;

impl EntitySet<State> for KeystoreEntries {
    fn set(&self) -> &'static Set {
        &edm::KEYSTORE_ENTRIES
    }

    fn list<'a>(&self, cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let keystore = request::keystore(state, keystore_name(cx, &LISTED)?)?;
        Ok(Box::new(entities::all_entries(&state.behaviour, keystore)))
    }

    fn kept<'a>(&self, cx: &Context<'_>, state: &'a State) -> Option<Kept<'a>> {
        let keystore = request::keystore(state, keystore_name(cx, &LISTED).ok()?).ok()?;
        let shown = |entry: &Arc<Entry>| entities::keystore_entry(&state.behaviour, entry, &Status::Unchanged);
        Some(Kept { feed: keystore.feed(), rows: kept_rows(keystore.entries(), |entry| &entry.memo, shown) })
    }

    fn memo_of<'a>(&self, cx: &Context<'_>, state: &'a State, key: &Key) -> Option<&'a Memo> {
        Some(&state.entry(keystore_name(cx, &LISTED).ok()?, &alias(key).ok()?).ok()?.memo)
    }

    fn read(&self, cx: &Context<'_>, state: &State, key: &Key) -> Result<crate::odata::Entity, Refusal> {
        let entry = state.entry(keystore_name(cx, &LISTED)?, &alias(key)?)?;
        Ok(entities::keystore_entry(&state.behaviour, entry, &Status::Unchanged))
    }

    fn navigate<'a>(
        &self,
        cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let store = keystore_name(cx, &EXPORTED)?;
        let entry = state.entry(store, &alias(key)?)?;
        related(state, store, entry, to)
    }

    fn related_media(
        &self,
        cx: &Context<'_>,
        state: &State,
        key: &Key,
        to: &'static Navigation,
    ) -> Result<Media, Refusal> {
        // Signing requests and SSH keys are those of `system`; the option belongs to the others.
        let store = match to.name {
            "SigningRequest" | "Sshkey" => StoreName::System,
            _ => keystore_name(cx, &EXPORTED)?,
        };
        media(cx, state.entry(store, &alias(key)?)?, to)
    }

    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        body: &Body,
        _merge: bool,
    ) -> Result<Answer, Refusal> {
        let alias = alias(key)?;
        let to = cx.options.first("renameAlias").filter(|to| !to.is_empty()).ok_or(Error::RenameAliasMissing)?;
        refuse_unless_one_null(body)?;
        let to = Alias::for_administrator(to.to_owned())?;
        let hexalias = to.hexalias();
        draft.state.rename(&alias, to, &request::writer(cx))?;
        if cx.options.is_true("returnHexAlias") {
            let body = format!("[{}]", hexalias.text()).into();
            return Ok(Answer::Media(Media { media_type: "text/plain;charset=utf-8", body }));
        }
        Ok(entities::after_write(cx, draft.state))
    }

    fn delete(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        let alias = alias(key)?;
        let writer = request::writer(cx);
        match (keystore_name(cx, &[StoreName::System, StoreName::Renewal])?, cx.options.is_true("activate")) {
            (StoreName::Renewal, true) => draft.state.activate(&alias, &writer)?,
            (StoreName::System, false) => draft.state.delete(&alias, &writer)?,
            _ => return Err(Error::ActivationIncomplete.into()),
        }
        Ok(entities::after_write(cx, draft.state))
    }
}

/// What a navigation property of an entry leads to; of an entry of the history just the same.
pub fn related<'a>(
    state: &'a State,
    store: StoreName,
    entry: &Entry,
    to: &'static Navigation,
) -> Result<Related<'a>, Refusal> {
    let stream = |set| Related::One(Some(entities::stream_of(set, entry)));
    Ok(match to.name {
        "ChainCertificates" => Related::Many(Box::new(entities::chain_certificates(entry).into_iter())),
        "Certificate" => stream(&edm::CERTIFICATE_RESOURCES),
        "ChainResource" => stream(&edm::CERTIFICATE_CHAIN_RESOURCES),
        "Sshkey" => stream(&edm::SSH_KEY_RESOURCES),
        "SigningRequest" => Related::One(Some(entities::signing_request(entry))),
        _ => match store {
            StoreName::History => Related::One(None),
            store => Related::One(Some(entities::keystore(store, request::keystore(state, store)?))),
        },
    })
}

/// The stream at the end of a navigation property of an entry.
pub fn media(cx: &Context<'_>, entry: &Entry, to: &'static Navigation) -> Result<Media, Refusal> {
    match to.name {
        "Certificate" => Ok(export::certificate(entry, cx.options.is_true("rootCA"))),
        "ChainResource" => Ok(export::chain(entry)),
        "Sshkey" => Ok(export::ssh_key(entry)?),
        "SigningRequest" => Ok(export::signing_request(entry)?),
        _ => Err(Error::NotImplemented.into()),
    }
}
