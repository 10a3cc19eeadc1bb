//! JWKs in a scenario: the key itself, or what it is made from.

use std::sync::Arc;

use super::identity::identifier;
use super::section::{JwkSection, SourceSection};
use crate::apis::apinizer::state::{ADMIN_PROJECT, Item, Jwk, Source, SourceType, State, Use};
use crate::effects::Timestamp;
use crate::pki::jwk;
use crate::seed::{Place, Problem, Seeding, moment};
use crate::store::Text;

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
