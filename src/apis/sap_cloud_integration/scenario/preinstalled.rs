//! What SAP installs in every tenant's keystore (keystore-b163513): a key pair and root certificates. Those here were
//! made for certmimic.

use super::{EntrySection, OwnerName};
use crate::seed::Material;

const KEY_PAIR: &str = include_str!("../../../../fixtures/sap/cloudintegration-with-key.pem");
const ROOT: &str = include_str!("../../../../fixtures/sap/root.pem");

/// Entries of SAP in keystore `system`.
pub fn entries() -> [EntrySection; 2] {
    let of_sap =
        |alias: &str| EntrySection { alias: alias.to_owned(), owner: Some(OwnerName::Sap), ..EntrySection::default() };
    [
        EntrySection {
            key_pair: Some(Material::Pem(KEY_PAIR.to_owned())),
            ..of_sap("sap_cloudintegrationcertificate")
        },
        EntrySection { certificate: Some(Material::Pem(ROOT.to_owned())), ..of_sap("baltimore cybertrust root") },
    ]
}
