//! Paths and queries of all APIs, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| certmimic_fuzz::uri(text));
