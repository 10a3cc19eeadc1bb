//! JWKs in a scenario: the key itself, or what it is made from.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::build::identifier;
use crate::apis::apinizer::state::{ADMIN_PROJECT, Item, Jwk, Source, SourceType, State, Use};
use crate::effects::Timestamp;
use crate::pki::jwk;
use crate::seed::{Place, Problem, Seeding, moment};
use crate::store::Text;

/// A JWK.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct JwkSection {
    /// Identifier; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands among those of all projects, if that is not the order in which they are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How it came to be: `COPY_PASTE`, which is the default, `URL`, `CERTIFICATE`, `PUBLIC_KEY`, `PRIVATE_KEY`,
    /// `KEYSTORE`, `GENERATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The object that it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceSection>,
    /// The URL that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_url: Option<String>,
    /// `SIGNATURE` or `ENCRYPTION`.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub key_use: Option<String>,
    /// JOSE name of the algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// Key id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// Not to be used before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<String>,
    /// Not to be used from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// The key as a JWK (RFC 7517).
    pub jwk: Value,
}

/// The object that a JWK follows, and its place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SourceSection {
    /// Its identifier, in place of a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name of a certificate of the project, or of `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// The name of a key of the project, or of `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The name of a keystore of the project, or of `admin`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keystore: Option<String>,
    /// The environment.
    pub environment: String,
    /// The alias in a keystore.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

/// The JWK that a section describes.
pub(super) fn read(
    state: &State,
    seeding: &Seeding<'_>,
    project: &str,
    section: &JwkSection,
    place: &Place,
) -> Result<Jwk, Problem> {
    let at = |member: &str| place.member(member);
    let key = jwk::parse(&section.jwk.to_string())
        .map_err(|error| error.to_string())
        .and_then(|keys| keys.into_iter().next().ok_or_else(|| "expected one key".to_owned()))
        .map_err(|message| Problem::new(at("jwk"), format!("it is not a JWK: {message}")))?;
    let source_type =
        named(section.source_type.as_deref().unwrap_or("COPY_PASTE"), SourceType::from_name, "source type")
            .map_err(|message| Problem::new(at("source_type"), message))?;
    let key_use = section
        .key_use
        .as_deref()
        .map(|name| named(name, Use::from_name, "use"))
        .transpose()
        .map_err(|message| Problem::new(at("use"), message))?;
    let seconds = |text: &Option<String>, member: &str| {
        let read = |text: &String| {
            moment(text, seeding.now)
                .map(Timestamp::seconds)
                .map_err(|message| Problem::new(place.member(member), message))
        };
        text.as_ref().map(read).transpose()
    };
    Ok(Jwk {
        id: identifier(seeding, section.id.as_deref(), &format!("{project}/jwk/{}", section.name)),
        project: project.to_owned().into(),
        name: section.name.clone().into(),
        description: section.description.clone().into(),
        source_type,
        source: section.source.as_ref().map(|source| link(state, project, source, &at("source"))).transpose()?,
        source_url: section.source_url.clone().map(Text::from),
        kid: section.kid.clone().or(key.key_id).map(Text::from),
        key_use,
        algorithm: section.algorithm.clone().or(key.algorithm).map(Text::from),
        not_before: seconds(&section.not_before, "not_before")?,
        expires: seconds(&section.expires, "expires")?,
        material: key.material,
    })
}

fn named<T>(name: &str, read: impl Fn(&str) -> Option<T>, what: &str) -> Result<T, String> {
    read(name).ok_or_else(|| format!("there is no {what} {name}"))
}

/// The object may be of the project, or of `admin`.
fn link(state: &State, project: &str, source: &SourceSection, place: &Place) -> Result<Source, Problem> {
    fn id<T: Item>(found: Option<&Arc<T>>) -> Option<Text> {
        found.map(|item| item.id().clone())
    }
    let owners = [project, ADMIN_PROJECT];
    let by_name = |name: &str| {
        owners.iter().find_map(|owner| {
            let certificate = source.certificate.as_ref().and_then(|_| id(state.certificates.find(owner, name)));
            let key = source.key.as_ref().and_then(|_| id(state.keys.find(owner, name)));
            let keystore = source.keystore.as_ref().and_then(|_| id(state.keystores.find(owner, name)));
            certificate.or(key).or(keystore)
        })
    };
    let name = source.certificate.as_ref().or(source.key.as_ref()).or(source.keystore.as_ref());
    let found = source.id.clone().map(Text::from).or_else(|| name.and_then(|name| by_name(name)));
    let id = found.ok_or_else(|| {
        Problem::new(place.clone(), "there is no such certificate, key or keystore in the project or in admin")
    })?;
    Ok(Source { id, environment: source.environment.clone().into(), alias: source.alias.clone().map(Text::from) })
}
