//! PKCS#8, PKCS#1 and SEC 1; a key that is read is written as PKCS#8 and read again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::pkcs8(bytes));
