//! `$batch` bodies with the boundary `b`, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    certmimic_fuzz::answer("POST", "/api/v1/$batch", "", "multipart/mixed; boundary=b", body);
});
