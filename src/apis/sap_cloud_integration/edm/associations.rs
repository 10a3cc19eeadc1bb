//! Associations between entity types.

use crate::odata::edm::{Association, End};

pub static CERTIFICATE_OF_ENTRY: Association = of_an_entry(
    "A_KeystoreEntry_CertificateResource",
    end("r_Certificate", "CertificateResource", "CertificateResources", "0..1"),
);

pub static CHAIN_RESOURCE_OF_ENTRY: Association = of_an_entry(
    "A_KeystoreEntry_CertificateChainResource",
    end("r_ChainResource", "CertificateChainResource", "CertificateChainResources", "0..1"),
);

pub static SIGNING_REQUEST_OF_ENTRY: Association = of_an_entry(
    "A_KeystoreEntry_CertificateSigningRequest",
    end("r_SigningRequest", "CertificateSigningRequest", "CertificateSigningRequests", "0..1"),
);

pub static SSH_KEY_OF_ENTRY: Association =
    of_an_entry("A_KeystoreEntry_SSHKeyResource", end("r_Sshkey", "SSHKeyResource", "SSHKeyResources", "0..1"));

pub static CHAIN_OF_KEY_PAIR: Association =
    of_an_entry("CertificateChainOfKeyPair", end("r_ChainCertificates", "ChainCertificate", "ChainCertificates", "*"));

pub static ENTRIES_OF_KEYSTORE: Association = association(
    "EntriesOfKeystore",
    [end("r_Keystore", "Keystore", "Keystores", "0..1"), end("r_Entries", "KeystoreEntry", "KeystoreEntries", "*")],
);

pub static RUNTIMES_OF_KEYSTORE: Association = association(
    "RuntimesOfKeystore",
    [
        end("r_Keystore", "Keystore", "Keystores", "0..1"),
        end("r_Runtimes", "RuntimeAssignment", "RuntimeSyncInfos", "*"),
    ],
);

/// An association that starts at a keystore entry.
const fn of_an_entry(name: &'static str, to: End) -> Association {
    association(name, [end("r_KeystoreEntry", "KeystoreEntry", "KeystoreEntries", "0..1"), to])
}

/// An association with its two ends.
pub const fn association(name: &'static str, ends: [End; 2]) -> Association {
    Association { name, ends, set: name, constraint: None }
}

/// One end of an association.
pub const fn end(
    role: &'static str,
    entity_type: &'static str,
    entity_set: &'static str,
    multiplicity: &'static str,
) -> End {
    End { role, entity_type, entity_set, multiplicity }
}
