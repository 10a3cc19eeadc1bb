//! What the measurements share: a world of a size.

use std::fmt::Write as _;

/// A scenario with so many certificates in the keystore, and as many references.
pub fn scenario(count: usize) -> String {
    let mut text = String::from("certmimic: 1\nname: many\nbehaviour: { sap_cloud_integration: { csrf: \"off\" } }\n");
    text.push_str("sap_cloud_integration:\n  keystores:\n    system:\n      entries:\n");
    for number in 0..count {
        writeln!(text, "        - {{ alias: e{number}, certificate: fixtures/server/smtp.pem }}").unwrap();
    }
    text.push_str("sap_api_management:\n  certificate_stores: [{ name: ts, type: TRUSTSTORE }]\n");
    text.push_str("  certificate_store_references:\n");
    for number in 0..count {
        writeln!(text, "    - {{ name: r{number}, certificate_store_name: ts }}").unwrap();
    }
    text
}
