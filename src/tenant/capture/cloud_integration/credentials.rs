//! User credentials, OAuth2 client credentials and secure parameters. No tenant tells a password: others stand in.

use super::super::material::STAND_IN;
use super::super::reader::Reader;
use crate::apis::sap_cloud_integration::scenario::{
    CustomParameterSection, KindName, OAuth2ClientCredentialSection, SecureParameterSection, StampSection,
    UserCredentialSection,
};
use crate::tenant::Failure;
use crate::tenant::odata::{Entity, Service, key};

/// User credentials. Some tenants list secure parameters among them, too, of a kind of their own.
pub(super) fn users(
    reader: &Reader<'_>,
    service: &Service<'_>,
    parameters: &[SecureParameterSection],
) -> Result<Vec<UserCredentialSection>, Failure> {
    let rows = reader.list(service, "user credentials", "UserCredentials")?;
    let is_parameter = |row: &&Entity| parameters.iter().any(|one| row.text("Name") == Some(&one.name));
    Ok(rows.iter().filter(|row| !is_parameter(row)).filter_map(|row| user(reader, row)).collect())
}

fn user(reader: &Reader<'_>, row: &Entity) -> Option<UserCredentialSection> {
    let kind = match row.said("Kind").as_str() {
        "default" => KindName::Default,
        "successfactors" => KindName::SuccessFactors,
        "openconnectors" => KindName::OpenConnectors,
        kind => {
            let name = row.said("Name");
            reader.note(format!("the user credential {name} was left out: its kind \"{kind}\" is not known"));
            return None;
        }
    };
    let password = match kind {
        KindName::OpenConnectors => format!("User {STAND_IN},Organization {STAND_IN},Element {STAND_IN}"),
        KindName::Default | KindName::SuccessFactors => STAND_IN.to_owned(),
    };
    Some(UserCredentialSection {
        name: row.said("Name"),
        kind,
        description: row.said("Description"),
        user: row.text("User").map(ToOwned::to_owned),
        password: Some(password),
        company_id: row.present("CompanyId"),
        deployed: deployed(&row.part("SecurityArtifactDescriptor")),
    })
}

/// OAuth2 client credentials with their custom parameters.
pub(super) fn clients(
    reader: &Reader<'_>,
    service: &Service<'_>,
) -> Result<Vec<OAuth2ClientCredentialSection>, Failure> {
    let rows = reader.list(service, "OAuth2 client credentials", "OAuth2ClientCredentials")?;
    reader.client.watch().ahead(rows.len());
    rows.iter().map(|row| client(reader, service, row)).collect()
}

fn client(reader: &Reader<'_>, service: &Service<'_>, row: &Entity) -> Result<OAuth2ClientCredentialSection, Failure> {
    let name = row.said("Name");
    let path = format!("OAuth2ClientCredentials({})/CustomParameters", key(&name));
    let parameters = reader.list(service, &format!("the custom parameters of {name}"), &path)?;
    let parameter = |row: &Entity| CustomParameterSection {
        key: row.said("Key"),
        value: row.said("Value"),
        send_as_part_of: row.said("SendAsPartOf"),
    };
    Ok(OAuth2ClientCredentialSection {
        name,
        description: row.text("Description").map(ToOwned::to_owned),
        token_service_url: row.said("TokenServiceUrl"),
        client_id: row.said("ClientId"),
        client_secret: STAND_IN.to_owned(),
        client_authentication: row.present("ClientAuthentication"),
        scope: row.said("Scope"),
        scope_content_type: row.present("ScopeContentType"),
        resource: row.said("Resource"),
        audience: row.said("Audience"),
        custom_parameters: parameters.iter().map(parameter).collect(),
        deployed: deployed(&row.part("SecurityArtifactDescriptor")),
    })
}

/// Secure parameters.
pub(super) fn parameters(reader: &Reader<'_>, service: &Service<'_>) -> Result<Vec<SecureParameterSection>, Failure> {
    let rows = reader.list(service, "secure parameters", "SecureParameters")?;
    let parameter = |row: &Entity| SecureParameterSection {
        name: row.said("Name"),
        description: row.text("Description").map(ToOwned::to_owned),
        secure_param: STAND_IN.to_owned(),
        deployed: deployed(row),
    };
    Ok(rows.iter().map(parameter).collect())
}

fn deployed(descriptor: &Entity) -> Option<StampSection> {
    super::stamp(descriptor, "DeployedBy", "DeployedOn")
}
