//! Certificates, keys and keystores in their real formats. It knows no API and no HTTP.
//!
//! Reading is lenient where real systems are, and never panics; what is computed once on reading is kept.

pub(crate) mod asn1;
mod ber;
pub mod bundle;
mod certificate;
pub mod certificate_factory;
pub mod certificate_file;
mod chain;
pub mod csr;
mod distinguished_name;
mod error;
pub mod generate;
pub mod jks;
pub mod jwk;
mod key;
mod keystore;
mod name_reading;
mod name_text;
mod pbe;
pub mod pem;
pub mod pkcs12;
pub mod pkcs7;
#[cfg(test)]
mod robustness;
mod signature;
pub mod ssh;

pub use certificate::{Certificate, Digest, Unreadable};
pub use chain::{build_chain, is_trusted};
pub use distinguished_name::DistinguishedName;
pub use error::Error;
pub use key::{Curve, KeyType, PrivateKey, PublicKey};
pub use keystore::{Content, Entry};
pub use signature::SignatureAlgorithm;
