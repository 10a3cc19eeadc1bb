//! Messages: what arrives and what is sent, as owned values. Nothing here awaits, and nothing knows an API.

mod media_type;
mod multipart;
mod request;
mod response;
mod target;

pub use media_type::*;
pub use multipart::*;
pub use request::Request;
pub use response::{Diagnosis, Response};
pub use target::*;
