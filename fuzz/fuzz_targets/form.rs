//! Forms of each system with the boundary `b`, and the same bytes as pairs, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::form(bytes));
