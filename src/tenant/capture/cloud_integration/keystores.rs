//! Keystores and SAP's key history.

use std::sync::Arc;

use bytes::Bytes;

use super::super::facts::{Facts, KeyFacts};
use super::super::reader::{Reader, if_there};
use super::stamp;
use crate::apis::sap_cloud_integration::scenario::{
    EntrySection, KeystoreSection, Keystores, OwnerName, PastSection, StampSection,
};
use crate::effects::Timestamp;
use crate::pki::{Certificate, Digest, build_chain, bundle, certificate_factory};
use crate::seed::{Material, serial_number};
use crate::tenant::Failure;
use crate::tenant::odata::{Entity, Service, key};

const CERTIFICATE: &str = "a certificate";
const CHAIN: &str = "a chain of certificates";

/// All keystores.
pub(super) fn read(reader: &Reader<'_>, service: &Service<'_>) -> Result<Keystores, Failure> {
    let system = service.list("KeystoreEntries")?;
    reader.client.watch().ahead(system.len());
    Ok(Keystores {
        system: KeystoreSection {
            entries: entries(reader, service, &system, "")?,
            modified: modified(reader, service, "system")?,
        },
        backup_admin_system: named(reader, service, "backup_admin_system")?,
        key_renewal: named(reader, service, "KeyRenewal")?,
    })
}

fn named(reader: &Reader<'_>, service: &Service<'_>, name: &str) -> Result<KeystoreSection, Failure> {
    let rows =
        reader.list(service, &format!("the keystore {name}"), &format!("KeystoreEntries?keystoreName={name}"))?;
    reader.client.watch().ahead(rows.len());
    let entries = entries(reader, service, &rows, &format!("?keystoreName={name}"))?;
    // What was never changed says so by a null; the properties of `KeyRenewal` cannot be read.
    let modified = if entries.is_empty() || name == "KeyRenewal" { None } else { modified(reader, service, name)? };
    Ok(KeystoreSection { entries, modified })
}

fn modified(reader: &Reader<'_>, service: &Service<'_>, name: &str) -> Result<Option<StampSection>, Failure> {
    let properties =
        reader.if_any(&format!("the properties of keystore {name}"), service.one(&format!("Keystores('{name}')")))?;
    Ok(properties.and_then(|properties| stamp(&properties, "LastModifiedBy", "LastModifiedTime")))
}

fn entries(
    reader: &Reader<'_>,
    service: &Service<'_>,
    rows: &[Entity],
    query: &str,
) -> Result<Vec<EntrySection>, Failure> {
    rows.iter().map(|row| entry(reader, service, row, query)).collect()
}

fn entry(reader: &Reader<'_>, service: &Service<'_>, row: &Entity, query: &str) -> Result<EntrySection, Failure> {
    let path = format!("KeystoreEntries({})", key(&row.said("Hexalias")));
    let is_key_pair = row.text("Type") == Some("Key Pair");
    let owner = if row.text("Owner") == Some("SAP") { OwnerName::Sap } else { OwnerName::TenantAdministrator };
    let read = |what: &str, part: &str, expected| {
        let what = format!("the {what} of {}", row.said("Alias"));
        reader.if_any(&what, service.bytes(&format!("{path}/{part}/$value{query}"), expected))
    };
    let (certificate, key_pair) = if is_key_pair {
        (None, Some(key_pair(reader, row, read("chain", "ChainResource", CHAIN)?)))
    } else {
        (Some(certificate(reader, row, read("certificate", "Certificate", CERTIFICATE)?)), None)
    };
    Ok(EntrySection {
        alias: row.said("Alias"),
        ca_reply: key_pair.is_some() && query.is_empty() && replied(service, &path)?,
        certificate,
        key_pair,
        owner: Some(owner),
        created: stamp(row, "CreatedBy", "CreatedTime"),
        modified: stamp(row, "LastModifiedBy", "LastModifiedTime"),
        ..EntrySection::default()
    })
}

/// The certificate of a row; without its bytes one stands in.
fn certificate(reader: &Reader<'_>, row: &Entity, bytes: Option<Bytes>) -> Material {
    let read = bytes.and_then(|bytes| certificate_factory::certificate(&bytes).ok());
    read.map_or_else(|| Material::Generate(facts(row).stand_in(&[])), |one| reader.materials.certificate(&one))
}

/// The stand-in for the key pair of a row, with its chain if that was read.
fn key_pair(reader: &Reader<'_>, row: &Entity, bytes: Option<Bytes>) -> Material {
    let chain = bytes.map(|bytes| chain(&bytes, row)).unwrap_or_default();
    let told: Vec<Facts> = chain.iter().map(|one| Facts::of(one)).collect();
    let (leaf, issuers) =
        told.split_first().map_or_else(|| (facts(row), [].as_slice()), |(leaf, rest)| (leaf.clone(), rest));
    if !leaf.key.nearest().1 {
        reader.note(format!(
            "the key of {} is of a kind that cannot be minted; the most similar one stands in",
            row.said("Alias")
        ));
    }
    Material::Generate(leaf.stand_in(issuers))
}

/// The certificates of a key pair, that of its key first: the row says which that is.
fn chain(bytes: &[u8], row: &Entity) -> Vec<Arc<Certificate>> {
    let found = bundle::certificates(bytes).unwrap_or_default();
    let said = row.text("FingerprintSha256");
    let is_meant = |one: &&Arc<Certificate>| said.is_none_or(|said| said == one.fingerprint_pairs(Digest::Sha256));
    found.iter().find(is_meant).map(|leaf| build_chain(leaf, &found)).unwrap_or_default()
}

/// Whether a CA's reply was imported: the tenant then signs requests with SHA-256, before that with SHA-512.
fn replied(service: &Service<'_>, path: &str) -> Result<bool, Failure> {
    let request = if_there(service.bytes(&format!("{path}/SigningRequest/$value"), "a signing request"))?;
    let request = request.and_then(|pem| crate::pki::csr::signature_algorithm(&pem));
    // Of DSA there is no SHA-512, so that one does not tell.
    Ok(matches!(request, Some("SHA256withRSA" | "SHA256withECDSA")))
}

/// SAP's key pairs that were replaced.
pub(super) fn history(reader: &Reader<'_>, service: &Service<'_>) -> Result<Vec<PastSection>, Failure> {
    let rows = reader.list(service, "the key history", "HistoryKeystoreEntries")?;
    reader.client.watch().ahead(rows.len());
    rows.iter().map(|row| past(reader, service, row)).collect()
}

fn past(reader: &Reader<'_>, service: &Service<'_>, row: &Entity) -> Result<PastSection, Failure> {
    let path = format!("HistoryKeystoreEntries({})/ChainResource/$value", key(&row.said("Hexalias")));
    let chain = reader.if_any(&format!("the chain of {}", row.said("Alias")), service.bytes(&path, CHAIN))?;
    Ok(PastSection {
        original_alias: row.said("OriginalAlias"),
        sequence: row.number("ActivationSequenceNumber").and_then(|number| i32::try_from(number).ok()).unwrap_or(1),
        key_pair: key_pair(reader, row, chain),
        password: None,
        created: stamp(row, "CreatedBy", "CreatedTime"),
        modified: stamp(row, "LastModifiedBy", "LastModifiedTime"),
        activated: stamp(row, "ActivatedBy", "ActiveFrom"),
        deactivated: stamp(row, "DeactivatedBy", "ActiveUntil"),
    })
}

/// What a row says of its certificate.
fn facts(row: &Entity) -> Facts {
    let moment = |name| row.moment(name).unwrap_or(Timestamp(0));
    Facts {
        subject: row.said("SubjectDN"),
        issuer: row.said("IssuerDN"),
        valid: [moment("ValidNotBefore"), moment("ValidNotAfter")],
        serial: row.present("SerialNumber").filter(|number| serial_number(number).is_some()),
        signature_algorithm: row.said("SignatureAlgorithm"),
        key: KeyFacts {
            family: row.said("KeyType"),
            size: row.number("KeySize").and_then(|bits| u32::try_from(bits).ok()),
            // The short name stands first, also in the long form.
            curve: row.present("EllipticCurve").and_then(|curve| curve.split(' ').next().map(ToOwned::to_owned)),
        },
        alternative_names: Vec::new(),
        ca: false,
        fingerprint: row.present("FingerprintSha256"),
    }
}
