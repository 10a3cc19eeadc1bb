//! Request targets: path segments and query parameters, percent-decoded once (RFC 3986).
