//! Making JWKs from something that there is (section 9.4).

use serde::Deserialize;

use super::fetch::{Options, fetch};
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::algorithms::{Family, jose};
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::check_environments;
use crate::apis::apinizer::derived_jwks::material::{Made, half_of_key, of_certificate, of_key, of_keystore};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::{self, referenced};
use crate::apis::apinizer::state::{Certificate, Jwk, Key, Keystore, Source, SourceType, State, Use, new_id};
use crate::apis::apinizer::values::{given, listed, unknown};
use crate::http::Response;
use crate::pki::jwk;
use crate::store::{Draft, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    name: Option<String>,
    description: Option<String>,
    source_type: Option<String>,
    url: Option<String>,
    url_option_connect_timeout: Option<u64>,
    url_option_read_timeout: Option<u64>,
    url_option_size_limit: Option<u64>,
    jwk_str: Option<String>,
    kid: Option<String>,
    certificate_name: Option<String>,
    key_name: Option<String>,
    key_store_name: Option<String>,
    environment_name: Option<String>,
    alias_name: Option<String>,
    use_type: Option<String>,
    algorithm: Option<String>,
}

/// What a JWK is to be made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Url,
    Clipboard,
    Certificate,
    /// The half of a key: what `sourceType` says, or what the key has.
    Key(Option<SourceType>),
    Keystore,
}

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

/// What has to be done before the state is edited: waiting for another server.
pub fn fetch_first(state: &State, call: &Call<'_>, always_url: bool) -> Option<Result<Vec<u8>, String>> {
    let body: Body = call.json().ok()?;
    let url = given(body.url.as_deref())?;
    let name = given(body.name.as_deref())?;
    let is_url = always_url || body.source_type.as_deref() == Some(SourceType::Url.name());
    if !is_url || state.documents.contains(url) || state.jwks.find(call.project(), name).is_some() {
        return None;
    }
    if !call.behaviour.fetch_urls {
        return Some(Err("it is not registered, and fetching is switched off".to_owned()));
    }
    let defaults = Options::default();
    let options = Options {
        connect_timeout: body.url_option_connect_timeout.unwrap_or(defaults.connect_timeout),
        read_timeout: body.url_option_read_timeout.unwrap_or(defaults.read_timeout),
        size_limit: size_limit(&body),
    };
    Some(fetch(url, options))
}

fn size_limit(body: &Body) -> u64 {
    body.url_option_size_limit.unwrap_or(Options::default().size_limit)
}

/// What a source gives: a JWK but for its name.
pub struct Origin {
    made: Made,
    source_type: SourceType,
    source: Option<Source>,
    source_url: Option<Text>,
    key_use: Option<Use>,
    algorithm: Option<Text>,
}

impl Origin {
    /// The JWK, without a description.
    pub fn into_jwk(self, id: Text, project: Text, name: Text) -> Jwk {
        Jwk {
            id,
            project,
            name,
            description: Text::default(),
            source_type: self.source_type,
            source: self.source,
            source_url: self.source_url,
            kid: self.made.kid,
            key_use: self.key_use,
            algorithm: self.algorithm,
            not_before: None,
            expires: None,
            material: self.made.material,
        }
    }
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

/// The fields that a kind of source needs.
enum Fields<'b> {
    Text(&'b str),
    Object(Object<'b>),
}

/// An object that a JWK is to be made from.
struct Object<'b> {
    name: &'b str,
    environment: &'b str,
    alias: &'b str,
    key_use: Use,
    algorithm: &'b str,
}

impl<'b> Fields<'b> {
    fn read(body: &'b Body, from: From) -> Result<Self, Error> {
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

/// From the document that the scenario has for the URL, or from what it really answered.
fn from_url(state: &State, call: &Call<'_>, body: &Body, url: &str) -> Result<Origin, Error> {
    let unreadable = |reason: String| Error::UrlUnreadable { url: url.to_owned(), reason };
    let bytes = match (state.documents.get(url), &call.fetched) {
        (Some(bytes), _) => bytes.to_vec(),
        (None, Some(Ok(bytes))) => bytes.clone(),
        (None, Some(Err(reason))) => return Err(unreadable(reason.clone())),
        (None, None) => return Err(unreadable("it was not fetched".to_owned())),
    };
    if bytes.len() as u64 > size_limit(body) {
        return Err(unreadable(format!("the answer is larger than {} bytes", size_limit(body))));
    }
    let origin = pasted(&String::from_utf8_lossy(&bytes), given(body.kid.as_deref()), SourceType::Url)?;
    Ok(Origin { source_url: Some(url.to_owned().into()), ..origin })
}

/// From the text of a JWK or of a set of them.
pub fn pasted(text: &str, kid: Option<&str>, source_type: SourceType) -> Result<Origin, Error> {
    let unreadable = |reason: String| Error::JwkUnreadable { reason };
    let keys = jwk::parse(text).map_err(|error| unreadable(error.to_string()))?;
    let key = chosen(keys, kid)?;
    let key_use = Use::ALL.into_iter().find(|known| key.key_use.as_deref() == Some(known.jose_name()));
    Ok(Origin {
        made: Made { material: key.material, kid: key.key_id.or_else(|| kid.map(str::to_owned)).map(Text::from) },
        source_type,
        source: None,
        source_url: None,
        key_use,
        algorithm: key.algorithm.map(Text::from),
    })
}

/// The only key, or the one with this `kid`. A single key without one of its own takes the one given.
fn chosen(mut keys: Vec<jwk::Jwk>, kid: Option<&str>) -> Result<jwk::Jwk, Error> {
    match (keys.len(), kid) {
        (0, _) => Err(Error::JwkUnreadable { reason: "the set holds no key of a known type".to_owned() }),
        (1, None) => Ok(keys.remove(0)),
        (1, Some(_)) if keys.iter().all(|key| key.key_id.is_none()) => Ok(keys.remove(0)),
        (_, None) => Err(Error::ValueEmpty { field: "kid" }),
        (_, Some(kid)) => keys
            .into_iter()
            .find(|key| key.key_id.as_deref() == Some(kid))
            .ok_or_else(|| Error::KidNotFound { kid: kid.to_owned() }),
    }
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
