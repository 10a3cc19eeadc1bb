//! JWKs and sets of them; what is read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| certmimic_fuzz::jwk(text));
