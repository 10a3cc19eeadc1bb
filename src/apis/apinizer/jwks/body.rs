//! What a body says a JWK is to be made from.

use serde::Deserialize;

use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::state::{SourceType, Use};
use crate::apis::apinizer::values::{given, unknown};

/// The body of every operation that makes a JWK from something.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Body {
    pub name: Option<String>,
    pub description: Option<String>,
    pub source_type: Option<String>,
    pub url: Option<String>,
    pub url_option_connect_timeout: Option<u64>,
    pub url_option_read_timeout: Option<u64>,
    pub url_option_size_limit: Option<u64>,
    pub jwk_str: Option<String>,
    pub kid: Option<String>,
    pub certificate_name: Option<String>,
    pub key_name: Option<String>,
    pub key_store_name: Option<String>,
    pub environment_name: Option<String>,
    pub alias_name: Option<String>,
    pub use_type: Option<String>,
    pub algorithm: Option<String>,
}

/// What a JWK is to be made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// What a URL answers.
    Url,
    /// Text.
    Clipboard,
    /// A certificate.
    Certificate,
    /// The half of a key: what `sourceType` says, or what the key has.
    Key(Option<SourceType>),
    /// An entry of a keystore.
    Keystore,
}

impl From {
    /// What refusals call it. Where nobody said which half of a key, they name the private one.
    const fn name(self) -> &'static str {
        match self {
            Self::Url => SourceType::Url.name(),
            Self::Clipboard => SourceType::CopyPaste.name(),
            Self::Certificate => SourceType::Certificate.name(),
            Self::Key(Some(half)) => half.name(),
            Self::Key(None) => SourceType::PrivateKey.name(),
            Self::Keystore => SourceType::Keystore.name(),
        }
    }
}

/// The fields that a kind of source needs.
pub enum Fields<'b> {
    /// A text, or a URL.
    Text(&'b str),
    /// An object.
    Object(Object<'b>),
}

/// An object that a JWK is to be made from.
pub struct Object<'b> {
    pub name: &'b str,
    pub environment: &'b str,
    pub alias: &'b str,
    pub key_use: Use,
    pub algorithm: &'b str,
}

impl<'b> Fields<'b> {
    /// Reads them, in the order in which their refusals are told.
    pub fn read(body: &'b Body, from: From) -> Result<Self, Error> {
        let source = from.name();
        let need = |label, value: &'b Option<String>| {
            given(value.as_deref()).ok_or(Error::SourceFieldRequired { label, source })
        };
        let name = match from {
            From::Url => return need("URL", &body.url).map(Self::Text),
            From::Clipboard => return need("JWK string", &body.jwk_str).map(Self::Text),
            From::Certificate => need("Certificate name", &body.certificate_name)?,
            From::Key(_) => need("Key name", &body.key_name)?,
            From::Keystore => need("Keystore name", &body.key_store_name)?,
        };
        let environment = need("Environment name", &body.environment_name)?;
        let alias = if from == From::Keystore { need("Alias name", &body.alias_name)? } else { "" };
        let key_use = need("Use type", &body.use_type)?;
        let key_use = Use::from_name(key_use).ok_or_else(|| unknown("useType", key_use, Use::ALL.map(Use::name)))?;
        let algorithm = need("Algorithm", &body.algorithm)?;
        Ok(Self::Object(Object { name, environment, alias, key_use, algorithm }))
    }
}
