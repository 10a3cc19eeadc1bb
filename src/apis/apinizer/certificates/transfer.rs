//! Certificate files.

use std::sync::Arc;

use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::answer;
use crate::apis::apinizer::behaviour::{Behaviour, ExportEncoding};
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::{Deployment, check_environments};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::found;
use crate::apis::apinizer::state::{Certificate, CertificateEntry, Entries, State, new_id};
use crate::apis::apinizer::transfer::{FileNames, Pieces, imported, zipped};
use crate::apis::apinizer::values::given;
use crate::http::Response;
use crate::pki::{Certificate as X509, certificate_factory};
use crate::rest::archive::File;
use crate::store::{Draft, Memo, Text};

const FILES: FileNames = FileNames { kind: "certificate", extension: "cer", others: &[] };

/// `GET …/certificates/{certificateName}/export/`: a ZIP with a file for each environment.
pub fn export(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let certificate: &Certificate = found(state, call)?;
    archive(call, certificate, &certificate.entries)
}

/// `GET …/certificates/{certificateName}/export-file/`: the same, or only the file for the environment in the query.
pub fn export_file(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let certificate: &Certificate = found(state, call)?;
    let Some(environment) = given(call.query.first("environmentName")) else {
        return archive(call, certificate, &certificate.entries);
    };
    let entry = certificate.entries.of(&certificate.name, environment)?;
    archive(call, certificate, std::slice::from_ref(entry))
}

/// `POST …/certificates/import-file/`
pub fn import_file(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let upload = form.file("certificateFile")?;
    let name = form.required("certificateName")?;
    let alias: Text = form.required("alias")?.into();
    let pieces = Pieces::read(&form, &upload, &name, FILES)?;
    check_environments(draft.state, project_of(draft.state, call)?, &pieces.environments())?;
    let stored = draft.state.certificates.find(call.project(), &name).map(|stored| stored.id.clone());
    for piece in &pieces.pieces {
        draft.state.check_alias(stored.as_deref().unwrap_or_default(), &piece.environment, &alias)?;
    }
    let mut entries = Vec::new();
    for piece in &pieces.pieces {
        let certificate = uploaded(&piece.content)?;
        entries.push(CertificateEntry {
            environment: piece.environment.clone().into(),
            alias: alias.clone(),
            certificate,
        });
    }
    let description = form.text("certificateDescription")?.map(|text| Text::from(text.into_owned()));
    merge(draft, call, &name, description, &entries)?;
    let deployment = Deployment::to(call, draft.state, entries.iter().map(|entry| &entry.environment));
    Ok(imported::<Certificate>(call, &deployment, &pieces.unresolved))
}

/// The certificate in an upload: PEM or DER, with or without armour.
pub(super) fn uploaded(content: &[u8]) -> Result<Arc<X509>, Error> {
    if content.is_empty() {
        return Err(Error::CertificateUnreadable { reason: "empty input".to_owned() });
    }
    certificate_factory::certificate_or_base64(content)
        .map_err(|error| Error::CertificateUnreadable { reason: error.to_string() })
}

/// Writes entries into the certificate of this name, which is made if there is none.
pub(super) fn merge(
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
        shown: Memo::default(),
    });
    certificate.description = description.unwrap_or(certificate.description);
    for entry in entries {
        certificate.entries.merge(entry.clone());
    }
    draft.state.put_certificate(certificate)
}

fn archive(call: &Call<'_>, certificate: &Certificate, entries: &[CertificateEntry]) -> Result<Response, Error> {
    let file = |entry: &CertificateEntry| File {
        name: format!("{}-{}.cer", certificate.name, entry.environment),
        content: exported(&call.behaviour, &entry.certificate),
    };
    let archive = zipped(entries.iter().map(file).collect())?;
    Ok(answer::file("application/octet-stream", &format!("{}-certificates.zip", certificate.name), archive))
}

fn exported(behaviour: &Behaviour, certificate: &X509) -> Vec<u8> {
    match behaviour.export_encoding {
        ExportEncoding::Der => certificate.der().to_vec(),
        ExportEncoding::Pem => certificate.pem().into_bytes(),
    }
}
