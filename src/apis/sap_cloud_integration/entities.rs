//! State as entities: what a reader is shown of entries, keystores and chains.

use std::sync::Arc;

use super::alias::Alias;
use super::behaviour::{Behaviour, CurveName};
use super::edm;
use super::state::{Content, Entry, Facts, HistoryEntry, Keystore, Owner, Stamp, State, Status, StoreName};
use crate::effects::Timestamp;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, Entity, Value};
use crate::pki::Certificate;
use crate::store::Text;

/// `KeystoreEntry`.
pub fn keystore_entry(behaviour: &Behaviour, entry: &Entry, status: &Status) -> Entity {
    Entity::new(&edm::KEYSTORE_ENTRIES, entry_values(behaviour, entry, status))
}

/// `HistoryKeystoreEntry`.
pub fn history_entry(behaviour: &Behaviour, past: &HistoryEntry) -> Entity {
    let mut values = entry_values(behaviour, &past.entry, &Status::Unchanged);
    values.extend([
        (&past.activated.by).into(),
        Value::DateTimeOffset(past.activated.at),
        (&past.deactivated.by).into(),
        Value::DateTimeOffset(past.deactivated.at),
        past.sequence.into(),
        (&past.original).into(),
    ]);
    Entity::new(&edm::HISTORY_KEYSTORE_ENTRIES, values)
}

/// `ChainCertificate`, from the root (index 0) to the end entity; none for a certificate entry.
pub fn chain_certificates(entry: &Entry) -> Vec<Entity> {
    if !entry.content.is_key_pair() {
        return Vec::new();
    }
    (0..)
        .zip(entry.content.chain().rev())
        .map(|(index, one)| chain_certificate(entry, index, &Facts::of(one)))
        .collect()
}

fn chain_certificate(entry: &Entry, index: i32, facts: &Facts) -> Entity {
    let values = vec![
        entry.hexalias.text().into(),
        entry.alias.text().into(),
        index.into(),
        Value::Null,
        (&facts.key_type).into(),
        facts.key_size.map_or(Value::Null, Value::Int32),
        Value::DateTimeOffset(facts.not_before),
        Value::DateTimeOffset(facts.not_after),
        (&facts.subject).into(),
        (&facts.issuer).into(),
        (&facts.serial_number).into(),
        (&facts.signature_algorithm).into(),
        facts.version.into(),
    ];
    let fingerprints = facts.fingerprints.iter().map(Value::from);
    Entity::new(&edm::CHAIN_CERTIFICATES, values.into_iter().chain(fingerprints).collect())
}

/// `Keystore`.
pub fn keystore(name: StoreName, keystore: &Keystore) -> Entity {
    let modified = keystore.modified();
    let values = vec![
        name.as_str().into(),
        Value::text(modified.map(|stamp| &stamp.by)),
        modified.map_or(Value::Null, |stamp| Value::DateTimeOffset(stamp.at)),
        i32::try_from(keystore.len()).map_or(Value::Null, Value::Int32),
        Value::Null,
        Value::Null,
        Value::Null,
    ];
    Entity::new(&edm::KEYSTORES, values)
}

/// A stream that belongs to an entry: `CertificateResource`, `CertificateChainResource`, `SSHKeyResource`.
pub fn stream_of(set: &'static Set, entry: &Entry) -> Entity {
    Entity::new(set, vec![entry.hexalias.text().into(), entry.alias.text().into()])
}

/// `CertificateSigningRequest`: it has no alias of its own.
pub fn signing_request(entry: &Entry) -> Entity {
    Entity::new(&edm::CERTIFICATE_SIGNING_REQUESTS, vec![entry.hexalias.text().into()])
}

/// All entries of a keystore, as a plain read shows them.
pub fn all_entries<'a>(behaviour: &'a Behaviour, keystore: &'a Keystore) -> impl Iterator<Item = Entity> + 'a {
    keystore.entries().map(|entry| keystore_entry(behaviour, entry, &Status::Unchanged))
}

/// What a write answers that reports entries only when asked to.
pub fn after_write(cx: &Context<'_>, state: &State) -> Answer {
    if cx.options.is_true("returnKeystoreEntries") { present_entries(state) } else { Answer::NoContent }
}

/// All entries of `system`.
pub fn present_entries(state: &State) -> Answer {
    Answer::Entities(&edm::KEYSTORE_ENTRIES, all_entries(&state.behaviour, &state.system).collect())
}

/// A certificate that is refused, as the entry that it would be: never stored, so nobody made it.
pub fn untrusted(behaviour: &Behaviour, alias: &Alias, certificate: &Arc<Certificate>) -> Entity {
    let nobody = Stamp::new("", Timestamp(0));
    let content = Content::Certificate(certificate.clone());
    let entry = Entry::new(alias.clone(), Owner::TenantAdministrator, content, nobody.clone(), nobody);
    let mut entity = keystore_entry(behaviour, &entry, &Status::NotTrusted);
    let properties = edm::KEYSTORE_ENTRIES.entity_type.all_properties();
    for (value, property) in entity.values.iter_mut().zip(properties) {
        match property.name {
            "CreatedBy" | "CreatedTime" | "LastModifiedBy" | "LastModifiedTime" => *value = Value::Null,
            "Validity" => *value = "notTrusted".into(),
            _ => {}
        }
    }
    entity
}

fn entry_values(behaviour: &Behaviour, entry: &Entry, status: &Status) -> Vec<Value> {
    let facts: &Facts = &entry.facts;
    let [sha1, sha256, sha512] = &facts.fingerprints;
    vec![
        entry.hexalias.text().into(),
        entry.alias.text().into(),
        (&facts.key_type).into(),
        facts.key_size.map_or(Value::Null, Value::Int32),
        Value::DateTimeOffset(facts.not_before),
        Value::DateTimeOffset(facts.not_after),
        (&facts.serial_number).into(),
        (&facts.signature_algorithm).into(),
        Value::text(curve(behaviour, facts)),
        Value::Null,
        (&facts.subject).into(),
        (&facts.issuer).into(),
        facts.version.into(),
        sha1.into(),
        sha256.into(),
        sha512.into(),
        entry.content.type_name().into(),
        entry.owner.as_str().into(),
        (&entry.modified.by).into(),
        Value::DateTimeOffset(entry.modified.at),
        (&entry.created.by).into(),
        Value::DateTimeOffset(entry.created.at),
        status_value(status),
    ]
}

fn curve<'f>(behaviour: &Behaviour, facts: &'f Facts) -> Option<&'f Text> {
    match behaviour.ec_curve_name {
        CurveName::Short => facts.curve.as_ref(),
        CurveName::Jdk => facts.curve_jdk.as_ref(),
    }
}

/// Nearly every row says `unchanged`: that costs no allocation.
fn status_value(status: &Status) -> Value {
    match status {
        Status::Unchanged => "unchanged".into(),
        status => status.to_string().into(),
    }
}
