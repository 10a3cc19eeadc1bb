//! Requests over the network, by HTTPS or, to where there is none, by HTTP.
//!
//! Whom to trust is told, or is what this machine trusts: `SSL_CERT_FILE` and `SSL_CERT_DIR`, else the bundle of the system. A
//! proxy is used where `HTTPS_PROXY` and its kin name one, but not for this machine itself.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use rustls::crypto::ring;
use ureq::Agent;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

use super::Address;
use super::carrier::{Carrier, Unreached};
use crate::pki;

/// For a connection, for the beginning of an answer, and for its body.
const PATIENCE: [Duration; 3] = [Duration::from_secs(15), Duration::from_mins(1), Duration::from_mins(2)];

/// Most bytes of an answer.
const MOST: u64 = 64 * 1024 * 1024;

/// Whose certificates are trusted.
#[derive(Debug, Clone)]
pub enum Trust {
    /// Those that these authorities have issued, and no others.
    Given(Vec<Arc<pki::Certificate>>),
    /// Those that this machine trusts.
    OfThisMachine,
}

/// The certificate that a client shows, its issuers after it, with its private key.
pub struct ClientIdentity {
    /// The certificates.
    pub chain: Vec<Arc<pki::Certificate>>,
    /// The key.
    pub key: pki::PrivateKey,
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientIdentity(…)")
    }
}

/// The way over the network.
#[derive(Debug)]
pub struct Https(Agent);

impl Https {
    /// To a tenant.
    ///
    /// # Errors
    /// This machine trusts nobody, as far as it says.
    pub fn to(address: &Address, trust: &Trust, shown: Option<&ClientIdentity>) -> Result<Self, String> {
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
            .root_certs(roots(address, trust)?)
            .client_cert(shown.map(certified).transpose()?);
        let [connect, answer, body] = PATIENCE.map(Some);
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("certmimic/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(connect)
            .timeout_recv_response(answer)
            .timeout_recv_body(body);
        let config = if address.is_loopback() { config.proxy(None) } else { config };
        Ok(Self(config.build().into()))
    }
}

impl Carrier for Https {
    fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Unreached> {
        let (parts, body) = request.into_parts();
        let answer = if body.is_empty() && parts.method == http::Method::GET {
            self.0.run(Request::from_parts(parts, ()))
        } else {
            self.0.run(Request::from_parts(parts, body.to_vec()))
        };
        let (parts, mut body) = answer.map_err(unreached)?.into_parts();
        let bytes = body.with_config().limit(MOST).read_to_vec().map_err(unreached)?;
        Ok(Response::from_parts(parts, bytes.into()))
    }
}

fn certified(identity: &ClientIdentity) -> Result<ClientCert, String> {
    let chain: Vec<_> = identity.chain.iter().map(|one| Certificate::from_der(one.der()).to_owned()).collect();
    let key = pki::pem::encode("PRIVATE KEY", identity.key.pkcs8());
    let key =
        PrivateKey::from_pem(key.as_bytes()).map_err(|_| "the private key of the client certificate cannot be used")?;
    Ok(ClientCert::new_with_certs(&chain, key))
}

fn roots(address: &Address, trust: &Trust) -> Result<RootCerts, String> {
    let owned = |der: &[u8]| Certificate::from_der(der).to_owned();
    let certificates: Vec<Certificate<'static>> = match trust {
        Trust::Given(authorities) => authorities.iter().map(|authority| owned(authority.der())).collect(),
        Trust::OfThisMachine => {
            let found = rustls_native_certs::load_native_certs();
            found.certs.iter().map(|authority| owned(authority)).collect()
        }
    };
    if certificates.is_empty() && address.origin().starts_with("https://") {
        return Err(
            "this machine names no certificate authority to trust; name one with --ca, or a bundle with SSL_CERT_FILE"
                .to_owned(),
        );
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

fn unreached(error: ureq::Error) -> Unreached {
    match error {
        ureq::Error::Rustls(rustls::Error::InvalidCertificate(why)) => {
            Unreached::NotTrusted(format!("it is not: {why}"))
        }
        ureq::Error::Rustls(error) => Unreached::Failed(format!("TLS failed ({error})")),
        ureq::Error::BodyExceedsLimit(most) => Unreached::TooLong(most),
        ureq::Error::HostNotFound => Unreached::Failed("the name of the host cannot be resolved".to_owned()),
        ureq::Error::Timeout(of) => Unreached::Failed(format!("none came in time ({of})")),
        ureq::Error::Io(error) => of_connection(&error),
        other => Unreached::Failed(other.to_string()),
    }
}

/// What TLS says comes wrapped into what the connection says.
fn of_connection(error: &std::io::Error) -> Unreached {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(why)) => Unreached::NotTrusted(format!("it is not: {why}")),
        Some(other) => Unreached::Failed(format!("TLS failed ({other})")),
        None => Unreached::Failed(error.to_string()),
    }
}
