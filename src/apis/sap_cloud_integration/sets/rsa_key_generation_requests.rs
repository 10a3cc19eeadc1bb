//! `RSAKeyGenerationRequests`: key pairs of PKCS#1 files.

use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::key_generation::{self, Signature};
use crate::apis::sap_cloud_integration::request::{self, binary};
use crate::apis::sap_cloud_integration::state::State;
use crate::apis::sap_cloud_integration::{edm, entities};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, EntitySet, Entry as Body};
use crate::pki::{KeyType, PrivateKey};
use crate::store::Draft;

/// Most bytes of a file.
const FILE_LIMIT: usize = 10_000;

/// Requests to make key pairs of RSA keys.
pub struct RsaKeyGenerationRequests;

impl EntitySet<State> for RsaKeyGenerationRequests {
    fn set(&self) -> &'static Set {
        &edm::RSA_KEY_GENERATION_REQUESTS
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let alias = key_generation::alias(body)?;
        key_generation::subject(body)?;
        key_generation::refuse_without_country(body)?;
        let key = key(&binary(body, "RSAFile"))?;
        let signature = Signature::of(body, KeyType::Rsa)?;
        signature.refuse_if_longer_than(&key)?;
        draft.state.admits(&alias, false)?;
        let content = key_generation::key_pair(draft, body, key, &signature)?;
        draft.state.store(alias, content, &request::writer(cx)).map_err(with_status_423)?;
        Ok(entities::after_write(cx, draft.state))
    }
}

/// Of this set alone the specification says 423 where all others answer 503.
fn with_status_423(error: Error) -> Error {
    match error {
        Error::KeystoreLocked => Error::KeystoreLocked423,
        error => error,
    }
}

/// Only PKCS#1 in PEM will do: not PKCS#8, not encrypted.
fn key(file: &[u8]) -> Result<PrivateKey, Error> {
    if file.len() > FILE_LIMIT {
        return Err(Error::RsaFileTooLarge);
    }
    let text = std::str::from_utf8(file).map_err(|_| Error::RsaFileInvalid)?;
    if !text.trim_start().starts_with("-----BEGIN RSA PRIVATE KEY-----") {
        return Err(Error::RsaFileInvalid);
    }
    let key = PrivateKey::from_pem(text, None).map_err(|_| Error::RsaFileInvalid)?;
    if key.public_key().key_type() == KeyType::Rsa { Ok(key) } else { Err(Error::RsaFileInvalid) }
}
