//! `certmimic operations`: what there is, what refuses it, and how that is known.

use crate::process::{run, text};

#[test]
fn operations_come_in_three_forms() {
    let json: serde_json::Value = serde_json::from_slice(&run(&["operations", "--format", "json"]).stdout).unwrap();
    let apis = json.as_array().unwrap();
    let (table, markdown) = (run(&["operations"]), run(&["operations", "--format", "markdown"]));
    let (table, markdown) = (text(&table.stdout), text(&markdown.stdout));
    for api in apis {
        assert!(markdown.contains(&format!("### {}", api["title"].as_str().unwrap())));
        for operation in api["operations"].as_array().unwrap() {
            let id = operation["id"].as_str().unwrap();
            assert!(table.contains(id) && markdown.contains(&format!("`{id}`")), "{id}");
        }
    }
}

#[test]
fn operations_are_a_line_each_and_everything_of_one() {
    let list = text(&run(&["operations"]).stdout);
    let lines = |list: &str| list.lines().filter(|line| line.starts_with("  ")).count();
    let all = lines(&list);
    assert!(all > 190 && !list.contains("keystore_locked"), "{list}");
    let of_one_system = lines(&text(&run(&["operations", "--system", "ci"]).stdout));
    assert!(of_one_system > 60 && of_one_system < all);
    assert_eq!(
        text(&run(&["operations", "--system", "sap_cloud_integration"]).stdout).lines().count(),
        of_one_system + 3
    );
    assert!(text(&run(&["operations", "--verbose"]).stdout).lines().count() > 3 * all);
    let one = text(&run(&["operations", "ci.entry.delete"]).stdout);
    assert!(one.starts_with("ci.entry.delete  DELETE /api/v1/KeystoreEntries({Hexalias})  → 204, 200\n"), "{one}");
    for told in [
        "500 hex_odd  \"Internal Server Error\", \"hexBinary needs",
        "Send the alias as hex",
        "specified: SAP Business",
    ] {
        assert!(one.contains(told), "{told}: {one}");
    }
    let elsewhere = text(&run(&["operations", "--system", "xsuaa", "--outcome", "keystore_locked"]).stderr);
    assert!(elsewhere.contains("it stands under \"SAP Cloud Integration\""), "{elsewhere}");
    let some = text(&run(&["operations", "DELETE /api/v1/KeystoreEntries"]).stdout);
    assert!(some.contains("ci.entry.delete") && some.contains("ci.renewal.activate") && lines(&some) == 2, "{some}");
}

#[test]
fn operations_are_found_by_what_they_refuse_and_how_that_is_known() {
    for arguments in [&["operations", "keystore_locked"][..], &["operations", "--outcome", "keystore_locked"]] {
        let list = text(&run(arguments).stdout);
        for told in [
            "503 keystore_locked  \"Service Unavailable\"",
            "text: assumed: the text is not published",
            "\n  ci.entry.delete ",
        ] {
            assert!(list.contains(told), "{told}: {list}");
        }
        assert!(!list.contains("ci.entry.list") && !list.contains("keystore_locked_423"), "{list}");
    }
    let assumed = text(&run(&["operations", "--system", "apim", "--evidence", "assumed"]).stdout);
    let refusals: Vec<&str> = assumed.lines().filter(|line| line.contains(" [")).collect();
    assert!(!refusals.is_empty() && refusals.iter().all(|line| line.contains("assumed: ")), "{assumed}");
    let json = run(&["operations", "--outcome", "keystore_locked", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((json.as_array().unwrap().len(), &json[0]["outcomes"][0]["id"]), (1, &"keystore_locked".into()));
    assert_eq!(json[0]["operations"][0]["refusals"], serde_json::json!(["keystore_locked"]));
}

#[test]
fn operations_tell_who_saw_a_refusal_and_when() {
    let one = text(&run(&["operations", "--system", "xsuaa", "bad_credentials"]).stdout);
    let seen = |date: &str, rest: &str| {
        let is_it = |line: &str| line.starts_with(&format!("      seen {date}")) && line.ends_with(rest);
        assert!(one.lines().any(is_it), "{date}: {one}");
    };
    seen("2025-01-27", "landscape cf-eu20: https://github.com/SAP/cloud-sdk-java/issues/703");
    seen("2024-12-02", "landscape cf-us30: https://github.com/SAP/cloud-sdk-java/issues/654");
    assert!(one.contains("newest evidence: 2025-01-27"), "{one}");
    let cited = text(&run(&["operations", "--system", "apinizer", "jwk_exists"]).stdout);
    assert!(
        cited.contains("apinizer/management-api-docs: https://github.com/apinizer/management-api-docs ("),
        "{cited}"
    );
    let list = text(&run(&["operations", "--system", "apim", "--outcome", "store_exists", "--verbose"]).stdout);
    assert!(list.contains("newest evidence: no evidence"), "{list}");
    let json = run(&["operations", "--system", "xsuaa", "--outcome", "bad_credentials", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let evidence = &json[0]["outcomes"][0]["evidence"];
    assert_eq!(evidence["newest"]["date"], "2025-01-27");
    assert_eq!(evidence["status"], serde_json::json!({"kind": "observed", "source": "xsuaa/cloud-sdk-java-703"}));
    assert_eq!((evidence["seen"].as_array().unwrap().len(), &evidence["seen"][0]["landscape"]), (2, &"cf-us30".into()));
}

#[test]
fn operations_that_are_not_there_are_told_with_the_nearest() {
    for (arguments, told) in [
        (
            &["operations", "ci.entry.lst"][..],
            "no operation has \"ci.entry.lst\"; did you mean ci.entry.list? Without a text, certmimic operations lists all\n",
        ),
        (
            &["operations", "keystore_loked"],
            "no operation has \"keystore_loked\"; did you mean keystore_locked? Without a text, certmimic operations lists all\n",
        ),
        (
            &["operations", "--outcome", "keystore_loked"],
            "no operation here is refused with \"keystore_loked\"; did you mean keystore_locked?\n",
        ),
        (
            &["operations", "ci.entry.list", "--evidence", "assumed"],
            "no operation fits all of this; leave an option out\n",
        ),
    ] {
        let output = run(arguments);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""), "{arguments:?}");
        assert_eq!(text(&output.stderr), format!("certmimic: {told}"));
    }
    let unknown = run(&["operations", "--system", "cloud"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("sap_cloud_integration"), "{}", text(&unknown.stderr));
}
