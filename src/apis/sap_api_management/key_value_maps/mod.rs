//! Key value maps: two families of two sets each, maps and their values. `KeyMapEntries` are named alone,
//! `GenericKeyMapEntries` by name, scope and what that is about. The rules are the same, the names of properties are not.

mod family;
mod maps;
mod values;

pub use family::{CLASSIC, GENERIC};
pub use maps::Maps;
pub use values::Values;
