//! `$batch` bodies with the boundary `b`, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::batch(bytes));
