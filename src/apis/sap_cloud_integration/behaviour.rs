//! Switches: where sources disagree or tenants differ.

use serde::{Deserialize, Serialize};

use crate::contract::{CsrfPolicy, switch};
use crate::effects::Timestamp;
use crate::odata::dialect::{MetadataShape, QueryOptions, RepeatedOptions};
use crate::seed::span;

/// How SAP Cloud Integration behaves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Which writes need a CSRF token. The documentation says all; SAP's own tools send none with a bearer token.
    pub csrf: Csrf,
    /// Whether a CSRF token counts without the cookie of its session.
    #[serde(alias = "csrf-session")]
    pub csrf_session: CsrfSession,
    /// The text for an alias in use when a certificate is imported.
    #[serde(alias = "exists-message")]
    pub exists_message: ExistsMessage,
    /// What stands in the 409 answer for an untrusted certificate.
    #[serde(alias = "conflict-body")]
    pub conflict_body: ConflictBody,
    /// Which system query options the keystore's sets honour.
    #[serde(alias = "query-options")]
    pub query_options: Query,
    /// Whether a list option may stand several times in a query (`$select=A&$select=B`).
    #[serde(alias = "repeated-options")]
    pub repeated_options: RepeatedOptions,
    /// Whether dates in JSON carry an offset.
    #[serde(alias = "json-date-offset")]
    pub json_date_offset: DateOffset,
    /// Which certificates are trusted without `fingerprintVerified`.
    pub trust: Trust,
    /// The environment. `neo` has certificate-to-user mappings.
    pub landscape: Landscape,
    /// How long a credential that was deployed reads `STORED` before it reads `DEPLOYED`: a span such as `30s`.
    #[serde(alias = "deployment-delay")]
    pub deployment_delay: DeploymentDelay,
    /// Whether a name can be used once in the tenant, or once in each set of credentials.
    #[serde(alias = "credential-names")]
    pub credential_names: CredentialNames,
    /// Whether the list of user credentials has secure parameters, too.
    #[serde(alias = "list-secure-parameters")]
    pub list_secure_parameters: bool,
    /// The size limits; without it those of the environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// Most bytes of a keystore, in place of the limit of `limits`: a full keystore is then one import away.
    #[serde(alias = "keystore-max-bytes", skip_serializing_if = "Option::is_none")]
    pub keystore_max_bytes: Option<usize>,
    /// How `EllipticCurve` names a curve.
    #[serde(alias = "ec-curve-name")]
    pub ec_curve_name: CurveName,
    /// Where generated keys come from.
    pub keygen: Keygen,
    /// Whether `$metadata` shows inheritance, or gives every type its own key and properties.
    pub metadata: MetadataShape,
    /// Whether keystore `system` starts with what SAP installs in every tenant, a key pair and a root certificate, if the
    /// scenario does not list them itself.
    #[serde(alias = "seed")]
    pub preinstalled: bool,
    /// Whether a user's write to a keystore is refused while another user's is under way.
    pub locking: Locking,
    /// Whether another user holds the keystore's lock: every write is then refused.
    #[serde(alias = "locked-by-other-user")]
    pub locked_by_other_user: bool,
}

switch! {
    /// Which writes need a CSRF token.
    Csrf {
        /// All, as documented.
        Always,
        /// Those without a bearer token, as tenants seem to have it.
        SessionsOnly,
        /// None.
        Off,
    }
}

switch! {
    /// Whether a CSRF token counts without the cookie of its session.
    CsrfSession {
        /// It does.
        Lenient,
        /// It does not, as documented.
        Strict,
    }
}

switch! {
    /// The text for an alias in use when a certificate is imported.
    ExistsMessage {
        /// As seen on tenants.
        Tenant,
        /// As published in the specification.
        Spec,
    }
}

switch! {
    /// What stands in the 409 answer for an untrusted certificate.
    ConflictBody {
        /// An error document whose text is the entry as JSON.
        ErrorEmbedded,
        /// The entry itself.
        Entity,
    }
}

switch! {
    /// Which system query options the keystore's sets honour.
    Query {
        /// `$select`, `$expand` and `$format`; others answer 501.
        Lenient,
        /// None on `KeystoreEntries`: 400, as seen on a tenant.
        Strict,
    }
}

switch! {
    /// Whether dates in JSON carry an offset.
    DateOffset {
        /// They do not.
        None,
        /// `+0000`.
        #[serde(rename = "+0000")]
        Zero,
    }
}

switch! {
    /// Which certificates are trusted without `fingerprintVerified`.
    Trust {
        /// Those from which verified links lead to a self-signed certificate in keystore `system`.
        ChainToKeystore,
        /// All.
        AcceptAll,
        /// None.
        RejectAll,
    }
}

switch! {
    /// The environment.
    Landscape {
        /// Cloud Foundry.
        CloudFoundry,
        /// Neo.
        Neo,
    }
}

switch! {
    /// What the name of a credential tells apart.
    CredentialNames {
        /// All credentials and secure parameters of the tenant, as in its user interface.
        Shared,
        /// Those of one set.
        PerSet,
    }
}

/// How long a deployment takes, in the world's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(test, schemars(with = "String", extend("pattern" = crate::seed::DURATION)))]
pub struct DeploymentDelay(i64);

impl DeploymentDelay {
    /// When a deployment that began then is over.
    pub const fn after(self, began: Timestamp) -> Timestamp {
        began.plus_millis(self.0)
    }

    /// When a deployment began that is over then.
    pub const fn before(self, over: Timestamp) -> Timestamp {
        over.plus_millis(-self.0)
    }
}

impl TryFrom<String> for DeploymentDelay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match span(&text)? {
            millis @ 0.. => Ok(Self(millis)),
            _ => Err(format!("\"{text}\" is no delay: expected a span such as 30s")),
        }
    }
}

impl From<DeploymentDelay> for String {
    fn from(delay: DeploymentDelay) -> Self {
        format!("{}ms", delay.0)
    }
}

switch! {
    /// Size limits of a keystore.
    Limits {
        /// 6 MiB.
        CloudFoundry,
        /// 2 MiB.
        Neo,
        /// 1 MiB, which the specification's texts still say.
        Spec,
    }
}

switch! {
    /// How `EllipticCurve` names a curve.
    CurveName {
        /// `secp256r1`
        Short,
        /// `secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840.10045.3.1.7)`
        Jdk,
    }
}

switch! {
    /// Where generated keys come from.
    Keygen {
        /// From the embedded pool of test keys: quick, and the same in every run.
        Pool,
        /// Generated: slow for long RSA keys.
        Real,
    }
}

switch! {
    /// Whether users lock each other out of the keystores.
    Locking {
        /// They do while they write, as documented.
        ByUser,
        /// They do not: for suites in which many users write at once.
        Off,
    }
}

const MIB: usize = 1024 * 1024;

impl Behaviour {
    /// Which writes need a token, as the gateway has it.
    pub fn csrf_policy(&self) -> CsrfPolicy {
        let bound = self.csrf_session == CsrfSession::Strict;
        match self.csrf {
            Csrf::Always => CsrfPolicy::Always { bound },
            Csrf::SessionsOnly => CsrfPolicy::SessionsOnly { bound },
            Csrf::Off => CsrfPolicy::Off,
        }
    }

    /// Most bytes of a keystore.
    pub fn keystore_limit(&self) -> usize {
        self.keystore_max_bytes.unwrap_or(match self.limits_in_force() {
            Limits::CloudFoundry => 6 * MIB,
            Limits::Neo => 2 * MIB,
            Limits::Spec => MIB,
        })
    }

    /// Most characters of a secure parameter's value: the specification is that of Neo.
    pub fn secure_parameter_limit(&self) -> usize {
        match self.limits_in_force() {
            Limits::CloudFoundry => 4096,
            Limits::Neo | Limits::Spec => 255,
        }
    }

    fn limits_in_force(&self) -> Limits {
        self.limits.unwrap_or(match self.landscape {
            Landscape::CloudFoundry => Limits::CloudFoundry,
            Landscape::Neo => Limits::Neo,
        })
    }

    /// Most bytes of a keystore file to import.
    pub fn import_limit(&self) -> usize {
        if self.limits == Some(Limits::Spec) { MIB } else { 2 * MIB }
    }
}

impl From<Query> for QueryOptions {
    fn from(switch: Query) -> Self {
        match switch {
            Query::Lenient => Self::Shaping,
            Query::Strict => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_landscape_unless_they_are_given() {
        let behaviour = |json| serde_json::from_str::<Behaviour>(json).unwrap();
        for (json, keystore, import) in [
            ("{}", 6 * MIB, 2 * MIB),
            (r#"{"landscape":"neo"}"#, 2 * MIB, 2 * MIB),
            (r#"{"limits":"neo"}"#, 2 * MIB, 2 * MIB),
            (r#"{"landscape":"neo","limits":"cloud-foundry"}"#, 6 * MIB, 2 * MIB),
            (r#"{"limits":"spec"}"#, MIB, MIB),
            (r#"{"limits":"spec","keystore-max-bytes":100}"#, 100, MIB),
        ] {
            assert_eq!(
                (behaviour(json).keystore_limit(), behaviour(json).import_limit()),
                (keystore, import),
                "{json}"
            );
        }
    }

    #[test]
    fn switches_have_the_spellings_of_the_documents() {
        let dashed =
            r#"{"csrf-session":"strict","json-date-offset":"+0000","ec-curve-name":"jdk","query-options":"strict"}"#;
        let read: Behaviour = serde_json::from_str(dashed).unwrap();
        assert_eq!(read.csrf_policy(), CsrfPolicy::Always { bound: true });
        assert_eq!(read.json_date_offset, DateOffset::Zero);
        assert!(serde_json::from_str::<Behaviour>(r#"{"csrf":"sometimes"}"#).is_err());
        assert!(serde_json::from_str::<Behaviour>(r#"{"crsf":"off"}"#).is_err());
    }
}
