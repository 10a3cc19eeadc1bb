//! The emulated operations, with the refusals that are documented for each.

#[allow(clippy::wildcard_imports, reason = "the table names every row of the catalogue")]
use super::error::*;
use crate::contract::{Operation, Outcome};
use crate::odata::error::ENTITY_NOT_FOUND;

macro_rules! management {
    ($rest:literal) => {
        concat!("/apiportal/api/1.0/Management.svc", $rest)
    };
}

macro_rules! configuration {
    ($rest:literal) => {
        concat!("/apiportal/operations/1.0/Configuration.svc", $rest)
    };
}

const GENERIC: &str = "OData V2";
const CREATE_REFERENCE: &str = "creating-the-references-ddc5fdf";
const UPDATE_REFERENCE: &str = "updating-the-references-e2a9ec4";
const LIST_REFERENCES: &str = "reading-the-references-4f3d168";
const DELETE_REFERENCE: &str = "deleting-the-references-bd809db";
const STORES: &str = "$metadata; manage-certificates-c665875";
const HOSTS: &str = "configuring-a-default-domain-for-a-virtual-host-1085228";
const PROVIDERS: &str = "$metadata";

const READ: &[&Outcome] = &[&ENTITY_NOT_FOUND, &ROLE_MISSING];
const UPDATED: &[&Outcome] = &[
    &NO_SUCH_REFERENCE,
    &REFERENCE_UPDATED_WITHOUT_STORE,
    &REFERENCE_CHANGES_TYPE,
    &REFERENCE_LOSES_ALIAS,
    &ROLE_MISSING,
];
const MERGED: &[&Outcome] = &[
    &NO_SUCH_REFERENCE,
    &REFERENCE_UPDATED_WITHOUT_STORE,
    &REFERENCE_CHANGES_TYPE,
    &REFERENCE_LOSES_ALIAS,
    &OPERATION_NOT_SUPPORTED,
    &ROLE_MISSING,
];
const UPLOADED: &[&Outcome] = &[
    &NO_SUCH_STORE,
    &KEY_MISSING,
    &CERTIFICATE_EXISTS,
    &CONTENT_MISSING,
    &CONTENT_UNREADABLE,
    &FORMAT_REFUSED,
    &PASSWORD_WRONG,
    &KEY_PAIR_INCOMPLETE,
    &CERTIFICATE_EXPIRED,
    &OPERATION_NOT_SUPPORTED,
    &ROLE_MISSING,
];
const STORE_CREATED: &[&Outcome] = &[
    &STORE_EXISTS,
    &STORE_TYPE_INVALID,
    &KEY_MISSING,
    &CONTENT_MISSING,
    &CONTENT_UNREADABLE,
    &FORMAT_REFUSED,
    &PASSWORD_WRONG,
    &KEY_PAIR_INCOMPLETE,
    &CERTIFICATE_EXPIRED,
    &OPERATION_NOT_SUPPORTED,
    &ROLE_MISSING,
];
const CERTIFICATE_CHANGED: &[&Outcome] = &[
    &NO_SUCH_CERTIFICATE,
    &CONTENT_UNREADABLE,
    &FORMAT_REFUSED,
    &PASSWORD_WRONG,
    &KEY_PAIR_INCOMPLETE,
    &CERTIFICATE_EXPIRED,
    &OPERATION_NOT_SUPPORTED,
    &ROLE_MISSING,
];
const HOST_REQUESTED: &[&Outcome] = &[
    &NO_SUCH_HOST,
    &ALIAS_TOO_LONG,
    &ALIAS_MALFORMED,
    &HOST_NAME_TAKEN,
    &TOO_MANY_HOSTS,
    &TRUST_STORE_MISSING,
    &HOST_CREATED_WITHOUT_STORE,
    &HOST_UPDATED_WITHOUT_STORE,
    &HOST_IS_DEFAULT,
    &HOST_OPERATION_UNKNOWN,
    &ROLE_MISSING,
];

macro_rules! operations {
    ($($id:literal, $method:literal, $path:expr, $summary:literal, $document:expr, $success:literal, $refusals:expr;)*) => {
        /// The emulated operations.
        pub const OPERATIONS: &[Operation] = &[$(
            Operation {
                id: $id,
                method: $method,
                path: $path,
                when: &[],
                summary: $summary,
                document: $document,
                success: &[$success],
                refusals: $refusals,
            }
        ),*];
    };
}

operations! {
    "apim.service.read", "GET", management!(""), "Read the service document", GENERIC, 200, &[];
    "apim.metadata.read", "GET", management!("/$metadata"), "Read the metadata", GENERIC, 200, &[];
    "apim.batch.execute", "POST", management!("/$batch"), "Execute a batch", GENERIC, 202, &[];
    // Certificate store references.
    "apim.reference.list", "GET", management!("/CertificateStoreReferences"), "List references", LIST_REFERENCES, 200, &[&ROLE_MISSING];
    "apim.reference.count", "GET", management!("/CertificateStoreReferences/$count"), "Count references", GENERIC, 200, &[&ROLE_MISSING];
    "apim.reference.read", "GET", management!("/CertificateStoreReferences({name})"), "Read a reference", GENERIC, 200, &[&ENTITY_NOT_FOUND, &NO_SUCH_REFERENCE, &ROLE_MISSING];
    "apim.reference.create", "POST", management!("/CertificateStoreReferences"), "Create a reference", CREATE_REFERENCE, 201, &[&REFERENCE_EXISTS, &REFERENCE_CREATED_WITHOUT_STORE, &KEY_MISSING, &ROLE_MISSING];
    "apim.reference.update", "PUT", management!("/CertificateStoreReferences({name})"), "Point a reference to a store", UPDATE_REFERENCE, 204, UPDATED;
    "apim.reference.merge", "MERGE", management!("/CertificateStoreReferences({name})"), "Point a reference to a store", GENERIC, 204, MERGED;
    "apim.reference.patch", "PATCH", management!("/CertificateStoreReferences({name})"), "Point a reference to a store", GENERIC, 204, MERGED;
    "apim.reference.delete", "DELETE", management!("/CertificateStoreReferences({name})"), "Delete a reference", DELETE_REFERENCE, 204, &[&NO_SUCH_REFERENCE, &REFERENCE_LINKED, &ROLE_MISSING];
    // Certificate stores.
    "apim.store.list", "GET", management!("/CertificateStores"), "List stores", STORES, 200, &[&ROLE_MISSING];
    "apim.store.count", "GET", management!("/CertificateStores/$count"), "Count stores", GENERIC, 200, &[&ROLE_MISSING];
    "apim.store.read", "GET", management!("/CertificateStores({name})"), "Read a store", STORES, 200, READ;
    "apim.store.certificates", "GET", management!("/CertificateStores({name})/certificates"), "List a store's certificates", STORES, 200, READ;
    "apim.store.create", "POST", management!("/CertificateStores"), "Create a store, with its first certificates", STORES, 201, STORE_CREATED;
    "apim.store.upload", "POST", management!("/CertificateStores({name})/certificates"), "Add a certificate to a store", STORES, 201, UPLOADED;
    "apim.store.delete", "DELETE", management!("/CertificateStores({name})"), "Delete a store", STORES, 204, &[&NO_SUCH_STORE, &STORE_REFERENCED, &STORE_LINKED, &OPERATION_NOT_SUPPORTED, &ROLE_MISSING];
    // Certificates.
    "apim.certificate.list", "GET", management!("/Certificates"), "List certificates", STORES, 200, &[&ROLE_MISSING];
    "apim.certificate.count", "GET", management!("/Certificates/$count"), "Count certificates", GENERIC, 200, &[&ROLE_MISSING];
    "apim.certificate.read", "GET", management!("/Certificates({name,storeName})"), "Read a certificate", STORES, 200, READ;
    "apim.certificate.store", "GET", management!("/Certificates({name,storeName})/certificateStore"), "Read a certificate's store", STORES, 200, READ;
    "apim.certificate.create", "POST", management!("/Certificates"), "Add a certificate to a store", STORES, 201, UPLOADED;
    "apim.certificate.update", "PUT", management!("/Certificates({name,storeName})"), "Replace a certificate", STORES, 204, CERTIFICATE_CHANGED;
    "apim.certificate.merge", "MERGE", management!("/Certificates({name,storeName})"), "Change a certificate", GENERIC, 204, CERTIFICATE_CHANGED;
    "apim.certificate.patch", "PATCH", management!("/Certificates({name,storeName})"), "Change a certificate", GENERIC, 204, CERTIFICATE_CHANGED;
    "apim.certificate.delete", "DELETE", management!("/Certificates({name,storeName})"), "Delete a certificate", STORES, 204, &[&NO_SUCH_CERTIFICATE, &OPERATION_NOT_SUPPORTED, &ROLE_MISSING];
    // Virtual hosts.
    "apim.virtual_host.list", "GET", management!("/VirtualHosts"), "List virtual hosts", HOSTS, 200, &[&ROLE_MISSING];
    "apim.virtual_host.count", "GET", management!("/VirtualHosts/$count"), "Count virtual hosts", GENERIC, 200, &[&ROLE_MISSING];
    "apim.virtual_host.read", "GET", management!("/VirtualHosts({id})"), "Read a virtual host", HOSTS, 200, &[&ENTITY_NOT_FOUND, &ROLE_MISSING];
    "apim.virtual_host.request", "POST", configuration!("/VirtualHostRequests"), "Create, update or delete a virtual host", HOSTS, 201, HOST_REQUESTED;
    "apim.configuration.service", "GET", configuration!(""), "Read the service document", GENERIC, 200, &[];
    "apim.configuration.metadata", "GET", configuration!("/$metadata"), "Read the metadata", GENERIC, 200, &[&ROLE_MISSING];
    "apim.configuration.batch", "POST", configuration!("/$batch"), "Execute a batch", GENERIC, 202, &[];
    // API providers.
    "apim.provider.list", "GET", management!("/APIProviders"), "List providers", PROVIDERS, 200, &[&ROLE_MISSING];
    "apim.provider.count", "GET", management!("/APIProviders/$count"), "Count providers", GENERIC, 200, &[&ROLE_MISSING];
    "apim.provider.read", "GET", management!("/APIProviders({name})"), "Read a provider", PROVIDERS, 200, READ;
    "apim.provider.create", "POST", management!("/APIProviders"), "Create a provider", PROVIDERS, 201, &[&PROVIDER_EXISTS, &KEY_MISSING, &ROLE_MISSING];
    "apim.provider.update", "PUT", management!("/APIProviders({name})"), "Replace a provider", PROVIDERS, 204, &[&NO_SUCH_PROVIDER, &ROLE_MISSING];
    "apim.provider.merge", "MERGE", management!("/APIProviders({name})"), "Change a provider", GENERIC, 204, &[&NO_SUCH_PROVIDER, &ROLE_MISSING];
    "apim.provider.patch", "PATCH", management!("/APIProviders({name})"), "Change a provider", GENERIC, 204, &[&NO_SUCH_PROVIDER, &ROLE_MISSING];
    "apim.provider.delete", "DELETE", management!("/APIProviders({name})"), "Delete a provider", PROVIDERS, 204, &[&NO_SUCH_PROVIDER, &ROLE_MISSING];
}
