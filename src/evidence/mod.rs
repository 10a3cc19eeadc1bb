//! What was seen of real systems, as data: files that people write and send, and what they say of the catalogues' rows.

mod date;
mod file;

pub use date::Date;
pub use file::{Observation, Observations, VERSION};
