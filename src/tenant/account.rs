//! Who one is to a tenant: credentials as they are given, or as SAP hands them out in a service key.

use std::fmt;

use serde_json::{Map, Value};

use super::address::NO_CREDENTIALS;
use super::{Address, System};
use crate::store::Secret;

/// A tenant and who one is to it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Where it is.
    pub address: Address,
    /// What it asks for.
    pub credentials: Credentials,
}

/// What a tenant asks for.
#[derive(Clone)]
pub enum Credentials {
    /// A client, or a user of Apinizer, who gets a token for a secret.
    Client {
        /// Client id, or user name.
        id: String,
        /// Client secret, or password.
        secret: Secret,
        /// Where tokens are had from; without it where the tenant itself has them.
        token_url: Option<String>,
    },
    /// A client that gets a token for the certificate that it shows by TLS.
    Certificate {
        /// Client id.
        id: String,
        /// Where tokens are had from.
        token_url: String,
    },
    /// A bearer token that somebody has already.
    Token(Secret),
}

impl Credentials {
    /// True if they can be those of that system: only SAP has an endpoint for tokens elsewhere, or takes a certificate.
    pub(super) const fn may_be_of(&self, system: System) -> bool {
        let of_sap = matches!(self, Self::Certificate { .. } | Self::Client { token_url: Some(_), .. });
        !(of_sap && matches!(system, System::Apinizer))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client { id, .. } => f.debug_struct("Client").field("id", id).finish_non_exhaustive(),
            Self::Certificate { id, .. } => f.debug_struct("Certificate").field("id", id).finish_non_exhaustive(),
            Self::Token(_) => f.write_str("Token(…)"),
        }
    }
}

/// A service key as SAP hands it out: of API Management with its members at the top, of Cloud Integration inside `oauth`.
#[derive(Clone)]
pub struct ServiceKey {
    /// The tenant and the credentials.
    pub account: Account,
    /// Certificate and private key in PEM, of a key of that kind.
    pub certificate: Option<(String, Secret)>,
}

impl fmt::Debug for ServiceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceKey").field("account", &self.account).finish_non_exhaustive()
    }
}

impl ServiceKey {
    /// Reads one. Members have the names of either service, in any letter case.
    ///
    /// # Errors
    /// What is missing. Nothing of the key is in it.
    pub fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "expected a service key: JSON with url, clientid, clientsecret and tokenurl";
        // What serde_json says may quote the text.
        let Ok(Value::Object(document)) = serde_json::from_str(text) else { return Err(EXPECTED.to_owned()) };
        let inner = ["oauth", "credentials", "uaa"].iter().find_map(|name| member(&document, name)?.as_object());
        let keys: Vec<&Map<String, Value>> = inner.into_iter().chain([&document]).collect();
        let find = |name: &str| keys.iter().find_map(|key| member(key, name)?.as_str()).map(ToOwned::to_owned);
        let required = |name: &str| find(name).ok_or_else(|| format!("{EXPECTED}; {name} is missing"));
        let address =
            Address::parse(&required("url")?).map_err(|expected| format!("{EXPECTED}; of its url: {expected}"))?;
        let endpoint =
            |url: &str| token_url(url).map_err(|expected| format!("{EXPECTED}; of its tokenurl: {expected}"));
        let id = required("clientid")?;
        let private_key = find("privatekey").or_else(|| find("key"));
        if let (Some(certificate), Some(private_key)) = (find("certificate"), private_key) {
            let token_url = endpoint(&find("certurl").map_or_else(|| required("tokenurl"), Ok)?)?;
            let account = Account { address, credentials: Credentials::Certificate { id, token_url } };
            return Ok(Self { account, certificate: Some((certificate, Secret::new(private_key))) });
        }
        let secret = Secret::new(required("clientsecret")?);
        let token_url = Some(endpoint(&required("tokenurl")?)?);
        Ok(Self {
            account: Account { address, credentials: Credentials::Client { id, secret, token_url } },
            certificate: None,
        })
    }
}

/// The address of the endpoint itself: some keys have that of its host only.
///
/// # Errors
/// What was expected: messages repeat the address.
pub fn token_url(url: &str) -> Result<String, &'static str> {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    if host.contains('@') {
        return Err(NO_CREDENTIALS);
    }
    let is_of_host = path.trim_start_matches('/').is_empty();
    Ok(if is_of_host { format!("{}/oauth/token", url.trim_end_matches('/')) } else { url.to_owned() })
}

fn member<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    members.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String, Option<String>, String) {
        match ServiceKey::parse(text).unwrap().account {
            Account { address, credentials: Credentials::Client { id, secret, token_url } } => {
                (address.url(""), id, token_url, secret.reveal().to_owned())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn keys_of_both_services_are_read() {
        let expected = |host: &str| {
            (
                format!("https://{host}"),
                "sb-a!b1|c".to_owned(),
                Some("https://t.example/oauth/token".to_owned()),
                "s$=".to_owned(),
            )
        };
        let management = r#"{"url":"https://p.example","tokenUrl":"https://t.example/oauth/token","clientId":"sb-a!b1|c","clientSecret":"s$="}"#;
        assert_eq!(read(management), expected("p.example"));
        let integration = r#"{"oauth":{"clientid":"sb-a!b1|c","clientsecret":"s$=","url":"https://i.example","tokenurl":"https://t.example"},"createdate":"x"}"#;
        assert_eq!(read(integration), expected("i.example"));
    }

    #[test]
    fn a_key_with_a_certificate_goes_where_certificates_are_asked_for() {
        let text = r#"{"url":"https://p.example","tokenUrl":"https://t.example/oauth/token","certurl":"https://t.cert.example",
            "clientId":"sb-a","certificate":"PEM","privateKey":"KEY"}"#;
        let key = ServiceKey::parse(text).unwrap();
        let Credentials::Certificate { token_url, .. } = &key.account.credentials else { panic!("{key:?}") };
        assert_eq!(token_url, "https://t.cert.example/oauth/token");
        assert_eq!(key.certificate.unwrap().1.reveal(), "KEY");
    }

    #[test]
    fn what_is_wrong_is_told_without_a_word_of_the_key() {
        let canary = "canary-secret";
        for (text, missing) in [
            (format!("{{\"clientsecret\": \"{canary}\""), "JSON"),
            (format!("[\"{canary}\"]"), "JSON"),
            (
                format!("{{\"clientsecret\":\"{canary}\",\"url\":\"https://a\",\"tokenurl\":\"b\"}}"),
                "clientid is missing",
            ),
            (format!("{{\"clientsecret\":\"{canary}\",\"url\":\"{canary}\",\"clientid\":\"c\"}}"), "of its url"),
            (
                format!(
                    r#"{{"clientsecret":"s","url":"https://a","clientid":"c","tokenurl":"https://u:{canary}@b/t"}}"#
                ),
                "of its tokenurl",
            ),
        ] {
            let told = ServiceKey::parse(&text).unwrap_err();
            assert!(told.contains(missing) && !told.contains(canary), "{told}");
        }
        let key = ServiceKey::parse(&format!(
            r#"{{"url":"https://a","clientid":"i","clientsecret":"{canary}","tokenurl":"b"}}"#
        ));
        assert!(!format!("{key:?}").contains(canary));
    }
}
