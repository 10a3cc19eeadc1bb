//! What the server shows by TLS: a certificate from files, or one that is minted for names.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use crate::server::{DEFAULT_NAMES, Identity, Server};

/// The certificate for TLS.
#[derive(Debug, Args)]
pub struct Tls {
    /// Certificate for TLS, in PEM: the server's, then those of its issuers. Without it one is minted at the start.
    #[arg(
        long = "tls-cert",
        env = "CERTMIMIC_TLS_CERT",
        value_name = "FILE",
        requires = "key",
        conflicts_with = "ca_file"
    )]
    cert: Option<PathBuf>,
    /// The certificate's private key, in PEM.
    #[arg(long = "tls-key", env = "CERTMIMIC_TLS_KEY", value_name = "FILE", requires = "cert")]
    key: Option<PathBuf>,
    /// What opens the private key, if it is encrypted.
    #[arg(
        long = "tls-key-password",
        env = "CERTMIMIC_TLS_KEY_PASSWORD",
        value_name = "TEXT",
        requires = "key",
        hide_env_values = true
    )]
    key_password: Option<String>,
    /// Host name or IP address that the minted certificate is for; may be given several times. Without it localhost,
    /// 127.0.0.1, `::1`, certmimic and the name of this machine.
    #[arg(
        long = "tls-name",
        env = "CERTMIMIC_TLS_NAME",
        value_name = "NAME",
        value_delimiter = ',',
        conflicts_with = "cert"
    )]
    names: Vec<String>,
    /// File for the certificate authority that minted the certificate, in PEM, for clients to trust.
    #[arg(long = "tls-ca-file", env = "CERTMIMIC_TLS_CA_FILE", value_name = "FILE", requires = "tls_listen")]
    ca_file: Option<PathBuf>,
}

impl Tls {
    /// What to show.
    pub fn identity(&self) -> Result<Identity, Failure> {
        if let (Some(certificate), Some(key)) = (&self.cert, &self.key) {
            return Ok(Identity::Given {
                certificates: read(certificate, "--tls-cert")?,
                key: String::from_utf8_lossy(&read(key, "--tls-key")?).into_owned(),
                password: self.key_password.clone(),
            });
        }
        let mut names = self.names.clone();
        if names.is_empty() {
            names.extend(DEFAULT_NAMES.iter().map(ToString::to_string).chain(own_name()));
        }
        Ok(Identity::Minted { names })
    }

    /// Tells clients whom to trust.
    #[expect(clippy::disallowed_methods, reason = "the command line writes files")]
    pub fn write_authority(&self, server: &Server) -> Result<(), Failure> {
        let (Some(file), Some(pem)) = (&self.ca_file, server.certificate_authority()) else { return Ok(()) };
        fs::write(file, pem).map_err(|error| {
            let shown = file.display();
            Failure::other(format!(
                "cannot write {shown} ({error}); name a file in a writable folder with --tls-ca-file"
            ))
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the files that it is told to")]
fn read(file: &Path, option: &str) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| {
        Failure::usage(format!("cannot read {} ({error}); name a file in PEM with {option}", file.display()))
    })
}

/// The name of this machine, where the system tells it in a file. One that no certificate can be for is left out.
#[expect(clippy::disallowed_methods, reason = "a convention of the system, not an option of this program")]
fn own_name() -> Option<String> {
    let told = fs::read_to_string("/proc/sys/kernel/hostname").or_else(|_| fs::read_to_string("/etc/hostname"));
    let name = told.ok()?.trim().to_ascii_lowercase();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    (!name.is_empty() && name.len() <= 63 && name.bytes().all(fits) && !DEFAULT_NAMES.contains(&name.as_str()))
        .then_some(name)
}
