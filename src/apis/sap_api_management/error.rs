//! What the portal refuses: facts, the rows that answer them, and where those are known from.
//!
//! The only file with this API's codes and texts. Placeholders, where SAP's own are not public, are marked as assumed.

use crate::contract::Evidence::{Assumed, Documented, Library, Observed, Specified};
use crate::contract::{Document, Evidence, Refusal, catalogue, no_code};
use crate::odata::Verb;
use crate::odata::edm::Set;

/// SAP Help.
pub const HELP: Document = Document("SAP-docs/btp-integration-suite");
const API_PROVIDER: Document = Document("SAP Business Accelerator Hub, API Portal - API Provider (CF) 1.0");
const REFERENCE_CREATE: Evidence = Documented(HELP.at("creating-the-references-ddc5fdf"));
const REFERENCE_UPDATE: Evidence = Documented(HELP.at("updating-the-references-e2a9ec4"));
const PROBE: Evidence = Observed("sap_api_management/probe-2026-10-06");
const MUTUAL_TLS: Evidence = Observed("sap_api_management/mutual-tls");
const UNSEEN: Evidence = Assumed("a placeholder: no source shows the text");
const STORE_ANALOGUE: Evidence = Assumed("no code is public for stores: a placeholder after those of the references");
const MAP_ANALOGUE: Evidence =
    Assumed("no code is public for key value maps: a placeholder after those of the references");
const UPLOAD: Evidence = Assumed("manage-certificates-c665875 tells what is accepted, not what a refusal answers");
const HOST_PLACEHOLDER: Evidence = Assumed("the refusal is documented on the virtual host pages, its code is not");

catalogue! {
    /// A rule of this API that a request breaks.
    pub enum Error, codes by no_code;

    /// The caller has no role for this.
    RoleMissing = ROLE_MISSING "role_missing", 403, "",
        Observed("sap_api_management/roles"),
        "The token's client lacks the role for this operation: use a service key of another role.";
    /// The portal does not offer this on the entity.
    OperationNotSupported { operation: &'static str, entity: &'static str } = OPERATION_NOT_SUPPORTED "operation_not_supported",
        405, "{operation} operation not supported on {entity} entity",
        Observed("sap_api_management/probe-2026-09"),
        "The portal does not offer this operation on this entity.";
    /// A body that is not read because of its length.
    BodyTooLarge { limit: String } = BODY_TOO_LARGE "body_too_large", 413, "The maximum size of {limit} bytes is exceeded.",
        Assumed("no source names a limit of the portal; this one is the emulator's own"),
        "Send less: no body of this API comes near it.";
    /// A key property that the body must have is missing or empty.
    KeyMissing { property: &'static str } = KEY_MISSING "key_missing", 400,
        "Property with name '{property}' was not found.", Assumed("no source says what an entity without its key answers"),
        text Library(Document("Apache Olingo 2.0.13").at("odata-core message catalogue")),
        "Send the property, and not an empty string.";

    /// The reference's name is in use.
    ReferenceExists = REFERENCE_EXISTS "reference_exists", 400 "CERTIFICATE_STORE_REFERENCE_NAME_DUPLICATION_ERROR",
        "A certificate store reference already exists with the same name. Please provide a different name and try creating again.",
        REFERENCE_CREATE, "Choose another name, or update the existing reference with PUT.";
    /// A new reference names no existing store.
    ReferenceCreatedWithoutStore = REFERENCE_CREATED_WITHOUT_STORE "reference_created_without_store",
        400 "CERTIFICATE_STORE_REFERENCE_CREATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be created as the certificate store name provided is invalid. Provide a correct certificate store name and try creating again.",
        REFERENCE_CREATE, "Set certificateStoreName to the name of a store that exists.";
    /// A reference is to point to no existing store.
    ReferenceUpdatedWithoutStore = REFERENCE_UPDATED_WITHOUT_STORE "reference_updated_without_store",
        400 "CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be updated as the certificate store name provided is invalid. Please provide a correct certificate store name and try creating again.",
        REFERENCE_UPDATE, "Set certificateStoreName to the name of a store that exists.";
    /// A reference is to point to a store of the other type, and the switch forbids it.
    ReferenceChangesType = REFERENCE_CHANGES_TYPE "reference_changes_type",
        400 "CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be updated as the certificate store name provided is invalid. Please provide a correct certificate store name and try creating again.",
        Assumed("no source says what a change of the store's type does; switch store_type_change"),
        "Point the reference to a store of the type that it has.";
    /// A reference is to point to a key store without the alias that a virtual host needs, and the switch forbids it.
    ReferenceLosesAlias { alias: String } = REFERENCE_LOSES_ALIAS "reference_loses_alias",
        400 "CERTIFICATE_STORE_REFERENCE_UPDATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR",
        "The certificate store reference cannot be updated as the certificate store name provided is invalid. Please provide a correct certificate store name and try creating again.",
        Assumed("working-with-references-6f96b64 makes the alias the caller's duty; switch alias_check"),
        "A virtual host uses the alias '{alias}': add a certificate of that name to the new key store first.";
    /// There is no such reference.
    NoSuchReference = NO_SUCH_REFERENCE "no_such_reference", 400 "NO_SUCH_CERTIFICATE_STORE_REFERENCE_EXISTS",
        "No such certificate store reference exists. Please check the certificate store reference name and try again.",
        Documented(HELP.at("updating-the-references-e2a9ec4, deleting-the-references-bd809db")),
        "Names are case-sensitive. An unknown name is 400 here, not 404.";
    /// The reference is in use by a virtual host.
    ReferenceLinked { host: String } = REFERENCE_LINKED "reference_linked",
        400 "CERTIFICATE_STORE_REFERENCE_LINKED_VIRTUAL_HOST_LINK_VALIDATION_ERROR",
        "The certificate store reference cannot be deleted as it is linked to a virtual host.",
        Observed("sap_api_management/linked-reference"), text UNSEEN,
        "Virtual host '{host}' uses it: switch its mutual TLS off, point it elsewhere, or delete it first.";

    /// The store's name is in use.
    StoreExists = STORE_EXISTS "store_exists", 400 "CERTIFICATE_STORE_NAME_DUPLICATION_ERROR",
        "A certificate store already exists with the same name. Please provide a different name and try creating again.",
        STORE_ANALOGUE, "Choose another name: a renewal gets a store of its own.";
    /// The store's type is none.
    StoreTypeInvalid = STORE_TYPE_INVALID "store_type_invalid", 400 "CERTIFICATE_STORE_TYPE_INVALID",
        "The certificate store type provided is invalid. Provide KEYSTORE or TRUSTSTORE.", STORE_ANALOGUE,
        "Set storeType to KEYSTORE or TRUSTSTORE, or to KS or TS for short.";
    /// There is no such store.
    NoSuchStore = NO_SUCH_STORE "no_such_store", 400 "NO_SUCH_CERTIFICATE_STORE_EXISTS",
        "No such certificate store exists. Please check the certificate store name and try again.", STORE_ANALOGUE,
        "Names are case-sensitive. Create the store first.";
    /// A reference points to the store.
    StoreReferenced { reference: String } = STORE_REFERENCED "store_referenced",
        400 "CERTIFICATE_STORE_DELETE_FAILED_LINKED_REFERENCE_VALIDATION_ERROR",
        "The certificate store cannot be deleted as it is linked to a certificate store reference.",
        Assumed("no source says whether it is refused; after the check on references; switch delete_linked_store"),
        "Reference '{reference}' points to it: point it elsewhere or delete it first.";
    /// A virtual host names the store.
    StoreLinked { host: String } = STORE_LINKED "store_linked",
        400 "CERTIFICATE_STORE_DELETE_FAILED_LINKED_VIRTUAL_HOST_VALIDATION_ERROR",
        "The certificate store cannot be deleted as it is linked to a virtual host.",
        Assumed("no source says whether it is refused; after the check on references; switch delete_linked_store"),
        "Virtual host '{host}' names it: update or delete the virtual host first.";

    /// The certificate's name is in use, and the switch forbids overwriting.
    CertificateExists = CERTIFICATE_EXISTS "certificate_exists", 400 "CERTIFICATE_NAME_DUPLICATION_ERROR",
        "A certificate already exists with the same name. Please provide a different name and try creating again.",
        Assumed("manage-certificates-c665875 says that it is replaced, not in which scope; switch same_name_certificate"),
        "Choose another name, or delete the existing certificate first.";
    /// There is no such certificate.
    NoSuchCertificate = NO_SUCH_CERTIFICATE "no_such_certificate", 400 "NO_SUCH_CERTIFICATE_EXISTS",
        "No such certificate exists. Please check the certificate name and try again.", STORE_ANALOGUE,
        "The key is the certificate's name and its store's, both case-sensitive.";
    /// Nothing was uploaded.
    ContentMissing = CONTENT_MISSING "content_missing", 400 "CERTIFICATE_CONTENT_INVALID",
        "The certificate content is missing.", UPLOAD, "Send the file, Base64 encoded, as content.";
    /// What was uploaded cannot be read; why.
    ContentUnreadable { reason: String } = CONTENT_UNREADABLE "content_unreadable", 400 "CERTIFICATE_CONTENT_INVALID",
        "The certificate content cannot be read: {reason}.", UPLOAD,
        "Send the Base64 of a PKCS#12 file to a key store, of a PEM or DER file to a trust store.";
    /// What was uploaded is of a format that this type of store does not take.
    FormatRefused { format: &'static str, expected: &'static str } = FORMAT_REFUSED "format_refused",
        400 "CERTIFICATE_FORMAT_NOT_SUPPORTED", "The certificate format {format} is not supported. Provide {expected}.",
        UPLOAD,
        "Convert it: `keytool -importkeystore -deststoretype PKCS12` for Java keystores, `openssl pkcs12` for PEM.";
    /// The password does not open what was uploaded.
    PasswordWrong = PASSWORD_WRONG "password_wrong", 400 "CERTIFICATE_PASSWORD_INVALID",
        "The password does not open the certificate content.", UPLOAD, "Send the PKCS#12 file's password as password.";
    /// A key store's certificate came without its private key, or the key without it.
    KeyPairIncomplete = KEY_PAIR_INCOMPLETE "key_pair_incomplete", 400 "CERTIFICATE_CONTENT_INVALID",
        "The certificate content has no private key with its certificate.", UPLOAD,
        "A key store takes a private key together with its certificate chain.";
    /// The certificate has expired.
    CertificateExpired { at: String } = CERTIFICATE_EXPIRED "certificate_expired", 400 "CERTIFICATE_EXPIRED",
        "The certificate has expired.",
        Assumed("earlier versions of manage-certificates-c665875 refuse it, without a code; switch expired_certificates"),
        "It expired at {at}, by the world's clock.";

    /// There is no such virtual host.
    NoSuchHost { id: String } = NO_SUCH_HOST "no_such_host", 400 "VHR_NO_COMPLETED_RECORD_FOUND",
        "Could not locate previous status for the virtual host id {id}.", PROBE, text Observed("sap_api_management/unknown-virtual-host"),
        "Take virtualHostId from Management.svc/VirtualHosts; it is not the id of a request.";
    /// The alias has more than 63 characters.
    AliasTooLong = ALIAS_TOO_LONG "alias_too_long", 400 "VHR_VIRTUALHOST_ALIAS_LENGTH_GREATER_THAN_63_CHARS",
        "The virtual host alias must not have more than 63 characters.",
        PROBE, text UNSEEN,
        "Without isForCustomDomain, virtualHostUrl is the first label of the host name.";
    /// The alias is no host label.
    AliasMalformed = ALIAS_MALFORMED "alias_malformed", 400 "VHR_VIRTUALHOST_ALIAS_FORMAT_INVALID",
        "The virtual host alias can contain only Alphanumerics and hyphens and cannot start or end with a hyphen.",
        PROBE,
        text Assumed("around 'only Alphanumerics and hyphens', which the same file quotes"),
        "Without isForCustomDomain, virtualHostUrl is the first label of the host name.";
    /// Another virtual host has that host name.
    HostNameTaken = HOST_NAME_TAKEN "host_name_taken", 400 "VHR_URL_ALREADY_IN_USE",
        "A virtual host already exists with the same alias.",
        PROBE, text UNSEEN,
        "Choose another virtualHostUrl.";
    /// Mutual TLS without a trust store.
    TrustStoreMissing = TRUST_STORE_MISSING "trust_store_missing", 400 "VHR_VIRTUALHOST_TRUST_STORE_MISSING",
        "The trust store is required when client authentication is enabled.", MUTUAL_TLS, text UNSEEN,
        "Send trustStore together with isClientAuthEnabled.";
    /// A new virtual host names a store, alias or reference that does not fit.
    HostCreatedWithoutStore { reason: String } = HOST_CREATED_WITHOUT_STORE "host_created_without_store",
        400 "VIRTUAL_HOST_CREATE_ERROR", "The virtual host could not be created.", MUTUAL_TLS, text UNSEEN, "{reason}.";
    /// A virtual host is to name a store, alias or reference that does not fit.
    HostUpdatedWithoutStore { reason: String } = HOST_UPDATED_WITHOUT_STORE "host_updated_without_store",
        400 "VIRTUAL_HOST_UPDATE_ERROR", "The virtual host could not be updated.",
        Assumed("no source: after the code of CREATE"), text UNSEEN, "{reason}.";
    /// The default virtual host cannot be deleted.
    HostIsDefault = HOST_IS_DEFAULT "host_is_default", 400 "VHR_DEFAULT_VIRTUALHOST_DELETE_NOT_ALLOWED",
        "The default virtual host cannot be deleted.", HOST_PLACEHOLDER,
        "Make another virtual host the default one first.";
    /// There are as many virtual hosts as the tenant may have.
    TooManyHosts = TOO_MANY_HOSTS "too_many_hosts", 400 "VHR_VIRTUALHOST_LIMIT_EXCEEDED",
        "The maximum number of virtual hosts has been reached.",
        Assumed("limits-in-api-management-f70f425 gives the limit, not the code; switch virtual_host_limit"),
        "Delete a virtual host first; the default one counts.";
    /// The request's operation is none.
    HostOperationUnknown = HOST_OPERATION_UNKNOWN "host_operation_unknown", 400 "VHR_OPERATION_INVALID",
        "The operation provided is invalid.", Assumed("the pages show CREATE, UPDATE and DELETE only"),
        "Set operation to CREATE, UPDATE or DELETE.";

    /// The provider's name is in use.
    ProviderExists = PROVIDER_EXISTS "provider_exists", 400 "API_PROVIDER_NAME_DUPLICATION_ERROR",
        "An API provider already exists with the same name.", Specified(API_PROVIDER.at("400 of POST; the code is a placeholder")),
        text Assumed("no text is public for providers: a placeholder"),
        "Choose another name, or update the existing provider.";
    /// There is no such provider.
    NoSuchProvider = NO_SUCH_PROVIDER "no_such_provider", 404 "NO_SUCH_API_PROVIDER_EXISTS",
        "The specified API provider does not exist or has been deleted. Please provide a valid API provider and try again.",
        Specified(API_PROVIDER.at("404; the code is a placeholder")),
        "Names are case-sensitive.";

    /// The map's name is in use.
    MapExists { name: String } = MAP_EXISTS "map_exists", 400 "KEY_MAP_ENTRY_NAME_DUPLICATION_ERROR",
        "A key value map already exists with the same name. Please provide a different name and try creating again.",
        MAP_ANALOGUE, "Delete '{name}' first, or add values to it: a map is made once.";
    /// There is no such map.
    NoSuchMap { name: String } = NO_SUCH_MAP "no_such_map", 400 "NO_SUCH_KEY_MAP_ENTRY_EXISTS",
        "No such key value map exists. Please check the key value map name and try again.", MAP_ANALOGUE,
        "Create '{name}' first. Names are case-sensitive.";
    /// The value's name is in use in its map.
    MapValueExists { key: String } = MAP_VALUE_EXISTS "map_value_exists", 400 "KEY_MAP_ENTRY_VALUE_NAME_DUPLICATION_ERROR",
        "A key value map entry already exists with the same name. Please provide a different name and try creating again.",
        MAP_ANALOGUE, "PUT changes the value of '{key}'.";
    /// There is no such value in the map.
    NoSuchMapValue { key: String } = NO_SUCH_MAP_VALUE "no_such_map_value", 400 "NO_SUCH_KEY_MAP_ENTRY_VALUE_EXISTS",
        "No such key value map entry exists. Please check the key value map entry name and try again.", MAP_ANALOGUE,
        "POST adds '{key}' to the map.";
    /// A name that no value may have.
    MapKeyInvalid { key: String } = MAP_KEY_INVALID "map_key_invalid", 400 "KEY_MAP_ENTRY_VALUE_NAME_INVALID",
        "The key value map entry name provided is invalid.",
        Assumed("the rules are documented (SAP Help, pages 90d8d41 and 3722a39), what the API answers is not"),
        "'{key}' may neither contain // nor end in a blank.";
    /// A body that names another map or another value than its address does.
    MapKeyChanges = MAP_KEY_CHANGES "map_key_changes", 400 "KEY_MAP_ENTRY_VALUE_NAME_CHANGE_NOT_ALLOWED",
        "Only the value of a key value map entry can be changed.",
        Assumed("the rule is documented (SAP Help, page 4961431), what the API answers is not"),
        "Leave the key out of the body, or make it that of the address.";
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
