//! The worlds that scenes are played in, as scenarios.

use std::fmt::Write as _;

/// The time at which all of them begin.
const CLOCK: &str = "clock: { now: \"2026-01-15T08:00:00Z\", mode: frozen }";

const CLIENTS: &str = "clients: [{ id: sb-certmimic, secret: certmimic-secret, roles: [APIPortal.Administrator, MonitoringDataRead, SecurityMaterialEdit] }]";

fn opening(name: &str) -> String {
    format!("certmimic: 1\nname: {name}\nseed: 3\n{CLOCK}\n{CLIENTS}\n")
}

/// A tenant with a certificate in every state, in all three systems.
pub fn tenant() -> String {
    opening("shop-tenant")
        + r"
sap_api_management:
  certificate_stores:
    - name: partners
      type: TRUSTSTORE
      certificates:
        - { name: payments-2025, generate: { common_name: payments.partner.example, key: ec-p256, valid: [-366d, -3d] } }
        - { name: payments-2026, generate: { common_name: payments.partner.example, key: ec-p256, valid: [-20d, +345d] } }
    - name: gateway
      type: KEYSTORE
      certificates:
        - { name: gateway, generate: { common_name: api.example.com, key: ec-p256, valid: [-300d, +55d] } }
  certificate_store_references:
    - { name: partners-in-use, certificate_store_name: partners }
sap_cloud_integration:
  keystores:
    system:
      entries:
        - { alias: smtp.mail.example, certificate: { generate: { common_name: smtp.mail.example, key: ec-p256, valid: [-80d, +10d] } } }
        - { alias: sftp-bank, key_pair: { generate: { common_name: sftp.bank.example, key: ec-p256, valid: [-640d, +85d] } } }
        - { alias: next-signer, key_pair: { generate: { common_name: signer.example, key: ec-p256, valid: [+14d, +379d] } } }
        - { alias: idp.corp.example, certificate: { generate: { common_name: idp.corp.example, key: ec-p384, valid: [-200d, +530d] } } }
apinizer:
  users: [{ username: apinizer, password: apinizer, roles: [ROLE_ADMIN] }]
  environments: [production, staging]
  projects:
    - name: MyProject
      certificates:
        - { name: shop-front, environments: [production, staging], generate: { common_name: shop.example, key: ec-p256, valid: [-60d, +28d] } }
        - { name: legacy-erp, environments: [production], generate: { common_name: erp.example, key: ec-p256, valid: [-800d, -40d] } }
"
}

/// What runs if a page takes it for markup.
const MARKUP: &str = "<img src=x onerror=window.ran=1>";

/// Names that are markup, wherever a scenario lets one be chosen.
pub fn hostile() -> String {
    let opening = format!("certmimic: 1\nname: '{MARKUP}'\nseed: 3\n{CLOCK}\n");
    let minted = format!("{{ generate: {{ common_name: '{MARKUP}', key: ec-p256 }} }}");
    format!(
        "{opening}
clients: [{{ id: '{MARKUP}', secret: '{MARKUP}', roles: [APIPortal.Administrator, MonitoringDataRead, SecurityMaterialEdit] }}]
sap_cloud_integration:
  keystores:
    system:
      entries:
        - {{ alias: '{MARKUP}', certificate: {minted} }}
apinizer:
  users: [{{ username: '{MARKUP}', password: '{MARKUP}', roles: [ROLE_ADMIN] }}]
  environments: [production]
  projects:
    - name: 'MyProject'
      certificates:
        - {{ name: '{MARKUP}', environments: [production], generate: {{ common_name: '{MARKUP}', key: ec-p256 }} }}
faults:
  - {{ id: '{MARKUP}', on: {{ alias: '{MARKUP}', path: '/api/v1/{MARKUP}' }}, delay: 1ms }}
"
    )
}

/// How many certificates there are in the crowd.
const MANY: usize = 6_000;

/// A trust store with thousands of certificates.
pub fn crowded() -> String {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/ca/partner-ca.pem");
    let mut text = opening("crowd") + "sap_api_management:\n  certificate_stores:\n";
    for store in 0..MANY / 1000 {
        let _infallible = writeln!(text, "    - name: store-{store}\n      type: TRUSTSTORE\n      certificates:");
        for number in 0..1000 {
            let _infallible = writeln!(text, "        - {{ name: c-{number:04}, file: \"{file}\" }}");
        }
    }
    text
}
