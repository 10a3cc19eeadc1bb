//! The `sap_cloud_integration` section of a scenario.

mod access_policies;
mod artifacts;
mod build;
mod export;
mod oauth2_client_credentials;
mod preinstalled;
mod runtime_locations;
mod secure_parameters;
mod stamp;
mod user_credentials;

use serde::{Deserialize, Serialize};

use super::state::Stamp;
use crate::seed::Material;

pub use access_policies::{AccessPolicySection, ArtifactReferenceSection};
pub use build::build;
pub use export::export;
pub use oauth2_client_credentials::{CustomParameterSection, OAuth2ClientCredentialSection};
pub use runtime_locations::LocationSection;
pub use secure_parameters::SecureParameterSection;
pub use user_credentials::{KindName, UserCredentialSection};

/// SAP Cloud Integration: keystores, credentials, and the certificate-to-user mappings of Neo.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Section {
    /// The keystores.
    pub keystores: Keystores,
    /// SAP's key pairs that were replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub key_history: Vec<PastSection>,
    /// Which user a client certificate stands for; only in `landscape: neo`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificate_user_mappings: Vec<MappingSection>,
    /// User credentials.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub user_credentials: Vec<UserCredentialSection>,
    /// OAuth2 client credentials.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub oauth2_client_credentials: Vec<OAuth2ClientCredentialSection>,
    /// Secure parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secure_parameters: Vec<SecureParameterSection>,
    /// Access policies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub access_policies: Vec<AccessPolicySection>,
    /// The last number that a policy or a reference was given; without it the highest that is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_access_policy_id: Option<i64>,
    /// Runtime locations (Edge Integration Cell).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub runtime_locations: Vec<LocationSection>,
}

/// The keystores by name.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Keystores {
    /// The tenant keystore in use.
    pub system: KeystoreSection,
    /// The last backup of the tenant administrator's entries.
    #[serde(skip_serializing_if = "KeystoreSection::is_untouched")]
    pub backup_admin_system: KeystoreSection,
    /// Key pairs that SAP has prepared.
    #[serde(rename = "KeyRenewal", alias = "key_renewal", skip_serializing_if = "KeystoreSection::is_untouched")]
    pub key_renewal: KeystoreSection,
}

/// A keystore.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct KeystoreSection {
    /// Its entries.
    pub entries: Vec<EntrySection>,
    /// Who changed it last; without it the scenario, if it has entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
}

/// An entry: a certificate, or a key pair.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct EntrySection {
    /// Its alias.
    pub alias: String,
    /// The certificate of a certificate entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Material>,
    /// The private key and chain of a key pair: PKCS#12, JKS, or PEM with the private key first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_pair: Option<Material>,
    /// What opens the key pair's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Who may change it; without it the tenant administrator, in keystore `KeyRenewal` SAP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerName>,
    /// Who made it, and when; without it the scenario, or SAP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<StampSection>,
    /// Who changed it last, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
    /// Who put a key pair of SAP in use, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activated: Option<StampSection>,
    /// Whether a CA's reply was imported for the key pair.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ca_reply: bool,
}

/// Owners of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnerName {
    /// SAP: it can be read, not changed.
    Sap,
    /// The tenant administrator.
    TenantAdministrator,
}

/// Somebody at some time.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StampSection {
    /// User or OAuth client.
    pub by: String,
    /// A date, or a span from the scenario's clock.
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub at: String,
}

/// A key pair of SAP that was replaced.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PastSection {
    /// The alias that it had.
    pub original_alias: String,
    /// Its number among those of that alias, from 1: its alias in the history is `[number]_original alias`.
    pub sequence: i32,
    /// The private key and chain.
    pub key_pair: Material,
    /// What opens the key pair's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Who made it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<StampSection>,
    /// Who changed it last, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
    /// Who put it in use, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activated: Option<StampSection>,
    /// Who replaced it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deactivated: Option<StampSection>,
}

/// A user and the client certificate that stands for it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MappingSection {
    /// The user.
    pub user: String,
    /// The certificate.
    pub certificate: Material,
    /// Who made it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<StampSection>,
    /// Who changed it last, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<StampSection>,
}

impl StampSection {
    fn of(stamp: &Stamp) -> Self {
        Self { by: stamp.by.to_string(), at: stamp.at.iso_millis() }
    }
}

impl KeystoreSection {
    fn is_untouched(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apis::sap_cloud_integration::behaviour::Behaviour;
    use crate::apis::sap_cloud_integration::state::State;
    use crate::effects::{Ids, Timestamp};
    use crate::seed::{Issuers, NoFiles, Place, Problem, Seeding};

    fn built(section: &Section) -> Result<State, Problem> {
        let seeding = Seeding {
            now: Timestamp(1_768_464_000_000),
            ids: &Ids::new(7),
            files: &NoFiles,
            issuers: Issuers::default(),
        };
        build(section, &Behaviour::default(), &seeding, &Place::default().member("sap_cloud_integration"))
    }

    fn read(json: &serde_json::Value) -> Section {
        serde_json::from_value(json.clone()).unwrap()
    }

    fn everything() -> serde_json::Value {
        let key_pair = serde_json::json!({ "generate": { "common_name": "a", "key": "ec-p256" } });
        serde_json::json!({
            "keystores": {
                "system": { "entries": [
                    { "alias": "pair", "key_pair": key_pair, "ca_reply": true, "modified": { "by": "b", "at": "-1d" } },
                    { "alias": "certificate", "certificate": key_pair },
                    { "alias": "sap_key", "key_pair": key_pair, "owner": "sap", "activated": { "by": "b", "at": "now" } },
                ] },
                "backup_admin_system": { "entries": [{ "alias": "pair", "key_pair": key_pair }] },
                "KeyRenewal": { "entries": [{ "alias": "sap_key", "key_pair": key_pair }] },
            },
            "key_history": [{ "original_alias": "sap_key", "sequence": 1, "key_pair": key_pair }],
            "certificate_user_mappings": [{ "user": "u", "certificate": key_pair }],
            "user_credentials": [
                { "name": "b", "user": "u", "password": "secret", "deployed": { "by": "b", "at": "-1d" } },
                { "name": "a", "kind": "successfactors", "description": "d", "company_id": "c" },
            ],
            "oauth2_client_credentials": [
                { "name": "o", "token_service_url": "https://a/b", "client_id": "c", "client_secret": "secret",
                  "custom_parameters": [{ "key": "k", "value": "v", "send_as_part_of": "url" }] },
            ],
            "access_policies": [
                { "role_name": "a", "artifact_references": [
                    { "type": "INTEGRATION_FLOW", "condition_attribute": "ID", "condition_type": "exactString" },
                ] },
                { "id": 7, "role_name": "b", "description": "", "transferred": "-1d" },
            ],
            "secure_parameters": [{ "name": "s", "secure_param": "secret", "description": "" }],
            "runtime_locations": [{
                "id": "edge",
                "keystores": { "system": { "entries": [{ "alias": "pair", "key_pair": key_pair }] } },
                "user_credentials": [{ "name": "b" }],
                "drawn": 3,
            }],
        })
    }

    #[test]
    fn what_is_exported_builds_the_same_again() {
        let section = export(&built(&read(&everything())).unwrap());
        assert_eq!(section.keystores.system.entries.len(), 3);
        assert_eq!(section.key_history.len(), 1);
        assert_eq!(section.user_credentials[0].password.as_deref(), Some("secret"));
        assert!(export(&built(&section).unwrap()) == section);
    }

    #[test]
    fn what_the_system_would_refuse_is_refused_at_its_place() {
        let certificate = serde_json::json!({ "generate": { "common_name": "a", "key": "ec-p256" } });
        let of = |store: &str, entries: serde_json::Value| {
            let section = read(&serde_json::json!({ "keystores": { store: { "entries": entries } } }));
            let problem = built(&section).unwrap_err();
            (problem.place.to_string(), problem.complaint.message)
        };
        let entry = |alias: &str| serde_json::json!({ "alias": alias, "certificate": certificate });
        let (place, message) = of("system", serde_json::json!([entry("a"), entry("a")]));
        assert_eq!(place, "sap_cloud_integration.keystores.system.entries[1].alias");
        assert!(message.contains("already in use"), "{message}");
        assert!(of("system", serde_json::json!([entry("sap_x")])).1.contains("owner: sap"));
        assert!(of("system", serde_json::json!([entry("")])).1.contains("empty"));
        assert!(of("KeyRenewal", serde_json::json!([entry("mine")])).1.contains("sap_"));
        assert!(of("system", serde_json::json!([{ "alias": "a" }])).1.contains("exactly one of"));
    }

    #[test]
    fn credentials_that_the_system_would_refuse_are_refused_at_their_place() {
        let of = |credentials: serde_json::Value| {
            let problem = built(&read(&serde_json::json!({ "user_credentials": credentials }))).unwrap_err();
            (problem.place.to_string(), problem.complaint.message)
        };
        let (place, message) = of(serde_json::json!([{ "name": "a" }, { "name": "a" }]));
        assert_eq!(place, "sap_cloud_integration.user_credentials[1].name");
        assert!(message.contains("already in use"), "{message}");
        assert!(of(serde_json::json!([{ "name": "a", "kind": "successfactors" }])).1.contains("CompanyId"));
        assert!(of(serde_json::json!([{ "name": "" }])).1.contains("a name"));
        let both = serde_json::json!({
            "user_credentials": [{ "name": "a" }], "secure_parameters": [{ "name": "a", "secure_param": "s" }]
        });
        let problem = built(&read(&both)).unwrap_err();
        assert_eq!(problem.place.to_string(), "sap_cloud_integration.secure_parameters[0].name");
        let twice = serde_json::json!({ "runtime_locations": [{ "id": "a" }, { "id": "a" }] });
        assert_eq!(
            built(&read(&twice)).unwrap_err().place.to_string(),
            "sap_cloud_integration.runtime_locations[1].id"
        );
        let within = serde_json::json!({
            "runtime_locations": [{ "id": "a", "user_credentials": [{ "name": "u", "kind": "successfactors" }] }]
        });
        let place = built(&read(&within)).unwrap_err().place.to_string();
        assert_eq!(place, "sap_cloud_integration.runtime_locations[0].user_credentials[0]");
    }
}
