//! PEM text; blocks that are read are written and read again, certificates and private keys are tried.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| certmimic_fuzz::pem(bytes));
