//! PKCS#12, with the password `changeit`.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::pkcs12(bytes));
