//! What a source gives, and the simplest of sources: text.

use crate::apis::apinizer::derived_jwks::material::Made;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::state::{Jwk, Source, SourceType, Use};
use crate::pki::jwk;
use crate::store::Text;

/// What a source gives: a JWK but for its name.
pub struct Origin {
    pub made: Made,
    pub source_type: SourceType,
    pub source: Option<Source>,
    pub source_url: Option<Text>,
    pub key_use: Option<Use>,
    pub algorithm: Option<Text>,
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
