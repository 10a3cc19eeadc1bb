//! Atom entries as request bodies, through the gateway.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::xml(bytes));
