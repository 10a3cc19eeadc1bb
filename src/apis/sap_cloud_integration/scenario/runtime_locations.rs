//! `runtime_locations`: what a scenario says of Edge Integration Cells.

use rand_chacha::rand_core::Rng;
use serde::{Deserialize, Serialize};

use super::{
    Keystores, OAuth2ClientCredentialSection, PastSection, Section, SecureParameterSection, UserCredentialSection,
};
use crate::apis::sap_cloud_integration::state::{Location, State};
use crate::effects::Ids;
use crate::seed::{Issuers, Place, Problem, Seeding};

/// A runtime location with what it has of its own. Access policies are the tenant's.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LocationSection {
    /// Its identifier: requests go to `/location/<id>/api/v1/…`.
    pub id: String,
    /// Its keystores.
    #[serde(default)]
    pub keystores: Keystores,
    /// SAP's key pairs that were replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_history: Vec<PastSection>,
    /// User credentials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub user_credentials: Vec<UserCredentialSection>,
    /// OAuth2 client credentials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub oauth2_client_credentials: Vec<OAuth2ClientCredentialSection>,
    /// Secure parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secure_parameters: Vec<SecureParameterSection>,
    /// Where an exported location goes on; scenarios written by hand need none of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<u64>,
}

/// Builds a location as `build` builds the tenant.
pub fn locate(
    state: &mut State,
    section: &LocationSection,
    seeding: &Seeding<'_>,
    place: &Place,
    build: impl FnOnce(&Section, &Seeding<'_>, &Place) -> Result<State, Problem>,
) -> Result<(), Problem> {
    if section.id.is_empty() || section.id.contains('/') {
        return Err(Problem::new(place.member("id"), "an identifier without a slash is expected"));
    }
    if state.locations.contains(section.id.as_str()) {
        return Err(Problem::twice(place.member("id"), "location", &section.id));
    }
    let seed = seeding.ids.rng_for(&format!("sap_cloud_integration/location/{}", section.id)).next_u64();
    let ids = Ids::resume(seed, section.drawn.unwrap_or_default());
    let own = build(&content(section), &Seeding { ids: &ids, issuers: Issuers::default(), ..*seeding }, place)?;
    state.locate(section.id.clone().into(), Location { own, ids });
    Ok(())
}

fn content(section: &LocationSection) -> Section {
    Section {
        keystores: section.keystores.clone(),
        key_history: section.key_history.clone(),
        user_credentials: section.user_credentials.clone(),
        oauth2_client_credentials: section.oauth2_client_credentials.clone(),
        secure_parameters: section.secure_parameters.clone(),
        ..Section::default()
    }
}

/// The sections that build locations again, by the section of what each has.
pub fn sections(state: &State, export: impl Fn(&State) -> Section) -> Vec<LocationSection> {
    let section = |(id, location): (&crate::store::Text, &std::sync::Arc<Location>)| {
        let own = export(&location.own);
        LocationSection {
            id: id.to_string(),
            keystores: own.keystores,
            key_history: own.key_history,
            user_credentials: own.user_credentials,
            oauth2_client_credentials: own.oauth2_client_credentials,
            secure_parameters: own.secure_parameters,
            drawn: Some(location.ids.drawn()).filter(|drawn| *drawn > 0),
        }
    };
    state.locations.iter().map(section).collect()
}
