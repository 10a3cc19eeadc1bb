//! Certificate files and truststore bundles.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Kind, Pieces, imported, zipped};
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::call::{Call, given};
use crate::apis::apinizer::certificates::truststore;
use crate::apis::apinizer::deployment::{Deployment, check_environments};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::state::{Certificate, CertificateEntry, Entries, State, new_id};
use crate::apis::apinizer::wire::{self, Page};
use crate::contract::Refusal;
use crate::http::Response;
use crate::pki::{Certificate as X509, pem};
use crate::rest::archive::{self, File};
use crate::store::{Draft, Text};

const CERTIFICATE: Kind = Kind { name: "certificate", extension: "cer" };

/// `POST …/certificates/import-file/`
pub fn import_file(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let upload = form.file("certificateFile")?;
    let name = form.required("certificateName")?;
    let alias: Text = form.required("alias")?.into();
    let pieces = Pieces::read(&form, &upload, &name, CERTIFICATE)?;
    check_environments(draft.state, project_of(draft.state, call)?, &pieces.environments())?;
    let stored = draft.state.certificates.find(call.project(), &name).map(|stored| stored.id.clone());
    for piece in &pieces.pieces {
        draft.state.check_alias(stored.as_deref().unwrap_or_default(), &piece.environment, &alias)?;
    }
    let mut entries = Vec::new();
    for piece in &pieces.pieces {
        let certificate = certificate(&piece.content)?;
        entries.push(CertificateEntry {
            environment: piece.environment.clone().into(),
            alias: alias.clone(),
            certificate,
        });
    }
    let description = form.text("certificateDescription")?.map(|text| Text::from(text.into_owned()));
    merge(draft, call, &name, description, &entries)?;
    let deployment = Deployment::to(call, draft.state, entries.iter().map(|entry| &entry.environment));
    Ok(imported(&call.behaviour, "Certificate", &deployment, &pieces.unresolved))
}

/// `GET …/certificates/truststore/{environmentName}/export-file/`
pub fn export_truststore(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let environment = call.parameter("environmentName");
    check_environments(state, project_of(state, call)?, &[environment.to_owned()])?;
    let mut files = Vec::new();
    for certificate in truststore(state, environment) {
        let Some(entry) = certificate.entries.first() else { continue };
        let unnamed = format!("certificate-{}", files.len() + 1);
        let name = given(Some(&entry.alias)).unwrap_or(&unnamed);
        files.push(File { name: format!("{name}.cer"), content: entry.certificate.pem().into_bytes() });
    }
    if files.is_empty() {
        return Err(Error::TruststoreEmpty { environment: environment.to_owned() });
    }
    Ok(wire::file("application/octet-stream", &format!("{environment}-truststore.zip"), zipped(files)?))
}

/// `POST …/certificates/truststore/{environmentName}/import-file/`: file by file; one bad one does not abandon the rest.
pub fn import_truststore(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let environment = call.parameter("environmentName");
    let form = call.form();
    let upload = form.file("truststoreFile")?;
    check_environments(draft.state, project_of(draft.state, call)?, &[environment.to_owned()])?;
    let files = if archive::is_archive(upload.bytes) {
        archive::read(upload.bytes).map_err(|_| Error::BundleEmpty)?
    } else {
        vec![File { name: upload.name.to_owned(), content: upload.bytes.to_vec() }]
    };
    if files.is_empty() {
        return Err(Error::BundleEmpty);
    }
    let prefix = form.text("namePrefix")?.unwrap_or_default();
    let (mut names, mut unresolved) = (Vec::new(), Vec::new());
    for file in &files {
        let name = format!("{prefix}{}", file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem));
        match register(draft, call, &name, environment, &file.content) {
            Ok(()) => names.push(name),
            Err(error) => {
                unresolved.push(format!("Certificate ({name}) could not be imported: {}", Refusal::from(error).text));
            }
        }
    }
    if names.is_empty() {
        return Err(Error::BundleWithoutCertificate { reasons: unresolved.join(" ") });
    }
    let mut body = wire::succeeded(&call.behaviour, Page::Status);
    body.insert("resultList".to_owned(), json!(names));
    body.insert("resultCount".to_owned(), names.len().into());
    if !unresolved.is_empty() {
        body.insert("unresolvedReferences".to_owned(), json!(unresolved));
    }
    Ok(wire::ok(&Value::Object(body)))
}

/// One certificate of a bundle: its file's name is its name and alias.
fn register(
    draft: &mut Draft<'_, State>,
    call: &Call<'_>,
    name: &str,
    environment: &str,
    content: &[u8],
) -> Result<(), Error> {
    let entry = CertificateEntry {
        environment: environment.to_owned().into(),
        alias: name.to_owned().into(),
        certificate: certificate(content)?,
    };
    merge(draft, call, name, None, &[entry])
}

/// PEM or DER, with or without armour.
fn certificate(content: &[u8]) -> Result<Arc<X509>, Error> {
    if content.is_empty() {
        return Err(Error::CertificateUnreadable { reason: "empty input".to_owned() });
    }
    pem::certificate(content).map_err(|error| Error::CertificateUnreadable { reason: error.to_string() })
}

/// Writes entries into the certificate of this name, which is made if there is none.
fn merge(
    draft: &mut Draft<'_, State>,
    call: &Call<'_>,
    name: &str,
    description: Option<Text>,
    entries: &[CertificateEntry],
) -> Result<(), Error> {
    let project = project_of(draft.state, call)?.name.clone();
    let stored = draft.state.certificates.find(&project, name).map(|found| Certificate::clone(found));
    let mut certificate = stored.unwrap_or_else(|| Certificate {
        id: new_id(&mut draft.effects),
        project,
        name: name.to_owned().into(),
        description: Text::default(),
        entries: Entries::default(),
    });
    certificate.description = description.unwrap_or(certificate.description);
    for entry in entries {
        certificate.entries.merge(entry.clone());
    }
    draft.state.put_certificate(certificate)
}
