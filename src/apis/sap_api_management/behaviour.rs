//! Switches: where SAP is silent or its sources disagree. Each default is what the evidence favours.

use serde::{Deserialize, Serialize};

use crate::contract::{CsrfPolicy, switch};
use crate::odata::dialect::{MetadataShape, RepeatedOptions};

/// How API Management behaves where that is not certain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Whether writes need a CSRF token. Bearer clients of the real service send none.
    pub csrf: Csrf,
    /// Whether a CSRF token counts only together with the cookie of its session.
    pub csrf_session: CsrfSession,
    /// Whether `$metadata` uses inheritance. This service has none, so both forms are the same.
    pub metadata: MetadataShape,
    /// What becomes of a system query option that stands twice in a query.
    pub repeated_options: RepeatedOptions,
    /// What reading a certificate store reference that does not exist answers.
    pub single_get: SingleGet,
    /// Whether references can be changed with `PATCH` and `MERGE`, besides `PUT`.
    pub merge: Permission,
    /// Whether a reference to a trust store may be pointed to a key store, and the other way round.
    pub store_type_change: Permission,
    /// Whether a reference that a virtual host uses as its key store may only be pointed to a store that has the
    /// virtual host's alias.
    pub alias_check: bool,
    /// What deleting a store does while a reference or a virtual host names it.
    pub delete_linked_store: LinkedStore,
    /// What uploading a certificate does when its store has one of that name.
    pub same_name_certificate: SameName,
    /// Which writes certificate stores and certificates take over HTTP.
    pub store_writes: StoreWrites,
    /// What `content` of a certificate reads.
    pub certificate_content: CertificateContent,
    /// Whether an expired certificate can be uploaded.
    pub expired_certificates: ExpiredCertificates,
    /// What reading a value of an encrypted key value map shows.
    #[serde(alias = "encrypted-values")]
    pub encrypted_values: EncryptedValues,
    /// How many virtual hosts there can be, the default one included: a number or `unlimited`.
    pub virtual_host_limit: Limit,
}

impl Behaviour {
    /// Which writes the gateway asks a CSRF token for.
    pub const fn csrf_policy(&self) -> CsrfPolicy {
        match self.csrf {
            Csrf::Off => CsrfPolicy::Off,
            Csrf::Strict => CsrfPolicy::Always { bound: matches!(self.csrf_session, CsrfSession::Strict) },
        }
    }
}

switch! {
    /// Whether writes need a CSRF token.
    Csrf {
        /// No; one is handed out to those who ask.
        Off,
        /// Yes: 403 with `X-CSRF-Token: Required` without one.
        Strict,
    }
}

switch! {
    /// What a CSRF token is tied to.
    CsrfSession {
        /// To the cookie that came with it: the mode `csrf: strict` is SAP's convention as a whole.
        Strict,
        /// To nothing: it counts without its cookie.
        Lenient,
    }
}

switch! {
    /// What is shown of values of encrypted key value maps.
    EncryptedValues {
        /// `*****`
        Masked,
        /// `null`
        Null,
        /// The value.
        Plain,
    }
}

switch! {
    /// What reading an unknown reference answers.
    SingleGet {
        /// 404 without a code, the library's default.
        NotFound,
        /// 400 with the code of the service's writes.
        BadRequest,
    }
}

switch! {
    /// Whether something is done.
    Permission {
        /// It is.
        Accepted,
        /// It is refused.
        Refused,
    }
}

switch! {
    /// What deleting a store does while something refers to it.
    LinkedStore {
        /// It is refused with 400.
        Refused,
        /// It is done, and what referred to the store dangles.
        Deleted,
    }
}

switch! {
    /// What uploading a certificate does when its store has one of that name.
    SameName {
        /// It takes the other's place.
        Overwrite,
        /// It is refused with 400.
        Refused,
    }
}

switch! {
    /// Which writes certificate stores and certificates take.
    StoreWrites {
        /// Creating and deleting, and updating certificates.
        CreateAndDelete,
        /// Creating only.
        CreateOnly,
        /// None: the scenario alone fills them.
        ReadOnly,
    }
}

switch! {
    /// What `content` of a certificate reads.
    CertificateContent {
        /// Null.
        Hidden,
        /// In a trust store the bytes that were uploaded; in a key store null.
        Echo,
    }
}

switch! {
    /// Whether an expired certificate can be uploaded.
    ExpiredCertificates {
        /// No: 400.
        Refused,
        /// Yes.
        Accepted,
    }
}

/// A number, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "expected a whole number from 0, or \"unlimited\"")]
pub enum Limit {
    /// At most so many.
    AtMost(u32),
    /// As many as there may come.
    Unlimited(Unlimited),
}

impl Default for Limit {
    fn default() -> Self {
        Self::AtMost(3)
    }
}

impl Limit {
    /// True if `count` of them leave no room for another.
    pub fn reached(self, count: usize) -> bool {
        match self {
            Self::AtMost(most) => usize::try_from(most).is_ok_and(|most| count >= most),
            Self::Unlimited(_) => false,
        }
    }
}

switch! {
    /// The word.
    Unlimited {
        /// `unlimited`
        Unlimited,
    }
}
