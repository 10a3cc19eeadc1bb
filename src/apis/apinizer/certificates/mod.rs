//! Certificates (section 6).

pub mod transfer;
pub mod truststore;

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::access::project_of;
use super::answer::{self, Page};
use super::behaviour::LetterCase;
use super::call::Call;
use super::deployment::check_environments;
use super::derived_jwks::OnUpdate;
use super::error::Error;
use super::form::Form;
use super::kind::{self, Kind};
use super::state::{
    Certificate, CertificateEntry, CertificateForm, Collection, Entries, ListForm, Project, State, new_id,
};
use crate::effects::Timestamp;
use crate::http::Response;
use crate::pki::{Certificate as X509, Digest, certificate_factory};
use crate::store::{Draft, Memo, Text};

impl Kind for Certificate {
    const NAME: &'static str = "Certificate";
    const PARAMETER: &'static str = "certificateName";
    // Its page shows `success` in both generations.
    const PAGE: Page = Page::Success;

    fn collection(state: &State) -> &Collection<Self> {
        &state.certificates
    }

    fn kept_list(state: &State) -> Option<&Memo<ListForm, Bytes>> {
        Some(state.certificates.kept_list())
    }

    fn put(self, state: &mut State) -> Result<(), Error> {
        state.put_certificate(self)
    }

    fn remove(&self, state: &mut State) {
        state.remove_certificate(&self.id);
    }

    fn environments(&self, _: &State) -> Vec<Text> {
        self.entries.environments().cloned().collect()
    }

    fn not_found(name: String) -> Error {
        Error::CertificateNotFound { name }
    }

    fn json(&self, _: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        shown(self, call, true)
    }

    fn json_in_list(&self, _: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        shown(self, call, call.behaviour.list_includes_content)
    }
}

/// Stores a new certificate.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let name = form.required("certificateName")?;
    let fields = Fields::read(&form)?;
    if kind::is_taken::<Certificate>(draft.state, call.project(), &name) {
        return Err(Error::CertificateExists { name });
    }
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = fields.entries(draft.state, &project, "")?;
    let certificate = Certificate {
        id: new_id(&mut draft.effects),
        project: project.name.clone(),
        name: name.into(),
        description: fields.description.into(),
        entries,
        shown: Memo::default(),
    };
    kind::store(draft, call, certificate)
}

/// Replaces a certificate. Its name and identifier stay, so what was made from it still finds it.
pub fn update(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let fields = Fields::read(&call.form())?;
    let derived = OnUpdate::of(call)?;
    let old = Arc::clone(kind::found::<Certificate>(draft.state, call)?);
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = fields.entries(draft.state, &project, &old.id)?;
    let new = Certificate { description: fields.description.into(), entries, ..Certificate::clone(&old) };
    let response = kind::store(draft, call, new)?;
    derived.apply(draft.state, &old.id, &old.project)?;
    Ok(response)
}

/// The fields that create and update share.
struct Fields {
    alias: String,
    description: String,
    pem: Bytes,
    environments: Vec<String>,
}

impl Fields {
    /// In the order in which the page lists their refusals.
    fn read(form: &Form<'_>) -> Result<Self, Error> {
        Ok(Self {
            alias: form.required("alias")?,
            description: form.required("certificateDescription")?,
            pem: form.file("pemEncodedFile")?.bytes.clone(),
            environments: form.required_environments()?,
        })
    }

    /// An entry for each environment. `own` is the certificate that already has the aliases, if any.
    fn entries(&self, state: &State, project: &Project, own: &str) -> Result<Entries<CertificateEntry>, Error> {
        check_environments(state, project, &self.environments)?;
        for environment in &self.environments {
            state.check_alias(own, environment, &self.alias)?;
        }
        let certificate = first_pem_certificate(&self.pem)?;
        let entry = |environment: &String| CertificateEntry {
            environment: environment.clone().into(),
            alias: self.alias.clone().into(),
            certificate: Arc::clone(&certificate),
        };
        Ok(self.environments.iter().map(entry).collect())
    }
}

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
const END: &[u8] = b"-----END CERTIFICATE-----";

/// The first certificate of a PEM text. What stands around it does not count; DER without armour is refused.
fn first_pem_certificate(bytes: &[u8]) -> Result<Arc<X509>, Error> {
    let unreadable = |reason: &str| Error::CertificateUnreadable { reason: reason.to_owned() };
    let position = |bytes: &[u8], line: &[u8]| bytes.windows(line.len()).position(|window| window == line);
    let start = position(bytes, BEGIN).ok_or_else(|| unreadable("no PEM certificate was found"))?;
    let block = bytes.get(start..).unwrap_or_default();
    let length = position(block, END).ok_or_else(|| unreadable("the PEM block has no end"))? + END.len();
    let block = block.get(..length).unwrap_or_default();
    certificate_factory::certificate(block).map_err(|error| unreadable(&error.to_string()))
}

fn shown<'c>(certificate: &'c Certificate, call: &Call<'_>, content: bool) -> Cow<'c, RawValue> {
    let form = CertificateForm { content, thumbprint_case: call.behaviour.thumbprint_case };
    let render = || answer::raw(&certificate_json(certificate, form)).into_owned();
    match certificate.shown.or_make(form, render) {
        Cow::Borrowed(kept) => Cow::Borrowed(kept),
        Cow::Owned(made) => Cow::Owned(made),
    }
}

fn certificate_json(certificate: &Certificate, form: CertificateForm) -> Value {
    let entries = certificate.entries.iter().map(|entry| entry_json(entry, form));
    json!({
        "name": &*certificate.name,
        "description": &*certificate.description,
        "certificateEnvironmentList": entries.collect::<Vec<_>>(),
    })
}

fn entry_json(entry: &CertificateEntry, form: CertificateForm) -> Value {
    let certificate = &entry.certificate;
    let mut members = Map::new();
    let time = |seconds| Value::from(Timestamp::from_seconds(seconds).iso_millis());
    members.insert("environmentName".to_owned(), json!(&*entry.environment));
    members.insert("startDate".to_owned(), time(certificate.not_before()));
    members.insert("endDate".to_owned(), time(certificate.not_after()));
    if form.content {
        members.insert("base64EncodedContent".to_owned(), STANDARD.encode(certificate.der()).into());
    }
    members.insert("sha1Thumbprint".to_owned(), thumbprint(certificate, form.thumbprint_case).into());
    members.insert("subjectDn".to_owned(), json!(&**certificate.subject().java_text()));
    members.insert("alias".to_owned(), json!(&*entry.alias));
    Value::Object(members)
}

fn thumbprint(certificate: &X509, case: LetterCase) -> String {
    let digest = certificate.fingerprint(Digest::Sha1);
    match case {
        LetterCase::Upper => hex::encode_upper(digest),
        LetterCase::Lower => hex::encode(digest),
    }
}
