//! JWKs in a scenario: the key itself, and what it follows.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::listed::{Head, Identity, Listed, Setting};
use crate::apis::apinizer::kind::{Kind, referenced};
use crate::apis::apinizer::state::{ADMIN_PROJECT, Certificate, Jwk, Key, Keystore, Source, SourceType, State, Use};
use crate::effects::Timestamp;
use crate::pki::jwk;
use crate::seed::{Code, Complaint, Place, Problem, moment};
use crate::store::Text;

/// A JWK.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub not_before: Option<String>,
    /// Not to be used from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub expires: Option<String>,
    /// The key as a JWK (RFC 7517).
    pub jwk: Value,
}

/// The object that a JWK follows, and its place in it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

impl Listed for Jwk {
    type Section = JwkSection;
    const WORD: &'static str = "jwk";

    fn identity(section: &JwkSection) -> Identity<'_> {
        let (id, name, description) = (section.id.as_deref(), &section.name, &section.description);
        Identity { id, position: section.position, name, description }
    }

    fn read(section: &JwkSection, head: Head, setting: &Setting<'_>) -> Result<Self, Problem> {
        let at = |member: &str| setting.place.member(member);
        let key = key(&section.jwk, &at("jwk"))?;
        let source_type = section.source_type.as_deref().unwrap_or("COPY_PASTE");
        let known = SourceType::ALL.map(SourceType::name);
        let source_type = SourceType::from_name(source_type)
            .ok_or_else(|| Problem::unknown_word(at("source_type"), "source type", source_type, &known))?;
        let known = Use::ALL.map(Use::name);
        let key_use =
            |name| Use::from_name(name).ok_or_else(|| Problem::unknown_word(at("use"), "use of keys", name, &known));
        let key_use = section.key_use.as_deref().map(key_use).transpose()?;
        let seconds = |text: &Option<String>, place: &Place| {
            let read = |text: &String| moment(text, setting.seeding.now).map(Timestamp::seconds);
            text.as_ref().map(read).transpose().map_err(|message| Problem::new(place.clone(), message))
        };
        let source = section.source.as_ref();
        let source = source.map(|source| link(setting.state, &head.project, source, &at("source"))).transpose()?;
        let Head { id, project, name, description } = head;
        Ok(Self {
            id,
            project,
            name,
            description,
            source_type,
            source,
            source_url: section.source_url.clone().map(Text::from),
            kid: section.kid.clone().or(key.key_id).map(Text::from),
            key_use,
            algorithm: section.algorithm.clone().or(key.algorithm).map(Text::from),
            not_before: seconds(&section.not_before, &at("not_before"))?,
            expires: seconds(&section.expires, &at("expires"))?,
            material: key.material,
        })
    }

    fn section(&self, position: Option<u64>) -> JwkSection {
        let time = |seconds| Timestamp::from_seconds(seconds).iso_seconds();
        JwkSection {
            id: Some(self.id.to_string()),
            position,
            name: self.name.to_string(),
            description: self.description.to_string(),
            source_type: Some(self.source_type.name().to_owned()),
            source: self.source.as_ref().map(|source| SourceSection {
                id: Some(source.id.to_string()),
                environment: source.environment.to_string(),
                alias: source.alias.as_ref().map(Text::to_string),
                ..SourceSection::default()
            }),
            source_url: self.source_url.as_ref().map(Text::to_string),
            key_use: self.key_use.map(|key_use| key_use.name().to_owned()),
            algorithm: self.algorithm.as_ref().map(Text::to_string),
            kid: self.kid.as_ref().map(Text::to_string),
            not_before: self.not_before.map(time),
            expires: self.expires.map(time),
            jwk: jwk::Jwk::new(self.material.clone()).to_json(),
        }
    }
}

fn key(json: &Value, place: &Place) -> Result<jwk::Jwk, Problem> {
    let keys = jwk::parse(&json.to_string()).map_err(|error| error.to_string());
    let key = keys.and_then(|keys| keys.into_iter().next().ok_or_else(|| "expected one key".to_owned()));
    key.map_err(|message| Problem::new(place.clone(), format!("it is not a JWK: {message}")))
}

/// The object may be of the project, or of `admin`.
fn link(state: &State, project: &str, source: &SourceSection, place: &Place) -> Result<Source, Problem> {
    let at = Followed { state, project, environment: &source.environment, place };
    let id = match (&source.id, &source.certificate, &source.key, &source.keystore) {
        // Of an exported world: what it followed may be gone.
        (Some(id), ..) => id.clone().into(),
        (None, Some(name), ..) => at.id_of::<Certificate>("certificate", name)?,
        (None, None, Some(name), _) => at.id_of::<Key>("key", name)?,
        (None, None, None, Some(name)) => at.id_of::<Keystore>("keystore", name)?,
        (None, None, None, None) => {
            return Err(Problem::new(place.clone(), "expected one of certificate, key and keystore"));
        }
    };
    Ok(Source { id, environment: source.environment.clone().into(), alias: source.alias.clone().map(Text::from) })
}

/// Where something is sought that a JWK follows.
struct Followed<'a> {
    state: &'a State,
    project: &'a str,
    environment: &'a str,
    place: &'a Place,
}

impl Followed<'_> {
    fn id_of<K: Kind>(&self, member: &str, name: &str) -> Result<Text, Problem> {
        let Ok(object) = referenced::<K>(self.state, self.project, name) else {
            let objects = K::collection(self.state);
            let own = objects.of_project(self.project);
            let all = if self.project == ADMIN_PROJECT { Vec::new() } else { objects.of_project(ADMIN_PROJECT) };
            let known: Vec<&str> = own.iter().chain(&all).map(|object| object.name().as_str()).collect();
            let what = format!("{member} in the project or in {ADMIN_PROJECT}");
            return Err(Problem::unknown(self.place.member(member), &what, name, &known));
        };
        let environments = object.environments(self.state);
        let known: Vec<&str> = environments.iter().map(Text::as_str).collect();
        if known.contains(&self.environment) {
            return Ok(object.id().clone());
        }
        let sentence = format!("the {member} \"{name}\" is not in the environment \"{}\"", self.environment);
        let complaint = Complaint::unknown(Code::UnknownName, &sentence, self.environment, &known);
        Err(Problem { place: self.place.member("environment"), complaint })
    }
}
