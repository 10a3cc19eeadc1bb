//! Who carries requests to a tenant.

use bytes::Bytes;
use http::{Request, Response};

/// A way to a tenant and back.
pub trait Carrier {
    /// What the tenant answers, whatever its status. Redirections are not followed.
    ///
    /// # Errors
    /// No answer came.
    fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unreached>;
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreached {
    /// The connection failed, or what came is no HTTP; why.
    Failed(String),
    /// The certificate that was shown by TLS is not trusted; why.
    NotTrusted(String),
    /// The answer is longer than anyone reads, in bytes.
    TooLong(u64),
}
