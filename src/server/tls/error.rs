//! What can be wrong with a certificate and its key, each with what to do.

use std::fmt;

use crate::effects::Timestamp;
use crate::pki;

/// Why TLS was not set up.
#[derive(Debug)]
pub enum TlsError {
    /// The certificate cannot be read.
    Certificate(pki::Error),
    /// The certificate is over.
    Expired {
        /// Since when.
        end: Timestamp,
    },
    /// The key cannot be read.
    Key(pki::Error),
    /// The key belongs to another certificate.
    KeyOfAnother {
        /// Whose certificate it is.
        subject: String,
    },
    /// The key is of a kind that TLS is not spoken with.
    UnusableKey(rustls::Error),
    /// A name to mint a certificate for is none.
    Name(String),
    /// A certificate cannot be minted.
    Minting(pki::Error),
    /// The operating system has no random bytes.
    Random,
    /// The TLS library refuses its own defaults.
    Library(rustls::Error),
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certificate(error) => write!(
                f,
                "the TLS certificate cannot be read ({error}); give --tls-cert a PEM file, the server's certificate first"
            ),
            Self::Expired { end } => write!(
                f,
                "the TLS certificate ended on {}; renew it, or leave --tls-cert out to have one minted",
                end.iso_seconds()
            ),
            Self::Key(pki::Error::PasswordRequired) => {
                f.write_str("the TLS key is encrypted; say its password with --tls-key-password")
            }
            Self::Key(pki::Error::WrongPassword) => {
                f.write_str("the password does not open the TLS key; correct --tls-key-password")
            }
            Self::Key(error) => {
                write!(f, "the TLS key cannot be read ({error}); give --tls-key a PEM file with a private key")
            }
            Self::KeyOfAnother { subject } => write!(
                f,
                "the TLS key does not belong to the certificate of {subject}; give --tls-key the key that it was made for"
            ),
            Self::UnusableKey(_) => f.write_str(
                "TLS cannot use a key of this kind; make one of RSA with at least 2048 bits, P-256, P-384 or Ed25519",
            ),
            Self::Name(name) => {
                write!(f, "{name:?} is neither a host name nor an IP address; correct --tls-name")
            }
            Self::Minting(error) => write!(f, "no TLS certificate can be minted ({error}); give one with --tls-cert"),
            Self::Random => {
                f.write_str("the operating system gives no random bytes; give a certificate with --tls-cert")
            }
            Self::Library(error) => write!(f, "TLS cannot be set up ({error}); please report it"),
        }
    }
}

impl std::error::Error for TlsError {}
