//! The catalogue: every code and text of this API, with its evidence. Placeholders, where SAP's own are not public, are
//! marked as assumed.

use crate::contract::Evidence::{Assumed, Documented, Library, Observed, Specified};
use crate::contract::{Evidence, Outcome, Reach, Refusal};
use crate::odata::Verb;
use crate::odata::edm::Set;

/// A rule of this API that a request breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The caller has no role for this.
    RoleMissing,
    /// The portal does not offer this on the entity.
    OperationNotSupported {
        /// `CREATE`, `READ`, `UPDATE` or `DELETE`.
        operation: &'static str,
        /// The entity type.
        entity: &'static str,
    },
    /// A key property that the body must have is missing or empty.
    KeyMissing {
        /// The property.
        property: &'static str,
    },
    /// The reference's name is in use.
    ReferenceExists,
    /// A new reference names no existing store.
    ReferenceCreatedWithoutStore,
    /// A reference is to point to no existing store.
    ReferenceUpdatedWithoutStore,
    /// A reference is to point to a store of the other type, and the switch forbids it.
    ReferenceChangesType,
    /// A reference is to point to a key store without the alias that a virtual host needs, and the switch forbids it.
    ReferenceLosesAlias {
        /// The alias.
        alias: String,
    },
    /// There is no such reference.
    NoSuchReference,
    /// The reference is in use by a virtual host.
    ReferenceLinked {
        /// The virtual host's name.
        host: String,
    },
    /// The store's name is in use.
    StoreExists,
    /// The store's type is none.
    StoreTypeInvalid,
    /// There is no such store.
    NoSuchStore,
    /// A reference points to the store.
    StoreReferenced {
        /// The reference.
        reference: String,
    },
    /// A virtual host names the store.
    StoreLinked {
        /// The virtual host's name.
        host: String,
    },
    /// The certificate's name is in use, and the switch forbids overwriting.
    CertificateExists,
    /// There is no such certificate.
    NoSuchCertificate,
    /// Nothing was uploaded.
    ContentMissing,
    /// What was uploaded cannot be read; why.
    ContentUnreadable(String),
    /// What was uploaded is of a format that this type of store does not take.
    FormatRefused {
        /// The format.
        format: &'static str,
        /// What the store takes.
        expected: &'static str,
    },
    /// The password does not open what was uploaded.
    PasswordWrong,
    /// A key store's certificate came without its private key, or the key without it.
    KeyPairIncomplete,
    /// The certificate has expired.
    CertificateExpired {
        /// When.
        at: String,
    },
    /// There is no such virtual host.
    NoSuchHost {
        /// The identifier that was sent.
        id: String,
    },
    /// The alias has more than 63 characters.
    AliasTooLong,
    /// The alias is no host label.
    AliasMalformed,
    /// Another virtual host has that host name.
    HostNameTaken,
    /// Mutual TLS without a trust store.
    TrustStoreMissing,
    /// A new virtual host names a store, alias or reference that does not fit.
    HostCreatedWithoutStore {
        /// What does not fit.
        reason: String,
    },
    /// A virtual host is to name a store, alias or reference that does not fit.
    HostUpdatedWithoutStore {
        /// What does not fit.
        reason: String,
    },
    /// The default virtual host cannot be deleted.
    HostIsDefault,
    /// There are as many virtual hosts as the tenant may have.
    TooManyHosts,
    /// The request's operation is none.
    HostOperationUnknown,
    /// The provider's name is in use.
    ProviderExists,
    /// There is no such provider.
    NoSuchProvider,
}

impl Error {
    /// The row of the catalogue.
    pub const fn outcome(&self) -> &'static Outcome {
        match self {
            Self::RoleMissing => &ROLE_MISSING,
            Self::OperationNotSupported { .. } => &OPERATION_NOT_SUPPORTED,
            Self::KeyMissing { .. } => &KEY_MISSING,
            Self::ReferenceExists => &REFERENCE_EXISTS,
            Self::ReferenceCreatedWithoutStore => &REFERENCE_CREATED_WITHOUT_STORE,
            Self::ReferenceUpdatedWithoutStore => &REFERENCE_UPDATED_WITHOUT_STORE,
            Self::ReferenceChangesType => &REFERENCE_CHANGES_TYPE,
            Self::ReferenceLosesAlias { .. } => &REFERENCE_LOSES_ALIAS,
            Self::NoSuchReference => &NO_SUCH_REFERENCE,
            Self::ReferenceLinked { .. } => &REFERENCE_LINKED,
            Self::StoreExists => &STORE_EXISTS,
            Self::StoreTypeInvalid => &STORE_TYPE_INVALID,
            Self::NoSuchStore => &NO_SUCH_STORE,
            Self::StoreReferenced { .. } => &STORE_REFERENCED,
            Self::StoreLinked { .. } => &STORE_LINKED,
            Self::CertificateExists => &CERTIFICATE_EXISTS,
            Self::NoSuchCertificate => &NO_SUCH_CERTIFICATE,
            Self::ContentMissing => &CONTENT_MISSING,
            Self::ContentUnreadable(_) => &CONTENT_UNREADABLE,
            Self::FormatRefused { .. } => &FORMAT_REFUSED,
            Self::PasswordWrong => &PASSWORD_WRONG,
            Self::KeyPairIncomplete => &KEY_PAIR_INCOMPLETE,
            Self::CertificateExpired { .. } => &CERTIFICATE_EXPIRED,
            Self::NoSuchHost { .. } => &NO_SUCH_HOST,
            Self::AliasTooLong => &ALIAS_TOO_LONG,
            Self::AliasMalformed => &ALIAS_MALFORMED,
            Self::HostNameTaken => &HOST_NAME_TAKEN,
            Self::TrustStoreMissing => &TRUST_STORE_MISSING,
            Self::HostCreatedWithoutStore { .. } => &HOST_CREATED_WITHOUT_STORE,
            Self::HostUpdatedWithoutStore { .. } => &HOST_UPDATED_WITHOUT_STORE,
            Self::HostIsDefault => &HOST_IS_DEFAULT,
            Self::TooManyHosts => &TOO_MANY_HOSTS,
            Self::HostOperationUnknown => &HOST_OPERATION_UNKNOWN,
            Self::ProviderExists => &PROVIDER_EXISTS,
            Self::NoSuchProvider => &NO_SUCH_PROVIDER,
        }
    }

    fn blanks(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::OperationNotSupported { operation, entity } => vec![("operation", operation), ("entity", entity)],
            Self::KeyMissing { property } => vec![("property", property)],
            Self::ReferenceLosesAlias { alias } => vec![("alias", alias)],
            Self::ReferenceLinked { host } | Self::StoreLinked { host } => vec![("host", host)],
            Self::StoreReferenced { reference } => vec![("reference", reference)],
            Self::FormatRefused { format, expected } => vec![("format", format), ("expected", expected)],
            Self::CertificateExpired { at } => vec![("at", at)],
            Self::NoSuchHost { id } => vec![("id", id)],
            Self::ContentUnreadable(reason)
            | Self::HostCreatedWithoutStore { reason }
            | Self::HostUpdatedWithoutStore { reason } => vec![("reason", reason)],
            _ => Vec::new(),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::new(error.outcome(), &error.blanks())
    }
}

/// The refusal of an operation that the portal does not offer on an entity: the service's dialect.
pub fn not_supported(verb: Verb, set: &'static Set) -> Refusal {
    let operation = match verb {
        Verb::Create => "CREATE",
        Verb::List | Verb::Read => "READ",
        Verb::Update => "UPDATE",
        Verb::Delete => "DELETE",
    };
    Error::OperationNotSupported { operation, entity: set.entity_type.name }.into()
}

const fn row(
    id: &'static str,
    status: u16,
    code: &'static str,
    text: &'static str,
    evidence: Evidence,
    advice: &'static str,
) -> Outcome {
    Outcome { id, status, code, text, evidence, text_evidence: evidence, advice, reach: Reach::Client }
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $status:literal, $code:literal, $text:literal, $evidence:expr, $advice:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $name: Outcome = row($id, $status, $code, $text, $evidence, $advice);
        )*

        /// Every row of the catalogue.
        pub const OUTCOMES: &[&Outcome] = &[$(&$name),*];
    };
}

const REFERENCE_CREATE: Evidence = Documented("creating-the-references-ddc5fdf");
const REFERENCE_UPDATE: Evidence = Documented("updating-the-references-e2a9ec4");
const HOST_CLIENT: Evidence =
    Observed("terraform-provider-sap-integration-suite, apimanagementclassic/virtual_host.go");
const FEATURE_SUPPORT: Evidence =
    Observed("terraform-provider-sap-integration-suite, docs/feature-support.md; its text is a placeholder");
const STORE_ANALOGUE: Evidence = Assumed("no code is public for stores: a placeholder after those of the references");
const UPLOAD: Evidence = Assumed("manage-certificates-c665875 tells what is accepted, not what a refusal answers");
const HOST_PLACEHOLDER: Evidence = Assumed("the refusal is documented on the virtual host pages, its code is not");

catalogue! {
    /// 403 for a role.
    ROLE_MISSING = "role_missing", 403, "", "",
        Observed("terraform-provider-sap-integration-suite, docs/guides/authorization-and-roles.md"),
        "The token's client lacks the role for this operation: use a service key of another role.";
    /// 405 for a write that the portal does not offer.
    OPERATION_NOT_SUPPORTED = "operation_not_supported", 405, "", "{operation} operation not supported on {entity} entity",
        Observed("terraform-provider-sap-integration-suite, docs/research/capability-evidence-2026.md, on other entities"),
        "The portal does not offer this operation on this entity.";
    /// 413 for a body that is not read.
    BODY_TOO_LARGE = "body_too_large", 413, "", "The maximum size of {limit} bytes is exceeded.",
        Assumed("no source names a limit of the portal; this one is the emulator's own"),
        "Send less: no body of this API comes near it.";
    /// 400 for an entity without its key.
    KEY_MISSING = "key_missing", 400, "", "Property with name '{property}' was not found.",
        Library("Apache Olingo 2, odata-core message catalogue"),
        "Send the property, and not an empty string.";

    /// 400 for a reference that exists.
    REFERENCE_EXISTS = "reference_exists", 400, "CERTIFICATE_STORE_REFERENCE_NAME_DUPLICATION_ERROR",
        "A certificate store reference already exists with the same name. Please provide a different name and try creating again.",
        REFERENCE_CREATE, "Choose another name, or update the existing reference with PUT.";
    /// 400 for a new reference to no store.
    REFERENCE_CREATED_WITHOUT_STORE = "reference_created_without_store", 400,
        "CERTIFICATE_STORE_REFERENCE_CREATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be created as the certificate store name provided is invalid. Provide a correct certificate store name and try creating again.",
        REFERENCE_CREATE, "Set certificateStoreName to the name of a store that exists.";
    /// 400 for pointing a reference to no store.
    REFERENCE_UPDATED_WITHOUT_STORE = "reference_updated_without_store", 400,
        "CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be updated as the certificate store name provided is invalid. Please provide a correct certificate store name and try creating again.",
        REFERENCE_UPDATE, "Set certificateStoreName to the name of a store that exists.";
    /// 400 for pointing a reference to a store of the other type.
    REFERENCE_CHANGES_TYPE = "reference_changes_type", 400,
        "CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be updated as the certificate store name provided is invalid. Please provide a correct certificate store name and try creating again.",
        Assumed("no source says what a change of the store's type does; switch store_type_change"),
        "Point the reference to a store of the type that it has.";
    /// 400 for pointing a reference to a key store without an alias in use.
    REFERENCE_LOSES_ALIAS = "reference_loses_alias", 400,
        "CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be updated as the certificate store name provided is invalid. Please provide a correct certificate store name and try creating again.",
        Assumed("working-with-references-6f96b64 makes the alias the caller's duty; switch alias_check"),
        "A virtual host uses the alias '{alias}': add a certificate of that name to the new key store first.";
    /// 400 for an unknown reference.
    NO_SUCH_REFERENCE = "no_such_reference", 400, "NO_SUCH_CERTIFICATE_STORE_REFERENCE_EXISTS",
        "No such certificate store reference exists. Please check the certificate store reference name and try again.",
        Documented("updating-the-references-e2a9ec4, deleting-the-references-bd809db"),
        "Names are case-sensitive. An unknown name is 400 here, not 404.";
    /// 400 for deleting a reference in use.
    REFERENCE_LINKED = "reference_linked", 400, "CERTIFICATE_STORE_REFERENCE_LINKED_VIRTUAL_HOST_LINK_VALIDATION_ERROR",
        "The certificate store reference cannot be deleted as it is linked to a virtual host.",
        Observed("terraform-provider-sap-integration-suite, api_management_certificate_store_reference.md; its text is a placeholder"),
        "Virtual host '{host}' uses it: switch its mutual TLS off, point it elsewhere, or delete it first.";

    /// 400 for a store that exists.
    STORE_EXISTS = "store_exists", 400, "CERTIFICATE_STORE_NAME_DUPLICATION_ERROR",
        "A certificate store already exists with the same name. Please provide a different name and try creating again.",
        STORE_ANALOGUE, "Choose another name: a renewal gets a store of its own.";
    /// 400 for a store of no type.
    STORE_TYPE_INVALID = "store_type_invalid", 400, "CERTIFICATE_STORE_TYPE_INVALID",
        "The certificate store type provided is invalid. Provide KEYSTORE or TRUSTSTORE.",
        STORE_ANALOGUE, "Set storeType to KEYSTORE or TRUSTSTORE, or to KS or TS for short.";
    /// 400 for an unknown store.
    NO_SUCH_STORE = "no_such_store", 400, "NO_SUCH_CERTIFICATE_STORE_EXISTS",
        "No such certificate store exists. Please check the certificate store name and try again.",
        STORE_ANALOGUE, "Names are case-sensitive. Create the store first.";
    /// 400 for deleting a store that a reference points to.
    STORE_REFERENCED = "store_referenced", 400, "CERTIFICATE_STORE_DELETE_FAILED_LINKED_REFERENCE_VALIDATION_ERROR",
        "The certificate store cannot be deleted as it is linked to a certificate store reference.",
        Assumed("no source says whether it is refused; after the check on references; switch delete_linked_store"),
        "Reference '{reference}' points to it: point it elsewhere or delete it first.";
    /// 400 for deleting a store that a virtual host names.
    STORE_LINKED = "store_linked", 400, "CERTIFICATE_STORE_DELETE_FAILED_LINKED_VIRTUAL_HOST_VALIDATION_ERROR",
        "The certificate store cannot be deleted as it is linked to a virtual host.",
        Assumed("no source says whether it is refused; after the check on references; switch delete_linked_store"),
        "Virtual host '{host}' names it: update or delete the virtual host first.";

    /// 400 for a certificate that exists.
    CERTIFICATE_EXISTS = "certificate_exists", 400, "CERTIFICATE_NAME_DUPLICATION_ERROR",
        "A certificate already exists with the same name. Please provide a different name and try creating again.",
        Assumed("manage-certificates-c665875 says that it is replaced, not in which scope; switch same_name_certificate"),
        "Choose another name, or delete the existing certificate first.";
    /// 400 for an unknown certificate.
    NO_SUCH_CERTIFICATE = "no_such_certificate", 400, "NO_SUCH_CERTIFICATE_EXISTS",
        "No such certificate exists. Please check the certificate name and try again.",
        STORE_ANALOGUE, "The key is the certificate's name and its store's, both case-sensitive.";
    /// 400 for an upload of nothing.
    CONTENT_MISSING = "content_missing", 400, "CERTIFICATE_CONTENT_INVALID",
        "The certificate content is missing.", UPLOAD, "Send the file, Base64 encoded, as content.";
    /// 400 for an upload of something else.
    CONTENT_UNREADABLE = "content_unreadable", 400, "CERTIFICATE_CONTENT_INVALID",
        "The certificate content cannot be read: {reason}.", UPLOAD,
        "Send the Base64 of a PKCS#12 file to a key store, of a PEM or DER file to a trust store.";
    /// 400 for an upload of the wrong format.
    FORMAT_REFUSED = "format_refused", 400, "CERTIFICATE_FORMAT_NOT_SUPPORTED",
        "The certificate format {format} is not supported. Provide {expected}.", UPLOAD,
        "Convert it: `keytool -importkeystore -deststoretype PKCS12` for Java keystores, `openssl pkcs12` for PEM.";
    /// 400 for a wrong password.
    PASSWORD_WRONG = "password_wrong", 400, "CERTIFICATE_PASSWORD_INVALID",
        "The password does not open the certificate content.", UPLOAD, "Send the PKCS#12 file's password as password.";
    /// 400 for half a key pair.
    KEY_PAIR_INCOMPLETE = "key_pair_incomplete", 400, "CERTIFICATE_CONTENT_INVALID",
        "The certificate content has no private key with its certificate.", UPLOAD,
        "A key store takes a private key together with its certificate chain.";
    /// 400 for an expired certificate.
    CERTIFICATE_EXPIRED = "certificate_expired", 400, "CERTIFICATE_EXPIRED",
        "The certificate has expired.",
        Assumed("earlier versions of manage-certificates-c665875 refuse it, without a code; switch expired_certificates"),
        "It expired at {at}, by the world's clock.";

    /// 400 for an unknown virtual host.
    NO_SUCH_HOST = "no_such_host", 400, "VHR_NO_COMPLETED_RECORD_FOUND",
        "Could not locate previous status for the virtual host id {id}.",
        HOST_CLIENT, "Take virtualHostId from Management.svc/VirtualHosts; it is not the id of a request.";
    /// 400 for a long alias.
    ALIAS_TOO_LONG = "alias_too_long", 400, "VHR_VIRTUALHOST_ALIAS_LENGTH_GREATER_THAN_63_CHARS",
        "The virtual host alias must not have more than 63 characters.",
        Observed("terraform-provider-sap-integration-suite, apimanagementclassic/virtual_host.go; its text is a placeholder"), "Without isForCustomDomain, virtualHostUrl is the first label of the host name.";
    /// 400 for an alias with other characters.
    ALIAS_MALFORMED = "alias_malformed", 400, "VHR_VIRTUALHOST_ALIAS_FORMAT_INVALID",
        "The virtual host alias can contain only Alphanumerics and hyphens and cannot start or end with a hyphen.",
        Observed("terraform-provider-sap-integration-suite, resource_api_management_virtual_host.go quotes a part of the text"),
        "Without isForCustomDomain, virtualHostUrl is the first label of the host name.";
    /// 400 for a host name in use.
    HOST_NAME_TAKEN = "host_name_taken", 400, "VHR_VIRTUALHOST_ALIAS_ALREADY_EXISTS",
        "A virtual host already exists with the same alias.",
        Assumed("the status is observed (api_management_virtual_host.md), code and text are placeholders"),
        "Choose another virtualHostUrl.";
    /// 400 for mutual TLS without a trust store.
    TRUST_STORE_MISSING = "trust_store_missing", 400, "VHR_VIRTUALHOST_TRUST_STORE_MISSING",
        "The trust store is required when client authentication is enabled.",
        FEATURE_SUPPORT, "Send trustStore together with isClientAuthEnabled.";
    /// 400 for a new virtual host on a store that is not there.
    HOST_CREATED_WITHOUT_STORE = "host_created_without_store", 400, "VIRTUAL_HOST_CREATE_ERROR",
        "The virtual host could not be created.", FEATURE_SUPPORT, "{reason}.";
    /// 400 for a virtual host that is to use a store that is not there.
    HOST_UPDATED_WITHOUT_STORE = "host_updated_without_store", 400, "VIRTUAL_HOST_UPDATE_ERROR",
        "The virtual host could not be updated.",
        Assumed("no source: after the code of CREATE"), "{reason}.";
    /// 400 for deleting the default virtual host.
    HOST_IS_DEFAULT = "host_is_default", 400, "VHR_DEFAULT_VIRTUALHOST_DELETE_NOT_ALLOWED",
        "The default virtual host cannot be deleted.", HOST_PLACEHOLDER, "Make another virtual host the default one first.";
    /// 400 for one virtual host too many.
    TOO_MANY_HOSTS = "too_many_hosts", 400, "VHR_VIRTUALHOST_LIMIT_EXCEEDED",
        "The maximum number of virtual hosts has been reached.",
        Assumed("limits-in-api-management-f70f425 gives the limit, not the code; switch virtual_host_limit"),
        "Delete a virtual host first; the default one counts.";
    /// 400 for an operation that is none.
    HOST_OPERATION_UNKNOWN = "host_operation_unknown", 400, "VHR_OPERATION_INVALID",
        "The operation provided is invalid.",
        Assumed("the pages show CREATE, UPDATE and DELETE only"), "Set operation to CREATE, UPDATE or DELETE.";

    /// 400 for a provider that exists.
    PROVIDER_EXISTS = "provider_exists", 400, "API_PROVIDER_NAME_DUPLICATION_ERROR",
        "An API provider already exists with the same name.",
        Assumed("no code is public for providers: a placeholder"), "Choose another name, or update the existing provider.";
    /// 404 for an unknown provider.
    NO_SUCH_PROVIDER = "no_such_provider", 404, "NO_SUCH_API_PROVIDER_EXISTS",
        "The specified API provider does not exist or has been deleted. Please provide a valid API provider and try again.",
        Specified("SAP Business Accelerator Hub, APIPortal_CF 1.0; the code is a placeholder"), "Names are case-sensitive.";
}
