//! REST over JSON and forms: path templates, bodies, queries and archives. It knows no API.
//!
//! An API hands its operation table to [`find`] and gets back which operation a request means, with the values of the
//! template's parameters; what it then reads ([`json`], [`Pairs`], [`archive`]) and writes stays its own affair.

pub mod archive;
mod json;
mod pairs;
mod path;

pub use json::{BadJson, json};
pub use pairs::Pairs;
pub use path::{Found, Parameters, find};
