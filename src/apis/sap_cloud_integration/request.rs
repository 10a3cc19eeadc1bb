//! What a request says beyond the protocol: which alias and keystore it means, who asks, what its body holds.

use bytes::Bytes;

use super::alias::{Alias, Hexalias};
use super::error::Error;
use super::state::{Keystore, Stamp, State, StoreName, Writer};
use crate::odata::{Context, Entry as Body, Key, Value};
use crate::store::Text;

/// Keystores that can be listed.
pub const LISTED: [StoreName; 3] = [StoreName::System, StoreName::Backup, StoreName::Renewal];

/// Keystores of which certificates and chains can be exported.
pub const EXPORTED: [StoreName; 4] = [StoreName::System, StoreName::Backup, StoreName::Renewal, StoreName::History];

/// The alias that a key of hex digits means.
pub fn alias(key: &Key) -> Result<Alias, Error> {
    Hexalias::decode(key.text("Hexalias"))
}

/// The keystore of the option `keystoreName`, `system` if it is not there.
pub fn keystore_name(cx: &Context<'_>, allowed: &[StoreName]) -> Result<StoreName, Error> {
    cx.options.first("keystoreName").map_or(Ok(StoreName::System), |name| one_of(name, allowed))
}

/// The keystore of this name, if it is allowed.
pub fn one_of(name: &str, allowed: &[StoreName]) -> Result<StoreName, Error> {
    let found = StoreName::parse(name).filter(|store| allowed.contains(store));
    found.ok_or_else(|| Error::KeystoreNameInvalid { name: name.to_owned() })
}

/// The keystore itself. The history has entries of its own kind and is none.
pub fn keystore(state: &State, name: StoreName) -> Result<&Keystore, Error> {
    match name {
        StoreName::System => Ok(&state.system),
        StoreName::Backup => Ok(&state.backup),
        StoreName::Renewal => Ok(&state.renewal),
        StoreName::History => Err(Error::KeystoreNameInvalid { name: name.as_str().to_owned() }),
    }
}

/// Who writes, and whether another user was at it.
pub fn writer(cx: &Context<'_>) -> Writer {
    Writer { stamp: stamp(cx), came_second: cx.contended }
}

/// Who asks, and when.
pub fn stamp(cx: &Context<'_>) -> Stamp {
    Stamp::new(cx.caller.name.clone(), cx.now)
}

/// The name of a credential that is updated: that of its address, and of the body if that has one.
pub fn name_of<'k>(key: &'k Key, body: &Body) -> Result<&'k str, Error> {
    let name = key.text("Name");
    match body.text("Name") {
        Some(other) if other != name => Err(Error::NameMismatch { name: name.to_owned() }),
        _ => Ok(name),
    }
}

/// A part of a key that is a number.
pub fn number(key: &Key, name: &str) -> i64 {
    let part = key.parts().iter().find(|(part, _)| *part == name);
    match part {
        Some((_, Value::Int64(number))) => *number,
        // The protocol layer has read the key as the model has it.
        _ => 0,
    }
}

/// The text of a property; none if it is null or not mentioned.
pub fn text(body: &Body, name: &str) -> Option<Text> {
    body.text(name).map(|text| text.to_owned().into())
}

/// The characters of a property that has some.
pub fn present<'b>(body: &'b Body, name: &str) -> Option<&'b str> {
    body.text(name).filter(|text| !text.trim().is_empty())
}

/// A binary property; empty if it is null or not mentioned.
pub fn binary(body: &Body, name: &str) -> Bytes {
    match body.value(name) {
        Some(Value::Binary(bytes)) => bytes.clone(),
        _ => Bytes::new(),
    }
}

/// Refuses what is over its limit.
pub fn refuse_if_longer(bytes: &[u8], limit: usize) -> Result<(), Error> {
    if bytes.len() > limit { Err(Error::BodyTooLarge { limit: limit.to_string() }) } else { Ok(()) }
}

/// Refuses a body other than the documented one of renames: a single property, null. Anything else is documented to raise
/// an exception, `{}` too (rename-the-alias-of-a-keystore-entry-4024577).
pub fn refuse_unless_one_null(body: &Body) -> Result<(), Error> {
    match body.values.as_slice() {
        [(_, value)] if value.is_null() => Ok(()),
        _ => Err(Error::BodyUnexpected { expected: "{\"Status\":null}".to_owned() }),
    }
}

/// Refuses a body other than the documented one of copies, or one that leaves the property out: what a PUT does not
/// mention is null (OData V2, updating entries with PUT).
pub fn refuse_unless_null(body: &Body) -> Result<(), Error> {
    if body.values.is_empty() { Ok(()) } else { refuse_unless_one_null(body) }
}
