//! What the targets do with bytes from outside. `tests/fuzzed.rs` of the main crate runs the same on the seeds and on fixtures, so
//! that whatever was found once is held by every run of the tests.

#[path = "bytes.rs"]
mod bytes;
#[path = "requests.rs"]
mod requests;

pub use bytes::{jks, jwk, multipart, pem, pkcs7, pkcs8, pkcs12, scenario, ssh, zip};
pub use requests::{batch, filter, form, formats, json, request, uri, xml};

/// A target that takes bytes. One that takes text is not given what is none.
pub type Target = fn(&[u8]);

/// All targets by their names.
pub const TARGETS: [(&str, Target); 18] = [
    ("batch", batch),
    ("filter", |bytes| as_text(bytes, filter)),
    ("form", form),
    ("formats", |bytes| as_text(bytes, formats)),
    ("jks", jks),
    ("json", json),
    ("jwk", |bytes| as_text(bytes, jwk)),
    ("multipart", multipart),
    ("pem", pem),
    ("pkcs12", pkcs12),
    ("pkcs7", pkcs7),
    ("pkcs8", pkcs8),
    ("request", request),
    ("scenario", |bytes| as_text(bytes, scenario)),
    ("ssh", ssh),
    ("uri", |bytes| as_text(bytes, uri)),
    ("xml", xml),
    ("zip", zip),
];

fn as_text<T>(bytes: &[u8], target: fn(&str) -> T) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        target(text);
    }
}
