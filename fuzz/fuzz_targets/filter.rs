//! `$filter` and `$orderby`, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    certmimic_fuzz::answer("GET", "/api/v1/KeystoreEntries", &format!("$filter={text}"), "text/plain", b"");
    certmimic_fuzz::answer("GET", "/api/v1/KeystoreEntries", &format!("$orderby={text}"), "text/plain", b"");
});
