//! Whole requests to any of the systems, and to the control API: a line, headers, a body.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::request(bytes));
