//! What the server shows to clients: a certificate with its key, read or minted.

use std::net::IpAddr;
use std::sync::Arc;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;

use super::{TlsError, random};
use crate::effects::{Timestamp, wall_clock};
use crate::pki::generate::{KeySpec, Template, issued, private_key, self_signed};
use crate::pki::{Certificate, DistinguishedName, PrivateKey, SignatureAlgorithm, certificate_file};

/// Names of a minted certificate unless told otherwise: this machine, and the server's name beside others in containers.
pub const DEFAULT_NAMES: &[&str] = &["localhost", "127.0.0.1", "::1", "certmimic"];

/// Where certificate and key come from.
#[derive(Clone)]
pub enum Identity {
    /// Read from PEM.
    Given {
        /// The server's certificate, then those of its issuers.
        certificates: Vec<u8>,
        /// Its private key.
        key: String,
        /// What opens the key, if it is encrypted.
        password: Option<String>,
    },
    /// Minted at the start for these host names and IP addresses, by an authority that is minted too.
    Minted {
        /// The names.
        names: Vec<String>,
    },
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Given { .. } => f.write_str("Given"),
            Self::Minted { names } => f.debug_struct("Minted").field("names", names).finish(),
        }
    }
}

impl Default for Identity {
    fn default() -> Self {
        Self::Minted { names: DEFAULT_NAMES.iter().map(ToString::to_string).collect() }
    }
}

/// What is shown, and whom a client has to trust for it.
pub struct Shown {
    pub certified: CertifiedKey,
    pub authority: Option<String>,
}

impl Identity {
    /// Reads or mints it.
    pub fn resolve(&self, provider: &CryptoProvider) -> Result<Shown, TlsError> {
        let now = wall_clock();
        match self {
            Self::Given { certificates, key, password } => {
                let chain = certificate_file::certificates(certificates).map_err(TlsError::Certificate)?;
                let key = PrivateKey::from_pem(key, password.as_deref()).map_err(TlsError::Key)?;
                let leaf = chain.first().ok_or_else(no_certificate)?;
                check(leaf, &key, now)?;
                Ok(Shown { certified: certified(&chain, &key, provider)?, authority: None })
            }
            Self::Minted { names } => {
                let minted = mint(names, now, provider)?;
                let certified = certified(&[minted.certificate], &minted.key, provider)?;
                Ok(Shown { certified, authority: Some(minted.authority.pem()) })
            }
        }
    }
}

fn no_certificate() -> TlsError {
    TlsError::Certificate(crate::pki::Error::Malformed("there is none in it".to_owned()))
}

fn check(leaf: &Certificate, key: &PrivateKey, now: Timestamp) -> Result<(), TlsError> {
    if leaf.public_key().bits() != key.public_key().bits() {
        return Err(TlsError::KeyOfAnother { subject: leaf.subject().rfc2253_text() });
    }
    if leaf.not_after() < now.seconds() {
        return Err(TlsError::Expired { end: Timestamp::from_seconds(leaf.not_after()) });
    }
    Ok(())
}

/// Not by `CertifiedKey::from_der`, which refuses certificates of version 1.
fn certified(
    chain: &[Arc<Certificate>],
    key: &PrivateKey,
    provider: &CryptoProvider,
) -> Result<CertifiedKey, TlsError> {
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.pkcs8().to_vec()));
    let key = provider.key_provider.load_private_key(der).map_err(TlsError::UnusableKey)?;
    let chain = chain.iter().map(|link| CertificateDer::from(link.der().to_vec())).collect();
    Ok(CertifiedKey::new(chain, key))
}

const DAY: i64 = 86_400;

/// Clients' clocks may be behind.
const LEEWAY: i64 = DAY;

/// Some clients refuse server certificates that are valid for more than 825 days.
const LEAF_DAYS: i64 = 820;

/// The authority outlives its certificates.
const AUTHORITY_DAYS: i64 = 3650;

/// Organizational unit of everything minted: nobody shall take it for more than it is.
const FOR_TESTS: &str = "certmimic test certificate";

struct Minted {
    authority: Arc<Certificate>,
    certificate: Arc<Certificate>,
    key: PrivateKey,
}

/// Keys that nobody else has: whoever trusts the authority trusts this start of this server only.
fn mint(names: &[String], now: Timestamp, provider: &CryptoProvider) -> Result<Minted, TlsError> {
    if let Some(name) = names.iter().find(|name| !is_name(name)) {
        return Err(TlsError::Name(name.clone()));
    }
    let mut rng = ChaCha20Rng::from_seed(random(provider)?);
    let mut new_key = || private_key(KeySpec::Ec("secp256r1"), true, &mut rng).map_err(TlsError::Minting);
    let (authority_key, key) = (new_key()?, new_key()?);
    let serials: [[u8; 8]; 2] = [random(provider)?, random(provider)?];
    let [authority_serial, serial] = serials;
    let validity = |days: i64| [now.seconds() - LEEWAY, now.seconds() + days * DAY];

    let title = format!("certmimic {}", hex::encode(authority_serial));
    let template = template(&title, &authority_serial, validity(AUTHORITY_DAYS))?;
    let template = Template { ca: true, ..template };
    let algorithm = algorithm(&authority_key)?;
    let authority = self_signed(&template, &authority_key, &algorithm).map_err(TlsError::Minting)?;

    let first = names.first().map_or("certmimic", String::as_str);
    let template = Template {
        alternative_names: names.to_vec(),
        extended_key_usage: vec![SERVER_AUTHENTICATION.to_owned()],
        comment: "",
        ..self::template(first, &serial, validity(LEAF_DAYS))?
    };
    let certificate = issued(&template, key.public_key(), &authority, &authority_key, &algorithm);
    Ok(Minted { authority, certificate: certificate.map_err(TlsError::Minting)?, key })
}

const SERVER_AUTHENTICATION: &str = "1.3.6.1.5.5.7.3.1";

fn template(common_name: &str, serial: &[u8], [not_before, not_after]: [i64; 2]) -> Result<Template, TlsError> {
    // A common name has at most 64 characters (RFC 5280 appendix A.1); clients look at the alternative names.
    let common_name: String = common_name.chars().take(64).collect();
    let subject = DistinguishedName::from_attributes(&[("OU", FOR_TESTS), ("CN", &common_name)]);
    Ok(Template {
        subject: subject.map_err(TlsError::Minting)?,
        serial: serial.to_vec(),
        not_before,
        not_after,
        ca: false,
        alternative_names: Vec::new(),
        extended_key_usage: Vec::new(),
        comment: "",
    })
}

fn algorithm(key: &PrivateKey) -> Result<SignatureAlgorithm, TlsError> {
    let unsigned = || TlsError::Minting(crate::pki::Error::Unsupported("signing with this key".to_owned()));
    SignatureAlgorithm::default_for(key.public_key()).ok_or_else(unsigned)
}

/// An IP address, or labels of letters, digits, hyphens and underscores; the first may be an asterisk.
fn is_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let host = name.strip_prefix("*.").unwrap_or(name);
    name.parse::<IpAddr>().is_ok() || (host.len() <= 253 && host.split('.').all(is_label))
}

#[cfg(test)]
mod tests {
    use rustls::crypto::ring;

    use super::*;

    const YEAR: i64 = 365 * DAY;

    #[test]
    fn a_minted_certificate_is_valid_whenever_it_is_minted() {
        let provider = ring::default_provider();
        let names = ["localhost".to_owned(), "::1".to_owned()];
        for now in [0, 20 * YEAR, 80 * YEAR, 200 * YEAR] {
            let minted = mint(&names, Timestamp::from_seconds(now), &provider).unwrap();
            minted.certificate.verify_issued_by(&minted.authority).unwrap();
            for certificate in [&minted.authority, &minted.certificate] {
                assert!(certificate.not_before() < now && now + 2 * YEAR < certificate.not_after());
            }
            assert!(minted.authority.is_ca() && !minted.certificate.is_ca());
        }
    }

    #[test]
    fn names_are_host_names_or_addresses() {
        for name in ["localhost", "a.b-c.example", "*.tenant.example", "my_host", "10.0.0.1", "::1"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "a..b", "a b", "https://a", "a:1", "ü.example", "*"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
