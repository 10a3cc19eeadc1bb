//! The emulated operations, with the refusals that are documented for each.

#[allow(clippy::wildcard_imports, reason = "the table names every row of the catalogue")]
use super::error::*;
use crate::contract::Evidence::{Documented, Library, Specified};
use crate::contract::{Document, Evidence, Outcome, operations};
use crate::odata::error::ENTITY_NOT_FOUND;

/// The metadata of a tenant.
const METADATA: Document = Document("$metadata of Management.svc");
const GENERIC: Evidence = Library(Document("Apache Olingo 2.0.13").at("what OData V2 offers of every set"));
const CREATE_REFERENCE: Evidence = Documented(HELP.at("creating-the-references-ddc5fdf"));
const UPDATE_REFERENCE: Evidence = Documented(HELP.at("updating-the-references-e2a9ec4"));
const LIST_REFERENCES: Evidence = Documented(HELP.at("reading-the-references-4f3d168"));
const DELETE_REFERENCE: Evidence = Documented(HELP.at("deleting-the-references-bd809db"));
const STORES: Evidence = Specified(METADATA.at("the sets, with manage-certificates-c665875 of SAP Help"));
const HOSTS: Evidence = Documented(HELP.at("configuring-a-default-domain-for-a-virtual-host-1085228"));
const PROVIDERS: Evidence = Specified(METADATA.at("the set"));
const MAPS: Evidence =
    Specified(METADATA.at("the sets, with SAP/jenkins-library, apiKeyValueMapUpload, and figaf/apimgmt-api"));
const GENERIC_MAPS: Evidence = Specified(METADATA.at("the sets, with edit-an-api-proxy-a64b952 of SAP Help"));

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
const VALUE_ADDED: &[&Outcome] =
    &[&NO_SUCH_MAP, &MAP_VALUE_EXISTS, &MAP_KEY_INVALID, &MAP_KEY_CHANGES, &KEY_MISSING, &ROLE_MISSING];
const VALUE_CHANGED: &[&Outcome] = &[&NO_SUCH_MAP, &NO_SUCH_MAP_VALUE, &MAP_KEY_CHANGES, &ROLE_MISSING];
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
        // Key value maps.
        "key_map.list": "GET" "/KeyMapEntries"
            "list key value maps", MAPS, [200], [ROLE_MISSING];
        "key_map.count": "GET" "/KeyMapEntries/$count"
            "count key value maps", GENERIC, [200], [ROLE_MISSING];
        "key_map.read": "GET" "/KeyMapEntries({name})"
            "read a key value map", MAPS, [200], [+ READ];
        "key_map.values": "GET" "/KeyMapEntries({name})/keyMapEntryValues"
            "list the values of a key value map", MAPS, [200], [+ READ];
        "key_map.create": "POST" "/KeyMapEntries"
            "create a key value map with its values", MAPS, [201],
            [MAP_EXISTS, MAP_VALUE_EXISTS, MAP_KEY_INVALID, MAP_KEY_CHANGES, KEY_MISSING, ROLE_MISSING];
        "key_map.add": "POST" "/KeyMapEntries({name})/keyMapEntryValues"
            "add a value to a key value map", GENERIC, [201], [+ VALUE_ADDED];
        "key_map.delete": "DELETE" "/KeyMapEntries({name})"
            "delete a key value map with its values", MAPS, [204], [NO_SUCH_MAP, ROLE_MISSING];
        "key_map_value.list": "GET" "/KeyMapEntryValues"
            "list the values of all key value maps", MAPS, [200], [ROLE_MISSING];
        "key_map_value.count": "GET" "/KeyMapEntryValues/$count"
            "count the values of all key value maps", GENERIC, [200], [ROLE_MISSING];
        "key_map_value.read": "GET" "/KeyMapEntryValues({map_name,name})"
            "read a value of a key value map", MAPS, [200], [+ READ];
        "key_map_value.map": "GET" "/KeyMapEntryValues({map_name,name})/keyMapEntry"
            "read the map of a value", MAPS, [200], [+ READ];
        "key_map_value.create": "POST" "/KeyMapEntryValues"
            "add a value to a key value map", MAPS, [201], [+ VALUE_ADDED];
        "key_map_value.update": "PUT" "/KeyMapEntryValues({map_name,name})"
            "change a value of a key value map", MAPS, [204], [+ VALUE_CHANGED];
        "key_map_value.merge": "MERGE" "/KeyMapEntryValues({map_name,name})"
            "change a value of a key value map", GENERIC, [204], [+ VALUE_CHANGED];
        "key_map_value.patch": "PATCH" "/KeyMapEntryValues({map_name,name})"
            "change a value of a key value map", GENERIC, [204], [+ VALUE_CHANGED];
        "key_map_value.delete": "DELETE" "/KeyMapEntryValues({map_name,name})"
            "delete a value of a key value map", MAPS, [204], [NO_SUCH_MAP, NO_SUCH_MAP_VALUE, ROLE_MISSING];
        "generic_key_map.list": "GET" "/GenericKeyMapEntries"
            "list key value maps with a scope", GENERIC_MAPS, [200], [ROLE_MISSING];
        "generic_key_map.count": "GET" "/GenericKeyMapEntries/$count"
            "count key value maps with a scope", GENERIC, [200], [ROLE_MISSING];
        "generic_key_map.read": "GET" "/GenericKeyMapEntries({name,scope,scopeId})"
            "read a key value map with a scope", GENERIC_MAPS, [200], [+ READ];
        "generic_key_map.values": "GET" "/GenericKeyMapEntries({name,scope,scopeId})/genericKeyMapEntryValues"
            "list the values of a key value map with a scope", GENERIC_MAPS, [200], [+ READ];
        "generic_key_map.create": "POST" "/GenericKeyMapEntries"
            "create a key value map with a scope with its values", GENERIC_MAPS, [201],
            [MAP_EXISTS, MAP_VALUE_EXISTS, MAP_KEY_INVALID, MAP_KEY_CHANGES, KEY_MISSING, ROLE_MISSING];
        "generic_key_map.add": "POST" "/GenericKeyMapEntries({name,scope,scopeId})/genericKeyMapEntryValues"
            "add a value to a key value map with a scope", GENERIC, [201], [+ VALUE_ADDED];
        "generic_key_map.delete": "DELETE" "/GenericKeyMapEntries({name,scope,scopeId})"
            "delete a key value map with a scope with its values", GENERIC_MAPS, [204], [NO_SUCH_MAP, ROLE_MISSING];
        "generic_key_map_value.list": "GET" "/GenericKeyMapEntryValues"
            "list the values of all key value maps with a scope", GENERIC_MAPS, [200], [ROLE_MISSING];
        "generic_key_map_value.count": "GET" "/GenericKeyMapEntryValues/$count"
            "count the values of all key value maps with a scope", GENERIC, [200], [ROLE_MISSING];
        "generic_key_map_value.read": "GET" "/GenericKeyMapEntryValues({mapName,name,scope,scopeId})"
            "read a value of a key value map with a scope", GENERIC_MAPS, [200], [+ READ];
        "generic_key_map_value.map": "GET" "/GenericKeyMapEntryValues({mapName,name,scope,scopeId})/genericKeyMapEntry"
            "read the map of a value", GENERIC_MAPS, [200], [+ READ];
        "generic_key_map_value.create": "POST" "/GenericKeyMapEntryValues"
            "add a value to a key value map with a scope", GENERIC_MAPS, [201], [+ VALUE_ADDED];
        "generic_key_map_value.update": "PUT" "/GenericKeyMapEntryValues({mapName,name,scope,scopeId})"
            "change a value of a key value map with a scope", GENERIC_MAPS, [204], [+ VALUE_CHANGED];
        "generic_key_map_value.merge": "MERGE" "/GenericKeyMapEntryValues({mapName,name,scope,scopeId})"
            "change a value of a key value map with a scope", GENERIC, [204], [+ VALUE_CHANGED];
        "generic_key_map_value.patch": "PATCH" "/GenericKeyMapEntryValues({mapName,name,scope,scopeId})"
            "change a value of a key value map with a scope", GENERIC, [204], [+ VALUE_CHANGED];
        "generic_key_map_value.delete": "DELETE" "/GenericKeyMapEntryValues({mapName,name,scope,scopeId})"
            "delete a value of a key value map with a scope", GENERIC_MAPS, [204], [NO_SUCH_MAP, NO_SUCH_MAP_VALUE, ROLE_MISSING];
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
