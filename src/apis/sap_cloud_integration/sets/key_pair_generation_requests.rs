//! `KeyPairGenerationRequests`: new key pairs (generate-a-key-pair-4d3dd24).

use rand_chacha::ChaCha20Rng;

use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::behaviour::Keygen;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::key_generation::{self, Signature};
use crate::apis::sap_cloud_integration::request::{self, present};
use crate::apis::sap_cloud_integration::state::State;
use crate::apis::sap_cloud_integration::{edm, elliptic_curves, entities};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, EntitySet, Entry as Body, Rest, Value};
use crate::pki::generate::{KeySpec, is_slow, private_key};
use crate::pki::{KeyType, PrivateKey};
use crate::store::Draft;

/// Bits of an RSA or DSA key if the request does not say.
const DEFAULT_SIZE: i32 = 4096;

/// Requests for new key pairs.
pub struct KeyPairGenerationRequests;

impl EntitySet<State> for KeyPairGenerationRequests {
    fn set(&self) -> &'static Set {
        &edm::KEY_PAIR_GENERATION_REQUESTS
    }

    /// Finding the primes of an RSA key takes seconds, so whoever may not write is told before.
    fn prepare<'a>(
        &'a self,
        cx: &'a Context<'a>,
        copy: &mut Draft<'_, State>,
        body: &'a Body,
    ) -> Result<Option<Rest<'a, State>>, Refusal> {
        let wanted = Wanted::of(copy.state, body)?;
        if !is_slow(wanted.spec, wanted.fresh) {
            return Ok(None);
        }
        copy.state.refuse_if_locked(&request::writer(cx))?;
        // Several requests may be prepared on copies of the same state: the alias tells their keys apart.
        let ids = &copy.effects.ids;
        let mut rng = ids.rng_for(&format!("key pair {} of {}", ids.drawn(), wanted.alias));
        let key = wanted.key(body, &mut rng)?;
        // What was true of the copy may not be of the draft.
        Ok(Some(Box::new(move |draft| Wanted::of(draft.state, body)?.store(cx, draft, body, key))))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let wanted = Wanted::of(draft.state, body)?;
        let key = wanted.key(body, &mut draft.effects.ids.rng())?;
        wanted.store(cx, draft, body, key)
    }
}

/// A request in which nothing is wrong so far.
struct Wanted {
    alias: Alias,
    key_type: KeyType,
    spec: KeySpec,
    fresh: bool,
    signature: Signature,
}

impl Wanted {
    fn of(state: &State, body: &Body) -> Result<Self, Error> {
        let alias = key_generation::alias(body)?;
        key_generation::subject(body)?;
        key_generation::refuse_without_country(body)?;
        let key_type = key_type(body)?;
        let spec = spec(body, key_type)?;
        let signature = Signature::of(body, key_type)?;
        state.admits(&alias, false)?;
        Ok(Self { alias, key_type, spec, fresh: state.behaviour.keygen == Keygen::Real, signature })
    }

    fn key(&self, body: &Body, rng: &mut ChaCha20Rng) -> Result<PrivateKey, Error> {
        private_key(self.spec, self.fresh, rng).map_err(|_| size_invalid(body, self.key_type))
    }

    /// Stores the key with a certificate that it signs itself.
    fn store(
        self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        body: &Body,
        key: PrivateKey,
    ) -> Result<Answer, Refusal> {
        let content = key_generation::key_pair(draft, body, key, &self.signature)?;
        draft.state.store(self.alias, content, &request::writer(cx))?;
        Ok(entities::after_write(cx, draft.state))
    }
}

fn key_type(body: &Body) -> Result<KeyType, Error> {
    match present(body, "KeyType").unwrap_or("RSA") {
        "RSA" => Ok(KeyType::Rsa),
        "DSA" => Ok(KeyType::Dsa),
        "EC" => Ok(KeyType::Ec),
        other => Err(Error::KeyTypeUnsupported { key_type: other.to_owned() }),
    }
}

fn spec(body: &Body, key_type: KeyType) -> Result<KeySpec, Error> {
    let size = match body.value("KeySize") {
        Some(Value::Int32(bits)) => Some(*bits),
        _ => None,
    };
    if key_type == KeyType::Ec {
        return curve(body, size).map(KeySpec::Ec);
    }
    let bits = size.unwrap_or(DEFAULT_SIZE);
    match (key_type, bits) {
        (KeyType::Dsa, 1024 | 2048 | 3072 | 4096) => Ok(KeySpec::Dsa(bits.unsigned_abs())),
        (KeyType::Rsa, 1024..=8192) if bits % 8 == 0 => Ok(KeySpec::Rsa(bits.unsigned_abs())),
        _ => Err(size_invalid(body, key_type)),
    }
}

/// By size; without one by name.
fn curve(body: &Body, size: Option<i32>) -> Result<&'static str, Error> {
    match (size, present(body, "KeyAlgorithmParameter")) {
        (Some(bits), _) => elliptic_curves::of_size(bits),
        (None, Some(name)) => elliptic_curves::named(name),
        (None, None) => Err(size_invalid(body, KeyType::Ec)),
    }
}

fn size_invalid(body: &Body, key_type: KeyType) -> Error {
    let key_type = match key_type {
        KeyType::Dsa => "DSA",
        KeyType::Ec => "EC",
        _ => "RSA",
    };
    let key_size = match body.value("KeySize") {
        Some(Value::Int32(bits)) => bits.to_string(),
        _ => "null".to_owned(),
    };
    Error::KeySizeInvalid { key_type: key_type.to_owned(), key_size }
}
