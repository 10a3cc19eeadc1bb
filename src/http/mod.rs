//! Messages: what arrives and what is sent, as owned values. Nothing here awaits, and nothing knows an API.

pub mod authority;
pub mod charset;
pub mod media_type;
pub mod multipart;
mod request;
mod response;
pub mod target;

pub use media_type::{Accept, ContentType, MediaType, Offer};
pub use multipart::Form;
pub use request::{Request, first_header};
pub use response::{Delivery, Diagnosis, Extent, Response};
