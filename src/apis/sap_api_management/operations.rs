//! The emulated operations, with the refusals that are documented for each.

#[allow(clippy::wildcard_imports, reason = "the table names every row of the catalogue")]
use super::error::*;
use crate::contract::{Outcome, operations};
use crate::odata::error::ENTITY_NOT_FOUND;

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

operations! {
    /// The emulated operations.
    pub OPERATIONS, "apim";
    below "/apiportal/api/1.0/Management.svc" {
        "service.read": "GET" ""
            "read the service document", GENERIC, [200], [];
        "metadata.read": "GET" "/$metadata"
            "read the metadata", GENERIC, [200], [];
        "batch.execute": "POST" "/$batch"
            "execute a batch", GENERIC, [202], [];
        // Certificate store references.
        "reference.list": "GET" "/CertificateStoreReferences"
            "list references", LIST_REFERENCES, [200], [ROLE_MISSING];
        "reference.count": "GET" "/CertificateStoreReferences/$count"
            "count references", GENERIC, [200], [ROLE_MISSING];
        "reference.read": "GET" "/CertificateStoreReferences({name})"
            "read a reference", GENERIC, [200], [ENTITY_NOT_FOUND, NO_SUCH_REFERENCE, ROLE_MISSING];
        "reference.create": "POST" "/CertificateStoreReferences"
            "create a reference", CREATE_REFERENCE, [201], [REFERENCE_EXISTS, REFERENCE_CREATED_WITHOUT_STORE, KEY_MISSING, ROLE_MISSING];
        "reference.update": "PUT" "/CertificateStoreReferences({name})"
            "point a reference to a store", UPDATE_REFERENCE, [204], [+ UPDATED];
        "reference.merge": "MERGE" "/CertificateStoreReferences({name})"
            "point a reference to a store", GENERIC, [204], [+ MERGED];
        "reference.patch": "PATCH" "/CertificateStoreReferences({name})"
            "point a reference to a store", GENERIC, [204], [+ MERGED];
        "reference.delete": "DELETE" "/CertificateStoreReferences({name})"
            "delete a reference", DELETE_REFERENCE, [204], [NO_SUCH_REFERENCE, REFERENCE_LINKED, ROLE_MISSING];
        // Certificate stores.
        "store.list": "GET" "/CertificateStores"
            "list stores", STORES, [200], [ROLE_MISSING];
        "store.count": "GET" "/CertificateStores/$count"
            "count stores", GENERIC, [200], [ROLE_MISSING];
        "store.read": "GET" "/CertificateStores({name})"
            "read a store", STORES, [200], [+ READ];
        "store.certificates": "GET" "/CertificateStores({name})/certificates"
            "list a store's certificates", STORES, [200], [+ READ];
        "store.create": "POST" "/CertificateStores"
            "create a store, with its first certificates", STORES, [201], [+ STORE_CREATED];
        "store.upload": "POST" "/CertificateStores({name})/certificates"
            "add a certificate to a store", STORES, [201], [+ UPLOADED];
        "store.delete": "DELETE" "/CertificateStores({name})"
            "delete a store", STORES, [204], [NO_SUCH_STORE, STORE_REFERENCED, STORE_LINKED, OPERATION_NOT_SUPPORTED, ROLE_MISSING];
        // Certificates.
        "certificate.list": "GET" "/Certificates"
            "list certificates", STORES, [200], [ROLE_MISSING];
        "certificate.count": "GET" "/Certificates/$count"
            "count certificates", GENERIC, [200], [ROLE_MISSING];
        "certificate.read": "GET" "/Certificates({name,storeName})"
            "read a certificate", STORES, [200], [+ READ];
        "certificate.store": "GET" "/Certificates({name,storeName})/certificateStore"
            "read a certificate's store", STORES, [200], [+ READ];
        "certificate.create": "POST" "/Certificates"
            "add a certificate to a store", STORES, [201], [+ UPLOADED];
        "certificate.update": "PUT" "/Certificates({name,storeName})"
            "replace a certificate", STORES, [204], [+ CERTIFICATE_CHANGED];
        "certificate.merge": "MERGE" "/Certificates({name,storeName})"
            "change a certificate", GENERIC, [204], [+ CERTIFICATE_CHANGED];
        "certificate.patch": "PATCH" "/Certificates({name,storeName})"
            "change a certificate", GENERIC, [204], [+ CERTIFICATE_CHANGED];
        "certificate.delete": "DELETE" "/Certificates({name,storeName})"
            "delete a certificate", STORES, [204], [NO_SUCH_CERTIFICATE, OPERATION_NOT_SUPPORTED, ROLE_MISSING];
        // Virtual hosts.
        "virtual_host.list": "GET" "/VirtualHosts"
            "list virtual hosts", HOSTS, [200], [ROLE_MISSING];
        "virtual_host.count": "GET" "/VirtualHosts/$count"
            "count virtual hosts", GENERIC, [200], [ROLE_MISSING];
        "virtual_host.read": "GET" "/VirtualHosts({id})"
            "read a virtual host", HOSTS, [200], [ENTITY_NOT_FOUND, ROLE_MISSING];
        // API providers.
        "provider.list": "GET" "/APIProviders"
            "list providers", PROVIDERS, [200], [ROLE_MISSING];
        "provider.count": "GET" "/APIProviders/$count"
            "count providers", GENERIC, [200], [ROLE_MISSING];
        "provider.read": "GET" "/APIProviders({name})"
            "read a provider", PROVIDERS, [200], [+ READ];
        "provider.create": "POST" "/APIProviders"
            "create a provider", PROVIDERS, [201], [PROVIDER_EXISTS, KEY_MISSING, ROLE_MISSING];
        "provider.update": "PUT" "/APIProviders({name})"
            "replace a provider", PROVIDERS, [204], [NO_SUCH_PROVIDER, ROLE_MISSING];
        "provider.merge": "MERGE" "/APIProviders({name})"
            "change a provider", GENERIC, [204], [NO_SUCH_PROVIDER, ROLE_MISSING];
        "provider.patch": "PATCH" "/APIProviders({name})"
            "change a provider", GENERIC, [204], [NO_SUCH_PROVIDER, ROLE_MISSING];
        "provider.delete": "DELETE" "/APIProviders({name})"
            "delete a provider", PROVIDERS, [204], [NO_SUCH_PROVIDER, ROLE_MISSING];
    }
    below "/apiportal/operations/1.0/Configuration.svc" {
        "virtual_host.request": "POST" "/VirtualHostRequests"
            "create, update or delete a virtual host", HOSTS, [201], [+ HOST_REQUESTED];
        "configuration.service": "GET" ""
            "read the service document", GENERIC, [200], [];
        "configuration.metadata": "GET" "/$metadata"
            "read the metadata", GENERIC, [200], [ROLE_MISSING];
        "configuration.batch": "POST" "/$batch"
            "execute a batch", GENERIC, [202], [];
    }
}
