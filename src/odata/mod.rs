//! OData V2 as a protocol: bytes to operations and back. It knows no SAP service.
//!
//! A service is an EDM constant ([`edm::Schema`]), one [`EntitySet`] for each set, and a [`Dialect`] for what differs
//! between services. Everything else of the protocol is done here, once.
//!
//! Documents: [MS-ODATA], the OData V2 URI, JSON, Atom and batch conventions, and the observable behaviour of Apache
//! Olingo 2 as the contract quotes it.

pub mod batch;
pub mod body;
pub mod dialect;
pub mod edm;
mod entity;
pub mod error;
pub mod filter;
mod format;
mod lexical;
mod memo;
mod metadata;
mod options;
mod plan;
mod read;
mod render;
mod request;
mod resource;
mod root;
mod service;
mod session;
mod set;
mod shape;
mod system_option;
pub mod uri;
mod value;
mod write;

#[cfg(test)]
mod tests;

pub use dialect::Dialect;
pub use entity::{Entity, Entry, Inline, Key};
pub use error::{Error, OUTCOMES};
pub use memo::{Kept, Memo, kept_rows};
pub use options::Options;
pub use request::{Verb, method};
pub use service::Service;
pub use set::{Answer, Context, EntitySet, Media, Related, Rest, Rows};
pub use value::Value;
