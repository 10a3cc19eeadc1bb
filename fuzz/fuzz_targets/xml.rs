//! Atom entries as request bodies, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

const SETS: &[&str] = &[
    "/api/v1/KeyPairGenerationRequests",
    "/api/v1/KeystoreResources",
    "/apiportal/api/1.0/Management.svc/CertificateStoreReferences",
];

fuzz_target!(|body: &[u8]| {
    for set in SETS {
        certmimic_fuzz::answer("POST", set, "", "application/atom+xml", body);
    }
});
