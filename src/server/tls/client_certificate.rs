//! Clients' certificates: asked for, never demanded. Whoever has the key of what he shows is let in, and the emulated
//! system judges it: testers have certificates that are self-signed, of version 1 or expired, and want to see the answer.

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use crate::pki::Certificate;

/// Takes every certificate that can be read, from whoever has its key.
#[derive(Debug)]
pub struct AnyClient {
    algorithms: WebPkiSupportedAlgorithms,
}

impl AnyClient {
    /// With the algorithms of the provider.
    pub const fn new(provider: &CryptoProvider) -> Self {
        Self { algorithms: provider.signature_verification_algorithms }
    }

    /// Whether the client signed the handshake with its certificate's key. The library's own check refuses certificates
    /// of version 1, though only their keys matter for it.
    fn has_key(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let certificate = read(certificate)?;
        let key = certificate.public_key().bits();
        let fitting = self.algorithms.mapping.iter().filter(|(scheme, _)| *scheme == signed.scheme);
        let mut tried = fitting.flat_map(|(_, algorithms)| algorithms.iter());
        if tried.any(|algorithm| algorithm.verify_signature(key, message, signed.signature()).is_ok()) {
            Ok(HandshakeSignatureValid::assertion())
        } else {
            Err(CertificateError::BadSignature.into())
        }
    }
}

fn read(der: &CertificateDer<'_>) -> Result<std::sync::Arc<Certificate>, Error> {
    Certificate::from_der(der).map_err(|_| CertificateError::BadEncoding.into())
}

impl ClientCertVerifier for AnyClient {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        read(end_entity).map(|_| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.has_key(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.has_key(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
