//! PKCS#7, PkiPath and all their textual forms; what is read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::pkcs7(bytes));
