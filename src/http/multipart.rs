//! `multipart/form-data` bodies (RFC 7578), with bounds.
