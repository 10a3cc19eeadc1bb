//! REST over JSON and forms: bodies, queries and archives. It knows no API.
//!
//! What an API reads ([`json`], [`Pairs`], [`archive`]) and writes stays its own affair.

pub mod archive;
mod json;
mod pairs;

pub use json::{BadJson, json};
pub use pairs::Pairs;
