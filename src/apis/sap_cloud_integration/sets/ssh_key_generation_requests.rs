//! `SSHKeyGenerationRequests`: key pairs of OpenSSH and PuTTY files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::key_generation::{self, Signature};
use crate::apis::sap_cloud_integration::request::{self, present};
use crate::apis::sap_cloud_integration::state::State;
use crate::apis::sap_cloud_integration::{edm, entities};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, EntitySet, Entry as Body};
use crate::pki::{self, KeyType, PrivateKey, ssh};
use crate::store::Draft;

/// Requests to make key pairs of SSH keys.
pub struct SshKeyGenerationRequests;

impl EntitySet<State> for SshKeyGenerationRequests {
    fn set(&self) -> &'static Set {
        &edm::SSH_KEY_GENERATION_REQUESTS
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        key_generation::subject(body)?;
        let key = key(&file(body)?, present(body, "Password"))?;
        let alias = alias(body, &key)?;
        draft.state.admits(&alias, cx.options.is_true("update"))?;
        let signature = Signature::of(body, key.public_key().key_type())?;
        let content = key_generation::key_pair(draft, body, key, &signature)?;
        let shown = alias.text().into();
        draft.state.store(alias, content, &request::writer(cx))?;
        Ok(match entities::after_write(cx, draft.state) {
            Answer::NoContent => Answer::Members(&edm::SSH_KEY_GENERATION_REQUESTS, vec![("Alias", shown)]),
            entries => entries,
        })
    }
}

/// The file: base64 of it, or its text as it is.
fn file(body: &Body) -> Result<Vec<u8>, Error> {
    let text = present(body, "SSHFile").ok_or_else(|| invalid("it is empty"))?;
    if text.trim_start().starts_with("-----BEGIN") || text.starts_with("PuTTY-User-Key-File") {
        return Ok(text.as_bytes().to_vec());
    }
    let compact: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(compact).map_err(|_| invalid("it is not base64"))
}

/// PuTTY's files are taken for RSA and DSA only, OpenSSH's for EC too.
fn key(file: &[u8], password: Option<&str>) -> Result<PrivateKey, Error> {
    let key = ssh::private_key(file, password).map_err(|error| match error {
        pki::Error::WrongPassword | pki::Error::PasswordRequired => Error::WrongPassword,
        error => invalid(&error.to_string()),
    })?;
    match key.public_key().key_type() {
        KeyType::Rsa | KeyType::Dsa => Ok(key),
        KeyType::Ec if !file.starts_with(b"PuTTY") => Ok(key),
        _ => Err(invalid(&format!("{} keys are not supported", key.public_key().algorithm()))),
    }
}

/// The alias of the request, if it has one; otherwise the kind of key decides.
fn alias(body: &Body, key: &PrivateKey) -> Result<Alias, Error> {
    if present(body, "Alias").is_some() {
        return key_generation::alias(body);
    }
    Ok(Alias::new(match key.public_key().key_type() {
        KeyType::Dsa => "id_dsa",
        KeyType::Ec => "id_ec",
        _ => "id_rsa",
    }))
}

fn invalid(reason: &str) -> Error {
    Error::SshFileInvalid { reason: reason.to_owned() }
}
