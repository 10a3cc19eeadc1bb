//! Paths and queries of all APIs, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

const ROOTS: &[&str] = &["/api/v1/", "/apiportal/api/1.0/Management.svc/", "/apiops/", "/"];

fuzz_target!(|text: &str| {
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return;
    }
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    for root in ROOTS {
        certmimic_fuzz::answer("GET", &format!("{root}{path}"), query, "text/plain", b"");
    }
});
