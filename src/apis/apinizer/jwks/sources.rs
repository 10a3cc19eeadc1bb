//! Making JWKs from something that there is (section 9.4).

use super::body::{Body, Fields, From, Object};
use super::from_url::from_url;
use super::origin::{Origin, pasted};
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::algorithms::{Family, jose};
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::check_environments;
use crate::apis::apinizer::derived_jwks::material::{half_of_key, of_certificate, of_key, of_keystore};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::{self, referenced};
use crate::apis::apinizer::state::{Certificate, Jwk, Key, Keystore, Source, SourceType, State, new_id};
use crate::apis::apinizer::values::{given, listed};
use crate::http::Response;
use crate::store::{Draft, Text};

/// `POST …/jwks/`: the body says from what.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    given(body.name.as_deref()).ok_or(Error::JwkNameEmpty)?;
    let name = given(body.source_type.as_deref()).ok_or(Error::SourceTypeRequired)?;
    let from = match SourceType::from_name(name) {
        Some(SourceType::Url) => From::Url,
        Some(SourceType::CopyPaste) => From::Clipboard,
        Some(SourceType::Certificate) => From::Certificate,
        Some(half @ (SourceType::PublicKey | SourceType::PrivateKey)) => From::Key(Some(half)),
        Some(SourceType::Keystore) => From::Keystore,
        // GENERATE has an endpoint of its own.
        Some(SourceType::Generate) | None => {
            let supported = SourceType::ALL.iter().filter(|kind| **kind != SourceType::Generate);
            let supported = listed(supported.map(|kind| kind.name()));
            return Err(Error::SourceTypeUnknown { value: name.to_owned(), supported });
        }
    };
    make(draft, call, &body, from)
}

/// `POST …/jwks/parse-from-url`
pub fn parse_from_url(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    make(draft, call, &call.json()?, From::Url)
}

/// `POST …/jwks/parse-from-clipboard`
pub fn parse_from_clipboard(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    make(draft, call, &call.json()?, From::Clipboard)
}

/// `POST …/jwks/parse-from-certificate`
pub fn parse_from_certificate(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    make(draft, call, &call.json()?, From::Certificate)
}

/// `POST …/jwks/parse-from-key`
pub fn parse_from_key(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    make(draft, call, &call.json()?, From::Key(None))
}

/// `POST …/jwks/parse-from-keystore`
pub fn parse_from_keystore(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    make(draft, call, &call.json()?, From::Keystore)
}

fn make(draft: &mut Draft<'_, State>, call: &Call<'_>, body: &Body, from: From) -> Result<Response, Error> {
    let name = given(body.name.as_deref()).ok_or(Error::JwkNameEmpty)?;
    let fields = Fields::read(body, from)?;
    if kind::is_taken::<Jwk>(draft.state, call.project(), name) {
        return Err(Error::JwkExists { name: name.to_owned() });
    }
    let origin = match (from, &fields) {
        (From::Url, Fields::Text(url)) => from_url(draft.state, call, body, url)?,
        (_, Fields::Text(text)) => pasted(text, given(body.kid.as_deref()), SourceType::CopyPaste)?,
        (_, Fields::Object(object)) => from_object(draft.state, call, object, from)?,
    };
    let project = project_of(draft.state, call)?.name.clone();
    let id = new_id(&mut draft.effects);
    let description = body.description.clone().unwrap_or_default().into();
    let jwk = Jwk { description, ..origin.into_jwk(id, project, name.to_owned().into()) };
    kind::store(draft, call, jwk)
}

fn from_object(state: &State, call: &Call<'_>, object: &Object<'_>, from: From) -> Result<Origin, Error> {
    check_environments(state, project_of(state, call)?, &[object.environment.to_owned()])?;
    let (project, name) = (call.project(), object.name);
    let (made, source_type, id) = match from {
        From::Key(half) => {
            let key = referenced::<Key>(state, project, name)?;
            let half = half.map_or_else(|| half_of_key(&key, object.environment), Ok)?;
            (of_key(&key, object.environment, half)?, half, key.id.clone())
        }
        From::Keystore => {
            let keystore = referenced::<Keystore>(state, project, name)?;
            let made = of_keystore(&keystore, object.environment, object.alias)?;
            (made, SourceType::Keystore, keystore.id.clone())
        }
        From::Certificate | From::Url | From::Clipboard => {
            let certificate = referenced::<Certificate>(state, project, name)?;
            let made = of_certificate(&certificate, object.environment)?;
            (made, SourceType::Certificate, certificate.id.clone())
        }
    };
    let algorithm = jose(Family::of(&made.material), object.key_use, object.algorithm)?;
    let alias = given(Some(object.alias)).map(|alias| Text::from(alias.to_owned()));
    Ok(Origin {
        made,
        source_type,
        source: Some(Source { id, environment: object.environment.to_owned().into(), alias }),
        source_url: None,
        key_use: Some(object.key_use),
        algorithm: Some(algorithm.into()),
    })
}
