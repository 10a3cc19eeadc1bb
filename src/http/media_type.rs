//! Media types and the choice among them (RFC 9110 sections 8.3 and 12.5.1).
