//! A world of a size.

use std::fmt::Write as _;

/// A scenario with so many certificates in the keystore, as many references, and as many certificates of a project.
pub fn scenario(count: usize) -> String {
    let mut text = String::from(
        "certmimic: 1\nname: many\nbehaviour: { sap_cloud_integration: { csrf: \"off\" } }\n\
         clients: [{ id: bench, secret: secret, roles: [APIPortal.Administrator] }]\n\
         sap_cloud_integration:\n  keystores:\n    system:\n      entries:\n",
    );
    for number in 0..count {
        writeln!(text, "        - {{ alias: e{number:04}, certificate: fixture:server/smtp.pem }}").unwrap();
    }
    text.push_str("sap_api_management:\n  certificate_stores: [{ name: ts, type: TRUSTSTORE }]\n");
    text.push_str("  certificate_store_references:\n");
    for number in 0..count {
        writeln!(text, "    - {{ name: r{number:04}, certificate_store_name: ts }}").unwrap();
    }
    text.push_str(
        "apinizer:\n  users: [{ username: bench, password: secret, roles: [ROLE_ADMIN] }]\n  environments: [production]\n  \
         projects:\n    - name: MyProject\n      certificates:\n",
    );
    for number in 0..count {
        let certificate = "environments: [production], file: fixture:server/smtp.pem";
        writeln!(text, "        - {{ name: c{number:04}, alias: c{number:04}, {certificate} }}").unwrap();
    }
    text
}
