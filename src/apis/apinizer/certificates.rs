//! Certificates (section 6).

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::access::project_of;
use super::behaviour::{Behaviour, ExportEncoding, LetterCase};
use super::call::{Call, given};
use super::deployment::{Deployment, check_environments};
use super::error::Error;
use super::follow::{OnDelete, OnUpdate};
use super::form::Form;
use super::state::{ADMIN_PROJECT, Certificate, CertificateEntry, Entries, Project, State, new_id};
use super::transfer::zipped;
use super::wire::{self, Page};
use crate::effects::Timestamp;
use crate::http::Response;
use crate::pki::{Certificate as X509, Digest, pem};
use crate::rest::archive::File;
use crate::store::{Draft, Text};

/// Lists the certificates of a project; those of all projects for `admin`.
pub fn list(state: &State, call: &Call<'_>) -> Response {
    let content = call.behaviour.list_includes_content;
    let items = state
        .certificates
        .shown_in(call.project())
        .into_iter()
        .map(|one| certificate_json(&call.behaviour, one, content));
    wire::list(&call.behaviour, Page::Usual, items.collect())
}

/// Reads one certificate. The page shows `success` in both generations.
pub fn get(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let item = certificate_json(&call.behaviour, found(state, call)?, true);
    Ok(wire::list(&call.behaviour, Page::Success, vec![item]))
}

/// Stores a new certificate.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let name = form.required("certificateName")?;
    let fields = Fields::read(&form)?;
    if draft.state.certificates.find(call.project(), &name).is_some() {
        return Err(Error::CertificateExists { name });
    }
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = fields.entries(draft.state, &project, "")?;
    let id = new_id(&mut draft.effects);
    store(
        draft,
        call,
        Certificate {
            id,
            project: project.name.clone(),
            name: name.into(),
            description: fields.description.into(),
            entries,
        },
    )
}

/// Replaces a certificate. Its name and identifier stay, so what was made from it still finds it.
pub fn update(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let fields = Fields::read(&call.form())?;
    let action = OnUpdate::of(call)?;
    let old = Arc::clone(found(draft.state, call)?);
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = fields.entries(draft.state, &project, &old.id)?;
    let new = Certificate { description: fields.description.into(), entries, ..Certificate::clone(&old) };
    let response = store(draft, call, new)?;
    action.apply(draft.state, &old.id, &old.project)?;
    Ok(response)
}

/// Deletes a certificate.
pub fn delete(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let action = OnDelete::of(call)?;
    let old = Arc::clone(found(draft.state, call)?);
    draft.state.remove_certificate(&old.id);
    action.apply(draft.state, &old.id);
    let deployment = Deployment::from(call, draft.state, old.entries.environments());
    Ok(wire::deployed(&call.behaviour, None, &deployment))
}

/// Downloads a ZIP with a file for each environment.
pub fn export(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let certificate = found(state, call)?;
    archive(call, certificate, &certificate.entries)
}

/// The same, or only the file for the environment in the query.
pub fn export_file(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let certificate = found(state, call)?;
    let Some(environment) = given(call.query.first("environmentName")) else {
        return archive(call, certificate, &certificate.entries);
    };
    let entry = certificate.entries.of(&certificate.name, environment)?;
    archive(call, certificate, std::slice::from_ref(entry))
}

/// Lists what an environment trusts: every certificate that is deployed to it, then its own authorities.
pub fn list_truststore(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    if call.behaviour.truststore_admin_only && call.project() != ADMIN_PROJECT {
        return Err(Error::TruststoreOfAdminOnly);
    }
    let environment = call.parameter("environmentName");
    check_environments(state, project_of(state, call)?, &[environment.to_owned()])?;
    let items = truststore(state, environment);
    let items = items.iter().map(|one| certificate_json(&call.behaviour, one, true)).collect();
    Ok(wire::list(&call.behaviour, Page::Usual, items))
}

/// The certificates that an environment trusts, each with its entry there only.
pub fn truststore(state: &State, environment: &str) -> Vec<Certificate> {
    let deployed = state.certificates.all().filter_map(|certificate| {
        let entry = certificate.entries.find(environment)?;
        Some(Certificate { entries: Entries::from_iter([entry.clone()]), ..Certificate::clone(certificate) })
    });
    let own = state.ca_certificates(environment).iter().map(|certificate| {
        let name: Text = certificate.subject().attribute("CN").unwrap_or_default().into();
        let environment = environment.to_owned().into();
        Certificate {
            id: Text::default(),
            project: ADMIN_PROJECT.into(),
            name: name.clone(),
            description: Text::default(),
            entries: Entries::from_iter([CertificateEntry {
                environment,
                alias: name,
                certificate: Arc::clone(certificate),
            }]),
        }
    });
    deployed.chain(own).collect()
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
    pem::certificate(block).map_err(|error| unreadable(&error.to_string()))
}

fn store(draft: &mut Draft<'_, State>, call: &Call<'_>, certificate: Certificate) -> Result<Response, Error> {
    let deployment = Deployment::to(call, draft.state, certificate.entries.environments());
    draft.state.put_certificate(certificate)?;
    Ok(wire::deployed(&call.behaviour, Some("Certificate"), &deployment))
}

fn found<'s>(state: &'s State, call: &Call<'_>) -> Result<&'s Arc<Certificate>, Error> {
    let name = call.parameter("certificateName");
    let found = state.certificates.find(call.project(), name);
    found.ok_or_else(|| Error::CertificateNotFound { name: name.to_owned() })
}

fn archive(call: &Call<'_>, certificate: &Certificate, entries: &[CertificateEntry]) -> Result<Response, Error> {
    let file = |entry: &CertificateEntry| File {
        name: format!("{}-{}.cer", certificate.name, entry.environment),
        content: exported(&call.behaviour, &entry.certificate),
    };
    let archive = zipped(entries.iter().map(file).collect())?;
    Ok(wire::file("application/octet-stream", &format!("{}-certificates.zip", certificate.name), archive))
}

fn exported(behaviour: &Behaviour, certificate: &X509) -> Vec<u8> {
    match behaviour.export_encoding {
        ExportEncoding::Der => certificate.der().to_vec(),
        ExportEncoding::Pem => certificate.pem().into_bytes(),
    }
}

fn certificate_json(behaviour: &Behaviour, certificate: &Certificate, content: bool) -> Value {
    let entries = certificate.entries.iter().map(|entry| entry_json(behaviour, entry, content));
    json!({
        "name": &*certificate.name,
        "description": &*certificate.description,
        "certificateEnvironmentList": entries.collect::<Vec<_>>(),
    })
}

fn entry_json(behaviour: &Behaviour, entry: &CertificateEntry, content: bool) -> Value {
    let certificate = &entry.certificate;
    let mut members = serde_json::Map::new();
    let time = |seconds| Value::from(Timestamp::from_seconds(seconds).iso_millis());
    members.insert("environmentName".to_owned(), json!(&*entry.environment));
    members.insert("startDate".to_owned(), time(certificate.not_before()));
    members.insert("endDate".to_owned(), time(certificate.not_after()));
    if content {
        members.insert("base64EncodedContent".to_owned(), STANDARD.encode(certificate.der()).into());
    }
    members.insert("sha1Thumbprint".to_owned(), thumbprint(behaviour, certificate).into());
    members.insert("subjectDn".to_owned(), json!(&**certificate.subject().java_text()));
    members.insert("alias".to_owned(), json!(&*entry.alias));
    Value::Object(members)
}

fn thumbprint(behaviour: &Behaviour, certificate: &X509) -> String {
    let digest = certificate.fingerprint(Digest::Sha1);
    match behaviour.thumbprint_case {
        LetterCase::Upper => hex::encode_upper(digest),
        LetterCase::Lower => hex::encode(digest),
    }
}
