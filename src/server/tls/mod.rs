//! TLS: a certificate that is given, or minted at the start, and clients that may show one of their own.

mod client_certificate;
mod connection;
mod error;
mod identity;

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::sign::SingleCertAndKey;
use tokio_rustls::TlsAcceptor;

pub use connection::serve;
pub use error::TlsError;
pub use identity::{DEFAULT_NAMES, Identity};

use client_certificate::AnyClient;

/// What the listeners need.
pub struct Tls {
    /// Makes the handshakes.
    pub acceptor: TlsAcceptor,
    /// The certificate authority to trust, in PEM, if it was minted.
    pub authority: Option<String>,
}

/// Sets up TLS 1.2 and 1.3, with HTTP/2 and HTTP/1.1 by ALPN (RFC 7301).
pub fn set_up(identity: &Identity) -> Result<Tls, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let shown = identity.resolve(&provider)?;
    let mut config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::Library)?
        .with_client_cert_verifier(Arc::new(AnyClient::new(&provider)))
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(shown.certified)));
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)), authority: shown.authority })
}

/// Bytes that nobody can foretell.
fn random<const N: usize>(provider: &CryptoProvider) -> Result<[u8; N], TlsError> {
    let mut bytes = [0; N];
    provider.secure_random.fill(&mut bytes).map_err(|_| TlsError::Random)?;
    Ok(bytes)
}
