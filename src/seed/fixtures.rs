//! Material that the program carries, so that a scenario finds it anywhere: `fixture:ca/partner-ca.pem`.

use super::complaint::{Code, Complaint};
use crate::contract::nearest_word;

/// What the name of a fixture begins with, where a scenario takes the path of a file.
pub const SCHEME: &str = "fixture:";

/// A file that the program carries.
#[derive(Debug, Clone, Copy)]
pub struct Fixture {
    /// Its name, without [`SCHEME`].
    pub name: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

macro_rules! embedded {
    ($($name:literal: $what:literal),+ $(,)?) => {
        &[$(Fixture { name: $name, what: $what, bytes: include_bytes!(concat!("../../fixtures/", $name)) }),+]
    };
}

/// All of them, by folder. Every key is a public test key, every password is `changeit`; certificates are valid to the end of 2099
/// unless it is said otherwise.
pub const FIXTURES: &[Fixture] = embedded! {
    "ca/partner-ca.pem": "root certificate of a partner, with a comma in its name",
    "ca/partner-ca.key.pem": "its private key",
    "ca/root-ca.pem": "root certificate",
    "ca/root-ca.key.pem": "its private key",
    "ca/intermediate-ca.pem": "certificate of an authority below the root",
    "ca/intermediate-ca.key.pem": "its private key",
    "server/smtp.pem": "server certificate, issued by the root",
    "server/smtp.der": "the same in DER",
    "server/smtp.key.pem": "its private key",
    "server/api.pem": "EC server certificate, issued by the intermediate authority",
    "server/api.key.pem": "its private key",
    "server/chain.pem": "the same certificate with its chain",
    "sap/cloudintegration.pem": "certificate of a key pair that SAP owns in a tenant, made for certmimic",
    "sap/cloudintegration.key.pem": "its private key",
    "sap/cloudintegration-with-key.pem": "both",
    "sap/root.pem": "root certificate that SAP owns in a tenant, made for certmimic",
    "sap/root.key.pem": "its private key",
    "keys/mykeypair.pem": "self-signed certificate of the key keys/rsa.pem",
    "keys/mykeypair-with-key.pem": "the same with the private key",
    "keys/mykeypair.p12": "the same in PKCS#12",
    "keys/legacy.p12": "the same in PKCS#12, encrypted as before OpenSSL 3",
    "keys/chain.p12": "key and chain of server/api.pem in PKCS#12",
    "keys/rsa.pem": "RSA key in PKCS#8",
    "keys/rsa-pkcs1.pem": "the same, traditional",
    "keys/rsa-encrypted.pem": "the same in PKCS#8, encrypted by PBES2",
    "keys/rsa-3des.pem": "the same in PKCS#8, encrypted by PBE-SHA1-3DES",
    "keys/rsa-traditional.pem": "the same, traditional and encrypted",
    "keys/ec.pem": "EC key in PKCS#8",
    "keys/ec-sec1.pem": "the same, traditional",
    "keys/ed25519.pem": "Ed25519 key in PKCS#8",
    "keys/dsa.pem": "DSA key in PKCS#8",
    "keys/id_rsa": "keys/rsa.pem for OpenSSH",
    "keys/id_rsa.pub": "its public key",
    "keys/id_rsa_encrypted": "the same, encrypted",
    "keys/id_ecdsa": "keys/ec.pem for OpenSSH",
    "keys/id_ecdsa.pub": "its public key",
    "keys/id_ed25519": "Ed25519 key for OpenSSH",
    "keys/id_ed25519.pub": "its public key",
    "keys/id_dsa": "DSA key for OpenSSH",
    "keys/id_dsa.pub": "its public key",
    "keys/id_rsa.ppk": "keys/rsa.pem for PuTTY, format 3",
    "keys/id_rsa-v2.ppk": "the same, format 2",
    "keys/id_rsa_encrypted.ppk": "the same, format 3, encrypted",
    "stores/truststore.jks": "JKS keystore of two trusted certificates",
    "stores/keystore.jks": "JKS keystore of mykeypair, api with its chain, and partner-ca",
    "stores/keystore.jceks": "the same in JCEKS, with a secret key too",
    "stores/keystore.p12": "the same in PKCS#12",
    "chain/chain.p7b": "PKCS#7 of the chain of server/api.pem, in DER",
    "chain/chain-pem.p7b": "the same in PEM",
    "chain/chain.pkipath": "the same as PkiPath",
    "chain/reply.pem": "an authority's reply for the key of mykeypair: certificate and chain",
    "chain/reply-leaf.pem": "its certificate alone",
    "chain/reply.p7b": "the same reply as PKCS#7, in DER",
    "chain/reply-pem.p7b": "the same in PEM",
    "chain/reply.pkipath": "the same as PkiPath",
    "odd/expired.pem": "certificate that is no longer valid",
    "odd/future.pem": "certificate that is valid from 2090 to 9999",
    "odd/v1.pem": "certificate of version 1",
    "odd/negative-serial.pem": "certificate with a negative serial number",
    "odd/names.pem": "certificate with quotes, commas, blanks, a double part and umlauts in its name",
    "odd/p256.pem": "certificate of a P-256 key",
    "odd/p521.pem": "certificate of a P-521 key",
    "odd/p521.key.pem": "its private key",
    "odd/dsa.pem": "certificate of a DSA key",
    "odd/pss.pem": "certificate with an RSASSA-PSS signature",
    "odd/ed25519.pem": "certificate of an Ed25519 key",
};

/// The fixture of this name, with or without [`SCHEME`].
///
/// # Errors
/// There is none: which name comes nearest.
pub fn fixture(name: &str) -> Result<&'static Fixture, Complaint> {
    let bare = name.strip_prefix(SCHEME).unwrap_or(name);
    FIXTURES.iter().find(|fixture| fixture.name == bare).ok_or_else(|| {
        let near = nearest_word(bare, FIXTURES.iter().map(|fixture| fixture.name)).unwrap_or_default();
        let near = format!("{SCHEME}{near}");
        let message = format!("there is no fixture \"{bare}\": did you mean \"{near}\"? See certmimic fixtures");
        Complaint { code: Code::UnknownName, message, expected: vec![near] }
    })
}

/// For a path that cannot be read, the name under which the program carries that file.
pub(super) fn carried(path: &str) -> Option<&'static str> {
    let (_, name) = path.rsplit_once("fixtures/")?;
    FIXTURES.iter().map(|fixture| fixture.name).find(|known| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_is_found_by_its_name_and_a_misspelt_one_is_told_the_nearest() {
        assert!(fixture("fixture:ca/partner-ca.pem").unwrap().bytes.starts_with(b"-----BEGIN CERTIFICATE"));
        assert_eq!(fixture("keys/id_rsa").unwrap().what, "keys/rsa.pem for OpenSSH");
        let told = fixture("fixture:ca/partner.pem").unwrap_err().message;
        assert!(told.contains("did you mean \"fixture:ca/partner-ca.pem\"?"), "{told}");
    }

    #[test]
    fn a_path_into_a_folder_of_fixtures_is_known_by_its_end() {
        assert_eq!(carried("../fixtures/server/smtp.pem"), Some("server/smtp.pem"));
        assert_eq!(carried("../fixtures/server/none.pem"), None);
        assert_eq!(carried("server/smtp.pem"), None);
    }
}
