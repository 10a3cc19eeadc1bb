//! `POST …/jwks/generate` (section 9.5).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand_chacha::rand_core::Rng;
use serde::Deserialize;
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::algorithms::{Family, generated};
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind;
use crate::apis::apinizer::state::{Jwk, SourceType, State, Use, new_id};
use crate::apis::apinizer::values::{given, required, unknown};
use crate::effects::{Effects, Timestamp};
use crate::http::Response;
use crate::pki::generate::{KeySpec, private_key};
use crate::pki::jwk::{self, Material};
use crate::store::{Draft, Text};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    name: Option<String>,
    description: Option<String>,
    r#type: Option<String>,
    kid: Option<String>,
    rsa: Option<Options>,
    ec: Option<Options>,
    oct: Option<Options>,
    okp: Option<Options>,
}

/// The object named after the type. What only passwords would need is read and not used.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Options {
    key_size: Option<i64>,
    curve_type: Option<String>,
    key_use_type: Option<String>,
    algorithm: Option<String>,
    key_id_type: Option<String>,
    not_before_time: Option<Value>,
    expiration_time: Option<Value>,
    password_salt_length: Option<u32>,
    password_iteration_count: Option<u32>,
}

/// Generates a JWK.
pub fn generate(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    let name = given(body.name.as_deref()).ok_or(Error::JwkNameEmpty)?;
    let recipe = Recipe::read(&body, call.now)?;
    if kind::is_taken::<Jwk>(draft.state, call.project(), name) {
        return Err(Error::JwkExists { name: name.to_owned() });
    }
    let made = recipe.key.make(&mut draft.effects)?;
    let kid = given(body.kid.as_deref()).map(str::to_owned).or_else(|| recipe.key_id.of(&made, call.now));
    let jwk = Jwk {
        id: new_id(&mut draft.effects),
        project: project_of(draft.state, call)?.name.clone(),
        name: name.to_owned().into(),
        description: body.description.unwrap_or_default().into(),
        source_type: SourceType::Generate,
        source: None,
        source_url: None,
        kid: kid.map(Text::from),
        key_use: Some(recipe.key_use),
        algorithm: recipe.algorithm.map(Text::from),
        not_before: Some(recipe.not_before.seconds()),
        expires: Some(recipe.expires.seconds()),
        material: made.material,
    };
    kind::store(draft, call, jwk)
}

/// A checked body.
struct Recipe {
    key: Kind,
    key_use: Use,
    algorithm: Option<&'static str>,
    key_id: KeyId,
    not_before: Timestamp,
    expires: Timestamp,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Pair(KeySpec),
    Secret { bytes: usize },
}

struct Made {
    material: Material,
    /// What a `kid` is a digest of.
    public: Vec<u8>,
}

impl Recipe {
    fn read(body: &Body, now: Timestamp) -> Result<Self, Error> {
        let name = given(body.r#type.as_deref()).ok_or(Error::JwkTypeEmpty)?;
        let (family, options, field) = match name {
            "RSA" => (Family::Rsa, &body.rsa, "rsa"),
            "EC" => (Family::Ec, &body.ec, "ec"),
            "OCT" => (Family::Oct, &body.oct, "oct"),
            "OKP" => (Family::Okp, &body.okp, "okp"),
            other => return Err(unknown("type", other, ["RSA", "EC", "OCT", "OKP"])),
        };
        let options = options.as_ref().ok_or(Error::ValueEmpty { field })?;
        let key = Kind::read(family, options)?;
        let key_use = given(options.key_use_type.as_deref()).map_or(Ok(Use::Signature), |name| {
            Use::from_name(name).ok_or_else(|| unknown("keyUseType", name, Use::ALL.map(Use::name)))
        })?;
        let algorithm = given(options.algorithm.as_deref()).map(|name| generated(family, key_use, name)).transpose()?;
        let key_id = given(options.key_id_type.as_deref()).map_or(Ok(KeyId::Timestamp), KeyId::read)?;
        let sent = time(options.not_before_time.as_ref())?;
        let not_before = sent.unwrap_or(now);
        let expires = time(options.expiration_time.as_ref())?.unwrap_or_else(|| a_year_after(not_before));
        // An end in the past is fine (section 9.5): only a start that was sent can come after it.
        if sent.is_some_and(|start| expires <= start) {
            return Err(Error::ExpirationNotAfterStart);
        }
        Ok(Self { key, key_use, algorithm, key_id, not_before, expires })
    }
}

impl Kind {
    fn read(family: Family, options: &Options) -> Result<Self, Error> {
        match family {
            Family::Rsa => size(options, [2048, 3072, 4096]).map(|bits| Self::Pair(KeySpec::Rsa(bits))),
            Family::Oct => size(options, [128, 192, 256]).map(|bits| Self::Secret { bytes: bits as usize / 8 }),
            Family::Ec => curve(options, &CURVES).map(Self::Pair),
            Family::Okp => curve(options, &EDWARDS_CURVES).map(Self::Pair),
        }
    }

    fn make(self, effects: &mut Effects<'_>) -> Result<Made, Error> {
        match self {
            Self::Secret { bytes } => {
                let mut secret = vec![0; bytes];
                effects.ids.rng().fill_bytes(&mut secret);
                Ok(Made { material: Material::oct(&secret), public: secret })
            }
            Self::Pair(spec) => {
                let key = private_key(spec, false, &mut effects.ids.rng()).map_err(|_| Error::Internal)?;
                let made = jwk::Jwk::from_private_key(&key).map_err(|_| Error::Internal)?;
                Ok(Made { material: made.material, public: key.public_key().spki().to_vec() })
            }
        }
    }
}

const CURVES: [(&str, KeySpec); 4] = [
    ("P256", KeySpec::Ec("secp256r1")),
    ("P384", KeySpec::Ec("secp384r1")),
    ("P521", KeySpec::Ec("secp521r1")),
    ("SECP256K1", KeySpec::Ec("secp256k1")),
];
const EDWARDS_CURVES: [(&str, KeySpec); 2] = [("ED25519", KeySpec::Ed25519), ("X25519", KeySpec::X25519)];

fn curve(options: &Options, curves: &[(&'static str, KeySpec)]) -> Result<KeySpec, Error> {
    let name = required("curveType", options.curve_type.as_deref())?;
    let found = curves.iter().find(|(known, _)| *known == name);
    found.map(|(_, spec)| *spec).ok_or_else(|| unknown("curveType", name, curves.iter().map(|(known, _)| *known)))
}

fn size(options: &Options, supported: [u32; 3]) -> Result<u32, Error> {
    let size = options.key_size.ok_or(Error::ValueEmpty { field: "keySize" })?;
    if let Some(known) = supported.into_iter().find(|known| i64::from(*known) == size) {
        return Ok(known);
    }
    let names = supported.map(|size| size.to_string());
    Err(unknown("keySize", &size.to_string(), names.iter().map(String::as_str)))
}

/// How a `kid` is made if none is sent.
#[derive(Debug, Clone, Copy)]
enum KeyId {
    Timestamp,
    Sha256,
    Sha1,
    IsoDate,
    None,
}

impl KeyId {
    const NAMES: [(&'static str, Self); 5] = [
        ("TIMESTAMP", Self::Timestamp),
        ("SHA256", Self::Sha256),
        ("SHA1", Self::Sha1),
        ("ISO_DATE", Self::IsoDate),
        ("NONE", Self::None),
    ];

    fn read(name: &str) -> Result<Self, Error> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, kind)| *kind).ok_or_else(|| unknown("keyIdType", name, Self::NAMES.map(|(known, _)| known)))
    }

    fn of(self, made: &Made, now: Timestamp) -> Option<String> {
        match self {
            Self::Timestamp => Some(now.seconds().to_string()),
            Self::Sha256 => Some(URL_SAFE_NO_PAD.encode(Sha256::digest(&made.public))),
            Self::Sha1 => Some(URL_SAFE_NO_PAD.encode(Sha1::digest(&made.public))),
            Self::IsoDate => Some(now.iso_seconds()),
            Self::None => None,
        }
    }
}

/// A time of a request: ISO 8601 with or without a zone or a time of day, or milliseconds since 1970.
fn time(value: Option<&Value>) -> Result<Option<Timestamp>, Error> {
    let bad = |what: &Value| Error::MalformedJson { reason: format!("{what} is no date") };
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(value @ Value::String(text)) => {
            let text = text.trim();
            let read = Timestamp::parse_iso(text)
                .or_else(|| Timestamp::parse_iso(&format!("{text}Z")))
                .or_else(|| Timestamp::parse_iso(&format!("{text}T00:00:00Z")));
            read.map(Some).ok_or_else(|| bad(value))
        }
        Some(value) => value.as_i64().map(|millis| Some(Timestamp(millis))).ok_or_else(|| bad(value)),
    }
}

/// The same day of the next year; the day before a leap day's absence.
fn a_year_after(start: Timestamp) -> Timestamp {
    let date: OffsetDateTime = start.date_time();
    let next = date
        .replace_year(date.year() + 1)
        .or_else(|_| date.replace_day(28).and_then(|it| it.replace_year(it.year() + 1)));
    next.map_or_else(|_| start.plus_millis(365 * 86_400_000), Timestamp::from_date_time)
}
