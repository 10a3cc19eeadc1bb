//! The description of the emulated systems is whole, and says nothing that leads nowhere.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeSet;

use certmimic::control;
use certmimic::state::APIS;
use serde_json::Value;

#[test]
fn every_operation_is_described_with_all_its_answers() {
    for api in APIS {
        let document = control::surface(api);
        let described: Vec<&Value> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|path| path.as_object().unwrap().values())
            .collect();
        let statuses: BTreeSet<&String> =
            described.iter().flat_map(|operation| operation["responses"].as_object().unwrap().keys()).collect();
        assert!(statuses.contains(&"default".to_owned()), "{}", api.name);
        for operation in api.operations.iter().filter(|operation| operation.method != "MERGE") {
            let found = described.iter().find(|described| {
                // Rows that only a query tells apart are one operation here.
                described["x-certmimic-operations"].as_array().unwrap().iter().any(|id| id == operation.id)
            });
            let found = found.unwrap_or_else(|| panic!("{} is not described", operation.id));
            for status in operation.success.iter().chain(operation.refusals().map(|outcome| &outcome.status)) {
                assert!(found["responses"][status.to_string()].is_object(), "{}: {status}", operation.id);
            }
        }
    }
}

#[test]
fn bodies_are_of_the_media_type_that_is_read() {
    let document = |name: &str| control::surface(APIS.iter().find(|api| api.name == name).unwrap());
    let media_types = |document: &Value, path: &str| -> Vec<String> {
        let content = &document["paths"][path]["post"]["requestBody"]["content"];
        content.as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(media_types(&document("xsuaa"), "/oauth/token"), ["application/x-www-form-urlencoded"]);
    let apinizer = document("apinizer");
    assert_eq!(media_types(&apinizer, "/apiops/auth/token"), ["application/x-www-form-urlencoded"]);
    let project = "/apiops/projects/{projectName}";
    assert_eq!(media_types(&apinizer, &format!("{project}/certificates/")), ["multipart/form-data"]);
    assert_eq!(media_types(&apinizer, &format!("{project}/keys/")), ["application/json"]);
}

#[test]
fn rows_of_one_path_are_described_with_the_refusals_of_all() {
    let document = control::surface(APIS.iter().find(|api| api.name == "sap_cloud_integration").unwrap());
    let both = &document["paths"]["/api/v1/KeystoreResources('{Name}')"]["put"];
    let refused = both["responses"]["400"]["description"].as_str().unwrap();
    assert!(refused.contains("keystore_name_invalid") && refused.contains("nothing_asked"), "{refused}");
}

#[test]
fn parameters_are_those_of_the_path_and_references_lead_somewhere() {
    for api in APIS {
        let document = control::surface(api);
        for (path, operations) in document["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                let named = operation["parameters"].as_array().unwrap().iter().filter(|one| one["in"] == "path");
                let named: BTreeSet<String> =
                    named.map(|one| format!("{{{}}}", one["name"].as_str().unwrap())).collect();
                let held: BTreeSet<String> =
                    path.split('{').skip(1).map(|rest| format!("{{{}}}", rest.split_once('}').unwrap().0)).collect();
                assert_eq!(named, held, "{method} {path}");
            }
        }
        for reference in references(&document) {
            let name = reference.strip_prefix("#/components/schemas/").unwrap();
            assert!(document["components"]["schemas"][name].is_object(), "{}: {reference}", api.name);
        }
    }
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| match member {
                Value::String(reference) if name == "$ref" => vec![reference.clone()],
                other => references(other),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn keys_are_written_as_odata_writes_their_types() {
    let document = |name: &str| control::surface(APIS.iter().find(|api| api.name == name).unwrap());
    let cloud_integration = document("sap_cloud_integration");
    let entry = &cloud_integration["paths"]["/api/v1/KeystoreEntries('{Hexalias}')"]["get"];
    assert_eq!(entry["operationId"], "ci.entry.read");
    let entity = &entry["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["d"]["$ref"];
    assert_eq!(entity, "#/components/schemas/KeystoreEntry");
    let management = document("sap_api_management");
    let certificate = "/apiportal/api/1.0/Management.svc/Certificates(name='{name}',storeName='{storeName}')";
    assert_eq!(management["paths"][certificate]["get"]["operationId"], "apim.certificate.read");
}
