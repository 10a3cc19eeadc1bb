//! SAP Cloud Integration: keystores with their chains, SAP's key history, mappings, credentials and access policies; of the
//! tenant, and of runtime locations that are named.
//!
//! No system query option is sent: tenants were seen to refuse them.

mod access_policies;
mod credentials;
mod keystores;

use serde_json::{Map, Value, json};

use super::material::has_private_key;
use super::reader::Reader;
use crate::apis::sap_cloud_integration::scenario::{LocationSection, MappingSection, Section, StampSection};
use crate::scenario;
use crate::seed::Material;
use crate::tenant::odata::{Entity, Service};
use crate::tenant::{Failure, System};

const ROOT: &str = "/api/v1";

/// The section, and the switches that what was read has shown.
pub(super) fn read(reader: &Reader<'_>, locations: &[String]) -> Result<(Value, Value), Failure> {
    let service = Service { client: reader.client, system: System::CloudIntegration, root: ROOT };
    let mut section = located(reader, &service)?;
    let mut behaviour = Map::new();
    section.access_policies = access_policies::read(reader, &service)?;
    // Only Neo has them; of others a client is told that there is no such set.
    let mappings = reader.if_offered("certificate-to-user mappings", service.list("CertificateUserMappings"))?;
    let mappings = mappings.unwrap_or_default();
    section.certificate_user_mappings = mappings.iter().filter_map(|mapping| mapped(reader, mapping)).collect();
    if !section.certificate_user_mappings.is_empty() {
        behaviour.insert("landscape".to_owned(), json!("neo"));
    }
    for id in locations {
        section.runtime_locations.push(location(reader, id)?);
    }
    let section = scenario::value(&section).unwrap_or_default();
    Ok((section, Value::Object(behaviour)))
}

/// What a tenant has, and a runtime location, too.
fn located(reader: &Reader<'_>, service: &Service<'_>) -> Result<Section, Failure> {
    let secure_parameters = credentials::parameters(reader, service)?;
    Ok(Section {
        keystores: keystores::read(reader, service)?,
        key_history: keystores::history(reader, service)?,
        user_credentials: credentials::users(reader, service, &secure_parameters)?,
        oauth2_client_credentials: credentials::clients(reader, service)?,
        secure_parameters,
        ..Section::default()
    })
}

fn location(reader: &Reader<'_>, id: &str) -> Result<LocationSection, Failure> {
    let root = format!("/location/{id}{ROOT}");
    let service = Service { client: reader.client, system: System::CloudIntegration, root: &root };
    let own = located(reader, &service)?;
    Ok(LocationSection {
        id: id.to_owned(),
        keystores: own.keystores,
        key_history: own.key_history,
        user_credentials: own.user_credentials,
        oauth2_client_credentials: own.oauth2_client_credentials,
        secure_parameters: own.secure_parameters,
        drawn: None,
    })
}

/// The certificate stays as it was sent, unless a private key was sent with it.
fn mapped(reader: &Reader<'_>, mapping: &Entity) -> Option<MappingSection> {
    use base64::Engine as _;
    let user = mapping.said("User");
    let bytes = base64::engine::general_purpose::STANDARD.decode(mapping.text("Certificate")?).ok();
    let certificate = bytes.as_ref().and_then(|bytes| crate::pki::certificate_factory::certificate(bytes).ok());
    let (Some(bytes), Some(certificate)) = (bytes, certificate) else {
        reader.note(format!("the mapping of user {user} was left out: its certificate cannot be read"));
        return None;
    };
    let material = match reader.materials.certificate(&certificate) {
        Material::Pem(_) if !has_private_key(&bytes) => Material::of_bytes(&bytes),
        one => one,
    };
    let created = stamp(mapping, "CreatedBy", "CreatedTime");
    let modified =
        stamp(mapping, "LastModifiedBy", "LastModifiedTime").filter(|modified| Some(modified) != created.as_ref());
    Some(MappingSection { user, certificate: material, created, modified })
}

/// Who did something, and when.
fn stamp(entity: &Entity, by: &str, at: &str) -> Option<StampSection> {
    Some(StampSection { by: entity.said(by), at: entity.moment(at)?.iso_millis() })
}
