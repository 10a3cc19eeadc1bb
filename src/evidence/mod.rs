//! What was seen of real systems, as data: files that people write and send, and what they say of the catalogues' rows.

mod archive;
mod check;
mod date;
mod documents;
mod file;
mod row;

pub use archive::{Archive, FILES, Newest, Sighting};
pub use check::{Checked, check};
pub use date::Date;
pub use documents::Document;
pub use file::{Observation, Observations, VERSION};
