//! Which tenants a command asks, and who one is to them: options, variables, standard input, or a service key.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use crate::pki::{PrivateKey, certificate_file};
use crate::store::Secret;
use crate::tenant::{
    Account, Address, Client, ClientIdentity, Credentials, Https, ServiceKey, Sleep, Surroundings, System, Trust,
    Watch, token_url,
};

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// A tenant and who one is to it.
#[derive(Debug, Args)]
pub struct Connection {
    /// Base URL of the tenant.
    #[arg(long, env = "CERTMIMIC_TENANT_URL", value_name = "URL")]
    url: Option<String>,
    /// OAuth client, or user of Apinizer.
    #[arg(long, env = "CERTMIMIC_TENANT_CLIENT_ID", value_name = "ID", requires = "url")]
    client_id: Option<String>,
    /// Its secret, or password; - reads it from standard input, where nobody else sees it.
    #[arg(
        long,
        env = "CERTMIMIC_TENANT_CLIENT_SECRET",
        value_name = "TEXT|-",
        hide_env_values = true,
        allow_hyphen_values = true,
        requires = "client_id"
    )]
    client_secret: Option<Secret>,
    /// Where tokens are had from; without it the tenant's own endpoint.
    #[arg(long, env = "CERTMIMIC_TENANT_TOKEN_URL", value_name = "URL", requires = "client_id")]
    token_url: Option<String>,
    /// A bearer token in place of client and secret, such as a personal access token of Apinizer; - reads it from standard
    /// input.
    #[arg(
        long,
        env = "CERTMIMIC_TENANT_TOKEN",
        value_name = "TEXT|-",
        hide_env_values = true,
        allow_hyphen_values = true,
        requires = "url",
        conflicts_with_all = ["client_id", "client_secret"]
    )]
    token: Option<Secret>,
    /// Service key as SAP hands it out, in place of all these; - reads it from standard input. May be given several times.
    #[arg(long, env = "CERTMIMIC_TENANT_SERVICE_KEY", value_name = "FILE|-", value_delimiter = ',')]
    service_key: Vec<String>,
    /// System to ask, by its name in scenarios or its short name; may be given several times. Without it all that answer.
    #[arg(long, env = "CERTMIMIC_TENANT_SYSTEM", value_name = "NAME", value_delimiter = ',', value_parser = system)]
    system: Vec<System>,
    #[command(flatten)]
    tls: Tls,
}

/// Whom to trust, and what to show.
#[derive(Debug, Args)]
struct Tls {
    /// Certificate authorities that the tenant's certificate may be from, in PEM, and no others. Without it those that this
    /// machine trusts.
    #[arg(long, env = "CERTMIMIC_TENANT_CA", value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Certificate to show to the tenant, in PEM, with its issuers after it.
    #[arg(long, env = "CERTMIMIC_TENANT_CLIENT_CERT", value_name = "FILE", requires = "client_key")]
    client_cert: Option<PathBuf>,
    /// Its private key, in PEM.
    #[arg(long, env = "CERTMIMIC_TENANT_CLIENT_KEY", value_name = "FILE", requires = "client_cert")]
    client_key: Option<PathBuf>,
}

/// A tenant, and the way to it.
pub struct Reached {
    account: Account,
    way: Https,
}

impl Reached {
    /// A client that is watched.
    pub fn client<'a>(&'a self, watch: &'a dyn Watch) -> Client<'a> {
        Client::new(&self.account, Surroundings { carrier: &self.way, pace: &Sleep, watch })
    }
}

impl Connection {
    /// The systems to ask; none for all that answer.
    pub fn systems(&self) -> &[System] {
        &self.system
    }

    /// The tenants.
    pub fn reach(&self) -> Result<Vec<Reached>, Failure> {
        let mut input = Input::default();
        let shown = self.tls.shown()?;
        let mut reached = Vec::new();
        for file in &self.service_key {
            let (text, named) = match file.as_str() {
                STANDARD_INPUT => (input.all("--service-key")?, "standard input".to_owned()),
                path => (text_of(Path::new(path), "--service-key")?, path.to_owned()),
            };
            let key = ServiceKey::parse(&text).map_err(|wrong| Failure::usage(format!("{named}: {wrong}")))?;
            let own = key
                .certificate
                .as_ref()
                .map(|(certificate, key)| identity(certificate, key.reveal(), &named))
                .transpose()?;
            reached.push(self.way(key.account, own.as_ref().or(shown.as_ref()))?);
        }
        if let Some(account) = self.account(&mut input, shown.is_some())? {
            reached.push(self.way(account, shown.as_ref())?);
        }
        if reached.is_empty() {
            return Err(Failure::usage(
                "no tenant is named; name one with --url and --client-id, or with --service-key",
            ));
        }
        Ok(reached)
    }

    fn account(&self, input: &mut Input, shows_certificate: bool) -> Result<Option<Account>, Failure> {
        let Some(url) = &self.url else { return Ok(None) };
        let address = Address::parse(url).map_err(|expected| Failure::usage(format!("--url: {expected}")))?;
        let own_endpoint = || address.url("/oauth/token");
        let token_url = self.token_url.as_deref().map(token_url).transpose();
        let token_url = token_url.map_err(|expected| Failure::usage(format!("--token-url: {expected}")))?;
        let credentials = match (&self.token, &self.client_id, &self.client_secret) {
            (Some(token), ..) => Credentials::Token(input.secret(token, "--token")?),
            (None, Some(id), Some(secret)) => {
                let secret = input.secret(secret, "--client-secret")?;
                Credentials::Client { id: id.clone(), secret, token_url }
            }
            (None, Some(id), None) if shows_certificate => {
                Credentials::Certificate { id: id.clone(), token_url: token_url.unwrap_or_else(own_endpoint) }
            }
            (None, Some(_), None) => {
                return Err(Failure::usage(
                    "a client needs a secret; give one with --client-secret, or a certificate with --client-cert",
                ));
            }
            (None, None, _) => {
                return Err(Failure::usage(
                    "the tenant asks who one is; say so with --client-id and --client-secret, or with --token",
                ));
            }
        };
        Ok(Some(Account { address, credentials }))
    }

    fn way(&self, account: Account, shown: Option<&ClientIdentity>) -> Result<Reached, Failure> {
        let way = Https::to(&account.address, &self.tls.trust()?, shown).map_err(Failure::other)?;
        Ok(Reached { account, way })
    }
}

impl Tls {
    fn trust(&self) -> Result<Trust, Failure> {
        let Some(file) = &self.ca else { return Ok(Trust::OfThisMachine) };
        let text = text_of(file, "--ca")?;
        let authorities = certificate_file::certificates(text.as_bytes());
        let wrong =
            |why: String| Failure::usage(format!("--ca: {} holds no certificate authority ({why})", file.display()));
        match authorities {
            Ok(authorities) if !authorities.is_empty() => Ok(Trust::Given(authorities)),
            Ok(_) => Err(wrong("it is empty".to_owned())),
            Err(error) => Err(wrong(error.to_string())),
        }
    }

    fn shown(&self) -> Result<Option<ClientIdentity>, Failure> {
        let (Some(certificate), Some(key)) = (&self.client_cert, &self.client_key) else { return Ok(None) };
        let certificates = text_of(certificate, "--client-cert")?;
        let key = text_of(key, "--client-key")?;
        identity(&certificates, &key, &certificate.display().to_string()).map(Some)
    }
}

fn identity(certificates: &str, key: &str, named: &str) -> Result<ClientIdentity, Failure> {
    let chain = certificate_file::certificates(certificates.as_bytes());
    let chain = chain.map_err(|error| Failure::usage(format!("{named}: its certificate cannot be read ({error})")))?;
    let key = PrivateKey::from_pem(key, None);
    let key = key.map_err(|error| Failure::usage(format!("{named}: its private key cannot be read ({error})")))?;
    Ok(ClientIdentity { chain, key })
}

/// Standard input, which one option can be read from.
#[derive(Default)]
struct Input {
    taken: Option<&'static str>,
}

impl Input {
    fn all(&mut self, option: &'static str) -> Result<String, Failure> {
        if let Some(other) = self.taken.replace(option) {
            return Err(Failure::usage(format!(
                "standard input can be read for one option only, not for {other} and {option}"
            )));
        }
        let mut text = String::new();
        let read = io::stdin().lock().take(1 << 20).read_to_string(&mut text);
        read.map_err(|error| Failure::usage(format!("{option} cannot be read from standard input ({error})")))?;
        Ok(text)
    }

    /// A secret as it is given, or the first line of standard input.
    fn secret(&mut self, given: &Secret, option: &'static str) -> Result<Secret, Failure> {
        if given.reveal() != STANDARD_INPUT {
            return Ok(given.clone());
        }
        let text = self.all(option)?;
        match text.lines().next().filter(|line| !line.is_empty()) {
            Some(line) => Ok(Secret::new(line.to_owned())),
            None => Err(Failure::usage(format!("{option} was to come from standard input, which is empty"))),
        }
    }
}

fn system(name: &str) -> Result<System, String> {
    let names = System::ALL.map(System::name).join(", ");
    System::parse(name).ok_or_else(|| format!("expected one of {names}"))
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the files that it is told to")]
fn text_of(file: &Path, option: &str) -> Result<String, Failure> {
    fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("{option}: {} cannot be read ({error})", file.display())))
}
