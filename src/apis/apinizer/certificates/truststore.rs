//! Truststores: what an environment trusts. Every certificate that is deployed to it, of all projects, then its own
//! authorities (section 6.8).

use std::sync::Arc;

use serde_json::{Value, json};

use super::shown;
use super::transfer::{merge, uploaded};
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::answer::{self, Page};
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::check_environments;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::state::{ADMIN_PROJECT, Certificate, CertificateEntry, Entries, State};
use crate::apis::apinizer::transfer::zipped;
use crate::apis::apinizer::values::given;
use crate::contract::Refusal;
use crate::http::Response;
use crate::pki::Certificate as X509;
use crate::rest::archive::{self, File};
use crate::store::{Draft, Memo, Text};

/// Lists it.
pub fn list(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    if call.behaviour.truststore_admin_only && call.project() != ADMIN_PROJECT {
        return Err(Error::TruststoreOfAdminOnly);
    }
    let environment = environment(state, call)?;
    let items = trusted(state, environment).map(|one| shown(&one, call, true).into_owned()).collect::<Vec<_>>();
    Ok(answer::list(&call.behaviour, Page::Usual, &items))
}

/// `GET …/certificates/truststore/{environmentName}/export-file/`
pub fn export(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let environment = environment(state, call)?;
    let entries = trusted(state, environment).flat_map(|certificate| certificate.entries.to_vec());
    let file = |(index, entry): (usize, CertificateEntry)| {
        let unnamed = format!("certificate-{}", index + 1);
        let name = given(Some(&entry.alias)).unwrap_or(&unnamed);
        File { name: format!("{name}.cer"), content: entry.certificate.pem().into_bytes() }
    };
    let files: Vec<File> = entries.enumerate().map(file).collect();
    if files.is_empty() {
        return Err(Error::TruststoreEmpty { environment: environment.to_owned() });
    }
    Ok(answer::file("application/octet-stream", &format!("{environment}-truststore.zip"), zipped(files)?))
}

/// `POST …/certificates/truststore/{environmentName}/import-file/`: file by file; one bad one does not abandon the rest.
pub fn import(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let upload = form.file("truststoreFile")?;
    let environment = environment(draft.state, call)?;
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
    Ok(registered(call, &names, &unresolved))
}

/// The environment in the path, which the project must reach.
fn environment<'c>(state: &State, call: &'c Call<'_>) -> Result<&'c str, Error> {
    let environment = call.parameter("environmentName");
    check_environments(state, project_of(state, call)?, &[environment.to_owned()])?;
    Ok(environment)
}

/// The certificates that an environment trusts, each with its entry there only.
fn trusted(state: &State, environment: &str) -> impl Iterator<Item = Certificate> {
    let deployed = state.certificates.all().filter_map(|certificate| {
        let entry = certificate.entries.find(environment)?;
        Some(Certificate { entries: Entries::from_iter([entry.clone()]), ..Certificate::clone(certificate) })
    });
    deployed.chain(state.ca_certificates(environment).iter().map(|authority| of_authority(authority, environment)))
}

/// A certificate authority as an object: named for what it certifies, and stored nowhere.
fn of_authority(authority: &Arc<X509>, environment: &str) -> Certificate {
    let name: Text = authority.subject().attribute("CN").unwrap_or_default().into();
    let entry = CertificateEntry {
        environment: environment.to_owned().into(),
        alias: name.clone(),
        certificate: Arc::clone(authority),
    };
    Certificate {
        id: Text::default(),
        project: ADMIN_PROJECT.into(),
        name,
        description: Text::default(),
        entries: Entries::from_iter([entry]),
        shown: Memo::default(),
    }
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
        certificate: uploaded(content)?,
    };
    merge(draft, call, name, None, &[entry])
}

fn registered(call: &Call<'_>, names: &[String], unresolved: &[String]) -> Response {
    let mut body = answer::succeeded(&call.behaviour, Page::Status);
    body.insert("resultList".to_owned(), json!(names));
    body.insert("resultCount".to_owned(), names.len().into());
    if !unresolved.is_empty() {
        body.insert("unresolvedReferences".to_owned(), json!(unresolved));
    }
    answer::ok(&Value::Object(body))
}
