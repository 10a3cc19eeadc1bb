//! `KeystoreResources`: import, backup, restore, export, and deletion of many entries at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;

use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{binary, keystore, one_of, refuse_if_longer};
use crate::apis::sap_cloud_integration::state::{
    Candidate, Content, Entry, ImportOption, Imported, Keystore, State, StoreName,
};
use crate::apis::sap_cloud_integration::{edm, entities, request};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Value};
use crate::pki::{self, jks};
use crate::store::Draft;

/// Keystores that can be exported.
const EXPORTED: [StoreName; 2] = [StoreName::System, StoreName::Backup];

/// Keystore files.
pub struct KeystoreResources;

impl EntitySet<State> for KeystoreResources {
    fn set(&self) -> &'static Set {
        &edm::KEYSTORE_RESOURCES
    }

    /// Export of everything public.
    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let name = one_of(key.text("Name"), &EXPORTED)?;
        let file = public_content(keystore(state, name)?);
        let values = vec![name.as_str().into(), Value::Binary(file), Value::Null, Value::Null];
        Ok(Entity::new(&edm::KEYSTORE_RESOURCES, values))
    }

    /// Import into `system`, or backup.
    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let name = body.text("Name").unwrap_or_default();
        match StoreName::parse(name) {
            Some(StoreName::System) => import(cx, draft.state, body),
            Some(StoreName::Backup) => {
                draft.state.back_up(&request::writer(cx))?;
                Ok(if wants_entries(cx) { entities::present_entries(draft.state) } else { Answer::NoContent })
            }
            _ => Err(Error::ResourceNameUnsupported { name: name.to_owned() }.into()),
        }
    }

    /// Deletion of many entries, or restore.
    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        body: &Body,
        _merge: bool,
    ) -> Result<Answer, Refusal> {
        one_of(key.text("Name"), &[StoreName::System])?;
        if cx.options.is_true("deleteEntries") {
            return delete_all(cx, draft.state, body);
        }
        let Some(backup) = cx.options.first("retrieveBackup") else {
            return Err(Error::NothingAsked.into());
        };
        one_of(backup, &[StoreName::Backup])?;
        restore(cx, draft.state, body)
    }
}

/// The specification gives the option the default true, unlike everywhere else.
fn wants_entries(cx: &Context<'_>) -> bool {
    cx.options.first("returnKeystoreEntries").is_none_or(|value| value.eq_ignore_ascii_case("true"))
}

fn report(cx: &Context<'_>, state: &State, rows: &[Imported]) -> Answer {
    if !wants_entries(cx) {
        return Answer::NoContent;
    }
    let entities = rows.iter().map(|row| entities::keystore_entry(&state.behaviour, &row.entry, &row.status));
    Answer::Entities(&edm::KEYSTORE_ENTRIES, entities.collect())
}

fn import(cx: &Context<'_>, state: &mut State, body: &Body) -> Result<Answer, Refusal> {
    let option = import_option(cx, &[ImportOption::Overwrite, ImportOption::Merge, ImportOption::Replace])?;
    let file = binary(body, "Resource");
    refuse_if_longer(&file, state.behaviour.import_limit())?;
    let candidates = candidates(&file, body.text("Password").unwrap_or_default())?;
    let rows = state.import(candidates, option, !wants_entries(cx), &request::writer(cx))?;
    Ok(report(cx, state, &rows))
}

/// What can be imported of a file. Everything else in it is left out without a word.
fn candidates(file: &[u8], password: &str) -> Result<Vec<Candidate>, Error> {
    if jks::detect(file).is_none() {
        return Err(Error::NotAKeystore);
    }
    let entries = jks::read(file, Some(password)).map_err(|error| match error {
        pki::Error::WrongPassword | pki::Error::PasswordRequired => Error::WrongPassword,
        _ => Error::NotAKeystore,
    })?;
    let is_locked =
        |entry: &pki::Entry| matches!(entry.content, pki::Content::LockedKey { reason: pki::Error::WrongPassword, .. });
    if entries.iter().any(is_locked) {
        return Err(Error::WrongPassword);
    }
    Ok(entries.into_iter().filter_map(candidate).collect())
}

fn candidate(entry: pki::Entry) -> Option<Candidate> {
    let content = match entry.content {
        pki::Content::Certificate(certificate) => Content::Certificate(certificate),
        pki::Content::KeyPair { key, chain } => Content::key_pair(key, &chain)?,
        pki::Content::LockedKey { .. } | pki::Content::Other => return None,
    };
    Some(Candidate { alias: Alias::new(entry.alias), content })
}

fn import_option(cx: &Context<'_>, allowed: &[ImportOption]) -> Result<ImportOption, Error> {
    let Some(text) = cx.options.first("importOption").filter(|text| !text.is_empty()) else {
        return Ok(ImportOption::Overwrite);
    };
    let option = match text {
        "overwrite" => Some(ImportOption::Overwrite),
        "merge" => Some(ImportOption::Merge),
        "replace" => Some(ImportOption::Replace),
        _ => None,
    };
    option
        .filter(|option| allowed.contains(option))
        .ok_or_else(|| Error::ImportOptionInvalid { option: text.to_owned() })
}

fn restore(cx: &Context<'_>, state: &mut State, body: &Body) -> Result<Answer, Refusal> {
    let option = import_option(cx, &[ImportOption::Overwrite, ImportOption::Replace])?;
    // What a PUT does not mention is null (OData V2, updating entries with PUT).
    if !body.value("Resource").map_or(body.values.is_empty(), Value::is_null) {
        return Err(Error::BodyUnexpected { expected: "{\"Resource\":null}".to_owned() }.into());
    }
    let rows = state.restore(option, &request::writer(cx))?;
    Ok(report(cx, state, &rows))
}

fn delete_all(cx: &Context<'_>, state: &mut State, body: &Body) -> Result<Answer, Refusal> {
    let unexpected = || Error::BodyUnexpected { expected: "{\"Aliases\":\"alias1;alias2\"}".to_owned() };
    let aliases = aliases(body.text("Aliases").ok_or_else(unexpected)?);
    state.delete_all(&aliases, &request::writer(cx))?;
    Ok(if wants_entries(cx) { entities::present_entries(state) } else { Answer::NoContent })
}

/// Aliases of a list: `;` separates them; `\;` and `\\` are characters of an alias. A backslash before anything else, or
/// at the end, is one too (assumed: no source says).
fn aliases(list: &str) -> Vec<Alias> {
    let mut aliases = vec![String::new()];
    let mut characters = list.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = if character == '\\' { characters.next_if(|next| matches!(next, ';' | '\\')) } else { None };
        match (escaped, aliases.last_mut()) {
            (None, _) if character == ';' => aliases.push(String::new()),
            (literal, Some(alias)) => alias.push(literal.unwrap_or(character)),
            (_, None) => {}
        }
    }
    aliases.into_iter().filter(|alias| !alias.is_empty()).map(Alias::new).collect()
}

/// Certificates and chains as a JCEKS file without a password. Of a key pair `test` the certificate is `test`, its issuers
/// `test_1`, `test_2`. Such a file has lower-case aliases only: underscores are added until an alias is free.
fn public_content(keystore: &Keystore) -> Bytes {
    let entries: Vec<&Arc<Entry>> = keystore.entries().collect();
    let mut taken = BTreeSet::new();
    let names = names(entries.iter().map(|entry| entry.alias.text().as_str()), &mut taken);
    let mut file = Vec::new();
    for (entry, name) in entries.iter().zip(names) {
        let created = Some(entry.modified.at.millis());
        for (index, certificate) in entry.content.chain().enumerate() {
            let alias =
                if index == 0 { name.clone() } else { free(&mut taken, &format!("{name}_"), &index.to_string()) };
            file.push(pki::Entry { alias, created, content: pki::Content::Certificate(certificate.clone()) });
        }
    }
    // Keys and aliases that occur twice can make writing fail, and there are none.
    jks::write(jks::Format::Jceks, &file, None).unwrap_or_default().into()
}

/// What entries are called in a file: an alias in lower case keeps its name, others make way for it.
fn names<'a>(aliases: impl Iterator<Item = &'a str> + Clone, taken: &mut BTreeSet<String>) -> Vec<String> {
    taken.extend(aliases.clone().filter(|alias| *alias == alias.to_lowercase()).map(str::to_owned));
    let name = |alias: &str| {
        let lower = alias.to_lowercase();
        if lower == alias { lower } else { free(taken, &lower, "") }
    };
    aliases.map(name).collect()
}

/// The first of `<stem><end>`, `<stem>_<end>`, … that is free.
fn free(taken: &mut BTreeSet<String>, stem: &str, end: &str) -> String {
    let mut stem = stem.to_owned();
    loop {
        let candidate = format!("{stem}{end}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        stem.push('_');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(list: &str) -> Vec<String> {
        aliases(list).iter().map(Alias::to_string).collect()
    }

    #[test]
    fn lists_of_aliases() {
        assert_eq!(parsed("alias1;alias2"), ["alias1", "alias2"]);
        assert_eq!(parsed(r"a\;b;c"), ["a;b", "c"]);
        assert_eq!(parsed(r"Company A\; B;Company \\ C \\"), ["Company A; B", r"Company \ C \"]);
        assert_eq!(parsed(r"Company \\ C \\;x"), [r"Company \ C \", "x"]);
        assert_eq!(parsed(";;a;;"), ["a"]);
        assert_eq!(parsed("a\\"), ["a\\"]);
        assert_eq!(parsed(r"a\b"), [r"a\b"]);
        assert!(parsed("").is_empty());
    }

    #[test]
    fn aliases_of_issuers_are_unique() {
        let mut taken = ["test_1", "test__1"].map(str::to_owned).into_iter().collect();
        assert_eq!(free(&mut taken, "test_", "1"), "test___1");
        assert_eq!(free(&mut taken, "test_", "2"), "test_2");
    }

    #[test]
    fn aliases_that_differ_in_case_only_are_told_apart() {
        let named = |aliases: &[&str]| names(aliases.iter().copied(), &mut BTreeSet::new());
        assert_eq!(named(&["Test", "other"]), ["test", "other"]);
        assert_eq!(named(&["TEST", "Test", "test"]), ["test_", "test__", "test"]);
        assert_eq!(named(&["Test", "test", "test_"]), ["test__", "test", "test_"]);
    }
}
