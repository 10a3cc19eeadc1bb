//! Forms with the boundary `b`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::multipart(bytes));
